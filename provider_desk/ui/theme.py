"""Colours, sizes and the style sheet: the look, said once.

Colours are tokens; contrast on the surface is at least 4.5 for text and 3 for lines
that carry meaning (``line`` is decoration only). Sizes are in pixels at 100 % text and
grow with it: ``px(8)``. Source: screen specification, "Look".
"""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from provider_desk.model import resources

Scheme = Literal["system", "light", "dark"]

#: Body text in points at 100 %.
BODY_PT = 10.5
SMALL_PT = 9.0
SECTION_PT = 13.0
PAGE_PT = 18.0

#: Text sizes that are offered, in per cent.
PERCENTS = (100, 110, 125, 150, 175, 200)

_DARK_BELOW = 128
_STYLE = "fusion"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme."""

    window: str
    surface: str
    line: str
    ink: str
    soft: str
    accent: str
    on_accent: str
    good: str
    warn: str
    bad: str
    focus: str
    wash: str


LIGHT = Tokens(
    window="#F4F6F7",
    surface="#FFFFFF",
    line="#C9D1D6",
    ink="#1B2730",
    soft="#4F5F6B",
    accent="#0B6470",
    on_accent="#FFFFFF",
    good="#1E6B3A",
    warn="#8A5A00",
    bad="#A4262C",
    focus="#C2410C",
    wash="#E3EEF0",
)
DARK = Tokens(
    window="#14191D",
    surface="#1D242A",
    line="#3A454E",
    ink="#E8EDF0",
    soft="#A9B6BF",
    accent="#5CC4CF",
    on_accent="#0B1F22",
    good="#7BCB93",
    warn="#E3B341",
    bad="#F28B82",
    focus="#F59E0B",
    wash="#22363B",
)


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody chose for this PC: a scheme, and text from 100 to 200 %."""

    scheme: Scheme = "system"
    percent: int = 100


def tokens() -> Tokens:
    """The colours that the program shows now."""
    lightness = QGuiApplication.palette().window().color().lightness()
    return DARK if lightness < _DARK_BELOW else LIGHT


def px(size: float) -> int:
    """Pixels for a size that is meant for text at 100 %."""
    return round(size * scale())


def scale() -> float:
    """How much larger than at 100 % things are now."""
    return QApplication.font().pointSizeF() / BODY_PT


def apply(app: QApplication, look: Look) -> None:
    """Give the program a look; spacing of windows already there grows along."""
    before = scale()
    chosen = _tokens_for(app, look)
    if app.style().objectName() != _STYLE:
        app.setStyle(_STYLE)
    font = QFont(app.font())
    font.setPointSizeF(BODY_PT * look.percent / 100)
    app.setFont(font)
    app.setPalette(_palette(chosen))
    app.setStyleSheet(_sheet(chosen, look.percent / 100))
    grown = scale() / before
    if abs(grown - 1) > 0.01:  # noqa: PLR2004
        for window in app.topLevelWidgets():
            _grow(window, grown)


def _grow(window: QWidget, grown: float) -> None:
    for layout in window.findChildren(QLayout):
        margins = layout.contentsMargins()
        layout.setContentsMargins(
            round(margins.left() * grown),
            round(margins.top() * grown),
            round(margins.right() * grown),
            round(margins.bottom() * grown),
        )
        if layout.spacing() > 0:
            layout.setSpacing(round(layout.spacing() * grown))


def _tokens_for(app: QApplication, look: Look) -> Tokens:
    if look.scheme == "system":
        return DARK if _system_is_dark(app) else LIGHT
    return DARK if look.scheme == "dark" else LIGHT


def _system_is_dark(app: QApplication) -> bool:
    if not app.styleSheet():
        # Nothing was applied yet, so the palette is the system's own. Asking for the
        # scheme would load all of Qt's names, a tenth of the time to the first window.
        return tokens() is DARK
    from PySide6.QtCore import Qt  # noqa: PLC0415

    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(chosen: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: chosen.window,
        role.WindowText: chosen.ink,
        role.Base: chosen.surface,
        role.AlternateBase: chosen.window,
        role.ToolTipBase: chosen.surface,
        role.ToolTipText: chosen.ink,
        role.PlaceholderText: chosen.soft,
        role.Text: chosen.ink,
        role.Button: chosen.surface,
        role.ButtonText: chosen.ink,
        role.BrightText: chosen.bad,
        role.Light: chosen.surface,
        role.Midlight: chosen.window,
        role.Mid: chosen.line,
        role.Dark: chosen.soft,
        role.Shadow: chosen.line,
        role.Highlight: chosen.accent,
        role.HighlightedText: chosen.on_accent,
        role.Accent: chosen.accent,
        role.Link: chosen.accent,
        role.LinkVisited: chosen.accent,
    }
    palette = QPalette()
    for each, colour in colours.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(chosen.soft))
    return palette


def _sheet(chosen: Tokens, grown: float) -> str:
    sheet = resources.read_text("style.qss")
    for name in Tokens.__dataclass_fields__:
        sheet = sheet.replace(f"@{name}@", getattr(chosen, name))
    icons = resources.path_of("icons").as_posix()
    sheet = sheet.replace("@icons@", icons)
    for size in (SMALL_PT, BODY_PT, SECTION_PT, PAGE_PT):
        sheet = sheet.replace(f"@{size:g}pt@", f"{size * grown:.1f}pt")
    for size in (2, 4, 6, 8, 12, 16, 20, 24, 28, 32, 36):
        sheet = sheet.replace(f"@{size}px@", f"{round(size * grown)}px")
    return sheet
