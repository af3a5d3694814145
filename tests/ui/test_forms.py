"""Forms made from declarations keep every value and say what is wrong beside it."""

from datetime import date

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import (
    Count,
    Day,
    Kind,
    Moment,
    OneOf,
    Record,
    Reference,
    Text,
    TimeOfDay,
    Value,
    YesNo,
    fields_of,
)
from provider_desk.model.records import (
    RECORDS,
    Client,
    Closure,
    SafeContact,
    Session,
    WaitingEntry,
)
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.key_choice import KeyChoice
from provider_desk.ui.forms.line_editors import DayEditor, LineEditor

TODAY = date(2018, 5, 1)
OPTIONS = [("a" * 32, "The first"), ("b" * 32, "The second")]

pytestmark = pytest.mark.usefixtures("light")


def today() -> date:
    return TODAY


def samples(kind: Kind) -> list[Value]:  # noqa: PLR0911
    """Values that a field of a kind must keep; the last is the longest or oddest."""
    match kind:
        case OneOf():
            return [c.code for c in choices(kind.choices).values if c.offered]
        case Text() if kind.lines > 1:
            return ["One line", "Łódź\nsecond line\n\nthird"]
        case Text():
            return ["x", ("Zoë O'Brien-Łukasz & sons")[: kind.longest]]
        case Day():
            return [date(2018, 4, 30), date(1931, 12, 3)]
        case TimeOfDay():
            return ["00:00", "09:05", "23:59"]
        case Count():
            return [kind.low, kind.high]
        case YesNo():
            return ["Y", "N"]
        case Reference():
            return [row_id for row_id, _ in OPTIONS]
    raise AssertionError(kind)


def show_active(qtbot: QtBot, widget: QWidget) -> None:
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def form_of(record_type: type[Record]) -> RecordForm:
    names = [f.name for f in fields_of(record_type) if not isinstance(f.kind, Moment)]
    options = dict.fromkeys(names, OPTIONS)
    return RecordForm(record_type, names, today, options=options)


@pytest.mark.parametrize("record_type", RECORDS, ids=lambda r: r.TABLE)
def test_the_form_of_each_record_type_keeps_each_value(
    qtbot: QtBot, record_type: type[Record]
) -> None:
    form = form_of(record_type)
    qtbot.addWidget(form)
    lost = []

    for field in fields_of(record_type):
        if isinstance(field.kind, Moment):
            continue
        for value in samples(field.kind):
            form.set_values({field.name: value})
            if form.values()[field.name] != value:
                lost.append((field.name, value, form.values()[field.name]))

    assert lost == []


@pytest.mark.parametrize("record_type", RECORDS, ids=lambda r: r.TABLE)
def test_an_empty_form_holds_the_declared_defaults(
    qtbot: QtBot, record_type: type[Record]
) -> None:
    form = form_of(record_type)
    qtbot.addWidget(form)

    held = form.values()

    for field in fields_of(record_type):
        if not field.required and not isinstance(field.kind, Moment):
            assert held[field.name] == field.default, field.name
    assert not form.is_dirty()


def test_a_required_field_left_empty_is_asked_for_beside_it(qtbot: QtBot) -> None:
    form = RecordForm(Closure, ["closed_on", "reason"], today)
    qtbot.addWidget(form)
    form.set_values({"closed_on": TODAY})

    with pytest.raises(NotValid):
        form.read()

    assert form.boxes["reason"].problem.endswith("Reason is needed.")
    assert form.boxes["closed_on"].problem == ""


def test_a_date_is_written_out_when_the_cursor_leaves(qtbot: QtBot) -> None:
    form = RecordForm(Session, ["held_on", "worker"], today)
    qtbot.addWidget(form)
    show_active(qtbot, form)
    editor = form.boxes["held_on"].editor
    assert isinstance(editor, DayEditor)
    editor.line.setFocus()
    qtbot.keyClicks(editor.line, "30/4")
    qtbot.keyClick(editor.line, Qt.Key.Key_Tab)

    assert editor.line.text() == "Mon 30 Apr 2018"
    assert form.values()["held_on"] == date(2018, 4, 30)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("held_on", "31/2", "“31/2” is not a date"),
        ("starts_at", "25:99", "“25:99” is not a time"),
        ("type", "nothing so", "“nothing so” is not in the list"),
    ],
)
def test_what_is_not_understood_is_said_when_the_cursor_leaves(
    qtbot: QtBot, name: str, typed: str, said: str
) -> None:
    form = RecordForm(Session, [name, "worker"], today)
    qtbot.addWidget(form)
    show_active(qtbot, form)
    box = form.boxes[name]
    box.editor.setFocus()
    qtbot.keyClicks(box.editor.inner, typed)
    quiet = box.problem
    qtbot.keyClick(box.editor.inner, Qt.Key.Key_Tab)

    assert quiet == ""
    assert said in box.problem
    box.editor.setFocus()
    qtbot.keyClicks(box.editor.inner, "x")
    assert box.problem == ""


