"""Filling in a council's workbook: everything is checked first, then all is written."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from xml.parsers.expat import ExpatError

from provider_desk.model.errors import Damaged, DeskError
from provider_desk.returns import outline
from provider_desk.returns.table import LineKey, ReturnTable
from provider_desk.returns.workbook import calculation
from provider_desk.returns.workbook.mapping import Entry
from provider_desk.returns.workbook.names import (
    FACTS,
    PREFIX,
    Names,
    Target,
    period_of,
    value_of,
)
from provider_desk.returns.workbook.package import (
    Named,
    Package,
    Place,
    place_of,
    read_package,
)
from provider_desk.returns.workbook.sheet_xml import SheetXml, number, scan

_SHOWN = 6
_AGAIN = (
    "Nothing was written. Put the template or the mapping right, then fill it in again."
)
_LOST = "#REF!"


def fill_workbook(
    template: bytes, mapping: Sequence[Entry], table: ReturnTable
) -> bytes:
    """A council's workbook with the figures of a return in it.

    Args:
        template: the workbook as the council gave it.
        mapping: cells beside those that the workbook names itself; () for none.
        table: the return.

    Returns:
        The workbook; the same template and return give the same bytes.

    Raises:
        Damaged, DeskError: it is no workbook; something in it is not right, all of
            which is named. Nothing is half filled in.
        ValueError: a council copy says more than it may; a fault of the program.
    """
    outline.check_copy(table)
    plan = _plan(template, mapping, table)
    if plan.problems:
        raise DeskError(_in_short(plan.problems), _AGAIN)
    return plan.written(table)


def template_check(
    template: bytes, mapping: Sequence[Entry], table: ReturnTable
) -> list[str]:
    """What keeps a workbook from being filled in, in sentences; nothing if nothing.

    Raises:
        Damaged, DeskError: it is no workbook that could be filled in.
    """
    return _plan(template, mapping, table).problems


def _in_short(problems: Sequence[str]) -> str:
    more = len(problems) - _SHOWN
    ending = f" And {more} more." if more > 0 else ""
    return f"The template can't be filled in. {' '.join(problems[:_SHOWN])}{ending}"


@dataclass(slots=True)
class _Plan:
    """What goes where, and what is in the way."""

    package: Package
    wanted: dict[Place, Target | str] = field(default_factory=dict)
    named: dict[Place, str] = field(default_factory=dict)
    sheets: dict[str, SheetXml] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def put(self, place: Place, what: Target | str, named: str) -> None:
        """Want something in a cell; two different things are a problem."""
        known = self.wanted.setdefault(place, what)
        first = self.named.setdefault(place, named)
        if known != what:
            self.problems.append(
                f"{first} and {named} are one cell, {place}, but different figures."
            )

    def written(self, table: ReturnTable) -> bytes:
        """The workbook with every value in its cell."""
        values: dict[str, dict[tuple[int, int], Decimal | str]] = defaultdict(dict)
        for place, what in self.wanted.items():
            value = what if isinstance(what, str) else value_of(table, what)
            if value is not None:
                values[place.sheet][number(place.column), place.row] = value
        changed = {}
        remembers = False
        for name, part in self.package.sheets.items():
            sheet = self._sheet(name)
            remembers = remembers or bool(sheet.remembered)
            if name in values or sheet.remembered:
                changed[part] = sheet.filled(values.get(name, {}))
        if remembers:
            workbook = self.package.workbook
            changed[workbook] = calculation.asked_for(self.package.parts[workbook])
        return self.package.with_parts(changed)

    def check_cells(self) -> None:
        """Note every wanted cell that can't be written to."""
        for place in self.wanted:
            why = self._why_not(place)
            if why:
                self.problems.append(f"{self.named[place]}: the cell {place} {why}.")

    def _why_not(self, place: Place) -> str:
        if place.sheet not in self.package.sheets:
            return "is on a sheet that the workbook does not have"
        sheet = self._sheet(place.sheet)
        at = number(place.column), place.row
        if sheet.is_merged(*at):
            return "is part of merged cells"
        if sheet.is_array(*at):
            return "belongs to a formula over several cells"
        cell = sheet.cell(*at)
        if cell is not None and cell.formula:
            return "holds a formula"
        if sheet.protected and self._is_locked(sheet.style_of(*at)):
            return "is locked on a protected sheet"
        return ""

    def _is_locked(self, style: str) -> bool:
        locked = self.package.locked
        index = int(style or 0)
        return locked[index] if index < len(locked) else True

    def _sheet(self, name: str) -> SheetXml:
        if name not in self.sheets:
            xml = self.package.parts[self.package.sheets[name]]
            try:
                self.sheets[name] = scan(xml)
            except (ExpatError, ValueError, LookupError) as error:
                raise Damaged(
                    f"The sheet “{name}” of the template can't be read.",
                    "Nothing was written. Ask for the file again.",
                ) from error
        return self.sheets[name]


