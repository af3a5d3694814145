"""What a written return holds and in which order, before any format."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.returns import words
from provider_desk.returns.table import AreaName, Cell, Line, ReturnTable, State

#: The area code of the sum block.
SUM = "ALL"


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
    """Stop before a council copy says more than it may.

    Raises:
        ValueError: a fault of the program: a line with a reason or attribute of
            people holds a figure. Source: monthly return, §2, tiers.
    """
    if table.copy != "council":
        return
    for line in table.lines:
        if line.tier > 1 and any(
            cell.state is State.FIGURE for cell in (*line.months, line.year_to_date)
        ):
            raise ValueError(
                f"{line.key.indicator} {line.key.split} may not be in a council copy"
            )


def title(table: ReturnTable) -> str:
    """ "Monthly return, September 2017"."""
    return f"Monthly return, {table.month.name}"


def long_date(day: date) -> str:
    """A day for reading: "30 September 2017"."""
    return f"{day.day} {day:%B %Y}"


def cover_facts(table: ReturnTable) -> tuple[tuple[str, str], ...]:
    """What the cover says, as pairs of words. Source: monthly return, §4."""
    areas = [area.label for area in table.areas if area.code != SUM]
    contract = f"{table.contract_title} ({table.contract})"
    facts = [
        ("Provider", table.provider),
        ("Contract", contract if table.contract_title else table.contract),
        ("As at", long_date(table.month.last_day)),
        ("Copy", choices("return_copy").label(table.copy)),
        ("Version", str(table.version)),
        ("Date issued", long_date(date.fromisoformat(table.made_on))),
        ("Service areas", "; ".join(areas)),
        ("Year to date", _covered(table)),
    ]
    if table.copy != "council":
        facts.append(("Checks", checks_sentence(table)))
    if table.invented:
        facts.append(("People", words.INVENTED))
    return tuple(facts)


def _covered(table: ReturnTable) -> str:
    count = len(table.months)
    covered = table.months_covered or count
    months = "month" if count == 1 else "months"
    first, last = table.months[0].name, table.month.name
    span = first if count == 1 else f"{first} to {last}"
    return f"{span}: {covered} of {count} {months}"


def checks_sentence(table: ReturnTable) -> str:
    """How the checks stand, in one sentence."""
    failed = [check for check in table.checks if not check.passed]
    blocking = sum(check.blocking for check in failed)
    if not table.checks:
        return "No checks were made."
    if not failed:
        return f"All {len(table.checks)} checks hold."
    held = len(table.checks) - len(failed)
    return (
        f"{held} of {len(table.checks)} checks hold; "
        f"{blocking} of the others must be put right before sign-off."
    )


def carries(table: ReturnTable) -> tuple[str, ...]:
    """What a reader must know about this copy."""
    if table.copy == "council":
        return (
            "This copy carries area totals only: counts that hold nobody's reason or "
            "attribute.",
            "Every breakdown is under development and is shown so, until small "
            "numbers in it can be protected.",
        )
    return (
        "This copy is exact. It is for the service's own use and stays in the office.",
    )


def summary(table: ReturnTable) -> Part:
    """The performance summary: the wholes of the sum block, or of the one area.

    An indicator that has no whole is shown by its attribute-free parts.
    """
    area = table.areas[-1]
    lines = tuple(table.of_area(area.code))
    whole = {line.key.indicator for line in lines if not line.key.split}
    chosen = tuple(
        line
        for line in lines
        if not line.key.split
        or (line.key.indicator not in whole and line.tier == 1)
    )
    name = area.label if area.code != SUM else "all service areas"
    return Part("SUMMARY", f"Performance summary: {name}", chosen)


def area_parts(table: ReturnTable) -> tuple[Part, ...]:
    """One part per service area with all its lines, the sum block last."""
    return tuple(
        Part(area.code, area.label, tuple(table.of_area(area.code)))
        for area in table.areas
    )


def by_area(table: ReturnTable) -> tuple[tuple[Line, tuple[Line, ...]], ...]:
    """The summary's lines beside the same line of every area.

    Returns:
        Pairs of the summary's line and one line per ``table.areas``, same order;
        nothing where the contract has one area.
    """
    if len(table.areas) == 1:
        return ()
    return tuple(
        (
            line,
            tuple(
                table.line(line.key.indicator, line.key.split, area.code)
                for area in table.areas
            ),
        )
        for line in summary(table).lines
    )


def area_name(area: AreaName) -> str:
    """A short name for sheets and heads."""
    return "All areas" if area.code == SUM else area.code


def numbered_notes(table: ReturnTable) -> dict[str, int]:
    """Every different note of a cell and its number, in order of appearance."""
    said = (
        cell.note for line in table.lines for cell in _cells(line) if cell.note.strip()
    )
    return {note: number for number, note in enumerate(dict.fromkeys(said), start=1)}


def note_numbers(line: Line, numbers: dict[str, int]) -> tuple[int, ...]:
    """The numbers of a line's notes, rising."""
    return tuple(sorted({numbers[c.note] for c in _cells(line) if c.note.strip()}))


def notes_mark(line: Line, numbers: dict[str, int]) -> str:
    """ "[note 1] [note 3]", or "" where a line has none."""
    return " ".join(f"[note {number}]" for number in note_numbers(line, numbers))


def indicators(table: ReturnTable) -> tuple[Line, ...]:
    """One line per indicator, for the list of indicators with their limits."""
    first: dict[str, Line] = {}
    for line in table.lines:
        held = first.get(line.key.indicator)
        if held is None or (held.key.split and not line.key.split):
            first[line.key.indicator] = line
    return tuple(first.values())


def _cells(line: Line) -> Iterable[Cell]:
    return (*line.months, line.year_to_date)