def test_words_that_are_no_line_do_not_become_the_first_one(qtbot: QtBot) -> None:
    """Else "lost" and two keys would close an episode as completed."""
    form = RecordForm(Closure, ["reason", "closed_on"], today)
    qtbot.addWidget(form)
    show_active(qtbot, form)
    editor = form.boxes["reason"].editor
    editor.setFocus()
    qtbot.keyClicks(editor.inner, "no such words")
    qtbot.keyClick(editor.inner, Qt.Key.Key_Down)
    qtbot.keyClick(editor.inner, Qt.Key.Key_Return)

    assert editor.value() is None
    assert editor.typed() == "no such words"
    assert "is not in the list" in form.boxes["reason"].problem


def test_arrow_keys_move_a_date_by_a_day(qtbot: QtBot) -> None:
    form = RecordForm(Session, ["held_on"], today)
    qtbot.addWidget(form)
    form.set_values({"held_on": TODAY})
    editor = form.boxes["held_on"].editor
    assert isinstance(editor, DayEditor)

    qtbot.keyClick(editor.line, Qt.Key.Key_Down)
    qtbot.keyClick(editor.line, Qt.Key.Key_Down)

    assert editor.value() == date(2018, 4, 29)


def test_what_is_no_date_is_said_in_words_and_never_saved(qtbot: QtBot) -> None:
    form = RecordForm(Closure, ["closed_on", "reason"], today)
    qtbot.addWidget(form)
    form.set_values({"reason": "COMPLETED"})
    editor = form.boxes["closed_on"].editor
    assert isinstance(editor, DayEditor)
    editor.line.setText("31/4")

    with pytest.raises(NotValid):
        form.read()

    assert "“31/4” is not a date" in form.boxes["closed_on"].problem


@pytest.mark.parametrize("typed", ["--5", "5-", "1e9", "½", "٣٣x", "-"])
def test_what_is_no_number_is_said_in_words(qtbot: QtBot, typed: str) -> None:
    form = RecordForm(Session, ["minutes"], today)
    qtbot.addWidget(form)
    editor = form.boxes["minutes"].editor

    editor.retype(typed)

    assert editor.value() is None
    assert editor.problem() == f"“{typed}” is not a whole number."


def test_what_is_too_long_is_said_and_never_cut(qtbot: QtBot) -> None:
    form = RecordForm(SafeContact, ["must_not_know"], today)
    qtbot.addWidget(form)
    editor = form.boxes["must_not_know"].editor
    assert isinstance(editor, LineEditor)
    QApplication.clipboard().setText("her brother, who " * 20)

    editor.line.paste()
    with pytest.raises(NotValid):
        form.read()

    assert editor.value() == ("her brother, who " * 20).strip()
    assert "200 letters at most" in form.boxes["must_not_know"].problem


def test_lines_pasted_into_one_line_become_one(qtbot: QtBot) -> None:
    form = RecordForm(Client, ["known_as"], today)
    qtbot.addWidget(form)
    editor = form.boxes["known_as"].editor
    assert isinstance(editor, LineEditor)
    QApplication.clipboard().setText("Kim\nInvented\x00")

    editor.line.paste()

    assert editor.value() == "Kim Invented"


def test_a_wait_does_not_end_by_hand_as_started(qtbot: QtBot) -> None:
    """It would end without an episode; the first attended session ends it."""
    form = RecordForm(WaitingEntry, ["removal_reason"], today)
    qtbot.addWidget(form)
    editor = form.boxes["removal_reason"].editor
    assert isinstance(editor, ChoiceEditor)
    words = [editor.list.itemText(row) for row in range(editor.list.count())]

    assert "Started (normal end)" not in words
    assert "Person declined the offer" in words
    editor.set_value("STARTED")
    assert editor.value() == "STARTED"


def test_part_of_the_words_finds_a_line_of_a_list(qtbot: QtBot) -> None:
    form = RecordForm(Closure, ["reason", "decided_by"], today)
    qtbot.addWidget(form)
    show_active(qtbot, form)
    editor = form.boxes["reason"].editor
    assert isinstance(editor, ChoiceEditor)
    editor.list.setFocus()
    line = editor.list.lineEdit()
    assert line is not None
    qtbot.keyClicks(line, "stopped")
    qtbot.keyClick(QApplication.activePopupWidget() or line, Qt.Key.Key_Tab)

    assert form.values()["reason"] == "DISENGAGED"


def test_enter_takes_the_only_line_that_the_words_can_mean(qtbot: QtBot) -> None:
    form = form_of(Closure)
    qtbot.addWidget(form)
    show_active(qtbot, form)
    form.go_to("reason")
    editor = form.boxes["reason"].editor
    assert isinstance(editor, ChoiceEditor)

    editor.list.setEditText("moved")
    qtbot.keyClick(editor.list, Qt.Key.Key_Return)

    assert editor.value() == "MOVED"


