"""Draws the shapes that paper and window share, with QPainter."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from provider_desk.returns.charts.shapes import (
    Area,
    Box,
    Dot,
    Ink,
    Shape,
    Stroke,
    Words,
)
from provider_desk.ui.charts.inks import Inks, blend

_PALE, _BAND, _GROUND = 0.65, 0.25, 0.05
_QUARTER = -90.0


def draw(painter: QPainter, inks: Inks, font: QFont, shapes: Iterable[Shape]) -> None:
    """Draw shapes where they say; lengths are pixels.

    Args:
        painter: of the widget.
        inks: the colours of now.
        font: whose letters; each text has its own size.
        shapes: those behind first.
    """
    for shape in shapes:
        painter.save()
        match shape:
            case Area():
                _area(painter, inks, shape)
            case Box():
                _box(painter, inks, shape)
            case Stroke():
                _stroke(painter, inks, shape)
            case Dot():
                _dot(painter, inks, shape)
            case Words():
                _words(painter, inks, font, shape)
        painter.restore()


def sized(font: QFont, size: float, *, bold: bool = False) -> QFont:
    """The same letters at a size in pixels."""
    made = QFont(font)
    made.setPixelSize(max(round(size), 1))
    made.setBold(bold)
    return made


def colour(inks: Inks, ink: Ink) -> QColor:
    """The colour that an ink has in the scheme of now."""
    chosen: dict[Ink, QColor] = {
        "accent": inks.accent,
        "pale": blend(inks.surface, inks.accent, _PALE),
        "band": blend(inks.surface, inks.accent, _BAND),
        "ground": blend(inks.surface, inks.soft, _GROUND),
        "ink": inks.ink,
        "soft": inks.soft,
        "line": inks.line,
        "surface": inks.surface,
    }
    return chosen[ink]


def _area(painter: QPainter, inks: Inks, shape: Area) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(inks, shape.ink))
    painter.drawPolygon(QPolygonF([QPointF(p.x, p.y) for p in shape.places]))


def _box(painter: QPainter, inks: Inks, shape: Box) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(inks, shape.ink))
    area = QRectF(shape.x, shape.y, shape.width, shape.height)
    painter.drawRoundedRect(area, shape.radius, shape.radius)


def _stroke(painter: QPainter, inks: Inks, shape: Stroke) -> None:
    pen = QPen(colour(inks, shape.ink), shape.width)
    if shape.dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(p.x, p.y) for p in shape.places]))


def _dot(painter: QPainter, inks: Inks, shape: Dot) -> None:
    rim = QPen(inks.surface, shape.rim) if shape.rim else QPen(Qt.PenStyle.NoPen)
    painter.setPen(rim)
    painter.setBrush(colour(inks, shape.ink))
    painter.drawEllipse(QPointF(shape.at.x, shape.at.y), shape.radius, shape.radius)


def _words(painter: QPainter, inks: Inks, font: QFont, shape: Words) -> None:
    chosen = sized(font, shape.size, bold=shape.bold)
    painter.setFont(chosen)
    painter.setPen(colour(inks, shape.ink))
    wide = QFontMetricsF(chosen).horizontalAdvance(shape.text)
    back = {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
    painter.translate(shape.at.x, shape.at.y)
    if shape.upright:
        painter.rotate(_QUARTER)
    painter.drawText(QPointF(-back, 0), shape.text)
