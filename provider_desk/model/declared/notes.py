"""Notes that are sealed, and who may look outside their own caseload.

Source: security design, §2.6; domain reference, F1, F6.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from provider_desk.model.fields import Count, Day, Record, Reference, Text


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class ProcessNote(Record):
    """A process note: one version of it, title and words sealed for a team.

    Nothing of what was written stands here in the clear. A later version is another
    row with the same thread; the earlier one stays.
    """

    TABLE: ClassVar[str] = "process_note"
    LABEL: ClassVar[str] = "Process note"
    FACT: ClassVar[bool] = True
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("client_id", "thread", "version"),
        ("session_id",),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    session_id: Annotated[str | None, Reference(label="Session", to="session")] = None
    thread: Annotated[str, Text(label="Id of the first version", longest=32)]
    version: Annotated[int, Count(label="Version", low=1)]
    written_on: Annotated[date, Day(label="Written on")]
    author: Annotated[str, Reference(label="Written by", to="user")]
    compartment: Annotated[str, Text(label="Sealed for", longest=40)]
    sealed: Annotated[
        str,
        Text(label="Note", lines=8, longest=20_000, personal=True, clinical=True),
    ]


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class CaseAccess(Record):
    """Leave to open somebody outside one's own caseload, with the reason."""

    TABLE: ClassVar[str] = "case_access"
    LABEL: ClassVar[str] = "Access outside the caseload"
    FACT: ClassVar[bool] = True
    INDEXES: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("user_id", "until_on", "client_id"),
        ("client_id",),
    )

    client_id: Annotated[str, Reference(label="Person", to="client")]
    user_id: Annotated[str, Reference(label="Who may open it", to="user")]
    from_on: Annotated[date, Day(label="From")]
    until_on: Annotated[date, Day(label="Until", help="The last day.", future=True)]
    reason: Annotated[str, Text(label="Why", longest=200)]
