"""From a sheet to records: what comes in, what is set aside and why."""

from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.errors import Cancelled, DeskError
from provider_desk.model.fields import value_problems
from provider_desk.model.records import (
    Client,
    Closure,
    Contract,
    ContractArea,
    Episode,
    Referral,
    Session,
    WaitingEntry,
)
from provider_desk.spreadsheets.batch import NeedsAnswer
from provider_desk.spreadsheets.layout_file import parse_layout
from provider_desk.spreadsheets.read import read
from tests.builders.sheets import (
    ANN,
    CONTRACT,
    DESK_ID,
    PEOPLE,
    PEOPLE_HEADINGS,
    REFERRAL_HEADINGS,
    REFERRALS,
    SESSION_HEADINGS,
    SESSIONS,
    STARTED,
    TAKEN_ON,
    TODAY,
    WAITS,
    Rows,
    made,
    one,
    plan,
    said,
    workbook,
)

ALL = CONTRACT + PEOPLE + REFERRALS + SESSIONS


def book(
    folder: Path,
    people: Rows = (ANN,),
    referrals: Rows = (STARTED,),
    sessions: Rows = (),
) -> Path:
    return workbook(
        folder / "invented.xlsx",
        {
            "People": [PEOPLE_HEADINGS, *people],
            "Referrals": [REFERRAL_HEADINGS, *referrals],
            "Sessions": [SESSION_HEADINGS, *sessions],
        },
    )


def test_rows_become_records_that_refer_to_one_another(tmp_path: Path) -> None:
    session = ("R1", "09/10/2017", "THERAPY", "Came", 50)
    closed = (*TAKEN_ON, "02/10/2017", "01/03/2018", "COMPLETED")

    batch = plan(ALL, book(tmp_path, referrals=[closed], sessions=[session]))

    client, referral = one(batch, Client), one(batch, Referral)
    episode = one(batch, Episode)
    assert (client.code, client.known_as) == ("P1", "Ann Invented")
    assert client.born_on == date(1985, 4, 3)
    assert (referral.client_id, referral.source) == (client.id, "GP")
    assert referral.contract_id == one(batch, Contract).id
    assert (referral.area, one(batch, ContractArea).area) == ("THER", "THER")
    assert one(batch, WaitingEntry).accepted_on == date(2017, 9, 8)
    assert (episode.referral_id, episode.started_on) == (referral.id, date(2017, 10, 2))
    assert one(batch, Closure).episode_id == episode.id
    held = one(batch, Session)
    assert (held.referral_id, held.episode_id) == (referral.id, episode.id)
    assert (held.attendance, held.minutes) == ("ATT", 50)
    assert not batch.set_aside


def test_records_come_in_an_order_in_which_they_refer_backwards(tmp_path: Path) -> None:
    session = ("R1", "09/10/2017", "THERAPY", "Came", 50)
    batch = plan(ALL, book(tmp_path, sessions=[session]))

    seen: set[str] = set()
    for record in batch.records:
        links = {n: v for n, v in record.values().items() if n.endswith("_id") and v}
        assert {*links.values()} <= seen
        seen.add(record.id)
        assert value_problems(type(record), record.values()) == []


def test_the_same_file_gives_the_same_ids_and_another_desk_others(
    tmp_path: Path,
) -> None:
    path = book(tmp_path)
    layout = parse_layout(ALL, "x")
    first, second = plan(ALL, path), plan(ALL, path)
    other = read(layout, [path], today=TODAY, desk_id="e" * 32)

    ids = {record.id for record in first.records}
    assert ids == {record.id for record in second.records}
    assert not ids & {record.id for record in other.records}


def test_a_referral_without_start_or_end_has_no_episode(tmp_path: Path) -> None:
    batch = plan(ALL, book(tmp_path, referrals=[WAITS]))

    assert not [*made(batch, Episode), *made(batch, Closure)]
    assert len(made(batch, WaitingEntry)) == 1


def test_a_pending_or_declined_referral_has_no_place_on_the_list(
    tmp_path: Path,
) -> None:
    pending = ("P1", "R1", "05/09/2017", "GP", "", "", "", "", "")
    declined = ("P1", "R2", "05/09/2017", "GP", "DECLINED", "06/09/2017", "", "", "")

    batch = plan(ALL, book(tmp_path, referrals=[pending, declined]))

    assert [r.decision for r in made(batch, Referral)] == ["PENDING", "DECLINED"]
    assert made(batch, WaitingEntry) == []
    assert [w.text for w in batch.warnings] == [
        "Say where the person was signposted to, or “none possible”.",
        "Say why it was declined.",
    ]


