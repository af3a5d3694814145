"""The files that are put together: read, and refused by name where they don't fit.

A council holds returns of several providers; they can be added up only where they are
of one month and were counted by one set of definitions. Source: practices, P39;
monthly return, §2, people.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from provider_desk.model.errors import DeskError
from provider_desk.returns.outline import check_copy
from provider_desk.returns.table import Cell, ReturnTable
from provider_desk.returns.write_json import read_json

#: The status of what was put together, so that nobody puts it together again.
MERGED = "merged"

#: Fewer are no comparison.
FEWEST = 2

_ADVICE = (
    "Nothing was written. Put the named files right, or leave them out, and try again."
)
_COUNCIL, _INTERNAL = "council", "internal"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Given:
    """A file as somebody chose it.

    Attributes:
        name: of the file, to name it by.
        content: its bytes.
    """

    name: str
    content: bytes


class NotMerged(DeskError):
    """Files that can't be put together, each with why.

    Attributes:
        reasons: a sentence for each, the file named.
    """

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons), _ADVICE)
        self.reasons = tuple(reasons)


def read_given(given: Sequence[Given]) -> tuple[ReturnTable, ...]:
    """The returns in some files, by name of the provider.

    Raises:
        NotMerged: a file is no council return or was changed, its hash worked out
            anew or not; months or definitions differ; a provider is there twice; a
            return lacks lines that others have; there are fewer than two. All reasons
            at once.
    """
    reasons: list[str] = []
    tables: list[tuple[str, ReturnTable]] = []
    for each in given:
        table, why = _read(each)
        if table is None:
            reasons.append(why)
        else:
            tables.append((each.name, table))
    for name, table in tables:
        wrong = _not_as_written(table)
        if wrong:
            reasons.append(
                f"{name} is not as the program writes it: {wrong}. Ask "
                f"{table.provider} to export {table.month.name} again."
            )
    reasons += _do_not_fit(tables)
    if not reasons and len(tables) < FEWEST:
        reasons.append("Choose the returns of at least two providers.")
    if reasons:
        raise NotMerged(reasons)
    return tuple(
        table for _, table in sorted(tables, key=lambda pair: pair[1].provider)
    )


def _read(given: Given) -> tuple[ReturnTable | None, str]:
    try:
        table = read_json(given.content)
    except DeskError as error:
        return None, f"{given.name}: {error.message}"
    if table.copy == _INTERNAL:
        return None, (
            f"{given.name} is the internal copy of {table.provider}: it holds exact "
            "figures and should not have left that office. Ask for the council copy."
        )
    if table.copy != _COUNCIL:
        return None, (
            f"{given.name} is the {table.copy} copy of {table.provider}: its "
            "breakdowns are by quarter. Ask for the council copy."
        )
    if table.status == MERGED:
        return None, (
            f"{given.name} is itself a merge of several providers. Choose the returns "
            "that it was made of."
        )
    if table.protection is None:
        return None, (
            f"{given.name} was made before figures were protected. Ask "
            f"{table.provider} to export {table.month.name} again."
        )
    return table, ""


def _not_as_written(table: ReturnTable) -> str:
    """What is odd about a file whose hash is right, "" for nothing.

    Somebody who changes a file can work its hash out anew.
    """
    often = Counter(line.key for line in table.lines)
    for line in table.lines:
        named = f"{line.key.indicator} {line.key.split}".strip()
        if often[line.key] > 1:
            return f"{named} stands there twice"
        if len(line.months) != len(table.months):
            return f"{named} does not have every month"
        cells = (*line.months, line.year_to_date)
        if not all(_is_number(number) for cell in cells for number in _numbers(cell)):
            return f"{named} holds what is no number"
    try:
        check_copy(table)
    except ValueError:
        return "a figure is not rounded as a council copy's figures are"
    return ""


def _numbers(cell: Cell) -> tuple[object, ...]:
    every = (cell.value, cell.numerator, cell.denominator)
    return tuple(number for number in every if number is not None)


def _is_number(value: object) -> bool:
    """Whether json held a number here; true and false are none."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole or (isinstance(value, float) and isfinite(value))


def _do_not_fit(tables: Sequence[tuple[str, ReturnTable]]) -> Iterator[str]:
    if not tables:
        return
    months = Counter(table.month for _, table in tables)
    month = months.most_common(1)[0][0]
    for name, table in tables:
        if table.month != month:
            yield f"{name} is of {table.month.name}, the others of {month.name}."
    hashes = Counter(table.definitions for _, table in tables)
    usual = hashes.most_common(1)[0][0]
    for name, table in tables:
        if table.definitions != usual:
            yield (
                f"{name} was counted by other definitions ({table.definitions[:12]}…) "
                f"than the others ({usual[:12]}…): another version of the program, or "
                "a definitions file edited by hand."
            )
    first: dict[tuple[str, str], str] = {}
    for name, table in tables:
        key = (table.provider.casefold(), table.contract)
        if key in first:
            yield f"{name} and {first[key]} are both of {table.provider}."
        first.setdefault(key, name)
    yield from _lost_lines(tables)


def _lost_lines(tables: Sequence[tuple[str, ReturnTable]]) -> Iterator[str]:
    """Returns that lack lines which others have; which areas have them may differ."""
    lines = [
        dict.fromkeys((line.key.indicator, line.key.split) for line in table.lines)
        for _, table in tables
    ]
    known = dict.fromkeys(key for each in lines for key in each)
    for (name, _), here in zip(tables, lines, strict=True):
        lost = [" ".join(key).strip() for key in known if key not in here]
        if lost:
            more = f" and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
            yield f"{name} lacks {', '.join(lost[:_SHOWN])}{more}."
