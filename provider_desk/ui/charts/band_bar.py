"""A stacked bar of bands; each band is a button that filters what is below."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from provider_desk.ui.charts.band_button import Band, BandButton
from provider_desk.ui.charts.inks import Inks
from provider_desk.ui.theme import px

_BAR = 16
_NARROWEST = 6
_GAP = 2


class BandBar(QWidget):
    """Bands as a bar and a row of buttons; one can be chosen, or none.

    Left and Right walk along the bands, Space or Enter chooses, the same again or Esc
    shows all. ``chosen`` carries the band's name, "" for all.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make an empty bar.

        Args:
            name: what the bar shows, for a screen reader.
            parent: the page.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bands: tuple[Band, ...] = ()
        self._buttons: list[BandButton] = []
        self._picked = ""
        self._bar = _Stack(self)
        self._bar.pressed_at.connect(self._press)
        self._grid = QGridLayout()
        self._grid.setSpacing(px(4))
        self._columns = 0
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(px(4))
        lay.addWidget(self._bar)
        lay.addLayout(self._grid)

    def set_bands(self, bands: Sequence[Band]) -> None:
        """Show other figures; the choice stays where the band is still there."""
        names = [band.name for band in bands]
        if names != [band.name for band in self._bands]:
            self._make_buttons(bands)
        self._bands = tuple(bands)
        total = sum(band.count for band in bands)
        for button, band in zip(self._buttons, bands, strict=True):
            button.show_band(band, total)
        if self._picked not in names:
            self._picked = ""
        self._bar.show_parts([band.count for band in bands])
        self._arrange()
        self.setAccessibleDescription(self.words())
        self._mark()

    def picked(self) -> str:
        """The chosen band's name, "" for all."""
        return self._picked

    def pick(self, name: str) -> None:
        """Choose a band, or all with "", as if it had been pressed."""
        if name == self._picked:
            return
        self._picked = name
        self._mark()
        self.chosen.emit(name)

    def words(self) -> str:
        """Everything that the bar shows, as a sentence."""
        total = sum(band.count for band in self._bands)
        parts = ", ".join(f"{band.label}: {band.count}" for band in self._bands)
        return f"{total} in all. {parts}." if self._bands else "Nothing to show."

    def buttons(self) -> Sequence["BandButton"]:
        """The bands' buttons, in order."""
        return tuple(self._buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for one row of buttons, there are two or more."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Two buttons beside each other are enough."""
        return QSize(2 * self._widest(), super().minimumSizeHint().height())

    def _widest(self) -> int:
        widths = (button.sizeHint().width() for button in self._buttons)
        return max(widths, default=0) + px(4)

    def _arrange(self) -> None:
        if not self._buttons:
            return
        fitting = max(self.width() // self._widest(), 2)
        rows = -(-len(self._buttons) // fitting)
        columns = -(-len(self._buttons) // rows)
        if columns == self._columns:
            return
        self._columns = columns
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
        for at, button in enumerate(self._buttons):
            self._grid.addWidget(button, at // columns, at % columns)
            self._grid.setColumnStretch(at % columns, 1)
        self.updateGeometry()

    def _make_buttons(self, bands: Sequence[Band]) -> None:
        for old in self._buttons:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._buttons = []
        for index in range(len(bands)):
            button = BandButton(index, len(bands), self)
            button.clicked.connect(lambda _=False, at=index: self._press(at))
            button.stepped.connect(self._step)
            button.dropped.connect(lambda: self.pick(""))
            self._buttons.append(button)
        self._columns = 0

    def _press(self, index: int) -> None:
        name = self._bands[index].name
        self.pick("" if name == self._picked else name)
        self._mark()

    def _step(self, index: int) -> None:
        target = self._buttons[index % len(self._buttons)]
        target.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._mark(index % len(self._buttons))

    def _mark(self, reachable: int | None = None) -> None:
        """Tick the chosen one; Tab reaches one button, the arrows the others."""
        names = [band.name for band in self._bands]
        picked = names.index(self._picked) if self._picked else None
        if reachable is None:
            reachable = picked or 0
        for index, button in enumerate(self._buttons):
            button.setChecked(index == picked)
            strong = index == reachable
            focus = Qt.FocusPolicy
            button.setFocusPolicy(focus.StrongFocus if strong else focus.ClickFocus)
        self._bar.show_picked(picked)


class _Stack(QWidget):
    """The bar itself: one piece for each band that holds somebody."""

    pressed_at = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._counts: list[int] = []
        self._picked: int | None = None
        self.setFixedHeight(px(_BAR))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_parts(self, counts: list[int]) -> None:
        self._counts = counts
        self.update()

    def show_picked(self, picked: int | None) -> None:
        self._picked = picked
        self.update()

    def pieces(self) -> list[tuple[int, QRectF]]:
        """Index and place of each band that is not empty."""
        filled = [(at, count) for at, count in enumerate(self._counts) if count]
        room = self.width() - _NARROWEST * len(filled) - _GAP * (len(filled) - 1)
        total = sum(count for _, count in filled)
        pieces = []
        left = 0.0
        for at, count in filled:
            wide = _NARROWEST + room * count / total
            pieces.append((at, QRectF(left, 0, wide, self.height())))
            left += wide + _GAP
        return pieces

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for at, place in self.pieces():
            if place.contains(event.position()):
                self.pressed_at.emit(at)
                return
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        inks = Inks.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pieces = self.pieces()
        if not pieces:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.line)
            painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setPen(QPen(inks.accent, 1))
        for at, place in pieces:
            painter.setBrush(inks.step(at, len(self._counts)))
            faded = self._picked is not None and at != self._picked
            painter.setOpacity(0.4 if faded else 1.0)
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
