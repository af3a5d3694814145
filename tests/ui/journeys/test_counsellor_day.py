"""A counsellor's whole day in the real window, by keyboard alone.

The services are asked only to set the day up and to look at what was stored.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Record, Value
from provider_desk.model.records import (
    BY_TABLE,
    Client,
    ExitReview,
    ExitStrategy,
    FrequencyChange,
    Goal,
    GoalRating,
    Pause,
    Referral,
    Score,
    Session,
    SurveyAnswer,
)
from provider_desk.services.casework.booking import bookings, groups
from provider_desk.services.desk import Desk
from provider_desk.services.notes.unsealing import Unsealer
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.main_window import MainWindow
from tests.builders.by_password import Staffed, words_at
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_session,
    make_waiting,
    signed_in_as,
)
from tests.builders.day_walk import Walk
from tests.builders.unnamed import unnamed

BEGAN = date(2018, 3, 6)
YESTERDAY = TODAY - timedelta(days=1)
MORGAN, ASHA, KIT, LEE = "Morgan Marsh", "Asha Alder", "Kit Calder", "Lee Lowe"
GROUP = ["Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal", "Ines"]
FACTS, PROCESS = "Came on time. Spoke of work.", "Quiet when the sea was named."
GOAL = "Sleep in my own bed again"
LONG = "A long note that is not finished. " * 4


R = TypeVar("R", bound=Record)


class Day:
    """The walk of a day, and the desk it is walked on."""

    def __init__(self, staffed: Staffed, walk: Walk, clock: FixedClock) -> None:
        self.staffed, self.walk, self.clock = staffed, walk, clock
        self.desk = staffed.worker

    def minute(self) -> None:
        """A minute goes by."""
        self.clock.ms += 60_000

    def count(self, table: str) -> int:
        """How many records of a table stand."""
        return len(self.every(BY_TABLE[table]))

    def every(self, kind: type[R]) -> list[R]:
        """All standing records of a type."""
        with self.desk.store.reading() as rows:
            return find(rows, kind)

    def opened(self, kind: type[R]) -> list[R]:
        """Morgan's records of a type, as their counsellor reads them."""
        with self.desk.store.reading() as rows:
            (person,) = find(rows, Client, known_as=MORGAN)
            return Unsealer(self.desk).records(find(rows, kind), person.id)

    def sessions(self, name: str) -> list[Session]:
        """Somebody's sessions, the first one first."""
        with self.desk.store.reading() as rows:
            (person,) = find(rows, Client, known_as=name)
            theirs = {r.id for r in find(rows, Referral, client_id=person.id)}
            held = [s for s in find(rows, Session) if s.referral_id in theirs]
        return sorted(held, key=lambda each: (each.held_on, each.starts_at or ""))

    def to_come(self) -> list[tuple[date, str]]:
        """Morgan's sessions after today: day and attendance."""
        held = self.sessions(MORGAN)
        return [(s.held_on, s.attendance) for s in held if s.held_on > TODAY]


def live(desk: Desk, name: str, worker: str = "CO", **values: Value) -> str:
    """Somebody in counselling with a worker; the referral's id."""
    client_id = make_client(desk, known_as=name, **values)
    referral_id = make_waiting(desk, client_id, received_on=date(2018, 1, 8))
    make_session(desk, referral_id, BEGAN, worker=worker)
    return referral_id


def book(desk: Desk, referral_id: str, at: str) -> None:
    """A session of today."""
    values: dict[str, Value] = {"starts_at": at, "type": "THERAPY", "minutes": 50}
    bookings.book(desk, referral_id, {**values, "worker": "CO"}, [TODAY])


@pytest.fixture
def staffed(folder: Path, clock: FixedClock) -> Iterator[Staffed]:
    """A desk whose counsellor signs in with a password."""
    made = Staffed(folder, clock, "COUNSELLOR", "CO")
    yield made
    made.office.close()


@pytest.fixture
def desk(staffed: Staffed) -> Desk:
    """The manager at it."""
    return staffed.office


