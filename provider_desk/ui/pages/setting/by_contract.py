"""Settings that belong to an area of a contract: opening balances and capacity."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Record, Value
from provider_desk.model.records import (
    Capacity,
    Contract,
    ContractArea,
    OpeningBalance,
)
from provider_desk.services import settings
from provider_desk.services.desk import Desk
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.words import soft
from provider_desk.ui.tables.columns import Column, declared
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView


@dataclass(frozen=True, slots=True)
class Shape:
    """What one such section asks and does.

    Attributes:
        record_type: what is kept.
        rows: the fields that are asked, after the contract.
        columns: the fields that the table shows, how wide, and which leave first.
        find: the rows of a contract.
        save: the deed.
        button: the deed in words.
    """

    record_type: type[Record]
    rows: Sequence[Row]
    columns: Sequence[tuple[str, int, int]]
    find: Callable[[Desk, str], Sequence[Record]]
    save: Callable[[Desk, Mapping[str, Value]], tuple[str, Changed]]
    button: str


OPENING = Shape(
    OpeningBalance,
    ["area", "on", ("awaiting", "waiting"), "live"],
    [
        ("area", 190, 0),
        ("on", 150, 0),
        ("awaiting", 210, 3),
        ("waiting", 130, 1),
        ("live", 100, 2),
    ],
    settings.opening_balances,
    settings.set_opening_balance,
    "Enter an opening balance",
)

CAPACITY = Shape(
    Capacity,
    ["area", ("from_on", "weekly_slots")],
    [("area", 320, 0), ("from_on", 150, 1), ("weekly_slots", 230, 0)],
    settings.capacities,
    settings.set_capacity,
    "Enter capacity",
)

AREA_LIFE = Shape(
    ContractArea,
    ["area", ("starts_on", "ends_on")],
    [("area", 420, 0), ("starts_on", 150, 0), ("ends_on", 150, 1)],
    settings.area_lives,
    settings.set_area_life,
    "Open or close an area",
)


class ByContractSection(Section):
    """A contract to choose, its rows, and a button that adds one."""

    SHAPE: Shape

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        shape = self.SHAPE
        self._areas: tuple[str, ...] = ()
        self.contract = Pick("Contract", (), 34)
        self.contract.picked.connect(lambda _code: self._load_rows())
        columns: list[Column[Any]] = [
            declared(
                shape.record_type, name, partial(_value, name), width, leaves=leaves
            )
            for name, width, leaves in shape.columns
        ]
        self.model: RowTable[Any] = RowTable(columns)
        name = f"{self.TITLE}"
        self.table = TableView(name, self.model, frame.preferences, self._open)
        self._none = soft()
        self.button = primary(shape.button, self.add)
        self.column.addWidget(self.contract, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._none)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(0)

    def load(self) -> None:
        """Offer the contracts, then show the rows of the chosen one."""
        desk = self.frame.desk
        self.frame.read(self, lambda: settings.contracts(desk), self._offer)

    def start(self) -> None:
        """The button that adds a row."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Ask for a new row."""
        self._ask({})

    def _open(self, row: Record) -> None:
        self._ask(row.values())

    def _ask(self, values: Mapping[str, Value]) -> None:
        ask(self.frame, self.SHAPE, self.contract.code(), self._areas, values)

    def _offer(self, contracts: Sequence[Contract]) -> None:
        named = [(each.id, f"{each.reference}: {each.title}") for each in contracts]
        self.contract.set_options(named)
        self.contract.setVisible(len(named) > 1)
        self.button.setEnabled(bool(named))
        self._load_rows()

    def _load_rows(self) -> None:
        desk, contract_id = self.frame.desk, self.contract.code()
        if not contract_id:
            self._show((), ())
            self._none.setText("Add a contract first, in “Contracts and areas”.")
            return
        find = self.SHAPE.find
        self.frame.read(
            self,
            lambda: (
                tuple(settings.contract_areas(desk, contract_id)),
                tuple(find(desk, contract_id)),
            ),
            lambda found: self._show(*found),
        )

    def _show(self, areas: tuple[str, ...], rows: Sequence[Record]) -> None:
        self._areas = areas
        self.model.set_rows(rows)
        self._none.setText("Nothing is entered yet.")
        self._none.setVisible(not rows)
        self.table.setVisible(bool(rows))


class OpeningSection(ByContractSection):
    """What was open when complete records begin."""

    TITLE = "Opening balances"
    ABOUT = (
        "What was open in each area when complete records begin, counted once from "
        "the old records. Without it the first month can't add up."
    )
    SHAPE = OPENING


class AreaLifeSection(ByContractSection):
    """When areas open and close, where that is not with the contract."""

    TITLE = "Areas open and closed"
    ABOUT = (
        "Only for an area that opens later than its contract or closes before it. "
        "Council returns show it as not applicable outside these days; close it when "
        "nothing is open in it and nothing late will come."
    )
    SHAPE = AREA_LIFE


class CapacitySection(ByContractSection):
    """Individual sessions that an area can give in a week."""

    TITLE = "Capacity"
    ABOUT = (
        "How many individual sessions a week each area can give, from a day on. The "
        "return compares it with the sessions offered."
    )
    SHAPE = CAPACITY


def ask(
    frame: Frame,
    shape: Shape,
    contract_id: str,
    areas: Sequence[str],
    values: Mapping[str, Value],
) -> None:
    """Open the panel that asks for a row.

    Args:
        frame: the window.
        shape: what is asked.
        contract_id: whose row it is.
        areas: codes of the contract's areas.
        values: of the row that is changed; nothing for a new one.
    """
    desk = frame.desk
    label = choices("service_area").label
    editor = ChoiceEditor([(code, label(code)) for code in areas])
    form = RecordForm(
        shape.record_type, shape.rows, desk.today, editors={"area": editor}
    )
    only = areas[0] if len(areas) == 1 else None
    form.set_values({"area": only, **values})

    def run(typed: Mapping[str, Value]) -> tuple[str, Changed]:
        return shape.save(desk, {**typed, "contract_id": contract_id})

    table = shape.record_type.TABLE
    panel = FormPanel(
        frame,
        shape.button,
        form,
        "Save",
        run,
        draft=f"{table}:{contract_id}",
        opening=Opening("by contract", {"table": table, "contract_id": contract_id}),
        whole=True,
    )
    frame.open_panel(panel)


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open the panel of a row that a draft was typed into."""
    contract_id = args["contract_id"]
    shapes = {each.record_type.TABLE: each for each in (OPENING, CAPACITY, AREA_LIFE)}
    shape = shapes[args["table"]]
    frame.read(
        frame,
        lambda: tuple(settings.contract_areas(frame.desk, contract_id)),
        lambda areas: ask(frame, shape, contract_id, areas, {}),
        lambda _error: gone(),
    )


def _value(name: str, row: Record) -> Any:
    return getattr(row, name)
