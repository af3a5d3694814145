"""Estimates of referrals by area and months, against what came in the same months.

Source: practices, P35 and mistake 4; domain reference, H4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.progress import Stopped, never
from provider_desk.model.records import Estimate
from provider_desk.model.rows import Rows
from provider_desk.planning.same_period import (
    Comparison,
    Expected,
    compare,
    months_between,
)
from provider_desk.returns.history import history
from provider_desk.returns.table import LineKey
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day
from provider_desk.store.records import find, get


@dataclass(frozen=True, slots=True)
class AreaCompared:
    """An area's estimates and how they compare with what came.

    Attributes:
        area: its code.
        estimates: oldest first.
        found: over the same months; None where no month of them is over.
    """

    area: str
    estimates: tuple[Estimate, ...]
    found: Comparison | None


@needs(Permission.PLAN)
def compared(
    desk: Desk, contract_id: str, cancelled: Stopped = never
) -> list[AreaCompared]:
    """Every area with estimates, against the referrals of months that are over.

    Raises:
        NotFound, DeskError: no such contract; it has no service area.
        Cancelled: the person stopped it.
    """
    last = Month.of(desk.today()).plus(-1)
    with desk.store.reading() as rows:
        held = find(rows, Estimate, contract_id=contract_id)
        if not held:
            return []
        first = min(Month.of(each.from_on) for each in held)
        came = _came(desk, rows, contract_id, months_between(first, last), cancelled)
    by_area: dict[str, list[Estimate]] = {}
    for each in sorted(held, key=lambda each: each.from_on):
        by_area.setdefault(each.area, []).append(each)
    return [
        AreaCompared(area, tuple(estimates), _found(estimates, came.get(area, {})))
        for area, estimates in sorted(by_area.items())
    ]


def _came(
    desk: Desk,
    rows: Rows,
    contract_id: str,
    months: tuple[Month, ...],
    cancelled: Stopped,
) -> dict[str, dict[Month, int | None]]:
    """Area → referrals by month, None where a month has no figure."""
    if not months:
        return {}
    told = history(
        rows, contract_id, (("A1", ""),), months,
        made_on=desk.today(), cancelled=cancelled,
    )  # fmt: skip
    return {
        area.code: {
            month: None if cell.value is None else int(cell.value)
            for month, cell in zip(
                months, told.cells[LineKey("A1", "", area.code)], strict=True
            )
        }
        for area in told.areas
    }


def _found(
    estimates: Sequence[Estimate], came: Mapping[Month, int | None]
) -> Comparison | None:
    expected = [expected_of(each) for each in estimates]
    first = min((each.first for each in expected), default=None)
    mine = {month: count for month, count in came.items() if first and month >= first}
    found = compare(expected, mine)
    return found if found.months or found.not_submitted else None


def expected_of(estimate: Estimate) -> Expected:
    """An estimate by its months."""
    return Expected(
        Month.of(estimate.from_on), Month.of(estimate.until_on), estimate.people
    )


@needs(Permission.PLAN)
def add_estimate(desk: Desk, values: Mapping[str, Value]) -> tuple[str, Changed]:
    """Say how many referrals are expected in an area over some months.

    Raises:
        NotValid: a value or a rule stops it, or another estimate is about one of the
            months.
    """
    with desk.store.writing("add estimate", by=desk.user.id) as deed:
        more = _overlapping(deed, values)
        estimate, warnings = saving.add(desk, deed, Estimate, values, more)
        return estimate.id, saving.done(deed, "Estimate saved.", warnings)


@needs(Permission.PLAN)
def change_estimate(
    desk: Desk, estimate_id: str, values: Mapping[str, Value]
) -> Changed:
    """Change an estimate; what it was stays in its history.

    Raises:
        NotValid: as ``add_estimate``.
        NotFound: it is not there.
    """
    with desk.store.writing("change estimate", by=desk.user.id) as deed:
        whole = {**get(deed, Estimate, estimate_id).values(), **values}
        more = _overlapping(deed, whole, estimate_id)
        _, warnings = saving.change(desk, deed, Estimate, estimate_id, values, more)
        return saving.done(deed, "Estimate saved.", warnings)


def _overlapping(
    rows: Rows, values: Mapping[str, Value], but: str = ""
) -> list[Problem]:
    first, last = values.get("from_on"), values.get("until_on")
    for each in find(
        rows, Estimate,
        contract_id=values.get("contract_id"), area=values.get("area"),
    ):  # fmt: skip
        if each.id == but or first is None or last is None:
            continue
        if str(each.from_on) <= str(last) and str(first) <= str(each.until_on):
            return [
                Problem(
                    "from_on",
                    f"{day(each.from_on)} to {day(each.until_on)} is estimated "
                    "already; a month counts in one estimate.",
                )
            ]
    return []


@needs(Permission.PLAN)
def take_back_estimate(desk: Desk, estimate_id: str) -> Changed:
    """Take an estimate off the desk; its history stays.

    Raises:
        NotFound: it is not there.
    """
    with desk.store.writing("take back estimate", by=desk.user.id) as deed:
        deed.retire(Estimate, estimate_id, "Not needed any more.")
        return saving.done(deed, "The estimate was taken off the desk.")


@needs(Permission.PLAN)
def put_back_estimate(desk: Desk, estimate_id: str) -> Changed:
    """Put an estimate back that was taken off the desk.

    Raises:
        NotFound: it was not taken off.
        NotValid: another one is about one of its months now.
    """
    with desk.store.writing("put back estimate", by=desk.user.id) as deed:
        deed.put_back(Estimate, estimate_id)
        held = get(deed, Estimate, estimate_id)
        saving.refuse(_overlapping(deed, held.values(), estimate_id))
        return saving.done(deed, "The estimate is back.")
