"""Filling in a measure by keyboard, its risk item, putting right, gains, tags."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from provider_desk.model.fields import Value
from provider_desk.model.instruments import instruments
from provider_desk.model.records import FunctionalGain, RiskAnswer, Score, Session
from provider_desk.model.views import Event
from provider_desk.services.casework import support_tags
from provider_desk.services.casework.measuring import scores
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.change_event import CHANGES
from provider_desk.ui.pages.event_panel import begin
from provider_desk.ui.pages.measuring.correct_panel import CorrectScorePanel
from provider_desk.ui.pages.measuring.counted_panel import (
    GainsCountedPanel,
    days_of,
    few,
)
from provider_desk.ui.pages.measuring.gains_panel import GainsPanel
from provider_desk.ui.pages.measuring.measure_panel import MeasurePanel
from provider_desk.ui.pages.measuring.tags_panel import TagsPanel
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.veil import is_covered
from tests.builders.casework import TODAY, make_client, make_episode, make_session
from tests.builders.controls import nameless
from tests.builders.windows import CTRL, Keyboard

Settled = Callable[[], None]


@pytest.fixture
def case(desk: Desk, view: DeskView, settled: Settled) -> tuple[str, str]:
    """A person whose page is open, and their referral."""
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    view.frame.go("person", client_id=client_id)
    settled()
    return client_id, referral_id


@pytest.fixture
def keys(qtbot: QtBot, window: MainWindow, case: tuple[str, str]) -> Keyboard:
    """Keys go to whatever has the focus, once the window is in front."""
    del case
    with qtbot.waitActive(window):
        window.activateWindow()
    return Keyboard(window)


def run(view: DeskView, key: deeds.Key, settled: Settled) -> object:
    (offer,) = [each for each in view.offers() if each.key is key]
    assert offer.why_not == ""
    offer.run()
    settled()
    return view.panel


def measure(view: DeskView, settled: Settled) -> MeasurePanel:
    panel = run(view, deeds.MEASURE, settled)
    assert isinstance(panel, MeasurePanel)
    return panel


def each_key(keys: Keyboard, text: str) -> None:
    """Each key goes to where the one before led."""
    for key in text:
        keys.type(key)


def _asked_now() -> str:
    """What a screen reader says of the control that has the keys, beside its name."""
    focused = QApplication.focusWidget()
    return focused.accessibleDescription() if focused is not None else ""


def held(desk: Desk) -> list[Score]:
    with desk.store.reading() as rows:
        return find(rows, Score)


def event_of(view: DeskView, table: str) -> Event:
    page = view.page
    assert isinstance(page, PersonPageView)
    return next(e for e in page.time_line.model.events if e.table == table)


def test_a_measure_is_filled_in_by_one_key_for_each_question(
    desk: Desk,
    keys: Keyboard,
    view: DeskView,
    settled: Settled,
) -> None:
    panel = measure(view, settled)

    each_key(keys, "122222111")
    assert panel.so_far.words() == (
        "Total 15 of 27: moderate · 1 without an answer, worked out from the rest"
    )
    each_key(keys, "0")
    assert panel.so_far.words() == "Total 13 of 27: moderate"
    assert panel.risk.isHidden()
    # One for the measure, one for each question; then Ctrl+Enter.
    assert keys.pressed == 10
    keys.press(Qt.Key.Key_Return, CTRL)
    settled()

    (score,) = held(desk)
    assert (score.total, score.items) == (13, "2,2,2,2,2,1,1,1,0")
    assert (score.scored_on, score.occasion) == (TODAY, "FIRST")


def test_up_goes_back_and_backspace_takes_an_answer_away(
    keys: Keyboard, view: DeskView, settled: Settled
) -> None:
    panel = measure(view, settled)

    each_key(keys, "233")
    keys.press(Qt.Key.Key_Up)
    keys.press(Qt.Key.Key_Backspace)
    assert panel.items.answers()[:3] == (3, None, None)
    each_key(keys, "1")

    assert panel.items.answers()[:3] == (3, 1, None)
    assert panel.so_far.words().startswith("So far 4")


def test_a_dash_leaves_a_question_without_an_answer_and_goes_on(
    keys: Keyboard, view: DeskView, settled: Settled
) -> None:
    panel = measure(view, settled)

    each_key(keys, "13-2")

    assert panel.items.answers()[:4] == (3, None, 2, None)


def test_what_a_risk_item_asks_is_in_sight_at_once(
    keys: Keyboard, view: DeskView, settled: Settled
) -> None:
    panel = measure(view, settled)

    each_key(keys, "1000000001")
    settled()

    assert panel.risk.visibleRegion().boundingRect() == panel.risk.rect()

    each_key(keys, "4")
    keys.press(Qt.Key.Key_Return, CTRL)
    settled()
    why = panel.risk.form.boxes["why"]
    assert why.problem
    assert why.visibleRegion().boundingRect() == why.rect()


def test_answers_are_hidden_until_somebody_goes_into_them(
    keys: Keyboard, view: DeskView, settled: Settled
) -> None:
    panel = measure(view, settled)
    each_key(keys, "12")
    panel.form.go_to("administered")
    view.frame.set_privacy(hidden=True)
    assert is_covered(panel.items.inner)

    panel.items.go_to(1)
    assert not is_covered(panel.items.inner)
    each_key(keys, "3")

    assert panel.items.answers()[:2] == (2, 3)
    assert panel.so_far.words() == "hidden"


def test_a_positive_risk_item_asks_what_was_done_before_it_is_saved(
    desk: Desk,
    keys: Keyboard,
    view: DeskView,
    settled: Settled,
) -> None:
    panel = measure(view, settled)
    panel.form.boxes["scored_on"].editor.set_value(date(2018, 4, 24))

    each_key(keys, "1000000001")
    assert not panel.risk.isHidden()
    assert "Question 9" in panel.risk._what.text()
    assert "Filled in on Tue 24 Apr 2018, 7 days ago" in panel.risk._when.text()
    panel.save()
    settled()
    assert held(desk) == []
    assert panel.risk.form.boxes["done"].problem
    each_key(keys, "4")
    panel.save()
    settled()
    assert held(desk) == []
    assert panel.risk.form.boxes["why"].problem
    panel.risk.form.boxes["why"].editor.set_value("no answer on the phone")
    panel.save()
    settled()

    (score,) = held(desk)
    with desk.store.reading() as rows:
        (answer,) = find(rows, RiskAnswer)
    assert (answer.score_id, answer.done) == (score.id, "COULD_NOT")


def test_too_many_missing_are_told_beside_the_questions_and_stay_as_a_draft(
    desk: Desk,
    keys: Keyboard,
    view: DeskView,
    settled: Settled,
) -> None:
    panel = measure(view, settled)
    each_key(keys, "111")
    panel.save()
    settled()

    assert "7 questions have no answer" in panel.form.boxes["items"].problem
    assert held(desk) == []
    panel.leave()
    settled()
    again = measure(view, settled)
    assert again.items.answers()[:3] == (1, 1, None)


@pytest.mark.usefixtures("case")
def test_a_total_alone_and_a_scale_of_ones_own(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    panel = measure(view, settled)
    panel.form.boxes["instrument"].editor.set_value("PHQ9")
    panel._turn_way()
    panel.save()
    settled()
    assert panel.form.boxes["total"].problem
    panel.form.boxes["total"].editor.set_value(12)
    panel.save()
    settled()
    assert panel.form.boxes["risk_item"].problem
    panel.form.boxes["risk_item"].editor.set_value("NK")
    panel.save()
    settled()
    panel = measure(view, settled)
    panel.form.boxes["instrument"].editor.set_value("STAR")
    assert not panel.form.boxes["scale_name"].isHidden()
    panel.form.boxes["total"].editor.set_value(4)
    panel.save()
    settled()
    assert "Write which scale this is" in panel.form.boxes["scale_name"].problem
    panel.form.boxes["scale_name"].editor.set_value("Risk matrix")
    panel.save()
    settled()

    kept = sorted((s.instrument, s.total, s.scale_name) for s in held(desk))
    assert kept == [("PHQ9", 12, ""), ("STAR", 4, "Risk matrix")]


@pytest.mark.usefixtures("case")
def test_a_risk_item_beside_a_total_makes_the_panel_no_wider(
    view: DeskView, settled: Settled
) -> None:
    panel = run(view, deeds.ADD_SCORE, settled)
    assert isinstance(panel, MeasurePanel)
    for code in ("PHQ9", "CORE10"):
        panel.form.boxes["instrument"].editor.set_value(code)
        panel.form.boxes["total"].editor.set_value(14)
        settled()
        box = panel.form.boxes["risk_item"]
        assert not box.isHidden()
        for each in box.findChildren(QRadioButton):
            if not each.isHidden():
                right = each.mapTo(panel, each.rect().bottomRight()).x()
                assert right < panel.width() - 16


@pytest.mark.parametrize("key", [deeds.MEASURE, deeds.ADD_SCORE])
def test_a_total_asks_its_risk_item_and_opens_the_prompt(
    desk: Desk, keys: Keyboard, view: DeskView, settled: Settled, key: deeds.Key
) -> None:
    panel = run(view, key, settled)
    assert isinstance(panel, MeasurePanel)
    each_key(keys, "1")
    if key is deeds.MEASURE:
        panel._turn_way()
    keys.type("12")
    assert panel.so_far.words() == "Total 12 of 27: moderate"
    keys.press(Qt.Key.Key_Return, CTRL)
    settled()
    assert panel.form.boxes["risk_item"].problem
    assert held(desk) == []

    # Nothing was answered yet: the keys are with the question, in its words.
    assert "better off dead" in _asked_now()
    each_key(keys, "2")
    assert not panel.risk.isHidden()
    keys.press(Qt.Key.Key_Return, CTRL)
    settled()
    assert held(desk) == []
    assert panel.risk.form.boxes["done"].problem
    each_key(keys, "2")
    keys.press(Qt.Key.Key_Return, CTRL)
    settled()

    (score,) = held(desk)
    with desk.store.reading() as rows:
        (answer,) = find(rows, RiskAnswer)
    assert (score.total, score.risk_item, answer.done) == (12, "2", "PLAN")


@pytest.mark.usefixtures("case")
def test_the_risk_item_is_asked_only_where_there_is_one(
    view: DeskView, settled: Settled
) -> None:
    panel = run(view, deeds.ADD_SCORE, settled)
    assert isinstance(panel, MeasurePanel)
    box = panel.form.boxes["risk_item"]
    for code, shown in (("PHQ9", True), ("GAD7", False), ("CORE10", True)):
        panel.form.boxes["instrument"].editor.set_value(code)
        assert box.isHidden() is not shown
        assert list(nameless(panel)) == []
    panel.form.boxes["total"].editor.set_value(0)
    assert box.isHidden()


def test_an_older_total_is_put_right_only_with_its_risk_item(
    desk: Desk, view: DeskView, case: tuple[str, str], settled: Settled
) -> None:
    old = Score.made(
        {"instrument": "PHQ9", "scored_on": TODAY, "total": 9, "referral_id": case[1]}
    )
    with desk.store.writing("bring in") as deed:
        deed.add(old)
    page = view.page
    assert isinstance(page, PersonPageView)
    page._load()
    settled()
    event = event_of(view, Score.TABLE)
    begin(view.frame, CHANGES[Score.TABLE][0], event, "code", print)
    settled()
    panel = view.panel
    assert isinstance(panel, CorrectScorePanel)
    panel.form.boxes["total"].editor.set_value(10)
    panel.reason.editor.set_value("misread")
    panel.save()
    settled()
    assert panel.form.boxes["risk_item"].problem

    panel.form.boxes["risk_item"].editor.set_value("1")
    panel.save()
    settled()
    assert panel.risk.form.boxes["done"].problem
    panel.risk.form.boxes["done"].editor.set_value("DISCUSSED")
    panel.save()
    settled()

    (score,) = held(desk)
    assert (score.total, score.risk_item) == (10, "1")


@pytest.mark.usefixtures("case")
def test_the_licence_line_stands_below_and_every_control_has_a_name(
    view: DeskView, settled: Settled
) -> None:
    panel = measure(view, settled)
    for code, told in instruments().items():
        panel.form.boxes["instrument"].editor.set_value(code)
        QApplication.processEvents()
        assert panel._licence.text() == told.licence
        assert list(nameless(panel)) == []


def test_a_score_is_put_right_by_its_answers_with_a_reason(
    desk: Desk, view: DeskView, case: tuple[str, str], settled: Settled
) -> None:
    asked: dict[str, Value] = {"instrument": "GAD7", "scored_on": TODAY}
    scores.add_score(desk, case[1], asked, answers=[1] * 7)
    view.frame.go("person", client_id=case[0])
    settled()
    page = view.page
    assert isinstance(page, PersonPageView)
    page._load()
    settled()
    change = CHANGES[Score.TABLE][0]
    begin(view.frame, change, event_of(view, Score.TABLE), "code", print)
    settled()
    panel = view.panel
    assert isinstance(panel, CorrectScorePanel)

    assert panel.items.answers() == (1,) * 7
    panel.items.questions[0].set_answer(3)
    panel.save()
    settled()
    assert panel.reason.problem
    assert panel.reason.visibleRegion().boundingRect() == panel.reason.rect()
    panel.reason.editor.set_value("misread")
    panel.save()
    settled()

    (score,) = held(desk)
    assert (score.total, score.items) == (9, "3,1,1,1,1,1,1")
    view.bottom.undo.click()
    settled()
    (score,) = held(desk)
    assert (score.total, score.items) == (7, "1,1,1,1,1,1,1")


@pytest.mark.usefixtures("case")
def test_gains_are_ticked_and_undone(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    panel = run(view, deeds.GAINS, settled)
    assert isinstance(panel, GainsPanel)
    panel.save()
    settled()
    assert panel.what.problem
    panel.what.editor.set_value("SLEEP WORK")
    panel.save()
    settled()
    with desk.store.reading() as rows:
        assert {each.gain for each in find(rows, FunctionalGain)} == {"SLEEP", "WORK"}
    view.bottom.undo.click()
    settled()
    with desk.store.reading() as rows:
        assert find(rows, FunctionalGain) == []


@pytest.mark.usefixtures("case")
def test_gains_counted_say_few_people_in_words(
    view: DeskView, settled: Settled
) -> None:
    ticked = run(view, deeds.GAINS, settled)
    assert isinstance(ticked, GainsPanel)
    ticked.what.editor.set_value("SLEEP")
    ticked.save()
    settled()

    panel = run(view, deeds.GAINS_COUNTED, settled)

    assert isinstance(panel, GainsCountedPanel)
    assert panel.said[0] == ("Sleeps better: fewer than 5", "")
    assert panel.said[-1][0] == "Not seen"
    assert list(nameless(panel)) == []
    panel.when.box.setCurrentIndex(1)
    panel.when.picked.emit("last")
    settled()
    assert "No gain was ticked" in panel.said[0][0]
    assert [few(0), few(4), few(5)] == ["0", "fewer than 5", "5"]
    assert days_of("last", date(2018, 5, 1)) == (date(2017, 4, 1), date(2018, 3, 31))
    assert days_of("this", date(2018, 3, 31)) == (date(2017, 4, 1), date(2018, 3, 31))


def test_what_a_session_was_for_is_said_anew_from_the_time_line(
    desk: Desk, view: DeskView, case: tuple[str, str], settled: Settled
) -> None:
    session_id = make_session(desk, case[1], TODAY, type="SUPPORT")
    support_tags.change_tags(desk, session_id, outcomes=("2",))
    page = view.page
    assert isinstance(page, PersonPageView)
    page._load()
    settled()
    change = next(c for c in CHANGES[Session.TABLE] if c.panel is not None)
    begin(view.frame, change, event_of(view, Session.TABLE), "code", print)
    settled()
    panel = view.panel
    assert isinstance(panel, TagsPanel)
    assert panel.ticks.codes() == ("2",)

    panel.ticks.set_value("4 6")
    panel.save()
    settled()

    assert support_tags.tags_of(desk, session_id) == ("4", "6")
    view.bottom.undo.click()
    settled()
    assert support_tags.tags_of(desk, session_id) == ("2",)
