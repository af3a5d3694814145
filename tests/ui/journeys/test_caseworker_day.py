"""A caseworker's whole day in the real window, by keyboard alone."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Record, Value
from provider_desk.model.records import (
    Client,
    Closure,
    Consent,
    CourtDate,
    DisclosureRequest,
    Episode,
    Exceptional,
    ExitReview,
    ExitStrategy,
    Feedback,
    FollowUp,
    FrequencyChange,
    FunctionalGain,
    Goal,
    JusticeStep,
    OnwardReferral,
    Pause,
    Phase,
    Referral,
    RiskFlag,
    SafeguardingReferral,
    Session,
    SupportedBy,
    TrialAgreement,
)
from provider_desk.services.casework.booking import bookings
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.main_window import MainWindow
from tests.builders.by_password import Staffed
from tests.builders.casework import (
    TODAY,
    make_client,
    make_session,
    make_waiting,
)
from tests.builders.day_walk import Walk

BEGAN = date(2018, 1, 9)
R = TypeVar("R", bound=Record)
HALF = "The new team, whose na"
DAY_MS = 24 * 60 * 60 * 1000


def live(desk: Desk, name: str, began: date) -> str:
    """Somebody whom the caseworker OT supports; the referral's id."""
    client_id = make_client(desk, known_as=name)
    referral_id = make_waiting(
        desk, client_id, received_on=began - timedelta(days=30), area="PES_AD"
    )
    make_session(desk, referral_id, began, type="SUPPORT", mode="OUTREACH", worker="OT")
    return referral_id


@pytest.fixture
def staffed(folder: Path, clock: FixedClock) -> Iterator[Staffed]:
    """A desk whose caseworker signs in with a password."""
    made = Staffed(folder, clock, "CASEWORKER", "OT")
    yield made
    made.office.close()


@pytest.fixture
def desk(staffed: Staffed) -> Desk:
    """The manager at it."""
    return staffed.office


@pytest.fixture
def caseworker(staffed: Staffed) -> Desk:
    """Somebody of the support team, whose day it is."""
    return staffed.worker


@pytest.fixture
def caseload(desk: Desk, caseworker: Desk) -> None:
    """A visit today before a trial; and people at 9, at 11 and past 12 months."""
    del caseworker
    marta = live(desk, "Marta Vine", BEGAN)
    for week in range(1, 7):
        on = BEGAN + timedelta(weeks=week)
        make_session(desk, marta, on, type="SUPPORT", worker="OT", trial="PRE")
    visit: dict[str, Value] = {
        "starts_at": "10:00",
        "type": "SUPPORT",
        "mode": "OUTREACH",
        "minutes": 60,
        "worker": "OT",
    }
    bookings.book(desk, marta, visit, [TODAY])
    live(desk, "Nina Nine", date(2017, 7, 20))
    live(desk, "Ella Eleven", date(2017, 5, 20))
    live(desk, "Tove Twelve", date(2017, 4, 20))


@pytest.fixture
def walk(qtbot: QtBot, window: MainWindow, caseworker: Desk, caseload: None) -> Walk:
    """The caseworker at the window, on Today."""
    del caseload
    window.open_desk(caseworker)
    made = Walk(qtbot, window)
    made.press("Alt+1")
    return made


def held(desk: Desk, record_type: type[R]) -> list[R]:
    """All records of a type, by their ids."""
    with desk.store.reading() as rows:
        return sorted(find(rows, record_type), key=lambda each: each.id)


