"""Settings on the screen: what each section saves, and who sees which."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Value
from provider_desk.model.records import OpeningBalance
from provider_desk.services import settings
from provider_desk.services.desk import Desk
from provider_desk.ui import theme
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.setting.about import AboutSection
from provider_desk.ui.pages.setting.by_contract import ByContractSection
from provider_desk.ui.pages.setting.contracts import ContractPanel, ContractsSection
from provider_desk.ui.pages.setting.look import LookSection
from provider_desk.ui.pages.setting.service import ServiceSection
from provider_desk.ui.pages.settings import SettingsPage
from provider_desk.ui.preferences import Preferences
from tests.builders.casework import contract_of, signed_in_as
from tests.builders.windows import Keyboard, settle

KEY = Qt.Key
Settled = Callable[[], None]


def opened(view: DeskView, settled: Settled, part: str) -> SettingsPage:
    view.frame.go("settings", part=part)
    settled()
    shown = view.page
    assert isinstance(shown, SettingsPage)
    return shown


def service(view: DeskView, settled: Settled) -> ServiceSection:
    section = opened(view, settled, "service").sections["service"]
    assert isinstance(section, ServiceSection)
    return section


def contracts(view: DeskView, settled: Settled) -> ContractsSection:
    section = opened(view, settled, "contracts").sections["contracts"]
    assert isinstance(section, ContractsSection)
    return section


def by_contract(view: DeskView, settled: Settled, part: str) -> ByContractSection:
    section = opened(view, settled, part).sections[part]
    assert isinstance(section, ByContractSection)
    return section


def test_a_form_on_the_page_is_saved_by_the_key_that_saves_panels(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    service(view, settled).saved.form.go_to("code")
    keys.press(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys.type("inv")

    keys.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()

    assert settings.provider(desk).code == "inv"


def test_a_manager_sees_every_section(view: DeskView, settled: Settled) -> None:
    page = opened(view, settled, "service")

    assert list(page.sections) == [
        "service",
        "contracts",
        "areas",
        "opening",
        "capacity",
        "staff",
        "counsel_key",
        "sheets",
        "backups",
        "password",
        "look",
        "about",
    ]


def test_a_counsellor_sees_only_what_is_theirs(
    qtbot: QtBot,
    light: None,
    desk: Desk,
    preferences: Preferences,
    clock: FixedClock,
) -> None:
    del light
    window = MainWindow(desk.folder, preferences, clock)
    qtbot.addWidget(window)
    window.show()
    window.open_desk(signed_in_as(desk, "COUNSELLOR"))
    settle(qtbot, window)
    assert window.view is not None

    window.view.frame.go("settings")
    settle(qtbot, window)

    page = window.view.page
    assert isinstance(page, SettingsPage)
    assert list(page.sections) == ["password", "look", "about"]
    window.tasks.wait()


def test_the_service_is_saved_and_a_wrong_number_is_told_beside_its_field(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    saved = service(view, settled).saved
    box = saved.form.boxes["contact_every_days"]
    box.editor.set_value(500)
    saved.save()
    settled()
    told = box.problem

    box.editor.set_value(21)
    saved.save()
    settled()

    assert "from 1 to 92" in told
    assert settings.provider(desk).contact_every_days == 21
    assert not saved.form.is_dirty()


def test_what_is_being_typed_is_not_overwritten_by_a_change_elsewhere(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    saved = service(view, settled).saved
    saved.form.boxes["name"].editor.set_value("Typed but not saved")

    view.frame.write(view, lambda: settings.change_provider(desk, {"notice_hours": 48}))
    settled()

    assert saved.form.boxes["name"].editor.value() == "Typed but not saved"


def test_the_service_says_when_its_return_is_due_and_who_reads_it(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    saved = service(view, settled).saved
    typed: dict[str, Value] = {
        "return_due_day": 15,
        "second_reader": "Y",
        "return_contact": "Service manager",
    }
    for name, value in typed.items():
        saved.form.boxes[name].editor.set_value(value)
    saved.save()
    settled()

    kept = settings.provider(desk)
    assert {name: getattr(kept, name) for name in typed} == typed


def test_a_contract_is_added_by_keyboard_with_its_areas(
    desk: Desk, view: DeskView, settled: Settled, keys: Keyboard
) -> None:
    section = contracts(view, settled)
    section.start()
    # A button that has the focus takes Enter as well as Space.
    keys.press(KEY.Key_Return)
    settled()
    panel = view.panel
    assert isinstance(panel, ContractPanel)
    keys.type("NEW-2019")
    keys.press(KEY.Key_Tab)
    keys.type("Another contract")
    # Past the other fields to the first box: the button comes after the boxes.
    for _ in range(5):
        keys.press(KEY.Key_Tab)
    keys.press(KEY.Key_Space)
    keys.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled()

    assert view.panel is None
    made = next(c for c in settings.contracts(desk) if c.reference == "NEW-2019")
    assert settings.contract_areas(desk, made.id) == ["PES_YP"]
    assert len(section.model.rows) == 2
    # The next one can be added at once.
    assert section.button.hasFocus()


def test_a_second_panel_gives_the_focus_back_to_what_opened_the_first(
    view: DeskView, settled: Settled, keys: Keyboard
) -> None:
    section = contracts(view, settled)
    section.table.setFocus()
    for _ in range(2):
        section._open(section.model.rows[0])
        settled()
    keys.press(KEY.Key_Escape)
    settled()

    assert view.panel is None
    assert section.table.hasFocus()


def test_a_contract_without_an_area_is_not_added(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    contracts(view, settled).add()
    panel = view.panel
    assert isinstance(panel, ContractPanel)
    panel.form.boxes["reference"].editor.set_value("X")
    panel.form.boxes["title"].editor.set_value("Y")

    panel.save()
    settled()

    assert view.panel is panel
    words = [label.text() for label in panel.form.problem_list.findChildren(QLabel)]
    assert "Choose at least one service area." in words
    assert len(settings.contracts(desk)) == 1


def test_an_area_that_a_contract_has_can_not_be_taken_off(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    section = contracts(view, settled)
    section._open(section.model.rows[0])
    panel = view.panel
    assert isinstance(panel, ContractPanel)
    held = panel.areas._boxes["THER"]
    assert held.isChecked()
    assert not held.isEnabled()
    panel.areas._boxes["PES_YP"].setChecked(True)

    panel.save()
    settled()

    codes = settings.contract_areas(desk, contract_of(desk).id)
    assert codes == ["PES_YP", "PES_AD", "THER"]


def test_an_opening_balance_is_entered_and_shown(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    section = by_contract(view, settled, "opening")
    tester = QAbstractItemModelTester(section.model)
    section.add()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    values: dict[str, Value] = {
        "area": "THER",
        "on": date(2016, 7, 1),
        "awaiting": 2,
        "waiting": 40,
        "live": 68,
    }
    for name, value in values.items():
        panel.form.boxes[name].editor.set_value(value)

    panel.save()
    settled()

    (row,) = section.model.rows
    assert isinstance(row, OpeningBalance)
    assert (row.area, row.waiting, row.live) == ("THER", 40, 68)
    assert row.contract_id == contract_of(desk).id
    assert tester.model() is section.model


def test_a_balance_in_the_middle_of_a_month_is_told_beside_the_day(
    view: DeskView, settled: Settled
) -> None:
    by_contract(view, settled, "opening").add()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    panel.form.boxes["area"].editor.set_value("THER")
    panel.form.boxes["on"].editor.set_value(date(2016, 7, 5))
    for name in ("awaiting", "waiting", "live"):
        panel.form.boxes[name].editor.set_value(0)

    panel.save()
    settled()

    assert "first day of a month" in panel.form.boxes["on"].problem


def test_capacity_is_entered_only_for_areas_of_the_contract(
    view: DeskView, settled: Settled
) -> None:
    section = by_contract(view, settled, "capacity")
    section.add()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    offered = section._areas
    panel.form.boxes["area"].editor.set_value("THER")
    panel.form.boxes["from_on"].editor.set_value(date(2018, 4, 1))
    panel.form.boxes["weekly_slots"].editor.set_value(107)

    panel.save()
    settled()

    assert offered == ("PES_AD", "THER")
    assert [row.weekly_slots for row in section.model.rows] == [107]


def test_the_look_changes_at_once_and_is_remembered(
    qapp: QApplication, view: DeskView, settled: Settled, preferences: Preferences
) -> None:
    section = opened(view, settled, "look").sections["look"]
    assert isinstance(section, LookSection)
    section.schemes["dark"].click()
    section.size_pick.set_code("150")
    section.size_pick.picked.emit("150")

    assert theme.tokens() is theme.DARK
    assert theme.scale() == pytest.approx(1.5)
    assert (preferences.look().scheme, preferences.look().percent) == ("dark", 150)
    assert qapp.styleSheet()


def test_the_desk_is_checked_and_found_sound(
    view: DeskView, settled: Settled, desk: Desk
) -> None:
    section = opened(view, settled, "about").sections["about"]
    assert isinstance(section, AboutSection)

    section.check()
    settled()

    words = " ".join(label.text() for label in section.findChildren(QLabel))
    assert "The desk is sound" in words
    assert str(desk.folder) in words
    assert "Person: 0" in section.counted.text()
