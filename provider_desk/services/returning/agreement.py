"""The written agreement with the council: totals that go exact, and what they cost.

An exact total narrows the rounded figures around it. So its price is worked out and
shown before anybody signs: the outsider attacks what was issued, with those totals
known. An agreement holds from a month that was not issued yet, never before. Source:
disclosure, profiles, §4 "outside knowledge".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provider_desk.attacker.attack import attack
from provider_desk.attacker.knowledge import exactly
from provider_desk.attacker.verdict import Found
from provider_desk.model.changed import Changed
from provider_desk.model.errors import DeskError, Problem
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.records import ReturnAgreement
from provider_desk.model.rows import Rows
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.contract import agreement as contract_of
from provider_desk.returns.council.template import YEAR_TO_DATE, template
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.returning.agreed import holding
from provider_desk.services.returning.ledger import (
    months_issued,
    read_ledger,
)
from provider_desk.services.returning.preparing import previewed
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.records import find

#: So many returns are attacked together; the price is taken over the last year.
_TOGETHER, _MONTHS = 3, 12
#: Some March: everything leaves then that ever does.
_MARCH = Month(2018, 3)


@dataclass(frozen=True, slots=True)
class Total:
    """A total that an agreement may let go exact: it has no attribute of anybody."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A figure that keeps fewer than four possible values once totals are known.

    Attributes:
        month: "2017-09".
        area: code of the area.
        split: which part of the table.
        left: how many values other than 0 remain possible.
        by_itself: whether that follows from the exact totals alone, as where a total
            is 2 and its parts can be no more; no rounding helps there.
    """

    month: str
    area: str
    split: str
    left: int
    by_itself: bool


@dataclass(frozen=True, slots=True)
class TablePrice:
    """What exact totals cost in one table.

    Attributes:
        code: of the indicator.
        label: in words.
        figures: those that become narrower than four values.
        exact: how many of them have one value left.
    """

    code: str
    label: str
    figures: tuple[Narrowed, ...]
    exact: int


@dataclass(frozen=True, slots=True)
class Price:
    """What exact totals cost, over the returns that were attacked.

    Attributes:
        codes: the totals that would be known.
        months: returns it was worked out over.
        tried: small figures that were attacked.
        tables: those with narrower figures, the costliest first.
    """

    codes: tuple[str, ...]
    months: tuple[Month, ...]
    tried: int
    tables: tuple[TablePrice, ...]

    @property
    def figures(self) -> int:
        """How many figures become narrower than four values."""
        return sum(len(table.figures) for table in self.tables)


def totals() -> tuple[Total, ...]:
    """What an agreement may let go exact. Source: monthly return, §2, tier 1."""
    return tuple(
        Total(figure.code, figure.label)
        for figure in catalogue().figures
        if figure.is_total and figure.measure == "count" and not figure.later
    )


@needs(Permission.MAKE_RETURN)
def price_of(
    desk: Desk,
    contract_id: str,
    codes: Sequence[str],
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Price:
    """What it costs that some totals are known exactly, table by table.

    Worked out over the last issued year, three returns at a time; over the last full
    month where nothing was issued yet.

    Raises:
        NotValid: a code is not that of a total.
        Damaged: the ledger is not what was written.
        Cancelled: the person stopped it.
    """
    saving.refuse(_wrong_totals(codes))
    with desk.store.reading() as rows:
        returns = _returns(desk, rows, contract_id, cancelled)
        agreed = _agreed_lines(rows, contract_id, codes)
    windows = [returns[at : at + _TOGETHER] for at in range(0, len(returns), _TOGETHER)]
    found: list[tuple[Found, bool]] = []
    tried = 0
    for number, window in enumerate(windows):
        known = {
            f"{name}|{key}": value
            for name, _, exact in window
            for key, value in exact.items()
            if _is_of(key, codes)
        }
        verdict = attack(
            [file for _, file, _ in window],
            truth={name: exact for name, _, exact in window},
            known=(exactly(known),),
            cancelled=cancelled,
        )
        both = ((verdict.disclosed, False), (verdict.anyway, True))
        found += [
            (each, by_itself)
            for some, by_itself in both
            for each in some
            if each.key.removesuffix(YEAR_TO_DATE) not in agreed
        ]
        tried += verdict.tried
        progress(number + 1, len(windows))
    months = tuple(Month.parse(name.partition("#")[0]) for name, _, _ in returns)
    return Price(tuple(codes), months, tried, tuple(_tables(found)))


#: Name, file and exact figures of a return.
_Return = tuple[str, bytes, Mapping[str, int]]


def _returns(
    desk: Desk, rows: Rows, contract_id: str, cancelled: Stopped
) -> list[_Return]:
    standing = read_ledger(rows, contract_id).standing()[-_MONTHS:]
    if standing:
        return [(each.name, each.file(), each.exact()) for each in standing]
    last = Month.of(desk.today()).plus(-1)
    made = previewed(desk, rows, contract_id, last, cancelled)
    numbers = made.numbers()
    return [(made.name, numbers.frozen, numbers.exact)]


def _agreed_lines(rows: Rows, contract_id: str, codes: Sequence[str]) -> set[str]:
    """Lines that show nothing but an agreed total, as the base of a share does."""
    leaving = template(contract_of(rows, contract_id), _MARCH)
    areas = [block.code for block in leaving.contract.blocks()]
    known = {f"{area}|{code}||value" for area in areas for code in codes}
    return {
        f"{line.key.area}|{line.key.indicator}|{line.key.split}|{part}"
        for line in leaving.lines
        for part, keys in line.numbers.items()
        if known.issuperset(keys)
    }


def _is_of(key: str, codes: Sequence[str]) -> bool:
    """Whether a line is the total of one of the indicators, by month or to date."""
    _, code, split, part = key.split("|")
    return code in codes and not split and part.startswith("value")


def _tables(found: Sequence[tuple[Found, bool]]) -> list[TablePrice]:
    labels = {f.code: f.label.partition(":")[0] for f in reversed(catalogue().figures)}
    by_code: dict[str, list[tuple[Narrowed, bool]]] = {}
    for each, by_itself in found:
        for key in each.key.split(" + "):
            area, code, split, _ = key.split("|")
            narrowed = Narrowed(each.month, area, split, each.left, by_itself)
            by_code.setdefault(code, []).append((narrowed, each.exact))
    tables = [
        TablePrice(
            code,
            labels.get(code, code),
            tuple(narrowed for narrowed, _ in held),
            sum(exact for _, exact in held),
        )
        for code, held in by_code.items()
    ]
    return sorted(tables, key=lambda table: (-len(table.figures), table.code))


@needs(Permission.MAKE_RETURN)
def agreements(desk: Desk, contract_id: str) -> list[ReturnAgreement]:
    """What was agreed under a contract, oldest first."""
    with desk.store.reading() as rows:
        held = find(rows, ReturnAgreement, contract_id=contract_id)
    return sorted(held, key=lambda each: each.from_month)


@needs(Permission.CHANGE_SETTINGS, Permission.MAKE_RETURN)
def set_agreement(desk: Desk, contract_id: str, values: Mapping[str, Value]) -> Changed:
    """Write down what was agreed with the council, from a month that is to come.

    What held before ends with the month before. Without any code nothing is agreed
    any more from that month on.

    Args:
        desk: the open desk.
        contract_id: whose agreement.
        values: of ``ReturnAgreement``; codes with a space between them. Without a
            first month it is the first that can still be issued.

    Raises:
        NotValid: a code is unknown, or the month was issued already.
    """
    with desk.store.writing("agree on exact totals", desk.user.id) as deed:
        contract_of(deed, contract_id)
        issued = months_issued(deed, contract_id)
        open_from = max(issued).plus(1) if issued else Month.of(desk.today()).plus(-1)
        given = {"from_month": str(open_from), **_without_empty(values)}
        given["contract_id"] = contract_id
        problems = [
            *_wrong_totals(str(given.get("exact", "")).split()),
            *_unknown_tables(given),
            *_wrong_month(str(given["from_month"]), issued),
        ]
        saving.refuse(problems)
        begins = Month.parse(str(given["from_month"]))
        before = holding(deed, contract_id, begins)
        if before is not None and before.from_month < str(begins):
            ends = {"until_month": str(begins.plus(-1))}
            deed.change(ReturnAgreement, before.id, ends)
        elif before is not None:
            deed.retire(ReturnAgreement, before.id, "Another agreement replaces it.")
        _, warnings = saving.add(desk, deed, ReturnAgreement, given)
        said = f"The agreement holds from the return for {begins.name}."
        return saving.done(deed, said, warnings)


def _without_empty(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value not in ("", None)}


def _wrong_totals(codes: Sequence[str]) -> list[Problem]:
    known = {total.code for total in totals()}
    return [
        Problem("exact", f"“{code}” is not a total that may go exact.")
        for code in codes
        if code not in known
    ]


def _unknown_tables(values: Mapping[str, Value]) -> list[Problem]:
    known = {figure.code for figure in catalogue().figures}
    return [
        Problem(field, f"There is no table “{code}”.")
        for field in ("quarterly", "left_out")
        for code in str(values.get(field) or "").split()
        if code not in known
    ]


def _wrong_month(text: str, issued: Mapping[Month, int]) -> list[Problem]:
    try:
        month = Month.parse(text)
    except DeskError as error:
        return [Problem("from_month", str(error))]
    later = [each for each in issued if each >= month]
    if not later:
        return []
    return [
        Problem(
            "from_month",
            f"{max(later).name} was issued already: an agreement never changes what "
            "was issued. Choose a later month.",
        )
    ]
