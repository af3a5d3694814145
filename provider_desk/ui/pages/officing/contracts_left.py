"""The office: contracts with what is left of each, and what they are worth."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from provider_desk.model.office_rows import ContractLeft
from provider_desk.model.records import Contract
from provider_desk.services.office import contract_ends
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.words import soft
from provider_desk.ui.tables.columns import Column, declared
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView

_SOON = 92


class ContractsLeftSection(Section):
    """Those that end next come first; Today reminds 6, 3 and 1 months before.

    Attributes:
        table: of contracts.
        change: opens the settings where they are changed.
    """

    TITLE = "Contracts that end"
    ABOUT = (
        "What is left of each contract. Today reminds you 6, 3 and 1 months before "
        "the last day, and after it until another contract goes on."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._wanted = ""
        self.model: RowTable[ContractLeft] = RowTable(_columns())
        self.table = TableView(
            self.TITLE,
            self.model,
            frame.preferences,
            self._open,
            name_key="contracts left",
        )
        self._none = soft("There is no contract yet. A manager adds it in Settings.")
        self.change = plain("Change in Settings", self._settings)
        self.column.addWidget(self._none)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.change.setVisible(may(frame.desk, Permission.CHANGE_SETTINGS))
        self.column.addStretch(0)

    def load(self) -> None:
        """Show the contracts."""
        desk = self.frame.desk
        self.frame.read(self, lambda: contract_ends.contracts_left(desk), self._show)

    def start(self) -> None:
        """The table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self, **what: Any) -> None:
        """``row_id`` goes to the line of a contract."""
        self._wanted = str(what.get("row_id") or "")
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        ids = [row.contract.id for row in self.model.rows]
        if self._wanted in ids:
            self.table.selectRow(ids.index(self._wanted))
            self._wanted = ""

    def _open(self, _row: ContractLeft) -> None:
        self._settings()

    def _settings(self) -> None:
        if may(self.frame.desk, Permission.CHANGE_SETTINGS):
            self.frame.go("settings", part="contracts")

    def _show(self, rows: Sequence[ContractLeft]) -> None:
        self.model.set_rows(rows)
        self._none.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self._go_to_wanted()


def _tone(row: ContractLeft) -> str:
    if row.days is None or row.days > _SOON:
        return ""
    return "bad" if row.days < 0 else "warn"


def _pounds(row: ContractLeft) -> str:
    worth = row.contract.yearly_value
    return "" if worth is None else f"£{worth:,}"


def _columns() -> list[Column[ContractLeft]]:
    """What fits; the first day stands with the contract in the settings."""
    return [
        declared(Contract, "reference", lambda row: row.contract.reference, 120),
        declared(Contract, "title", lambda row: row.contract.title, 173),
        declared(Contract, "ends_on", lambda row: row.contract.ends_on, 152),
        Column(
            "What is left",
            lambda row: row.words,
            lambda row: (row.days is None, row.days),
            tone=_tone,
            width=150,
            whole=True,
        ),
        Column(
            "Worth a year",
            _pounds,
            lambda row: row.contract.yearly_value or 0,
            right=True,
            width=115,
            leaves=1,
        ),
        declared(
            Contract,
            "commissioner",
            lambda row: row.contract.commissioner,
            140,
            leaves=2,
        ),
    ]
