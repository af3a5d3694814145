"""Panel: a colleague may open somebody outside their caseload, up to a day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import CaseAccess, User
from provider_desk.model.views import PersonPage
from provider_desk.services.rights import caseload, users
from provider_desk.services.rights.permissions import Permission, why_not
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening

_BUTTON = "Give access"
#: What is filled in; another day can be typed.
_USUAL = timedelta(days=28)


def offer(frame: Frame, page: PersonPage) -> Offer:
    """The deed for a person, with the reason why where it can't be done.

    Args:
        frame: the window.
        page: whose record is opened.
    """
    desk = frame.desk
    forbidden = why_not(desk, Permission.SEE_ALL) or why_not(desk, Permission.APPROVE)
    return Offer(deeds.GIVE_ACCESS, partial(_ask, frame, page), forbidden)


def _ask(frame: Frame, page: PersonPage) -> None:
    frame.read(
        frame,
        partial(users.workers, frame.desk),
        lambda found: frame.open_panel(_panel(frame, page, found)),
    )


def _panel(frame: Frame, page: PersonPage, workers: Sequence[User]) -> FormPanel:
    desk, client = frame.desk, page.client
    others = [user for user in workers if user.id != desk.user.id]
    form = RecordForm(
        CaseAccess,
        ["user_id", "until_on", "reason"],
        desk.today,
        options={"user_id": [(u.id, f"{u.name} ({u.initials})") for u in others]},
    )
    form.set_values({"until_on": desk.today() + _USUAL})

    def run(values: Mapping[str, Value]) -> tuple[str, Changed]:
        until = values["until_on"]
        changed = caseload.give_access(
            desk,
            client.id,
            str(values["user_id"]),
            until if isinstance(until, date) else desk.today(),
            str(values["reason"]),
        )
        (access_id,) = changed.records[CaseAccess.TABLE]
        return access_id, changed

    return FormPanel(
        frame,
        deeds.GIVE_ACCESS.words,
        form,
        _BUTTON,
        run,
        subject=client.code,
        draft=f"{deeds.GIVE_ACCESS.words}:{client.id}",
        opening=deed_opening(deeds.GIVE_ACCESS, client.id),
        undo=lambda access_id: caseload.end_access(desk, access_id, UNDONE),
    )
