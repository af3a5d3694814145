"""The privacy view: on every page and in every panel nothing personal is to be seen.

A desk is filled with words of its own for each personal field; then every place and
every deed is opened, and all that a window shows is read. The same search without the
privacy view finds them, so that it is known to find.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pytest
from PySide6.QtCore import QAbstractTableModel, QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from provider_desk.model.fields import Value
from provider_desk.services.casework import episodes, people
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.finder import Finder
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.case_picker import CasePicker
from provider_desk.ui.pages.change_event import CHANGES
from provider_desk.ui.pages.event_panel import EventPanel, begin
from provider_desk.ui.pages.log_session import LogSessionPanel
from provider_desk.ui.pages.waiting.contact_panel import ContactPanel
from provider_desk.ui.pages.waiting_list import WaitingListPage
from provider_desk.ui.parts.words import strong
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.veil import HIDDEN, Veil, is_covered
from tests.builders.casework import (
    make_client,
    make_referral,
    make_session,
    make_waiting,
)

Settled = Callable[[], None]

CODE = "I-0777"
WORDS: Mapping[str, str] = {
    "known_as": "Canaryknown",
    "given_names": "Canarygiven",
    "family_name": "Canaryfamily",
    "previous_names": "Canaryprevious",
    "mobile": "07700900555",
    "landline": "02079460555",
    "email": "canary@example.org",
    "address": "Canarystreet 5",
    "postcode": "ZZ9 9ZZ",
    "access_needs": "Canaryneeds",
}
BORN = date(1971, 11, 23)
RULE, NOTE, OTHER_NOTE = "Canaryrule", "Canarynote", "Canarycontact"
#: What may not be seen, however it is written.
PERSONAL = [
    *("Canary", "canary", "07700900555", "02079460555", "ZZ9"),
    *("23 Nov 1971", "1971"),
]


@pytest.fixture
def client_id(desk: Desk) -> str:
    """Somebody in support, with words of their own in every personal field."""
    made = make_client(desk, **WORDS, born_on=BORN, code=CODE)
    rule: Mapping[str, Value] = {"permission": "YES_RULES", "rules": RULE}
    set_safe_contact(desk, made, "MOBILE", rule)
    referral_id = make_waiting(desk, made)
    make_session(desk, referral_id, date(2017, 10, 3))
    make_session(desk, referral_id, date(2018, 4, 27), "UNREC")
    make_session(desk, referral_id, date(2018, 5, 1), "UNREC")
    make_referral(desk, made, area="PES_AD", note=NOTE)
    person = people.person(desk, made)
    (episode,) = [each for each in person.episodes if not each.closed_on]
    plan: Mapping[str, Value] = {"success": NOTE, "made_on": date(2018, 4, 1)}
    episodes.add_exit_strategy(desk, episode.episode_id, plan)
    return made


@pytest.fixture
def waiting_id(desk: Desk) -> str:
    """Somebody who waits, with the same words."""
    made = make_client(desk, **WORDS, born_on=BORN, code="I-0778")
    rule: Mapping[str, Value] = {"permission": "YES_RULES", "rules": RULE}
    set_safe_contact(desk, made, "MOBILE", rule)
    return make_waiting(desk, made)


def words_in(window: QWidget) -> Iterator[str]:
    """All that can be read in a window or pointed at, but for what is covered."""
    yield window.windowTitle()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or is_under_cover(widget):
            continue
        yield widget.toolTip()
        yield widget.accessibleName()
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()
        elif isinstance(widget, QComboBox):
            yield widget.currentText()
        elif isinstance(widget, QAbstractItemView):
            yield from cells_of(widget)


def is_under_cover(widget: QWidget | None) -> bool:
    while widget is not None:
        if is_covered(widget):
            return True
        widget = widget.parentWidget()
    return False


def cells_of(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    for row in range(model.rowCount()):
        for column in range(columns):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.index(row, column).data(role) or "")


def seen(window: QWidget) -> list[str]:
    """Personal words that can be read now."""
    return [text for text in words_in(window) if any(p in text for p in PERSONAL)]


def rest(view: DeskView) -> None:
    """Wait until what was asked for is shown."""
    for _ in range(3):
        while not view.frame.tasks.idle():
            QApplication.processEvents()
        QApplication.processEvents()


def person(view: DeskView, client_id: str) -> None:
    view.go("person", {"client_id": client_id})


def event(table: str) -> Callable[[DeskView, str], None]:
    def run(view: DeskView, client_id: str) -> None:
        person(view, client_id)
        found = people.person(view.frame.desk, client_id).events
        (first, *_) = [each for each in found if each.table == table]
        view.frame.open_panel(EventPanel(view.frame, first, CODE))

    return run


def change(table: str) -> Callable[[DeskView, str], None]:
    def run(view: DeskView, client_id: str) -> None:
        person(view, client_id)
        found = people.person(view.frame.desk, client_id).events
        (first, *_) = [each for each in found if each.table == table]
        begin(view.frame, CHANGES[table][0], first, CODE, view.frame.failed.emit)

    return run


def deed(words: str) -> Callable[[DeskView, str], None]:
    def run(view: DeskView, client_id: str) -> None:
        person(view, client_id)
        rest(view)
        assert view.page is not None
        (offer,) = [o for o in view.page.offers() if o.key.words == words]
        offer.run()

    return run


def contact(view: DeskView, _client_id: str) -> None:
    view.go("waiting", {})
    rest(view)
    page = view.page
    assert isinstance(page, WaitingListPage)
    page.open_row(page.model.rows[0])
    rest(view)
    assert isinstance(view.panel, ContactPanel)
    view.panel.form.boxes["note"].editor.set_value(OTHER_NOTE)


def pick(view: DeskView, _client_id: str) -> None:
    view.frame.open_panel(LogSessionPanel(view.frame))


def note(view: DeskView, client_id: str) -> None:
    person(view, client_id)
    panel = LogSessionPanel(view.frame, client_id)
    view.frame.open_panel(panel)
    rest(view)
    panel.picker.list.setCurrentRow(0)
    panel.picker._enter()
    panel.form.boxes["note"].editor.set_value(NOTE)


def find(view: DeskView, _client_id: str) -> None:
    finder: Finder = view.finder
    finder.edit.setFocus()
    QTest.keyClicks(finder.edit, "Canaryknown")


def alike(view: DeskView, _client_id: str) -> None:
    view.go("people", {"add": True})
    rest(view)
    assert view.panel is not None
    view.panel.retype({"client.known_as": "Canaryknown"})
    # People alike are looked for when somebody stops typing.
    QTest.qWait(300)
    rest(view)


def place(name: str) -> Callable[[DeskView, str], None]:
    return lambda view, _client_id: view.go(name, {})


WHERE = {
    "today": place("today"),
    "people": place("people"),
    "waiting": place("waiting"),
    "person": person,
    "a referral": event("referral"),
    "a strategy": event("exit_strategy"),
    "changing a referral": change("referral"),
    "details": deed("Change details"),
    "safe contact": deed("Change safe contact"),
    "exit strategy": deed("Exit strategy"),
    "contact": contact,
    "picking a case": pick,
    "a note": note,
    "finding": find,
    "people alike": alike,
}


@pytest.mark.usefixtures("waiting_id")
@pytest.mark.parametrize("where", WHERE.values(), ids=WHERE.keys())
def test_nothing_personal_is_seen_from_the_moment_the_privacy_view_is_on(
    view: DeskView,
    window: MainWindow,
    client_id: str,
    settled: Settled,
    qtbot: QtBot,
    where: Callable[[DeskView, str], None],
) -> None:
    where(view, client_id)
    settled()
    qtbot.waitUntil(lambda: bool(seen(window)), timeout=20_000)

    view.frame.set_privacy(True)

    assert seen(window) == []
    view.frame.set_privacy(False)
    assert seen(window) or where is find


@pytest.mark.usefixtures("waiting_id")
@pytest.mark.parametrize("where", WHERE.values(), ids=WHERE.keys())
def test_nothing_personal_is_seen_where_one_comes_with_the_privacy_view_on(
    view: DeskView,
    window: MainWindow,
    client_id: str,
    settled: Settled,
    where: Callable[[DeskView, str], None],
) -> None:
    view.frame.set_privacy(True)

    where(view, client_id)
    settled()

    focus = QApplication.focusWidget()
    if focus is not None:
        # What is being typed is seen by who types it; look at all the rest.
        focus.clearFocus()
    assert seen(window) == []


def test_the_same_words_come_back_when_it_is_turned_off(
    view: DeskView, window: MainWindow, client_id: str, settled: Settled
) -> None:
    person(view, client_id)
    settled()
    before = sorted(words_in(window))

    view.frame.set_privacy(True)
    view.frame.set_privacy(False)

    assert sorted(words_in(window)) == before


def test_how_it_was_left_is_remembered(
    view: DeskView, preferences: Preferences, tmp_path: object
) -> None:
    view.frame.set_privacy(True)

    preferences._settings.sync()
    assert Preferences(preferences._path).veil.hidden
    assert tmp_path


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[QLineEdit]:
    """A shown field beside another one."""
    held = QWidget()
    qtbot.addWidget(held)
    column = QVBoxLayout(held)
    made, other = QLineEdit("Canaryname"), QLineEdit()
    column.addWidget(other)
    column.addWidget(made)
    held.show()
    with qtbot.waitActive(held):
        held.activateWindow()
    yield made
    held.close()


def test_a_field_is_seen_by_who_goes_into_it_and_covered_when_it_is_left(
    line: QLineEdit,
) -> None:
    veil = Veil(hidden=True)
    veil.over(line)
    covered = [is_covered(line)]

    line.setFocus(Qt.FocusReason.OtherFocusReason)
    covered.append(is_covered(line))
    line.clearFocus()
    line.setFocus(Qt.FocusReason.TabFocusReason)
    covered.append(is_covered(line))
    line.clearFocus()
    covered.append(is_covered(line))

    assert covered == [True, True, False, True]


def test_turning_it_on_covers_the_field_that_is_being_typed_in(line: QLineEdit) -> None:
    veil = Veil()
    veil.over(line)
    line.setFocus(Qt.FocusReason.MouseFocusReason)
    before = is_covered(line)

    veil.turn(hidden=True)

    assert not before
    assert is_covered(line)


def test_an_empty_field_that_is_typed_in_stays_in_sight(line: QLineEdit) -> None:
    veil = Veil(hidden=True)
    line.clear()
    veil.over(line)

    line.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClicks(line, "abc")

    assert not is_covered(line)


def test_a_covered_field_paints_nothing_of_what_it_holds(line: QLineEdit) -> None:
    veil = Veil()
    veil.over(line)
    line.setText("Canary one")
    veil.turn(hidden=True)
    one = line.grab().toImage()
    line.setText("Another, much longer")
    another = line.grab().toImage()
    veil.turn(hidden=False)

    assert one == another
    assert line.grab().toImage() != another


def test_a_covered_field_has_no_tip_to_point_at(line: QLineEdit) -> None:
    veil = Veil(hidden=True)
    veil.over(line)
    line.setToolTip("Canaryname")
    at = QPoint(2, 2)

    taken = QApplication.sendEvent(line, QHelpEvent(QEvent.Type.ToolTip, at, at))

    assert taken


def test_another_window_in_front_covers_what_was_being_typed(line: QLineEdit) -> None:
    veil = Veil(hidden=True)
    veil.over(line)
    line.setFocus(Qt.FocusReason.MouseFocusReason)

    reason = Qt.FocusReason.ActiveWindowFocusReason
    QApplication.sendEvent(line, QFocusEvent(QEvent.Type.FocusOut, reason))
    QApplication.sendEvent(line, QFocusEvent(QEvent.Type.FocusIn, reason))

    assert is_covered(line)


def test_a_label_says_other_words_and_new_ones_later(qtbot: QtBot) -> None:
    veil = Veil()
    label = veil.over(strong("Canaryname"), "I-1")
    qtbot.addWidget(label)
    said = [label.text()]

    veil.turn(hidden=True)
    said.append(label.text())
    veil.say(label, "Canaryother")
    said.append(label.text())
    veil.turn(hidden=False)
    said.append(label.text())

    assert said == ["Canaryname", "I-1", HIDDEN, "Canaryother"]


def test_the_picker_offers_codes_while_names_are_hidden(
    view: DeskView, client_id: str, settled: Settled
) -> None:
    assert client_id
    picker = CasePicker(view.frame)
    picker.start()
    settled()

    view.frame.set_privacy(True)
    hidden = [picker.list.item(n).text() for n in range(picker.list.count())]

    assert any(CODE in text for text in hidden)
    picker.deleteLater()
