"""Signing in, and the ways in where name and password are not enough."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from provider_desk.keys import tries
from provider_desk.model.clock import FixedClock
from provider_desk.model.looks import LookKind
from provider_desk.services.casework import people
from provider_desk.services.entry import sign_in
from provider_desk.services.looking import looks
from provider_desk.services.safety import backups
from provider_desk.ui.ending import Locked, Why
from provider_desk.ui.pages.entering.new_password import NewPasswordCard
from provider_desk.ui.pages.entering.older import OlderCard
from provider_desk.ui.pages.entering.restore import RestoreCard
from provider_desk.ui.pages.entering.secret import SecretCard
from provider_desk.ui.preferences import Preferences
from tests.builders.casework import make_client
from tests.builders.desks import MANAGER, PASSWORD
from tests.builders.entering import Entrance

WRONG = "not the right words at all"
OTHER = "kettle moss ribbon harbour"


@pytest.fixture
def entrance(
    qtbot: QtBot,
    light: None,
    tmp_path: Path,
    preferences: Preferences,
    clock: FixedClock,
) -> Iterator[Entrance]:
    """A desk that somebody made and closed."""
    del light
    made = Entrance(qtbot, tmp_path, preferences, clock)
    made.make().close()
    yield made
    made.close()


def test_name_and_password_open_the_desk(entrance: Entrance) -> None:
    entrance.sign_in(MANAGER, PASSWORD)

    assert entrance.desk().user.name == MANAGER


def test_a_wrong_password_says_what_to_look_at_and_keeps_the_name(
    entrance: Entrance,
) -> None:
    entrance.sign_in(MANAGER, WRONG)

    assert "do not open the desk" in entrance.page.problem.text()
    assert entrance.page.name.text() == MANAGER
    assert entrance.page.button.isEnabled()


def test_a_demo_desk_still_says_who_can_sign_in_after_a_wrong_password(
    entrance: Entrance,
) -> None:
    hint = "Sign in as “Demo Invented”."
    entrance.window.come_back(Locked(Why.IDLE), hint)
    locked = entrance.page.problem.text()

    entrance.sign_in(MANAGER, WRONG)

    assert locked.endswith(hint)
    assert entrance.page.problem.text().endswith(hint)
    assert entrance.page.problem.text() != locked


def test_after_several_wrong_passwords_the_waiting_time_counts_down(
    entrance: Entrance,
) -> None:
    page = entrance.page
    for _ in range(8):
        if page.button.isEnabled():
            entrance.sign_in(MANAGER, WRONG)
    waiting = page.button.text()
    held = page.button.isEnabled()
    seconds = page.card.seconds

    for _ in range(seconds):
        page.card.tick()

    assert waiting == f"Wait {seconds} s"
    assert not held
    assert page.button.isEnabled()
    assert page.button.text() == "Sign in"


def test_a_lost_secret_asks_for_sheet_a_and_never_makes_a_new_desk(
    entrance: Entrance,
) -> None:
    entrance.secret.unlink()
    before = sorted(path.name for path in entrance.folder.iterdir())
    entrance.sign_in(MANAGER, PASSWORD)
    card = entrance.card(SecretCard)
    after = sorted(path.name for path in entrance.folder.iterdir())
    nothing_made = [name for name in after if name != tries.LOCK] == before
    card.field.line.setText(entrance.code("A").lower().replace(" ", "-"))

    card.go_on()
    entrance.settle()

    assert nothing_made
    assert entrance.desk().user.name == MANAGER
    assert entrance.secret.exists()


def test_a_mistyped_code_points_at_the_group(entrance: Entrance) -> None:
    entrance.secret.unlink()
    entrance.sign_in(MANAGER, PASSWORD)
    card = entrance.card(SecretCard)
    groups = entrance.code("A").split()
    wrong = "Z" if groups[2][1] != "Z" else "Y"
    groups[2] = groups[2][0] + wrong + groups[2][2:]
    card.field.line.setText(" ".join(groups))

    card.go_on()
    entrance.settle()

    assert "group 3" in card.field.problem
    assert card.field.line.selectedText() == groups[2]
    assert not entrance.secret.exists()


def test_a_code_is_set_apart_in_groups_as_it_is_typed(
    qtbot: QtBot, entrance: Entrance
) -> None:
    entrance.secret.unlink()
    entrance.sign_in(MANAGER, PASSWORD)
    line = entrance.card(SecretCard).field.line

    qtbot.keyClicks(line, "abcd-efghjk")
    at_end = line.text()
    line.setCursorPosition(2)
    qtbot.keyClicks(line, "x")

    assert at_end == "ABCD EFGH JK"
    assert line.text() == "ABXC DEFG HJK"
    assert line.cursorPosition() == 3


def test_sheet_b_does_not_bring_the_secret_back(entrance: Entrance) -> None:
    entrance.secret.unlink()
    entrance.sign_in(MANAGER, PASSWORD)
    card = entrance.card(SecretCard)
    card.field.line.setText(entrance.code("B"))

    card.go_on()
    entrance.settle()

    assert "not the code of recovery sheet A" in card.banner.words
    assert not entrance.secret.exists()


def put_an_older_copy_back(entrance: Entrance) -> None:
    copy = entrance.tmp_path / "copy"
    shutil.copytree(entrance.folder, copy)
    desk = sign_in.sign_in(
        entrance.folder, MANAGER, PASSWORD, entrance.clock, entrance.vault
    )
    make_client(desk)
    desk.close()
    shutil.rmtree(entrance.folder)
    shutil.copytree(copy, entrance.folder)


def test_an_older_desk_is_not_opened_before_somebody_says_why(
    entrance: Entrance,
) -> None:
    put_an_older_copy_back(entrance)
    entrance.sign_in(MANAGER, PASSWORD)
    card = entrance.card(OlderCard)
    card.accept()
    told = card.why.problem
    shut = entrance.window.view is None
    card.why.editor.set_value("I put the copy of Tuesday back myself")

    card.accept()
    entrance.settle()

    assert "Say why" in told
    assert shut
    desk = entrance.desk()
    (line,) = looks.log(desk, kind=LookKind.OLDER_DESK).rows
    assert line.reason == "I put the copy of Tuesday back myself"


def test_stopping_at_an_older_desk_opens_nothing(entrance: Entrance) -> None:
    put_an_older_copy_back(entrance)
    entrance.sign_in(MANAGER, PASSWORD)

    entrance.card(OlderCard).go_on()

    assert entrance.window.view is None
    assert entrance.page.ways is not None
    assert entrance.page.ways.card is None
    assert entrance.page.password.text() == ""


def test_a_desk_in_use_can_be_tried_again(entrance: Entrance) -> None:
    desk = sign_in.sign_in(
        entrance.folder, MANAGER, PASSWORD, entrance.clock, entrance.vault
    )
    entrance.sign_in(MANAGER, PASSWORD)
    said, offered = entrance.page.problem.text(), entrance.page.card.way_on.text()
    desk.close()

    entrance.page.card.way_on.click()
    entrance.settle()

    assert said
    assert offered == "Try again"
    assert entrance.desk().user.name == MANAGER


def test_a_damaged_desk_offers_to_bring_a_backup_back(entrance: Entrance) -> None:
    roster = entrance.folder / "roster.bin"
    data = bytearray(roster.read_bytes())
    data[len(data) // 2] ^= 1
    roster.write_bytes(bytes(data))
    entrance.sign_in(MANAGER, PASSWORD)
    offered = entrance.page.card.way_on.text()

    entrance.page.card.way_on.click()

    assert offered == "Bring a desk back from a backup"
    assert isinstance(entrance.card(RestoreCard), RestoreCard)


def test_a_manager_who_forgot_sets_a_new_password_by_sheet_a(
    entrance: Entrance,
) -> None:
    entrance.page.name.setText(MANAGER)
    entrance.page.card.links[0].click()
    card = entrance.card(NewPasswordCard)
    card.code.line.setText(entrance.code("A"))
    for name in ("password", "again"):
        card.boxes[name].editor.set_value(OTHER)

    card.go_on()
    entrance.settle()
    said = entrance.page.problem.text()
    entrance.sign_in(MANAGER, PASSWORD)
    refused = entrance.window.view is None
    entrance.sign_in(MANAGER, OTHER)

    assert "new password is set" in said
    assert refused
    assert entrance.desk().user.name == MANAGER


def test_two_new_passwords_that_differ_are_told_beside_the_field(
    entrance: Entrance,
) -> None:
    entrance.page.card.links[0].click()
    card = entrance.card(NewPasswordCard)
    card.boxes["password"].editor.set_value(OTHER)
    card.boxes["again"].editor.set_value(PASSWORD)

    card.go_on()

    assert "not the same" in card.boxes["again"].problem


def test_somebody_who_is_no_manager_is_sent_to_one(entrance: Entrance) -> None:
    entrance.page.card.links[0].click()
    card = entrance.card(NewPasswordCard)
    card.boxes["name"].editor.set_value("Somebody Else")
    card.code.line.setText(entrance.code("A"))
    for name in ("password", "again"):
        card.boxes[name].editor.set_value(OTHER)

    card.go_on()
    entrance.settle()

    assert "No manager of this desk" in card.banner.words


@pytest.fixture
def backup(entrance: Entrance) -> Path:
    """A backup of a desk with one person on it, outside the desk's folder."""
    desk = sign_in.sign_in(
        entrance.folder, MANAGER, PASSWORD, entrance.clock, entrance.vault
    )
    make_client(desk, known_as="Invented Person")
    stick = entrance.tmp_path / "stick"
    stick.mkdir()
    made = backups.back_up(desk, stick).path
    desk.close()
    return made


