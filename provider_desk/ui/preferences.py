"""What this PC remembers of the window: look, column widths. Nothing about people."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from provider_desk.ui.theme import PERCENTS, Look, Scheme

if TYPE_CHECKING:
    from provider_desk.ui.veil import Veil

#: Minutes without a key or the mouse until the desk locks. Source: security design, §1.
LOCK_MINUTES = range(1, 16)
_LOCK_AFTER = 5

_FILE = "provider-desk/window.ini"
_REPORT = "provider-desk-faults.txt"

#: A column's number and its width.
_WIDTH = re.compile(r"([0-9]{1,3}):([0-9]{1,4}\.[0-9])")


def usual_place() -> Path:
    """Where the settings file of this account lies."""
    folder = QStandardPaths.writableLocation(
        QStandardPaths.StandardLocation.GenericConfigLocation
    )
    return Path(folder) / _FILE


class Preferences:
    """Reads and writes the settings file; a broken one counts as empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)
        self._veil: Veil | None = None

    def report(self) -> Path:
        """The file in which faults of the program are noted, beside the settings."""
        return self._path.parent / _REPORT

    def look(self) -> Look:
        """The chosen look; what is not understood falls back to the usual."""
        scheme = str(self._settings.value("look/scheme", "system"))
        percent = self._number("look/percent", 100)
        if scheme not in ("system", "light", "dark"):
            scheme = "system"
        if not PERCENTS[0] <= percent <= PERCENTS[-1]:
            percent = 100
        return Look(cast("Scheme", scheme), percent)

    def set_look(self, look: Look) -> None:
        """Remember a look."""
        self._settings.setValue("look/scheme", look.scheme)
        self._settings.setValue("look/percent", look.percent)

    def privacy(self) -> bool:
        """Whether names are hidden."""
        return str(self._settings.value("look/privacy", "no")) == "yes"

    def set_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Remember whether names are hidden."""
        self._settings.setValue("look/privacy", "yes" if hidden else "no")

    @property
    def veil(self) -> "Veil":
        """The privacy view of this window; how it was left is remembered."""
        if self._veil is None:
            # Nobody is shown before somebody has signed in, so it can wait till then.
            from provider_desk.ui.veil import Veil  # noqa: PLC0415

            self._veil = Veil(hidden=self.privacy())
            self._veil.changed.connect(self.set_privacy)
        return self._veil

    def lock_minutes(self) -> int:
        """Minutes without a key or the mouse until the desk locks."""
        found = self._number("lock/minutes", _LOCK_AFTER)
        return found if found in LOCK_MINUTES else _LOCK_AFTER

    def set_lock_minutes(self, minutes: int) -> None:
        """Remember after how many minutes the desk locks."""
        self._settings.setValue("lock/minutes", minutes)

    def uncaptured(self) -> bool:
        """Whether screenshots and shared screens are to show no more than a blank."""
        return str(self._settings.value("lock/uncaptured", "no")) == "yes"

    def set_uncaptured(self, wanted: bool) -> None:  # noqa: FBT001
        """Remember whether the window is kept out of screenshots."""
        self._settings.setValue("lock/uncaptured", "yes" if wanted else "no")

    def place(self) -> QByteArray | None:
        """Where on the screen the window stood when it was locked."""
        found = self._settings.value("window/place")
        return found if isinstance(found, QByteArray) else None

    def set_place(self, place: QByteArray) -> None:
        """Remember where the window stands; written at once, the process may end."""
        self._settings.setValue("window/place", place)
        self._settings.sync()

    def widths(self, table: str, columns: int) -> dict[int, float]:
        """How wide the columns of a table were left, in pixels at 100 % text.

        Args:
            table: its name.
            columns: how many it has; of a table with other columns nothing is known.
        """
        count, _, kept = str(self._settings.value(f"tables/{table}", "")).partition("|")
        if count != str(columns):
            return {}
        found = (_WIDTH.fullmatch(each) for each in kept.split())
        known = {int(each[1]): float(each[2]) for each in found if each}
        return {n: width for n, width in known.items() if n < columns and width}

    def set_widths(self, table: str, columns: int, widths: Mapping[int, float]) -> None:
        """Remember how wide columns of a table were left, in pixels at 100 % text."""
        kept = " ".join(f"{number}:{width:.1f}" for number, width in widths.items())
        self._settings.setValue(f"tables/{table}", f"{columns}|{kept}")

    def _number(self, key: str, usual: int) -> int:
        found = str(self._settings.value(key, usual))
        return int(found) if found.isdigit() else usual