def test_assessments_and_what_came_before_the_start_belong_to_no_episode(
    tmp_path: Path,
) -> None:
    sessions = [
        ("R1", "20/09/2017", "THERAPY", "DNA", 50),
        ("R1", "03/10/2017", "ASSESS", "ATT", 60),
        ("R1", "02/10/2017", "THERAPY", "ATT", 50),
    ]

    batch = plan(ALL, book(tmp_path, sessions=sessions))

    linked = [bool(s.episode_id) for s in made(batch, Session)]
    assert linked == [False, False, True]


BAD_REFERRALS = {
    "person": (("P9", *TAKEN_ON[1:], "", "", ""), "No", "There is no person P9"),
    "day": (
        (*TAKEN_ON[:2], "31/09/2017", *TAKEN_ON[3:], "", "", ""),
        "Received",
        "“31/09/2017”: There is no such day: September 2017 has 30 days.",
    ),
    "order": (
        (*TAKEN_ON[:5], "04/09/2017", "", "", ""),
        "Decided",
        "before it was received on Tue 5 Sep 2017",
    ),
    "word": (
        (*TAKEN_ON[:4], "Acepted by us", "08/09/2017", "", "", ""),
        "Decision",
        "“Acepted by us” is not a word known for “Decision”.",
    ),
    "future": (
        ("P1", "R1", "05/09/2018", "GP", "", "", "", "", ""),
        "Received",
        "lies ahead of today",
    ),
    "start": (
        (*TAKEN_ON, "07/09/2017", "", ""),
        "Started",
        "before the decision on Fri 8 Sep 2017",
    ),
    "closed first": (
        (*TAKEN_ON, "02/10/2017", "01/10/2017", "COMPLETED"),
        "Closed",
        "before the start on Mon 2 Oct 2017",
    ),
    "no start": (
        (*TAKEN_ON, "", "01/12/2017", "COMPLETED"),
        "Closed",
        "support has not started",
    ),
    "no reason": (
        (*TAKEN_ON, "02/10/2017", "01/12/2017", ""),
        "Reason",
        "Reason is needed.",
    ),
    "not accepted": (
        (*TAKEN_ON[:4], "WITHDRAWN", "08/09/2017", "02/10/2017", "", ""),
        "Started",
        "The referral is not accepted.",
    ),
    "no day": (("P1", "R1", "", "GP", "", "", "", "", ""), "Received", "is needed"),
}


@pytest.mark.parametrize("name", BAD_REFERRALS)
def test_a_row_that_can_not_come_in_is_set_aside_whole(
    tmp_path: Path, name: str
) -> None:
    row, column, text = BAD_REFERRALS[name]

    batch = plan(ALL, book(tmp_path, referrals=[row]))

    (aside,) = batch.set_aside
    assert (aside.place.sheet, aside.place.row) == ("Referrals", 2)
    assert aside.place.column == column
    assert text in aside.text
    assert list(aside.cells) == list(row)
    brought_in = {record.TABLE for record in batch.records}
    assert brought_in == {"contract", "contract_area", "client"}


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        (("R9", "9/10/2017", "THERAPY", "ATT", 50), "Ref", "There is no referral R9"),
        (("", "9/10/2017", "THERAPY", "ATT", 50), "Ref", "which referral"),
        (("R1", "5/1/2017", "THERAPY", "ATT", 50), "Date", "before the referral"),
        (("R1", "9/10/2017", "THERAPY", "ATT", "fifty"), "Mins", "is not a number"),
        (("R1", "9/10/2017", "THERAPY", "ATT", -5), "Mins", "below zero"),
        (("R1", "9/10/2017", "THERAPY", "ATT", 9000), "Mins", "from 0 to 600"),
        (("R1", "9/10/2017", "THERAPY", "ATT", 5.5), "Mins", "not a whole number"),
        (("R1", 43000, "THERAPY", "ATT", 50), "Date", "Format the cell as a date"),
        (("R1", "9/10/2017", "", "ATT", 50), "Type", "is needed"),
        (("R1", "9/10/2018", "THERAPY", "ATT", 50), "Came", "lies ahead of today"),
    ],
)
def test_a_session_that_can_not_come_in_says_why(
    tmp_path: Path, row: tuple[object, ...], column: str, text: str
) -> None:
    good = ("R1", "16/10/2017", "THERAPY", "ATT", 50)

    batch = plan(ALL, book(tmp_path, sessions=[row, good]))

    (aside,) = batch.set_aside
    assert (aside.place.row, aside.place.column) == (2, column)
    assert text in aside.text
    assert len(made(batch, Session)) == 1


@pytest.mark.parametrize("minutes", [50, "50", "50.0", "50 mins", "50 minutes", "50m"])
def test_a_number_may_be_written_as_people_do(tmp_path: Path, minutes: object) -> None:
    session = ("R1", "16/10/2017", "THERAPY", "ATT", minutes)

    batch = plan(ALL, book(tmp_path, sessions=[session]))

    assert one(batch, Session).minutes == 50


