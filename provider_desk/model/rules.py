"""Rules between fields and records, each a function with one sentence.

They are asked on saving in the window and on bringing in a spreadsheet alike; after
a merge they are asked again and what they find is listed, never refused. Source:
service specification (council papers 2018-2022), sections B2 to B9.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import cache
from typing import cast

from provider_desk.model.asked import Asked, Parents
from provider_desk.model.booking_rules import BOOKING
from provider_desk.model.caring_rules import CARING
from provider_desk.model.choices import choices
from provider_desk.model.course_rules import COURSE, review_of_phase_after_it_begins
from provider_desk.model.errors import Problem
from provider_desk.model.far_days import LOOKED_AT, far_day
from provider_desk.model.fields import Day, Record, Value, fields_of, shown
from provider_desk.model.measure_rules import SCORING
from provider_desk.model.office_rules import (
    OFFICE,
    access_ends_after_it_begins,
    code_fits_a_file_name,
    contract_ends_after_it_starts,
    student_has_a_last_day,
)
from provider_desk.model.outcome_rules import (
    goal_ends_after_it_is_set,
    goal_has_words,
    rated_while_it_stands,
    survey_says_something,
    told_after_referral,
)
from provider_desk.model.person_rules import OF_PERSON, born_before_referred
from provider_desk.model.planning_rules import PLANNING
from provider_desk.model.records import (
    CaseAccess,
    Client,
    Closure,
    Contract,
    Episode,
    Exceptional,
    ExitStrategy,
    FunctionalGain,
    Goal,
    GoalRating,
    PersonMerge,
    Phase,
    Provider,
    Referral,
    Score,
    Session,
    SurveyAnswer,
    User,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from provider_desk.model.referral_rules import OF_REFERRAL, two_people
from provider_desk.model.waiting_rules import WAITING, offer_answered_after_made


def _day(value: Value) -> str:
    return shown(Day(label=""), value)


def _parent(asked: Asked, kind: type[Record]) -> Record | None:
    return asked.parents.get(kind.TABLE)


def nothing_in_the_future(asked: Asked) -> Problem | None:
    """A day on which something happened can't lie ahead of today."""
    for name, label in _past_days(cast("Hashable", type(asked.record))):
        value = getattr(asked.record, name)
        if value is not None and value > asked.today:
            return Problem(
                name,
                f"{label}: {_day(value)} lies ahead of today. "
                "Check the year and the day.",
            )
    return None


@cache
def _past_days(record_type: Hashable) -> tuple[tuple[str, str], ...]:
    """Name and label of the dates of a record type that can't lie ahead."""
    return tuple(
        (field.name, field.kind.label)
        for field in fields_of(cast("type[Record]", record_type))
        if isinstance(field.kind, Day) and not field.kind.future
    )


def decided_needs_a_day(asked: Asked) -> Problem | None:
    """A decision has its day, and a day its decision."""
    match asked.record:
        case Referral(decision="PENDING", decided_on=date()):
            return Problem(
                "decision", "There is a day of decision, but no decision. Choose one."
            )
        case Referral(decision=decision, decided_on=None) if decision != "PENDING":
            return Problem("decided_on", "Say on which day this was decided.")
    return None


def decided_after_received(asked: Asked) -> Problem | None:
    """A decision is not older than the referral."""
    match asked.record:
        case Referral(decided_on=date() as decided, received_on=received):
            if decided < received:
                return Problem(
                    "decided_on",
                    f"Decided on {_day(decided)}, before it was received on "
                    f"{_day(received)}. One of the two dates is wrong.",
                )
    return None


def declined_is_signposted(asked: Asked) -> Problem | None:
    """Someone who is declined is told where to go, or "none possible"."""
    match asked.record:
        case Referral(decision="DECLINED", signposted_to=""):
            return Problem(
                "signposted_to",
                "Say where the person was signposted to, or “none possible”.",
                "warn",
            )
    return None


def referred_with_consent(asked: Asked) -> Problem | None:
    """A referral against the person's wish is noticed."""
    match asked.record:
        case Referral(consent="N"):
            return Problem(
                "consent", "The person did not agree to this referral.", "warn"
            )
    return None


