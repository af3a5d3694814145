"""The week as a list, and everybody's week as a table."""

from collections.abc import Callable

from provider_desk.model.diary import WorkerWeek
from provider_desk.ui.pages.diarying.entries import Entry
from provider_desk.ui.tables.columns import Column, day_column

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def week_columns() -> list[Column[Entry]]:
    """A line for each block."""
    return [
        day_column("Day", lambda each: each.on, 150),
        Column("Time", Entry.time, lambda each: each.begins, width=140, whole=True),
        Column(
            "Who",
            lambda each: each.who(hidden=False),
            private=True,
            instead=lambda each: each.who(hidden=True),
            width=200,
        ),
        Column("Kind", Entry.kind, width=220, leaves=2),
        Column("Attendance", lambda each: f"{each.sign} {each.state()}", width=170),
        Column(
            "Overlap",
            lambda each: "! overlaps" if each.clashes else "",
            width=100,
            leaves=1,
        ),
    ]


def everybody_columns() -> list[Column[WorkerWeek]]:
    """A line for each worker."""
    return [
        Column("Worker", _worker, width=220),
        Column("Slots", lambda each: each.slots.in_words(), _free, width=400),
        *(
            Column(name, _on(number), _sort_on(number), right=True, width=56)
            for number, name in enumerate(_DAYS)
        ),
    ]


def _worker(line: WorkerWeek) -> str:
    return line.name if line.name == line.worker else f"{line.name}, {line.worker}"


def _free(line: WorkerWeek) -> int:
    return line.slots.free


def _on(number: int) -> Callable[[WorkerWeek], str]:
    return lambda line: str(line.days[number] or "")


def _sort_on(number: int) -> Callable[[WorkerWeek], int]:
    return lambda line: line.days[number]
