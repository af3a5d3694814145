"""What must hold before a return is signed, with the records at fault.

Flows and sums are those of resources/indicators/relations.toml.

Source: monthly return, §1.6 and §1.8.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.months import Month
from provider_desk.model.records import Referral, Session
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.contract import Agreement
from provider_desk.returns.counted import Counting
from provider_desk.returns.counts import Opened, opened
from provider_desk.returns.facts.fact import Scope
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import Choose, Figure
from provider_desk.returns.nil_month import nil_check
from provider_desk.returns.opening import opening_checks
from provider_desk.returns.relation import Flow, Ref
from provider_desk.returns.relations import relations
from provider_desk.returns.said import nil_checked
from provider_desk.returns.table import Check

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
        self._nil = nil_checked(rows, contract.contract_id, month)

    def flows(self, area: str) -> Iterator[Check]:
        """Awaiting, waiting and live: what came in and went out explains the end."""
        for flow in relations().flows:
            opening = self._number(flow.stock, area, self._before)
            arrived = [self._number(ref, area) for ref in flow.arriving]
            left = [self._number(ref, area) for ref in flow.leaving]
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

    def _cases_at_fault(self, flow: Flow, area: str) -> tuple[str, ...]:
        """Cases whose own opening, arrival, leaving and closing do not add up."""
        balance: Counter[str] = Counter()
        for ref, month, sign in (
            (flow.stock, self._before, 1),
            *((ref, self._month, 1) for ref in flow.arriving),
            *((ref, self._month, -1) for ref in flow.leaving),
            (flow.stock, self._month, -1),
        ):
            for row in self._rows_behind(_figure(ref), area, month):
                case = row.row_id if row.table == flow.table else row.case_id
                balance[case] += sign
        return tuple(sorted(case for case, left in balance.items() if left))

    def sessions(self, area: str) -> Iterator[Check]:
        """Every session has one outcome, and the outcomes add up."""
        offered, moved = (self._number(Ref(code), area) for code in ("C3", "C7"))
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
        missing = self._number(Ref("C13"), area)
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
        for each in relations().sums:
            if not each.check:
                continue
            total = self._number(each.whole, area)
            parts = [self._number(ref, area) for ref in each.parts]
            yield Check(
                code=each.check,
                area=area,
                title=each.title,
                passed=sum(parts) == total,
                blocking=True,
                text=f"{' + '.join(map(str, parts))} = {sum(parts)}; whole {total}.",
            )

    def nil(self, area: str) -> Check:
        """A month in which nothing happened is confirmed, never taken for granted."""
        confirmed = area in self._nil
        return nil_check(self._counting, area, self._month, confirmed=confirmed)

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

    def _number(self, ref: Ref, area: str, month: Month | None = None) -> int:
        return self._count(_figure(ref), area, month)

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


def _figure(ref: Ref) -> Figure:
    return catalogue().figure(ref.code, ref.split)


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
