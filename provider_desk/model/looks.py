"""The log of who looked, as a page shows it."""

from dataclasses import dataclass
from enum import StrEnum


class LookKind(StrEnum):
    """What is written down, in the words of the page."""

    OPENED = "opened"
    SEARCHED = "searched"
    FIGURE = "opened a figure"
    EXPORTED = "exported"
    PRINTED = "printed"
    COPIED = "copied rows"
    OUTSIDE = "outside caseload"
    RIGHTS = "rights changed"
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    LOCKED = "locked"
    WRONG_PASSWORD = "wrong password tries"  # noqa: S105
    BACKUP = "backup"
    RESTORE = "restore"
    OLDER_DESK = "older desk accepted"
    SHEET_CHECKED = "sheet checked"
    UNREADABLE = "can't be read"


@dataclass(frozen=True, slots=True, repr=False)
class LookLine:
    """One entry of the log of who looked.

    Attributes:
        at_ms: when, milliseconds since 1970 in UTC.
        by: name of who looked; "" where no such person is on the desk.
        by_id: the user's id.
        kind: what was done.
        about: what was searched for, exported or changed, in words; may be "".
        reason: why, where that is asked for.
        client_id: whose record it was, "" where nobody's.
        code: the person's code.
        name: the person's name.
        device: the id of the computer's copy.
        seq: the entry's number there.
    """

    at_ms: int
    by: str
    by_id: str
    kind: LookKind
    about: str
    reason: str
    client_id: str
    code: str
    name: str
    device: str
    seq: int
