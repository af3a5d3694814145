"""Capacity: what if, need, forecasts, the last thirteen months, people and slots."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from operator import methodcaller
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Cancelled
from provider_desk.model.records import Contract
from provider_desk.returns.outline import SUM
from provider_desk.services import settings
from provider_desk.services.planning.overview import Overview, overview
from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.pages.planning.forecast_view import ForecastView
from provider_desk.ui.pages.planning.months_view import MonthsView
from provider_desk.ui.pages.planning.need_view import NeedView
from provider_desk.ui.pages.planning.part_row import PartRow
from provider_desk.ui.pages.planning.people_view import PeopleView
from provider_desk.ui.pages.planning.spans import area_words
from provider_desk.ui.pages.planning.what_if_view import WhatIfView
from provider_desk.ui.pages.returning.no_contract import NoContract
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.scroll import scrolling
from provider_desk.ui.parts.work_line import WorkLine

PARTS = ("What if", "Need", "Forecasts", "Thirteen months", "People and slots")
WHAT_IF, NEED, FORECASTS, MONTHS, PEOPLE = range(len(PARTS))

V = TypeVar("V", bound=QWidget)

#: Between two parts that are made, so that a key pressed meanwhile is answered.
_BREATH_MS = 20

#: Changes of these are shown without counting the whole contract again.
_OWN = {"need_model": NEED, "estimate": NEED, "forecast": FORECASTS}


class CapacityPage(Page):
    """Contract and area at the top; a part of the page below.

    Attributes:
        seen: the figures of the contract, None before they are counted.
    """

    TITLE = "Capacity"
    HELP = "capacity"
    CONCERNS = (
        "contract", "contract_area", "capacity", "worker_slots", "referral",
        "waiting_entry", "episode", "closure", "session", "supported_by",
        "support_group", "not_submitted", "provider", *_OWN,
    )  # fmt: skip

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.seen: Overview | None = None
        self._stop = Event()
        self._arrived = False
        self.contract = Pick("Contract", (), 20)
        self.contract.picked.connect(lambda _code: self._count())
        self.area = Pick("Service area", (), 24)
        self.area.picked.connect(lambda _code: self._show_area())
        self.row = PartRow(PARTS)
        self.row.chosen.connect(self.go_to_part)
        self._stack = QStackedWidget()
        self._columns: list[QVBoxLayout] = []
        for _ in PARTS:
            held = QWidget()
            held.setProperty("role", "clear")
            column = QVBoxLayout(held)
            column.setContentsMargins(0, 0, 0, 0)
            self._columns.append(column)
            self._stack.addWidget(held)
        self._work = WorkLine()
        self.banner = Banner()
        self._nothing = NoContract(lambda: frame.go("settings", part="contracts"))
        for pick in (self.contract, self.area):
            self.head.addWidget(pick)
        for part in (self.row, self.banner, self._work, self._nothing):
            self.body.addWidget(part)
        self.body.addWidget(self._stack, 1)
        self.body.addStretch(0)
        self._stack.hide()
        self.row.hide()
        for offer in self._deeds():
            key = QShortcut(QKeySequence(offer.key.key), self)
            key.activated.connect(partial(self._run, offer))
        # While it is counted the parts are made, one after the other.
        self._later = iter(("what_if", "need", "forecasts", "months", "people"))
        self._making = QTimer(self)
        self._making.setInterval(_BREATH_MS)
        self._making.timeout.connect(self._make_next)
        self._making.start()

    @cached_property
    def what_if(self) -> WhatIfView:
        """Its first part."""
        return self._put(WHAT_IF, WhatIfView(self.frame))

    @cached_property
    def need(self) -> NeedView:
        """Its second part."""
        return self._put(NEED, NeedView(self.frame))

    @cached_property
    def forecasts(self) -> ForecastView:
        """Its third part."""
        return self._put(FORECASTS, ForecastView(self.frame))

    @cached_property
    def months(self) -> MonthsView:
        """Its fourth part."""
        return self._put(MONTHS, MonthsView(self.frame))

    @cached_property
    def people(self) -> PeopleView:
        """Its fifth part."""
        return self._put(PEOPLE, PeopleView(self.frame))

    @property
    def parts(
        self,
    ) -> tuple[WhatIfView, NeedView, ForecastView, MonthsView, PeopleView]:
        """The views, in the order of ``PARTS``."""
        return self.what_if, self.need, self.forecasts, self.months, self.people

    def _put(self, number: int, view: V) -> V:
        inner = view if number == WHAT_IF else scrolling(view)
        self._columns[number].addWidget(inner)
        return view

    def _make_next(self) -> None:
        name = next(self._later, "")
        if name:
            getattr(self, name)
        else:
            self._making.stop()

    def opened(self, **what: Any) -> None:
        """Count the contract.

        Args:
            what: ``part=1`` shows another part.
        """
        self._arrived = True
        if "part" in what:
            self.go_to_part(int(what["part"]))
        desk = self.frame.desk
        self.frame.read(self, partial(settings.contracts, desk), self._offer)

    def offers(self) -> list[Offer]:
        """Its parts and deeds; the search finds them by their words."""
        return self._deeds() if self.seen is not None else []

    def _deeds(self) -> list[Offer]:
        parts = [
            Offer(key, partial(self.go_to_part, number))
            for number, key in enumerate(deeds.CAPACITY_PARTS)
        ]
        does = (
            (WHAT_IF, methodcaller("begin_again")),
            (WHAT_IF, methodcaller("compare_with_these")),
            (NEED, methodcaller("add")),
            (NEED, methodcaller("add_estimate")),
            (FORECASTS, methodcaller("keep")),
            (FORECASTS, methodcaller("add_own")),
        )
        return parts + [
            Offer(key, partial(self._do, part, deed))
            for key, (part, deed) in zip(deeds.CAPACITY_DEEDS, does, strict=True)
        ]

    def _run(self, offer: Offer) -> None:
        if self.seen is not None:
            offer.run()

    def _do(self, part: int, deed: Callable[[QWidget], object]) -> None:
        """Do a deed in the part that it belongs to."""
        if self.row.now() != part:
            self.go_to_part(part)
        deed(self.parts[part])

    def refresh(self, changed: Changed) -> None:
        """Ask again for what changed."""
        touched = set(changed.records)
        if touched <= _OWN.keys():
            self._load_own({_OWN[table] for table in touched})
        else:
            self._count()

    def resume(self) -> None:
        """The part that is shown."""
        if self.seen is not None:
            self.parts[self.row.now()].start()

    def show_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Small numbers of people become words, or numbers again."""
        for view in (self.what_if, self.need, self.forecasts, self.months):
            view.show_privacy(hidden)

    def go_to_part(self, number: int) -> None:
        """Show a part and put the cursor there."""
        self.row.go_to(number)
        self._stack.setCurrentIndex(number)
        self.resume()

    def _offer(self, contracts: Sequence[Contract]) -> None:
        named = [(each.id, f"{each.reference}: {each.title}") for each in contracts]
        self.contract.set_options(named)
        self.contract.setVisible(len(named) > 1)
        self.area.setVisible(bool(named))
        self._nothing.setVisible(not named)
        if named:
            self._count()

    def _count(self) -> None:
        """Count the contract that is chosen; what was counted before is stopped."""
        contract = self.contract.code()
        if not contract:
            return
        self._stop.set()
        self._stop = stop = Event()
        self.banner.hide()
        self._work.begin("Counting …", stop.set)
        desk = self.frame.desk
        self.frame.read(
            self,
            lambda: overview(desk, contract, stop.is_set),
            partial(self._counted, stop),
            partial(self._failed, stop),
        )

    def _counted(self, stop: Event, seen: Overview) -> None:
        if stop is not self._stop:
            return
        self._work.end()
        again = self.seen is not None and self.seen.contract_id == seen.contract_id
        self.seen = seen
        before = self.area.code()
        self.area.set_options(
            [
                (each.code, each.label if each.code == SUM else area_words(each.code))
                for each in seen.areas
            ]
        )
        self.area.set_code(before or (SUM if len(seen.areas) > 1 else ""))
        self.row.show()
        self._stack.show()
        self._show_area(keep_dials=again)
        self._load_own({NEED})
        if self._arrived:
            self.resume()
        self._arrived = False

    def _failed(self, stop: Event, error: Exception) -> None:
        if stop is not self._stop:
            return
        self._work.end()
        if isinstance(error, Cancelled):
            words = "Choose a contract, or come here again, to count."
            self.banner.show_words("Counting was stopped.", words, "plain")
        else:
            self._stack.hide()
            self.banner.show_error(error)

    def _show_area(self, *, keep_dials: bool = False) -> None:
        seen, area = self.seen, self.area.code()
        if seen is None:
            return
        self.what_if.show_own(seen.own[area], keep=keep_dials)
        self.months.show_area(seen, area)
        self.forecasts.show_area(seen, area)
        self.people.show_area(seen, area)

    def _load_own(self, parts: set[int]) -> None:
        seen = self.seen
        if seen is None:
            return
        if NEED in parts:
            areas = [(a.code, a.label) for a in seen.areas if a.code != SUM]
            self.need.load(seen.contract_id, areas)
        if FORECASTS in parts:
            self.forecasts.load()
