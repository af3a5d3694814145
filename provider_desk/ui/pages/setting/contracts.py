"""Settings: contracts and the service areas that they pay for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import fill

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value, field_map
from provider_desk.model.records import Contract, ContractArea
from provider_desk.services import settings
from provider_desk.services.desk import Desk
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.tables.columns import Column, declared
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_ROWS = ("reference", "title", "commissioner", ("starts_on", "ends_on"), "yearly_value")
#: The ticks, beside the fields of a draft.
_AREAS = "areas"


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract with the codes of its areas."""

    contract: Contract
    areas: tuple[str, ...]

    def area_words(self) -> str:
        """The areas in words."""
        label = choices("service_area").label
        return "; ".join(label(code) for code in self.areas)

    def area_names(self) -> str:
        """The areas by their short names, for a column."""
        short = choices("service_area").short
        return "; ".join(short(code) for code in self.areas)


class ContractsSection(Section):
    """A table of contracts; opening one changes it."""

    TITLE = "Contracts and areas"
    ABOUT = (
        "A return is made for a contract, area by area. An area that was added stays; "
        "what no longer runs gets a last day."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.model: RowTable[ContractRow] = RowTable(_columns())
        self.table = TableView(
            "Contracts",
            self.model,
            frame.preferences,
            self._open,
            name_key="contracts with areas",
        )
        self._none = soft("There is no contract yet. Add the one you have now.")
        self.button = primary("Add a contract", self.add)
        self.column.addWidget(self._none)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(0)

    def load(self) -> None:
        """Show the contracts."""
        desk = self.frame.desk
        self.frame.read(self, lambda: _rows(desk), self._show)

    def start(self) -> None:
        """The button that adds one."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Ask for a new contract."""
        self.frame.open_panel(ContractPanel(self.frame))

    def _open(self, row: ContractRow) -> None:
        self.frame.open_panel(ContractPanel(self.frame, row))

    def _show(self, rows: Sequence[ContractRow]) -> None:
        self.model.set_rows(rows)
        self._none.setVisible(not rows)
        self.table.setVisible(bool(rows))


class ContractPanel(FormPanel):
    """A contract's fields, and its areas to tick."""

    def __init__(self, frame: Frame, row: ContractRow | None = None) -> None:
        """Lay it out.

        Args:
            frame: the window.
            row: the contract to change; None for a new one.
        """
        desk = frame.desk
        form = RecordForm(Contract, _ROWS, desk.today)
        self._chosen: tuple[str, ...] = ()
        self.areas = AreaTicks(row.areas if row else ())

        def run(values: Mapping[str, Value]) -> Changed:
            if row is None:
                return settings.add_contract(desk, values, self._chosen)[1]
            found = settings.change_contract
            return found(desk, row.contract.id, values, self._chosen)

        title = "Change a contract" if row else "Add a contract"
        button = "Save contract" if row else "Add contract"
        reference = row.contract.reference if row else ""
        super().__init__(
            frame,
            title,
            form,
            button,
            run,
            subject=reference,
            draft=f"contract:{reference}",
            opening=Opening(
                "contract", {"contract_id": row.contract.id if row else ""}
            ),
            whole=True,
        )
        if row is not None:
            form.set_values(row.contract.values())
        self.body.addWidget(self.areas)
        self.areas.come_before(self.button)

    def save(self) -> None:
        """Save fields and areas."""
        self._chosen = self.areas.codes()
        super().save()

    def is_dirty(self) -> bool:
        """Whether something was typed or ticked."""
        return super().is_dirty() or self.areas.is_dirty()

    def typed(self) -> dict[str, str]:
        """The fields and the ticks."""
        return {**super().typed(), _AREAS: " ".join(self.areas.codes())}

    def retype(self, typed: Mapping[str, str]) -> None:
        """The fields and the ticks again."""
        super().retype(typed)
        self.areas.tick(typed.get(_AREAS, "").split())


def reopen(frame: Frame, args: Mapping[str, str], gone: Callable[[], None]) -> None:
    """Open the panel of a contract that a draft was typed into."""
    wanted = args["contract_id"]

    def show(rows: list[ContractRow]) -> None:
        same = next((row for row in rows if row.contract.id == wanted), None)
        if wanted and same is None:
            gone()
        else:
            frame.open_panel(ContractPanel(frame, same))

    frame.read(frame, lambda: _rows(frame.desk), show, lambda _error: gone())


class AreaTicks(QWidget):
    """A box for each service area; those that a contract has already stay."""

    def __init__(self, held: Sequence[str]) -> None:
        super().__init__()
        self._held = tuple(held)
        self._boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(strong(field_map(ContractArea)["area"].kind.label))
        for area in choices("service_area").values:
            box = QCheckBox(_short(area.label))
            box.setToolTip(area.label)
            box.setAccessibleName(area.label)
            box.setChecked(area.code in held)
            box.setEnabled(area.code not in held)
            self._boxes[area.code] = box
            column.addWidget(box)

    def codes(self) -> tuple[str, ...]:
        """Codes of those that are ticked."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def tick(self, codes: Sequence[str]) -> None:
        """Tick these too."""
        for code in codes:
            if code in self._boxes:
                self._boxes[code].setChecked(True)

    def come_before(self, button: QWidget) -> None:
        """Let Tab come to the boxes first, and then to the button below them."""
        for first, second in pairwise((*self._boxes.values(), button)):
            QWidget.setTabOrder(first, second)

    def is_dirty(self) -> bool:
        """Whether one more is ticked than the contract has."""
        return set(self.codes()) != set(self._held)


def _short(label: str) -> str:
    """A tick box does not wrap its words; long ones go on in a second line."""
    return fill(label, 44)


def _rows(desk: Desk) -> list[ContractRow]:
    return [
        ContractRow(each, tuple(settings.contract_areas(desk, each.id)))
        for each in settings.contracts(desk)
    ]


def _columns() -> list[Column[ContractRow]]:
    """What fits; the commissioner stands in the panel of a line."""
    return [
        declared(Contract, "reference", lambda row: row.contract.reference, 120),
        declared(Contract, "title", lambda row: row.contract.title, 163),
        declared(
            Contract, "starts_on", lambda row: row.contract.starts_on, 149, leaves=2
        ),
        declared(Contract, "ends_on", lambda row: row.contract.ends_on, 149),
        declared(
            Contract,
            "yearly_value",
            lambda row: row.contract.yearly_value,
            130,
            leaves=3,
        ),
        Column(
            "Service areas",
            ContractRow.area_names,
            full=ContractRow.area_words,
            width=134,
            leaves=1,
        ),
    ]
