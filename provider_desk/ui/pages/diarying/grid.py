"""A week as a grid: hours down, days across, blocks, and a cursor among them.

Arrow keys move between blocks and free times; what is done there is for the page.
"""

from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from provider_desk.model.diary import Week
from provider_desk.model.times import time_of
from provider_desk.ui.charts.inks import Inks
from provider_desk.ui.pages.diarying import block as blocks
from provider_desk.ui.pages.diarying import entries, ground
from provider_desk.ui.pages.diarying.block import Block, FreeTime, More
from provider_desk.ui.pages.diarying.entries import Crowd, Entry, Stop
from provider_desk.ui.theme import px
from provider_desk.ui.veil import Veil

#: Pixels at 100 %: an hour, a block without a time.
_HOUR, _LOOSE = 56, 24
#: Blocks without a time that a day shows; the list has all.
_MOST_LOOSE = 4
#: How wide a block is at least, so that a name can be read, and the number of others.
_READABLE, _MORE = 64, 28
_SNAP = 15


class WeekGrid(QWidget):
    """The blocks of a week.

    Attributes:
        pressed: a key that does something where the cursor is: key and modifiers.
        opened: a block is to be opened.
        wanted: a free time was double clicked: day and time.
        moved: a block was dragged: entry, day, time.
        went: the cursor is somewhere else now.
        crowded: a number for blocks without room was pressed: the first of them.
    """

    pressed = Signal(object)
    opened = Signal(object)
    wanted = Signal(object, str)
    moved = Signal(object, object, str)
    went = Signal()
    crowded = Signal(object)

    def __init__(self, veil: Veil) -> None:
        super().__init__()
        self._veil = veil
        self._week: Week | None = None
        self._today = date.min
        self._found: list[Entry] = []
        self._blocks: dict[str, Block] = {}
        self._cursors = (FreeTime(self), FreeTime(self))
        self._turn = 0
        self._more: list[More] = []
        self._spread = ""
        self.at = Stop(0, 9 * 60)
        self.days = 5
        self._hours = (entries.FIRST_HOUR, entries.LAST_HOUR)
        self._loose = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Week")

    def show_week(self, week: Week, today: date) -> None:
        """Show a week; the cursor stays where it was, or on the same block."""
        had_focus = self.holds_focus()
        if had_focus:
            # A block that goes would hand the cursor to whatever comes next.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        held = self.at.entry.key if self.at.entry else ""
        self._week, self._today = week, today
        self._found = entries.entries(week)
        self.days = entries.days_shown(week, self._found, today)
        self._hours = entries.hours(self._found)
        for block in self._blocks.values():
            block.hide()
            block.deleteLater()
        self._blocks = {each.key: self._made(each) for each in self._drawn()}
        self._fit()
        same = next((each for each in self._found if held and each.key == held), None)
        if same is not None:
            self.at = Stop((same.on - week.monday).days, same.begins, same)
        else:
            self.at = self._nearest(min(self.at.day, self.days - 1), self.at.minute)
        if had_focus:
            self.focus_cursor()
        self.update()

    def holds_focus(self) -> bool:
        """Whether the cursor of the keyboard is here."""
        held = (self, *self._cursors, *self._blocks.values())
        return any(each.hasFocus() for each in held)

    def entry(self) -> Entry | None:
        """The block where the cursor is, None at a free time."""
        return self.at.entry

    def place(self) -> tuple[date, str]:
        """Day and time where the cursor is; "" without a time."""
        assert self._week is not None  # noqa: S101 - asked once a week is shown
        time = time_of(self.at.minute) if self.at.minute >= 0 else ""
        return self._week.day(self.at.day), time

    def go_to(self, on: date, minute: int = 9 * 60) -> None:
        """Put the cursor on a day of the week."""
        if self._week is not None:
            day = min(max((on - self._week.monday).days, 0), self.days - 1)
            self._go(self._nearest(day, minute))

    def focus_cursor(self) -> None:
        """Give the focus to the block or free time where the cursor is."""
        entry = self.at.entry
        if entry is not None and entry.key in self._blocks:
            # Shown first: what is hidden takes no cursor.
            self._spread = entry.key
            self._place_blocks()
            self._blocks[entry.key].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._week is not None:
            self._turn = 1 - self._turn
            cursor = self._cursors[self._turn]
            on = self._week.day(self.at.day)
            minute = max(self.at.minute, self._hours[0] * 60)
            cursor.call(entries.free_words(on, minute), time_of(minute))
            cursor.setGeometry(self._cell(self.at.day, minute, minute + entries.STEP))
            cursor.show()
            cursor.raise_()
            cursor.setFocus(Qt.FocusReason.OtherFocusReason)
            # Only now: what has the focus and goes would hand it to anybody.
            self._cursors[1 - self._turn].hide()
        self.went.emit()

    def cursor_rect(self) -> QRect:
        """Where the cursor is, to be scrolled to."""
        entry = self.at.entry
        if entry is not None and entry.key in self._blocks:
            return self._blocks[entry.key].geometry()
        minute = max(self.at.minute, self._hours[0] * 60)
        return self._cell(self.at.day, minute, minute + entries.STEP)

    def column(self, day: int) -> tuple[int, int]:
        """Left edge and width of a day."""
        left = px(ground.GUTTER)
        wide = max(1, self.width() - left)
        start = left + wide * day // self.days
        return start, left + wide * (day + 1) // self.days - start

    def sizeHint(self) -> QSize:
        """As high as the hours are."""
        first, last = self._hours
        return QSize(px(600), self._top() + (last - first) * px(_HOUR) + px(4))

    def minimumSizeHint(self) -> QSize:
        """No narrower than days can be told apart."""
        return QSize(px(ground.GUTTER) + self.days * px(64), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move; the page does the rest, or passes it on."""
        steps = {
            Qt.Key.Key_Down: (0, 1),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
        }
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        step = steps.get(Qt.Key(event.key()))
        if step is not None and plain:
            self._step(*step)
            return
        event.setAccepted(False)
        self.pressed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click puts the cursor at a free time."""
        spot = self._spot(event.position().toPoint(), entries.STEP)
        if spot is not None:
            self.at = Stop(*spot)
            self.focus_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click books there."""
        spot = self._spot(event.position().toPoint(), entries.STEP)
        if spot is not None and self._week is not None:
            self.wanted.emit(self._week.day(spot[0]), time_of(spot[1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Blocks follow."""
        super().resizeEvent(event)
        self._place_blocks()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hours, days, today."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Inks.now().surface)
        if self._week is None:
            return
        for day in range(self.days):
            left, wide = self.column(day)
            area = QRect(left, 0, wide, self.height())
            ground.paint_day(painter, area, self._week, day, self._today)
        first, last = self._hours
        for hour in range(first, last + 1):
            words = f"{hour:02d}:00" if hour < last else ""
            ground.paint_hour(painter, self.width(), self._y(hour * 60), words)

    def _step(self, across: int, down: int) -> None:
        if self._week is None:
            return
        if across:
            day = self.at.day + across
            if 0 <= day < self.days:
                self._go(self._nearest(day, self.at.minute))
            return
        of_day = entries.stops(self._week, self._drawn(), self.at.day)
        place = of_day.index(self.at) if self.at in of_day else -1
        if place < 0:
            self._go(self._nearest(self.at.day, self.at.minute))
        elif 0 <= place + down < len(of_day):
            self._go(of_day[place + down])

    def _go(self, stop: Stop) -> None:
        self.at = stop
        self.focus_cursor()

    def _nearest(self, day: int, minute: int) -> Stop:
        """The block or free time of a day that is nearest to a time."""
        if self._week is None:
            return Stop(day, minute)
        of_day = entries.stops(self._week, self._drawn(), day)

        def far(stop: Stop) -> tuple[int, bool]:
            entry = stop.entry
            inside = entry is not None and entry.begins <= minute < entry.ends
            return (0 if inside else abs(stop.minute - minute), not inside)

        return min(of_day, key=far, default=Stop(day, minute))

    def _drawn(self) -> list[Entry]:
        """The blocks that are shown: of those without a time a few a day."""
        seen: dict[date, int] = {}
        drawn = []
        for each in self._found:
            if each.begins < 0:
                seen[each.on] = seen.get(each.on, 0) + 1
                if seen[each.on] > _MOST_LOOSE:
                    continue
            drawn.append(each)
        return drawn

    def left_out(self) -> int:
        """How many blocks without a time there is no room for."""
        return len(self._found) - len(self._drawn())

    def _made(self, entry: Entry) -> Block:
        block = Block(entry, self._veil, self)
        block.opened.connect(self.opened)
        block.dropped.connect(self._dropped)
        block.installEventFilter(self)
        block.show()
        return block

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A block that gets the focus by Tab or mouse is where the cursor is."""
        if isinstance(event, QFocusEvent) and isinstance(watched, Block):
            if event.gotFocus() and self._week is not None:
                entry = watched.entry
                day = (entry.on - self._week.monday).days
                self.at = Stop(day, entry.begins, entry)
                for cursor in self._cursors:
                    cursor.hide()
            if event.lostFocus() and event.reason() not in blocks.COMES_BACK:
                if self._spread == watched.entry.key:
                    self._spread = ""
                self._place_blocks()
            elif event.gotFocus() and event.reason() in blocks.BY_KEYS:
                self._spread = watched.entry.key
                self._place_blocks()
            watched.update()
        return False

    def _fit(self) -> None:
        loose: dict[date, int] = {}
        for each in self._drawn():
            if each.begins < 0:
                loose[each.on] = loose.get(each.on, 0) + 1
        self._loose = max(loose.values(), default=0)
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()
        self._place_blocks()

    def _place_blocks(self) -> None:
        if self._week is None:
            return
        for more in self._more:
            more.hide()
            more.deleteLater()
        self._more = []
        for day in range(self.days):
            of_day = [e for e in self._drawn() if e.on == self._week.day(day)]
            timed = [each for each in of_day if each.begins >= 0]
            for number, each in enumerate(e for e in of_day if e.begins < 0):
                left, wide = self.column(day)
                rect = QRect(left, number * px(_LOOSE), wide, px(_LOOSE))
                self._blocks[each.key].setGeometry(rect.adjusted(2, 1, -3, -1))
            for crowd in entries.crowds(timed):
                self._place_crowd(day, crowd)
        if self._cursors[self._turn].isVisible():
            self._cursors[self._turn].setGeometry(self.cursor_rect())

    def _place_crowd(self, day: int, crowd: Crowd) -> None:
        """Side by side as many as can be read; the rest behind a number.

        The one with the cursor has the whole day for itself.
        """
        wide, of = self.column(day)[1], max(lane for _, lane in crowd) + 1
        aside = 0 if of <= max(1, wide // px(_READABLE)) else px(_MORE)
        shown = of if not aside else max(1, (wide - aside) // px(_READABLE))
        for each, lane in crowd:
            block, alone = self._blocks[each.key], each.key == self._spread
            # One that goes with the cursor would hand it to whatever comes next.
            block.setVisible(alone or lane < shown or block.hasFocus())
            if alone and of > 1:
                block.setGeometry(self._cell(day, each.begins, each.ends))
                block.raise_()
            elif lane < shown:
                rect = self._cell(day, each.begins, each.ends, lane, shown, aside)
                block.setGeometry(rect)
        left_out = [each for each, lane in crowd if lane >= shown]
        if left_out:
            begins, ends = left_out[0].begins, max(each.ends for each in left_out)
            more = More(left_out, self._veil, self)
            more.setGeometry(self._cell(day, begins, ends, aside=aside - wide))
            more.wanted.connect(self.crowded)
            self._more.append(more)

    def _cell(
        self,
        day: int,
        begins: int,
        ends: int,
        lane: int = 0,
        of: int = 1,
        aside: int = 0,
    ) -> QRect:
        """Where a block goes; ``aside`` is left free at the right, or at the left."""
        left, wide = self.column(day)
        left += max(-aside, 0)
        wide -= abs(aside)
        start = left + wide * lane // of
        end = left + wide * (lane + 1) // of
        top, bottom = self._y(begins), self._y(ends)
        high = max(bottom - top, px(_LOOSE))
        return QRect(start, top, end - start, high).adjusted(2, 1, -3, -1)

    def _top(self) -> int:
        return self._loose * px(_LOOSE) + px(4)

    def _y(self, minute: int) -> int:
        return self._top() + (minute - self._hours[0] * 60) * px(_HOUR) // 60

    def _spot(self, at: QPoint, snap: int) -> tuple[int, int] | None:
        """Day and minute below a point; None beside the hours."""
        if at.x() < px(ground.GUTTER) or self._week is None:
            return None
        wide = max(1, self.width() - px(ground.GUTTER))
        day = min((at.x() - px(ground.GUTTER)) * self.days // wide, self.days - 1)
        minute = self._hours[0] * 60 + (at.y() - self._top()) * 60 // px(_HOUR)
        last = self._hours[1] * 60 - snap
        return day, min(max(minute // snap * snap, self._hours[0] * 60), last)

    def _dropped(self, entry: Entry, at: QPoint) -> None:
        spot = self._spot(QPoint(at.x(), at.y() + px(_HOUR) * _SNAP // 120), _SNAP)
        if spot is None or self._week is None:
            self._place_blocks()
            return
        on, time = self._week.day(spot[0]), time_of(spot[1])
        if (on, spot[1]) == (entry.on, entry.begins):
            self._place_blocks()
            return
        self.moved.emit(entry, on, time)

    def put_back(self) -> None:
        """Blocks stand where the records say; a move was refused."""
        self._place_blocks()
