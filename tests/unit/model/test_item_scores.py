"""From answers to totals: made cases, and every row of a public survey."""

import csv
from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.instruments import by_items, instruments
from provider_desk.model.item_scores import (
    ItemScore,
    exact_total,
    read_answers,
    scored,
    total_words,
    written,
)
from provider_desk.model.outcome_measures import measures

GOLDEN = Path(__file__).parents[2] / "golden"
#: 0 to 3, refused, does not know, missing.
CODES = ("0", "1", "2", "3", "7", "9", "")
CODEBOOK = {
    "DPQ010": (3792, 816, 280, 198, 4, 4, 439),
    "DPQ020": (3865, 831, 224, 167, 2, 4, 440),
    "DPQ030": (3119, 1141, 383, 443, 3, 4, 440),
    "DPQ040": (2584, 1612, 457, 432, 3, 4, 441),
    "DPQ050": (3812, 778, 276, 221, 2, 3, 441),
    "DPQ060": (4237, 575, 147, 124, 3, 5, 442),
    "DPQ070": (4241, 517, 156, 172, 2, 3, 442),
    "DPQ080": (4541, 328, 120, 95, 2, 5, 442),
    "DPQ090": (4893, 136, 32, 24, 2, 3, 443),
    "DPQ100": (2480, 714, 132, 33, 1, 2, 2171),
}
ITEMS = [f"DPQ0{number}0" for number in range(1, 10)]


def rows_of(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


VECTORS = [r for r in rows_of("outcome_test_vectors.csv") if r["kind"] == "score"]


def scored_as(code: str, answers: Sequence[int | None]) -> ItemScore:
    instrument = by_items(code)
    assert instrument is not None
    return scored(instrument, answers)


def test_no_made_case_is_left_out() -> None:
    every = rows_of("outcome_test_vectors.csv")

    assert Counter(row["kind"] for row in every) == {"score": 31, "change": 14}


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["note"])
def test_answers_come_to_what_the_made_cases_say(row: dict[str, str]) -> None:
    found = scored_as(row["measure"], read_answers(row["items"]))

    said = {"true": True, "false": False, "": None}[row["caseness"]]
    assert found.total == (int(row["score"]) if row["score"] else None)
    assert (found.missing, found.band) == (int(row["missing"]), row["band"])
    assert found.case is said


@pytest.fixture(scope="module")
def survey() -> list[tuple[int | None, ...]]:
    """Every row of the survey: 7, 9 and a blank are no answer."""
    return [
        tuple(int(row[name]) if row[name] in "0123" and row[name] else None
              for name in ITEMS)
        for row in rows_of("phq9_items_nhanes_2017_18.csv")
    ]  # fmt: skip


def test_every_answer_of_the_survey_is_as_often_there_as_its_codebook_says() -> None:
    rows = rows_of("phq9_items_nhanes_2017_18.csv")

    found = {
        name: tuple(Counter(row[name] for row in rows)[code] for code in CODES)
        for name in CODEBOOK
    }

    assert len(rows) == 5_533
    assert found == CODEBOOK


def test_complete_answers_of_the_survey_give_its_bands_and_mean(
    survey: list[tuple[int | None, ...]],
) -> None:
    found = [scored_as("PHQ9", each) for each in survey if None not in each]
    totals = [each.total for each in found if each.total is not None]

    assert len(totals) == 5_068
    assert Counter(each.band for each in found) == {
        "minimal": 3_772,
        "mild": 837,
        "moderate": 292,
        "moderately severe": 124,
        "severe": 43,
    }
    mean = Decimal(sum(totals)) / len(totals)
    assert mean.quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("3.24")
    assert sum(bool(each.case) for each in found) == 459
    assert sum(each.risk for each in found) == 191


def test_answers_missing_in_the_survey_are_made_up_for_or_left_without_a_total(
    survey: list[tuple[int | None, ...]],
) -> None:
    found = [scored_as("PHQ9", each) for each in survey]
    by_missing = Counter(each.missing for each in found)
    prorated = [
        (each, answers)
        for each, answers in zip(found, survey, strict=True)
        if each.missing in (1, 2)
    ]

    assert by_missing[0] == 5_068
    assert len(prorated) == 18
    assert sum(by_missing[n] for n in range(3, 9)) == 7
    assert by_missing[9] == 440
    for each, answers in prorated:
        given = [answer for answer in answers if answer is not None]
        mean = Decimal(sum(given)) * 9 / len(given)
        assert each.total == int(mean.quantize(Decimal(1), ROUND_HALF_UP))
        assert each.band == measures()["PHQ9"].band_of(mean)
    assert all(each.total is None for each in found if each.missing > 2)


#: Lowest total of each band of PHQ-9, written here by hand.
BANDS = (
    (0, "minimal"),
    (5, "mild"),
    (10, "moderate"),
    (15, "moderately severe"),
    (20, "severe"),
)


