"""What a scenario is filled in with, each number with where it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from provider_desk.model.months import Month
from provider_desk.model.records import Capacity
from provider_desk.model.rows import Rows
from provider_desk.planning.chance import spread_of
from provider_desk.planning.exact import rounded, written
from provider_desk.planning.scenario import MONTH, Scenario
from provider_desk.returns.history import History
from provider_desk.returns.outline import SUM
from provider_desk.returns.table import Cell, LineKey, State
from provider_desk.services.saying import day, some
from provider_desk.store.queries import planning
from provider_desk.store.queries.staff import gone
from provider_desk.store.records import find

#: Mean sessions of a person in the bids of 2017, where the desk has too few of its
#: own; and sessions of a full course. Source: practices, P34; domain reference, B8.
MEAN_SESSIONS, FULL_COURSE = 11, 20

_HUNDRED = 100
#: A gap between sessions outside these weeks says that records are missing.
_LEAST_WEEKS, _MOST_WEEKS = Fraction(1, 2), Fraction(8)


@dataclass(frozen=True, slots=True)
class Own:
    """The desk's own figures of an area.

    Attributes:
        scenario: filled in.
        sources: name of a number → where it comes from, in words.
        slots_of: whose slots these are: "this contract and area" or "all contracts".
        workers: how many have slots now; 0 where nobody has any entered.
        offered: sessions offered a week, of this contract and area; None where it is
            not known.
    """

    scenario: Scenario
    sources: dict[str, str]
    slots_of: str
    workers: int
    offered: Fraction | None


def own_figures(
    rows: Rows,
    area: str,
    contract_id: str,
    told: History,
    quarter: History,
) -> Own:
    """Fill in a scenario.

    Args:
        rows: one read transaction.
        area: code of the area, "ALL" for the sum.
        contract_id: the contract.
        told: thirteen full months and the running one, the last twelve full ones
            summed.
        quarter: the last three full ones together.
    """
    return _Filled(area, told, quarter).own(rows, contract_id)


class _Filled:
    def __init__(self, area: str, told: History, quarter: History) -> None:
        self._area, self._told = area, told
        self._quarter = quarter
        self.sources: dict[str, str] = {}

    def own(self, rows: Rows, contract_id: str) -> Own:
        """Every number of the scenario."""
        waiting, live = self._now("B1", "waiting"), self._now("C2", "live")
        offered = self._offered()
        referrals, spread = self._referrals()
        slots, share, slots_of, workers = self._slots(rows, contract_id, offered)
        return Own(
            Scenario(
                waiting=waiting,
                live=live,
                slots=slots,
                own_share=share,
                filled=self._filled(slots * share / _HUNDRED, offered),
                sessions=self._sessions(),
                every=self._every(live, offered),
                referrals=referrals,
                starting=self._starting(),
                missed=self._missed(),
                spread=spread,
            ),
            self.sources,
            slots_of,
            workers,
            offered,
        )

    def _cells(self, code: str, split: str = "") -> tuple[Cell, ...]:
        return self._told.cells[LineKey(code, split, self._area)]

    def _now(self, code: str, name: str) -> int:
        """How many there are now."""
        value = self._cells(code)[-1].value
        self.sources[name] = "Counted now." if value is not None else "Not known: 0."
        return int(value or 0)

    def _of_year(self, code: str) -> list[int]:
        """Its numbers of the last twelve full months, those that have one."""
        cells = self._cells(code)[1:-1]
        return [int(cell.value) for cell in cells if cell.value is not None]

    def _referrals(self) -> tuple[Fraction, float]:
        known = self._of_year("A1")
        if not known:
            self.sources["referrals"] = "No month has figures yet: 0."
            return Fraction(0), 1.0
        mean = rounded(Fraction(sum(known), len(known)))
        self.sources["referrals"] = (
            f"{some(sum(known), 'referral')} in {_months(known)}."
        )
        return mean, round(spread_of(known), 1)

    def _starting(self) -> Fraction:
        starts = sum(self._of_year("C1"))
        without = sum(sum(self._of_year(code)) for code in ("A3", "A4", "B4"))
        if not starts + without:
            self.sources["starting"] = "Nobody's way ended yet: 100 %."
            return Fraction(_HUNDRED)
        self.sources["starting"] = (
            f"{some(starts, 'start')} against {without:,} declined, withdrawn or taken "
            "off the list, in 12 months."
        )
        return rounded(Fraction(starts * _HUNDRED, starts + without), 0)

    def _sessions(self) -> Fraction:
        cell = self._told.sums[LineKey("D3", "", self._area)]
        if cell is None or cell.value is None:
            self.sources["sessions"] = (
                "Too few episodes were closed in 12 months: "
                f"{MEAN_SESSIONS}, the mean in the bids of 2017."
            )
            return Fraction(MEAN_SESSIONS)
        self.sources["sessions"] = (
            f"Mean of {some(cell.denominator or 0, 'episode')} closed in 12 months; "
            "sessions that the person came to."
        )
        return Fraction(str(cell.value))

    def _missed(self) -> Fraction:
        cell = self._quarter.sums[LineKey("C10", "", self._area)]
        if cell is None or cell.state is not State.FIGURE or not cell.denominator:
            self.sources["missed"] = "Not known: 0 %."
            return Fraction(0)
        part, of = cell.numerator or 0, cell.denominator
        self.sources["missed"] = (
            f"{part:,} of {some(of, 'session')} attended or missed, in "
            f"{_months(self._quarter.covered)}. Sessions called off in good time count "
            "as slots that others took."
        )
        return rounded(Fraction(part * _HUNDRED, of), 0)

    def _offered(self) -> Fraction | None:
        """Sessions offered a week."""
        cell = self._quarter.sums[LineKey("C3", "", self._area)]
        weeks = len(self._quarter.covered) * MONTH
        if cell is None or not cell.value or not weeks:
            return None
        return Fraction(str(cell.value)) / weeks

    def _filled(self, slots: Fraction, offered: Fraction | None) -> Fraction:
        if not slots or not offered:
            self.sources["filled"] = "Not known: 100 %."
            return Fraction(_HUNDRED)
        self.sources["filled"] = (
            f"{written(offered)} sessions offered a week, in "
            f"{_months(self._quarter.covered)}, of {written(slots)} slots."
        )
        share = rounded(offered * _HUNDRED / slots, 0)
        return min(max(share, Fraction(1)), Fraction(_HUNDRED))

    def _every(self, live: int, offered: Fraction | None) -> Fraction:
        if not offered or not live:
            self.sources["every"] = "Not known: weekly."
            return Fraction(1)
        weeks = rounded(Fraction(live) / offered)
        self.sources["every"] = (
            f"{some(live, 'person', 'people')} in support and "
            f"{written(offered)} sessions offered a week."
        )
        return min(max(weeks, _LEAST_WEEKS), _MOST_WEEKS)

    def _slots(
        self, rows: Rows, contract_id: str, offered: Fraction | None
    ) -> tuple[Fraction, Fraction, str, int]:
        """Slots a week, the share of them for this area, whose they are, workers."""
        today = self._told.months[-1].last_day
        left = gone(rows, today)
        here = [e for e in planning.worker_slots(rows) if e.worker not in left]
        workers, everywhere = slots_of_workers(here, today)
        held, missing = self._entered(rows, contract_id, today)
        if held is not None and not missing:
            self.sources["slots"] = (
                "Entered in Settings, Capacity, for this contract and area alone."
            )
            self.sources["own_share"] = "All of them are for this contract and area."
            return (
                Fraction(held), Fraction(_HUNDRED), "this contract and area", workers,
            )  # fmt: skip
        if workers:
            share = self._share(rows, offered)
            self.sources["slots"] = (
                f"Slots of {some(workers, 'worker')}, for all contracts and areas."
            )
            return Fraction(everywhere), share, "all contracts", workers
        self.sources["slots"] = (
            "No capacity is entered: sessions offered a week stand here. Enter it in "
            "Settings, Capacity."
            if offered
            else "No capacity is entered. Enter it in Settings, Capacity."
        )
        self.sources["own_share"] = "All of them are for this contract and area."
        slots = max(rounded(offered, 0), Fraction(1)) if offered else Fraction(0)
        return slots, Fraction(_HUNDRED), "this contract and area", 0

    def _entered(
        self, rows: Rows, contract_id: str, today: date
    ) -> tuple[int | None, bool]:
        """Slots entered for the area; whether some area of a sum has none."""
        areas = {
            block.code
            for block in self._told.areas
            if self._area in (block.code, SUM) and block.code != SUM
        }
        newest: dict[str, Capacity] = {}
        for each in find(rows, Capacity, contract_id=contract_id):
            before = newest.get(each.area)
            newer = before is None or before.from_on <= each.from_on
            if each.area in areas and each.from_on <= today and newer:
                newest[each.area] = each
        if not newest:
            return None, True
        slots = sum(each.weekly_slots for each in newest.values())
        return slots, areas != newest.keys()

    def _share(self, rows: Rows, offered: Fraction | None) -> Fraction:
        """Percent of all sessions offered lately that were of this area."""
        months = self._quarter.covered
        weeks = len(months) * MONTH
        if not months or not offered:
            self.sources["own_share"] = (
                "How much of them is for this contract and area is not known. Say it: "
                "slots of all contracts are not divided among one contract's people."
            )
            return Fraction(0)
        first, last = months[0].first_day, months[-1].last_day
        everywhere = planning.offered_everywhere(rows, first, last)
        share = offered * weeks / everywhere if everywhere else Fraction(0)
        self.sources["own_share"] = (
            f"Of {some(everywhere, 'session')} offered from {day(first)} to "
            f"{day(last)} under all contracts, those of this contract and area."
        )
        return min(rounded(share * _HUNDRED, 0), Fraction(_HUNDRED))


def slots_of_workers(held: Iterable[planning.Slots], on: date) -> tuple[int, int]:
    """How many workers have slots on a day, and how many a week together."""
    newest = {each.worker: each.weekly for each in held if each.from_on <= on}
    weekly = [count for count in newest.values() if count]
    return len(weekly), sum(weekly)


def _months(known: list[int] | tuple[Month, ...]) -> str:
    return some(len(known), "month")
