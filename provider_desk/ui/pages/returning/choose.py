"""Which return: contract and month."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from provider_desk.model.months import Month
from provider_desk.model.records import Contract
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.theme import px

_YEARS_BACK = 24


class Choose(QWidget):
    """Two lists in a row.

    Attributes:
        changed: another return is wanted.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.contract = Pick("Contract", (), 20)
        self.month = Pick("Month", (), 14, least=156)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        for pick in (self.contract, self.month):
            pick.picked.connect(lambda _code: self.changed.emit())
            row.addWidget(pick)
        row.addStretch(1)

    def stand_beside(self, *, beside: bool) -> None:
        """Keep apart from what stands left of it, if anything does."""
        self.setContentsMargins(px(16) if beside else 0, 0, 0, 0)

    def offer(self, contracts: Sequence[Contract], months: Sequence[Month]) -> None:
        """Offer contracts, and months newest first; the last full one is chosen.

        Args:
            contracts: of the desk.
            months: this month and those before it.
        """
        before = self.month.code()
        named = [(each.id, f"{each.reference}: {each.title}") for each in contracts]
        self.contract.set_options(named)
        self.contract.setVisible(len(named) > 1)
        self.month.set_options([(str(month), month.name) for month in months])
        if not before and len(months) > 1:
            self.month.set_code(str(months[1]))

    def chosen(self) -> Month:
        """The month."""
        return Month.parse(self.month.code())


def months_to_offer(first: Month | None, today: Month) -> list[Month]:
    """This month and the ones before it, newest first, back to the first of a desk."""
    oldest = first if first is not None and first < today else today.plus(-_YEARS_BACK)
    months = [today]
    while months[-1] > oldest:
        months.append(months[-1].plus(-1))
    return months
