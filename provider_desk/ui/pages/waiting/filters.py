"""Which list is looked at: as of which day, which contract, which service area."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Day
from provider_desk.model.records import Contract
from provider_desk.services import settings
from provider_desk.services.desk import Desk
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import DayEditor
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.theme import px

_AS_OF = Day(label="As of")
_PAUSE_MS = 300


@dataclass(frozen=True, slots=True)
class Lists:
    """What can be chosen.

    Attributes:
        contracts: of the desk.
        areas: codes of the service areas that they pay for.
    """

    contracts: Sequence[Contract]
    areas: Sequence[str]


def lists_of(desk: Desk) -> Lists:
    """Ask the desk what can be chosen."""
    contracts = settings.contracts(desk)
    areas = [
        code for each in contracts for code in settings.contract_areas(desk, each.id)
    ]
    return Lists(contracts, tuple(dict.fromkeys(areas)))


class Filters(QWidget):
    """Three fields; a day that can't be read changes nothing.

    Attributes:
        changed: another list is wanted.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.day = DayEditor(_AS_OF, today)
        self._opened_on = today()
        self.day.set_value(self._opened_on)
        self.box = FieldBox(_AS_OF, self.day, optional=False)
        self.box.setFixedWidth(px(160))
        self.contract = Pick("Contract", [("", "All contracts")], 24)
        self.area = Pick("Service area", [("", "All areas")], 34)
        # Somebody types a day letter by letter; only the last one is meant.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed.emit)
        self.day.changed.connect(self._typed)
        self.day.line.returnPressed.connect(self._asked)
        self.contract.picked.connect(lambda _code: self.changed.emit())
        self.area.picked.connect(lambda _code: self.changed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.contract, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.area, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)

    def as_of(self) -> date:
        """The day that is asked for; today where none can be read."""
        found = self.day.value()
        return found if isinstance(found, date) else self._today()

    def follow_today(self) -> None:
        """A window that was open overnight shows the new day, if none was chosen."""
        if self.as_of() == self._opened_on:
            self.day.set_value(self._today())
        self._opened_on = self._today()

    def set_as_of(self, day: date) -> None:
        """Ask for a day."""
        self.day.set_value(day)

    def offer(self, lists: Lists) -> None:
        """Offer the desk's contracts and the areas that they pay for."""
        named = [
            (each.id, f"{each.reference}: {each.title}") for each in lists.contracts
        ]
        self.contract.set_options([("", "All contracts"), *named])
        self.contract.setVisible(len(named) > 1)
        label = choices("service_area").label
        codes = [(code, label(code)) for code in lists.areas]
        self.area.set_options([("", "All areas"), *codes])
        self.area.setVisible(len(codes) > 1)

    def _asked(self) -> None:
        """Enter asks for the list: where it can't, the field says so at once."""
        unread = self.day.problem()
        if unread:
            self.box.show_problems([Problem("as_of", unread)])

    def _typed(self) -> None:
        self.box.forget_problem()
        if isinstance(self.day.value(), date):
            self._pause.start()
