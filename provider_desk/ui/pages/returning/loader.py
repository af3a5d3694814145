"""What the return page knows of the month that is chosen, asked beside the window."""

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal

from provider_desk.model.errors import Cancelled
from provider_desk.model.months import Month
from provider_desk.returns.table import ReturnTable
from provider_desk.services.returning import preparing, restating, standing
from provider_desk.services.returning.choosing import COUNCIL, INTERNAL
from provider_desk.ui.frame import Frame


class ReturnLoader(QObject):
    """Asks about one month at a time; an answer about another one is dropped.

    Attributes:
        counted: the figures are there: a ``ReturnTable``.
        stood: where the month stands: a ``Standing``.
        rounded: the council's copy: a ``ReturnTable``.
        beside: exact beside published: a list of ``Side``.
        differing: what was issued and counts differently now: a list of ``Restated``.
        stopped: somebody stopped the counting.
        refused: what is asked for can't be had; carries the error.
        failed: the figures themselves can't be had; carries the error.
    """

    counted = Signal(object)
    stood = Signal(object)
    rounded = Signal(object)
    beside = Signal(object)
    differing = Signal(object)
    stopped = Signal()
    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, frame: Frame, *, makes: bool) -> None:
        """Nothing is asked yet.

        Args:
            frame: the window.
            makes: whether the exact figures may be seen.
        """
        super().__init__(frame)
        self._frame = frame
        self._makes = makes
        self._stop = Event()
        self._standing = frame.newest(self)
        self._council: ReturnTable | None = None
        self.contract_id = ""
        self.month = Month(2000, 1)

    def count(self, contract_id: str, month: Month) -> None:
        """Count a month; what was being counted before is stopped."""
        self._stop.set()
        self._stop = stop = Event()
        self._council = None
        self.contract_id, self.month = contract_id, month
        copy = INTERNAL if self._makes else COUNCIL
        desk = self._frame.desk
        self._frame.read(
            self,
            lambda: preparing.prepare(desk, contract_id, month, copy, stop.is_set),
            partial(self._answer, stop, self.counted.emit),
            partial(self._not_counted, stop),
        )

    def stop(self) -> None:
        """Stop counting."""
        self._stop.set()

    def ask_standing(self) -> None:
        """Ask what is left to do."""
        stop, desk = self._stop, self._frame.desk
        contract_id, month = self.contract_id, self.month
        self._standing.ask(
            lambda: standing.standing(desk, contract_id, month),
            partial(self._answer, stop, self.stood.emit),
            partial(self._refuse, stop),
        )

    def ask_council(self) -> None:
        """Ask for the council's copy: from the ledger, or as issuing would give it."""
        if self._council is not None:
            self.rounded.emit(self._council)
            return
        stop, desk = self._stop, self._frame.desk
        contract_id, month = self.contract_id, self.month

        def shown(table: ReturnTable) -> None:
            self._council = table
            self.rounded.emit(table)

        self._ask(
            lambda: preparing.prepare(desk, contract_id, month, COUNCIL, stop.is_set),
            shown,
        )

    def ask_sides(self) -> None:
        """Ask for exact beside published."""
        stop, desk = self._stop, self._frame.desk
        contract_id, month = self.contract_id, self.month
        self._ask(
            lambda: preparing.side_by_side(desk, contract_id, month, stop.is_set),
            self.beside.emit,
        )

    def ask_restated(self) -> None:
        """Ask what was issued and counts differently now."""
        desk, contract_id = self._frame.desk, self.contract_id
        self._ask(lambda: restating.restated(desk, contract_id), self.differing.emit)

    def _ask(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        stop = self._stop
        self._frame.read(
            self,
            work,
            partial(self._answer, stop, done),
            partial(self._refuse, stop),
        )

    def _answer(self, stop: Event, done: Callable[[Any], None], found: Any) -> None:
        if stop is self._stop:
            done(found)

    def _refuse(self, stop: Event, error: Exception) -> None:
        if stop is self._stop and not isinstance(error, Cancelled):
            self.refused.emit(error)

    def _not_counted(self, stop: Event, error: Exception) -> None:
        if stop is not self._stop:
            return
        if isinstance(error, Cancelled):
            self.stopped.emit()
        else:
            self.failed.emit(error)
