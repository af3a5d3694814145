"""Line icons from resources/icons, in the colour of the words beside them."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from provider_desk.model import resources
from provider_desk.ui.theme import px

#: The colour that the files are drawn in, replaced by the one that is wanted.
_DRAWN_IN = "#6B7C88"


def icon(name: str, colour: str, size: float = 18) -> QIcon:
    """An icon, sharp at this screen's pixel ratio.

    Args:
        name: of the file, without ending.
        colour: a token, such as ``tokens().soft``.
        size: in pixels at 100 % text.
    """
    drawing = resources.read_text(f"icons/{name}.svg").replace(_DRAWN_IN, colour)
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    side = round(px(size) * ratio)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return QIcon(picture)
