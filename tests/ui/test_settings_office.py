"""Settings of the office: who signs in, keys, sheets, backups, and somebody leaves."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.model.looks import LookKind
from provider_desk.model.records import User
from provider_desk.model.to_do import ToDoKind
from provider_desk.services.casework import today
from provider_desk.services.looking import looks
from provider_desk.services.rights import users
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.leaver import LeaverPage
from provider_desk.ui.pages.leaving.let_go_panel import LetGoPanel
from provider_desk.ui.pages.setting.backup_panel import BackupPanel
from provider_desk.ui.pages.setting.backups import BackupsSection
from provider_desk.ui.pages.setting.counsel_key import CounselKeySection
from provider_desk.ui.pages.setting.holder_panel import HolderPanel
from provider_desk.ui.pages.setting.password import PasswordSection
from provider_desk.ui.pages.setting.renew_panel import DeletePanel, RenewPanel
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.pages.setting.sheets import SheetsSection
from provider_desk.ui.pages.setting.staff import StaffSection
from provider_desk.ui.pages.setting.staff_panels import (
    AddUserPanel,
    ChangeUserPanel,
    ResetPanel,
)
from provider_desk.ui.pages.settings import SettingsPage
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.preferences import Preferences
from tests.builders.casework import make_client
from tests.builders.desks import MANAGER, PASSWORD
from tests.builders.entering import Entrance

S = TypeVar("S", bound=Section)
P = TypeVar("P", bound=Panel)
OTHER = "kettle moss ribbon harbour"
LEAD, SAM = "Lee Invented", "Sam Invented"


@pytest.fixture
def office(
    qtbot: QtBot,
    light: None,
    tmp_path: Path,
    preferences: Preferences,
    clock: FixedClock,
) -> Iterator[Entrance]:
    """A real desk whose manager is signed in to the window."""
    del light
    made = Entrance(qtbot, tmp_path, preferences, clock)
    made.window.open_desk(made.make())
    made.settle()
    yield made
    made.close()


def view(office: Entrance) -> DeskView:
    assert office.window.view is not None
    return office.window.view


def section(office: Entrance, part: str, kind: type[S], **what: str) -> S:
    view(office).frame.go("settings", part=part, **what)
    office.settle()
    page = view(office).page
    assert isinstance(page, SettingsPage)
    found = page.sections[part]
    assert isinstance(found, kind)
    return found


def panel(office: Entrance, kind: type[P]) -> P:
    found = view(office).panel
    assert isinstance(found, kind), found
    return found


def person(staff: StaffSection, name: str) -> User:
    return next(user for user in staff.model.rows if user.name == name)


def add(office: Entrance, name: str, role: str) -> str:
    """Add somebody by the panel; returns the first password."""
    section(office, "staff", StaffSection).add()
    adding = panel(office, AddUserPanel)
    adding.form.boxes["name"].editor.set_value(name)
    adding.form.boxes["role"].editor.set_value(role)
    words = adding.password.words
    adding.save()
    office.settle()
    return words


def sign_in_again(office: Entrance, name: str, password: str) -> None:
    office.close()
    office.new_window()
    office.sign_in(name, password)


def test_somebody_is_added_with_words_made_by_chance_and_can_sign_in(
    office: Entrance,
) -> None:
    words = add(office, SAM, "COUNSELLOR")
    staff = section(office, "staff", StaffSection)
    names = [user.name for user in staff.model.rows]

    sign_in_again(office, SAM, words)

    assert names == [MANAGER, SAM]
    assert len(words.split()) == 4
    assert office.desk().user.role == "COUNSELLOR"


def test_whoever_got_a_password_is_asked_to_choose_another(office: Entrance) -> None:
    words = add(office, SAM, "COUNSELLOR")
    sign_in_again(office, SAM, words)
    found = today.things_to_do(office.desk()).todos
    (line,) = [todo for todo in found if todo.kind is ToDoKind.OFFICE]
    passwords = section(office, "password", PasswordSection)
    for box, text in (
        (passwords.old, words),
        (passwords.new, OTHER),
        (passwords.again, OTHER),
    ):
        box.editor.set_value(text)

    passwords.save()
    office.settle()

    assert line.title == "Choose a password of your own"
    left = today.things_to_do(office.desk()).todos
    assert not [todo for todo in left if todo.kind is ToDoKind.OFFICE]


def test_a_student_needs_a_last_day(office: Entrance) -> None:
    section(office, "staff", StaffSection).add()
    adding = panel(office, AddUserPanel)
    adding.form.boxes["name"].editor.set_value("Stu Invented")
    adding.form.boxes["role"].editor.set_value("STUDENT")
    adding.save()
    office.settle()
    told = adding.form.boxes["ends_on"].problem
    on = office.desk().today() + timedelta(days=5)
    adding.form.boxes["ends_on"].editor.set_value(on)

    adding.save()
    office.settle()

    assert told
    titles = [todo.title for todo in today.things_to_do(office.desk()).todos]
    assert "The account of Stu Invented ends" in titles


def test_a_forgotten_password_is_set_anew(office: Entrance) -> None:
    add(office, SAM, "CASEWORKER")
    staff = section(office, "staff", StaffSection)
    staff._open(person(staff, SAM))
    panel(office, ChangeUserPanel).reset()
    reset = panel(office, ResetPanel)
    words = reset.password.words

    reset.save()
    office.settle()
    sign_in_again(office, SAM, words)

    assert office.desk().user.name == SAM


def test_the_last_manager_stays_a_manager(office: Entrance) -> None:
    staff = section(office, "staff", StaffSection)
    staff._open(person(staff, MANAGER))
    change = panel(office, ChangeUserPanel)
    change.form.boxes["role"].editor.set_value("COUNSELLOR")

    change.save()
    office.settle()

    assert "At least one manager" in change.form.boxes["role"].problem
    assert users.users(office.desk())[0].role == "MANAGER"


def test_a_password_is_changed_with_the_old_one_only(office: Entrance) -> None:
    passwords = section(office, "password", PasswordSection)
    for box, text in (
        (passwords.old, "not my password at all"),
        (passwords.new, OTHER),
        (passwords.again, OTHER),
    ):
        box.editor.set_value(text)
    passwords.save()
    office.settle()
    refused = passwords.banner.isVisible()
    passwords.old.editor.set_value(PASSWORD)

    passwords.save()
    office.settle()

    assert refused
    assert passwords.new.editor.value() == ""
    sign_in_again(office, MANAGER, OTHER)
    assert office.desk().user.name == MANAGER


def leaver(office: Entrance, name: str) -> LeaverPage:
    staff = section(office, "staff", StaffSection)
    staff._open(person(staff, name))
    panel(office, ChangeUserPanel).leaves()
    office.settle()
    page = view(office).page
    assert isinstance(page, LeaverPage)
    return page


def test_the_way_in_of_somebody_who_leaves_is_taken_away_with_a_reason(
    office: Entrance,
) -> None:
    words = add(office, SAM, "COUNSELLOR")
    page = leaver(office, SAM)
    (button,) = [
        line.button
        for line in page.lines
        if line.button is not None and "way in" in line.button.text()
    ]
    button.click()
    letting = panel(office, LetGoPanel)
    letting.save()
    told = letting.why.problem
    letting.why.editor.set_value("Has left the service")

    letting.save()
    office.settle()

    assert "Say why" in told
    assert [user.name for user in users.users(office.desk())] == [MANAGER]
    assert not [line for line in page.lines if line.accessibleName().startswith("End t")
                and line.button is not None]  # fmt: skip
    sign_in_again(office, SAM, words)
    assert office.window.view is None


def taken_up(office: Entrance) -> CounselKeySection:
    """The clinical lead is signed in and has taken the key up; Sam needs it."""
    words = add(office, LEAD, "CLINICAL_LEAD")
    add(office, SAM, "COUNSELLOR")
    sign_in_again(office, LEAD, words)
    keys = section(office, "counsel_key", CounselKeySection)
    assert "Nobody holds the counselling key" in keys.how.text()
    keys.code.line.setText(office.code("B"))
    keys.take_up()
    office.settle()
    return keys


def test_the_clinical_lead_takes_the_key_up_with_sheet_b_and_gives_it(
    office: Entrance,
) -> None:
    keys = taken_up(office)
    renewing = not keys.renewing.isHidden()
    sam = next(row for row in keys.model.rows if row.user.name == SAM)
    keys._open(sam)
    holder = panel(office, HolderPanel)

    holder.give()
    office.settle()

    assert "You hold the counselling key" in keys.how.text()
    assert renewing
    assert sam.wanted
    rows = {row.user.name: row for row in keys.model.rows}
    assert rows[LEAD].lead
    assert rows[SAM].teams == ("main",)
    assert not rows[SAM].wanted


def test_a_key_is_taken_away_with_a_reason(office: Entrance) -> None:
    keys = taken_up(office)
    sam = next(row for row in keys.model.rows if row.user.name == SAM)
    keys._open(sam)
    panel(office, HolderPanel).give()
    office.settle()
    keys._open(next(row for row in keys.model.rows if row.user.name == SAM))
    holder = panel(office, HolderPanel)
    holder.take_away()
    told = holder.why.problem
    holder.why.editor.set_value("Works elsewhere now")

    holder.take_away()
    office.settle()

    assert "Say why" in told
    rows = {row.user.name: row for row in keys.model.rows}
    assert rows[SAM].teams == ()


def test_what_is_to_be_done_about_the_key_stands_on_today(office: Entrance) -> None:
    taken_up(office)

    titles = [todo.title for todo in today.things_to_do(office.desk()).todos]

    assert "Renew recovery sheet B" in titles
    assert f"Give the counselling key to {SAM}" in titles


def test_a_manager_sees_who_holds_the_key_and_can_not_take_it_up(
    office: Entrance,
) -> None:
    add(office, LEAD, "CLINICAL_LEAD")

    keys = section(office, "counsel_key", CounselKeySection)

    assert keys.taking.isHidden()
    assert keys.renewing.isHidden()
    assert [row.user.name for row in keys.model.rows] == [LEAD]
    keys.table.doubleClicked.emit(keys.model.index(0, 0))
    assert view(office).panel is None


def test_a_sheet_is_checked_and_that_is_written_down(office: Entrance) -> None:
    sheets = section(office, "sheets", SheetsSection)
    sheets.code.line.setText(office.code("B"))

    sheets.check()
    office.settle()

    assert "recovery sheet B of this desk" in sheets.found.text()
    assert sheets.code.code() == ""
    (line,) = looks.log(office.desk(), kind=LookKind.SHEET_CHECKED).rows
    assert line.about == "recovery sheet B"


def typed_from_paper(renewing: RenewPanel) -> dict[str, str]:
    assert renewing.written is not None
    words = PdfReader(renewing.written).pages[0].extract_text().split()
    groups = renewing._renewal._sheet.groups
    asked = {each.name: groups[each.group - 1] for each in renewing._renewal.asked}
    assert set(asked.values()) <= set(words)
    return asked


def test_a_new_sheet_a_takes_over_once_it_is_typed_back(
    office: Entrance, tmp_path: Path
) -> None:
    old = office.code("A")
    sheets = section(office, "sheets", SheetsSection)
    sheets.renew("A")
    renewing = panel(office, RenewPanel)
    renewing.folder.line.setText(str(tmp_path / "stick"))
    renewing.save()
    office.settle()
    renewing.save()
    office.settle()
    wrong = [box.problem for box in renewing.boxes.values()]
    new = " ".join(renewing._renewal._sheet.groups)
    for name, group in typed_from_paper(renewing).items():
        renewing.boxes[name].editor.set_value(group)

    renewing.save()
    office.settle()
    path = panel(office, DeletePanel)._path
    panel(office, DeletePanel).save()
    office.settle()

    assert all(wrong)
    assert not path.exists()
    for code, good in ((old, False), (new, True)):
        sheets.code.line.setText(code)
        sheets.check()
        office.settle()
        assert sheets.found.isVisible() is good


def test_sheet_b_is_asked_to_be_renewed_by_the_one_who_gives_the_key(
    office: Entrance,
) -> None:
    keys = taken_up(office)

    keys.renew.click()
    office.settle()

    assert panel(office, RenewPanel).words == "Renew recovery sheet B"
    page = view(office).page
    assert isinstance(page, SettingsPage)
    shown = page.sections["sheets"]
    assert isinstance(shown, SheetsSection)
    assert list(shown.renews) == ["B"]


def test_a_backup_is_made_brought_outside_checked_and_practised(
    office: Entrance, tmp_path: Path
) -> None:
    make_client(office.desk())
    stick = tmp_path / "stick"
    stick.mkdir()
    made = section(office, "backups", BackupsSection)
    at_first = made.how.text()
    made.folder.line.setText(str(stick))
    made.use_folder()
    office.settle()

    made.back_up()
    office.settle()

    assert "No backup of this desk" in at_first
    assert len(list(stick.glob("*.pdbackup"))) == 1
    assert "Last copy outside this computer" in made.how.text()
    assert len(made.model.rows) == 2
    made._open(made.model.rows[0])
    backup = panel(office, BackupPanel)
    backup.check()
    office.settle()
    checked = backup.found.text()
    backup.folder.line.setText(str(tmp_path))
    backup.code.line.setText(office.code("A"))
    backup.practise()
    office.settle()
    assert "It is sound: 1 person" in checked
    assert "1 person came back" in backup.found.text()
    assert not (tmp_path / "restore-practice").exists()


def test_a_practice_with_a_mistyped_code_leaves_nothing(
    office: Entrance, tmp_path: Path
) -> None:
    made = section(office, "backups", BackupsSection)
    made.back_up()
    office.settle()
    made._open(made.model.rows[0])
    backup = panel(office, BackupPanel)
    backup.folder.line.setText(str(tmp_path))
    backup.code.line.setText("0000")

    backup.practise()
    office.settle()

    assert backup.code.problem
    assert not (tmp_path / "restore-practice").exists()


def test_a_stick_that_is_not_plugged_in_is_told_and_the_backup_is_made(
    office: Entrance, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = section(office, "backups", BackupsSection)
    made.folder.line.setText(str(stick))
    made.use_folder()
    office.settle()
    stick.rmdir()

    made.back_up()
    office.settle()

    assert "not in the folder outside" in made.banner.words
    assert len(made.model.rows) == 1


def test_a_copy_outside_that_is_too_old_stands_on_today(
    office: Entrance, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = section(office, "backups", BackupsSection)
    made.folder.line.setText(str(stick))
    made.use_folder()
    office.settle()
    made.back_up()
    office.settle()

    def asked() -> bool:
        titles = [todo.title for todo in today.things_to_do(office.desk()).todos]
        return "Bring a backup outside" in titles

    at_once = asked()
    office.clock.ms += 7 * 86_400_000
    in_a_week = asked()
    office.clock.ms += 86_400_000
    after_it = asked()

    assert (at_once, in_a_week, after_it) == (False, False, True)