@pytest.fixture
def caseload(desk: Desk) -> None:
    """Three with a session today, nine in a group of today, one of a student."""
    morgan = live(desk, MORGAN, justice_status="CHARGED")
    for week in range(1, 6):
        on = BEGAN + timedelta(weeks=week)
        make_session(desk, morgan, on, worker="CO", trial="PRE")
    make_session(desk, morgan, YESTERDAY, worker="CO", minutes=40)
    book(desk, morgan, "09:00")
    asha = live(desk, ASHA)
    make_session(desk, asha, YESTERDAY, "DNA", worker="CO")
    book(desk, asha, "08:00")
    book(desk, live(desk, KIT), "11:00")
    live(desk, LEE, worker="ST")
    group: dict[str, Value] = {
        "name": "Moving on",
        "contract_id": contract_of(desk).id,
        "area": "THER",
        "funded": "N",
        "worker": "CO",
        "weekday": "TUE",
        "starts_at": "16:00",
        "starts_on": date(2018, 4, 3),
    }
    group_id, _ = groups.add_group(desk, group)
    for name in GROUP:
        joining: dict[str, Value] = {"group_id": group_id, "joined_on": TODAY}
        groups.join(desk, live(desk, f"{name} Invented"), joining)


@pytest.fixture
def day(
    qtbot: QtBot,
    window: MainWindow,
    staffed: Staffed,
    caseload: None,
    clock: FixedClock,
) -> Day:
    """The counsellor has signed in, at ten in the morning."""
    del caseload
    window.open_desk(staffed.worker)
    walk = Walk(qtbot, window)
    walk.press("Alt+1")
    return Day(staffed, walk, clock)


def today_and_the_week(day: Day) -> None:
    walk = day.walk
    assert "In the diary today  ·  3" in walk.seen
    walk.press("Alt+4")
    assert "08:00 to 08:50, Asha Alder" in walk.heard


def the_session_that_just_ended(day: Day) -> None:
    """One key says that they came; with notes it is three besides what is typed."""
    walk = day.walk
    before = walk.keys.pressed
    walk.press("Down", "1")
    assert walk.keys.pressed - before == 2
    assert day.sessions(MORGAN)[-1].attendance == "ATT"
    walk.undo()
    walk.press("Return", "1")
    assert walk.heard == "Factual note"
    assert walk.in_sight
    walk.type(FACTS, PROCESS)
    assert walk.in_sight
    walk.press("Tab")
    walk.choose("Before")
    assert "5 of 8 before trial so far" in walk.panel
    walk.press("Tab", "Space")
    walk.saved()
    held = day.sessions(MORGAN)[-1]
    assert (held.attendance, held.trial) == ("ATT", "PRE")
    assert (day.count("process_note"), day.count("support_tag")) == (1, 1)
    walk.press("Up", "3")
    assert day.sessions(ASHA)[-1].attendance == "DNA"


def told_an_hour_ago(day: Day) -> None:
    walk = day.walk
    walk.tab_to(KIT)
    walk.press("Delete")
    walk.tab_to("Told at")
    walk.press("Ctrl+A")
    walk.type("9:00")
    assert "2 hours before the session; the notice period is 24 hours: late" in (
        walk.panel
    )
    walk.saved()
    assert day.sessions(KIT)[-1].attendance == "CX_CLIENT_LATE"
    walk.press("Alt+1")
    assert "Two missed in a row  ·  1" in walk.seen
    assert "Two sessions missed in a row" in walk.seen


def measures(day: Day) -> None:
    """By item it is a key for each question, one of them without an answer."""
    walk = day.walk
    walk.find("morgan")
    before = walk.keys.pressed
    walk.ask(deeds.MEASURE)
    walk.press("1", *"12-211101")
    assert "Question 9 was answered above 0" in walk.panel
    assert walk.heard == "What was done: Discussed now"
    assert walk.in_sight
    walk.press("1")
    walk.saved()
    # Two to begin, one for the measure, nine questions, what was done, save.
    assert walk.keys.pressed - before == 14
    walk.ask(deeds.MEASURE)
    walk.press("2", *"1212100")
    walk.saved()
    walk.ask(deeds.ADD_SCORE)
    walk.press("2")
    walk.type("5")
    walk.saved()
    assert [score.total for score in day.every(Score)] == [10, 7, 5]
    assert day.count("risk_flag") == 1
    assert "Keep an eye on it" in walk.seen
    walk.tab_to("GAD-7")
    assert "Threshold: 8. 2 points better than the first" in walk.charts


