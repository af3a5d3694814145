"""Settings: the provider, contracts and their areas, staff, balances, capacity."""

from collections.abc import Iterable, Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Capacity,
    Contract,
    ContractArea,
    OpeningBalance,
    Provider,
)
from provider_desk.model.rows import Rows
from provider_desk.model.views import Counts
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.rights.users import (
    add_user,
    change_password,
    change_user,
    let_go,
    users,
)
from provider_desk.services.saying import day, label
from provider_desk.store.queries import counts as count_questions
from provider_desk.store.records import find, get

__all__ = [
    "add_contract",
    "add_user",
    "area_lives",
    "capacities",
    "change_contract",
    "change_password",
    "change_provider",
    "change_user",
    "contract_areas",
    "contracts",
    "counts",
    "let_go",
    "opening_balances",
    "provider",
    "set_area_life",
    "set_capacity",
    "set_opening_balance",
    "users",
]


@needs(Permission.READ)
def provider(desk: Desk) -> Provider:
    """The service whose desk this is."""
    return desk.provider()


@needs(Permission.CHANGE_SETTINGS)
def change_provider(desk: Desk, values: Mapping[str, Value]) -> Changed:
    """Change the service's name or habits.

    Raises:
        NotValid: a value stops it.
    """
    held = desk.provider()
    with desk.store.writing("change provider", by=desk.user.id) as deed:
        _, warnings = saving.change(desk, deed, Provider, held.id, values)
        return saving.done(deed, "Settings saved.", warnings)


@needs(Permission.READ)
def contracts(desk: Desk) -> list[Contract]:
    """Every contract, newest start first."""
    with desk.store.reading() as rows:
        found = find(rows, Contract)
    return sorted(found, key=lambda c: (c.starts_on or date.min, c.title), reverse=True)


@needs(Permission.READ)
def contract_areas(desk: Desk, contract_id: str) -> list[str]:
    """Codes of the areas that a contract pays for, in the order of the value list."""
    with desk.store.reading() as rows:
        return _areas(rows, contract_id)


def _areas(rows: Rows, contract_id: str) -> list[str]:
    held = {each.area for each in find(rows, ContractArea, contract_id=contract_id)}
    return [c.code for c in choices("service_area").values if c.code in held]


@needs(Permission.CHANGE_SETTINGS)
def add_contract(
    desk: Desk, values: Mapping[str, Value], areas: Iterable[str]
) -> tuple[str, Changed]:
    """Add a contract with the areas it pays for.

    Raises:
        NotValid: a value or a rule stops it, or no area is named.
    """
    wanted = list(dict.fromkeys(areas))
    more = [] if wanted else [Problem("area", "Choose at least one service area.")]
    with desk.store.writing("add contract", by=desk.user.id) as deed:
        reference = str(values.get("reference") or "").strip()
        if reference and find(deed, Contract, reference=reference):
            more.append(
                Problem("reference", f"There is a contract {reference} already.")
            )
        contract, warnings = saving.add(desk, deed, Contract, values, more)
        for area in wanted:
            row: dict[str, Value] = {"contract_id": contract.id, "area": area}
            saving.add(desk, deed, ContractArea, row)
        return contract.id, saving.done(
            deed, f"Contract {contract.reference} added.", warnings
        )


