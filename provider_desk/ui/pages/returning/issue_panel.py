"""Issuing the council's figures: what it means, then the deed, with the gate."""

from provider_desk.model.months import Month
from provider_desk.services.returning import gate, issuing, meaning
from provider_desk.services.returning.gate import ChainVerdict
from provider_desk.services.returning.issuing import Made
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.long_panel import LongPanel, Work
from provider_desk.ui.parts.words import body, set_state, soft, state

_GATE = (
    "Before anything is kept, an attacker with a solver tries to work out small "
    "figures from this return and those before it. If it finds one, nothing is issued "
    "and the table is named."
)
_CHAIN = (
    "The attacker takes every return that was issued, a year at a time, and tries to "
    "work out small figures from all of them together. It takes a minute or two for a "
    "year; you can go on working meanwhile."
)


class IssuePanel(LongPanel):
    """What issuing means in sentences, and the button that does it."""

    ASIDE = False

    def __init__(self, frame: Frame, contract_id: str, month: Month) -> None:
        """Lay it out and ask what issuing means."""
        title = f"Issue the council's figures for {month.name}"
        super().__init__(frame, title, "Issue the figures", "Rounding and attacking …")
        self._of = contract_id, month
        self._meaning = body("…")
        self.body.addWidget(self._meaning)
        self.body.addWidget(soft(_GATE))
        desk = frame.desk
        frame.read(
            self,
            lambda: meaning.what_issuing_means(desk, contract_id, month),
            lambda said: self._meaning.setText("\n\n".join(said)),
            self.banner.show_error,
        )

    def what_to_do(self) -> Work:
        """Round, attack, keep."""
        desk, (contract_id, month) = self.frame.desk, self._of
        return lambda progress, cancelled: issuing.issue(
            desk, contract_id, month, progress=progress, cancelled=cancelled
        )

    def tell(self, result: Made) -> None:
        """Every page hears of it, where it was issued now."""
        if result.new:
            self.frame.tell(result.changed)

    def show_result(self, _result: Made) -> None:
        """There is nothing more to do here."""
        self.closed.emit()


class ChainPanel(LongPanel):
    """The last verdict on everything that was issued, and a new one."""

    def __init__(self, frame: Frame, contract_id: str) -> None:
        """Lay it out and ask for the last verdict."""
        super().__init__(
            frame, "Attack everything that was sent", "Attack it now", "Attacking …"
        )
        self._contract_id = contract_id
        self.verdict = state("It was never done.")
        self.body.addWidget(self.verdict)
        self.body.addWidget(body(_CHAIN))
        desk = frame.desk
        frame.read(
            self,
            lambda: gate.chain_checked(desk, contract_id),
            self.show_result,
            self.banner.show_error,
        )

    def what_to_do(self) -> Work:
        """The whole chain."""
        desk, contract_id = self.frame.desk, self._contract_id
        return lambda progress, cancelled: gate.check_chain(
            desk, contract_id, progress, cancelled
        )

    def show_result(self, result: ChainVerdict | None) -> None:
        """Show a verdict; none where nothing was issued."""
        if result is None:
            return
        later = "" if result.up_to_date else " Returns were issued since."
        bad = result.disclosed or not result.up_to_date
        set_state(self.verdict, f"{result.said}{later}", "warn" if bad else "good")