def hub_answers_after_sending(asked: Asked) -> Problem | None:
    """The hub's answer is not older than the question."""
    match asked.record:
        case Referral(hub_sent_on=date() as sent, hub_decided_on=date() as answered):
            if answered < sent:
                return Problem(
                    "hub_decided_on",
                    f"The hub's answer is of {_day(answered)}, before it was sent "
                    f"there on {_day(sent)}. One of the two dates is wrong.",
                )
    return None


def accepted_after_received(asked: Asked) -> Problem | None:
    """A place on the list is not older than the referral."""
    referral = _parent(asked, Referral)
    if (
        isinstance(asked.record, WaitingEntry)
        and isinstance(referral, Referral)
        and asked.record.accepted_on < referral.received_on
    ):
        return Problem("accepted_on", "Accepted before the referral was received.")
    return None


def removed_after_accepted(asked: Asked) -> Problem | None:
    """Nobody leaves the list before being on it, and leaving has a reason."""
    match asked.record:
        case WaitingEntry(removed_on=date() as left, accepted_on=accepted) if (
            left < accepted
        ):
            return Problem("removed_on", "Left the list before being on it.")
        case WaitingEntry(removed_on=date(), removal_reason=None):
            return Problem(
                "removal_reason", "Say why the person left the list.", "warn"
            )
        case WaitingEntry(removed_on=None, removal_reason=str()):
            return Problem("removed_on", "Say on which day the person left the list.")
    return None


def not_before_referral(asked: Asked) -> Problem | None:
    """Contacts, offers, sessions and scores come after the referral."""
    referral = _parent(asked, Referral)
    if not isinstance(referral, Referral):
        return None
    match asked.record:
        case WaitingContact(held_on=day):
            name = "held_on"
        case WaitingOffer(offered_on=day):
            name = "offered_on"
        case Session(held_on=day):
            name = "held_on"
        case Score(scored_on=day):
            name = "scored_on"
        case _:
            return None
    if day < referral.received_on:
        return Problem(
            name,
            f"{_day(day)} is before the referral was received on "
            f"{_day(referral.received_on)}. One of the two dates is wrong.",
        )
    return None


#: What a session to come can be: a cancellation on the day before is late already.
_AHEAD = ("BOOKED", "UNREC", "CX_CLIENT", "CX_CLIENT_LATE", "CX_PROV")


def attended_is_past(asked: Asked) -> Problem | None:
    """Only a booking can lie ahead; only a booking that is past lacks an outcome."""
    match asked.record:
        case Session(held_on=day, attendance=code) if (
            day > asked.today and code not in _AHEAD
        ):
            return Problem(
                "attendance",
                f"{_day(day)} lies ahead of today: choose “Booked” or correct the "
                "date.",
            )
    return None


def group_has_a_type(asked: Asked) -> Problem | None:
    """A group's name belongs to a group session."""
    match asked.record:
        case Session(group_code=str() as group, type=kind) if group and (
            kind not in choices("session_type").codes_where("group")
        ):
            return Problem("type", "A group is named, but the kind is not “Group”.")
    return None


def episode_after_decision(asked: Asked) -> Problem | None:
    """Support starts once the referral is accepted."""
    referral = _parent(asked, Referral)
    if not (isinstance(asked.record, Episode) and isinstance(referral, Referral)):
        return None
    if referral.decision != "ACCEPTED":
        return Problem(
            "started_on",
            "The referral is not accepted. Record the decision before the start.",
        )
    if referral.decided_on and asked.record.started_on < referral.decided_on:
        return Problem(
            "started_on",
            f"Started on {_day(asked.record.started_on)}, before the decision on "
            f"{_day(referral.decided_on)}. One of the two dates is wrong.",
        )
    return None


def not_before_episode(asked: Asked) -> Problem | None:
    """Phases and closing come on or after the start."""
    episode = _parent(asked, Episode)
    if not isinstance(episode, Episode):
        return None
    match asked.record:
        case Phase(started_on=day) if day < episode.started_on:
            return Problem("started_on", "This phase begins before the episode.")
        case Closure(closed_on=day) if day < episode.started_on:
            return Problem(
                "closed_on",
                f"Closed on {_day(day)}, before the start on "
                f"{_day(episode.started_on)}. One of the two dates is wrong.",
            )
    return None