@pytest.mark.parametrize("minutes", ["50 hours", "nan", "inf", "1e9", True, "5 0"])
def test_what_is_not_a_number_of_minutes_is_set_aside(
    tmp_path: Path, minutes: object
) -> None:
    good = ("R1", "15/10/2017", "THERAPY", "ATT", 1)
    session = ("R1", "16/10/2017", "THERAPY", "ATT", minutes)

    batch = plan(ALL, book(tmp_path, sessions=[good, session]))

    assert [aside.place.column for aside in batch.set_aside] == ["Mins"]


def test_a_cell_is_not_named_twice_and_all_faults_of_a_row_are_named(
    tmp_path: Path,
) -> None:
    row = ("R1", "31/09/2017", "THERAPIE", "ATT", "fifty")

    batch = plan(ALL, book(tmp_path, sessions=[row]))

    (aside,) = batch.set_aside
    assert aside.place.column == "Date"
    assert aside.text.count("31/09/2017") == 1
    assert "fifty" in aside.text
    assert "THERAPIE" in aside.text


def test_rows_that_hang_on_a_row_set_aside_are_set_aside_and_say_so(
    tmp_path: Path,
) -> None:
    people = [("P1", "Ann Invented", "31/09/1985")]
    session = ("R1", "09/10/2017", "THERAPY", "ATT", 50)

    batch = plan(ALL, book(tmp_path, people, sessions=[session]))

    _, referral, held = said(batch)
    assert referral == (
        "Referrals, row 2, column “No”: It belongs to the person P1, which was set "
        "aside (People, row 2). Correct that row too."
    )
    assert held == (
        "Sessions, row 2, column “Ref”: It belongs to the referral R1, which was set "
        "aside (Referrals, row 2). Correct that row too."
    )


def test_a_row_repeated_word_for_word_counts_once(tmp_path: Path) -> None:
    session = ("R1", "09/10/2017", "THERAPY", "ATT", 50)
    untidy = ("R1 ", "09/10/2017", "therapy", "att\u00a0", 50)

    batch = plan(ALL, book(tmp_path, sessions=[session, session, untidy]))

    assert len(made(batch, Session)) == 1
    assert said(batch) == [
        "Sessions, row 3: The same row twice: it repeats row 2.",
        "Sessions, row 4: The same row twice: it repeats row 2.",
    ]
    assert batch.sheets[2].repeated == 2


def test_two_sessions_of_a_day_that_differ_both_count(tmp_path: Path) -> None:
    sessions = [
        ("R1", "09/10/2017", "THERAPY", "ATT", 50),
        ("R1", "09/10/2017", "THERAPY", "ATT", 30),
    ]

    batch = plan(ALL, book(tmp_path, sessions=sessions))

    assert len({session.id for session in made(batch, Session)}) == 2


def test_a_referral_that_is_there_with_other_details_is_set_aside(
    tmp_path: Path,
) -> None:
    other = (*STARTED[:3], "Self-referral", *STARTED[4:])

    batch = plan(ALL, book(tmp_path, referrals=[STARTED, other]))

    (aside,) = batch.set_aside
    assert aside.place.column == "By"
    assert "It is there already: Referrals, row 2." in aside.text
    assert one(batch, Referral).source == "GP"


def test_a_referral_in_other_spelling_is_the_same_row_twice(tmp_path: Path) -> None:
    other = ("p1", "r1", date(2017, 9, 5), "gp ", "ACCEPTED", *STARTED[5:])

    batch = plan(ALL, book(tmp_path, referrals=[STARTED, other]))

    (aside,) = batch.set_aside
    assert "The same row twice" in aside.text
    assert aside.repeated


def test_a_two_digit_year_of_birth_lies_before_the_first_referral(
    tmp_path: Path,
) -> None:
    people = [
        ("P1", "Ann", "06/09/17"),
        ("P2", "Bea", "05/09/17"),
        ("P3", "C", "1/1/90"),
    ]
    referrals = [STARTED, ("P2", "R2", *STARTED[2:])]

    batch = plan(ALL, book(tmp_path, people, referrals))

    assert [client.born_on for client in made(batch, Client)] == [
        date(1917, 9, 6),
        date(2017, 9, 5),
        date(1990, 1, 1),
    ]


def test_a_session_not_recorded_yet_is_kept_as_such(tmp_path: Path) -> None:
    batch = plan(
        ALL, book(tmp_path, sessions=[("R1", "09/10/2017", "THERAPY", "", "")])
    )

    assert one(batch, Session).attendance == "UNREC"


