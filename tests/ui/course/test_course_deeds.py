"""The deeds on the course of an episode, in their panels, with their undo."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from provider_desk.model.fields import Value
from provider_desk.model.records import (
    BY_TABLE,
    Closure,
    Goal,
    OnwardReferral,
    Pause,
    Score,
    Session,
)
from provider_desk.services.casework import episodes, goals, people
from provider_desk.services.casework.course import exits, how_often, pauses
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.change_event import CHANGES, ChangePanel
from provider_desk.ui.pages.course.closing_panel import ClosingPanel
from provider_desk.ui.pages.course.exit_panel import ExitPanel
from provider_desk.ui.pages.event_panel import begin
from provider_desk.ui.pages.person import PersonPageView
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_session,
    signed_in_as,
)
from tests.builders.windows import view_of

Settled = Callable[[], None]


def opened(view: DeskView, client_id: str, settled: Settled) -> PersonPageView:
    view.frame.go("person", client_id=client_id)
    settled()
    page = view.page
    assert isinstance(page, PersonPageView)
    return page


def run(view: DeskView, key: deeds.Key, settled: Settled) -> QWidget:
    (offer,) = [each for each in view.offers() if each.key is key]
    assert offer.why_not == ""
    offer.run()
    settled()
    assert view.panel is not None
    return view.panel


def fill(panel: FormPanel, typed: Mapping[str, Value]) -> None:
    for name, value in typed.items():
        panel.form.boxes[name].editor.set_value(value)


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def count(desk: Desk, table: str) -> int:
    with desk.store.reading() as rows:
        return len(find(rows, BY_TABLE[table]))


def undo(view: DeskView, settled: Settled) -> None:
    assert view.bottom.undo.isVisible()
    view.bottom.undo.click()
    settled()


_DEEDS: list[tuple[deeds.Key, Mapping[str, Value], str]] = [
    (deeds.PAUSE, {"reason": "WISH"}, "pause"),
    (deeds.HOW_OFTEN, {"frequency": "WEEKLY"}, "frequency_change"),
    (deeds.REVIEW_EXIT, {"with_person": "Y"}, "exit_review"),
    (deeds.STEP_DOWN, {}, "phase"),
    (deeds.EXTEND, {"reason": "TRIAL"}, "exceptional"),
    (deeds.REFER_ON, {"made_to": "A group", "consent": "Y"}, "onward_referral"),
    (deeds.EXIT_STRATEGY, {"success": "Sleeps"}, "exit_strategy"),
    (deeds.CLOSE_EPISODE, {"reason": "AGREED"}, "closure"),
]


@pytest.mark.parametrize(
    ("key", "typed", "table"), _DEEDS, ids=[key.words for key, _, _ in _DEEDS]
)
def test_each_deed_is_done_in_its_panel_and_undone_at_once(
    desk: Desk,
    view: DeskView,
    settled: Settled,
    key: deeds.Key,
    typed: Mapping[str, Value],
    table: str,
) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    episodes.add_exit_strategy(desk, episode_id, {"made_on": date(2018, 1, 9)})
    before = count(desk, table)
    opened(view, client_id, settled)

    panel = run(view, key, settled)
    assert isinstance(panel, FormPanel)
    fill(panel, typed)
    panel.save()
    settled()
    assert count(desk, table) == before + 1
    undo(view, settled)

    assert count(desk, table) == before
    assert view.panel is None


def test_somebody_comes_back_with_nothing_typed(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    pauses.pause(desk, episode_id, {"reason": "WISH", "from_on": date(2018, 4, 2)})
    page = opened(view, client_id, settled)
    assert "Paused since Mon 2 Apr 2018" in words_in(page)

    panel = run(view, deeds.COME_BACK, settled)
    assert isinstance(panel, FormPanel)
    panel.save()
    settled()

    with desk.store.reading() as rows:
        (rest,) = find(rows, Pause)
    assert rest.until_on == TODAY
    assert "Paused since" not in words_in(page)
    undo(view, settled)
    assert "Paused since Mon 2 Apr 2018" in words_in(page)


def test_who_may_approve_approves_a_stretch_by_recording_it(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    start: dict[str, Value] = {"frequency": "WEEKLY", "from_on": date(2017, 10, 3)}
    how_often.set_frequency(desk, episode_id, start)
    opened(view, client_id, settled)

    panel = run(view, deeds.HOW_OFTEN, settled)
    assert isinstance(panel, FormPanel)
    fill(panel, {"frequency": "MONTHLY"})
    panel.save()
    settled()

    assert view.panel is None
    assert "Monthly since Tue 1 May 2018, approved by Robin Invented" in words_in(
        opened(view, client_id, settled)
    )


def test_a_new_version_begins_as_the_one_before_with_the_goals_in_sight(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id, episode_id = make_episode(desk, client_id, area="PES_AD")
    goals.set_goal(
        desk,
        referral_id,
        {"words": "Sleep through", "outcome": "4", "set_on": date(2018, 4, 2)},
    )
    first: dict[str, Value] = {
        "made_on": date(2018, 1, 9),
        "success": "Sleeps",
        "way_back": "Ring",
    }
    episodes.add_exit_strategy(desk, episode_id, first)
    opened(view, client_id, settled)

    panel = run(view, deeds.EXIT_STRATEGY, settled)

    assert isinstance(panel, ExitPanel)
    boxes = panel.form.boxes
    assert boxes["success"].editor.value() == "Sleeps"
    assert boxes["way_back"].editor.value() == "Ring"
    assert not panel.is_dirty()
    assert "Sleep through" in words_in(panel)
    assert "version 1" in words_in(panel)


def test_versions_and_the_course_are_read_without_typing(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id, area="PES_AD")
    for on, words in ((date(2018, 1, 9), "Sleeps"), (date(2018, 3, 6), "College")):
        version: dict[str, Value] = {"made_on": on, "success": words}
        exit_id, _ = episodes.add_exit_strategy(desk, episode_id, version)
    exits.review_exit(desk, exit_id, {"note": "Holds"})
    opened(view, client_id, settled)

    versions = words_in(run(view, deeds.EXIT_VERSIONS, settled))
    course = words_in(run(view, deeds.EPISODE_COURSE, settled))

    for words in ("Version 1", "Version 2", "Sleeps", "College", "changed", "Holds"):
        assert words in versions
    assert "Worker: RI" in course
    assert "Nothing is agreed yet." in course


@pytest.fixture
def ending(desk: Desk) -> tuple[str, str]:
    """Somebody with a goal, a booking to come and a first score: person, episode."""
    client_id = make_client(desk)
    referral_id, episode_id = make_episode(desk, client_id, area="PES_AD")
    goal: dict[str, Value] = {
        "words": "Sleep through",
        "outcome": "4",
        "set_on": date(2018, 4, 2),
    }
    goals.set_goal(desk, referral_id, goal)
    make_session(desk, referral_id, TODAY + timedelta(7), "BOOKED", type="SUPPORT")
    version: dict[str, Value] = {"made_on": TODAY, "way_back": "Ring the office"}
    episodes.add_exit_strategy(desk, episode_id, version)
    return client_id, episode_id


def closing(view: DeskView, client_id: str, settled: Settled) -> ClosingPanel:
    opened(view, client_id, settled)
    panel = run(view, deeds.CLOSE_EPISODE, settled)
    assert isinstance(panel, ClosingPanel)
    return panel


def test_closing_is_one_page_that_shows_what_there_is(
    desk: Desk, view: DeskView, settled: Settled, ending: tuple[str, str]
) -> None:
    del desk
    panel = closing(view, ending[0], settled)

    said = words_in(panel)

    for words in (
        "Ring the office",
        "Sleep through",
        "Tue 8 May 2018",
        "No measure was taken yet.",
        "Version 1, made Tue 1 May 2018, not agreed yet",
    ):
        assert words in said
    fill(panel, {"reason": "DISENGAGED"})
    assert "Counts as an unplanned ending." in words_in(panel)
    fill(panel, {"reason": "COMPLETED"})
    assert "Counts as a planned ending." in words_in(panel)


def test_everything_on_the_page_is_saved_at_once_and_undone_at_once(
    desk: Desk, view: DeskView, settled: Settled, ending: tuple[str, str]
) -> None:
    panel = closing(view, ending[0], settled)
    fill(panel, {"reason": "COMPLETED", "exit_done": "Y"})
    panel.score.open()
    panel.score.form.boxes["instrument"].editor.set_value("PHQ9")
    panel.score.form.boxes["total"].editor.set_value(6)
    panel.score.form.boxes["risk_item"].editor.set_value("0")
    panel.onward.open()
    for name, value in {"made_to": "A group", "consent": "Y"}.items():
        panel.onward.form.boxes[name].editor.set_value(value)
    (goal,) = panel.goals.boxes.values()
    goal.editor.set_value("Y")

    panel.save()
    settled()

    with desk.store.reading() as rows:
        assert find(rows, Session, attendance="CX_PROV")
        assert find(rows, Goal)[0].reached == "Y"
    assert [count(desk, t.TABLE) for t in (Closure, Score, OnwardReferral)] == [1, 1, 1]
    undo(view, settled)
    assert [count(desk, t.TABLE) for t in (Closure, Score, OnwardReferral)] == [0, 0, 0]
    with desk.store.reading() as rows:
        assert find(rows, Session, attendance="BOOKED")
        assert find(rows, Goal)[0].ended_on is None


def test_an_onward_referral_without_a_yes_is_refused_beside_its_field(
    desk: Desk, view: DeskView, settled: Settled, ending: tuple[str, str]
) -> None:
    panel = closing(view, ending[0], settled)
    fill(panel, {"reason": "TRANSFER"})
    panel.onward.open()
    panel.onward.form.boxes["made_to"].editor.set_value("A group")

    panel.save()
    settled()

    assert panel.onward.form.boxes["consent"].problem.count("own yes") == 1
    assert view.panel is panel
    assert count(desk, "closure") == 0


def test_what_was_typed_into_the_page_is_kept_while_the_survey_is_recorded(
    desk: Desk, view: DeskView, settled: Settled, ending: tuple[str, str]
) -> None:
    del desk
    panel = closing(view, ending[0], settled)
    fill(panel, {"reason": "COMPLETED"})
    panel.score.open()
    panel.score.form.boxes["total"].editor.set_value(6)
    panel.score.form.boxes["risk_item"].editor.set_value("0")

    run(view, deeds.RECORD_SURVEY, settled)
    again = run(view, deeds.CLOSE_EPISODE, settled)

    assert isinstance(again, ClosingPanel)
    assert again.form.boxes["reason"].editor.value() == "COMPLETED"
    assert again.score.is_open
    assert again.score.form.boxes["total"].editor.value() == 6


def test_what_was_taken_back_on_the_time_line_stands_again_with_one_key(
    desk: Desk, view: DeskView, window: MainWindow, settled: Settled
) -> None:
    """And the foot says so. Source: screen, one frame."""
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    pauses.pause(desk, episode_id, {"from_on": TODAY, "reason": "WISH"})
    opened(view, client_id, settled)
    (event,) = [e for e in people.person(desk, client_id).events if e.table == "pause"]
    begin(view.frame, CHANGES["pause"][-1], event, "", view.frame.failed.emit)
    settled()
    panel = view.panel
    assert isinstance(panel, ChangePanel)
    assert panel.reason is not None
    panel.reason.editor.set_value("by mistake")
    panel.save()
    settled()
    assert count(desk, "pause") == 0

    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled()

    assert count(desk, "pause") == 1
    assert "Undone" in view.bottom.said.text()


def test_a_day_far_ahead_is_pointed_out_beside_its_field_and_stops_nothing(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    opened(view, client_id, settled)
    panel = run(view, deeds.FOLLOW_UP, settled)
    assert isinstance(panel, FormPanel)
    box = panel.form.boxes["due_on"]
    panel.form.go_to("due_on")
    QTest.keyClicks(box.editor.inner, "1/5/2108")
    panel.form.go_to("what")

    assert "years ahead" in box.problem
    QTest.keyClicks(panel.form.boxes["what"].editor.inner, "ask")
    panel.save()
    settled()
    assert count(desk, "follow_up") == 1


def test_of_words_longer_than_their_field_the_beginning_is_read(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    opened(view, client_id, settled)
    panel = run(view, deeds.COURT_DATE, settled)
    assert isinstance(panel, FormPanel)
    panel.form.go_to("kind")
    editor = panel.form.boxes["kind"].editor.inner
    assert isinstance(editor, QComboBox)
    line = editor.lineEdit()
    assert line is not None
    editor.setEditText("visit to")
    panel.form.go_to("place")

    assert line.text() == "Visit to the court before the trial"
    assert line.cursorPosition() == 0


def test_who_reads_no_clinical_words_is_not_asked_for_them(
    desk: Desk, window: MainWindow, settled: Settled
) -> None:
    """An administrator keeps court dates, and follow-ups are for those who support."""
    client_id = make_client(desk)
    window.open_desk(signed_in_as(desk, "ADMINISTRATOR", "AD"))
    settled()
    view = view_of(window)
    opened(view, client_id, settled)

    panel = run(view, deeds.COURT_DATE, settled)

    assert isinstance(panel, FormPanel)
    assert panel.form.boxes["place"].isVisible()
    assert not panel.form.boxes["note"].isVisible()
    (offer,) = [each for each in view.offers() if each.key is deeds.FOLLOW_UP]
    assert "Your role may not" in offer.why_not
