"""Rules for offers, triage, reviews and contacts of those who wait.

Source: domain reference, B4, B5; practices, P8, P10, P11.
"""

from collections.abc import Callable, Mapping
from datetime import date

from provider_desk.model.asked import Asked
from provider_desk.model.choices import choices
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Day, Record, shown
from provider_desk.model.records import ListReview, Referral, Triage, WaitingOffer

_DAY = Day(label="")

#: Somebody with an urgent flag is contacted at least so often. Source: domain
#: reference, B5.
URGENT_DAYS = 7


def days_between_contacts(usual: int, *, urgent: bool) -> int:
    """After how many days somebody who waits is contacted again."""
    return min(usual, URGENT_DAYS) if urgent else usual


def offer_answered_after_made(asked: Asked) -> Problem | None:
    """An answer is not older than its offer, and has its day."""
    match asked.record:
        case WaitingOffer(offered_on=made, answered_on=date() as on) if on < made:
            return Problem(
                "answered_on",
                f"Answered before it was offered on {shown(_DAY, made)}.",
            )
    return None


def triage_has_a_reason(asked: Asked) -> Problem | None:
    """Nobody is put before or behind others without a reason."""
    match asked.record:
        case Triage(reason=""):
            return Problem("reason", "Say why, so that a colleague can follow it.")
    return None


def redirected_says_where(asked: Asked) -> Problem | None:
    """Who is redirected is told where to."""
    match asked.record:
        case ListReview(outcome=outcome, redirected_to=where):
            chosen = choices("list_review").by_code.get(outcome)
            redirects = chosen is not None and bool(chosen.flags.get("redirects"))
            if redirects and not where:
                return Problem("redirected_to", "Say where the person goes instead.")
    return None


def looked_at_after_referral(asked: Asked) -> Problem | None:
    """Nobody is triaged or reviewed before the referral was received."""
    referral = asked.parents.get(Referral.TABLE)
    match asked.record:
        case Triage(set_on=on):
            name = "set_on"
        case ListReview(reviewed_on=on):
            name = "reviewed_on"
        case _:
            return None
    if isinstance(referral, Referral) and on < referral.received_on:
        return Problem(
            name,
            f"{shown(_DAY, on)} is before the referral was received on "
            f"{shown(_DAY, referral.received_on)}. One of the two dates is wrong.",
        )
    return None


#: Record type → its rules beside those that hold for every record with dates.
WAITING: Mapping[type[Record], tuple[Callable[[Asked], Problem | None], ...]] = {
    Triage: (looked_at_after_referral, triage_has_a_reason),
    ListReview: (looked_at_after_referral, redirected_says_where),
}
