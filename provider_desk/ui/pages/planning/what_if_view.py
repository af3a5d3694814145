"""What if: numbers at the left, what comes of them at the right, in words as well."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from time import sleep

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.planning.exact import written
from provider_desk.planning.outlook import (
    LONGEST,
    Band,
    Outlook,
    outlook,
)
from provider_desk.planning.scenario import Scenario
from provider_desk.services.planning.own_figures import Own
from provider_desk.ui import deeds
from provider_desk.ui.charts.fan import Fan, FanChart, FanPoint
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.pages.planning import said
from provider_desk.ui.pages.planning.chart_grid import ChartGrid
from provider_desk.ui.pages.planning.dials import Dials
from provider_desk.ui.pages.planning.small_table import SmallTable
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.scroll import scrolling
from provider_desk.ui.parts.words import body, section
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.theme import px

_DIALS_WIDTH = 290
_CHART_WIDTH = 280
_FIRST_WORDS = "As it is"


@dataclass(frozen=True, slots=True)
class _Result:
    """A line of the comparison."""

    words: str
    compared: str
    now: str


@dataclass(frozen=True, slots=True)
class _Both:
    """What comes of two scenarios."""

    compared: Outlook | None
    now: Outlook | None


class WhatIfView(QWidget):
    """Two scenarios: the one that the dials say, and the one it is compared with.

    Attributes:
        dials: every assumption.
        wait: the chart of waits of those who join.
        waiting: the chart of how many wait.
        table: both scenarios side by side.
        words: the assumptions, in sentences.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._asked: Scenario | None = None
        self._playing = False
        self._own: Own | None = None
        self._filled: Scenario | None = None
        self._compared: Scenario | None = None
        self._compared_words = _FIRST_WORDS
        self._found: _Both | None = None
        self._known: tuple[Scenario, Outlook] | None = None
        self.dials = Dials()
        self.wait = FanChart("Wait of somebody who joins the list")
        self.waiting = FanChart(own("People waiting"))
        self.table: SmallTable[_Result] = SmallTable(
            frame, "Two scenarios side by side", self._columns()
        )
        self.words = body()
        self._lay_out()
        self.dials.changed.connect(self.work_out)

    def _lay_out(self) -> None:
        self._left = scrolling(self.dials)
        self._fit()
        self._frame.look_changed.connect(self._fit)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(4), 0, px(8), 0)
        column.setSpacing(px(12))
        column.addWidget(ChartGrid((self.wait, self.waiting), 2, _CHART_WIDTH))
        below = QWidget()
        row = Flow(px(8), below)
        self.back = plain(deeds.OWN_FIGURES.words, self.begin_again)
        self.hold = plain(deeds.COMPARE_WITH.words, self.compare_with_these)
        for button in (self.back, self.hold):
            row.addWidget(button)
        column.addWidget(self.table)
        column.addWidget(below)
        column.addWidget(section("What is assumed"))
        column.addWidget(self.words)
        column.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(16))
        whole.addWidget(self._left)
        whole.addWidget(scrolling(inner), 1)

    def _fit(self) -> None:
        """As wide as the text needs it."""
        self.dials.setMaximumWidth(px(_DIALS_WIDTH))
        self._left.setFixedWidth(px(_DIALS_WIDTH + 20))

    def show_own(self, own: Own, *, keep: bool = False) -> None:
        """Begin with the desk's own figures of an area.

        Args:
            own: the figures.
            keep: numbers that somebody turned stay as they are.
        """
        turned = self._filled is not None and self._filled != self.dials.scenario()
        self._own = own
        if not (keep and turned):
            self.begin_again()

    def begin_again(self) -> None:
        """Put the dials back, and compare with things as they are."""
        if self._own is None:
            return
        self.dials.fill(self._own)
        self._filled = self.dials.scenario()
        self._compared, self._compared_words = None, _FIRST_WORDS
        self.compare_with_these(_FIRST_WORDS)

    def compare_with_these(self, words: str = "Compared with") -> None:
        """Keep what the dials say now beside what they will say."""
        self._compared, self._compared_words = self.dials.scenario(), words
        self.table.show_columns(self._columns())
        self.work_out()

    def work_out(self) -> None:
        """Work out what the dials say.

        One is played at a time, and what has come of it is drawn though the dials have
        moved on since: a line that moves with the slider shows where one is going.
        """
        self._show_words()
        if self._compared is None:
            return
        self._asked = self.dials.scenario()
        if not self._playing:
            self._play()

    def _play(self) -> None:
        now, compared = self._asked, self._compared
        self._asked = None
        self._playing = now is not None and compared is not None
        if now is None or compared is None:
            return
        self._frame.read(
            self,
            partial(_both, compared, now, self._known),
            partial(self._show, compared),
            self._not_played,
        )

    def _not_played(self, error: Exception) -> None:
        self._play()
        self._frame.failed.emit(error)

    def show_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Small numbers of people become words, or numbers again."""
        self.dials.cover(hidden)
        self._show_words()
        if self._found is not None:
            self._draw()

    def start(self) -> None:
        """Put the cursor into the first number."""
        self.dials.start()

    def _show(self, compared: Scenario, found: _Both) -> None:
        self._found = found
        if found.compared is not None:
            self._known = (compared, found.compared)
        self._draw()
        self._play()

    def _show_words(self) -> None:
        slots_of = self._own.slots_of if self._own else ""
        lines = said.assumptions(
            self.dials.scenario(), slots_of, hidden=self._frame.privacy
        )
        self.words.setText(own("\n\n".join(lines)))

    def _draw(self) -> None:
        found = self._found
        if found is None or found.now is None or found.compared is None:
            return
        hidden = self._frame.privacy
        self.wait.set_fans(
            _points(found.now.waits, _wait_of(self.dials.scenario()), "joining "),
            [
                _fan(found.now.waits) if _starts(self.dials.scenario()) else None,
                _fan(found.compared.waits) if _starts(self._compared) else None,
            ],
            LONGEST,
        )
        self.waiting.set_fans(
            _points(
                found.now.waiting,
                lambda band: said.of_people(band, hidden=hidden),
                "",
            ),
            [_fan(found.now.waiting), _fan(found.compared.waiting)],
        )
        self.table.show_rows(self._results(found.compared, found.now))

    def _results(self, compared: Outlook, now: Outlook) -> list[_Result]:
        hidden, first = self._frame.privacy, self._compared
        found = [
            _Result(
                f"Wait of who joins {said.month_words(month)}",
                _wait_of(first)(compared.waits[month]),
                _wait_of(self.dials.scenario())(now.waits[month]),
            )
            for month in said.TOLD_JOIN
        ]
        found += [
            _Result(
                f"People waiting {said.month_words(month)}",
                said.people_band(compared.waiting[month], hidden=hidden),
                said.people_band(now.waiting[month], hidden=hidden),
            )
            for month in said.TOLD_AHEAD
        ]
        if first is not None:
            found += _numbers(first, self.dials.scenario())
        return found

    def _columns(self) -> tuple[Column[_Result], ...]:
        return (
            Column("", lambda row: own(row.words), width=310),
            Column(self._compared_words, lambda row: row.compared, width=215),
            Column("What if", lambda row: row.now, width=215),
        )


def _both(
    compared: Scenario, now: Scenario, known: tuple[Scenario, Outlook] | None
) -> _Both:
    """Play both through; what is known of the first is not played again."""
    first = known[1] if known is not None and known[0] == compared else None
    first = first or outlook(compared, _breathe)
    return _Both(first, first if now == compared else outlook(now, _breathe))


def _breathe() -> bool:
    """Between two runs: let the window have its turn, and go on."""
    sleep(0)
    return False


def _numbers(compared: Scenario, now: Scenario) -> list[_Result]:
    """What follows by division alone."""
    told: tuple[tuple[str, Callable[[Scenario], str]], ...] = (
        ("Slots a week for this contract and area", lambda s: written(s.own_slots)),
        ("People who can start, a week", lambda s: written(s.ends_a_week)),
        (
            "Slots a week that keep the list as it is",
            lambda s: written(s.slots_to_keep_up or Fraction(0)),
        ),
        ("Sessions of a person cost", lambda s: said.pounds(s.cost_of_a_person)),
        ("Those of everybody who waits", lambda s: said.pounds(s.cost_of_the_list)),
    )
    return [_Result(words, say(compared), say(now)) for words, say in told]


def _wait_of(scenario: Scenario | None) -> Callable[[Band], str]:
    """How a wait is said; without slots there is none to tell."""
    if _starts(scenario):
        return said.weeks_band
    return lambda _band: said.NOBODY_STARTS


def _starts(scenario: Scenario | None) -> bool:
    """Whether anybody can start; without slots there is no wait, so none is drawn."""
    return scenario is None or bool(scenario.used_slots)


def _fan(bands: tuple[Band, ...]) -> Fan:
    return Fan(
        tuple(float(each.low) for each in bands),
        tuple(float(each.middle) for each in bands),
        tuple(float(each.high) for each in bands),
    )


def _points(
    bands: tuple[Band, ...], say: Callable[[Band], str], before: str
) -> list[FanPoint]:
    labels = said.month_labels(len(bands))
    return [
        FanPoint(
            label, own(f"{before}{said.month_words(month)}: {say(band)}".capitalize())
        )
        for month, (label, band) in enumerate(zip(labels, bands, strict=True))
    ]
