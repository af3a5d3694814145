"""The colours and letters that charts draw with."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont

from provider_desk.ui import theme

_SMALL = theme.SMALL_PT / theme.BODY_PT


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours by what they are for, in the scheme that is shown now.

    Attributes:
        surface: behind the chart.
        ink: words and figures.
        soft: second words.
        line: decoration that carries no meaning.
        accent: what is shown.
        focus: the ring around what the keyboard is on.
    """

    surface: QColor
    ink: QColor
    soft: QColor
    line: QColor
    accent: QColor
    focus: QColor

    @classmethod
    def now(cls) -> "Inks":
        """The colours of the look that was chosen."""
        chosen = theme.tokens()
        return cls(
            surface=QColor(chosen.surface),
            ink=QColor(chosen.ink),
            soft=QColor(chosen.soft),
            line=QColor(chosen.line),
            accent=QColor(chosen.accent),
            focus=QColor(chosen.focus),
        )

    def step(self, index: int, of: int) -> QColor:
        """A shade of the accent: pale for the first of a row, full for the last."""
        share = 0.3 + 0.7 * index / max(of - 1, 1)
        return blend(self.surface, self.accent, share)


def blend(ground: QColor, over: QColor, share: float) -> QColor:
    """A colour between two; ``share`` 0 is the ground, 1 the other."""

    def mix(low: int, high: int) -> int:
        return round(low + (high - low) * share)

    return QColor(
        mix(ground.red(), over.red()),
        mix(ground.green(), over.green()),
        mix(ground.blue(), over.blue()),
    )


def small(font: QFont) -> QFont:
    """The secondary size of a font."""
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * _SMALL)
    return smaller


def bold(font: QFont) -> QFont:
    """The same font, bold."""
    heavier = QFont(font)
    heavier.setBold(True)
    return heavier
