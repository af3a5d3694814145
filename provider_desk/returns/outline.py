"""What a written return holds and in which order, before any format."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from provider_desk.model.choices import choices
from provider_desk.returns import reading, words
from provider_desk.returns.table import (
    AreaName,
    Cell,
    Line,
    Restated,
    ReturnTable,
    State,
)

#: Groups that have pages of their own, for all areas together.
EQUALITY, IMPACT = "Equality", "Impact"

#: The area code of the sum block.
SUM = "ALL"

#: An area's page shows a breakdown of so many parts; waits by length always.
_SHORT = 3
_ALWAYS = frozenset({"B2"})

#: Stands where nobody has signed a return yet.
NOT_SIGNED = "Not signed off yet."

#: Kinds of line that add up to a total; a median or mean is no total.
_TOTALS = ("flow", "stock", "people", "ratio")

#: States of a cell that says something of the month.
_KNOWN = (State.FIGURE, State.BAND)

#: A share and what it is worked out from may differ by this much.
_SAME_SHARE = Decimal("0.0001")

#: Parts that say one thing of the whole, so that the summary shows them.
_OF_THE_WHOLE = ("", "median", "longest")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the return: the summary, or one service area.

    Attributes:
        code: "SUMMARY", or the area's code.
        title: in words.
        lines: in catalogue order.
    """

    code: str
    title: str
    lines: tuple[Line, ...]

    def groups(self) -> Iterator[tuple[str, tuple[Line, ...]]]:
        """The lines under their group's name, in order."""
        names = dict.fromkeys(line.group for line in self.lines)
        for name in names:
            yield name, tuple(line for line in self.lines if line.group == name)


def check_copy(table: ReturnTable) -> None:
    """Stop before a copy that leaves says more than it may.

    Raises:
        ValueError: a fault of the program: a figure of such a copy isn't rounded, or
            isn't worked out from rounded ones. Source: disclosure, §2, §3.
    """
    if table.copy == "internal":
        return
    for line in table.lines:
        for cell in _cells(line):
            if cell.state is State.FIGURE and not _protected(table, line, cell):
                raise ValueError(
                    f"{line.key.indicator} {line.key.split} may not be in a "
                    f"{table.copy} copy as it is"
                )


def _protected(table: ReturnTable, line: Line, cell: Cell) -> bool:
    """Whether a figure may leave: rounded, or exact by a written agreement."""
    known = table.protection
    if known is None or line.kind not in _TOTALS:
        return False
    if cell.exact:
        agreed = table.copy == "council" and line.key.indicator in known.exact
        return agreed and line.tier == 1 and not line.key.split
    if line.kind == "ratio":
        counts = (cell.numerator, cell.denominator)
        share = words.share_of(cell)
        if not cell.denominator or share is None or cell.value is None:
            return False
        if abs(share - words.decimal_of(cell.value)) > _SAME_SHARE:
            return False
        return all(count is not None and count % known.base == 0 for count in counts)
    return cell.value is not None and cell.value % known.base == 0


def title(table: ReturnTable) -> str:
    """The title, with its month: "Monthly return, September 2017"."""
    return f"Monthly return, {table.month.name}"


def long_date(day: date) -> str:
    """A day for reading: "30 September 2017"."""
    return f"{day.day} {day:%B %Y}"


def cover_facts(table: ReturnTable) -> tuple[tuple[str, str], ...]:
    """What the cover says, as pairs of words. Source: monthly return, §4."""
    areas = [area for area in table.areas if area.code != SUM]
    contract = f"{table.contract_title} ({table.contract})"
    status = table.status.capitalize()
    facts = [
        ("Provider", table.provider),
        ("Contract", contract if table.contract_title else table.contract),
        ("As at", f"{long_date(table.month.last_day)}, the end of the day"),
        ("Status", f"{status}, version {table.version}"),
        ("Copy", choices("return_copy").label(table.copy)),
        ("Date issued", long_date(date.fromisoformat(table.made_on))),
        *((("Contact", table.contact),) if table.contact else ()),
        *(("Signed", line) for line in table.signed or (NOT_SIGNED,)),
        *(("Service area", f"{area.code}: {area.label}") for area in areas),
        ("Year to date", _covered(table)),
    ]
    if table.inside:
        facts.append(("Checks", checks_sentence(table)))
    if table.invented:
        facts.append(("People", words.INVENTED))
    return tuple(facts)


def _covered(table: ReturnTable) -> str:
    count = len(table.months)
    months = "month" if count == 1 else "months"
    first, last = table.months[0].name, table.month.name
    span = first if count == 1 else f"{first} to {last}"
    return f"{span}: {table.months_covered} of {count} {months}"


def checks_sentence(table: ReturnTable) -> str:
    """How the checks stand, in one sentence."""
    failed = [check for check in table.checks if not check.passed]
    blocking = sum(check.blocking for check in failed)
    if not table.checks:
        return "No checks were made."
    if not failed:
        return f"All checks hold: {len(table.checks)}."
    held = f"{len(table.checks) - len(failed)} of {len(table.checks)} checks hold"
    if not blocking:
        return f"{held}; the others are to be looked at."
    return f"{held}; {blocking} of the others must be put right before sign-off."


def carries(table: ReturnTable) -> tuple[str, ...]:
    """What a reader must know about this copy."""
    if table.protection is not None:
        return reading.how_to_read(table.protection)
    if not table.inside:
        return ("It holds no figures yet.",)
    return ("It is exact, for the service's own use, and stays in the office.",)