def test_dates_that_read_two_ways_are_asked_about_and_nothing_is_guessed(
    tmp_path: Path,
) -> None:
    layout = ALL.replace('date_order = "dmy"', "")
    sessions = [
        ("R1", text, "THERAPY", "ATT", 50)
        for text in ("03/04/2018", "04/03/2018", "25/12/2017", "2017-12-04")
    ]
    path = book(
        tmp_path, [("P1", "Ann", "")], [("P1", "R1", date(2017, 9, 5))], sessions
    )

    with pytest.raises(NeedsAnswer) as raised:
        plan(layout, path)

    (question,) = raised.value.questions
    assert (question.sheet, question.column) == ("Sessions", "Date")
    assert question.examples == ("03/04/2018", "04/03/2018")
    assert question.orders == ("dmy", "mdy")
    assert (question.only_day_first, question.only_month_first) == (1, 0)
    assert "03/04/2018" in raised.value.message
    assert "date_order" in raised.value.advice


def test_an_answer_settles_the_order_of_a_column(tmp_path: Path) -> None:
    layout = ALL.replace('date_order = "dmy"', "")
    session = ("R1", "03/04/2018", "THERAPY", "ATT", 50)
    path = book(
        tmp_path, [("P1", "A", "")], [("P1", "R1", date(2017, 9, 5))], [session]
    )

    for order, day in (("dmy", date(2018, 4, 3)), ("mdy", date(2018, 3, 4))):
        batch = plan(layout, path, answers={("Sessions", "Date"): order})  # type: ignore[dict-item]

        assert one(batch, Session).held_on == day


def test_sheets_and_columns_that_nobody_reads_are_named(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "PEOPLE ": [["Our list"], [], [*PEOPLE_HEADINGS, "Shoe size"], ANN],
            "Notes": [["x"]],
        },
    )

    batch = plan(ALL, path)

    assert batch.unused_columns == [("PEOPLE ", "Shoe size")]
    assert batch.unread_sheets == ["Notes"]
    assert batch.missing_sheets == ["Referrals", "Sessions"]
    assert len(made(batch, Client)) == 1


def test_counts_of_a_sheet_add_up(tmp_path: Path) -> None:
    sessions = [
        ("R1", "09/10/2017", "THERAPY", "ATT", 50),
        (),
        ("R1", "09/10/2017", "THERAPY", "ATT", 50),
        ("Total", "", "", "", 100),
        ("R1", "31/09/2017", "THERAPY", "ATT", 50),
    ]
    skip = '[[sheet.skip]]\ncolumn = "*"\nstarts_with = "Total"\nbecause = "a total"\n'

    batch = plan(ALL + skip, book(tmp_path, sessions=sessions))

    count = batch.sheets[2]
    assert (count.read, count.good, count.set_aside, count.repeated) == (4, 1, 2, 1)
    assert count.skipped == {"a total": 1}
    assert [aside.place.row for aside in batch.set_aside] == [4, 6]


def test_a_heading_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"People": [["No", "Names", "Born"], ANN]})

    with pytest.raises(DeskError, match=r"lacks the column “Name”\. There is “Names”"):
        plan(CONTRACT + PEOPLE, path)


@pytest.mark.parametrize("rows", [[], [["x"]], [[""]]])
def test_a_sheet_without_headings_says_which_are_looked_for(
    tmp_path: Path, rows: Rows
) -> None:
    path = workbook(tmp_path / "a.xlsx", {"People": rows})

    with pytest.raises(DeskError, match="holds the headings “No”, “Name” or “Born”"):
        plan(CONTRACT + PEOPLE, path)


def test_files_without_any_sheet_of_the_layout_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Other": [["x"]]})

    with pytest.raises(DeskError, match="There are: “Other”"):
        plan(CONTRACT + PEOPLE, path)


def test_progress_ends_at_the_total_and_cancelling_stops(tmp_path: Path) -> None:
    sessions = [("R1", "09/10/2017", "THERAPY", "ATT", n) for n in range(600)]
    path = book(tmp_path, sessions=sessions)
    layout = parse_layout(ALL, "x")
    steps: list[tuple[int, int]] = []

    read(
        layout,
        [path],
        today=TODAY,
        desk_id=DESK_ID,
        progress=lambda done, total: steps.append((done, total)),
    )
    with pytest.raises(Cancelled):
        read(layout, [path], today=TODAY, desk_id=DESK_ID, cancelled=lambda: True)

    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1] > len(steps)


def test_nothing_that_is_set_aside_or_noted_shows_values_in_its_repr(
    tmp_path: Path,
) -> None:
    bad = ("P1", "Secret Invented", "31/09/1985")
    batch = plan(ALL, book(tmp_path, people=[bad, ANN], referrals=[]))

    shown = repr(batch) + repr(batch.set_aside) + repr(batch.records)
    assert "Secret" not in shown
    assert "Ann" not in shown