def six_fortnightly(day: Day) -> None:
    walk = day.walk
    walk.ask(deeds.BOOK)
    walk.type("15 may", "14")
    walk.tab_to("Repeat")
    walk.type("E")
    walk.saved()
    first = date(2018, 5, 15)
    days = [first + timedelta(weeks=2 * number) for number in range(6)]
    assert day.to_come() == [(on, "BOOKED") for on in days]
    walk.press("Alt+4", "PgDown", "PgDown")
    walk.tab_to(MORGAN)
    walk.press("M", "Ctrl+A")
    walk.type("17/5")
    walk.saved()
    walk.press("PgDown", "PgDown")
    walk.tab_to(MORGAN)
    walk.press("Delete")
    walk.saved()
    walk.press("PgDown", "PgDown")
    walk.tab_to(MORGAN)
    walk.press("Delete")
    walk.tab_to("Which")
    walk.press("Down")
    walk.saved()
    moved = [(date(2018, 5, 17), "BOOKED"), (days[1], "CX_CLIENT")]
    assert day.to_come() == [*moved, *((on, "CX_CLIENT") for on in days[2:])]
    walk.undo()
    assert day.to_come() == [*moved, *((on, "BOOKED") for on in days[2:])]


def the_register_of_nine(day: Day) -> None:
    walk = day.walk
    walk.press("Alt+5")
    before = walk.keys.pressed
    walk.press("Return", *"111131141")
    walk.saved()
    assert walk.keys.pressed - before == 11
    assert "9 people" in walk.said
    marks = [s.attendance for n in GROUP for s in day.sessions(f"{n} Invented")[-1:]]
    assert marks == [
        "ATT",
        "ATT",
        "ATT",
        "ATT",
        "DNA",
        "ATT",
        "ATT",
        "CX_CLIENT",
        "ATT",
    ]


def goal_and_exit_strategy(day: Day) -> None:
    walk = day.walk
    walk.find("morgan")
    walk.ask(deeds.SET_GOAL)
    walk.type(GOAL)
    walk.saved()
    (goal,) = day.opened(Goal)
    assert (goal.words, goal.set_on, goal.ended_on) == (GOAL, TODAY, None)
    for rating in ("4", "6"):
        day.minute()
        walk.ask(deeds.RATE_GOAL)
        walk.tab_to("Rating")
        walk.type(rating)
        walk.saved()
    rated = [(each.goal_id, each.rating) for each in day.every(GoalRating)]
    assert sorted(rated) == [(goal.id, 4), (goal.id, 6)]
    walk.ask(deeds.EXIT_STRATEGY)
    assert f"{GOAL} (first 4, now 6 of 10)" in walk.panel
    walk.type("Sleeps most nights")
    walk.saved()
    day.minute()
    walk.ask(deeds.EXIT_STRATEGY)
    walk.press("Ctrl+A")
    walk.type("Sleeps, and goes to college")
    walk.saved()
    versions = {each.success: each.id for each in day.opened(ExitStrategy)}
    assert versions.keys() == {"Sleeps most nights", "Sleeps, and goes to college"}
    walk.ask(deeds.EXIT_VERSIONS)
    for words in ("Sleeps most nights", "goes to college", "! changed", GOAL):
        assert words in walk.panel
    walk.leave()
    walk.ask(deeds.REVIEW_EXIT)
    walk.saved()
    assert "Exit strategy reviewed" in walk.said
    (review,) = day.every(ExitReview)
    assert review.exit_strategy_id == versions["Sleeps, and goes to college"]
    assert review.reviewed_on == TODAY


def further_apart_and_a_pause(day: Day) -> None:
    walk = day.walk
    walk.ask(deeds.HOW_OFTEN)
    walk.choose("weekly")
    walk.saved()
    day.minute()
    walk.ask(deeds.HOW_OFTEN)
    walk.choose("two")
    walk.save()
    assert "say here who approved it" in walk.panel
    assert [each.frequency for each in day.every(FrequencyChange)] == ["WEEKLY"]
    walk.tab_to("Approved by")
    walk.type("Kim Lead")
    walk.tab_to("Why")
    walk.type("Steady, and wants time for college.")
    walk.saved()
    assert "approved by Kim Lead" in walk.seen
    often = {each.frequency: each.approved_by for each in day.every(FrequencyChange)}
    assert often == {"WEEKLY": "", "FORTNIGHTLY": "Kim Lead"}
    walk.ask(deeds.PAUSE)
    walk.tab_to("Reason")
    walk.choose("rest")
    walk.saved()
    assert "Paused since Tue 1 May 2018" in walk.seen
    (pause,) = day.every(Pause)
    assert (pause.from_on, pause.until_on) == (TODAY, None)
    walk.ask(deeds.COME_BACK)
    walk.saved()
    assert "As before: every two weeks" in walk.said
    (back,) = day.every(Pause)
    assert (back.id, back.until_on) == (pause.id, TODAY)
    assert day.count("frequency_change") == len(often)


