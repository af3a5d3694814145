"""What must hold before a return is signed, with the records at fault.

Source: monthly return, §1.6 and §1.8.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.months import Month
from provider_desk.model.records import Episode, Referral, Session
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.contract import Agreement
from provider_desk.returns.counted import Counting
from provider_desk.returns.counts import Opened, opened
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import Choose, Figure
from provider_desk.returns.opening import opening_checks
from provider_desk.returns.table import Check


@dataclass(frozen=True, slots=True)
class _Flow:
    """Opening + in - out = closing.

    Attributes:
        code: of the check.
        title: what must hold.
        stock: indicator of opening and closing.
        arriving: indicators that add.
        leaving: indicators that take away.
        table: of the cases at fault.
        what: what stands at month end, in words.
    """

    code: str
    title: str
    stock: str
    arriving: tuple[str, ...]
    leaving: tuple[str, ...]
    table: str
    what: str


_FLOWS = (
    _Flow(
        "flow-awaiting",
        "Awaiting decision: opening + received - accepted - declined - withdrawn "
        "= closing",
        "A5", ("A1",), ("A2", "A3", "A4"), Referral.TABLE, "awaiting a decision",
    ),
    _Flow(
        "flow-waiting",
        "Waiting: opening + accepted - started - left the list = closing",
        "B1", ("A2",), ("C1", "B4"), Referral.TABLE, "waiting",
    ),
    _Flow(
        "flow-live",
        "Live: opening + new starts - closed = closing",
        "C2", ("C1",), ("D1",), Episode.TABLE, "live",
    ),
)  # fmt: skip

#: Whole → the indicator whose parts must sum to it, and what the check is called.
_SUMS = (
    ("C4", "C8", "sum-modes", "Sum of where and how = sessions attended"),
    ("B1", "B2", "sum-bands", "Sum of the bands = people waiting"),
    ("A1", "A8", "sum-ages", "Sum of the age groups = referrals received"),
)

_INDIVIDUAL = Choose("type", choices("session_type").codes_where("individual"))


def checks_of(
    rows: Rows, counting: Counting, contract: Agreement, month: Month, today: date
) -> tuple[Check, ...]:
    """Every check of a return, area by area, failed or not.

    Args:
        rows: the transaction that the figures were counted in.
        counting: the figures; it holds this month and the one before.
        contract: whose return it is.
        month: the return's month.
        today: as the return is made with.
    """
    asking = _Asking(rows, counting, contract, month, today)
    found: list[Check] = []
    for area in contract.areas:
        found.extend(asking.flows(area))
        found.extend(asking.sessions(area))
        found.extend(asking.sums(area))
        found.append(asking.nil(area))
        found.append(asking.duplicates(area))
    found.extend(asking.strays())
    found.extend(opening_checks(rows, contract, month, today))
    return tuple(found)


class _Asking:
    """Asks the figures of one month."""

    def __init__(
        self,
        rows: Rows,
        counting: Counting,
        contract: Agreement,
        month: Month,
        today: date,
    ) -> None:
        self._rows = rows
        self._counting = counting
        self._contract = contract
        self._month = month
        self._before = month.plus(-1)
        self._today = today

    def flows(self, area: str) -> Iterator[Check]:
        """Awaiting, waiting and live: what came in and went out explains the end."""
        for flow in _FLOWS:
            opening = self._number(flow.stock, area, self._before)
            arrived = [self._number(code, area) for code in flow.arriving]
            left = [self._number(code, area) for code in flow.leaving]
            closing = self._number(flow.stock, area)
            due = opening + sum(arrived) - sum(left)
            sum_text = " + ".join(map(str, (opening, *arrived)))
            sum_text += "".join(f" - {each}" for each in left) + f" = {due}"
            held = due == closing
            text = (
                sum_text + "."
                if held
                else (f"{sum_text}, but {closing} are {flow.what} at month end.")
            )
            yield Check(
                code=flow.code,
                area=area,
                title=flow.title,
                passed=held,
                blocking=True,
                text=text,
                table="" if held else flow.table,
                rows=() if held else self._cases_at_fault(flow, area),
            )

    def _cases_at_fault(self, flow: _Flow, area: str) -> tuple[str, ...]:
        """Cases whose own opening, arrival, leaving and closing do not add up."""
        balance: Counter[str] = Counter()
        for code, month, sign in (
            (flow.stock, self._before, 1),
            *((code, self._month, 1) for code in flow.arriving),
            *((code, self._month, -1) for code in flow.leaving),
            (flow.stock, self._month, -1),
        ):
            for row in self._rows_behind(catalogue().figure(code), area, month):
                case = row.row_id if row.table == flow.table else row.case_id
                balance[case] += sign
        return tuple(sorted(case for case, left in balance.items() if left))

    def sessions(self, area: str) -> Iterator[Check]:
        """Every session has one outcome, and the outcomes add up."""
        offered, attended, missed, cancelled, moved = (
            self._number(code, area) for code in ("C3", "C4", "C5", "C6", "C7")
        )
        yield Check(
            code="sessions-offered",
            area=area,
            title="Offered = attended + did not come + cancelled by the person",
            passed=offered == attended + missed + cancelled,
            blocking=True,
            text=f"{offered} offered; {attended} + {missed} + {cancelled} = "
            f"{attended + missed + cancelled}.",
        )
        with_outcome = _counted_by(
            _INDIVIDUAL, Choose("attendance", ("BOOKED", "UNREC"), others=True)
        )
        outcomes = self._count(with_outcome, area)
        yield Check(
            code="sessions-outcome",
            area=area,
            title="Booked with outcome = offered + cancelled by the service",
            passed=outcomes == offered + moved,
            blocking=True,
            text=f"{outcomes} with outcome; {offered} + {moved} = {offered + moved}.",
        )
        missing = self._number("C13", area)
        at_fault = self._ids("C13", area) if missing else ()
        yield Check(
            code="outcome-missing",
            area=area,
            title="No session without an outcome",
            passed=not missing,
            blocking=True,
            text="Every session has its outcome."
            if not missing
            else f"{_times(missing, 'session has', 'sessions have')} no outcome yet.",
            table=Session.TABLE if missing else "",
            rows=at_fault,
        )

    def sums(self, area: str) -> Iterator[Check]:
        """Parts sum to their whole."""
        for whole, split, code, title in _SUMS:
            total = self._number(whole, area)
            parts = [
                self._count(figure, area)
                for figure in catalogue().figures
                if figure.code == split and figure.split and not figure.of_which
            ]
            yield Check(
                code=code,
                area=area,
                title=title,
                passed=sum(parts) == total,
                blocking=True,
                text=f"{' + '.join(map(str, parts))} = {sum(parts)}; whole {total}.",
            )

    def nil(self, area: str) -> Check:
        """A month in which nothing happened is confirmed, never taken for granted."""
        nothing = not any(
            self._count(figure, area)
            for figure in catalogue().figures
            if not figure.later
            and figure.measure == "count"
            and not FACTS[figure.fact].stock
        )
        return Check(
            code="nil",
            area=area,
            title="A nil month is confirmed",
            passed=not nothing,
            blocking=True,
            text="Nothing at all is recorded for this month. If that is right, confirm "
            "“nil, checked”."
            if nothing
            else "Something happened in this month.",
        )

    def duplicates(self, area: str) -> Check:
        """Duplicates of an open referral count, and are flagged. Source: A1."""
        figure = _counted_by(Choose("duplicate", (1,)), fact="referrals received")
        count = self._count(figure, area)
        rows = self._rows_behind(figure, area, self._month) if count else []
        return Check(
            code="duplicates",
            area=area,
            title="No referral to an area where the person's case is open",
            passed=not count,
            blocking=False,
            text="None."
            if not count
            else f"{_times(count, 'referral', 'referrals')} received while an earlier "
            "one of the same person was open; counted all the same.",
            table=Referral.TABLE if count else "",
            rows=tuple(row.row_id for row in rows),
        )

    def strays(self) -> Iterator[Check]:
        """Records in an area that the contract does not name are in no figure."""
        named = ("A1", "B1", "C1", "C2", "C3", "D1")
        for code in named:
            figure = catalogue().figure(code)
            tallies = self._counting.counted(figure).tallies
            areas = sorted(
                {
                    area
                    for (area, month), tally in tallies.items()
                    if month == str(self._month)
                    and area not in self._contract.areas
                    and tally.rows
                }
            )
            for area in areas:
                rows = self._rows_behind(figure, area, self._month)
                label = choices("service_area").label(area)
                yield Check(
                    code=f"outside-{code}",
                    area=area,
                    title="Every record belongs to an area of the contract",
                    passed=False,
                    blocking=True,
                    text=f"{figure.label}: {len(rows)} in “{label}”, which the "
                    "contract does not name; they are in no figure.",
                    table=rows[0].table,
                    rows=tuple(row.row_id for row in rows),
                )

    def _number(self, code: str, area: str, month: Month | None = None) -> int:
        return self._count(catalogue().figure(code), area, month)

    def _count(self, figure: Figure, area: str, month: Month | None = None) -> int:
        tallies = self._counting.counted(figure).tallies
        place = (area, str(month or self._month))
        return tallies[place].rows if place in tallies else 0

    def _ids(self, code: str, area: str) -> tuple[str, ...]:
        figure = catalogue().figure(code)
        return tuple(row.row_id for row in self._rows_behind(figure, area, self._month))

    def _rows_behind(self, figure: Figure, area: str, month: Month) -> Sequence[Opened]:
        scope = Scope(self._contract.contract_id, (month,), self._today)
        return opened(self._rows, FACTS[figure.fact], scope, figure, (area,))


def _counted_by(*where: Choose, fact: str = "sessions") -> Figure:
    """A count that is no indicator."""
    return Figure(
        code="",
        split="",
        group="",
        label="",
        unit="",
        measure="count",
        fact=fact,
        where=where,
        polarity="o",
        tier=2,
    )


def _times(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
