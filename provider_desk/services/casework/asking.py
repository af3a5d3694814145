"""What each part of casework asks for on Today. Add a source to ``SOURCES``."""

from collections.abc import Callable, Iterable, Iterator

from provider_desk.model.rows import Rows
from provider_desk.model.to_do import ToDo
from provider_desk.services.desk import Desk
from provider_desk.store.queries.caseload import Caseload

#: Gets the desk, its rows and the caseload; a line for each thing, most urgent first.
Source = Callable[[Desk, Rows, Caseload], Iterable[ToDo]]

SOURCES: tuple[Source, ...] = ()


def things(desk: Desk, rows: Rows, mine: Caseload) -> Iterator[ToDo]:
    """Every line of every source."""
    for source in SOURCES:
        yield from source(desk, rows, mine)
