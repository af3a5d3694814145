"""The first run: from no folder to an open desk, and what is left by stopping."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring import core
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot

from provider_desk.keys.vault import SessionVault
from provider_desk.model.clock import FixedClock
from provider_desk.services.entry import sign_in
from provider_desk.services.entry.sign_in import desk_exists
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.entering.first_run import FirstRun
from provider_desk.ui.pages.entering.restore import RestoreCard
from provider_desk.ui.preferences import Preferences
from tests.builders.entering import Entrance
from tests.builders.windows import Keyboard, settle

KEY = Qt.Key
OWN = "kettle moss ribbon harbour"


@pytest.fixture
def entrance(
    qtbot: QtBot,
    light: None,
    tmp_path: Path,
    preferences: Preferences,
    clock: FixedClock,
) -> Iterator[Entrance]:
    del light
    made = Entrance(qtbot, tmp_path, preferences, clock)
    yield made
    made.close()


def name_both(run: FirstRun) -> None:
    run.service.boxes["provider"].editor.set_value("Invented Counselling")
    run.service.boxes["user"].editor.set_value("Robin Invented")
    run.go_on()


def take_words(run: FirstRun, entrance: Entrance) -> None:
    run.password.boxes["typed"].editor.set_value(run.password.words)
    run.go_on()
    entrance.settle()


def save_sheets(run: FirstRun, entrance: Entrance, folder: Path) -> None:
    run.sheets.folder.line.setText(str(folder))
    run.go_on()
    entrance.settle()


def to_the_sheets(entrance: Entrance, folder: Path) -> FirstRun:
    run = entrance.first_run()
    name_both(run)
    take_words(run, entrance)
    save_sheets(run, entrance, folder)
    return run


def groups_on_paper(run: FirstRun) -> dict[str, str]:
    """What is asked, read from the two files as they would be printed."""
    assert run._plan is not None
    answers = {}
    for asked in run._plan.asked:
        path = next(p for p in run.sheets.written if p.stem.endswith(asked.sheet))
        words = PdfReader(path).pages[0].extract_text().split()
        sheet = next(s for s in run._plan.sheets if s.which == asked.sheet)
        group = sheet.groups[asked.group - 1]
        assert group in words
        answers[asked.name] = group
    return answers


def test_four_steps_by_keyboard_make_a_desk_that_opens(
    qtbot: QtBot, entrance: Entrance, tmp_path: Path
) -> None:
    run = entrance.first_run()
    with qtbot.waitActive(entrance.window):
        entrance.window.activateWindow()
    run.start()
    keys = Keyboard(entrance.window)
    keys.type("Invented Counselling")
    keys.press(KEY.Key_Return)
    keys.type("Robin Invented")
    keys.press(KEY.Key_Return)
    words = run.password.words
    keys.type(words)
    keys.press(KEY.Key_Return)
    entrance.settle()
    keys.press(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys.type(str(tmp_path / "stick"))
    keys.press(KEY.Key_Return)
    entrance.settle()
    assert not desk_exists(entrance.folder)
    run.button.setFocus()
    keys.press(KEY.Key_Return)
    for group in groups_on_paper(run).values():
        keys.type(group.lower())
        keys.press(KEY.Key_Return)
    entrance.settle()
    keys.press(KEY.Key_Space)
    entrance.settle()
    deleted = not any((tmp_path / "stick").iterdir())
    run.button.setFocus()
    keys.press(KEY.Key_Space)
    entrance.settle()

    assert deleted
    assert entrance.desk().user.name == "Robin Invented"
    assert entrance.desk().provider().name == "Invented Counselling"
    entrance.close()
    again = sign_in.sign_in(
        entrance.folder, "Robin Invented", words, entrance.clock, entrance.vault
    )
    again.close()


def test_going_back_loses_nothing(entrance: Entrance, tmp_path: Path) -> None:
    run = to_the_sheets(entrance, tmp_path / "stick")
    words, plan, written = run.password.words, run._plan, run.sheets.written

    for _ in range(2):
        run.leave()
    at_first = run.step is run.service
    run.go_on()
    run.go_on()
    entrance.settle()

    assert at_first
    assert run.step is run.sheets
    assert run.password.words == words
    assert run._plan is plan
    assert run.sheets.written == written
    assert all(path.exists() for path in written)


def test_another_password_makes_other_sheets_and_deletes_those_that_open_nothing(
    entrance: Entrance, tmp_path: Path
) -> None:
    run = to_the_sheets(entrance, tmp_path / "stick")
    plan, written = run._plan, run.sheets.written
    run.leave()
    run.password.own.click()
    for name in ("password", "again"):
        run.password.boxes[name].editor.set_value(OWN)

    run.go_on()
    entrance.settle()

    assert run._plan is not plan
    assert not any(path.exists() for path in written)
    assert run.sheets.written == ()
    assert "other ones now" in run.banner.words


def test_wrong_groups_are_told_beside_their_fields_and_no_desk_is_made(
    entrance: Entrance, tmp_path: Path
) -> None:
    run = to_the_sheets(entrance, tmp_path / "stick")
    run.go_on()
    right = groups_on_paper(run)
    wrong, *others = right
    for name in others:
        run.type_back.boxes[name].editor.set_value(right[name])
    run.type_back.boxes[wrong].editor.set_value("0000")

    run.go_on()
    entrance.settle()

    assert "Look at the paper again" in run.type_back.boxes[wrong].problem
    assert not any(run.type_back.boxes[name].problem for name in others)
    assert run.step is run.type_back
    assert not desk_exists(entrance.folder)


def test_a_window_closed_midway_asks_first_and_leaves_only_the_two_files(
    entrance: Entrance, tmp_path: Path
) -> None:
    run = to_the_sheets(entrance, tmp_path / "stick")
    event = QCloseEvent()

    entrance.window.closeEvent(event)

    assert not event.isAccepted()
    assert entrance.window.question is not None
    said = entrance.window.question.informativeText()
    assert str(tmp_path / "stick") in said
    assert "They open nothing" in said
    assert not desk_exists(entrance.folder)
    assert not entrance.secret.exists()
    assert sorted(p.name for p in (tmp_path / "stick").iterdir()) == [
        path.name for path in run.sheets.written
    ]
    entrance.window.question.reject()


def test_nothing_is_asked_when_nothing_was_saved_yet(entrance: Entrance) -> None:
    run = entrance.first_run()
    name_both(run)

    assert entrance.page.unfinished() == ""


def test_names_that_are_missing_are_told_beside_their_fields(
    entrance: Entrance,
) -> None:
    run = entrance.first_run()

    run.go_on()

    assert run.step is run.service
    assert all(box.problem for box in run.service.boxes.values())


def test_the_words_must_be_typed_as_they_stand_and_others_can_be_had(
    entrance: Entrance,
) -> None:
    run = entrance.first_run()
    name_both(run)
    first = run.password.words
    run.password.boxes["typed"].editor.set_value("some other four words")
    run.go_on()
    told = run.password.boxes["typed"].problem

    run.password._renew()

    assert "not the four words" in told
    assert run.step is run.password
    assert len(run.password.words.split()) == 4
    assert run.password.words != first
    assert run.password.boxes["typed"].editor.value() == ""


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("short", "at least 12"),
        ("password1234", "easy to guess"),
        ("Robin Invented 1", "easy to guess"),
    ],
)
def test_an_own_password_that_is_easy_to_guess_is_told_beside_its_field(
    entrance: Entrance, password: str, told: str
) -> None:
    run = entrance.first_run()
    name_both(run)
    run.password.own.click()
    for name in ("password", "again"):
        run.password.boxes[name].editor.set_value(password)

    run.go_on()

    assert told in run.password.boxes["password"].problem
    assert run.step is run.password


def test_a_sheet_is_never_written_over(entrance: Entrance, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "recovery-sheet-A.pdf").write_bytes(b"of another desk")

    run = to_the_sheets(entrance, stick)

    assert "never written over" in run.banner.words
    assert (stick / "recovery-sheet-A.pdf").read_bytes() == b"of another desk"
    assert not (stick / "recovery-sheet-B.pdf").exists()
    assert run.sheets.written == ()


def test_the_other_way_in_is_a_backup_and_it_leads_back(entrance: Entrance) -> None:
    run = entrance.first_run()
    run.service.boxes["provider"].editor.set_value("Typed before")

    run.service.backup_wanted.emit()
    entrance.card(RestoreCard).leave()

    assert entrance.card(FirstRun) is run
    assert run.service.boxes["provider"].editor.value() == "Typed before"


@pytest.fixture
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(core.load_keyring("keyring.backends.fail.Keyring"))
    yield
    keyring.set_keyring(before)


def test_without_a_keyring_somebody_has_to_choose_before_it_goes_on(
    qtbot: QtBot,
    light: None,
    no_keyring: None,
    tmp_path: Path,
    preferences: Preferences,
    clock: FixedClock,
) -> None:
    del light, no_keyring
    window = MainWindow(tmp_path / "a desk", preferences, clock)
    qtbot.addWidget(window)
    window.show()
    window.sign_in.prepare()
    settle(qtbot, window)
    assert window.sign_in.ways is not None
    run = window.sign_in.ways.card
    assert isinstance(run, FirstRun)
    shown = not run.service.note.isHidden()
    name_both(run)
    stopped = run.step is run.service

    run.service.note.without.setChecked(True)
    run.go_on()

    assert shown
    assert stopped
    assert run.step is run.password
    assert isinstance(window.sign_in.door.vault(), SessionVault)
    window.tasks.wait()
