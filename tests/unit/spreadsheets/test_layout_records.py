"""Layouts of other sheets: what rows become, and how they find each other."""

from datetime import date, time
from pathlib import Path

import pytest

from provider_desk.model.records import (
    Client,
    Closure,
    Contract,
    Episode,
    Exceptional,
    ExitStrategy,
    Phase,
    Referral,
    SafeContact,
    Score,
    Session,
    WaitingContact,
    WaitingEntry,
    WaitingOffer,
)
from tests.builders.sheets import CONTRACT, made, one, plan, said, text_file, workbook

#: A referral for each reference, so that tests of other sheets have some.
REFERRED = """
[[sheet]]
name = "Referrals"

[[sheet.record]]
record = "client"
code = "Ref"

[[sheet.record]]
record = "referral"
reference = "Ref"
received_on = "In"
decision = { value = "ACCEPTED" }
decided_on = "In"
"""
REFERRED_ROWS = [("Ref", "In"), ("R1", "05/09/2017"), ("R2", "06/09/2017")]

DIARY = """
[[sheet]]
name = "Diary"

[[sheet.split]]
column = "Type"
at = ":"
into = ["Kind", "Topic"]

[[sheet.split]]
column = "Came"
pattern = '(?P<Attended>[^(]*?)\\s*(\\((?P<Why>.*)\\))?'

[[sheet.record]]
record = "waiting_contact"
when = { column = "Kind", is = "Waiting list" }
referral = "Ref"
held_on = "Date"
method = { value = "PHONE" }
result = { column = "Attended", words = { "Attended" = "SPOKE", "DNA" = "NO_ANSWER" } }
purpose = { column = "Topic", words = { "Advice" = "ADVICE" }, others = "CHECKIN" }

[[sheet.record]]
record = "session"
unless = { column = "Kind", is = "Waiting list" }
referral = "Ref"
held_on = "Date"
type = { column = "Kind", words = { "Counselling" = "THERAPY" } }
attendance = { column = "Attended", words = "came" }
cancel_reason = { column = "Why", words = { "staff ill" = "STAFF" }, others = "OTHER" }

[words.came]
"Attended" = "ATT"
"Cancelled - us" = "CX_PROV"
"""


def test_a_column_that_means_two_things_is_split_and_its_rows_go_two_ways(
    tmp_path: Path,
) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Referrals": REFERRED_ROWS,
            "Diary": [
                ("Ref", "Date", "Type", "Came"),
                ("R1", "12/09/2017", "Waiting list: Advice", "Attended"),
                ("R1", "13/09/2017", "WAITING LIST : How are you", "DNA"),
                ("R1", "02/10/2017", "Counselling", "Cancelled - us (staff ill)"),
                ("R1", "09/10/2017", "Counselling", ""),
            ],
        },
    )

    batch = plan(CONTRACT + REFERRED + DIARY, path)

    assert said(batch) == []
    assert [(c.purpose, c.result) for c in made(batch, WaitingContact)] == [
        ("ADVICE", "SPOKE"),
        ("CHECKIN", "NO_ANSWER"),
    ]
    assert [(s.attendance, s.cancel_reason) for s in made(batch, Session)] == [
        ("CX_PROV", "STAFF"),
        ("UNREC", None),
    ]


ONE_SHEET = """
[[sheet]]

[[sheet.record]]
record = "client"
known_as = "Name"
born_on = "Born"

[[sheet.record]]
record = "safe_contact"
channel = { value = "TEXT" }
permission = { column = "Text?", words = { "y" = "YES", "n" = "NO" } }

[[sheet.record]]
record = "referral"
reference = "Ref"
received_on = "Referred"
source = { column = "By", others = "OTHER" }
decision = { column = "Taken on", others = "ACCEPTED", if_empty = "PENDING" }
decided_on = "Taken on"

[[sheet.record]]
record = "waiting_entry"
removed_on = "Left"
removal_reason = { column = "Left", others = "NOT_WANTED" }

[[sheet.record]]
record = "waiting_offer"
offered_on = "Offered"
response = { column = "Answer", words = { "yes" = "ACCEPTED" }, if_empty = "PENDING" }

[[sheet.record]]
record = "phase"
phase = { value = "STEP_DOWN" }
started_on = "Lighter"

[[sheet.record]]
record = "exit_strategy"
made_on = "Plan"

[[sheet.record]]
record = "exceptional"
approved_on = "Longer"
reason = { value = "TRIAL" }

[[sheet.record]]
record = "closure"
closed_on = "Ended"
reason = { column = "Why", words = { "done" = "COMPLETED" }, if_empty = "NK" }

[[sheet.record]]
record = "session"
repeat = 9
held_on = "S{n}"
starts_at = "S{n} at"
attendance = { column = "S{n} came", words = { "y" = "ATT", "n" = "DNA" } }
type = { value = "THERAPY" }

[[sheet.record]]
record = "score"
instrument = { value = "PHQ9" }
scored_on = "Scored"
total = "PHQ"
"""
ONE_SHEET_HEADINGS = (
    *("Ref", "Name", "Born", "Text?", "Referred", "By", "Taken on", "Left"),
    *("Offered", "Answer", "Lighter", "Plan", "Longer", "Ended", "Why"),
    *("S1", "S1 at", "S1 came", "S2", "S2 at", "S2 came", "Scored", "PHQ"),
)


