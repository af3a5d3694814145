"""Step-down, and going past 12 months, once they were recorded: looked at, put right.

Going back to core support is no change of an episode: it is a new referral, "step-up",
so that it is counted. Source: domain reference, B3, B8; practices, P19, P20.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Episode,
    Exceptional,
    ExtensionRequest,
    Phase,
)
from provider_desk.services import saving
from provider_desk.services.casework import starts
from provider_desk.services.casework.course.running import open_episode, retired
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, sentences
from provider_desk.store.records import find

#: Step-down is looked at again after so long. Source: domain reference, B8.
REVIEW = timedelta(weeks=8)

#: Why an episode closed that ended in step-down.
_ENDED_WITH_IT = "STEPDOWN_DONE"


@needs(Permission.RUN_EPISODES)
def review_step_down(desk: Desk, phase_id: str, values: Mapping[str, Value]) -> Changed:
    """Step-down was looked at and goes on: when it is looked at next.

    Raises:
        NotValid: a value or a rule stops it, or the episode is closed.
    """
    with desk.store.writing("review step-down", by=desk.user.id) as deed:
        phase = caseload.within(desk, deed, Phase, phase_id)
        open_episode(desk, deed, phase.episode_id)
        on = values.get("review_on") or desk.today() + REVIEW
        if isinstance(on, date) and on <= desk.today():
            raise saving.stop("review_on", "The next review comes after today.")
        _, warnings = saving.change(desk, deed, Phase, phase_id, {"review_on": on})
        said = "Step-down reviewed."
        if isinstance(on, date):
            said += f" Next review {day(on)}."
        return saving.done(deed, said, warnings)


@needs(Permission.RUN_EPISODES)
def change_phase(desk: Desk, phase_id: str, values: Mapping[str, Value]) -> Changed:
    """Put the days of step-down right.

    Raises:
        NotValid: a value or a rule stops it, or it is the core phase.
    """
    with desk.store.writing("change phase", by=desk.user.id) as deed:
        phase = caseload.within(desk, deed, Phase, phase_id)
        _not_core(phase)
        given = {n: v for n, v in values.items() if n in ("started_on", "review_on")}
        _, warnings = saving.change(desk, deed, Phase, phase_id, given)
        return saving.done(deed, "Step-down saved.", warnings)


@needs(Permission.RUN_EPISODES)
def take_back_step_down(desk: Desk, phase_id: str, reason: str) -> Changed:
    """Take back step-down that was recorded by mistake: core support goes on.

    Raises:
        NotValid: the reason is missing, it is the core phase, or the episode ended
            with it since.
    """
    with desk.store.writing("take back step-down", desk.user.id) as deed:
        phase = caseload.within(desk, deed, Phase, phase_id)
        _not_core(phase)
        closing = starts.closing_of(deed, phase.episode_id)
        if closing is not None and closing.reason == _ENDED_WITH_IT:
            raise saving.stop(
                "",
                f"The episode was closed on {day(closing.closed_on)} as step-down "
                "completed. Take that back first.",
            )
        retired(desk, deed, phase, reason)
        return saving.done(deed, "Step-down taken back; this is core support again.")


def _not_core(phase: Phase) -> None:
    if phase.phase == "CORE":
        raise saving.stop(
            "started_on",
            "Core support begins with the first attended session. Put that right "
            "instead.",
        )


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL, Permission.APPROVE)
def change_exceptional(
    desk: Desk, approval_id: str, values: Mapping[str, Value]
) -> Changed:
    """Put a reason to go past 12 months right, or say until when it holds.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change exceptional circumstance", desk.user.id) as deed:
        held = caseload.within(desk, deed, Exceptional, approval_id)
        clinical = caseload.reads_clinical_of(desk, deed, held)
        given = {name: v for name, v in values.items() if name != "episode_id"}
        given = masking.writable(Exceptional, given, clinical=clinical)
        made, warnings = saving.change(desk, deed, Exceptional, approval_id, given)
        return saving.done(deed, "Approval saved.", [*warnings, *wanting(made)])


def wanting(approval: Exceptional) -> list[Problem]:
    """What a reason to go past 12 months lacks; it is saved all the same."""
    found = []
    if not approval.approved_by:
        found.append(Problem("approved_by", "Say who approved it.", "warn"))
    if approval.review_by is None:
        found.append(
            Problem(
                "review_by",
                "Without a day nobody is reminded to look at this reason again.",
                "warn",
            )
        )
    return found


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL, Permission.APPROVE)
def take_back_exceptional(desk: Desk, approval_id: str, reason: str) -> Changed:
    """Take back a reason that was recorded by mistake; who asked for it waits again.

    Raises:
        NotValid: the reason is missing.
    """
    unanswered: Mapping[str, Value] = {
        "answered_on": None,
        "answered_by": "",
        "approved": None,
        "exceptional_id": None,
    }
    with desk.store.writing("take back approval", desk.user.id) as deed:
        held = caseload.within(desk, deed, Exceptional, approval_id)
        retired(desk, deed, held, reason)
        asked = find(deed, ExtensionRequest, exceptional_id=approval_id)
        for each in asked:
            saving.change(desk, deed, ExtensionRequest, each.id, unanswered)
        again = "What was asked for waits for an answer again." if asked else ""
        return saving.done(deed, sentences("Approval taken back.", again))


@needs(Permission.RUN_EPISODES)
def talked_over(desk: Desk, episode_id: str, values: Mapping[str, Value]) -> Changed:
    """Two sessions were missed, and what might help was talked over. Nothing is closed.

    Source: domain reference, B6.

    Raises:
        NotValid: a rule stops it, or the episode is closed.
    """
    with desk.store.writing("talk missed sessions over", by=desk.user.id) as deed:
        open_episode(desk, deed, episode_id)
        on: Value = values.get("missed_talked_on") or desk.today()
        talked = {"missed_talked_on": on}
        _, warnings = saving.change(desk, deed, Episode, episode_id, talked)
        return saving.done(deed, "Talked over with the supervisor.", warnings)
