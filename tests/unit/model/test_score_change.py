"""Which scores are first and last, and whether the change is more than chance."""

import csv
import sqlite3
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from provider_desk.model.outcome_measures import measures
from provider_desk.model.score_change import (
    Pair,
    Taken,
    changed,
    first_and_last,
    in_words,
)
from provider_desk.returns.facts import outcomes

VECTORS = Path(__file__).parents[2] / "golden" / "outcome_test_vectors.csv"


def vectors() -> list[dict[str, str]]:
    with VECTORS.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["kind"] == "change"]


def number(words: str) -> int | None:
    return int(words) if words else None


@pytest.mark.parametrize("row", vectors(), ids=lambda row: row["note"])
def test_change_and_recovery_are_as_the_made_cases_say(row: dict[str, str]) -> None:
    pairs: dict[str, Pair] = {
        "PHQ9": (number(row["phq_first"]), number(row["phq_last"])),
        "GAD7": (number(row["gad_first"]), number(row["gad_last"])),
    }
    found = changed(pairs)

    group = row["rc"].replace("paired scores", "paired score")
    said = {"true": True, "false": False}
    assert found.group == group
    assert found.recovery is said.get(row["recovery"])
    assert found.reliable_recovery is said.get(row["reliable_recovery"])
    in_denominator = {"true": True, "false": False, "": None}[row["in_denominator"]]
    assert found.case_at_start is in_denominator


def test_the_return_and_the_window_say_the_same_of_every_pair() -> None:
    """The return says it in SQL; both are asked about totals round every threshold."""
    totals = {"phq9": (0, 3, 4, 9, 10, 15, 16, 27), "gad7": (0, 3, 4, 7, 8, 12, 21)}
    every = list(
        product(totals["phq9"], totals["phq9"], totals["gad7"], totals["gad7"])
    )
    rows = [*every, *((None, None, first, last) for first, last in ((9, 3), (3, 9)))]
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE taken (first_phq9, last_phq9, first_gad7, last_gad7)")
    db.executemany("INSERT INTO taken VALUES (?, ?, ?, ?)", rows)
    found = db.execute(
        f"SELECT *, {outcomes._recovery()} FROM "
        f"(SELECT *, {outcomes._change()} AS change FROM taken) AS weighed"
    ).fetchall()
    db.close()

    for phq_first, phq_last, gad_first, gad_last, group, standing in found:
        said = changed({"PHQ9": (phq_first, phq_last), "GAD7": (gad_first, gad_last)})
        assert said.group == group
        recovered = standing in ("recovered", "reliably recovered")
        assert bool(said.recovery) == recovered
        assert bool(said.reliable_recovery) == (standing == "reliably recovered")
        assert (said.case_at_start is False) == (standing == "below at first")
    assert len(found) == len(rows)


def test_only_phq_and_gad_decide_and_core_is_told_by_itself() -> None:
    assert [c for c, each in measures().items() if each.decides] == ["PHQ9", "GAD7"]
    core = measures()["CORE10"]

    assert (core.caseness, core.reliable) == (11, 6)
    assert in_words(core, 21, 15) == (
        "6 points better than the first: more than chance."
    )
    assert in_words(core, 21, 16) == "5 points better than the first: may be chance."
    assert in_words(core, 15, 21) == "6 points worse than the first: more than chance."


RECEIVED, END = date(2026, 1, 5), date(2026, 3, 20)
CAME = [date(2026, 1, 10), date(2026, 1, 20), date(2026, 2, 1), date(2026, 3, 10)]


def taken(*days: date, measure: str = "PHQ9", scale: str = "") -> list[Taken]:
    return [Taken(f"{day:%m%d}{scale}", measure, day, scale) for day in days]


def test_first_by_the_third_session_and_last_by_the_end() -> None:
    scores = taken(
        date(2026, 1, 4),  # before receipt
        date(2026, 1, 5),
        date(2026, 2, 1),
        date(2026, 3, 20),
        date(2026, 3, 21),  # after the end
    )

    marks = first_and_last(scores, CAME, RECEIVED, END)

    assert marks == {"0105": "first", "0320": "last"}


def test_a_first_score_after_the_third_session_is_none() -> None:
    scores = taken(date(2026, 2, 2), date(2026, 3, 20))

    assert first_and_last(scores, CAME, RECEIVED, END) == {}
    # On the day of the third session it still is one; without a third, always.
    scores = taken(date(2026, 2, 1), date(2026, 3, 20))
    assert len(first_and_last(scores, CAME, RECEIVED, END)) == 2
    scores = taken(date(2026, 2, 2), date(2026, 3, 20))
    assert first_and_last(scores, CAME[:1], RECEIVED, END) == {"0202": "first"}


def test_between_first_and_last_somebody_came() -> None:
    scores = taken(date(2026, 1, 20), date(2026, 1, 31))

    assert first_and_last(scores, CAME, RECEIVED, END) == {"0120": "first"}


def test_each_measure_and_each_scale_of_ones_own_has_its_own_first_and_last() -> None:
    ends = (date(2026, 1, 10), date(2026, 3, 20))
    scores = [
        *taken(*ends, measure="GAD7", scale=""),
        *taken(ends[0], measure="STAR", scale="Sleep"),
        *taken(ends[1], measure="STAR", scale="Work"),
    ]

    marks = first_and_last(scores, CAME, RECEIVED, END)

    assert marks == {"0110": "first", "0320": "last", "0110Sleep": "first"}


def test_of_one_day_the_score_that_was_entered_last_counts() -> None:
    day = date(2026, 1, 10)
    scores = [Taken("typed wrong", "PHQ9", day), Taken("typed right", "PHQ9", day)]

    assert first_and_last(scores, CAME, RECEIVED, END) == {"typed right": "first"}