def test_one_row_becomes_every_kind_of_record(tmp_path: Path) -> None:
    ann = (
        *(17, "Ann Invented", "3/4/85", "y", "5/9/17", "GP", "8/9/17", ""),
        *("1/10/17", "yes", "1/2/18", "9/10/17", "1/3/18", "1/4/18", ""),
        *("2/10/17", "9am", "n", "9/10/17", time(14, 30), "y", "9/10/17", 12),
    )
    bea = (18, "Bea Invented", "", "", "6/9/17", "Aunt", "7/9/17", "9/9/17")
    cal = (19, "Cal Invented", "1/1/90", "", "7/9/17", "", "")
    path = workbook(tmp_path / "x.xlsx", {"Any": [ONE_SHEET_HEADINGS, ann, bea, cal]})

    batch = plan(CONTRACT + ONE_SHEET, path)

    assert said(batch) == []
    assert [c.code for c in made(batch, Client)] == ["P-0001", "P-0002", "P-0003"]
    assert [r.source for r in made(batch, Referral)] == ["GP", "OTHER", "NK"]
    decisions = [r.decision for r in made(batch, Referral)]
    assert decisions == ["ACCEPTED", "ACCEPTED", "PENDING"]
    assert one(batch, SafeContact).permission == "YES"
    left = [w.removal_reason for w in made(batch, WaitingEntry)]
    assert left == [None, "NOT_WANTED"]
    assert one(batch, WaitingOffer).response == "ACCEPTED"
    sessions = made(batch, Session)
    assert [s.starts_at for s in sessions] == ["09:00", "14:30"]
    episode = one(batch, Episode)
    assert episode.started_on == date(2017, 10, 9)
    assert [s.episode_id for s in sessions] == [None, episode.id]
    for record_type in (Phase, ExitStrategy, Exceptional, Closure):
        (record,) = made(batch, record_type)
        assert record.values()["episode_id"] == episode.id
    assert one(batch, Closure).reason == "NK"
    assert one(batch, Score).total == 12


LONG = """
[[sheet]]
fill_down = ["Code", "Name", "Referred"]

[[sheet.record]]
record = "client"
code = "Code"
known_as = "Name"

[[sheet.record]]
record = "referral"
received_on = "Referred"
decision = { value = "ACCEPTED" }
decided_on = "Referred"

[[sheet.record]]
record = "session"
held_on = "Date"
type = { value = "THERAPY" }
attendance = { column = "Came", words = { "y" = "ATT", "n" = "DNA" } }
"""


def test_a_person_and_referral_repeated_with_each_session_are_made_once(
    tmp_path: Path,
) -> None:
    path = text_file(
        tmp_path / "register.csv",
        [
            ("Code", "Name", "Referred", "Date", "Came"),
            ("A", "Ann", "05/09/2017", "02/10/2017", "n"),
            ("", "", "", "09/10/2017", "y"),
            ("", "", "", "16/10/2017", "y"),
            ("B", "", "06/09/2017", "10/10/2017", "y"),
            ("B", "Bea", "06/09/2017", "17/10/2017", "y"),
            ("A", "Ann", "01/02/2018", "08/02/2018", "y"),
            ("A", "Anna", "01/02/2018", "15/02/2018", "y"),
        ],
    )

    batch = plan(CONTRACT + LONG, path)

    assert said(batch) == []
    assert [(c.code, c.known_as) for c in made(batch, Client)] == [
        ("A", "Ann"),
        ("B", "Ann"),
    ]
    assert len(made(batch, Referral)) == 3
    starts = [episode.started_on for episode in made(batch, Episode)]
    assert starts == [date(2017, 10, 9), date(2017, 10, 10), date(2018, 2, 8)]
    assert len(made(batch, Session)) == 7
    assert [str(remark.place) for remark in batch.differs] == [
        "register.csv, row 6, column “Name”",
        "register.csv, row 8, column “Name”",
    ]


