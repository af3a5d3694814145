"""Putting two records together in the window: choose, compare, do, undo."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from provider_desk.model.records import Client, PersonMerge
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.change_event import CHANGES, ChangePanel
from provider_desk.ui.pages.people import PeoplePage
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.pages.referring.merge_panel import MergePanel
from tests.builders.casework import make_client, make_waiting, signed_in_as
from tests.builders.windows import CTRL, Keyboard, new_window, settle, view_of

Settled = Callable[[], None]


def pair(desk: Desk) -> tuple[str, str]:
    kept = make_client(desk, known_as="Zed", family_name="Invented")
    return kept, make_client(desk, known_as="Zedda", mobile="07700 900222")


def standing(desk: Desk) -> set[str]:
    with desk.store.reading() as rows:
        return {each.id for each in find(rows, Client)}


def panel_of(view: DeskView) -> MergePanel:
    panel = view.panel
    assert isinstance(panel, MergePanel)
    return panel


def test_two_records_are_put_together_by_keyboard_and_undone(
    desk: Desk, view: DeskView, window: MainWindow, settled: Settled, qtbot: QtBot
) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    kept, gone = pair(desk)
    referral_id = make_waiting(desk, gone)
    view.frame.go("person", client_id=kept)
    settled()
    keys = Keyboard(window)

    keys.press(Qt.Key.Key_G, CTRL)
    keys.press(Qt.Key.Key_M)
    settled()
    panel = panel_of(view)
    assert "Zedda" in panel.picker.list.item(0).text()
    keys.press(Qt.Key.Key_Return, CTRL)
    assert "Choose the other record first." in panel.banner.words
    keys.press(Qt.Key.Key_Return)
    settled()
    assert panel.compare is not None
    words = "\n".join(each.text() for each in panel.compare.findChildren(QLabel))
    assert "Referral: 1" in words
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return, CTRL)
    settled()

    assert standing(desk) == {kept}
    page = people.person(desk, kept)
    assert [card.referral.id for card in page.referrals] == [referral_id]
    assert (page.client.known_as, page.client.mobile) == ("Zedda", "07700 900222")
    assert isinstance(view.page, PersonPageView)
    assert view.page.person_shown() == kept
    keys.press(Qt.Key.Key_Z, CTRL)
    settled()
    assert standing(desk) == {kept, gone}
    assert people.person(desk, kept).client.known_as == "Zed"


def test_the_other_code_can_stay_instead(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    kept, gone = pair(desk)
    panel = MergePanel(view.frame, kept, "code", other_id=gone)
    view.frame.open_panel(panel)
    settled()

    panel.swap.click()
    settled()
    panel.save()
    settled()

    assert standing(desk) == {gone}


def test_they_are_taken_apart_later_from_the_time_line(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    kept, gone = pair(desk)
    panel = MergePanel(view.frame, kept, "code", other_id=gone)
    view.frame.open_panel(panel)
    settled()
    panel.save()
    settled()
    (line,) = people.person(desk, kept).part.events
    assert line.title.startswith("Put together with ")

    (change,) = CHANGES[PersonMerge.TABLE]
    asked = ChangePanel(view.frame, change, line, "code", {})
    view.frame.open_panel(asked)
    assert asked.reason is not None
    asked.save()
    assert asked.reason.problem
    asked.reason.editor.set_value("They are two people")
    asked.save()
    settled()

    assert standing(desk) == {kept, gone}
    (line,) = people.person(desk, kept).part.events
    assert line.title.startswith("Taken apart from ")


def test_possible_duplicates_are_listed_compared_and_let_be(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    pair(desk)
    view.frame.go("people")
    settled()
    page = view.page
    assert isinstance(page, PeoplePage)

    page.twice.click()
    settled()
    (found,) = page.alike.model.rows
    assert found.why == "date of birth, name alike"
    page.alike.table.setFocus()
    Keyboard(page.alike.table).press(Qt.Key.Key_Return)
    settled()
    panel_of(view).different.click()
    settled()

    assert page.alike.model.rows == []
    assert page.alike.table.isHidden()
    page.twice.click()
    assert not page.table.isHidden()


def test_who_may_not_put_records_together_is_not_shown_how(
    desk: Desk, light: None, qtbot: QtBot
) -> None:
    kept, _ = pair(desk)
    other = signed_in_as(desk, "CASEWORKER", "RI")
    make_waiting(desk, kept)
    window = new_window(qtbot, other, desk.folder / "other.ini")
    del light
    view = view_of(window)
    view.frame.go("people")
    settle(qtbot, window)
    page = view.page
    assert isinstance(page, PeoplePage)
    assert page.twice.isHidden()

    view.frame.go("person", client_id=kept)
    settle(qtbot, window)

    (offer,) = [each for each in view.offers() if each.key is deeds.MERGE_PEOPLE]
    assert "role may not" in offer.why_not
    window.tasks.wait()