def test_every_row_of_the_survey_is_scored_as_by_hand(
    survey: list[tuple[int | None, ...]],
) -> None:
    """All 5,533, worked out apart from the program: total, band, case, risk."""
    scores = Counter[str]()
    for answers in survey:
        found = scored_as("PHQ9", answers)
        given = [answer for answer in answers if answer is not None]
        assert found.missing == 9 - len(given)
        assert found.risk == ((answers[8] or 0) > 0)
        if len(given) < 7:
            assert (found.total, found.band, found.case) == (None, "", None)
            continue
        # Twice the total, and one, halved downwards: a half goes up.
        assert found.total == (2 * 9 * sum(given) + len(given)) // (2 * len(given))
        reached = [name for low, name in BANDS if 9 * sum(given) >= low * len(given)]
        assert found.band == reached[-1]
        assert found.case == (9 * sum(given) >= 10 * len(given))
        scores[found.band] += 1
    assert scores == {
        "minimal": 3_785,
        "mild": 839,
        "moderate": 293,
        "moderately severe": 124,
        "severe": 45,
    }


def answers_of(code: str) -> st.SearchStrategy[list[int | None]]:
    instrument = instruments()[code]
    one = st.none() | st.integers(0, instrument.highest)
    count = len(instrument.items)
    return st.lists(one, min_size=count, max_size=count)


@pytest.mark.parametrize("code", ["PHQ9", "GAD7", "CORE10"])
@given(data=st.data())
def test_a_total_lies_in_range_and_its_band_survives_being_kept(
    code: str, data: st.DataObject
) -> None:
    answers = data.draw(answers_of(code))
    found, measure = scored_as(code, answers), measures()[code]

    assert read_answers(written(answers)) == tuple(answers)
    if found.total is None:
        assert found.missing > instruments()[code].most_missing
        return
    assert measure.low is not None
    assert measure.high is not None
    assert measure.low <= found.total <= measure.high
    kept = exact_total(found.total, found.tenths)
    assert measure.band_of(kept) == found.band
    assert measure.is_case(kept) == found.case
    assert abs(kept - found.total) <= Decimal("0.5")


def test_a_band_is_told_before_rounding() -> None:
    # 15 of 7 answered questions: 19.29; 14 of 8: 15.75; 17 of 8: 19.125.
    nearly = scored_as("PHQ9", [2, 2, 2, 2, 2, 2, 2, 3, None])
    assert (nearly.total, nearly.tenths, nearly.band) == (19, 191, "moderately severe")
    # 11 of 8 is 12.375; 13 of 8 is 14.625: 15 when rounded, moderate before it.
    below = scored_as("PHQ9", [2, 2, 2, 2, 2, 1, 1, 1, None])
    assert (below.total, below.tenths, below.band) == (15, 146, "moderate")
    # A half goes up: 4 of 8 is 4.5.
    half = scored_as("PHQ9", [1, 1, 1, 1, 0, 0, 0, 0, None])
    assert (half.total, half.band, half.case) == (5, "minimal", False)


def test_core_keeps_one_decimal_and_turns_two_questions() -> None:
    found = scored_as("CORE10", [2, 3, 3, 1, 1, 1, 1, 1, 1, None])

    assert (found.total, found.tenths, found.band) == (11, 111, "mild")
    assert total_words("CORE10", 11, 111) == "11.1"
    assert instruments()["CORE10"].turned == {2, 3}


@pytest.mark.parametrize("wrong", [[0] * 8, [0] * 10, [4] + [0] * 8, [-1] + [0] * 8])
def test_answers_that_cannot_be_are_refused(wrong: list[int]) -> None:
    with pytest.raises(ValueError, match="answer"):
        scored_as("PHQ9", wrong)


def test_the_metric_of_swemwbs_is_that_of_its_authors() -> None:
    metric = instruments()["SWEMWBS"].metric

    assert len(metric) == 29
    assert list(metric) == sorted(metric)
    assert total_words("SWEMWBS", 7) == "7 (metric 7.00)"
    assert total_words("SWEMWBS", 8) == "8 (metric 9.51)"
    assert total_words("SWEMWBS", 24) == "24 (metric 21.54)"
    assert total_words("SWEMWBS", 35) == "35 (metric 35.00)"


def test_what_may_not_be_shown_has_no_questions_and_every_licence_is_said() -> None:
    found = instruments()

    assert set(found) == {"PHQ9", "GAD7", "CORE10", "SWEMWBS", "WEMWBS"}
    assert by_items("SWEMWBS") is None
    assert by_items("WEMWBS") is None
    assert all(each.licence for each in found.values())
    assert "CORE System Trust" in found["CORE10"].licence
    assert "CC BY-ND 4.0" in found["CORE10"].licence
    for code, count in (("PHQ9", 9), ("GAD7", 7), ("CORE10", 10)):
        measure, instrument = measures()[code], found[code]
        assert len(instrument.items) == count
        assert measure.high == count * instrument.highest
        assert instrument.answers[0] == "Not at all"
