"""Noticing that the machine itself was locked, put to sleep or given to somebody else.

Linux tells over D-Bus, Windows tells each window that asked. Elsewhere, and where
nobody tells, the pause that sleep leaves in the time is noticed (``locking``).
"""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject

from provider_desk.ui.ending import Why

Told = Callable[[Why], None]


def listen(parent: QObject, window: int, told: Told) -> QObject | None:
    """Listen to the system for as long as ``parent`` is there.

    Args:
        parent: ends with it.
        window: the number of the program's window in the system.
        told: called when the machine locks, sleeps or is given to somebody else.

    Returns:
        What listens; None where the system has no way to tell.
    """
    try:
        if sys.platform == "win32":
            from provider_desk.ui import windows_lock  # noqa: PLC0415

            return windows_lock.Listener(parent, window, told)
        if sys.platform == "linux":
            from provider_desk.ui import bus_lock  # noqa: PLC0415

            return bus_lock.Listener(parent, told)
    except (ImportError, OSError):
        # A Qt without D-Bus, a Windows without sessions.
        return None
    return None