@needs(Permission.CHANGE_SETTINGS)
def change_contract(
    desk: Desk, contract_id: str, values: Mapping[str, Value], areas: Iterable[str] = ()
) -> Changed:
    """Change a contract's dates or names, and add areas to it.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change contract", by=desk.user.id) as deed:
        contract, warnings = saving.change(desk, deed, Contract, contract_id, values)
        held = _areas(deed, contract_id)
        for area in dict.fromkeys(areas):
            if area not in held:
                row: dict[str, Value] = {"contract_id": contract_id, "area": area}
                saving.add(desk, deed, ContractArea, row)
        return saving.done(deed, f"Contract {contract.reference} saved.", warnings)


@needs(Permission.SEE_FIGURES)
def opening_balances(desk: Desk, contract_id: str) -> list[OpeningBalance]:
    """Opening balances of a contract, oldest first."""
    with desk.store.reading() as rows:
        found = find(rows, OpeningBalance, contract_id=contract_id)
    return sorted(found, key=lambda each: (each.on, each.area))


@needs(Permission.CHANGE_SETTINGS)
def set_opening_balance(desk: Desk, values: Mapping[str, Value]) -> tuple[str, Changed]:
    """Say what was open in an area when complete records begin.

    A second balance for the same area and day replaces the first.

    Raises:
        NotValid: a value stops it, or the day is not the first of a month.
    """
    on = values.get("on")
    if isinstance(on, date) and on.day != 1:
        raise saving.stop("on", "Opening balances stand at the first day of a month.")
    with desk.store.writing("set opening balance", by=desk.user.id) as deed:
        more = _in_contract(deed, values)
        held = find(
            deed,
            OpeningBalance,
            contract_id=values.get("contract_id"),
            area=values.get("area"),
            on=on,
        )
        if held:
            row, _ = saving.change(desk, deed, OpeningBalance, held[0].id, values, more)
        else:
            row, _ = saving.add(desk, deed, OpeningBalance, values, more)
        area = label("service_area", row.area)
        said = f"Opening balance at {day(row.on)} saved: {area}."
        return row.id, saving.done(deed, said)


@needs(Permission.READ)
def area_lives(desk: Desk, contract_id: str) -> list[ContractArea]:
    """The areas of a contract with the days on which they open and close, in order."""
    with desk.store.reading() as rows:
        held = find(rows, ContractArea, contract_id=contract_id)
    order = list(choices("service_area").by_code)
    return sorted(held, key=lambda each: order.index(each.area))


@needs(Permission.CHANGE_SETTINGS)
def set_area_life(desk: Desk, values: Mapping[str, Value]) -> tuple[str, Changed]:
    """Say when an area opens or closes, where that is not with its contract.

    Council returns show "not applicable" outside these days; a return that was issued
    stays as it is.

    Raises:
        NotValid: a value stops it, or the contract does not cover the area.
    """
    opens, closes = values.get("starts_on"), values.get("ends_on")
    if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
        raise saving.stop("ends_on", "An area closes on or after the day it opens.")
    with desk.store.writing("set when an area is open", by=desk.user.id) as deed:
        more = _in_contract(deed, values)
        held = find(
            deed,
            ContractArea,
            contract_id=values.get("contract_id"),
            area=values.get("area"),
        )
        if more or not held:
            raise saving.stop("area", more[0].text if more else "Choose an area.")
        days: dict[str, Value] = {"starts_on": opens, "ends_on": closes}
        row, _ = saving.change(desk, deed, ContractArea, held[0].id, days)
        said = f"Days of “{label('service_area', row.area)}” saved."
        return row.id, saving.done(deed, said)


@needs(Permission.SEE_FIGURES)
def capacities(desk: Desk, contract_id: str) -> list[Capacity]:
    """Weekly slots of a contract, area by area, oldest first."""
    with desk.store.reading() as rows:
        found = find(rows, Capacity, contract_id=contract_id)
    return sorted(found, key=lambda each: (each.area, each.from_on))


@needs(Permission.CHANGE_SETTINGS)
def set_capacity(desk: Desk, values: Mapping[str, Value]) -> tuple[str, Changed]:
    """Say how many individual sessions a week an area can give, from a day on.

    Raises:
        NotValid: a value stops it, or the contract does not cover the area.
    """
    with desk.store.writing("set capacity", by=desk.user.id) as deed:
        more = _in_contract(deed, values)
        held = find(
            deed,
            Capacity,
            contract_id=values.get("contract_id"),
            area=values.get("area"),
            from_on=values.get("from_on"),
        )
        if held:
            row, _ = saving.change(desk, deed, Capacity, held[0].id, values, more)
        else:
            row, _ = saving.add(desk, deed, Capacity, values, more)
        said = f"{row.weekly_slots} sessions a week from {day(row.from_on)}."
        return row.id, saving.done(deed, said)


def _in_contract(rows: Rows, values: Mapping[str, Value]) -> list[Problem]:
    contract_id = str(values.get("contract_id") or "")
    area = str(values.get("area") or "")
    if not contract_id or not area:
        return []
    if area in _areas(rows, contract_id):
        return []
    reference = get(rows, Contract, contract_id).reference
    words = label("service_area", area)
    return [Problem("area", f"{reference} does not cover “{words}”.")]


@needs(Permission.SEE_ALL)
def counts(desk: Desk) -> Counts:
    """How many rows of each kind the desk holds; for those who may open everybody."""
    with desk.store.reading() as rows:
        return count_questions.counts(rows)
