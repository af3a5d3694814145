"""Several council returns put together: what is added, and what is refused by name."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest

from provider_desk.model.months import Month
from provider_desk.returns.merging.given import Given, NotMerged
from provider_desk.returns.merging.merged import Merged, merge
from provider_desk.returns.merging.sums import Part, median_of, summed
from provider_desk.returns.table import (
    AreaName,
    Cell,
    Direction,
    Line,
    LineKey,
    Protection,
    Rating,
    ReturnTable,
    State,
)
from provider_desk.returns.write_json import write_json

DAY = date(2017, 10, 5)
MONTHS = Month(2017, 9).year_so_far()[-2:]


def number(value: int) -> Cell:
    return Cell(State.FIGURE, value)


def share(part: int, whole: int) -> Cell:
    if not whole:
        return Cell(State.NOT_APPLICABLE, None, part, whole)
    return Cell(State.FIGURE, part / whole, part, whole)


def a_line(
    code: str,
    cells: tuple[Cell, ...],
    *,
    split: str = "",
    area: str = "THER",
    kind: str = "flow",
    unit: str = "referrals",
) -> Line:
    return Line(
        LineKey(code, split, area), "Group", f"Words of {code}", unit, kind, 1,
        cells, cells[-1], Direction.NONE, Rating.NONE,
    )  # fmt: skip


def a_return(provider: str, *lines: Line, areas: tuple[str, ...] = ()) -> ReturnTable:
    codes = areas or tuple(dict.fromkeys(line.key.area for line in lines))
    return ReturnTable(
        provider=provider, provider_code=provider[:3], contract="C1",
        contract_title="Support", copy="council", month=MONTHS[-1], months=MONTHS,
        version=1, made_on="2017-10-04",
        areas=tuple(AreaName(code, f"Area {code}") for code in codes),
        lines=lines, definitions="d" * 64, months_covered=len(MONTHS),
        protection=Protection(),
    )  # fmt: skip


ONE = a_return(
    "Invented One",
    a_line("A1", (number(10), number(15))),
    a_line("B6", (share(5, 10), share(10, 15)), kind="ratio", unit="%"),
    a_line("P1", (number(5), number(10)), unit="people"),
)
TWO = a_return(
    "Invented Two",
    a_line("A1", (number(20), number(30)), area="PES_AD"),
    a_line("B6", (share(0, 0), share(0, 20)), kind="ratio", unit="%", area="PES_AD"),
    a_line("P1", (number(15), number(20)), unit="people", area="PES_AD"),
)


def given(*tables: ReturnTable) -> list[Given]:
    return [Given(f"{t.provider}.json", write_json(t)) for t in tables]


def merged(*tables: ReturnTable) -> Merged:
    return merge(given(*tables), DAY)


def reasons(files: list[Given]) -> tuple[str, ...]:
    with pytest.raises(NotMerged) as refused:
        merge(files, DAY)
    return refused.value.reasons


def test_the_sum_adds_what_each_provider_published() -> None:
    table = merged(ONE, TWO).table

    assert [cell.value for cell in table.line("A1").months] == [30, 45]
    assert [cell.value for cell in table.line("A1", area="THER").months] == [10, 15]
    assert [cell.value for cell in table.line("A1", area="PES_AD").months] == [20, 30]


def test_a_share_is_worked_out_from_the_summed_counts() -> None:
    first, second = merged(ONE, TWO).table.line("B6").months

    assert (first.numerator, first.denominator) == (5, 10)
    assert (second.numerator, second.denominator) == (10, 35)
    assert second.value == pytest.approx(10 / 35)


def test_every_provider_stands_beside_the_others() -> None:
    held = merged(TWO, ONE)
    beside = next(b for b in held.beside if b.line.key == LineKey("A1", "", "ALL"))

    assert held.providers == ("Invented One", "Invented Two")
    assert [cell.value for cell in beside.cells] == [15, 30]


def test_a_provider_that_does_not_offer_an_area_has_no_figure_there() -> None:
    held = merged(ONE, TWO)
    beside = next(b for b in held.beside if b.line.key == LineKey("A1", "", "THER"))

    assert [cell.state for cell in beside.cells] == [
        State.FIGURE,
        State.NOT_APPLICABLE,
    ]


def test_sums_of_people_say_that_somebody_may_be_counted_twice() -> None:
    table = merged(ONE, TWO).table

    assert "counted by each" in table.line("P1").about
    assert any("counted by each" in note for note in table.notes)


def test_the_sum_says_how_far_it_may_be_from_the_real_one() -> None:
    wide = replace(TWO, protection=Protection(bound=14))
    table = merged(ONE, wide).table

    assert table.protection == Protection(base=5, normally=8, bound=23)
    assert "never more than 23" in table.notes[0]


def test_a_missing_provider_is_named_and_the_rest_is_not_taken_for_all() -> None:
    absent = replace(
        TWO,
        lines=(
            replace(
                TWO.lines[0],
                months=(Cell(State.NOT_SUBMITTED, note="Not sent."), number(30)),
            ),
            *TWO.lines[1:],
        ),
    )
    first, second = merged(ONE, absent).table.line("A1").months

    assert first.value == 10
    assert first.note == "1 of 2 providers; not there: Invented Two."
    assert second.note == ""


def test_nothing_of_anybody_is_never_a_zero() -> None:
    missing = Cell(State.NOT_SUBMITTED, note="Not sent.")
    parts = [Part("One", missing), Part("Two", Cell(State.NOT_SENT))]

    assert summed(parts, "flow").state is State.NOT_SUBMITTED
    assert summed(parts, "flow").value is None


def test_providers_own_means_are_not_added() -> None:
    parts = [Part("One", Cell(State.FIGURE, 4.0)), Part("Two", number(6))]

    assert summed(parts, "mean").state is State.NOT_SENT


def test_the_median_of_all_is_the_band_that_the_middle_of_all_falls_in() -> None:
    bands = ("0-28", "29-56", "57-91", "92-126", "127-182", "183-364", "365+")
    counts = dict.fromkeys(bands, 0) | {"0-28": 5, "57-91": 20}
    lines = {
        band: a_line("B2", (number(count),), split=band)
        for band, count in counts.items()
    }

    assert median_of(lines, 0) == Cell(State.BAND, note="57-91 days")
    del lines["365+"]
    assert median_of(lines, 0) is None


def changed_after_signing(content: bytes) -> bytes:
    return content.replace(b'"value":15', b'"value":20', 1)


def test_a_file_that_was_changed_after_signing_is_named() -> None:
    files = given(ONE, TWO)
    files[0] = Given("one.json", changed_after_signing(files[0].content))

    (said,) = reasons(files)
    assert said.startswith("one.json: ")
    assert "changed" in said


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda t: replace(t, definitions="e" * 64), "other definitions"),
        (lambda t: replace(t, month=Month(2017, 8)), "is of August 2017"),
        (lambda t: replace(t, provider="Invented One"), "are both of Invented One"),
        (lambda t: replace(t, protection=None), "before figures were protected"),
        (lambda t: replace(t, copy="internal", protection=None), "internal copy"),
        (lambda t: replace(t, copy="public"), "public copy"),
        (lambda t: replace(t, lines=t.lines[1:]), "lacks A1"),
    ],
)
def test_what_does_not_fit_is_named_and_refused(
    wrong: Callable[[ReturnTable], ReturnTable], words: str
) -> None:
    three = replace(ONE, provider="Invented Three")
    odd = wrong(TWO)
    files = [
        *given(ONE, three),
        Given("odd.json", as_file(odd)),
    ]

    said = " ".join(reasons(files))
    assert "odd.json" in said
    assert words in said


def as_file(table: ReturnTable) -> bytes:
    """A return as a file, even one that the program itself would not write."""
    try:
        return write_json(table)
    except ValueError:
        whole = json.loads(write_json(replace(table, protection=Protection())))
        whole["return"]["protection"] = None
        return hashed_anew(whole)


def hashed_anew(whole: dict[str, Any]) -> bytes:
    """A changed file whose hash was worked out again."""
    body = json.dumps(
        whole["return"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    whole["sha256"] = sha256(body.encode()).hexdigest()
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda lines: lines[0]["months"][-1].update(value=3), "not rounded"),
        (lambda lines: lines[0]["months"][-1].update(value="5"), "no number"),
        (lambda lines: lines[0]["months"][-1].update(value=True), "no number"),
        (lambda lines: lines[0]["months"].pop(), "does not have every month"),
        (lambda lines: lines.append(lines[0]), "stands there twice"),
    ],
)
def test_a_file_that_was_changed_and_hashed_anew_is_named(
    change: Callable[[list[dict[str, Any]]], object], words: str
) -> None:
    whole = json.loads(write_json(TWO))
    change(whole["return"]["lines"])

    said = " ".join(reasons([*given(ONE), Given("odd.json", hashed_anew(whole))]))
    assert said.startswith("odd.json ")
    assert words in said


def test_all_reasons_are_told_at_once() -> None:
    files = [Given("a.json", b"{}"), Given("b.json", b"no return"), *given(ONE)]

    assert [said.partition(":")[0] for said in reasons(files)] == ["a.json", "b.json"]


def test_one_return_is_no_comparison() -> None:
    assert reasons(given(ONE)) == ("Choose the returns of at least two providers.",)


def test_the_order_of_the_files_changes_nothing() -> None:
    three = replace(ONE, provider="Invented Three")
    orders = [(ONE, TWO, three), (three, ONE, TWO), (TWO, three, ONE)]

    for first, second in pairwise(merged(*order) for order in orders):
        assert first == second


def test_the_sum_tells_no_more_than_the_returns_do() -> None:
    """Whoever holds the returns can work out every figure of the sum."""
    held = merged(ONE, TWO)

    for beside in held.beside:
        values = [c.value for c in beside.cells if c.state is State.FIGURE]
        if beside.line.kind == "flow" and values:
            assert beside.line.now.value == sum(v for v in values if v is not None)
