"""What the pages of groups show."""

from dataclasses import dataclass
from datetime import date

from provider_desk.model.records import Group


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in the list.

    Attributes:
        members: how many are members today.
        meetings, attendances, people: of all its time.
        last_on: the last meeting, None where there was none.
        next_on: the next meeting by its weekday; None where none is known.
        over: its last day is past.
    """

    group: Group
    contract: str
    members: int
    meetings: int
    attendances: int
    people: int
    last_on: date | None
    next_on: date | None
    over: bool

    @property
    def funded(self) -> bool:
        """Whether the contract pays for it."""
        return self.group.funded == "Y"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody's place in a group."""

    member_id: str
    referral_id: str
    client_id: str
    code: str
    name: str
    joined_on: date
    left_on: date | None


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group with its members and the days on which it meets next.

    Attributes:
        members: those whom one may see; who left comes last.
        hidden: members outside one's caseload.
        next_days: the next meetings: day and, where it is one, the bank holiday.
    """

    row: GroupRow
    members: tuple[MemberRow, ...]
    hidden: int
    next_days: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One member in the register of a day; attendance "" where nothing is said yet.

    Attributes:
        closed_on: support under their referral ended then, so that no session of a
            group that a contract pays for can be added; None where that is not so.
    """

    referral_id: str
    client_id: str
    code: str
    name: str
    session_id: str
    attendance: str
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a group on a day.

    Attributes:
        hidden: members of that day outside one's caseload, who are not on it.
    """

    group: Group
    on: date
    lines: tuple[RegisterLine, ...]
    hidden: int
    holiday: str
