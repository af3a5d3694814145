"""An agreement on exact totals: its price is shown before it is written down."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QLineEdit

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.records import ReturnAgreement
from provider_desk.services.returning import agreement
from provider_desk.services.returning.agreement import Price
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.long_panel import LongPanel, Work
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.words import body, section, set_state, soft, state, strong
from provider_desk.ui.parts.wrapping import WrappingTick

_ABOUT = (
    "A written agreement with the council can let totals without any attribute go "
    "exact. Every reader then knows them, and some protected figures become narrower. "
    "See the price first; the tables that pay it are sent quarterly, or not at all. "
    "It never changes what was issued."
)


class AgreementPanel(LongPanel):
    """Totals to tick, their price, then the deed.

    Attributes:
        totals: a box for each total that may go exact.
        price: what it costs, in sentences.
    """

    def __init__(self, frame: Frame, contract_id: str) -> None:
        super().__init__(
            frame, "Agreement on exact totals", "Show the price", "Attacking …"
        )
        self._contract_id = contract_id
        self.totals = {
            total.code: WrappingTick(f"{total.code}  {total.label}")
            for total in agreement.totals()
        }
        self.quarterly = _line("Tables sent quarterly instead, by code")
        self.left_out = _line("Tables not sent at all, by code")
        self.kept = _line("Where the signed paper is kept")
        self.price = state()
        self.agree = plain("Write the agreement down", self._write)
        self.agree.setEnabled(False)
        self.now = strong()
        for part in (body(_ABOUT), self.now, self.price):
            self.body.addWidget(part)
        self.now.hide()
        self.body.addWidget(section("Totals that go exact"))
        for box in self.totals.values():
            box.toggled.connect(lambda _on: self._forget_price())
            self.body.addWidget(box)
        for line in (self.quarterly, self.left_out, self.kept):
            label = QLabel(line.accessibleName())
            label.setProperty("role", "field")
            label.setBuddy(line)
            self.body.addWidget(label)
            self.body.addWidget(line)
        self.body.addWidget(soft("It holds from the first return not issued yet."))
        self.foot.addWidget(self.agree, 1)
        desk = frame.desk
        frame.read(
            self, lambda: agreement.agreements(desk, contract_id), self._show_now
        )

    def start(self) -> None:
        """Put the cursor on the first total."""
        next(iter(self.totals.values())).setFocus()

    def _show_now(self, held: Sequence[ReturnAgreement]) -> None:
        """Say what is agreed already."""
        standing = [each for each in held if not each.until_month]
        if standing:
            newest = standing[-1]
            codes = ", ".join(newest.exact.split()) or "nothing"
            begins = Month.parse(newest.from_month).name
            self.now.setText(f"Agreed now: {codes}, from the return for {begins}.")
            self.now.show()

    def codes(self) -> list[str]:
        """Codes of the totals that are ticked."""
        return [code for code, box in self.totals.items() if box.isChecked()]

    def what_to_do(self) -> Work | None:
        """Work out the price."""
        desk, contract_id, codes = self.frame.desk, self._contract_id, self.codes()
        if not codes:
            self.agree.setEnabled(True)
            set_state(self.price, "Nothing is ticked: every figure is rounded.", "good")
            self.show_top()
            return None
        return lambda progress, cancelled: agreement.price_of(
            desk, contract_id, codes, progress, cancelled
        )

    def show_result(self, result: Price) -> None:
        """Say which tables become narrower."""
        self.agree.setEnabled(True)
        self.show_top()
        if not result.figures:
            said = f"No figure of {result.tried} becomes narrower than four values."
            set_state(self.price, said, "good")
            return
        figures = f"{result.figures} of {result.tried} small figures"
        lines = [
            f"{figures} keep fewer than four possible values:",
            *(
                f"{table.code} {table.label}: {len(table.figures)}, "
                f"{table.exact} of them known exactly"
                for table in result.tables
            ),
        ]
        set_state(self.price, "\n".join(lines), "warn")
        if not self.quarterly.text():
            self.quarterly.setText(" ".join(table.code for table in result.tables))

    def _forget_price(self) -> None:
        self.agree.setEnabled(False)
        set_state(self.price, "", "plain")

    def _write(self) -> None:
        desk, contract_id = self.frame.desk, self._contract_id
        values: dict[str, Value] = {
            "agreed_on": desk.today(),
            "exact": " ".join(self.codes()),
            "quarterly": self.quarterly.text().strip(),
            "left_out": self.left_out.text().strip(),
            "reference": self.kept.text().strip(),
        }

        def run() -> Changed:
            return agreement.set_agreement(desk, contract_id, values)

        self.frame.write(self, run, lambda _id: self.leave(), self.banner.show_error)


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    return made
