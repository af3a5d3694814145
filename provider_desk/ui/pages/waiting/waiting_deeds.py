"""The deeds for somebody who waits, declared; and what can be put right of them."""

from collections.abc import Mapping, Sequence
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    ListReview,
    Triage,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.model.views import PersonPage, Standing
from provider_desk.model.waiting_rows import SOONER
from provider_desk.services.casework import waiting
from provider_desk.services.casework.waiting_on import (
    contacts,
    leaving,
    list_review,
    offers,
    triage,
)
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.pages.change import Change
from provider_desk.ui.pages.deed import Deed, Group
from provider_desk.ui.pages.waiting.letters_panel import letters_for_person

_WAITING = (Standing.WAITING,)


def _plan(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    on = values["next_contact_on"]
    day = on if isinstance(on, date) else None
    return referral_id, waiting.plan_contact(desk, referral_id, day, values)


def _planned(page: PersonPage, on: str) -> Mapping[str, Value]:
    """What was agreed before, so that one day is changed without the other."""
    (card,) = [each for each in page.referrals if each.referral.id == on]
    return {"next_contact_on": card.contact_on, "target_offer_on": card.offer_by}


def show_where_to(form: RecordForm) -> None:
    """Ask where to only where somebody is redirected."""

    def follow() -> None:
        chosen = choices("list_review").by_code.get(str(form.values()["outcome"]))
        where = chosen is not None and bool(chosen.flags.get("redirects"))
        form.show_fields(redirected_to=where)

    form.changed.connect(follow)
    follow()


DEEDS: tuple[Deed, ...] = (
    Deed(
        deeds.PLAN_CONTACT,
        "Plan it",
        WaitingEntry,
        ["next_contact_on", "target_offer_on"],
        "referral_id",
        _plan,
        Permission.RECORD_CONTACTS,
        standings=_WAITING,
        group=Group.REFERRAL,
        start=_planned,
    ),
    Deed(
        deeds.ANSWER_OFFER,
        "Record answer",
        WaitingOffer,
        ["response", "answered_on", "note"],
        "offer_id",
        offers.answered,
        Permission.RECORD_CONTACTS,
        today=("answered_on",),
        group=Group.REFERRAL,
        asked=("response",),
        nothing="no offer of a start waits for an answer.",
    ),
    Deed(
        deeds.TRIAGE,
        "Save triage",
        Triage,
        ["level", "reason", ("set_on", "worker")],
        "to_triage",
        triage.set_triage,
        Permission.TRIAGE,
        today=("set_on",),
        own="worker",
        group=Group.REFERRAL,
        undo=lambda desk, new_id: triage.take_back_triage(desk, new_id, UNDONE),
        nothing=f"nobody waits here, or the list is not sorted by {SOONER}; a manager "
        "can switch that on in Settings.",
        asked=("reason",),
    ),
    Deed(
        deeds.REVIEW_PLACE,
        "Save review",
        ListReview,
        ["outcome", "redirected_to", "note", ("reviewed_on", "worker")],
        "referral_id",
        list_review.record_review,
        Permission.RECORD_CONTACTS,
        today=("reviewed_on",),
        own="worker",
        safe=True,
        standings=_WAITING,
        group=Group.REFERRAL,
        follow=show_where_to,
        # Shown only where somebody is redirected, and then it is needed.
        asked=("redirected_to",),
    ),
    Deed(
        deeds.LETTER,
        "Make the letter",
        WaitingContact,
        [],
        "referral_id",
        lambda _desk, _on, _values: Changed(),
        Permission.RECORD_CONTACTS,
        standings=_WAITING,
        group=Group.REFERRAL,
        panel=letters_for_person,
    ),
)

CHANGES: Mapping[str, Sequence[Change]] = {
    WaitingOffer.TABLE: (
        Change(
            "Put it right",
            ["offered_on", "response", "answered_on", "note"],
            False,
            lambda d, e, v, _: offers.change_offer(d, e.row_id, v),
            Permission.RECORD_CONTACTS,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: offers.take_back_offer(d, e.row_id, why),
            Permission.RECORD_CONTACTS,
        ),
    ),
    WaitingEntry.TABLE: (
        Change(
            "Back on the list",
            (),
            True,
            lambda d, e, _, why: leaving.put_back(d, e.row_id, why),
            Permission.RECORD_CONTACTS,
        ),
    ),
    WaitingContact.TABLE: (
        Change(
            "Put it right",
            ["held_on", "method", "result", "purpose", ("worker", "minutes"), "note"],
            True,
            lambda d, e, v, why: waiting.correct_contact(d, e.row_id, v, why),
            Permission.RECORD_CONTACTS,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: contacts.take_back_contact(d, e.row_id, why),
            Permission.RECORD_CONTACTS,
        ),
    ),
    Triage.TABLE: (
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: triage.take_back_triage(d, e.row_id, why),
            Permission.TRIAGE,
        ),
    ),
    ListReview.TABLE: (
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: list_review.take_back_review(d, e.row_id, reason=why),
            Permission.RECORD_CONTACTS,
        ),
    ),
}
