"""Linux: what the log-in manager and screen savers say on D-Bus."""

import os
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from provider_desk.ui.ending import Why
from provider_desk.ui.machine_lock import Told

_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
_LOGIN = "org.freedesktop.login1"
_MANAGER = f"{_LOGIN}.Manager"
_SESSION = f"{_LOGIN}.Session"
_ANSWER_MS = 500


class Listener(QObject):
    """Silent where there is no bus."""

    def __init__(self, parent: QObject, told: Told) -> None:
        super().__init__(parent)
        self._told = told
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if session.isConnected():
            for saver in _SAVERS:
                slot = _slot("saver(QDBusMessage)")
                session.connect("", "", saver, "ActiveChanged", self, slot)
        if system.isConnected():
            slot = _slot("sleeping(QDBusMessage)")
            system.connect("", "", _MANAGER, "PrepareForSleep", self, slot)
            # The machine may have several sessions; only one's own counts.
            mine = _own_session(system)
            if mine:
                slot = _slot("session(QDBusMessage)")
                system.connect("", mine, _SESSION, "Lock", self, slot)

    @Slot(QDBusMessage)
    def saver(self, message: QDBusMessage) -> None:
        """A screen saver came on, or went off."""
        if any(each is True for each in message.arguments()):
            self._told(Why.SESSION)

    @Slot(QDBusMessage)
    def sleeping(self, message: QDBusMessage) -> None:
        """The machine is about to sleep, or woke up."""
        if any(each is True for each in message.arguments()):
            self._told(Why.SLEEP)

    @Slot(QDBusMessage)
    def session(self, _message: QDBusMessage) -> None:
        """The session is locked."""
        self._told(Why.SESSION)


def _slot(words: str) -> Any:
    """The name of a slot; Qt's types ask for bytes and its code for words."""
    return SLOT(words)


def _own_session(system: QDBusConnection) -> str:
    """The path of the session that this process belongs to; "" where none is known."""
    asked = QDBusMessage.createMethodCall(
        _LOGIN, "/org/freedesktop/login1", _MANAGER, "GetSessionByPID"
    )
    asked.setArguments([os.getpid()])
    answer = system.call(asked, timeout=_ANSWER_MS)
    if answer.type() != QDBusMessage.MessageType.ReplyMessage:
        return ""
    found = answer.arguments()[0]
    return found.path() if hasattr(found, "path") else str(found)
