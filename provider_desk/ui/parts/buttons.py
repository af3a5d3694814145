"""Buttons that say their deed."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from provider_desk.ui.own_words import own


def primary(words: str, pressed: Callable[[], None], key: str = "") -> QPushButton:
    """The one deed that a page or panel is for."""
    return _button(words, pressed, key, "primary")


def plain(words: str, pressed: Callable[[], None], key: str = "") -> QPushButton:
    """Any other deed."""
    return _button(words, pressed, key, "plain")


def quiet(words: str, pressed: Callable[[], None], key: str = "") -> QPushButton:
    """A deed that looks like a link."""
    return _button(words, pressed, key, "quiet")


def _button(
    words: str, pressed: Callable[[], None], key: str, role: str
) -> QPushButton:
    words = own(words)
    button = QPushButton(words)
    button.setProperty("role", role)
    # Outside a dialog only such a button takes Enter as well as Space.
    button.setAutoDefault(True)
    # "clicked" carries whether the button is checked; deeds don't want it.
    button.clicked.connect(lambda _checked=False: pressed())
    if key:
        # A button's own shortcut waits for a pressing to be drawn, and is lost when
        # its words change.
        QShortcut(QKeySequence(key), button).activated.connect(pressed)
        button.setToolTip(f"{words.replace('&', '')}  ({key})")
        # A screen reader says the words already; its tooltip would say them again.
        button.setAccessibleDescription(key)
    return button
