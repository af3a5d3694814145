"""Forecasts: kept as they were said, and scored against what came.

Source: practices, P35.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import DeskError
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.progress import Stopped, never
from provider_desk.model.records import Forecast
from provider_desk.model.rows import Rows
from provider_desk.planning.forecasting import (
    BACK,
    Outcome,
    Said,
    Score,
    going_on,
    mean_month,
    score,
)
from provider_desk.planning.same_period import months_between
from provider_desk.returns.history import History, history
from provider_desk.returns.table import Cell, LineKey
from provider_desk.returns.words import STATE_WORDS
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import some
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed

#: Stands where the month of a forecast is not over.
TO_COME = "to come"

_FLOW = "REFERRALS"


@dataclass(frozen=True, slots=True)
class Ahead:
    """What would be said for a month now.

    Attributes:
        area: code of the area.
        figure: code of the value list ``forecast_figure``.
        month: for which it is.
        said: the forecast; None where too little is known.
    """

    area: str
    figure: str
    month: Month
    said: Said | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A forecast that was kept.

    Attributes:
        forecast: as it was said.
        outcome: with what came; None where nothing came (yet).
        state: why not: "to come", "not submitted"; "" where something came.
    """

    forecast: Forecast
    outcome: Outcome | None
    state: str


@dataclass(frozen=True, slots=True)
class Forecasts:
    """Forecasts of a contract.

    Attributes:
        kept: newest month first.
        scores: figure → how good they were; figures without any are left out.
    """

    kept: tuple[Kept, ...]
    scores: Mapping[str, Score]


def _figures() -> dict[str, tuple[str, str]]:
    """Figure → its indicator."""
    listed = choices("forecast_figure").by_code
    return {code: (str(each.flags["indicator"]), "") for code, each in listed.items()}


@needs(Permission.PLAN)
def ahead_of(
    desk: Desk, contract_id: str, months: int, cancelled: Stopped = never
) -> list[Ahead]:
    """What would be said now for the next months, of every area and figure.

    A contract under which nothing was recorded in the months that are looked back on
    has no mean to go by: of it nothing is said, rather than that nobody will come.

    Args:
        desk: the open desk.
        contract_id: the contract.
        months: how many months ahead; the running one has begun and is none of them.
        cancelled: asked now and then.

    Raises:
        NotFound, DeskError: no such contract; it has no service area.
        Cancelled: the person stopped it.
    """
    now = Month.of(desk.today())
    looked = tuple(now.plus(back) for back in range(-BACK - 1, 0))
    with desk.store.reading() as rows:
        told = history(
            rows, contract_id, tuple(_figures().values()), looked,
            made_on=desk.today(), cancelled=cancelled,
        )  # fmt: skip
    found = []
    anything = any(cell.value for line in told.cells.values() for cell in line)
    for figure, key in _figures().items():
        for area in told.areas:
            known = _values(told.cells[LineKey(*key, area.code)]) if anything else []
            for step in range(1, months + 1):
                # The last month that is over lies one before the running one.
                said = (
                    mean_month(known) if figure == _FLOW else going_on(known, step + 1)
                )
                found.append(Ahead(area.code, figure, now.plus(step), said))
    return found


def _values(cells: Sequence[Cell]) -> list[int | None]:
    return [None if cell.value is None else int(cell.value) for cell in cells]


@needs(Permission.PLAN)
def keep_forecasts(desk: Desk, contract_id: str, months: int) -> tuple[str, Changed]:
    """Keep what is said now for the next months; what is kept of today stays as it is.

    Areas are kept one by one; a sum is none of them.

    Returns:
        The ids of what was kept, with blanks between, and what changed.

    Raises:
        DeskError: there is nothing to keep.
    """
    found = ahead_of(desk, contract_id, months)
    areas = choices("service_area").by_code
    with desk.store.writing("keep forecasts", by=desk.user.id) as deed:
        held = {
            (each.area, each.figure, each.month)
            for each in find(
                deed, Forecast, contract_id=contract_id, made_on=desk.today()
            )
        }
        ids = []
        for each in found:
            known = (each.area, each.figure, str(each.month)) in held
            if each.said is not None and each.area in areas and not known:
                given = _record(contract_id, each, each.said)
                ids.append(_kept_as(desk, deed, given))
        if not ids:
            raise DeskError(
                "There is nothing new to keep.",
                "Today's forecasts are kept already, or fewer than three months have "
                "figures, or nothing was recorded in them.",
            )
        said = f"{some(len(ids), 'forecast')} kept."
        return " ".join(ids), saving.done(deed, said)


