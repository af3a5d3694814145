"""The deeds on a referral's life, and what can be done about them later, declared."""

from collections.abc import Mapping, Sequence
from functools import partial

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, PersonMerge, PresentingNeed, Referral
from provider_desk.model.views import PersonPage, ReferralCard
from provider_desk.services.casework.referring import again, life, mistaken, one_person
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.pages.change import Change
from provider_desk.ui.pages.deed import Deed, Group
from provider_desk.ui.pages.referring.hub_days import keep_dated
from provider_desk.ui.pages.referring.merge_panel import MergePanel
from provider_desk.ui.pages.referring.mistaken_panel import MistakenPanel
from provider_desk.ui.pages.referring.needs_panel import NeedsPanel

_STEP_UP = (
    "A new referral, accepted that day. Support that is in step-down is closed that "
    "day as “step-down completed”, and later bookings go on under the new referral. "
    "The next attended session begins it; no assessment is needed. The hub is told."
)
_AGAIN = (
    "A new referral, with what is known filled in. Contract, worker and what the "
    "person came for are taken over."
)


def _card(page: PersonPage, referral_id: str) -> ReferralCard:
    return next(c for c in page.referrals if c.referral.id == referral_id)


def _hub_start(page: PersonPage, on: str) -> Mapping[str, Value]:
    referral = _card(page, on).referral
    return {
        "hub_sent_on": referral.hub_sent_on or referral.received_on,
        "hub_reason": referral.hub_reason,
        "redirected_to": referral.redirected_to,
    }


def _again_start(page: PersonPage, on: str) -> Mapping[str, Value]:
    referral = _card(page, on).referral
    return {
        "area": referral.area,
        "source": referral.source,
        "held_by": referral.held_by,
    }


def _step_up_start(page: PersonPage, on: str) -> Mapping[str, Value]:
    card = next(c for c in page.episodes if c.episode_id == on)
    return {
        "held_by": _card(page, card.referral_id).referral.held_by,
        "hub_status": "SENT",
    }


def _where_to(form: RecordForm) -> None:
    """Ask where to only where the hub sent it elsewhere."""

    def follow() -> None:
        status = form.values()["hub_status"]
        form.show_fields(
            redirected_to=status == life.ELSEWHERE,
            hub_decided_on=status not in ("SENT", "NOT_SENT"),
        )

    form.changed.connect(follow)
    follow()


def _say(words: str, form: RecordForm) -> None:
    form.boxes["received_on"].advise(words)
    keep_dated(form)


def _say_step_up(form: RecordForm) -> None:
    form.boxes["received_on"].call("Steps up on")
    _say(_STEP_UP, form)


def _no_need(desk: Desk, on: str, values: Mapping[str, Value]) -> Changed:
    """Ticks have their own panel; here nothing is asked."""
    return life.set_needs(desk, on, str(values.get("need") or "").split())


def _no_merge(desk: Desk, on: str, values: Mapping[str, Value]) -> Changed:
    """Records are put together in their own panel."""
    return one_person.put_together(desk, on, str(values["id"]))[1]


def _no_mistake(desk: Desk, on: str, values: Mapping[str, Value]) -> Changed:
    """How it came is asked in a panel of its own."""
    return mistaken.entered_in_error(desk, on, str(values["code"]))[1]


DEEDS: tuple[Deed, ...] = (
    Deed(
        deeds.HUB_ANSWER,
        "Record hub's answer",
        Referral,
        [
            "hub_status",
            ("hub_decided_on", "hub_sent_on"),
            "redirected_to",
            "hub_reason",
        ],
        "hub_id",
        life.hub_answer,
        Permission.RECORD_REFERRALS,
        today=("hub_decided_on",),
        group=Group.REFERRAL,
        start=_hub_start,
        follow=_where_to,
        asked=("hub_status", "hub_decided_on"),
        nothing="no open referral waits for the hub.",
    ),
    Deed(
        deeds.REFERRER_TOLD,
        "Record that they were told",
        Referral,
        ["referrer_updated_on"],
        "told_id",
        life.referrer_told,
        Permission.RECORD_REFERRALS,
        today=("referrer_updated_on",),
        group=Group.REFERRAL,
        asked=("referrer_updated_on",),
        nothing="nobody else referred this person.",
    ),
    Deed(
        deeds.CAME_FOR,
        deeds.CAME_FOR.words,
        PresentingNeed,
        ["need"],
        "referral_id",
        _no_need,
        Permission.RECORD_REFERRALS,
        group=Group.REFERRAL,
        panel=NeedsPanel,
        nothing="this person has no referral.",
    ),
    Deed(
        deeds.REFER_AGAIN,
        "Save referral",
        Referral,
        [
            "received_on",
            "source",
            "area",
            "consent",
            "held_by",
            "hub_status",
            "hub_sent_on",
            "note",
        ],
        "again_id",
        again.refer_again,
        Permission.RECORD_REFERRALS,
        today=("received_on",),
        group=Group.REFERRAL,
        start=_again_start,
        follow=partial(_say, _AGAIN),
        undo=lambda desk, on: again.take_back_again(desk, on, UNDONE),
        nothing="no referral of this person has ended.",
        newest=True,
    ),
    Deed(
        deeds.STEP_UP,
        "Step up",
        Referral,
        ["received_on", "consent", "held_by", "hub_status", "hub_sent_on", "note"],
        "step_up_id",
        again.step_up,
        Permission.RUN_EPISODES,
        today=("received_on", "hub_sent_on"),
        group=Group.REFERRAL,
        start=_step_up_start,
        follow=_say_step_up,
        undo=lambda desk, on: again.take_back_again(desk, on, UNDONE),
        nothing="no support of this person is in step-down or closed.",
        newest=True,
    ),
    Deed(
        deeds.MERGE_PEOPLE,
        deeds.MERGE_PEOPLE.words,
        Client,
        ["code"],
        "client_id",
        _no_merge,
        Permission.MERGE_PEOPLE,
        group=Group.RECORD,
        panel=MergePanel.of_page,
    ),
    Deed(
        deeds.ENTERED_IN_ERROR,
        deeds.ENTERED_IN_ERROR.words,
        Client,
        ["code"],
        "client_id",
        _no_mistake,
        Permission.RECORD_PEOPLE,
        group=Group.RECORD,
        panel=MistakenPanel,
    ),
)

CHANGES: Mapping[str, Sequence[Change]] = {
    PersonMerge.TABLE: (
        Change(
            "Take apart again",
            (),
            True,
            lambda d, e, _, why: one_person.take_apart(d, e.row_id, why),
            Permission.MERGE_PEOPLE,
        ),
    ),
}
