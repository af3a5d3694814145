"""The office page: feedback, the staff register, contracts, accounts, by keyboard."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.model.fields import Value
from provider_desk.model.months import add_months
from provider_desk.model.office_rows import Standing
from provider_desk.model.records import Feedback, Training
from provider_desk.services.desk import Desk
from provider_desk.services.office import feedback, register
from provider_desk.store.records import find
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.office import OfficePage
from provider_desk.ui.pages.officing.export_panel import (
    ExportRegisterPanel,
    usual_folder,
)
from provider_desk.ui.pages.officing.feedback import FeedbackPanel, FeedbackSection
from provider_desk.ui.pages.officing.register import RegisterSection
from provider_desk.ui.pages.officing.register_panel import RegisterPanel
from provider_desk.ui.pages.officing.take_back_panel import TakeBackPanel
from provider_desk.ui.pages.today import TodayPage
from provider_desk.ui.preferences import Preferences
from tests.builders.casework import TODAY, make_client, signed_in_as
from tests.builders.windows import CTRL, Keyboard, settle, view_of

KEY = Qt.Key
Settled = Callable[[], None]


def opened(view: DeskView, settled: Settled, part: str) -> QWidget:
    view.frame.go("office", part=part)
    settled()
    page = view.page
    assert isinstance(page, OfficePage)
    return page.sections[part]


def heard(desk: Desk) -> list[Feedback]:
    with desk.store.reading() as rows:
        return find(rows, Feedback)


def test_feedback_is_recorded_by_keyboard_and_undone(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    opened(view, settled, "feedback")
    keys.press(KEY.Key_Return)
    settled()
    panel = view.panel
    assert isinstance(panel, FeedbackPanel)
    panel.form.boxes["kind"].editor.set_value("SAID")
    panel.form.go_to("heard")
    keys.type("Evening hours are wanted.")
    keys.press(KEY.Key_Return, CTRL)
    settled()
    assert [row.heard for row in heard(desk)] == ["Evening hours are wanted."]

    keys.press(KEY.Key_Z, CTRL)
    settled()

    assert heard(desk) == []


def test_a_name_is_refused_beside_its_field(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    make_client(desk, known_as="Zelda")
    opened(view, settled, "feedback")
    keys.press(KEY.Key_Return)
    settled()
    panel = view.panel
    assert isinstance(panel, FeedbackPanel)
    panel.form.boxes["kind"].editor.set_value("SAID")
    panel.form.go_to("heard")
    keys.type("Zelda said so.")
    keys.press(KEY.Key_Return, CTRL)
    settled()

    assert view.panel is panel
    assert "Zelda" in panel.form.boxes["heard"].problem
    assert heard(desk) == []


def test_what_changed_is_said_on_the_line_that_was_heard(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    feedback.record_feedback(desk, {"kind": "SAID", "heard": "Too loud."})
    section = opened(view, settled, "feedback")
    assert isinstance(section, FeedbackSection)
    section.table.setFocus()
    section.table.selectRow(0)
    keys.press(KEY.Key_Return)
    settled()

    keys.type("The radio is off.")
    keys.press(KEY.Key_Return, CTRL)
    settled()

    (row,) = heard(desk)
    assert (row.what_changed, row.changed_on) == ("The radio is off.", desk.today())


def test_taking_back_wants_a_reason(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    row_id, _ = feedback.record_feedback(desk, {"kind": "SAID", "heard": "Loud."})
    (row,) = heard(desk)
    opened(view, settled, "feedback")
    view.frame.open_panel(FeedbackPanel(view.frame, row, ()))
    assert isinstance(view.panel, FeedbackPanel)
    view.panel._take_back()
    panel = view.panel
    assert isinstance(panel, TakeBackPanel)

    keys.press(KEY.Key_Return, CTRL)
    settled()
    assert panel.reason.problem
    assert row_id in {each.id for each in heard(desk)}

    keys.type("written twice")
    keys.press(KEY.Key_Return, CTRL)
    settled()
    assert heard(desk) == []

    view.bottom.undo.click()
    settled()
    assert {each.id for each in heard(desk)} == {row_id}


def test_training_that_was_taken_back_stands_again(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    values: dict[str, Value] = {"kind": "DATA", "done_on": TODAY}
    register.record_entry(desk, register.TRAINING, desk.user.id, values)
    section = opened(view, settled, "register")
    assert isinstance(section, RegisterSection)
    section._open(section.model.rows[0])
    assert isinstance(view.panel, RegisterPanel)
    view.panel._take_back()
    keys.type("somebody else's")
    keys.press(KEY.Key_Return, CTRL)
    settled()
    assert section.model.rows == []

    view.bottom.undo.click()
    settled()

    assert [entry.what for entry in section.model.rows] == ["Data protection"]


def test_training_is_recorded_and_the_register_says_until_when(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    section = opened(view, settled, "register")
    assert isinstance(section, RegisterSection)
    keys.press(KEY.Key_Return)
    settled()
    panel = view.panel
    assert isinstance(panel, RegisterPanel)
    panel.form.boxes["user_id"].editor.set_value(desk.user.id)
    panel.form.boxes["kind"].editor.set_value("DATA")
    keys.press(KEY.Key_Return, CTRL)
    settled()

    with desk.store.reading() as rows:
        (row,) = find(rows, Training)
    assert row.expires_on == add_months(TODAY, 12)
    assert [entry.standing for entry in section.model.rows] == [Standing.FINE]


def test_a_line_of_today_leads_to_the_register(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    values: dict[str, Value] = {"kind": "DATA", "done_on": TODAY - timedelta(400)}
    register.record_entry(desk, register.TRAINING, desk.user.id, values)
    view.frame.go("today")
    settled()
    page = view.page
    assert isinstance(page, TodayPage)
    (line,) = [li for li in page.lines if li.todo.place == "office/register"]

    page.open_todo(line.todo)
    settled()

    assert isinstance(view.page, OfficePage)
    assert view.page.part() == "register"


def test_the_register_is_exported_by_role(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled, tmp_path: Path
) -> None:
    values: dict[str, Value] = {"kind": "DATA", "done_on": TODAY}
    register.record_entry(desk, register.TRAINING, desk.user.id, values)
    section = opened(view, settled, "register")
    assert isinstance(section, RegisterSection)
    panel = export_panel(section, view, settled)
    assert panel.folder.paths() == [usual_folder()]
    for part in panel.findChildren(QAbstractButton):
        seen = part.visibleRegion().boundingRect().width()
        assert not part.isVisible() or seen == part.width(), part.text()
    keys.type(str(tmp_path / "out"))
    panel.named.setChecked(True)
    keys.press(KEY.Key_Return, CTRL)
    settled()
    assert panel.why.problem

    panel.named.setChecked(False)
    keys.press(KEY.Key_Return, CTRL)
    settled()

    made = sorted(path.suffix for path in (tmp_path / "out").iterdir())
    assert made == [".csv", ".pdf"]
    # The next time it begins where the files went last.
    assert export_panel(section, view, settled).folder.paths() == [tmp_path / "out"]


def export_panel(
    section: RegisterSection, view: DeskView, settled: Settled
) -> ExportRegisterPanel:
    section.buttons[-1].click()
    settled()
    panel = view.panel
    assert isinstance(panel, ExportRegisterPanel)
    return panel


@pytest.mark.parametrize(
    ("role", "parts"),
    [
        ("COUNSELLOR", ["feedback", "register"]),
        ("CLINICAL_LEAD", ["feedback", "register", "contracts"]),
        ("MANAGER", ["feedback", "register", "contracts", "accounts"]),
    ],
)
def test_each_role_finds_its_own_part_of_the_office(
    qtbot: QtBot,
    light: None,
    desk: Desk,
    preferences: Preferences,
    role: str,
    parts: list[str],
) -> None:
    del light
    made = MainWindow(desk.folder, preferences, desk.clock)
    qtbot.addWidget(made)
    made.show()
    made.open_desk(signed_in_as(desk, role))
    settle(qtbot, made)
    view = view_of(made)

    view.go("office", {})
    settle(qtbot, made)

    assert isinstance(view.page, OfficePage)
    assert list(view.page.sections) == parts
