"""Rules for the course of an episode: pauses, how often, reviews, referring on.

Source: domain reference, B3, B7 to B9; practices, P5, P17 to P21, P33.
"""

from collections.abc import Callable, Mapping
from datetime import date

from provider_desk.model.asked import Asked
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Day, Record, shown
from provider_desk.model.records import (
    Episode,
    ExitReview,
    ExitStrategy,
    ExtensionRequest,
    FrequencyChange,
    OnwardReferral,
    Pause,
    Phase,
)

_DAY = Day(label="")

#: Said beside the question where somebody did not say yes. Source: practices, P5.
NOT_AGREED = (
    "Only with the person's own yes: ask them first, and tell them what is passed on. "
    "Until then nothing is sent. What has to be passed on to protect somebody is "
    "recorded as a safeguarding referral."
)


def pause_ends_after_it_begins(asked: Asked) -> Problem | None:
    """Nobody comes back before the pause begins."""
    match asked.record:
        case Pause(from_on=begun, until_on=date() as back) if back < begun:
            return Problem(
                "until_on",
                f"Back on {shown(_DAY, back)}, before the pause begins on "
                f"{shown(_DAY, begun)}. One of the two dates is wrong.",
            )
    return None


def asked_again_after_pause_begins(asked: Asked) -> Problem | None:
    """The day on which somebody is asked again lies in the pause."""
    match asked.record:
        case Pause(from_on=begun, back_by=date() as again) if again < begun:
            return Problem("back_by", "This day lies before the pause begins.")
        case Pause(until_on=None, back_by=None):
            return Problem(
                "back_by",
                "Without a day nobody is reminded to ask the person again.",
                "warn",
            )
    return None


def not_before_the_start(asked: Asked) -> Problem | None:
    """What belongs to the course of an episode comes on or after its start."""
    episode = asked.parents.get(Episode.TABLE)
    if not isinstance(episode, Episode):
        return None
    match asked.record:
        case Pause(from_on=on) | FrequencyChange(from_on=on):
            name = "from_on"
        case OnwardReferral(made_on=on):
            name = "made_on"
        case _:
            return None
    if on < episode.started_on:
        return Problem(
            name,
            f"{shown(_DAY, on)} is before the episode began on "
            f"{shown(_DAY, episode.started_on)}. One of the two dates is wrong.",
        )
    return None


def reviewed_after_made(asked: Asked) -> Problem | None:
    """An exit strategy is looked at again after it was made."""
    strategy = asked.parents.get(ExitStrategy.TABLE)
    if not (
        isinstance(asked.record, ExitReview) and isinstance(strategy, ExitStrategy)
    ):
        return None
    on, following = asked.record.reviewed_on, asked.record.next_review_on
    if on < strategy.made_on:
        return Problem(
            "reviewed_on",
            f"Reviewed on {shown(_DAY, on)}, before it was made on "
            f"{shown(_DAY, strategy.made_on)}.",
        )
    if following is not None and following <= on:
        return Problem("next_review_on", "The next review comes after this one.")
    return None


def review_of_phase_after_it_begins(asked: Asked) -> Problem | None:
    """A phase is looked at again after it began."""
    match asked.record:
        case Phase(started_on=begun, review_on=date() as on) if on < begun:
            return Problem("review_on", "The review lies before this phase begins.")
    return None


def reviewed_after_asked(asked: Asked) -> Problem | None:
    """More time is asked for until a day that lies ahead."""
    match asked.record:
        case ExtensionRequest(asked_on=on, review_by=date() as until) if until < on:
            return Problem("review_by", "The review lies before this was asked for.")
    return None


def agreed_onward(asked: Asked) -> Problem | None:
    """Somebody is referred on only where they agreed. Source: practices, P5."""
    match asked.record:
        case OnwardReferral(consent="N"):
            return Problem("consent", NOT_AGREED)
        case OnwardReferral(consent="NK" | None):
            return Problem("consent", NOT_AGREED, "warn")
    return None


#: Record type → its rules beside those of every record.
COURSE: Mapping[type[Record], tuple[Callable[[Asked], Problem | None], ...]] = {
    Pause: (
        not_before_the_start,
        pause_ends_after_it_begins,
        asked_again_after_pause_begins,
    ),
    FrequencyChange: (not_before_the_start,),
    ExtensionRequest: (reviewed_after_asked,),
    ExitReview: (reviewed_after_made,),
    OnwardReferral: (not_before_the_start, agreed_onward),
}
