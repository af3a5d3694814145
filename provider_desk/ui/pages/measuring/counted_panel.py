"""Gains in daily life, counted over a year; few people stand as words."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from provider_desk.model.months import Month
from provider_desk.services.casework.measuring import gains
from provider_desk.services.casework.measuring.gains import GainCount
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.words import body, soft
from provider_desk.ui.theme import px

#: Fewer people than this stand as words. Source: domain reference, E.
FEW = 5
_ABOUT = (
    "In how many cases each gain was seen, over the whole service. It is not part of "
    "the return. Somebody with several gains, or two referrals, counts in each."
)
_NOTHING = "No gain was ticked in these months. It is done from a person's page."
_WHEN = (
    ("this", "Since April"),
    ("last", "The year before, April to March"),
    ("12", "The last 12 months"),
)


def few(count: int) -> str:
    """A number of people as it may stand where others can see it."""
    return f"fewer than {FEW}" if 0 < count < FEW else f"{count:,}"


def days_of(code: str, today: date) -> tuple[date, date]:
    """First and last day of "this" or "last" year from April, or of "12" months."""
    april = Month.of(today).april.first_day
    if code == "last":
        end = april - timedelta(1)
        return Month.of(end).april.first_day, end
    return (today - timedelta(364), today) if code == "12" else (april, today)


def lines_of(counted: Sequence[GainCount]) -> list[tuple[str, str]]:
    """A line and a second one for each gain that was seen, most often seen first."""
    seen = sorted((c for c in counted if c.cases), key=lambda c: -c.cases)
    lines = [
        (
            f"{each.label}: {few(each.cases)}",
            f"seen again later: {few(each.again)}" if each.again else "",
        )
        for each in seen
    ]
    others = [each.label for each in counted if not each.cases]
    if not lines:
        return [(_NOTHING, "")]
    return [*lines, *([("Not seen", ", ".join(others))] if others else [])]


class GainsCountedPanel(Panel):
    """A year to choose and a line for each gain.

    Attributes:
        when: the year.
        said: the lines, as they stand there.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__(deeds.GAINS_COUNTED.words)
        self._frame = frame
        self.said: list[tuple[str, str]] = []
        self.body.addWidget(soft(_ABOUT))
        self.when = Pick("Which months", _WHEN, 34)
        self.when.picked.connect(lambda _code: self._ask())
        self.body.addWidget(self.when)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(2))
        self.body.addLayout(self._lines)
        self._ask()

    def start(self) -> None:
        """Begin with the choice of months."""
        self.when.setFocus()

    def _ask(self) -> None:
        desk = self._frame.desk
        first, last = days_of(self.when.code() or "this", desk.today())
        read = partial(gains.gains_counted, desk, first, last)
        self._frame.read(self, read, self._show)

    def _show(self, counted: Sequence[GainCount]) -> None:
        self.said = lines_of(counted)
        clear(self._lines)
        for line, more in self.said:
            self._lines.addWidget(body(line))
            if more:
                self._lines.addWidget(soft(more))
            self._lines.addSpacing(px(6))


def ask(frame: Frame) -> None:
    """Open it."""
    frame.open_panel(GainsCountedPanel(frame))
