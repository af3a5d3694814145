"""Forecasts: what would be said now, what was said before, and how near it was."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.errors import Cancelled
from provider_desk.model.months import Month
from provider_desk.model.progress import Stopped
from provider_desk.planning.exact import written
from provider_desk.planning.forecasting import Said, Score
from provider_desk.services.desk import Desk
from provider_desk.services.planning import forecasts
from provider_desk.services.planning.forecasts import Ahead, Forecasts, Kept
from provider_desk.services.planning.overview import Overview
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.planning.panels import TakeBackPanel, forecast_panel
from provider_desk.ui.pages.planning.said import people
from provider_desk.ui.pages.planning.small_table import SmallTable
from provider_desk.ui.pages.planning.spans import area_words
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.words import body, section, soft
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.tables.columns import Column, day_column
from provider_desk.ui.theme import px

_AHEAD = (1, 3, 6, 12)
_USUAL = "3"
_ABOUT = (
    "Referrals: the mean month of the last twelve. Waiting and live: where they stand, "
    "and on by their mean change of a month. From and to are meant to hold 8 of 10. A "
    "forecast is kept as it was said and scored once its month is over; a month that "
    "has begun can't be forecast."
)
_NOTHING = (
    "No forecast is kept yet. Keep those above; once their months are over, this shows "
    "how near they were."
)
_TOO_LITTLE = "too little is known"
_NOTHING_KNOWN = (
    "There is nothing to go by yet. A forecast needs three months with figures under "
    "this contract, and something recorded in them; one made by another method can be "
    "kept now."
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the desk says."""

    ahead: list[Ahead]
    kept: Forecasts


