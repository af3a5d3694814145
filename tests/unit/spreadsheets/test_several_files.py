"""The same data in several files, or in one that is chosen twice, counts once."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.records import Client, Score, Session
from provider_desk.spreadsheets.batch import Batch
from tests.builders.sheets import (
    ANN,
    CONTRACT,
    PEOPLE,
    PEOPLE_HEADINGS,
    REFERRAL_HEADINGS,
    REFERRALS,
    SESSION_HEADINGS,
    SESSIONS,
    STARTED,
    Rows,
    made,
    one,
    plan,
    said,
    text_file,
    workbook,
)

YEARS = CONTRACT + PEOPLE + REFERRALS + SESSIONS.replace('"Sessions"', '"Sessions*"')
SCORES = """
[[sheet]]
name = "Scores*"

[[sheet.record]]
record = "score"
referral = "Ref"
scored_on = "Date"
instrument = { value = "PHQ9" }
total = "Total"
"""
APRIL = ("R1", "03/04/2018", "THERAPY", "ATT", 50)
MARCH = ("R1", "27/03/2018", "THERAPY", "ATT", 50)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return workbook(
        tmp_path / "people.xlsx",
        {
            "People": [PEOPLE_HEADINGS, ANN],
            "Referrals": [REFERRAL_HEADINGS, STARTED],
        },
    )


def years(
    base: Path, first: Rows, second: Rows, headings: tuple[str, ...] = SESSION_HEADINGS
) -> Batch:
    """Two files of sessions."""
    one_ = text_file(base.with_name("Sessions 2017.csv"), [SESSION_HEADINGS, *first])
    other = text_file(base.with_name("Sessions 2018.csv"), [headings, *second])
    return plan(YEARS, base, one_, other)


def days(batch: Batch) -> list[date]:
    return sorted(session.held_on for session in made(batch, Session))


def test_a_file_that_is_chosen_twice_is_read_once(base: Path) -> None:
    path = text_file(base.with_name("Sessions.csv"), [SESSION_HEADINGS, APRIL, MARCH])

    batch = plan(YEARS, base, path, path.parent / "." / path.name)

    assert len(made(batch, Session)) == 2
    assert batch.remarks == ["Sessions.csv was chosen twice, and read once."]
    assert said(batch) == []


def test_a_copy_of_a_file_is_left_out(base: Path) -> None:
    path = text_file(base.with_name("Sessions.csv"), [SESSION_HEADINGS, APRIL, MARCH])
    copy = path.with_name("Sessions copy.csv")
    shutil.copy(path, copy)
    again = base.with_name("people copy.xlsx")
    shutil.copy(base, again)

    batch = plan(YEARS, base, again, path, copy)

    assert len(made(batch, Session)) == 2
    assert batch.remarks == [
        "people copy.xlsx was left out: it is the same file as people.xlsx.",
        "Sessions copy.csv was left out: it is the same file as Sessions.csv.",
    ]
    assert said(batch) == []


def test_a_copy_that_the_layout_does_not_name_takes_nothing_away(base: Path) -> None:
    layout = YEARS.replace('"Sessions*"', '"Sessions"')
    path = text_file(base.with_name("Sessions.csv"), [SESSION_HEADINGS, APRIL])
    copy = base.with_name("A copy.csv")
    shutil.copy(path, copy)

    batch = plan(layout, base, copy, path)

    assert days(batch) == [date(2018, 4, 3)]


def test_a_row_that_two_files_hold_counts_once(base: Path) -> None:
    batch = years(base, [MARCH, APRIL], [APRIL, ("R1", "10/04/2018", *APRIL[2:])])

    assert days(batch) == [date(2018, 3, 27), date(2018, 4, 3), date(2018, 4, 10)]
    (text,) = said(batch)
    assert text.startswith("Sessions 2018.csv, row 2: The same row twice")
    assert text.endswith("it repeats row 3 of Sessions 2017.csv.")
    assert all(each.repeated for each in batch.set_aside)


def test_two_sessions_of_a_day_stay_two_beside_another_file(base: Path) -> None:
    headings = (*SESSION_HEADINGS, "Line")
    first = [(*APRIL, 1), (*APRIL, 2)]
    one_ = text_file(base.with_name("Sessions 2017.csv"), [headings, *first])
    again = [(*APRIL, 7), (*APRIL, 8), (*APRIL, 9)]
    other = text_file(base.with_name("Sessions 2018.csv"), [headings, *again])

    batch = plan(YEARS, base, one_, other)

    assert len(made(batch, Session)) == 3
    assert len(batch.set_aside) == 2


def test_columns_in_another_order_make_no_other_row(base: Path) -> None:
    batch = years(base, [APRIL], [APRIL[::-1]], SESSION_HEADINGS[::-1])

    assert len(made(batch, Session)) == 1


def test_a_later_file_fills_in_what_the_first_left_empty(base: Path) -> None:
    batch = years(base, [(*APRIL[:3], "", "")], [APRIL])

    session = one(batch, Session)
    assert (session.attendance, session.minutes) == ("ATT", 50)
    assert said(batch) == []


def test_a_session_that_another_file_tells_otherwise_is_set_aside(base: Path) -> None:
    batch = years(base, [APRIL], [(*APRIL[:4], 60)])

    assert one(batch, Session).minutes == 50
    (text,) = said(batch)
    assert "an earlier row says “50”" in text
    assert "It is there already" in text


def test_of_two_sessions_of_a_day_the_one_that_is_repeated_is_known(
    base: Path,
) -> None:
    longer = (*APRIL[:4], 60)
    batch = years(base, [APRIL], [longer, APRIL])

    assert sorted(s.minutes or 0 for s in made(batch, Session)) == [50, 60]
    assert len(batch.set_aside) == 1


def test_two_files_give_the_ids_that_they_give_one_after_the_other(base: Path) -> None:
    both = years(base, [APRIL], [APRIL, MARCH])
    second = plan(YEARS, base, base.with_name("Sessions 2018.csv"))

    ids = {session.id for session in made(both, Session)}
    assert ids == {session.id for session in made(second, Session)}


def test_scores_and_people_that_two_sheets_hold_count_once(tmp_path: Path) -> None:
    scores = [("Ref", "Date", "Total"), ("R1", "03/04/2018", 12)]
    sheets = {"Scores 1": scores, "Scores 2": scores}
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "People": [PEOPLE_HEADINGS, ANN],
            "Referrals": [REFERRAL_HEADINGS, STARTED],
            **sheets,
        },
    )

    batch = plan(CONTRACT + PEOPLE + REFERRALS + SCORES, path)

    assert len(made(batch, Score)) == len(made(batch, Client)) == 1
    assert said(batch) == [
        "Scores 2, row 2: The same row twice: it repeats row 2 of Scores 1 in a.xlsx."
    ]


def test_workbooks_of_rows_set_aside_are_left_out_of_a_folder(base: Path) -> None:
    text_file(base.with_name("Sessions.csv"), [SESSION_HEADINGS, APRIL])
    for name in ("Sessions - set aside.xlsx", "people - set aside 2.xlsx"):
        workbook(base.with_name(name), {"Sessions": [SESSION_HEADINGS, MARCH]})

    batch = plan(YEARS, base.parent)

    assert days(batch) == [date(2018, 4, 3)]
    assert [remark.partition(" was")[0] for remark in batch.remarks] == [
        "Sessions - set aside.xlsx",
        "people - set aside 2.xlsx",
    ]
    chosen = plan(YEARS, base, base.with_name("Sessions - set aside.xlsx"))
    assert days(chosen) == [date(2018, 3, 27)]
