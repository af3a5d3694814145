"""Reviews of places on the list: does this person still want to wait here?

A review that ends the wait takes the person off the list in the same deed, and taking
it back puts them there again. Source: practices, P11.
"""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import NotFound, Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    ListReview,
    Referral,
    WaitingEntry,
)
from provider_desk.services import saving
from provider_desk.services.casework import waiting
from provider_desk.services.casework.starts import episode_of
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import UNDONE, day, label, sentences
from provider_desk.store.queries.waiting import entry_of
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed


@needs(Permission.RECORD_CONTACTS)
def record_review(
    desk: Desk, referral_id: str, values: Mapping[str, Value], *, method: str = ""
) -> tuple[str, Changed]:
    """Record what a review of somebody's place came to.

    Args:
        desk: who reviews.
        referral_id: whose place.
        values: fields of ListReview.
        method: code of how the person was contacted for it; then the contact, or
            the try, is recorded as well. "" where nobody was.

    Returns:
        The review's id, and what was touched: the place and the contact too.

    Raises:
        NotFound: nobody waits on this referral.
        NotValid: a value or a rule stops it.
    """
    given: dict[str, Value] = {
        "reviewed_on": desk.today(),
        "worker": desk.user.initials,
        **values,
        "referral_id": referral_id,
    }
    waiting = masking.reads_waiting(desk)
    given = masking.writable(ListReview, given, clinical=False, waiting=waiting)
    with desk.store.writing("review place", by=desk.user.id) as deed:
        entry = _place(desk, deed, referral_id)
        review, warnings = saving.add(desk, deed, ListReview, given)
        said = _leave(desk, deed, entry.id, review)
        if method:
            warnings += _contact(desk, deed, review, method)
        words = f"Review saved: {label('list_review', review.outcome)}."
        return review.id, saving.done(deed, sentences(words, said), warnings)


def _place(desk: Desk, deed: Deed, referral_id: str) -> WaitingEntry:
    caseload.within(desk, deed, Referral, referral_id)
    entry_id = entry_of(deed, referral_id)
    entry = get(deed, WaitingEntry, entry_id) if entry_id else None
    started = episode_of(deed, referral_id) is not None
    if entry is None or entry.removed_on is not None or started:
        raise NotFound(
            "This person is not waiting (any more).",
            "Nothing was saved. Look at their page to see what happened.",
        )
    return entry


def _leave(desk: Desk, deed: Deed, entry_id: str, review: ListReview) -> str:
    """Take the person off the list where the review says so."""
    reason = _removal(review.outcome)
    if not reason:
        return ""
    values: dict[str, Value] = {
        "removed_on": review.reviewed_on,
        "removal_reason": reason,
    }
    saving.change(desk, deed, WaitingEntry, entry_id, values)
    return f"Left the list on {day(review.reviewed_on)}."


def _removal(outcome: str) -> str:
    chosen = choices("list_review").by_code.get(outcome)
    return str(chosen.flags.get("removal", "")) if chosen else ""


def _contact(desk: Desk, deed: Deed, review: ListReview, method: str) -> list[Problem]:
    """The contact that the review was made by; not reached is a try."""
    reached = review.outcome != "NOT_REACHED"
    values: dict[str, Value] = {
        "held_on": review.reviewed_on,
        "worker": review.worker,
        "method": method,
        "result": "SPOKE" if reached else "NO_ANSWER",
        "purpose": "UPDATE",
    }
    return waiting.add_contact(desk, deed, review.referral_id, values)


@needs(Permission.RECORD_CONTACTS)
def take_back_review(desk: Desk, review_id: str, reason: str = UNDONE) -> Changed:
    """Take a review back; who left the list by it is on the list again.

    A contact that was recorded with it stays: it was made. ``undoing.undo`` takes
    both back.

    Raises:
        NotFound: it is not there, or outside the caseload.
    """
    why = reason.strip() or UNDONE
    with desk.store.writing("take back review", desk.user.id, why) as deed:
        review = caseload.within(desk, deed, ListReview, review_id)
        deed.retire(ListReview, review_id, why)
        _back(desk, deed, review)
        return saving.done(deed, "Review taken back.")


def _back(desk: Desk, deed: Deed, review: ListReview) -> None:
    reason, on = _removal(review.outcome), review.reviewed_on
    if not reason or _said_again(deed, review):
        return
    for entry in find(deed, WaitingEntry, referral_id=review.referral_id):
        if _left_by(entry, on, reason):
            values: dict[str, Value] = {"removed_on": None, "removal_reason": None}
            saving.change(desk, deed, WaitingEntry, entry.id, values)


def _said_again(deed: Deed, review: ListReview) -> bool:
    """Whether another review of that day took them off the list, too."""
    return any(
        other.id != review.id
        and other.reviewed_on == review.reviewed_on
        and _removal(other.outcome) == _removal(review.outcome)
        for other in find(deed, ListReview, referral_id=review.referral_id)
    )


def _left_by(entry: WaitingEntry, on: date, reason: str) -> bool:
    return entry.removed_on == on and entry.removal_reason == reason
