"""What can be done with a block of the diary: open, mark, move, cancel."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Qt

from provider_desk.model.fields import Day, shown
from provider_desk.model.times import time_of
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.diarying import cancel_panel, marking, move_panel
from provider_desk.ui.pages.diarying.complete_panel import open_booking
from provider_desk.ui.pages.diarying.entries import Entry
from provider_desk.ui.pages.diarying.grid import WeekGrid
from provider_desk.ui.pages.to_do_line import marks

_DAY = Day(label="")
_QUARTER = 15
_NOON = 12 * 60

Runs = dict[Qt.Key, Callable[[], None]]


class BlockWork(QObject):
    """Does it, and lets it be undone."""

    def __init__(self, frame: Frame, grid: WeekGrid) -> None:
        super().__init__(grid)
        self._frame = frame
        self._grid = grid

    def open(self, entry: Entry) -> None:
        """Open a session, or the register of a group's meeting."""
        if entry.meeting is not None:
            group_id = entry.meeting.group_id
            self._frame.go("groups", group_id=group_id, on=entry.on)
        elif entry.session is not None:
            open_booking(self._frame, entry.session)

    def on(self, entry: Entry) -> Runs:
        """What plain keys do on a block."""
        found: Runs = {
            Qt.Key.Key_Return: partial(self.open, entry),
            Qt.Key.Key_Enter: partial(self.open, entry),
        }
        session = entry.session
        if session is not None and entry.is_open:
            frame = self._frame
            found[Qt.Key.Key_M] = partial(move_panel.open_move, frame, session)
            found[Qt.Key.Key_Delete] = partial(cancel_panel.open_cancel, frame, session)
            for number, code in enumerate(marks(), start=1):
                digit = Qt.Key(Qt.Key.Key_0.value + number)
                found[digit] = partial(self._mark, entry, code)
        return found

    def steps(self, entry: Entry) -> Runs:
        """What Ctrl and an arrow do: a quarter of an hour, or a day."""
        if not entry.is_open:
            return {}

        def by(days: int, minutes: int) -> None:
            on = entry.on + timedelta(days=days)
            begins = entry.begins if entry.begins >= 0 else _NOON
            timed = entry.begins >= 0 or bool(minutes)
            self.move_to(entry, on, time_of(begins + minutes) if timed else "")

        return {
            Qt.Key.Key_Up: partial(by, 0, -_QUARTER),
            Qt.Key.Key_Down: partial(by, 0, _QUARTER),
            Qt.Key.Key_Left: partial(by, -1, 0),
            Qt.Key.Key_Right: partial(by, 1, 0),
        }

    def move_to(self, entry: Entry, on: date, time: str) -> None:
        """Move a booking, unless the day is past."""
        if entry.session is None:
            return
        if on < self._frame.desk.today():
            self._grid.put_back()
            self._frame.say(
                f"{shown(_DAY, on)} is past: the booking stays where it was."
            )
            return
        move_panel.move_at_once(self._frame, entry.session, on, time)

    def _mark(self, entry: Entry, code: str) -> None:
        """Mark a session by one key."""
        if entry.session is not None:
            marking.mark(self._frame, self, entry.session, code)
