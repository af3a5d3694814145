"""What the hub is told of capacity: free slots and waits by area, no client data.

Small numbers are words, and numbers of people are rounded each by itself, so that no
number can be worked out from the others. Source: practices, P15; domain reference, A4.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from provider_desk.model.looks import LookKind
from provider_desk.model.records import Capacity, Contract, ContractArea
from provider_desk.model.rows import Rows
from provider_desk.services.casework.waiting_on.paper_file import stem_of, written
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label, some
from provider_desk.store.queries import waiting as waits
from provider_desk.store.queries import waiting_papers as questions
from provider_desk.store.records import find

WEEKS = 4
#: Below this a number is a word.
FEW = 5

HEADINGS = (
    "Service area",
    "Individual sessions a week",
    f"Free in the next {WEEKS} weeks",
    "People waiting",
    "Half have waited",
)
_FREE = (
    f"Free are the weekly sessions of the next {WEEKS} weeks less those that are "
    "booked already. A free session is not a promise: people who come every week may "
    "not be booked yet."
)
_WAITING = (
    "Waiting are people whose referral was accepted and who have not had a first "
    "session. The wait is counted from the day the referral was received."
)
_ROUNDED = (
    "Numbers below 5 are written as words; numbers of people are rounded to the "
    "nearest 5, the total by itself, and waits to whole weeks. Nothing here is about "
    "one person."
)
NOTES = (_FREE, _WAITING, _ROUNDED)


@dataclass(frozen=True, slots=True)
class AreaCapacity:
    """One line of the statement, in words.

    Attributes:
        area: its label, with the contract where there are several.
        weekly: individual sessions a week.
        free: free ones in the coming weeks.
        waiting: people who wait.
        half: how long half of them have waited or more.
    """

    area: str
    weekly: str
    free: str
    waiting: str
    half: str

    @property
    def cells(self) -> tuple[str, ...]:
        """As many words as there are headings."""
        return (self.area, self.weekly, self.free, self.waiting, self.half)


@dataclass(frozen=True, slots=True)
class CapacityStatement:
    """What the hub is told."""

    on: date
    provider: str
    lines: tuple[AreaCapacity, ...]


@needs(Permission.SEE_FIGURES)
def statement(desk: Desk) -> CapacityStatement:
    """Free sessions and waits of every area that is open today, and the total."""
    today = desk.today()
    with desk.store.reading() as rows:
        slots = _slots(rows, today)
        last = today + timedelta(weeks=WEEKS) - timedelta(1)
        booked = questions.booked(rows, today, last)
        contracts = {each.id: each.reference for each in find(rows, Contract)}
        waiting: dict[tuple[str, str], list[int]] = {each: [] for each in slots}
        for held in waits.waiting_on(rows, today):
            of = (held.contract_id, held.area)
            waiting.setdefault(of, []).append((today - held.received_on).days)
    several = len({contract for contract, _ in waiting}) > 1
    lines = [
        _line(
            _named(of, contracts if several else {}),
            slots.get(of),
            booked.get(of, 0),
            waited,
        )
        for of, waited in waiting.items()
    ]
    total = _line(
        "All together",
        sum(slots.values()) if slots else None,
        sum(booked.get(of, 0) for of in slots),
        [days for waited in waiting.values() for days in waited],
    )
    return CapacityStatement(today, desk.provider().name, (*lines, total))


def _slots(rows: Rows, today: date) -> dict[tuple[str, str], int]:
    """Contract and area → weekly sessions as of today, of areas that are open."""
    weekly = {
        (each.contract_id, each.area): each.weekly_slots
        for each in sorted(find(rows, Capacity), key=lambda row: row.from_on)
        if each.from_on <= today
    }
    contracts = {each.id: each for each in find(rows, Contract)}
    found = {}
    for each in find(rows, ContractArea):
        of = (each.contract_id, each.area)
        held = contracts.get(each.contract_id)
        is_open = _open(each, today) and (held is None or _open(held, today))
        if of in weekly and is_open:
            found[of] = weekly[of]
    return found


def _open(life: Contract | ContractArea, today: date) -> bool:
    begun = life.starts_on is None or life.starts_on <= today
    return begun and (life.ends_on is None or life.ends_on >= today)


def _named(of: tuple[str, str], contracts: dict[str, str]) -> str:
    contract, area = of
    named = label("service_area", area)
    return f"{named} ({contracts[contract]})" if contract in contracts else named


def _line(
    area: str, weekly: int | None, booked: int, waited: Sequence[int]
) -> AreaCapacity:
    if weekly is None:
        sessions = free = "not told"
    else:
        sessions = few(weekly)
        free = few(max(0, WEEKS * weekly - booked))
    return AreaCapacity(area, sessions, free, people(len(waited)), _half(waited))


def few(count: int) -> str:
    """A number of sessions; a small one in words."""
    if count == 0:
        return "none"
    return f"{count:,}" if count >= FEW else f"fewer than {FEW}"


def people(count: int) -> str:
    """A number of people, rounded to the nearest 5; a small one in words."""
    if count == 0:
        return "nobody"
    return f"about {FEW * ((count + 2) // FEW):,}" if count >= FEW else few(count)


def _half(waited: Sequence[int]) -> str:
    if len(waited) < FEW:
        return "too few to say" if waited else ""
    weeks = round(median(waited) / 7)
    return f"{some(weeks, 'week')} or more"


@needs(Permission.SEE_FIGURES)
def save_statement(desk: Desk, folder: Path) -> tuple[Path, ...]:
    """Write the statement as a page to print and as a table; all or none.

    That it was exported is written down first.

    Raises:
        ReadOnly, DiskFull, Missing, Trouble: the folder refused.
    """
    from provider_desk.papers import capacity_sheet  # noqa: PLC0415

    looks.note(desk, LookKind.EXPORTED, about="capacity statement")
    made = statement(desk)
    page = capacity_sheet.CapacityPage(
        made.provider,
        day(made.on),
        HEADINGS,
        [line.cells for line in made.lines],
        NOTES,
    )
    contents = [
        ("pdf", capacity_sheet.pdf(page)),
        ("csv", _csv(made.on, made.lines)),
    ]
    return written(folder, stem_of("capacity", desk.clock.now_ms()), contents)


def _csv(on: date, lines: Iterable[AreaCapacity]) -> bytes:
    kept = io.StringIO(newline="")
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow(("As of", *HEADINGS))
    for line in lines:
        writer.writerow((on.isoformat(), *map(_safe, line.cells)))
    return kept.getvalue().encode("utf-8-sig")


def _safe(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words
