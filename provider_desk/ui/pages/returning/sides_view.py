"""Exact beside published, for the office's own eyes: never in any file."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.services.returning.preparing import Side
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.words import soft
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_SAID = (
    "On this screen only: exact figures never leave, and no file is made of this list."
)
_PARTS = {"numerator": ", of which", "denominator": ", of all"}


class SidesView(QWidget):
    """One line for each number of an area: exact, published, how far apart."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._sides: Sequence[Side] = ()
        self._area = ""
        self.model: RowTable[Side] = RowTable(
            [
                Column("No", lambda s: s.key.indicator, width=60),
                Column("Indicator", _label, width=340),
                _number("Exact", lambda s: s.exact),
                _number("Published", lambda s: s.published),
                _number("Apart", lambda s: s.published - s.exact, signed=True),
                _number(
                    "Exact since April", lambda s: s.exact_year, width=172, leaves=2
                ),
                _number(
                    "Published since April",
                    lambda s: s.published_year,
                    width=196,
                    leaves=1,
                ),
                _number(
                    "Apart, year",
                    lambda s: s.published_year - s.exact_year,
                    signed=True,
                    width=112,
                    leaves=3,
                ),
            ]
        )
        self.table = TableView(
            "Exact and published", self.model, frame.preferences, lambda _side: None
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.table, 1)
        column.addWidget(soft(_SAID))

    def show_sides(self, sides: Sequence[Side], area: str) -> None:
        """Show the numbers of an area, "ALL" for the sum."""
        self._sides = sides
        self.show_area(area)

    def show_area(self, area: str) -> None:
        """Show another area of the same return."""
        here = [side for side in self._sides if side.key.area == area]
        self.model.set_rows(here)
        if here:
            self.table.selectRow(0)


def _label(side: Side) -> str:
    return f"{side.label}{_PARTS.get(side.part, '')}"


def _number(
    head: str,
    value: Callable[[Side], int],
    *,
    signed: bool = False,
    width: int = 92,
    leaves: int = 0,
) -> Column[Side]:
    def text(side: Side) -> str:
        return f"{value(side):+,}" if signed and value(side) else f"{value(side):,}"

    return Column(head, text, value, right=True, width=width, leaves=leaves)
