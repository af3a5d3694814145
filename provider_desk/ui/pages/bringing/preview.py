"""What bringing in would do, as lines for tables and sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from provider_desk.services.bring_in import Look
from provider_desk.ui.pages.bringing.questions_view import Asked


@dataclass(frozen=True, slots=True)
class SheetLine:
    """How the rows of a sheet fare.

    Attributes:
        sheet: its name.
        read: rows below the heading.
        good: rows that come in, or are there already.
        aside: rows set aside, those that are repeated among them.
        repeated: rows that stand in the file twice.
        left_out: rows that the layout leaves out, with the reason.
    """

    sheet: str
    read: int
    good: int
    aside: int
    repeated: int
    left_out: str


@dataclass(frozen=True, slots=True)
class AsideLine:
    """A row that is set aside, and why."""

    sheet: str
    row: int
    column: str
    text: str


def sheet_lines(look: Look) -> list[SheetLine]:
    """A line for each sheet that was read."""
    return [
        SheetLine(
            sheet=each.sheet,
            read=each.read,
            good=each.good,
            aside=each.set_aside,
            repeated=each.repeated,
            left_out="; ".join(
                f"{count:,}: {why}" for why, count in each.skipped.items()
            ),
        )
        for each in look.batch.sheets
    ]


def aside_lines(look: Look) -> list[AsideLine]:
    """A line for each row set aside, in the order of the files."""
    return [
        AsideLine(row.place.sheet, row.place.row, row.place.column, row.text)
        for row in look.batch.set_aside
    ]


def questions_of(look: Look) -> list[Asked]:
    """What has to be answered first."""
    return [
        Asked((each.sheet, each.column), each.text, each.orders, _hint(each))
        for each in look.questions
    ]


def _hint(question: object) -> str:
    first = int(getattr(question, "only_day_first", 0))
    other = int(getattr(question, "only_month_first", 0))
    if first and not other:
        return f"Other dates of this column can only be day first: {first:,}."
    if other and not first:
        return f"Other dates of this column can only be month first: {other:,}."
    if first and other:
        return (
            f"Other dates of this column: {first:,} can only be day first, "
            f"{other:,} only month first."
        )
    return ""


def summary(look: Look) -> str:
    """What would come in, in one sentence."""
    if look.nothing_new:
        return "Nothing new: the desk holds all of it already."
    parts = [f"{label}: {count:,}" for label, count in look.added.items() if count]
    changes = len(look.batch.changes) + len(look.batch.addenda)
    if changes:
        records = "record" if changes == 1 else "records"
        parts.append(f"{changes:,} {records} of the desk filled in")
    return f"New on the desk. {'. '.join(parts)}."


def remarks(look: Look) -> list[str]:
    """What else there is to know before it comes in, each a sentence."""
    batch = look.batch
    found = list(batch.remarks)
    counts: dict[str, int] = {}
    for warning in batch.warnings:
        counts[warning.text] = counts.get(warning.text, 0) + 1
    found += [f"{text} (rows: {count:,})" for text, count in counts.items()]
    found += [
        f"The desk says something else and keeps it: {each.place}: {each.text}"
        for each in batch.differs
    ]
    found += _listed("Sheets that the layout does not name", batch.unread_sheets)
    found += _listed("Sheets of the layout that are not there", batch.missing_sheets)
    unused = [f"{sheet}: {column}" for sheet, column in batch.unused_columns]
    return found + _listed("Columns that the layout does not name", unused)


def _listed(words: str, names: Sequence[str]) -> list[str]:
    return [f"{words}: {', '.join(names)}."] if names else []
