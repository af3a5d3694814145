"""What each part of casework asks for on Today. Add a source to ``SOURCES``."""

from collections.abc import Callable, Iterable, Iterator

from provider_desk.model.rows import Rows
from provider_desk.model.to_do import ToDo
from provider_desk.services.casework.caring import asks as care_asks
from provider_desk.services.casework.course import asked as course_asks
from provider_desk.services.casework.measuring import due as measures_due
from provider_desk.services.casework.waiting_on import offers
from provider_desk.services.desk import Desk
from provider_desk.services.office import contract_ends, register
from provider_desk.store.queries.caseload import Caseload

#: Gets the desk, its rows and the caseload; a line for each thing, most urgent first.
Source = Callable[[Desk, Rows, Caseload], Iterable[ToDo]]

SOURCES: tuple[Source, ...] = (
    care_asks.things, measures_due.things,
    offers.to_ask_after,
    course_asks.things,
    register.things,
    contract_ends.things,
)


def things(desk: Desk, rows: Rows, mine: Caseload) -> Iterator[ToDo]:
    """Every line of every source."""
    for source in SOURCES:
        yield from source(desk, rows, mine)
