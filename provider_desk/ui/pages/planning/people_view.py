"""Who uses the service, and each worker's slots against what is booked.

Source: practices, P16, P31, P32, P37, P38.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.services.desk import Desk
from provider_desk.services.planning import slots, who
from provider_desk.services.planning.overview import Overview
from provider_desk.services.planning.slots import Booked, Week, WorkerWeeks
from provider_desk.services.planning.who import Small
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.planning.said import FEW
from provider_desk.ui.pages.planning.small_table import SmallTable
from provider_desk.ui.parts.words import section, soft
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.theme import px

_WHO = (
    "Ages on the day of referral, groups and endings: the last twelve months that are "
    "over. "
    "Other services: people in support today, as far as it is recorded who else "
    "supports them. Nobody is matched with other services' records."
)
_SLOTS = (
    "Individual sessions booked or held of the slots that a worker has, for all "
    "contracts; assessments apart. What was called off has its slot free again. Slots "
    "are entered in the diary."
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the desk says."""

    small: list[Small]
    booked: Booked


class PeopleView(QWidget):
    """Two tables.

    Attributes:
        who: small figures.
        slots: a line for each worker.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._found: _Seen | None = None
        self.who: SmallTable[Small] = SmallTable(
            frame, "Who uses the service", _who_columns()
        )
        self.slots: SmallTable[WorkerWeeks] = SmallTable(
            frame, "Slots of workers against booked", _slot_columns(None)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        for part in (
            section("Who uses the service"),
            soft(_WHO),
            self.who,
            section("Slots of workers"),
            soft(_SLOTS),
            self.slots,
        ):
            column.addWidget(part)
        column.addStretch(1)

    def show_area(self, seen: Overview, area: str) -> None:
        """Ask for an area of a contract."""
        self._frame.read(
            self, partial(_asked, self._frame.desk, seen, area), self._show
        )

    def start(self) -> None:
        """Put the cursor on the first table."""
        self.who.setFocus()

    def _show(self, found: _Seen) -> None:
        self._found = found
        self.who.show_rows(found.small)
        self.slots.show_columns(_slot_columns(found.booked))
        self.slots.show_rows([*found.booked.workers, found.booked.all])


def _asked(desk: Desk, seen: Overview, area: str) -> _Seen:
    return _Seen(who.who_uses(desk, seen, area), slots.booked(desk))


def _who_columns() -> list[Column[Small]]:
    return [
        Column("", lambda row: row.group, width=180),
        Column("What", lambda row: row.words, width=240),
        Column(
            "How many",
            lambda row: row.share,
            right=True,
            private=True,
            instead=_covered,
            width=170,
        ),
        Column("Of", lambda row: row.unit, width=170),
    ]


def _covered(row: Small) -> str:
    """The same where the screen may be shared: small numbers in words.

    What is left of a whole would tell the small number as well.
    """
    if 0 < row.count < FEW or 0 < row.of - row.count < FEW:
        return "few, or all but a few"
    return row.share


def _slot_columns(found: Booked | None) -> list[Column[WorkerWeeks]]:
    columns: list[Column[WorkerWeeks]] = [
        Column("Worker", lambda row: row.worker, width=150)
    ]
    for number, monday in enumerate(found.mondays if found else ()):
        name = "This week" if number == 0 else f"From {monday.day} {monday:%b}"
        columns.append(
            Column(name, _words_of(number), tone=_tone_of(number), width=190)
        )
    return columns


def _words_of(number: int) -> Callable[[WorkerWeeks], str]:
    return lambda row: _week_words(row.weeks[number])


def _tone_of(number: int) -> Callable[[WorkerWeeks], str]:
    def tone(row: WorkerWeeks) -> str:
        free = row.weeks[number].free
        return "warn" if free is not None and free < 0 else ""

    return tone


def _week_words(week: Week) -> str:
    """A week as it is read: "18 of 20, 2 free · 1 assessment"."""
    free = week.free
    if free is None or week.slots is None:
        said = f"{week.booked} booked, no slots"
    elif free < 0:
        said = f"{week.booked} of {week.slots}, {-free} too many"
    else:
        said = f"{week.booked} of {week.slots}, {free} free"
    apart = week.assessments
    if week.assessment_slots:
        return f"{said} · {apart} of {week.assessment_slots} assessments"
    if not apart:
        return said
    return f"{said} · {apart} {'assessment' if apart == 1 else 'assessments'}"
