"""Bringing in again: nothing twice, only what is new, nothing of the desk undone.

On the real encrypted store, through the deed that the window uses.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from provider_desk.model.fields import Record
from provider_desk.model.records import (
    BY_TABLE,
    Client,
    Closure,
    Contract,
    Episode,
    ExitStrategy,
    Referral,
    Session,
    WaitingEntry,
)
from provider_desk.services.bring_in import BroughtIn, bring_in
from provider_desk.services.casework import episodes, people, referrals, sessions
from provider_desk.services.desk import Desk
from provider_desk.spreadsheets.batch import Batch
from provider_desk.store.records import every, find
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
    TAKEN_ON,
    WAITS,
    Rows,
    workbook,
)

CAME = ("R1", "02/10/2017", "THERAPY", "ATT", 50)
BOOKED = ("R1", "09/10/2017", "THERAPY", "", "")
CLOSED = (*TAKEN_ON, "02/10/2017", "01/03/2018", "COMPLETED")


class Bringing:
    """A desk and a folder with a layout, to bring small workbooks in."""

    def __init__(self, desk: Desk, folder: Path, layout: str) -> None:
        self.desk = desk
        self.folder = folder
        self.layout = folder / "mine.toml"
        self.layout.write_text(layout, encoding="utf-8")

    def __call__(
        self,
        people_: Rows = (ANN,),
        referrals_: Sequence[object] = STARTED,
        sessions_: Rows = (CAME, BOOKED),
    ) -> Batch:
        """Bring in a workbook with one referral."""
        path = workbook(
            self.folder / "ours.xlsx",
            {
                "People": [PEOPLE_HEADINGS, *people_],
                "Referrals": [REFERRAL_HEADINGS, referrals_],
                "Sessions": [SESSION_HEADINGS, *sessions_],
            },
        )
        return self.files(path).look.batch

    def files(self, *paths: Path) -> BroughtIn:
        """Bring in any files."""
        return bring_in(self.desk, self.layout, paths)

    def held(self) -> dict[str, dict[str, object]]:
        """Everything that stands on the desk, by id."""
        with self.desk.store.reading() as rows:
            return {
                record.id: dict(record.values())
                for record_type in BY_TABLE.values()
                for record in every(rows, record_type)
            }

    def only(self, record_type: type[Record]) -> str:
        """Id of the only row of a type."""
        with self.desk.store.reading() as rows:
            (record,) = find(rows, record_type)
        return str(record.id)


@pytest.fixture
def bringing(desk: Desk, tmp_path: Path) -> Bringing:
    return Bringing(desk, tmp_path, CONTRACT + PEOPLE + REFERRALS + SESSIONS)


def nothing_new(batch: Batch) -> bool:
    return not (batch.records or batch.changes or batch.addenda)


def test_the_same_file_twice_changes_nothing(bringing: Bringing) -> None:
    bringing(referrals_=CLOSED)
    before = bringing.held()

    batch = bringing(referrals_=CLOSED)

    assert nothing_new(batch)
    assert not batch.differs
    assert not batch.set_aside
    assert bringing.held() == before


def test_a_later_copy_adds_only_what_is_new(bringing: Bringing) -> None:
    bringing(referrals_=("P1", "R1", "05/09/2017", "GP"), sessions_=())

    accepted = bringing(referrals_=WAITS, sessions_=())
    started = bringing(referrals_=STARTED, sessions_=[CAME])
    closed = bringing(referrals_=CLOSED, sessions_=[CAME, BOOKED])

    assert [c.values for c in accepted.changes] == [
        {"decision": "ACCEPTED", "decided_on": date(2017, 9, 8)}
    ]
    assert accepted.added() == {"waiting_entry": 1}
    assert started.added() == {"episode": 1, "session": 1}
    assert closed.added() == {"session": 1, "closure": 1}
    told = [*started.changes, *closed.changes, *closed.differs]
    assert told == []


def test_an_attendance_that_is_filled_in_later_is_an_addendum(
    bringing: Bringing,
) -> None:
    bringing()

    batch = bringing(sessions_=[CAME, (*BOOKED[:3], "DNA", 50)])

    assert not batch.records
    (addendum,) = batch.addenda
    assert addendum.values == {"attendance": "DNA", "minutes": 50}
    with bringing.desk.store.reading() as rows:
        (session,) = find(rows, Session, attendance="DNA")
    assert session.held_on == date(2017, 10, 9)


def test_what_the_desk_says_otherwise_stays_and_is_told(bringing: Bringing) -> None:
    bringing()
    before = bringing.held()
    other = (*STARTED[:3], "Self-referral", *STARTED[4:6], "03/10/2017", "", "")

    batch = bringing(
        [("P1", "Ann Invented", "04/04/1985")],
        other,
        [(*CAME[:3], "DNA", 50), BOOKED],
    )

    assert nothing_new(batch)
    assert bringing.held() == before
    assert [str(remark.place) for remark in batch.differs] == [
        "People, row 2, column “Born”",
        "Referrals, row 2, column “By”",
        "Referrals, row 2, column “Started”",
        "Sessions, row 2, column “Came”",
    ]
    assert batch.differs[0].text == (
        "Date of birth: the file says “Thu 4 Apr 1985”, the desk holds “Wed 3 Apr "
        "1985”, and that stays."
    )
    assert "says “Did not come, no message”" in batch.differs[3].text


def test_what_staff_changed_is_not_undone_by_the_same_file(bringing: Bringing) -> None:
    bringing(referrals_=CLOSED)
    people.change_person(
        bringing.desk, bringing.only(Client), {"known_as": "Annie", "born_on": None}
    )
    with bringing.desk.store.reading() as rows:
        (booked,) = find(rows, Session, attendance="UNREC")
    sessions.record_attendance(bringing.desk, booked.id, "DNA")
    before = bringing.held()

    batch = bringing(referrals_=CLOSED)

    assert nothing_new(batch)
    assert bringing.held() == before
    assert [r.place.column for r in batch.differs] == ["Name", "Born"]
    assert "the desk holds nothing, and that stays" in batch.differs[1].text


def test_what_staff_took_out_stays_out(bringing: Bringing) -> None:
    bringing(referrals_=CLOSED)
    episodes.reopen_episode(bringing.desk, bringing.only(Episode), "closed by mistake")
    with bringing.desk.store.reading() as rows:
        (booked,) = find(rows, Session, attendance="UNREC")
    sessions.take_back_session(bringing.desk, booked.id, "never booked")
    before = bringing.held()

    batch = bringing(referrals_=CLOSED)

    assert nothing_new(batch)
    assert bringing.held() == before
    (remark,) = batch.differs
    assert "Closing: it was taken out on the desk, and stays out." in remark.text


def test_a_referral_taken_out_takes_its_rows_with_it(bringing: Bringing) -> None:
    bringing(referrals_=WAITS, sessions_=())
    referrals.take_back_referral(
        bringing.desk, bringing.only(Referral), "another person's"
    )
    before = bringing.held()

    batch = bringing(referrals_=WAITS, sessions_=[CAME])

    assert nothing_new(batch)
    assert bringing.held() == before
    assert [sum(sheet.skipped.values()) for sheet in batch.sheets] == [0, 1, 1]
    assert not batch.set_aside


def test_what_was_typed_in_the_window_is_not_added_a_second_time(
    bringing: Bringing,
) -> None:
    client, _ = people.add_person(
        bringing.desk, {"code": "p1 ", "known_as": "Ann Invented"}
    )
    with bringing.desk.store.reading() as rows:
        (contract,) = find(rows, Contract)
    referral, _ = referrals.receive_referral(
        bringing.desk,
        client,
        {
            "contract_id": contract.id,
            "area": "THER",
            "received_on": date(2017, 9, 5),
            "reference": "r1",
        },
    )
    referrals.decide(
        bringing.desk,
        referral,
        {"decision": "ACCEPTED", "decided_on": date(2017, 9, 8)},
    )
    sessions.log_session(
        bringing.desk,
        referral,
        {"held_on": date(2017, 10, 2), "type": "THERAPY", "attendance": "ATT"},
    )

    batch = bringing(sessions_=[CAME, BOOKED])

    assert batch.added() == {"contract": 1, "contract_area": 1, "session": 1}
    assert bringing.only(Client) == client
    assert bringing.only(Referral) == referral
    assert [c.values for c in batch.changes] == [
        {"born_on": date(1985, 4, 3)},
        {"source": "GP"},
    ]
    assert [a.values for a in batch.addenda] == [{"minutes": 50}]
    assert not batch.differs


def test_rows_corrected_in_the_workbook_of_rows_set_aside_come_in(
    bringing: Bringing,
) -> None:
    wrong = (*CAME[:4], "fifty")
    first = workbook(
        bringing.folder / "ours.xlsx",
        {
            "People": [PEOPLE_HEADINGS, ANN],
            "Referrals": [REFERRAL_HEADINGS, STARTED],
            "Sessions": [SESSION_HEADINGS, wrong, BOOKED, BOOKED],
        },
    )
    aside = bringing.files(first).set_aside
    assert aside is not None
    book = load_workbook(aside)
    assert book["Sessions"].max_row == 3
    book["Sessions"]["G2"] = 50
    book.save(aside)

    batch = bringing.files(aside).look.batch

    assert batch.added() == {"session": 1}
    assert not batch.set_aside
    assert nothing_new(bringing.files(aside).look.batch)
    assert nothing_new(bringing(sessions_=[CAME, BOOKED]))


def test_a_person_without_a_code_is_found_again_by_name_and_birthday(
    desk: Desk, tmp_path: Path
) -> None:
    layout = (CONTRACT + PEOPLE).replace('code = "No"\n', "")
    bringing = Bringing(desk, tmp_path, layout)
    rows = [PEOPLE_HEADINGS, ANN, ("", "Bea Invented", "")]
    path = workbook(tmp_path / "a.xlsx", {"People": rows})
    first = bringing.files(path).look.batch
    more = workbook(tmp_path / "b.xlsx", {"People": [*rows, ("", "Cal Invented", "")]})

    second = bringing.files(more).look.batch

    assert first.added() == {"contract": 1, "contract_area": 1, "client": 2}
    assert second.added() == {"client": 1}
    with desk.store.reading() as reader:
        codes = [client.code for client in find(reader, Client)]
    assert len(set(codes)) == 3
    assert not any("ann" in code.casefold() for code in codes)


def test_an_exit_plan_of_another_day_is_told_and_not_added(
    desk: Desk, tmp_path: Path
) -> None:
    plan_column = '[[sheet.record]]\nrecord = "exit_strategy"\nmade_on = "Plan"\n'
    bringing = Bringing(desk, tmp_path, CONTRACT + PEOPLE + REFERRALS + plan_column)

    def with_plan(day: str) -> Batch:
        path = workbook(
            tmp_path / "a.xlsx",
            {
                "People": [PEOPLE_HEADINGS, ANN],
                "Referrals": [(*REFERRAL_HEADINGS, "Plan"), (*STARTED, day)],
            },
        )
        return bringing.files(path).look.batch

    with_plan("")
    added, same, other = (
        with_plan(day) for day in ("09/10/2017", "09/10/2017", "10/10/2017")
    )

    assert added.added() == {"exit_strategy": 1}
    assert nothing_new(same)
    assert nothing_new(other)
    assert "Made on: the file says “Tue 10 Oct 2017”" in other.differs[0].text
    assert bringing.only(ExitStrategy)


def test_a_start_that_no_column_gives_comes_with_the_first_attended_session(
    desk: Desk, tmp_path: Path
) -> None:
    layout = CONTRACT + PEOPLE + REFERRALS + SESSIONS
    start = '[[sheet.record]]\nrecord = "episode"\nstarted_on = "Started"\n'
    bringing = Bringing(desk, tmp_path, layout.replace(start, ""))
    missed = (*BOOKED[:3], "DNA", 50)
    later = ("R1", "16/10/2017", "THERAPY", "ATT", 50)

    before = bringing(referrals_=WAITS, sessions_=[missed])
    started = bringing(referrals_=WAITS, sessions_=[missed, later])
    again = bringing(referrals_=WAITS, sessions_=[missed, later])

    assert "episode" not in before.added()
    assert started.added() == {"episode": 1, "session": 1}
    assert nothing_new(again)
    with desk.store.reading() as rows:
        (episode,) = find(rows, Episode)
        linked = {s.held_on: s.episode_id for s in find(rows, Session)}
    assert episode.started_on == date(2017, 10, 16)
    assert linked == {date(2017, 10, 9): None, date(2017, 10, 16): episode.id}


def test_nobody_gets_a_second_place_on_the_list_or_a_second_end(
    bringing: Bringing,
) -> None:
    bringing(referrals_=("P1", "R1", "05/09/2017", "GP"), sessions_=())
    referrals.decide(
        bringing.desk,
        bringing.only(Referral),
        {"decision": "ACCEPTED", "decided_on": date(2017, 9, 8)},
    )
    sessions.log_session(
        bringing.desk,
        bringing.only(Referral),
        {"held_on": date(2017, 10, 2), "type": "THERAPY", "attendance": "ATT"},
    )
    episodes.close_episode(
        bringing.desk,
        bringing.only(Episode),
        {"closed_on": date(2018, 3, 1), "reason": "COMPLETED"},
    )

    batch = bringing(referrals_=CLOSED, sessions_=())

    assert nothing_new(batch)
    for record_type in (WaitingEntry, Episode, Closure):
        assert bringing.only(record_type)