def summary(table: ReturnTable) -> Part:
    """The performance summary: the wholes of the sum block, or of the one area."""
    area = table.areas[-1]
    chosen = tuple(
        line
        for line in table.of_area(area.code)
        if line.key.split in _OF_THE_WHOLE and line.group not in (EQUALITY, IMPACT)
    )
    name = area.label if area.code != SUM else "all service areas"
    return Part("SUMMARY", f"Performance summary: {name}", chosen)


def area_parts(table: ReturnTable) -> tuple[Part, ...]:
    """One part per service area with all its lines, the sum block last."""
    return tuple(
        Part(area.code, area.label, tuple(table.of_area(area.code)))
        for area in table.areas
    )


def area_pages(table: ReturnTable) -> tuple[Part, ...]:
    """What an area's own page shows: totals and short breakdowns, month by month.

    Where there is one area its page shows everything but the groups with pages of
    their own; else long breakdowns stand beside each other in ``breakdowns``.
    """
    long = _long_breakdowns(table) if len(table.areas) > 1 else frozenset()
    return tuple(
        Part(
            area.code,
            area.label,
            tuple(
                x
                for x in table.of_area(area.code)
                if x.group not in (EQUALITY, IMPACT)
                and not (x.key.split and x.key.indicator in long)
            ),
        )
        for area in table.areas
    )


def breakdowns(table: ReturnTable) -> tuple[tuple[Line, ...], ...]:
    """The long breakdowns of the sum block, one tuple for each indicator."""
    if len(table.areas) == 1:
        return ()
    long = _long_breakdowns(table)
    lines = [
        x
        for x in table.of_area(table.areas[-1].code)
        if x.key.indicator in long and (x.key.split not in _OF_THE_WHOLE)
    ]
    by_code = groupby(lines, key=lambda x: x.key.indicator)
    return tuple(tuple(held) for _, held in by_code)


def _long_breakdowns(table: ReturnTable) -> frozenset[str]:
    """Indicators with more parts than an area's page has room for."""
    held = Counter(
        x.key.indicator
        for x in table.of_area(table.areas[-1].code)
        if x.key.split not in _OF_THE_WHOLE and x.group not in (EQUALITY, IMPACT)
    )
    return frozenset(
        code for code, parts in held.items() if parts > _SHORT and code not in _ALWAYS
    )


def by_area(table: ReturnTable) -> tuple[tuple[Line, tuple[Line, ...]], ...]:
    """The summary's lines beside the same line of every area.

    Returns:
        Pairs of the summary's line and one line per ``table.areas``, same order,
        where an area has a figure this month; nothing where there is one area.
    """
    if len(table.areas) == 1:
        return ()
    beside = (
        (line, tuple(same_in(table, line, area.code) for area in table.areas))
        for line in summary(table).lines
    )
    return tuple(pair for pair in beside if any(x.now.state in _KNOWN for x in pair[1]))


def same_in(table: ReturnTable, line: Line, area: str) -> Line:
    """The same figure of another area.

    Raises:
        KeyError: that area has no such line.
    """
    return table.line(line.key.indicator, line.key.split, area)


def area_name(area: AreaName) -> str:
    """A short name for sheets and heads."""
    return "All areas" if area.code == SUM else area.code


def general_notes(table: ReturnTable) -> tuple[str, ...]:
    """The return's notes, then what is noted on most lines."""
    return tuple(dict.fromkeys((*table.notes, *_common(table))))


def numbered_notes(table: ReturnTable) -> dict[str, int]:
    """Every other note of a cell and its number, in order of appearance."""
    general = general_notes(table)
    said = (note for line in table.lines for note in _notes_of(line))
    numbered = [note for note in dict.fromkeys(said) if note not in general]
    return {note: number for number, note in enumerate(numbered, start=1)}


def _notes_of(line: Line) -> tuple[str, ...]:
    said = (x.note.strip() for x in _cells(line) if x.state is not State.BAND)
    return tuple(note for note in dict.fromkeys(said) if note)


def _common(table: ReturnTable) -> Iterator[str]:
    """Notes of more than half the lines with figures, or of those without any."""
    for uniform in (False, True):
        lines = [x for x in table.lines if bool(words.uniform_state(x)) is uniform]
        held = Counter(note for line in lines for note in _notes_of(line))
        yield from (note for note, count in held.items() if count * 2 > len(lines))


def notes_mark(line: Line, numbers: dict[str, int]) -> str:
    """The notes of a line: "[note 1] [note 3]", or "" where it has none."""
    held = sorted(numbers[note] for note in _notes_of(line) if note in numbers)
    return " ".join(f"[note {number}]" for number in held)


def indicator_name(line: Line) -> str:
    """The indicator's own words: a part's label without the part."""
    return line.label.partition(": ")[0] if line.key.split else line.label


def indicators(table: ReturnTable) -> tuple[Line, ...]:
    """One line per indicator, for the list of indicators with their limits."""
    first: dict[str, Line] = {}
    for line in table.lines:
        held = first.get(line.key.indicator)
        if held is None or (held.key.split and not line.key.split):
            first[line.key.indicator] = line
    return tuple(first.values())


def restated_texts(table: ReturnTable, each: Restated) -> tuple[str, ...]:
    """A restated figure: No, indicator, area, month, sent, now, change, reason."""
    key = each.key
    try:
        label = table.line(key.indicator, key.split, key.area).label
    except KeyError:
        label = key.split or key.indicator
    named = {area.code: area_name(area) for area in table.areas}
    return (
        key.indicator,
        label,
        named.get(key.area, key.area),
        each.month.name,
        f"{each.sent:,}",
        f"{each.now:,}",
        f"{each.now - each.sent:+,}",
        each.why,
    )


def _cells(line: Line) -> tuple[Cell, ...]:
    return (*line.months, line.year_to_date)
