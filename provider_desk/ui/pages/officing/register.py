"""The office: training and supervision of staff, and what is due."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from provider_desk.model.choices import choices
from provider_desk.model.fields import Day, shown
from provider_desk.model.office_rows import Entry, Register, Standing
from provider_desk.model.records import User
from provider_desk.services.office import register
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.pages.officing.export_panel import (
    ExportRegisterPanel,
    usual_folder,
)
from provider_desk.ui.pages.officing.register_panel import RegisterPanel
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import soft
from provider_desk.ui.tables.columns import Column, day_column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_DAY = Day(label="")
_TONES = {Standing.OVER: "bad", Standing.SOON: "warn"}
_OWN = "Your own training and supervision. Whoever keeps the register records it."
_EMPTY = "Nothing is recorded yet."


class RegisterSection(Section):
    """A table, what is due first; whoever keeps it records and exports.

    Attributes:
        table: of training and supervision.
        buttons: what can be done, in order.
    """

    TITLE = "Staff register"
    ABOUT = (
        "Who had which training and supervision, and when each is due again. What was "
        "said in supervision stays out of it."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._keeps = may(frame.desk, Permission.KEEP_REGISTER)
        self._staff: tuple[User, ...] = ()
        self._wanted = ""
        self._folder: Path | None = None
        self.model: RowTable[Entry] = RowTable(_columns(whole=self._keeps))
        opened = self._open if self._keeps else None
        self.table = TableView(
            self.TITLE,
            self.model,
            frame.preferences,
            opened,
            name_key="register by name",
        )
        self._said = soft(_EMPTY)
        self.column.addWidget(self._said)
        self.column.addWidget(self.table, 1)
        self.buttons = [
            primary("Record training", lambda: self._ask(register.TRAINING)),
            plain("Record supervision", lambda: self._ask(register.SUPERVISION)),
            plain("Export for the council", self._export),
        ]
        row = Flow(px(8))
        for button in self.buttons:
            row.addWidget(button)
            if not self._keeps:
                button.hide()
        self.column.addLayout(row)
        self.column.addStretch(0)

    def load(self) -> None:
        """Show what stands in the register."""
        desk = self.frame.desk
        self.frame.read(self, lambda: register.register(desk), self._show)

    def start(self) -> None:
        """The button that records, or the table."""
        first = self.buttons[0] if self._keeps else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self, **what: Any) -> None:
        """``row_id`` goes to the line of a training or supervision."""
        self._wanted = str(what.get("row_id") or "")
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        ids = [entry.record.id for entry in self.model.rows]
        if self._wanted in ids:
            self.table.selectRow(ids.index(self._wanted))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._wanted = ""

    def _ask(self, kept: register.Kept) -> None:
        self.frame.open_panel(RegisterPanel(self.frame, kept, self._staff))

    def _open(self, entry: Entry) -> None:
        record = entry.record
        self.frame.open_panel(
            RegisterPanel(self.frame, register.kept_of(record), self._staff, record)
        )

    def _export(self) -> None:
        folder = self._folder or usual_folder()
        self.frame.open_panel(ExportRegisterPanel(self.frame, folder, self._went_to))

    def _went_to(self, folder: Path) -> None:
        """Begin there the next time; kept no longer than the window."""
        self._folder = folder

    def _show(self, found: Register) -> None:
        self._staff = found.staff
        self.model.set_rows(found.entries)
        due = [e for e in found.entries if e.standing is not Standing.FINE]
        parts = [] if found.whole else [_OWN]
        if not found.entries:
            parts.append(_EMPTY)
        elif due:
            parts.append(f"{len(due)} due now or soon.")
        else:
            parts.append("Everything is in date.")
        self._said.setText(" ".join(parts))
        self.table.setVisible(bool(found.entries))
        self._go_to_wanted()


def _who(row: Entry) -> str:
    """A name with the role, which has no column of its own."""
    return f"{row.name}, {own(choices('role').short(row.role))}"


def _columns(*, whole: bool) -> list[Column[Entry]]:
    who: list[Column[Entry]] = [
        Column("Member of staff", lambda row: row.name, width=134, full=_who),
    ]
    return [
        *(who if whole else []),
        Column("Training or supervision", lambda row: row.what, width=170),
        Column(
            "Standing",
            lambda row: row.standing.value if row.newest else "done again since",
            tone=lambda row: _TONES.get(row.standing, ""),
            width=148,
            whole=True,
        ),
        Column(
            "Next by",
            lambda row: shown(_DAY, row.next_on),
            lambda row: (row.next_on is None, row.next_on),
            width=148,
            whole=True,
            leaves=1,
        ),
        day_column("Done on", lambda row: row.done_on, 148, leaves=2),
        Column(
            "Evidence",
            lambda row: row.evidence,
            told="Evidence, or with whom",
            width=125,
            leaves=3,
        ),
    ]