def test_a_backup_and_sheet_a_bring_the_desk_back_on_an_empty_computer(
    entrance: Entrance, backup: Path
) -> None:
    shutil.rmtree(entrance.folder)
    entrance.secret.unlink()
    for left in entrance.tmp_path.glob("team secret*"):
        left.unlink()
    entrance.first_run().service.backup_wanted.emit()
    card = entrance.card(RestoreCard)
    card.file.line.setText(str(backup))
    card.code.line.setText(entrance.code("A"))

    card.go_on()
    entrance.settle()
    said = entrance.page.problem.text()
    entrance.sign_in(MANAGER, PASSWORD)

    assert "is back" in said
    assert people.search(entrance.desk(), "Invented Person").total == 1


def test_a_desk_that_is_there_is_set_aside_not_lost(
    entrance: Entrance, backup: Path
) -> None:
    entrance.page.card.links[1].click()
    card = entrance.card(RestoreCard)
    warned = "set aside" in entrance.said()
    card.file.line.setText(str(backup))
    card.code.line.setText(entrance.code("A"))

    card.go_on()
    entrance.settle()

    assert warned
    assert any("set aside" in path.name for path in entrance.tmp_path.iterdir())
    assert "set aside" in entrance.page.problem.text()


def test_a_restore_without_a_file_or_with_a_wrong_code_changes_nothing(
    entrance: Entrance, backup: Path
) -> None:
    before = sorted(path.name for path in entrance.folder.iterdir())
    entrance.page.card.links[1].click()
    card = entrance.card(RestoreCard)
    card.go_on()
    no_file = card.file.problem
    card.file.line.setText(str(backup))
    card.code.line.setText("0000 0000")
    card.go_on()
    entrance.settle()

    assert "Name the backup" in no_file
    assert card.code.problem
    assert sorted(path.name for path in entrance.folder.iterdir()) == before