def test_sessions_that_know_only_the_person_go_to_the_referral_of_that_time(
    tmp_path: Path,
) -> None:
    layout = """
[[sheet]]
name = "Sessions"
[[sheet.record]]
record = "session"
client = "Who"
held_on = "Date"
type = { value = "THERAPY" }
"""
    referrals = REFERRED.replace('code = "Ref"', 'code = "Who"')
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Referrals": [
                ("Who", "Ref", "In"),
                ("A", "R1", "05/09/2017"),
                ("A", "R2", "01/02/2018"),
                ("B", "R3", "01/02/2018"),
                ("C", "R4", "01/02/2018"),
                ("C", "R5", "01/02/2018"),
            ],
            "Sessions": [
                ("Who", "Date"),
                ("A", "09/10/2017"),
                ("a ", "01/02/2018"),
                ("B", "01/01/2018"),
                ("C", "01/03/2018"),
                ("D", "01/03/2018"),
            ],
        },
    )

    batch = plan(CONTRACT + referrals + layout, path)

    names = {referral.id: referral.reference for referral in made(batch, Referral)}
    assert [names[s.referral_id] for s in made(batch, Session)] == ["R1", "R2"]
    before, same_day, nobody = (aside.text for aside in batch.set_aside)
    assert "is before the referral was received on Thu 1 Feb 2018" in before
    assert same_day.startswith("The person C has two referrals of the same day")
    assert nobody == "There is no person D in these files or on the desk."


SERVICES = """
[[contract]]
reference = "C-1"
areas = ["THER", "PES_AD"]

[[contract]]
reference = "C-2"
areas = ["THER"]

[[sheet]]
name = "Referrals"

[[sheet.skip]]
column = "Service"
is = ["Private", "GP contract"]
because = "another contract"

[[sheet.skip]]
column = "Ref"
empty = true
because = "a line between"

[[sheet.record]]
record = "client"
code = "Ref"

[[sheet.record]]
record = "referral"
reference = "Ref"
received_on = "In"
area = { column = "Service", words = { "CSE talking" = "THER", "CSE outreach" = "PES_AD", "New" = "PES_AD" } }
contract = { column = "Service", words = { "CSE talking" = "C-1", "CSE outreach" = "C-1", "New" = "C-2" } }
"""  # noqa: E501


def test_services_of_one_sheet_go_to_their_contracts_and_areas(tmp_path: Path) -> None:
    day = date(2017, 9, 5)
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Referrals": [
                ("Ref", "In", "Service"),
                ("", "January", ""),
                ("R1", day, "CSE talking"),
                ("R2", day, "CSE Outreach "),
                ("R3", day, "private"),
                ("R4", day, "New"),
                ("R5", day, "Yoga"),
            ]
        },
    )

    batch = plan(SERVICES, path)

    contracts = {c.id: c.reference for c in made(batch, Contract)}
    found = [(contracts[r.contract_id], r.area) for r in made(batch, Referral)]
    assert found == [("C-1", "THER"), ("C-1", "PES_AD")]
    assert batch.sheets[0].skipped == {"another contract": 1, "a line between": 1}
    texts = [aside.text for aside in batch.set_aside]
    assert texts[0] == "The contract C-2 does not pay for this service area."
    assert texts[1].startswith("“Yoga” is not a word known for “Service area”.")


@pytest.mark.parametrize(("severity", "stays"), [("warn", 1), ("stop", 0)])
def test_a_column_that_repeats_what_a_list_says_is_checked(
    tmp_path: Path, severity: str, stays: int
) -> None:
    layout = f"""
[[sheet]]
name = "Ends"
[[sheet.record]]
record = "episode"
referral = "Ref"
started_on = "From"
[[sheet.record]]
record = "closure"
closed_on = "To"
reason = "Why"
[[sheet.check]]
column = "P/U"
field = "closure.reason"
flag = "planned"
words = {{ "P" = true, "U" = false }}
severity = "{severity}"
"""
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Referrals": REFERRED_ROWS,
            "Ends": [
                ("Ref", "From", "To", "Why", "P/U"),
                ("R1", "02/10/2017", "01/03/2018", "COMPLETED", "P"),
                ("R2", "02/10/2017", "01/03/2018", "COMPLETED", "U"),
            ],
        },
    )

    batch = plan(CONTRACT + REFERRED + layout, path)

    told = [w.text for w in batch.warnings if w.place.sheet == "Ends"] + [
        aside.text for aside in batch.set_aside
    ]
    assert len(made(batch, Closure)) == 1 + stays
    (text,) = told
    assert text.startswith("It says “U”, but “Support or therapy completed, goals")


def test_lists_of_their_own_give_one_record_for_each_day(tmp_path: Path) -> None:
    layout = """
[[sheet]]
name = "Starts"
[[sheet.record]]
record = "episode"
referral = "Ref"
started_on = "From"

[[sheet]]
name = "Plans"
[[sheet.record]]
record = "exit_strategy"
referral = "Ref"
made_on = "Day"
"""
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Plans": [
                ("Ref", "Day"),
                ("R1", "02/10/2017"),
                ("R1", "02/01/2018"),
                ("R2", "02/10/2017"),
            ],
            "Referrals": REFERRED_ROWS,
            "Starts": [("Ref", "From"), ("R1", "02/10/2017")],
        },
    )

    batch = plan(CONTRACT + REFERRED + layout, path)

    assert len(made(batch, ExitStrategy)) == 2
    assert "support has not started" in said(batch)[0]