def exit_agreed_after_made(asked: Asked) -> Problem | None:
    """An exit strategy is agreed once it is there."""
    match asked.record:
        case ExitStrategy(made_on=made, agreed_on=date() as agreed) if agreed < made:
            return Problem("agreed_on", "Agreed before it was made.")
    return None


def review_after_approval(asked: Asked) -> Problem | None:
    """An approval is not over before it begins."""
    match asked.record:
        case Exceptional(approved_on=given, review_by=date() as until) if until < given:
            return Problem("review_by", "The review lies before the approval.")
    return None


Rule = Callable[[Asked], Problem | None]

_RULES: Mapping[type[Record], tuple[Rule, ...]] = {
    Provider: (code_fits_a_file_name,),
    User: (student_has_a_last_day,),
    CaseAccess: (nothing_in_the_future, access_ends_after_it_begins),
    Contract: (contract_ends_after_it_starts,),
    Client: (nothing_in_the_future, *OF_PERSON),
    Referral: (
        nothing_in_the_future,
        born_before_referred,
        decided_needs_a_day,
        decided_after_received,
        declined_is_signposted,
        referred_with_consent,
        hub_answers_after_sending,
        *OF_REFERRAL,
    ),
    PersonMerge: (nothing_in_the_future, two_people),
    WaitingEntry: (
        nothing_in_the_future,
        accepted_after_received,
        removed_after_accepted,
    ),
    WaitingContact: (nothing_in_the_future, not_before_referral),
    WaitingOffer: (
        nothing_in_the_future,
        not_before_referral,
        offer_answered_after_made,
    ),
    Episode: (nothing_in_the_future, episode_after_decision),
    Phase: (
        nothing_in_the_future,
        not_before_episode,
        review_of_phase_after_it_begins,
    ),
    Session: (not_before_referral, attended_is_past, group_has_a_type),
    Score: (nothing_in_the_future, not_before_referral, *SCORING),
    ExitStrategy: (nothing_in_the_future, exit_agreed_after_made),
    Exceptional: (nothing_in_the_future, review_after_approval),
    Closure: (nothing_in_the_future, not_before_episode),
    Goal: (
        nothing_in_the_future,
        told_after_referral,
        goal_ends_after_it_is_set,
        goal_has_words,
    ),
    GoalRating: (nothing_in_the_future, rated_while_it_stands),
    SurveyAnswer: (nothing_in_the_future, told_after_referral, survey_says_something),
    FunctionalGain: (nothing_in_the_future, told_after_referral),
    **BOOKING,
    **{kind: (nothing_in_the_future, *rules) for kind, rules in CARING.items()},
    **{kind: (nothing_in_the_future, *rules) for kind, rules in COURSE.items()},
    **{kind: (nothing_in_the_future, *rules) for kind, rules in WAITING.items()},
    **{kind: (nothing_in_the_future, *rules) for kind, rules in PLANNING.items()},
    **{kind: (nothing_in_the_future, *rules) for kind, rules in OFFICE.items()},
}
#: Record type → its rules, asked in this order.
RULES: Mapping[type[Record], tuple[Rule, ...]] = {
    kind: (*rules, far_day) if kind in LOOKED_AT else rules
    for kind, rules in _RULES.items()
}


def problems_of(record: Record, parents: Parents, today: date) -> list[Problem]:
    """What the rules find wrong with a record, in the order of the rules.

    Args:
        record: about to be saved, or already there.
        parents: table name → the record it refers to; those not known are left out.
        today: the civil date.
    """
    asked = Asked(record, parents, today)
    return [
        problem
        for rule in RULES.get(type(record), ())
        if (problem := rule(asked)) is not None
    ]


def stopping(problems: list[Problem]) -> list[Problem]:
    """Those that forbid saving."""
    return [problem for problem in problems if problem.severity == "stop"]
