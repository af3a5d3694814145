"""The council's own published scorecard of April 2018, laid out by this program.

Its figures and impact tables come out as they were printed, with the slips that the
paper made pointed out. Source: domain reference, C6; council papers, June 2018.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from provider_desk.model.months import Month
from provider_desk.returns.matrix import Matrix, from_to, shared
from provider_desk.returns.narrative.contradictions import contradictions
from provider_desk.returns.scores import LEVEL, NEGATIVE, POSITIVE
from provider_desk.returns.table import (
    AreaName,
    Cell,
    Direction,
    Line,
    LineKey,
    Rating,
    ReturnTable,
    State,
)
from provider_desk.returns.write_csv import write_csv
from provider_desk.returns.write_pdf import write_pdf
from provider_desk.returns.write_xlsx import write_xlsx

APRIL = Month(2018, 4)
LATER = Cell(State.UNDER_DEVELOPMENT, note="Under development.")


@dataclass(frozen=True)
class Printed:
    """A line of the published scorecard."""

    number: str
    label: str
    said: int | float | tuple[int, int] | None
    unit: str = "families"


#: As printed; None is "under development". 2.6 was printed with two decimals.
PRINTED = (
    Printed("1.1", "Referrals to panel", 9),
    Printed("1.2", "Cases discussed", 7),
    Printed("1.3", "Cases reviewed", 0),
    Printed("1.4", "Referred again within 6 months", 0),
    Printed("2.1a", "Referrals received", 7, "children"),
    Printed("2.1b", "Referrals received by families", None),
    Printed("2.2", "Open cases at month end", 75, "children"),
    Printed("2.3", "Cases closed in the month", 1, "cases"),
    Printed("2.4", "Allocated within 3 working days", None, "%"),
    Printed("2.5", "First contact within 3 working days", None, "%"),
    Printed("2.6", "Assessments within 35 working days", (0, 37), "%"),
    Printed("2.7a", "Mean duration, closed in the month", 119, "days"),
    Printed("2.7b", "Mean duration, all closed", 126, "days"),
    Printed("3.1a", "Conferences: referrals received", 41, "children"),
    Printed("3.1b", "Conferences: referrals, families", 22),
    Printed("3.1c", "Conferences: accepted", 11, "children"),
    Printed("3.1d", "Conferences: accepted, families", 8),
    Printed("3.2a", "Conferences: rejected", 18, "children"),
    Printed("3.2b", "Conferences: rejected, families", 8),
    Printed("3.3a", "Rejected as inappropriate", None),
    Printed("3.3b", "Rejected, awaiting information", None),
    Printed("3.3c", "Awaiting allocation", 12, "children"),
    Printed("3.3d", "Awaiting allocation, families", 6),
    Printed("3.4", "Conferences held", 7),
    Printed("3.5", "Conferences held, children", 12, "children"),
    Printed("3.6", "Reviews held", 3),
    Printed("3.7", "Open at month end", 48),
    Printed("3.8", "Closed in the month", 9),
    Printed("3.9", "Allocated in 3 working days", (3, 8), "%"),
    Printed("3.10a", "First contacts due", 16),
    Printed("3.10b", "First contacts in 3 working days", (16, 16), "%"),
    Printed("3.11", "Conferences within 6 weeks", (6, 8), "%"),
    Printed("3.12", "Conversion rate", None, "%"),
    Printed("4.1", "Therapy referrals", 2),
    Printed("4.2", "Therapy open at month end", 6),
    Printed("4.3", "Therapy closed in the month", 3),
    Printed("4.4", "Mean days from referral to first meeting", 2.5, "days"),
    Printed("4.5", "Mean days from start to discharge", 130.45, "days"),
)

BETTER_FIRST = ("closed", "EH", "CIN", "CP", "LAC")
EDGE_OF_CARE = {
    "EH": (0, 3, 0, 0, 0),
    "CIN": (2, 0, 14, 3, 2),
    "CP": (0, 0, 10, 35, 4),
    "LAC": (0, 0, 0, 0, 9),
}
CONFERENCES = {
    "CIN": (16, 0, 31, 12, 4),
    "CP": (9, 0, 33, 32, 4),
    "LAC": (3, 0, 4, 0, 6),
}


def cell_of(said: int | float | tuple[int, int] | None) -> Cell:  # noqa: PYI041
    if said is None:
        return LATER
    if isinstance(said, tuple):
        return shared(*said)
    return Cell(State.FIGURE, said)


def kind_of(printed: Printed) -> str:
    if isinstance(printed.said, tuple) or printed.unit == "%":
        return "ratio"
    return "mean" if printed.unit == "days" else "flow"


def line_of(printed: Printed) -> Line:
    cell = cell_of(printed.said)
    return Line(
        LineKey(printed.number, "", "EOC"), "Scorecard", printed.label, printed.unit,
        kind_of(printed), 1, (cell,), cell, Direction.NONE, Rating.NONE,
    )  # fmt: skip


@pytest.fixture(scope="module")
def scorecard() -> ReturnTable:
    return ReturnTable(
        provider="Edge of Care", provider_code="EOC", contract="Scorecard",
        contract_title="Edge of Care", copy="internal", month=APRIL, months=(APRIL,),
        version=1, made_on="2018-05-08",
        areas=(AreaName("EOC", "Edge of Care"),),
        lines=tuple(map(line_of, PRINTED)), months_covered=1,
    )  # fmt: skip


def words_of(printed: Printed) -> str:
    """What the published scorecard says, by the one rule for shares and means."""
    match printed.said:
        case None:
            return "[x]"
        case (part, whole):
            percent = {(0, 37): 0, (3, 8): 38, (16, 16): 100, (6, 8): 75}[part, whole]
            return f"{part}/{whole} ({percent}%)"
        case _ if printed.unit == "days":
            return {119: "119.0", 126: "126.0", 2.5: "2.5"}.get(
                float(printed.said), "130.5"
            )
        case _:
            return f"{printed.said}"


def test_every_line_of_the_scorecard_is_in_the_workbook(
    scorecard: ReturnTable,
) -> None:
    book = load_workbook(io.BytesIO(write_xlsx(scorecard)))
    rows = {
        str(row[0]): [str(cell) for cell in row[1:]]
        for row in book["EOC"].iter_rows(values_only=True)
        if row[0] is not None
    }

    for printed in PRINTED:
        assert printed.label in rows[printed.number]
        said = words_of(printed).removesuffix(".0")
        assert any(cell.startswith(said) for cell in rows[printed.number]), printed


def test_every_line_of_the_scorecard_is_on_paper(scorecard: ReturnTable) -> None:
    reader = PdfReader(io.BytesIO(write_pdf(scorecard)))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)

    for printed in PRINTED:
        assert printed.label in text, printed
        if printed.said is not None:
            assert words_of(printed) in text, printed


def test_what_is_under_development_says_so_and_is_never_blank_or_nil(
    scorecard: ReturnTable,
) -> None:
    rows = csv.DictReader(io.StringIO(write_csv(scorecard).decode("utf-8")))
    later = {p.number for p in PRINTED if p.said is None}

    for row in rows:
        assert row["value"] != ""
        if row["indicator"] in later:
            assert (row["value"], row["state"]) == ("[x]", "under_development")


def numbers(*codes: str) -> list[int]:
    said = {p.number: p.said for p in PRINTED}
    return [value for code in codes if isinstance(value := said[code], int)]


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("3.1a", ("3.1c", "3.2a", "3.3c")),
        ("3.1b", ("3.1d", "3.2b", "3.3d")),
    ],
)
def test_received_is_accepted_and_rejected_and_awaiting(
    whole: str, parts: tuple[str, ...]
) -> None:
    assert numbers(whole) == [sum(numbers(*parts))]


def matrix(counts: Mapping[str, Sequence[int]]) -> Matrix:
    return from_to(
        "Impact", "April 2018", tuple(counts), BETTER_FIRST, [*counts.values()]
    )


@pytest.mark.parametrize(
    ("counts", "whole", "sums"),
    [
        (EDGE_OF_CARE, "82", ("12/82 (15%)", "61/82 (74%)", "9/82 (11%)")),
        (CONFERENCES, "154", ("65/154 (42%)", "69/154 (45%)", "20/154 (13%)")),
    ],
)
def test_the_impact_tables_add_up_as_they_were_printed(
    counts: Mapping[str, Sequence[int]], whole: str, sums: Sequence[str]
) -> None:
    shown = matrix(counts)

    assert shown.whole == whole
    assert shown.sums == tuple(sums)
    assert shown.starts == tuple(counts)
    assert shown.cells == tuple(tuple(map(str, row)) for row in counts.values())


def test_below_the_diagonal_is_better_and_above_it_worse() -> None:
    shown = matrix(EDGE_OF_CARE)

    assert shown.moves[1] == (POSITIVE, POSITIVE, LEVEL, NEGATIVE, NEGATIVE)


def test_a_start_that_nobody_can_end_in_is_refused() -> None:
    with pytest.raises(ValueError, match="Elsewhere"):
        from_to("Impact", "April 2018", ("Elsewhere",), BETTER_FIRST, [(1, 0, 0, 0, 0)])


def test_the_words_that_disagreed_with_their_table_are_pointed_out() -> None:
    """The text said 8 conferences and 44 % better; the tables say 7 and 42 %."""
    held = Cell(State.FIGURE, 7)
    better = shared(65, 154)
    table = ReturnTable(
        provider="Edge of Care", provider_code="EOC", contract="C", contract_title="",
        copy="internal", month=APRIL, months=(APRIL,), version=1, made_on="2018-05-08",
        areas=(AreaName("EOC", "Edge of Care"),),
        lines=(
            Line(
                LineKey("C11b", "", "EOC"), "Activity", "Groups run", "groups", "flow",
                1, (held,), held, Direction.NONE, Rating.NONE,
            ),
            Line(
                LineKey("C9", "", "EOC"), "Activity", "Attendance", "%", "ratio", 1,
                (better,), better, Direction.NONE, Rating.NONE,
            ),
        ),
    )  # fmt: skip
    text = "8 groups run in April. Attendance was 44%."

    assert [found.typed for found in contradictions(text, table, "EOC")] == ["8", "44%"]
    assert contradictions("7 groups run. Attendance was 42%.", table, "EOC") == ()