def test_a_caseworkers_day(
    walk: Walk,
    clock: FixedClock,
    staffed: Staffed,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    desk = staffed.office
    today_is_read_and_the_visit_marked(walk)
    more_time_is_asked_for(walk, desk)
    visits_are_booked_and_moved(walk, desk)
    a_trial_is_prepared(walk, desk)
    sessions_before_the_trial_are_counted(walk, desk)
    the_verdict_leads_to_follow_ups(walk, desk, clock)
    consent_is_asked_withdrawn_and_given_again(walk, desk)
    a_withdrawn_yes_stops_referring_on(walk, desk)
    danger_is_written_down_and_followed(walk, desk)
    goals_lead_to_the_way_out(walk, desk)
    a_pause_a_step_down_and_an_end(walk, desk)
    the_person_comes_back(walk, desk)
    what_was_heard_changes_something(walk, desk)

    window.open_desk(staffed.lead)
    the_lead_extends_and_takes_a_request(Walk(qtbot, window), desk)

    window.open_desk(staffed.worker)
    locked_with_words_that_are_not_saved(
        Walk(qtbot, window), staffed, qtbot, tmp_path / "again.ini"
    )


def today_is_read_and_the_visit_marked(walk: Walk) -> None:
    seen = walk.seen
    order = ("In the diary today", "Over 12 months", "Exit strategy missing")
    assert [seen.index(each) for each in order] == sorted(map(seen.index, order))
    assert "The twelfth month has begun" in seen
    assert "12 months are near · in 80 days" in seen

    walk.press("1")

    assert walk.said == "✓ Attendance saved: Came, Tue 1 May 2018."
    assert walk.undo() == "✓ Attendance taken back: booked, Tue 1 May 2018."


def more_time_is_asked_for(walk: Walk, desk: Desk) -> None:
    """A caseworker asks; what holds is what somebody approved."""
    walk.press("Alt+1")
    walk.tab_to("over 12 months")
    walk.press("1")
    assert "Extend past 12 months" in walk.panel
    assert "Approved by" not in walk.panel
    walk.fill(("Reason", "Police|"))
    walk.saved()
    assert walk.said.startswith("✓ Asked for: "), walk.said
    assert held(desk, Exceptional) == []
    walk.press("Alt+1")
    assert "asked for, and not answered yet" in walk.seen


def visits_are_booked_and_moved(walk: Walk, desk: Desk) -> None:
    walk.find("marta")
    walk.ask(deeds.BOOK)
    walk.type("8/5")
    walk.fill(("Start", "10:00"))
    walk.tab_to("Repeat")
    walk.press("Down")
    walk.saved()
    assert walk.said == "✓ 6 sessions booked: Tue 8 May 2018 to Tue 12 Jun 2018."

    walk.press("Alt+4", "PgDown")
    assert walk.heard.startswith("Tue 8 May 2018, 10:00 to 11:00, Marta Vine")
    walk.press("Ctrl+Down", "Ctrl+Right")
    assert walk.heard.startswith("Wed 9 May 2018, 10:15 to 11:15, Marta Vine")
    walk.undo()

    ahead = [each.held_on for each in held(desk, Session) if each.held_on > TODAY]
    assert min(ahead) == date(2018, 5, 8)


def a_trial_is_prepared(walk: Walk, desk: Desk) -> None:
    walk.find("marta")
    walk.deed(deeds.JUSTICE, ("Criminal justice status", "Charged|"))
    walk.ask(deeds.AGREEMENT)
    walk.press("Space")
    walk.saved()
    assert walk.said.endswith(
        "The agreement before trial was signed on Tue 1 May 2018."
    )
    (agreed,) = held(desk, TrialAgreement)
    assert (agreed.signed, agreed.signed_on) == ("Y", TODAY)
    trial = (("What", "Trial|"), ("Date", "today"), ("Where", "Invented Crown Court"))
    walk.deed(deeds.COURT_DATE, *trial)

    assert "Trial begins Tue 1 May 2018" in walk.seen
    assert [each.status for each in held(desk, JusticeStep)] == ["CHARGED"]
    walk.press("Alt+1")
    assert "1 Verdict" in walk.seen
    assert "Invented Crown Court" not in walk.seen


def sessions_before_the_trial_are_counted(walk: Walk, desk: Desk) -> None:
    walk.tab_to("mark session")
    walk.press("1")
    assert walk.said.endswith("7 of 8 before trial.")
    walk.find("marta")
    walk.do(deeds.LOG_SESSION)
    walk.press("1")
    walk.type("Went through the court plan.")
    assert "A criminal case is open" in walk.panel
    assert "7 of 8 before trial so far" in walk.panel
    walk.saved()
    assert "8 of 8 before trial" in walk.seen

    walk.do(deeds.LOG_SESSION)
    walk.press("1")
    assert "one more is more than was agreed, so say why" in walk.panel
    walk.fill(("Why more sessions than agreed", "The trial was put back."))
    walk.saved()

    assert "9 of 8 before trial" in walk.seen
    assert "Say why" not in walk.seen
    assert sum(each.trial == "PRE" for each in held(desk, Session)) == 9


def the_verdict_leads_to_follow_ups(walk: Walk, desk: Desk, clock: FixedClock) -> None:
    walk.ask(deeds.VERDICT)
    assert "Trial begins" in walk.panel
    said = walk.deed(deeds.VERDICT, ("Verdict", "Not guilty|"))
    assert said.endswith("After not guilty verdict. 2 follow-ups made.")
    assert "Trial begins Tue 1 May 2018" not in walk.seen
    assert "Saved. Please look at this too" not in walk.seen
    assert [each.verdict for each in held(desk, CourtDate)] == ["NOT_GUILTY"]

    clock.ms += 2 * DAY_MS
    walk.press("Alt+1")
    walk.tab_to("follow-up due")
    walk.press("1")
    assert "Follow-up done" in walk.panel
    walk.fill(("Result", "Met at home; safe."))
    walk.saved()
    assert sorted(each.done_on is None for each in held(desk, FollowUp)) == [
        False,
        True,
    ]


def consent_is_asked_withdrawn_and_given_again(walk: Walk, desk: Desk) -> None:
    walk.find("marta")
    asked = (("What for", "GP|"), ("Answer", "Yes|"), ("Until", "20/5"))
    walk.deed(deeds.CONSENT, *asked)
    assert "✓ Yes: GP" in walk.seen

    walk.ask(deeds.WITHDRAW)
    assert "GP" in walk.panel
    walk.saved()
    assert "✓ Yes: GP" not in walk.seen
    assert walk.undo() == "✓ The withdrawal was taken back."
    assert [each.withdrawn_on for each in held(desk, Consent)] == [None]
    walk.press("Alt+1")
    assert "Ask again: Share with the GP" in walk.seen

    walk.find("marta")
    walk.deed(deeds.HELPER, ("Who", "Social|"), ("Name", "Invented Team"))
    assert "Social worker: Invented Team" in walk.seen
    assert len(held(desk, SupportedBy)) == 1


def a_withdrawn_yes_stops_referring_on(walk: Walk, desk: Desk) -> None:
    """A yes to the panel's own question does not outdo what was withdrawn."""
    service = (
        ("What for", "another service|"),
        ("With whom", "A walking group"),
        ("Answer", "Yes|"),
    )
    walk.deed(deeds.CONSENT, *service)
    walk.ask(deeds.WITHDRAW)
    walk.fill(("Which", "another service|"))
    walk.saved()
    (row,) = [each for each in held(desk, Consent) if each.purpose == "SERVICE"]
    assert row.withdrawn_on == TODAY + timedelta(2)

    walk.ask(deeds.REFER_ON)
    walk.fill(("To", "A walking group"), ("The person agreed to it", "Yes|"))
    walk.save()
    stopped = "(A walking group): withdrawn Thu 3 May 2018. Ask again, and record"
    assert stopped in walk.panel
    assert "The person agreed to it" in walk.heard
    at = QApplication.focusWidget()
    assert at is not None
    assert stopped in at.accessibleDescription()
    assert held(desk, OnwardReferral) == []
    walk.leave()

    walk.deed(deeds.CONSENT, *service)
    walk.ask(deeds.REFER_ON)
    walk.saved()
    (sent,) = held(desk, OnwardReferral)
    assert (sent.made_to, sent.consent) == ("A walking group", "Y")


def danger_is_written_down_and_followed(walk: Walk, desk: Desk) -> None:
    walk.ask(deeds.RISK)
    walk.press("Down", "Down", "Return")
    walk.fill(
        ("What the concern is", "She may be followed on her way home."),
        ("Plan", "Meet indoors; call after each visit."),
        ("Review on", "+1"),
    )
    walk.saved()
    assert "review Fri 4 May 2018" in walk.seen
    (flag,) = held(desk, RiskFlag)

    walk.deed(deeds.SAFEGUARD, ("Made to", "Adult|"))
    assert "Safeguarding open: Adult safeguarding" in walk.seen
    (made,) = held(desk, SafeguardingReferral)
    assert (made.reason, made.made_by) == (flag.reason, "OT")

    walk.ask(deeds.SAFEGUARDED)
    assert "Adult safeguarding" in walk.panel
    walk.fill(("Outcome", "Taken on|"))
    walk.saved()
    assert "Safeguarding open" not in walk.seen
    (answered,) = held(desk, SafeguardingReferral)
    assert (answered.outcome, answered.id) == ("ACCEPTED", made.id)
    walk.undo()
    assert "Safeguarding open: Adult safeguarding" in walk.seen
    (made,) = held(desk, SafeguardingReferral)
    assert (made.outcome, made.ended_on) == (None, None)


def goals_lead_to_the_way_out(walk: Walk, desk: Desk) -> None:
    walk.deed(deeds.SET_GOAL, ("Goal, in their words", "To walk to the shop alone"))
    walk.ask(deeds.RATE_GOAL)
    assert "To walk to the shop alone" in walk.panel
    walk.fill(("Rating", "4"))
    walk.saved()
    way_out = (
        ("What success means", "Out on her own each day"),
        ("How to come back", "Ring OT"),
    )
    walk.deed(deeds.EXIT_STRATEGY, *way_out)
    walk.deed(deeds.REVIEW_EXIT)

    assert len(held(desk, Goal)) == len(held(desk, ExitStrategy)) == 1
    (review,) = held(desk, ExitReview)
    assert review.exit_strategy_id == held(desk, ExitStrategy)[0].id
    assert review.reviewed_on == TODAY + timedelta(2)
    assert "Exit strategy reviewed today" in walk.seen
    walk.ask(deeds.GAINS)
    walk.press("Space")
    walk.saved()
    assert len(held(desk, FunctionalGain)) == 1


def agreed(desk: Desk) -> tuple[object, ...]:
    """What holds of the support: who, how often, the way out; whole rows."""
    who = [(each.id, each.worker) for each in held(desk, Episode)]
    return who, held(desk, FrequencyChange), held(desk, ExitStrategy)


def a_pause_a_step_down_and_an_end(walk: Walk, desk: Desk) -> None:
    walk.deed(deeds.HOW_OFTEN, ("How often", "Weekly|"))
    before = agreed(desk)
    (often,) = held(desk, FrequencyChange)
    assert often.frequency == "WEEKLY"
    said = walk.deed(deeds.PAUSE, ("Reason", "Pregnancy|"))
    assert "the 12 months run on" in said
    assert "Back since" in walk.deed(deeds.COME_BACK)
    assert held(desk, Pause)[0].until_on == TODAY + timedelta(2)
    assert agreed(desk) == before, "something would have to be typed twice"
    walk.deed(deeds.STEP_DOWN)
    walk.deed(deeds.STEP_DOWN_REVIEWED)
    assert [each.phase for each in held(desk, Phase)].count("STEP_DOWN") == 1
    assert "Step-down week 1" in walk.seen

    diary = held(desk, Session)
    the_episode_is_closed(walk, desk)
    (closed,) = held(desk, Closure)
    walk.undo()
    assert (held(desk, Closure), held(desk, Session)) == ([], diary)
    assert closed.episode_id in [each.id for each in held(desk, Episode)]
    the_episode_is_closed(walk, desk)


def the_episode_is_closed(walk: Walk, desk: Desk) -> None:
    walk.ask(deeds.CLOSE_EPISODE)
    for part in ("Out on her own each day", "Ring OT", "To walk to the shop alone"):
        assert part in walk.panel
    walk.fill(("Reason", "goals reviewed|"))
    assert "Counts as a planned ending." in walk.panel
    walk.saved()
    assert [each.reason for each in held(desk, Closure)] == ["COMPLETED"]


def the_person_comes_back(walk: Walk, desk: Desk) -> None:
    before = held(desk, Referral)
    walk.ask(deeds.REFER_AGAIN)
    walk.saved()
    (new,) = [each for each in held(desk, Referral) if each not in before]
    (closed,) = held(desk, Closure)
    assert (new.area, new.from_episode_id) == ("PES_AD", closed.episode_id)
    walk.undo()
    assert len(held(desk, Referral)) == len(before)


def what_was_heard_changes_something(walk: Walk, desk: Desk) -> None:
    walk.press("Alt+8", "Return")
    heard = (("How", "Said|"), ("What we heard", "Evening visits are wanted."))
    walk.fill(*heard)
    walk.saved()
    (row,) = held(desk, Feedback)
    assert row.heard == "Evening visits are wanted."


def the_lead_extends_and_takes_a_request(walk: Walk, desk: Desk) -> None:
    walk.press("Alt+1")
    walk.tab_to("approval asked for")
    assert "Not past 12 months" in walk.seen
    walk.press("1")
    assert "Approve going past 12 months" in walk.panel
    walk.saved()
    (approval,) = held(desk, Exceptional)
    assert approval.approved_by
    assert walk.said.startswith("✓ Approved: "), walk.said
    assert walk.undo().startswith("✓ Undone: Approved")
    assert held(desk, Exceptional) == []

    walk.find("marta")
    walk.deed(deeds.REQUEST, ("Asked by", "Police|"))
    assert "A request for records is open" in walk.seen
    (row,) = held(desk, DisclosureRequest)
    assert (row.asked_by, row.decision) == ("POLICE", "OPEN")
    assert row.received_on == TODAY + timedelta(2)
    with desk.store.reading() as rows:
        (marta,) = find(rows, Client, known_as="Marta Vine")
    assert row.client_id == marta.id


def locked_with_words_that_are_not_saved(
    walk: Walk, staffed: Staffed, qtbot: QtBot, settings: Path
) -> None:
    """Ctrl+L in the middle of a word; after the password it is there again."""
    walk.find("marta")
    walk.ask(deeds.HELPER)
    walk.fill(("Who", "Social|"), ("Name", HALF))
    before = len(held(staffed.office, SupportedBy))
    staffed.locked(walk)

    walk, desk = staffed.unlocked(qtbot, settings)
    walk.press("Alt+1")
    walk.tab_to("Draft: Also supported by")
    walk.press("Return")
    walk.tab_to("Name")
    assert walk.typed == HALF
    assert len(held(desk, SupportedBy)) == before
    walk.saved()
    assert HALF in [each.name for each in held(desk, SupportedBy)]
