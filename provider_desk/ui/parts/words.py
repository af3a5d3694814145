"""Text on a page: titles, sections, secondary words, states."""

from html import escape
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from provider_desk.ui.own_words import own

Tone = Literal["plain", "good", "warn", "bad"]

#: A sign before words of each tone, so that colour never says it alone.
SIGNS: dict[Tone, str] = {"plain": "", "good": "✓ ", "warn": "! ", "bad": "▲ "}


def page_title(text: str) -> QLabel:
    """The one large line of a page."""
    return _label(own(text), "page")


def section(text: str) -> QLabel:
    """The heading of a part of a page."""
    return _label(own(text), "section")


def body(text: str = "") -> QLabel:
    """Plain words that wrap."""
    return _wrapping(_label(text, "body"))


def strong(text: str = "") -> QLabel:
    """Words that stand out."""
    return _wrapping(_label(text, "strong"))


def soft(text: str = "") -> QLabel:
    """Secondary words of the program that wrap: help, units, dates.

    The provider's own word for a person is put in.
    """
    return quoted(own(text))


def quoted(text: str) -> QLabel:
    """Secondary words that somebody wrote, as they stand."""
    return _wrapping(_label(text, "soft"))


def state(text: str = "", tone: Tone = "plain") -> QLabel:
    """Words with a sign and a colour."""
    label = _wrapping(_label("", "state"))
    set_state(label, text, tone)
    return label


def set_state(label: QLabel, text: str, tone: Tone) -> None:
    """Change the words, sign and colour of a ``state`` label."""
    label.setText(SIGNS[tone] + own(text))
    set_property(label, "tone", tone)


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        # What was never shown is looked at once, when it is.
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            restyle(widget)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def tip(text: str) -> str:
    """What somebody wrote, for a tooltip, as it stands.

    A tooltip takes "<" for markup: it would leave words out, and load the picture that
    a note names, from another machine too.
    """
    if "<" not in text and "&lt;" not in text:
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _wrapping(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    return label


def unit_of(unit: str, value: float | None) -> str:
    """A unit as it stands after its number: "1 referral", "2 referrals"."""
    if value != 1:
        return own(unit)
    return own("person") if unit == "people" else unit.removesuffix("s")
