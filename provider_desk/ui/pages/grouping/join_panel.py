"""Give somebody a place in a group: which group, from when, by which referral."""

from collections.abc import Mapping
from functools import partial

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.group_views import GroupRow
from provider_desk.model.records import GroupMember
from provider_desk.model.views import PersonPage, ReferralCard, Standing
from provider_desk.services.casework.booking import groups
from provider_desk.ui import deeds
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening
from provider_desk.ui.pages.diarying import far_days
from provider_desk.ui.pages.grouping.columns import funded_words

_JOINS = (Standing.LIVE, Standing.WAITING, Standing.AWAITING, Standing.CLOSED)


class JoinPanel(FormPanel):
    """The groups are read when it opens.

    Attributes:
        groups: the list to choose from.
    """

    def __init__(self, frame: Frame, page: PersonPage) -> None:
        self._cards = [each for each in page.referrals if each.status in _JOINS]
        options = [(each.referral.id, _words(each)) for each in self._cards]
        self.groups = ChoiceEditor([])
        form = RecordForm(
            GroupMember,
            ["group_id", "referral_id", "joined_on"],
            frame.desk.today,
            options={"referral_id": options},
            editors={"group_id": self.groups},
        )
        only = options[0][0] if options else None
        form.set_values({"joined_on": frame.desk.today(), "referral_id": only})
        form.show_fields(referral_id=len(options) > 1)
        form.boxes["referral_id"].call("Belongs to")
        far_days.watch(frame, form, "joined_on")
        super().__init__(
            frame,
            deeds.JOIN_GROUP.words,
            form,
            deeds.JOIN_GROUP.words,
            self._join,
            subject=page.client.code,
            draft=f"{deeds.JOIN_GROUP.words}:{page.client.id}",
            opening=deed_opening(deeds.JOIN_GROUP, page.client.id),
            undo=partial(groups.take_back_place, frame.desk),
        )
        asked = partial(groups.groups, frame.desk, counted=False)
        frame.read(self, asked, self._offer)

    def _offer(self, found: tuple[GroupRow, ...]) -> None:
        options = [
            (row.group.id, f"{row.group.name} ({funded_words(row)})")
            for row in found
            if not row.over
        ]
        self.groups.list.set_options(options)
        if len(options) == 1:
            self.form.fill({"group_id": options[0][0]})
        if not options:
            self.banner.show_words(
                "No group meets just now.", "Add one on the page Groups.", "plain"
            )

    def _join(self, values: Mapping[str, Value]) -> tuple[str, Changed]:
        referral_id = str(values["referral_id"] or "")
        given = {name: v for name, v in values.items() if name != "referral_id"}
        return groups.join(self.frame.desk, referral_id, given)


def _words(card: ReferralCard) -> str:
    area = choices("service_area").label(card.referral.area)
    return f"{area}, {card.contract}, {card.status}"
