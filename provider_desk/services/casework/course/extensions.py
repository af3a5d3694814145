"""Asking that an episode may go past 12 months, and what the answer was.

Only an approved reason that has not run out allows it. Somebody who may not approve
asks for it; until the clinical lead or a manager approves, the episode counts as over
12 months without a reason. Source: domain reference, A6, B8; practices, P19.
"""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.months import add_months
from provider_desk.model.records import Exceptional, ExtensionRequest
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.casework.course.lighter import wanting
from provider_desk.services.casework.course.running import open_episode, retired
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label
from provider_desk.store.records import find
from provider_desk.store.store import Deed

#: A reason to go past 12 months is looked at again after so many months.
REVIEW_MONTHS = 3

_ASKED = ("reason", "review_by", "evidence")


def review_by(on: date) -> date:
    """When a reason is looked at again that was approved, or asked for, on a day."""
    return add_months(on, REVIEW_MONTHS)


def waiting_of(rows: Rows, episode_id: str) -> list[ExtensionRequest]:
    """What was asked for an episode and has no answer yet, oldest first."""
    held = find(rows, ExtensionRequest, episode_id=episode_id)
    return [each for each in held if each.answered_on is None]


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL)
def ask_extension(
    desk: Desk, episode_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Ask that an episode may go past 12 months.

    Raises:
        NotValid: a value or a rule stops it, it was asked for already, or the episode
            is closed.
    """
    with desk.store.writing("ask to go past 12 months", by=desk.user.id) as deed:
        open_episode(desk, deed, episode_id)
        for each in waiting_of(deed, episode_id):
            raise saving.stop(
                "reason",
                f"This was asked for on {day(each.asked_on)} already, and is not "
                "answered yet.",
            )
        given = {name: values[name] for name in _ASKED if values.get(name)}
        given |= {
            "episode_id": episode_id,
            "asked_on": desk.today(),
            "asked_by": desk.user.name,
        }
        made, warnings = saving.add(desk, deed, ExtensionRequest, given)
        said = (
            f"Asked for: {label('exceptional_reason', made.reason)}. "
            "Who approves sees it on Today."
        )
        return made.id, saving.done(deed, said, warnings)


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL, Permission.APPROVE)
def approve_extension(
    desk: Desk, asked_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Approve what was asked for: from today the reason holds, until it is reviewed.

    Args:
        desk: who approves.
        asked_id: what was asked.
        values: ``review_by``; without it the day that was asked for.

    Returns:
        The id of the approval, and what changed.

    Raises:
        NotValid: a value or a rule stops it, or it was answered already.
    """
    with desk.store.writing("approve going past 12 months", desk.user.id) as deed:
        asked = _unanswered(desk, deed, asked_id)
        open_episode(desk, deed, asked.episode_id)
        given: dict[str, Value] = {
            "episode_id": asked.episode_id,
            "reason": asked.reason,
            "approved_on": desk.today(),
            "approved_by": desk.user.name,
            "review_by": values.get("review_by") or asked.review_by,
        }
        made, warnings = saving.add(desk, deed, Exceptional, given)
        answer_all(desk, deed, made)
        until = f" until {day(made.review_by)}" if made.review_by else ""
        said = f"Approved: {label('exceptional_reason', made.reason)}{until}."
        return made.id, saving.done(deed, said, [*warnings, *wanting(made)])


def answer_all(desk: Desk, deed: Deed, approval: Exceptional) -> None:
    """An approval answers what was asked for its episode, however it was given."""
    answer = {**_answered(desk, "Y"), "exceptional_id": approval.id}
    for each in waiting_of(deed, approval.episode_id):
        saving.change(desk, deed, ExtensionRequest, each.id, answer)


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL, Permission.APPROVE)
def decline_extension(
    desk: Desk, asked_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Say that it is not approved, and what is to be done instead.

    Raises:
        NotValid: nothing is said why, or it was answered already.
    """
    if not str(values.get("answer_note") or "").strip():
        raise saving.stop("answer_note", "Say why, and what is to be done instead.")
    with desk.store.writing("not approve going past 12 months", desk.user.id) as deed:
        _unanswered(desk, deed, asked_id)
        answer = {**_answered(desk, "N"), "answer_note": values["answer_note"]}
        _, warnings = saving.change(desk, deed, ExtensionRequest, asked_id, answer)
        said = "Not approved. Who asked reads why on the time line."
        return asked_id, saving.done(deed, said, warnings)


def _answered(desk: Desk, approved: str) -> dict[str, Value]:
    return {
        "answered_on": desk.today(),
        "answered_by": desk.user.name,
        "approved": approved,
    }


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL)
def take_back_request_to_extend(desk: Desk, asked_id: str, reason: str) -> Changed:
    """Take back what was asked for, as long as nobody answered.

    Raises:
        NotValid: the reason is missing, or it was answered.
    """
    with desk.store.writing("take back request to extend", desk.user.id) as deed:
        retired(desk, deed, _unanswered(desk, deed, asked_id), reason)
        return saving.done(deed, "Taken back; nothing is asked for any more.")


def _unanswered(desk: Desk, rows: Rows, asked_id: str) -> ExtensionRequest:
    asked = caseload.within(desk, rows, ExtensionRequest, asked_id)
    if asked.answered_on is not None:
        raise saving.stop(
            "",
            f"This was answered on {day(asked.answered_on)} by {asked.answered_by}. "
            "An approval is put right, or taken back, on the time line.",
        )
    return asked
