"""What the Office page shows: the staff register, and contracts with what is left."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from provider_desk.model.records import Contract, Supervision, Training, User


class Standing(StrEnum):
    """How something in the register stands, in the words of the page."""

    OVER = "to be repeated now"
    SOON = "soon"
    FINE = "in date"
    NEVER = "nothing recorded"


@dataclass(frozen=True, slots=True)
class Entry:
    """A training or a supervision of somebody, as the register lists it.

    Attributes:
        name: of the member of staff.
        role: as a code.
        what: the training or the kind of supervision, in words.
        done_on: when.
        next_on: when it is due again; None where it need not be.
        standing: how it stands today; older ones of the same kind are in date.
        newest: the newest of its kind for this person.
        evidence: what shows it: a certificate, with whom.
        record: the row itself.
    """

    name: str
    role: str
    what: str
    done_on: date
    next_on: date | None
    standing: Standing
    newest: bool
    evidence: str
    record: Training | Supervision


@dataclass(frozen=True, slots=True)
class Register:
    """The staff register, or one's own part of it.

    Attributes:
        staff: whose rows may be there, by name.
        entries: what is due first, then the newest.
        whole: everybody's, not only one's own.
    """

    staff: tuple[User, ...]
    entries: tuple[Entry, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class ContractLeft:
    """A contract with what is left of it.

    Attributes:
        days: until the last day; less than nothing after it, None without one.
        words: the same in words.
    """

    contract: Contract
    days: int | None
    words: str
