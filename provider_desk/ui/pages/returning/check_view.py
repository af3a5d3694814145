"""Step one: does everything hold, and which rows are at fault where it does not."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.returns import words
from provider_desk.returns.table import Check, ReturnTable
from provider_desk.services.returning.standing import Standing
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.figure_rows import short_name
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import set_state, soft, state
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_RESULT = 128


class CheckView(QWidget):
    """A sentence on how it stands, and every check; those to put right come first.

    Attributes:
        nil: an area's month is to be confirmed as nil; carries the area's code.
        not_submitted: the month is to stay without figures, or not any more.
    """

    nil = Signal(str)
    not_submitted = Signal()

    def __init__(self, frame: Frame, opened: Callable[[Check], None]) -> None:
        """Lay it out.

        Args:
            frame: the window.
            opened: shows the rows at fault of a check.
        """
        super().__init__()
        self._areas: dict[str, str] = {}
        self._said = state()
        self.model: RowTable[Check] = RowTable(
            [
                Column("Result", _result, tone=_tone, width=_RESULT, whole=True),
                Column("Service area", self._area_words, width=180, leaves=1),
                Column("What must hold", lambda check: check.title, width=360),
                Column("Rows", _rows_words, right=True, width=64),
                Column("In figures", lambda check: check.text, width=360),
            ]
        )
        self.table = TableView("Checks", self.model, frame.preferences, opened)
        self._nil_row = QWidget()
        self._nils = Flow(px(8), self._nil_row)
        self.left_out = plain(deeds.NO_FIGURES.words, self.not_submitted.emit)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(soft("Enter opens a check with the rows that are at fault."), 1)
        foot.addWidget(self.left_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._said)
        column.addWidget(self._nil_row)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def show_table(self, table: ReturnTable) -> None:
        """Show the checks of a return."""
        self._areas = {area.code: short_name(area) for area in table.areas}
        self.model.set_rows(sorted(table.checks, key=_worst_first))
        self.table.set_silent({1} if len(table.areas) == 1 else ())
        stop, look = to_put_right(table), to_look_at(table)
        if stop:
            words_ = f"{_things(stop)} to put right before this return can be signed."
            set_state(self._said, words_, "bad")
        elif look:
            words_ = f"Everything adds up. {_things(look)} to look at."
            set_state(self._said, words_, "warn")
        else:
            set_state(self._said, "Everything adds up.", "good")
        if self.model.rows:
            self.table.selectRow(0)

    def show_standing(self, standing: Standing) -> None:
        """Offer to confirm nil months, and to leave the month without figures."""
        while (item := self._nils.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for area in standing.nil_areas:
            confirmed = area in standing.nil_confirmed
            words_ = "take back “nil, checked”" if confirmed else "nil, checked"
            name = self._areas.get(area, area)
            button = plain(f"{name}: {words_}", partial(self.nil.emit, area))
            self._nils.addWidget(button)
        self._nil_row.setVisible(bool(standing.nil_areas))
        marked = bool(standing.not_submitted)
        self.left_out.setText(
            "This month has figures after all" if marked else deeds.NO_FIGURES.words
        )
        self.left_out.setVisible(marked or not standing.issued)
        if marked:
            words_ = f"This month is not submitted: {standing.not_submitted}"
            set_state(self._said, words_, "warn")

    def _area_words(self, check: Check) -> str:
        return self._areas.get(check.area, check.area)

    def start(self) -> None:
        """Put the cursor on the first check."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def to_put_right(table: ReturnTable) -> int:
    """How many checks keep a return from being signed."""
    return sum(1 for check in table.checks if check.blocking and not check.passed)


def to_look_at(table: ReturnTable) -> int:
    """How many checks failed that a return can be signed with."""
    return sum(1 for check in table.checks if not check.blocking and not check.passed)


def left_words(table: ReturnTable) -> str:
    """What is left in this step."""
    stop, look = to_put_right(table), to_look_at(table)
    if stop:
        return f"{stop} to put right"
    return f"{look} to look at" if look else "✓ all hold"


def _things(count: int) -> str:
    return "1 thing" if count == 1 else f"{count} things"


def _tone(check: Check) -> str:
    if check.passed:
        return "good"
    return "bad" if check.blocking else "warn"


def _result(check: Check) -> str:
    """How a check came out, in a narrow column."""
    if check.passed or not check.blocking:
        return words.check_result(check)
    return "✗ to put right"


def _rows_words(check: Check) -> str:
    return f"{len(check.rows):,}" if check.rows else ""


def _worst_first(check: Check) -> tuple[bool, bool]:
    return (check.passed, not check.blocking)