def _record(contract_id: str, ahead: Ahead, said: Said) -> dict[str, Value]:
    return {
        "contract_id": contract_id,
        "area": ahead.area,
        "figure": ahead.figure,
        "month": str(ahead.month),
        "low": said.low,
        "expected": said.expected,
        "high": said.high,
        "method": said.method,
    }


def _kept_as(desk: Desk, deed: Deed, values: Mapping[str, Value]) -> str:
    given = {**values, "made_on": desk.today()}
    return saving.add(desk, deed, Forecast, given)[0].id


@needs(Permission.PLAN)
def add_forecast(desk: Desk, values: Mapping[str, Value]) -> tuple[str, Changed]:
    """Keep a forecast that somebody made by another method, which is said with it.

    Raises:
        NotValid: a value or a rule stops it: a month that has begun.
    """
    with desk.store.writing("keep forecasts", by=desk.user.id) as deed:
        new_id = _kept_as(desk, deed, values)
        return new_id, saving.done(deed, "Forecast kept.")


@needs(Permission.PLAN)
def take_back_forecasts(
    desk: Desk, forecast_ids: Sequence[str], reason: str
) -> Changed:
    """Take back forecasts that were kept by mistake; their history stays.

    Raises:
        NotFound: one is not there.
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back forecasts", by=desk.user.id) as deed:
        for row_id in forecast_ids:
            get(deed, Forecast, row_id)
            deed.retire(Forecast, row_id, reason.strip())
        said = f"{some(len(forecast_ids), 'forecast')} taken back."
        return saving.done(deed, said)


@needs(Permission.PLAN)
def forecasts(desk: Desk, contract_id: str, cancelled: Stopped = never) -> Forecasts:
    """Forecasts that were kept, with what came and their scores.

    Raises:
        NotFound, DeskError: no such contract; it has no service area.
        Cancelled: the person stopped it.
    """
    last = Month.of(desk.today()).plus(-1)
    with desk.store.reading() as rows:
        held = find(rows, Forecast, contract_id=contract_id)
        told = _told(desk, rows, contract_id, held, last, cancelled)
    kept = tuple(
        _with_outcome(each, told)
        for each in sorted(
            held, key=lambda e: (e.month, e.made_on, e.area, e.figure), reverse=True
        )
    )
    scores = {}
    for figure in choices("forecast_figure").by_code:
        found = score(
            [
                each.outcome
                for each in kept
                if each.outcome is not None and each.forecast.figure == figure
            ]
        )
        if found is not None:
            scores[figure] = found
    return Forecasts(kept, scores)


def _told(
    desk: Desk,
    rows: Rows,
    contract_id: str,
    held: Sequence[Forecast],
    last: Month,
    cancelled: Stopped,
) -> History | None:
    """The figures of the months that came; None where none has."""
    months = [month for e in held if (month := Month.parse(e.month)) <= last]
    if not months:
        return None
    return history(
        rows, contract_id, tuple(_figures().values()),
        months_between(min(months), max(months)),
        made_on=desk.today(), cancelled=cancelled,
    )  # fmt: skip


def _with_outcome(forecast: Forecast, told: History | None) -> Kept:
    month = Month.parse(forecast.month)
    if told is None or month not in told.months:
        return Kept(forecast, None, TO_COME)
    key = LineKey(*_figures()[forecast.figure], forecast.area)
    if key not in told.cells:
        return Kept(forecast, None, "the area is not in the contract")
    cell = told.cells[key][told.months.index(month)]
    if cell.value is None:
        return Kept(forecast, None, STATE_WORDS[cell.state])
    outcome = Outcome(forecast.low, forecast.expected, forecast.high, int(cell.value))
    return Kept(forecast, outcome, "")
