"""Colours that can be read, and sizes that grow with the text."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.ui import theme
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.theme import DARK, LIGHT, Look, Tokens

TEXT, LINES = 4.5, 3.0


def brightness(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2."""
    given = QColor(colour)
    parts = (given.redF(), given.greenF(), given.blueF())
    low = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * low[0] + 0.7152 * low[1] + 0.0722 * low[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21. Source: WCAG 2.2."""
    dark, bright = sorted((brightness(one), brightness(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["surface", "window", "wash"])
@pytest.mark.parametrize("ink", ["ink", "soft", "accent", "good", "warn", "bad"])
def test_words_can_be_read_on_every_ground(
    tokens: Tokens, ground: str, ink: str
) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= TEXT


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_words_on_the_accent_can_be_read(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= TEXT


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["surface", "window", "wash"])
def test_the_focus_ring_is_seen_on_every_ground(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.focus, getattr(tokens, ground)) >= LINES


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_token_and_size_of_the_style_sheet_is_filled_in(
    qapp: QApplication, scheme: theme.Scheme
) -> None:
    theme.apply(qapp, Look(scheme, 125))

    assert "@" not in qapp.styleSheet()


def test_the_dark_look_reaches_the_palette(qapp: QApplication) -> None:
    theme.apply(qapp, Look("dark", 100))

    base = qapp.palette().color(QPalette.ColorRole.Base).name()
    assert base == DARK.surface.lower()
    assert theme.tokens() is DARK


def test_windows_already_there_grow_with_the_text(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(qapp, Look("light", 100))
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(8, 8, 8, 8)
    column.addWidget(QPushButton("Log session"))
    before = theme.px(16)

    theme.apply(qapp, Look("light", 200))

    assert theme.px(16) == 2 * before
    assert column.contentsMargins().left() == 16


def test_the_look_is_remembered_and_nonsense_is_not(preferences: Preferences) -> None:
    preferences.set_look(Look("dark", 150))
    kept = preferences.look()
    preferences.set_look(Look("dark", 9_000))

    assert kept == Look("dark", 150)
    assert preferences.look().percent == 100
