"""The time line by episodes, its list of kinds, and the menu of deeds, by keyboard."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from provider_desk.model.fields import Value
from provider_desk.model.views import Event, EventKind
from provider_desk.services.casework import episodes
from provider_desk.services.casework.course.grouping import EventGroup
from provider_desk.services.casework.measuring import scores
from provider_desk.services.desk import Desk
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.course.kind_filter import MOST_BUTTONS, KindFilter
from provider_desk.ui.pages.event_panel import EventPanel
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.pages.time_line import TimeLine
from provider_desk.ui.tables.rows import ROW
from tests.builders.casework import make_client, make_episode, make_session

Settled = Callable[[], None]
LEFT, RIGHT, ENTER = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return


@pytest.fixture
def page(desk: Desk, view: DeskView, settled: Settled) -> PersonPageView:
    """Somebody with an episode and what was before it, opened."""
    client_id = make_client(desk)
    referral_id, episode_id = make_episode(desk, client_id)
    make_session(desk, referral_id, date(2017, 9, 19), "DNA")
    score: dict[str, Value] = {"instrument": "PHQ9", "total": 9, "risk_item": "0"}
    scores.add_score(desk, referral_id, score)
    episodes.add_exit_strategy(desk, episode_id, {"made_on": date(2018, 1, 9)})
    view.frame.go("person", client_id=client_id)
    settled()
    assert isinstance(view.page, PersonPageView)
    return view.page


def lines(line: TimeLine) -> list[str]:
    """What stands there: headings by their title, events by theirs."""
    rows = [line.model.index(n).data(ROW) for n in range(line.model.rowCount())]
    return [f"# {r.title}" if isinstance(r, EventGroup) else r.title for r in rows]


def test_it_stands_by_episodes_with_what_was_before_below(page: PersonPageView) -> None:
    found = lines(page.time_line)
    headings = [each for each in found if each.startswith("# ")]

    assert len(headings) == 2
    assert headings[1] == "# Referral and waiting"
    before = found[found.index(headings[1]) :]
    assert "Counselling / therapy: Did not come, no message" in before


def test_left_folds_an_episode_up_from_any_of_its_lines_and_right_opens_it(
    page: PersonPageView,
) -> None:
    line = page.time_line
    whole = lines(line)
    line.view.setCurrentIndex(line.model.index(2))

    QTest.keyClick(line.view, LEFT)
    folded = lines(line)
    said = str(line.view.currentIndex().data())
    QTest.keyClick(line.view, RIGHT)

    assert folded[0] == whole[0]
    assert folded[1] == "# Referral and waiting"
    assert said.endswith("folded up")
    assert lines(line) == whole


def test_enter_on_a_heading_folds_and_on_an_event_opens_it(
    view: DeskView, page: PersonPageView, settled: Settled
) -> None:
    line = page.time_line
    line.view.setCurrentIndex(line.model.index(0))
    QTest.keyClick(line.view, ENTER)
    assert lines(line)[1] == "# Referral and waiting"
    QTest.keyClick(line.view, ENTER)

    line.view.setCurrentIndex(line.model.index(1))
    QTest.keyClick(line.view, ENTER)
    settled()

    assert isinstance(view.panel, EventPanel)


def test_what_is_looked_for_is_seen_though_its_part_is_folded_up(
    page: PersonPageView,
) -> None:
    line = page.time_line
    line.view.setCurrentIndex(line.model.index(0))
    QTest.keyClick(line.view, LEFT)

    line.search.setText("PHQ-9")

    (found,) = [each for each in lines(line) if not each.startswith("# ")]
    assert found.startswith("PHQ-9")


def test_many_kinds_stand_in_a_list_and_few_as_buttons(qtbot: QtBot) -> None:
    chosen: list[EventKind | None] = []
    kinds = KindFilter(chosen.append)
    qtbot.addWidget(kinds)
    few = list(EventKind)[:MOST_BUTTONS]
    kinds.set_kinds(few)
    assert len(kinds.buttons) == MOST_BUTTONS + 1
    assert kinds.pick.isHidden()

    kinds.set_kinds(list(EventKind))
    kinds.pick.set_code(EventKind.EXIT.value)
    kinds.pick.picked.emit(kinds.pick.code())

    assert kinds.buttons == {}
    assert not kinds.pick.isHidden()
    assert chosen == [EventKind.EXIT]


def test_a_kind_that_is_gone_is_no_filter_any_more(page: PersonPageView) -> None:
    line = page.time_line
    line.kinds.pick.set_code(EventKind.SCORE.value)
    line.kinds.pick.picked.emit(EventKind.SCORE.value)
    assert any(each.startswith("PHQ-9") for each in lines(line))
    events = [e for e in line.model.events if e.kind is not EventKind.SCORE]

    line.set_groups([EventGroup("", date.min, "", "", tuple(events))])

    assert len(lines(line)) == len(events)
    assert all(isinstance(e, Event) for e in events)


def test_the_menu_shows_keys_and_says_why_something_can_not_be_done(
    page: PersonPageView,
) -> None:
    page.menu.fill()
    texts = [
        action.text()
        for heading in page.menu.actions()
        for menu in [heading.menu()]
        if menu is not None
        for action in menu.actions()  # type: ignore[attr-defined]
    ]

    assert f"{deeds.PAUSE.words}\tCtrl+G P" in texts
    assert "Back from a pause: nobody is paused here" in texts
    assert not any(text.startswith(deeds.MORE.words) for text in texts)


def test_somebody_else_is_read_from_the_newest_on_whatever_was_shown_before(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    people = []
    for _ in range(2):
        client_id = make_client(desk)
        referral_id, _ = make_episode(desk, client_id)
        for day in range(2, 28):
            make_session(desk, referral_id, date(2018, 3, day))
        people.append(client_id)
    view.frame.go("person", client_id=people[0])
    settled()
    page = view.page
    assert isinstance(page, PersonPageView)
    bar = page.time_line.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    page.time_line.kinds.buttons[EventKind.SESSION].click()
    before = bar.value()

    view.frame.go("person", client_id=people[1])
    settled()

    assert before > 0
    assert page.time_line.view.verticalScrollBar().value() == 0
    assert page.time_line.kinds.kind is None