class ForecastView(QWidget):
    """What would be said now above, what was kept below.

    Attributes:
        months: how many months ahead.
        ahead: what would be said of the area that is shown.
        unknown: stands instead of it where nothing can be said.
        scores: how near forecasts were, in sentences.
        kept: every forecast; Enter takes one back.
        work: that they are worked out, and a way to stop it.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._seen: Overview | None = None
        self._area = ""
        self._found: _Seen | None = None
        self.months = Pick(
            "Months ahead", [(str(each), str(each)) for each in _AHEAD], 4
        )
        self.months.set_code(_USUAL)
        self.months.picked.connect(lambda _code: self.load())
        self.ahead: SmallTable[Ahead] = SmallTable(
            frame, "Forecasts as they would be said now", self._ahead_columns()
        )
        self.unknown = body(_NOTHING_KNOWN)
        self.unknown.hide()
        self.scores = body()
        self.kept: SmallTable[Kept] = SmallTable(
            frame, "Forecasts that were kept", self._kept_columns(), self._take_back
        )
        self.banner = Banner()
        self.work = WorkLine()
        self._stop = Event()
        self._lay_out()

    def _lay_out(self) -> None:
        top = QWidget()
        row = Flow(px(8), top)
        self.keep_button = primary(deeds.KEEP_FORECASTS.words, self.keep)
        for part in (
            self.months,
            self.keep_button,
            plain(deeds.OWN_FORECAST.words, self.add_own),
        ):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        for widget in (
            self.banner,
            section("For the months to come"),
            top,
            self.work,
            self.ahead,
            self.unknown,
            soft(_ABOUT),
            section("What was said, and what came"),
            self.scores,
            self.kept,
        ):
            column.addWidget(widget)
        column.addStretch(1)

    def show_area(self, seen: Overview, area: str) -> None:
        """Show forecasts of a contract, those to come of an area of it."""
        again = self._seen is None or self._seen is not seen
        self._seen, self._area = seen, area
        if again:
            self.load()
        elif self._found is not None:
            self._show(self._found)

    def load(self) -> None:
        """Ask the desk; what was asked before is stopped."""
        if self._seen is None:
            return
        self._stop.set()
        self._stop = stop = Event()
        self.work.begin("Working out the forecasts …", stop.set)
        contract_id, months = self._seen.contract_id, int(self.months.code())
        self._frame.read(
            self,
            partial(_asked, self._frame.desk, contract_id, months, stop.is_set),
            partial(self._worked_out, stop),
            partial(self._failed, stop),
        )

    def _worked_out(self, stop: Event, found: _Seen) -> None:
        if stop is self._stop:
            self.work.end()
            self.banner.hide()
            self._show(found)

    def _failed(self, stop: Event, error: Exception) -> None:
        if stop is not self._stop:
            return
        self.work.end()
        if isinstance(error, Cancelled):
            words = "Choose how many months ahead to work them out."
            self.banner.show_words("The forecasts were stopped.", words, "plain")
        else:
            self.banner.show_error(error)

    def show_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Small numbers become words, or numbers again."""
        del hidden
        if self._found is not None:
            self._show(self._found)

    def start(self) -> None:
        """Put the cursor where one begins."""
        self.months.setFocus()

    def _show(self, found: _Seen) -> None:
        self._found = found
        ahead = [each for each in found.ahead if each.area == self._area]
        known = any(each.said is not None for each in ahead)
        self.ahead.show_rows(ahead)
        self.ahead.setVisible(known)
        self.unknown.setVisible(not known)
        self.kept.setVisible(bool(found.kept.kept))
        self.kept.show_rows(found.kept.kept)
        if not found.kept.kept:
            self.scores.setText(_NOTHING)
            return
        lines = [
            _score_words(choices("forecast_figure").label(figure), each)
            for figure, each in found.kept.scores.items()
        ]
        self.scores.setText(
            "\n".join(lines) or "No month of a forecast that was kept is over yet."
        )

    def keep(self) -> None:
        """Keep what is said now, of every area."""
        seen, desk = self._seen, self._frame.desk
        if seen is None:
            return
        months = int(self.months.code())
        self.banner.hide()

        def done(ids: str) -> None:
            self._frame.offer_undo(
                lambda: forecasts.take_back_forecasts(desk, ids.split(), UNDONE)
            )

        self._frame.write(
            self,
            lambda: forecasts.keep_forecasts(desk, seen.contract_id, months),
            done,
            self.banner.show_error,
        )

    def add_own(self) -> None:
        """Ask for a forecast that was made by another method."""
        if self._seen is not None:
            panel = forecast_panel(self._frame, self._seen.contract_id)
            self._frame.open_panel(panel)

    def _take_back(self, kept: Kept) -> None:
        held, desk = kept.forecast, self._frame.desk
        name = choices("forecast_figure").label(held.figure)
        about = (
            f"{name}, {Month.parse(held.month).name}: {held.expected} "
            f"({held.low} to {held.high}). {held.method} Its history stays."
        )
        self._frame.open_panel(
            TakeBackPanel(
                self._frame,
                "Take the forecast back",
                about,
                lambda reason: forecasts.take_back_forecasts(desk, [held.id], reason),
            )
        )

    def _few(self, count: int) -> str:
        return people(count, hidden=self._frame.privacy)

    def _ahead_columns(self) -> list[Column[Ahead]]:
        def said(say: Callable[[Said], str]) -> Callable[[Ahead], str]:
            return lambda row: say(row.said) if row.said is not None else _TOO_LITTLE

        return [
            Column(
                "Figure",
                lambda row: choices("forecast_figure").label(row.figure),
                width=260,
            ),
            Column("Month", lambda row: row.month.name, width=140),
            Column("From", said(lambda s: self._few(s.low)), right=True, width=80),
            Column(
                "Expected", said(lambda s: self._few(s.expected)), right=True, width=90
            ),
            Column("To", said(lambda s: self._few(s.high)), right=True, width=80),
            Column(
                "How",
                lambda row: row.said.method if row.said is not None else "",
                private=True,
                width=360,
                leaves=1,
            ),
        ]

    def _kept_columns(self) -> list[Column[Kept]]:
        def came(row: Kept) -> str:
            return self._few(row.outcome.actual) if row.outcome else row.state

        def inside(row: Kept) -> str:
            if row.outcome is None:
                return ""
            return "✓ inside" if row.outcome.inside else "! outside"

        return [
            Column(
                "Month", lambda row: Month.parse(row.forecast.month).name, width=125
            ),
            Column(
                "Service area",
                lambda row: area_words(row.forecast.area),
                width=150,
                leaves=1,
            ),
            Column(
                "Figure",
                lambda row: choices("forecast_figure").label(row.forecast.figure),
                width=180,
            ),
            Column(
                "Said",
                lambda row: (
                    f"{self._few(row.forecast.expected)} "
                    f"({self._few(row.forecast.low)} to {self._few(row.forecast.high)})"
                ),
                width=130,
            ),
            Column("Came", came, right=True, width=120),
            Column(
                "",
                inside,
                tone=lambda r: "" if r.outcome is None or r.outcome.inside else "warn",
                width=90,
            ),
            day_column("Said on", lambda row: row.forecast.made_on, 150, leaves=2),
            Column(
                "How",
                lambda row: row.forecast.method,
                private=True,
                width=145,
                leaves=3,
            ),
        ]


def _asked(desk: Desk, contract_id: str, months: int, stopped: Stopped) -> _Seen:
    return _Seen(
        forecasts.ahead_of(desk, contract_id, months, stopped),
        forecasts.forecasts(desk, contract_id, stopped),
    )


def _score_words(figure: str, found: Score) -> str:
    """How near forecasts of a figure were."""
    side = "more" if found.bias > 0 else "less"
    bias = (
        "neither more nor less on the whole"
        if not found.bias
        else f"on the whole {written(abs(found.bias))} {side} came than was said"
    )
    return (
        f"{figure}: {found.inside}/{found.count} inside from and to; off by "
        f"{written(found.error)} on average; {bias}."
    )
