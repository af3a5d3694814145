"""Deeds on a whole month: nil and checked, or left without figures."""

from PySide6.QtCore import QObject

from provider_desk.services.returning import months, nil
from provider_desk.services.returning.standing import Standing
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.sent_panel import NotSubmittedPanel
from provider_desk.ui.parts.banner import Banner


class MonthDeeds(QObject):
    """Does a deed or takes it back, as the month stands.

    Attributes:
        standing: where the month stands, None while it is not known.
    """

    def __init__(self, frame: Frame, banner: Banner) -> None:
        """Nothing is known yet.

        Args:
            frame: the window.
            banner: where a refusal is said.
        """
        super().__init__(frame)
        self._frame = frame
        self._banner = banner
        self.standing: Standing | None = None

    def turn_nil(self, area: str) -> None:
        """Confirm that nothing happened in an area, or take that back."""
        found, desk = self.standing, self._frame.desk
        if found is None:
            return
        deed = nil.take_back_nil if area in found.nil_confirmed else nil.confirm_nil
        self._frame.write(
            self,
            lambda: deed(desk, found.contract_id, area, found.month),
            failed=self._banner.show_error,
        )

    def turn_not_submitted(self) -> None:
        """Ask why the month stays without figures, or let it have them again."""
        found, desk = self.standing, self._frame.desk
        if found is None:
            return
        if not found.not_submitted:
            panel = NotSubmittedPanel(self._frame, found.contract_id, found.month)
            self._frame.open_panel(panel)
            return
        self._frame.write(
            self,
            lambda: months.take_back_not_submitted(
                desk, found.contract_id, found.month
            ),
            failed=self._banner.show_error,
        )
