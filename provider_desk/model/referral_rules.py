"""Rules for a referral's way through the hub. Source: domain reference, B2."""

from datetime import date

from provider_desk.model.asked import Asked
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Day, shown
from provider_desk.model.records import PersonMerge, Referral

_DAY = Day(label="")

#: The hub has said nothing yet.
HUB_SILENT = (None, "NOT_SENT", "SENT")

#: Sources that nobody else has to be told about.
OURSELVES = ("SELF", "STEPUP", "INTERNAL", "NK")


def hub_answer_says_what(asked: Asked) -> Problem | None:
    """A day of the hub's answer comes with the answer."""
    match asked.record:
        case Referral(hub_decided_on=date(), hub_status=status) if status in HUB_SILENT:
            return Problem(
                "hub_status",
                "There is a day of the hub's answer, but no answer. Choose what the "
                "hub said.",
            )
    return None


def sent_to_hub_has_a_day(asked: Asked) -> Problem | None:
    """What is with the hub was sent on a day."""
    match asked.record:
        case Referral(hub_status="SENT", hub_sent_on=None):
            return Problem(
                "hub_sent_on", "Say on which day it was sent to the hub.", "warn"
            )
    return None


def sent_after_received(asked: Asked) -> Problem | None:
    """A referral is hardly sent to the hub before it came."""
    match asked.record:
        case Referral(hub_sent_on=date() as sent, received_on=received) if (
            sent < received
        ):
            return Problem(
                "hub_sent_on",
                f"Sent on {shown(_DAY, sent)}, before it was received on "
                f"{shown(_DAY, received)}. Is one of the two dates wrong?",
                "warn",
            )
    return None


def redirected_says_where(asked: Asked) -> Problem | None:
    """A referral that the hub gave to others says to whom."""
    match asked.record:
        case Referral(hub_status="ALLOCATED_ELSEWHERE", redirected_to=""):
            return Problem(
                "redirected_to",
                "Say where the hub sent it, or “not known”.",
                "warn",
            )
    return None


def declined_says_why(asked: Asked) -> Problem | None:
    """A referral that is declined has a reason, so that it can be counted."""
    match asked.record:
        case Referral(decision="DECLINED", decline_reason=None):
            return Problem("decline_reason", "Say why it was declined.", "warn")
    return None


def told_after_received(asked: Asked) -> Problem | None:
    """Nobody is told of a referral before it came."""
    match asked.record:
        case Referral(referrer_updated_on=date() as told, received_on=received) if (
            told < received
        ):
            return Problem(
                "referrer_updated_on",
                f"Told on {shown(_DAY, told)}, before it was received on "
                f"{shown(_DAY, received)}. One of the two dates is wrong.",
            )
    return None


def two_people(asked: Asked) -> Problem | None:
    """A record is not put together with itself."""
    match asked.record:
        case PersonMerge(client_id=kept, gone_id=gone) if kept == gone:
            return Problem("gone_id", "This is one record, not two.")
    return None


#: Asked of every referral, after the older rules.
OF_REFERRAL = (
    hub_answer_says_what,
    sent_to_hub_has_a_day,
    sent_after_received,
    redirected_says_where,
    declined_says_why,
    told_after_received,
)
