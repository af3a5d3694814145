"""Which contract a return is for, and what may be asked for."""

from provider_desk.model.errors import DeskError, NotFound
from provider_desk.model.months import Month
from provider_desk.model.records import Contract
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.records import find

#: Exact, for the office only.
INTERNAL = "internal"
#: The copy that holds no more than the council may know.
COUNCIL = "council"
#: The council's copy without agreed exact totals, its breakdowns by quarter.
PUBLIC = "public"


@needs(Permission.READ)
def contracts(desk: Desk) -> list[Contract]:
    """The contracts on the desk, oldest first."""
    with desk.store.reading() as rows:
        return find(rows, Contract)


@needs(Permission.READ)
def contract_of(desk: Desk, reference: str, month: Month) -> str:
    """The id of the contract that a return is for.

    Args:
        desk: the open desk.
        reference: the contract's reference; "" where only one can be meant.
        month: helps where several contracts follow one another.

    Raises:
        NotFound: no contract, or not that one.
        DeskError: several could be meant.
    """
    found = contracts(desk)
    if not found:
        raise NotFound(
            "This desk has no contract yet.",
            "Add one in Settings, or bring in a spreadsheet whose layout names it.",
        )
    if reference:
        named = [c for c in found if c.reference.casefold() == reference.casefold()]
        if not named:
            known = ", ".join(c.reference for c in found)
            raise NotFound(
                f"There is no contract “{reference}”.", f"There are: {known}."
            )
        return named[0].id
    running = [c for c in found if _runs_in(c, month)] or found
    if len(running) > 1:
        known = ", ".join(c.reference for c in running)
        raise DeskError(
            f"Several contracts run in {month.name}: {known}.", "Say which one."
        )
    return running[0].id


def _runs_in(contract: Contract, month: Month) -> bool:
    began = contract.starts_on is None or contract.starts_on <= month.last_day
    ended = contract.ends_on is not None and contract.ends_on < month.first_day
    return began and not ended
