"""Rules of the service's own records: its name, its staff, its contracts."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from provider_desk.model.asked import Asked
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Record
from provider_desk.model.records import (
    CaseAccess,
    Contract,
    Feedback,
    Provider,
    Supervision,
    Training,
    User,
)

_PLAIN_NAME = re.compile(r"[^\W_][\w -]*")


def code_fits_a_file_name(asked: Asked) -> Problem | None:
    """The short name stands in file names, on every system."""
    match asked.record:
        case Provider(code=code) if not _PLAIN_NAME.fullmatch(code):
            return Problem(
                "code",
                "Use letters, digits, blanks, - and _ only; it begins with a letter or "
                "digit.",
            )
    return None


def student_has_a_last_day(asked: Asked) -> Problem | None:
    """The account of a student or bank counsellor ends by itself."""
    match asked.record:
        case User(role="STUDENT", ends_on=None):
            return Problem(
                "ends_on",
                "Say on which day the account of a student or bank counsellor ends.",
            )
    return None


def access_ends_after_it_begins(asked: Asked) -> Problem | None:
    """Leave to look outside the caseload is not over before it begins."""
    match asked.record:
        case CaseAccess(from_on=first, until_on=last) if last < first:
            return Problem("until_on", "It ends before it begins.")
    return None


def contract_ends_after_it_starts(asked: Asked) -> Problem | None:
    """The last day of a contract is not before the first."""
    match asked.record:
        case Contract(starts_on=date() as first, ends_on=date() as last):
            if last < first:
                return Problem("ends_on", "It ends before it starts.")
    return None


def repeated_after_done(asked: Asked) -> Problem | None:
    """Training is repeated, and supervision held again, after the day it took place."""
    match asked.record:
        case Training(done_on=done, expires_on=date() as following):
            name = "expires_on"
        case Supervision(held_on=done, next_on=date() as following):
            name = "next_on"
        case _:
            return None
    if following <= done:
        return Problem(name, "This day comes after the one on which it took place.")
    return None


def changed_after_heard(asked: Asked) -> Problem | None:
    """What changed because of feedback changed after it was heard."""
    match asked.record:
        case Feedback(heard_on=heard, changed_on=date() as changed) if changed < heard:
            return Problem("changed_on", "It changed before it was heard.")
    return None


#: Record type → its rules, beside the one that nothing past lies ahead.
OFFICE: Mapping[type[Record], tuple[Callable[[Asked], Problem | None], ...]] = {
    Training: (repeated_after_done,),
    Supervision: (repeated_after_done,),
    Feedback: (changed_after_heard,),
}