def test_part_of_the_words_is_enough_where_it_is_saved_at_once(qtbot: QtBot) -> None:
    """Ctrl+Enter leaves the cursor in the list, so nothing completed the words."""
    form = RecordForm(Closure, ["reason"], today)
    qtbot.addWidget(form)
    editor = form.boxes["reason"].editor
    assert isinstance(editor, ChoiceEditor)
    editor.list.setEditText("stopped")

    assert form.read()["reason"] == "DISENGAGED"


def test_what_is_typed_into_a_list_takes_the_place_of_what_stands_there(
    qtbot: QtBot,
) -> None:
    form = RecordForm(Closure, ["closed_on", "reason"], today)
    qtbot.addWidget(form)
    form.set_values({"reason": "OTHER"})
    show_active(qtbot, form)
    editor = form.boxes["reason"].editor
    assert isinstance(editor, ChoiceEditor)
    form.go_to("reason")
    line = editor.list.lineEdit()
    assert line is not None
    qtbot.keyClicks(line, "stopped")

    assert editor.list.currentText() == "stopped"


def test_back_from_another_window_typing_goes_on_in_a_list(qtbot: QtBot) -> None:
    form = RecordForm(Closure, ["reason"], today)
    qtbot.addWidget(form)
    show_active(qtbot, form)
    editor = form.boxes["reason"].editor
    assert isinstance(editor, ChoiceEditor)
    form.go_to("reason")
    line = editor.list.lineEdit()
    assert line is not None
    qtbot.keyClicks(line, "stop")
    back = QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(editor.list, back)
    qtbot.keyClicks(line, "ped")

    assert editor.list.currentText() == "stopped"


def test_words_that_are_in_no_list_are_refused(qtbot: QtBot) -> None:
    form = RecordForm(Closure, ["closed_on", "reason"], today)
    qtbot.addWidget(form)
    form.set_values({"closed_on": TODAY})
    editor = form.boxes["reason"].editor
    assert isinstance(editor, ChoiceEditor)
    editor.list.setEditText("because")

    with pytest.raises(NotValid):
        form.read()

    assert "is not in the list" in form.boxes["reason"].problem


def test_the_name_of_a_list_for_a_screen_reader_comes_from_its_label(
    qtbot: QtBot,
) -> None:
    """A combo box is always named by its text, so the label must be its buddy."""
    form = RecordForm(Session, ["type", "mode", "held_on"], today)
    qtbot.addWidget(form)

    for box in form.boxes.values():
        assert box.label.buddy() is box.editor.inner
        assert box.editor.inner.accessibleName().startswith(box.kind.label)
    assert isinstance(form.boxes["type"].editor.inner, QComboBox)


def test_what_is_usual_never_overwrites_what_was_typed(qtbot: QtBot) -> None:
    form = RecordForm(Session, ["type", "minutes"], today)
    qtbot.addWidget(form)
    form.set_values({})
    form.boxes["minutes"].editor.set_value(25)

    form.fill({"minutes": 50, "type": "SUPPORT"})

    assert form.values() == {"type": "SUPPORT", "minutes": 25}


def test_a_problem_goes_when_its_field_is_typed_into(qtbot: QtBot) -> None:
    form = RecordForm(Closure, ["closed_on", "reason"], today)
    qtbot.addWidget(form)
    form.show_problems([Problem("closed_on", "Closed before it began.")])

    form.boxes["closed_on"].editor.set_value(TODAY)

    assert form.boxes["closed_on"].problem == ""


def test_problems_of_a_long_form_are_listed_at_the_top(qtbot: QtBot) -> None:
    form = form_of(Client)
    qtbot.addWidget(form)

    form.show_problems([Problem("born_on", "Born tomorrow.")])

    assert not form.problem_list.isHidden()


def test_a_digit_picks_the_line_that_carries_it(qtbot: QtBot) -> None:
    kind = next(f.kind for f in fields_of(Session) if f.name == "attendance")
    assert isinstance(kind, OneOf)
    editor = KeyChoice(kind)
    qtbot.addWidget(editor)
    show_active(qtbot, editor)
    editor.setFocus()

    with qtbot.waitSignal(editor.picked):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_3)

    assert editor.value() == "DNA"


def test_a_window_may_be_deleted_while_somebody_types_into_a_field(
    qtbot: QtBot,
) -> None:
    """Leaving the list completes its words, when what holds it is half gone."""
    for name, typed in (("reason", "stopped"), ("closed_on", "3 apr")):
        window = QWidget()
        form = RecordForm(Closure, ["closed_on", "reason"], today)
        QVBoxLayout(window).addWidget(form)
        show_active(qtbot, window)
        form.go_to(name)
        focused = QApplication.focusWidget()
        assert focused is not None
        line = focused.lineEdit() if isinstance(focused, QComboBox) else focused
        qtbot.keyClicks(line, typed)

        with qtbot.captureExceptions() as raised:
            shiboken6.delete(window)

        assert raised == []