def gains_and_surveys(day: Day) -> None:
    walk = day.walk
    walk.ask(deeds.GAINS)
    walk.press("Space")
    walk.saved()
    assert day.count("functional_gain") == 1
    for linked in (True, False):
        walk.ask(deeds.RECORD_SURVEY)
        walk.choose("Signed" if linked else "Without")
        walk.tab_to("Health")
        walk.choose("A lot")
        walk.saved()
    assert [bool(each.referral_id) for each in day.every(SurveyAnswer)] == [True]
    # Without a name it waits until its month is over, and no deed tells of it.
    assert len(unnamed(day.desk)) == 1


def the_closing(day: Day) -> None:
    walk = day.walk
    walk.do(deeds.CLOSE_EPISODE)
    seen = ("Version 2", "PHQ-9: 10", "A signed survey of", "Still in the diary")
    for words in (f"{GOAL} (first 4, now 6 of 10)", *seen):
        assert words in walk.panel
    walk.choose("agreed")
    assert "Counts as a planned ending" in walk.panel
    walk.tab_to("Refer on to")
    walk.press("Space")
    walk.type("A walking group")
    walk.save()
    assert "Only with the person's own yes" in walk.panel
    assert day.count("closure") == 0
    walk.tab_to("The person agreed to it")
    walk.choose("yes")
    # Tab goes down the page, goals before what is still in the diary.
    assert walk.tab_to("Goal 1: what became of it") <= 2
    walk.saved()
    assert (day.count("closure"), day.count("onward_referral")) == (1, 1)
    walk.undo()
    assert (day.count("closure"), day.count("onward_referral")) == (0, 0)


def yesterday_put_right(day: Day) -> None:
    walk = day.walk
    walk.tab_to("Find in the time line")
    walk.type("40 minutes")
    walk.tab_to("Time line")
    walk.press("Home", "Down", "Return")
    walk.tab_to("Put it right")
    walk.press("Space")
    walk.tab_to("Length")
    walk.press("Ctrl+A")
    walk.type("50")
    walk.tab_to("Why")
    walk.type("The clock was read wrongly.")
    walk.saved()
    (held,) = [s for s in day.sessions(MORGAN) if s.held_on == YESTERDAY]
    assert held.minutes == 50


STEPS: tuple[Callable[[Day], None], ...] = (
    today_and_the_week,
    the_session_that_just_ended,
    told_an_hour_ago,
    measures,
    six_fortnightly,
    the_register_of_nine,
    goal_and_exit_strategy,
    further_apart_and_a_pause,
    gains_and_surveys,
    the_closing,
    yesterday_put_right,
)


def the_student_sees_less(day: Day) -> None:
    """A student has their own people only, and is told why a deed can't be done."""
    walk = day.walk
    walk.window.open_desk(signed_in_as(day.desk, "STUDENT", "ST"))
    walk.press("Alt+2")
    assert "1 person" in walk.seen
    walk.find("morgan")
    assert MORGAN not in walk.seen
    walk.press("Ctrl+A")
    walk.find("lee")
    assert LEE in walk.seen
    walk.do(deeds.CLOSE_EPISODE)
    assert "Your role may not run episodes. Ask a caseworker" in walk.seen
    assert walk.panel == ""


def locked_in_the_middle_of_a_note(day: Day, qtbot: QtBot, settings: Path) -> None:
    """Ctrl+L while a note is typed; after the password its words are there again."""
    walk = day.walk
    walk.window.open_desk(day.desk)
    walk = Walk(qtbot, walk.window)
    walk.find("morgan")
    walk.press("Ctrl+J", "1")
    walk.type(LONG)
    before = len(day.sessions(MORGAN))
    day.staffed.locked(walk)
    walk, day.desk = day.staffed.unlocked(qtbot, settings)
    walk.press("Alt+1")
    walk.tab_to("Draft: Log session")
    walk.press("Return")
    walk.tab_to("Factual note")
    assert LONG in words_at(walk)
    assert len(day.sessions(MORGAN)) == before
    walk.saved()
    assert [s.held_on for s in day.sessions(MORGAN)].count(TODAY) == 2


def test_a_counsellors_day_by_keyboard_alone(
    day: Day, qtbot: QtBot, tmp_path: Path
) -> None:
    for step in STEPS:
        step(day)
        day.minute()
    the_student_sees_less(day)
    locked_in_the_middle_of_a_note(day, qtbot, tmp_path / "again.ini")