def _plan(template: bytes, mapping: Sequence[Entry], table: ReturnTable) -> _Plan:
    plan = _Plan(read_package(template))
    names = Names(table)
    ours = [x for x in plan.package.names if x.name.upper().startswith(PREFIX)]
    mapped = {entry.at.upper() for entry in mapping}
    for name, group in _by_name(ours):
        if name not in mapped:
            _add_named(plan, names, table, group)
    for entry in mapping:
        _add_entry(plan, table, entry)
    if not plan.wanted and not plan.problems:
        plan.problems.append(
            f"No cell of the template has a name that begins with {PREFIX}, and there "
            "is no mapping."
        )
    plan.check_cells()
    return plan


def _by_name(named: Sequence[Named]) -> Iterator[tuple[str, list[Named]]]:
    held: dict[str, list[Named]] = {}
    for each in named:
        held.setdefault(each.name.upper(), []).append(each)
    yield from held.items()


def _add_named(
    plan: _Plan, names: Names, table: ReturnTable, group: list[Named]
) -> None:
    """Want what a name of the workbook says, in the cell that it points to."""
    name = group[0].name
    what = _meant(plan, names, table, name)
    place = _one_place(plan, group)
    if what is not None and place is not None:
        plan.put(place, what, name)


def _meant(
    plan: _Plan, names: Names, table: ReturnTable, name: str
) -> Target | str | None:
    fact = FACTS.get(name.upper())
    if fact is not None:
        return fact(table)
    targets = names.targets(name)
    if len(targets) == 1:
        return targets[0]
    if targets:
        plan.problems.append(f"{name} could mean several figures of the return.")
        return None
    near = get_close_matches(name.upper(), [*names.all(), *FACTS], n=1)
    hint = f" The nearest is {near[0]}." if near else ""
    plan.problems.append(f"{name} is no figure of this return.{hint}")
    return None


def _one_place(plan: _Plan, group: list[Named]) -> Place | None:
    name = group[0].name
    if any(_LOST in each.refers for each in group):
        plan.problems.append(
            f"{name} points to no cell any more: the template has lost it."
        )
        return None
    places = {each.place() for each in group}
    if len(places) > 1 or None in places:
        plan.problems.append(
            f"{name} names {'several cells' if len(group) > 1 else group[0].refers}, "
            "not one cell."
        )
        return None
    return places.pop()


def _add_entry(plan: _Plan, table: ReturnTable, entry: Entry) -> None:
    """Want what a line of the mapping says."""
    area = entry.area or table.areas[-1].code
    key = LineKey(entry.indicator, entry.split, area)
    label = " ".join(filter(None, (entry.indicator, entry.split, entry.area)))
    try:
        table.line(key.indicator, key.split, key.area)
    except KeyError:
        plan.problems.append(
            f"The mapping of {entry.at} asks for {label}: no figure of this return."
        )
        return
    place = place_of(entry.at)
    if place is None:
        said = [x for x in plan.package.names if x.name.upper() == entry.at.upper()]
        if not said:
            plan.problems.append(
                f"The mapping names {entry.at}, which the template does not have."
            )
            return
        place = _one_place(plan, said)
    if place is not None:
        target = Target(key, period_of(entry.period), entry.part)
        plan.put(place, target, entry.at)
