"""The window sees to the day's check and the day's backup by itself."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from provider_desk.keys import roster
from provider_desk.model.clock import FixedClock
from provider_desk.services.desk import Desk
from provider_desk.services.safety import backups, upkeep
from provider_desk.store.connection import open_connection
from provider_desk.ui.main_window import MainWindow
from tests.builders.casework import make_client, make_desk
from tests.builders.keys import KEY
from tests.builders.windows import new_window, settle, view_of


@pytest.fixture
def made(folder: Path, clock: FixedClock) -> Desk:
    """A desk with one person, whose role may make no backup by hand."""
    desk = make_desk(folder, clock)
    make_client(desk)
    (folder / roster.NAME).write_bytes(b"in this test nobody reads it")
    return desk


def seen_to(qtbot: QtBot, window: MainWindow) -> None:
    assert window.guard is not None
    window.guard.see_to_desk()
    settle(qtbot, window)


def test_a_backup_of_today_is_made_without_a_word(
    qtbot: QtBot, made: Desk, tmp_path: Path
) -> None:
    window = new_window(qtbot, made, tmp_path / "window.ini")

    seen_to(qtbot, window)

    assert len(backups.listed(made)) == 1
    assert upkeep.last_check(made).faults == ()
    assert not view_of(window).banner.isVisible()


def test_damage_is_told_on_the_screen(
    qtbot: QtBot, made: Desk, tmp_path: Path, folder: Path
) -> None:
    window = new_window(qtbot, made, tmp_path / "window.ini")
    with made.store.aside() as aside:
        aside.run("INSERT OR REPLACE INTO desk VALUES ('check_due', 'whole')")
    connection = open_connection(made.store.path, KEY, writes=True, cache_kb=1_000)
    connection.execute("UPDATE client SET known_as = 'somebody else'")
    connection.close()

    seen_to(qtbot, window)

    assert view_of(window).banner.isVisible()
    assert "found damage" in view_of(window).banner.words
    assert not (folder / "backups").exists()


def test_a_backup_that_can_not_be_made_is_told(
    qtbot: QtBot, made: Desk, tmp_path: Path, folder: Path
) -> None:
    window = new_window(qtbot, made, tmp_path / "window.ini")
    (folder / "backups").write_bytes(b"a file where the folder should be")

    seen_to(qtbot, window)

    assert view_of(window).banner.isVisible()
