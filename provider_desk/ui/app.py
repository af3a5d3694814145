"""Starts the window.

Only what the first painting needs is imported here; the desk's own modules come in
a thread after it, while somebody types a name.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from provider_desk.ui import errors, memory_guard, theme
from provider_desk.ui.ending import Locked, NewProcess
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.preferences import Preferences, usual_place

if TYPE_CHECKING:
    from provider_desk.model.clock import Clock

_REPORT = "provider-desk-faults.txt"


def run(
    folder: Path,
    *,
    clock: "Clock | None" = None,
    settings: Path | None = None,
    sign_in_as: tuple[str, str] | None = None,
    team_secret: Path | None = None,
    again: Sequence[str] | None = None,
    locked: str = "",
    hint: str = "",
) -> int:
    """Open the window on a desk and stay until it is closed.

    Args:
        folder: where the desk is, or will be.
        clock: what tells the time; the machine's by default.
        settings: what this PC remembers of the window.
        sign_in_as: name and password to go straight in with; for the demo desk only.
        team_secret: a file that holds the team secret instead of the system.
        again: arguments that start the program on the same desk after a lock; the
            folder and that file by default.
        locked: how the desk was locked, where this process follows a lock.
        hint: what else to say then; for the demo desk only.

    Returns:
        The exit code for the shell.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        return 1
    app.setApplicationName("Provider Desk")
    app.setDesktopFileName("provider-desk")
    place = settings or usual_place()
    preferences = Preferences(place)
    theme.apply(app, preferences.look())
    ending = NewProcess(_again(folder, team_secret) if again is None else again)
    window = MainWindow(
        folder, preferences, clock, team_secret=team_secret, ending=ending
    )
    errors.watch(place.parent / _REPORT, window.show_fault)
    window.painted.connect(lambda: _go_on(app, window, preferences, sign_in_as))
    if locked:
        window.come_back(Locked.read(locked), hint)
    else:
        window.show_fitting()
    return app.exec()


def _again(folder: Path, team_secret: Path | None) -> list[str]:
    """Arguments that open the window on the same desk."""
    secret = ["--team-secret", str(team_secret)] if team_secret else []
    return ["--data", str(folder), *secret]


def _go_on(
    app: QApplication,
    window: MainWindow,
    preferences: Preferences,
    sign_in_as: tuple[str, str] | None,
) -> None:
    """What can wait until the first window is there."""
    if not QFontDatabase.families():
        sys.stderr.write(
            "No font is installed on this machine, so nothing can be read. "
            "Install one, for example DejaVu (package fonts-dejavu-core).\n"
        )
        app.exit(1)
        return
    memory_guard.keep_memory_private()
    QGuiApplication.styleHints().colorSchemeChanged.connect(
        lambda: theme.apply(app, preferences.look())
    )
    window.sign_in.prepare(sign_in_as)
