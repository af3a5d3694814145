"""What each part of casework asks for on Today. Add a source to ``SOURCES``.

Today is asked for after every deed. A source whose things can be many gives them as
``Several``, so that lines are put in words, and people named, only where they show.
"""

from collections.abc import Callable, Iterable, Iterator

from provider_desk.model.rows import Rows
from provider_desk.model.to_do import Several, ToDo
from provider_desk.services.casework.caring import asks as care_asks
from provider_desk.services.casework.course import asked as course_asks
from provider_desk.services.casework.measuring import due as measures_due
from provider_desk.services.casework.referring import asked as referral_asks
from provider_desk.services.casework.waiting_on import offers
from provider_desk.services.desk import Desk
from provider_desk.services.office import contract_ends, register
from provider_desk.store.queries.caseload import Caseload

#: Gets the desk, its rows and the caseload; what there is, most urgent first.
Source = Callable[[Desk, Rows, Caseload], Iterable[ToDo | Several]]

SOURCES: tuple[Source, ...] = (
    care_asks.things,
    measures_due.things,
    referral_asks.things,
    offers.to_ask_after,
    course_asks.things,
    register.things,
    contract_ends.things,
)


def things(desk: Desk, rows: Rows, mine: Caseload) -> Iterator[ToDo | Several]:
    """What every source asks for."""
    for source in SOURCES:
        yield from source(desk, rows, mine)
