"""What each part of casework adds to a person's page, put together.

A part is a function of what is known of the person so far; it reads what is its own
and says what of it belongs on the time line, on the card, beside an episode, and what
deeds can be done on. Add one to ``PARTS``.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from provider_desk.model.rows import Rows
from provider_desk.model.views import Part
from provider_desk.services.casework.caring import page as care_page
from provider_desk.services.casework.course import part as course_part
from provider_desk.services.casework.known import Known
from provider_desk.services.casework.measuring import page as measuring_page
from provider_desk.services.casework.referring import part as referring_part
from provider_desk.services.casework.waiting_on import part as waiting_part
from provider_desk.services.desk import Desk

T = TypeVar("T")

PartOf = Callable[[Desk, Rows, Known], Part]

PARTS: tuple[PartOf, ...] = (
    care_page.of_person,
    measuring_page.of_person,
    referring_part.of_person,
    waiting_part.part,
    course_part.part,
)


def together(desk: Desk, rows: Rows, known: Known) -> Part:
    """Ask every part."""
    parts = [part(desk, rows, known) for part in PARTS]
    return Part(
        events=tuple(event for part in parts for event in part.events),
        items={name: row for part in parts for name, row in part.items.items()},
        card=tuple(line for part in parts for line in part.card),
        lines=_joined(part.lines for part in parts),
        bars=_joined(part.bars for part in parts),
    )


def _joined(held: Iterable[Mapping[str, tuple[T, ...]]]) -> dict[str, tuple[T, ...]]:
    """Tuples of the same key, one after the other."""
    found: dict[str, tuple[T, ...]] = {}
    for each in held:
        for key, rows in each.items():
            found[key] = (*found.get(key, ()), *rows)
    return found
