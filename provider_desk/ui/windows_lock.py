"""Windows: what the system says to a window about its session and its sleep."""

import ctypes
import sys
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QObject

from provider_desk.ui.ending import Why
from provider_desk.ui.machine_lock import Told

_WM_POWER, _WM_SESSION = 0x0218, 0x02B1
_SUSPEND = 0x0004
#: Locked, left by remote, left by the console, signed off.
_GONE = frozenset((0x2, 0x4, 0x6, 0x7))
_THIS_SESSION = 0


class _Heard(QAbstractNativeEventFilter):
    def __init__(self, told: Told) -> None:
        super().__init__()
        self._told = told

    def nativeEventFilter(self, kind: Any, message: Any) -> Any:
        del kind
        if sys.platform == "win32":
            from ctypes import wintypes  # noqa: PLC0415 - there on Windows only

            heard = wintypes.MSG.from_address(int(message))
            if heard.message == _WM_SESSION and heard.wParam in _GONE:
                self._told(Why.SESSION)
            elif heard.message == _WM_POWER and heard.wParam == _SUSPEND:
                self._told(Why.SLEEP)
        return False, 0


class Listener(QObject):
    """Hears as long as it is there."""

    def __init__(self, parent: QObject, window: int, told: Told) -> None:
        super().__init__(parent)
        self._heard = _Heard(told)
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, _THIS_SESSION)
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._heard)
