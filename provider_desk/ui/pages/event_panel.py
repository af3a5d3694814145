"""One line of the time line: what was recorded, and all that was changed of it."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout

from provider_desk.model.clock import moment
from provider_desk.model.fields import Day, Value, shown
from provider_desk.model.views import Event, EventKind, HistoryLine
from provider_desk.services.casework.history import history, values_of
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own_in_line
from provider_desk.ui.pages.change import Change, Options
from provider_desk.ui.pages.change_event import CHANGES, ChangePanel
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, section, soft, strong
from provider_desk.ui.theme import px
from provider_desk.ui.veil import HIDDEN, Veil

_DAY = Day(label="")


class EventPanel(Panel):
    """What was recorded, who changed what of it and why, and what can be done."""

    def __init__(self, frame: Frame, event: Event, code: str) -> None:
        super().__init__(event.title, code)
        self._frame = frame
        self._event = event
        self._code = code
        self.body.addWidget(soft(shown(_DAY, event.on)))
        if event.detail:
            self.body.addWidget(frame.veil.over(body(own_in_line(event.detail))))
        for change in CHANGES.get(event.table, ()):
            if change.may(frame.desk):
                button = plain(change.words, partial(self._begin, change))
                self.foot.addWidget(button, button.sizeHint().width())
        self.body.addWidget(section("History"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(12))
        self.body.addLayout(self._lines)
        desk, table, row_id = frame.desk, event.table, event.row_id
        frame.read(self, partial(history, desk, table, row_id), self._show)

    def _show(self, lines: list[HistoryLine]) -> None:
        for line in reversed(lines):
            self._lines.addWidget(_Entry(self._frame.veil, line))

    def _begin(self, change: Change) -> None:
        begin(self._frame, change, self._event, self._code, self._frame.failed.emit)


def begin(
    frame: Frame,
    change: Change,
    event: Event,
    code: str,
    failed: Callable[[Exception], None],
) -> None:
    """Open the panel that changes a record."""

    def read() -> tuple[Mapping[str, Value], Options]:
        options = change.options(frame.desk) if change.options is not None else {}
        return values_of(frame.desk, event.table, event.row_id), options

    def found(held: tuple[Mapping[str, Value], Options]) -> None:
        values, options = held
        if change.panel is None:
            frame.open_panel(ChangePanel(frame, change, event, code, values, options))
        else:
            frame.open_panel(change.panel(frame, event, code, values))

    frame.read(frame, read, found, failed)


def begin_change(frame: Frame, event: Event, code: str, words: str) -> None:
    """Open the panel of a change by the words of its button."""
    for change in CHANGES.get(event.table, ()):
        if change.words == words and change.may(frame.desk):
            begin(frame, change, event, code, frame.failed.emit)
            return


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open the panel of a change that a draft was typed into."""
    event = Event(
        kind=EventKind(args["kind"]),
        on=date.fromisoformat(args["on"]),
        title=args["title"],
        detail="",
        table=args["table"],
        row_id=args["row_id"],
        episode_id=args["episode_id"],
    )
    for change in CHANGES.get(event.table, ()):
        if change.words == args["change"] and change.may(frame.desk):
            begin(frame, change, event, args["code"], lambda _error: gone())
            return
    gone()


class _Entry(QFrame):
    """One change: when, who, why, and what became of what."""

    def __init__(self, veil: Veil, line: HistoryLine) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        when = moment(line.at_ms)
        by = f" · {line.by}" if line.by else ""
        column.addWidget(strong(line.deed.capitalize()))
        column.addWidget(soft(f"{shown(_DAY, when.date())}, {when:%H:%M}{by}"))
        if line.reason:
            column.addWidget(veil.over(body(f"“{line.reason}”")))
        for label, before, after in line.fields:
            if after or before:
                was = f"{before} → " if before else ""
                words = body(f"{label}: {was}{after or 'empty'}")
                column.addWidget(veil.over(words, f"{label}: {HIDDEN}"))
