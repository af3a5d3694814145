"""Somebody leaves: what is still to be done, each point with its deed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from provider_desk.model.changed import Changed
from provider_desk.model.records import RECORDS
from provider_desk.services.rights import leaving
from provider_desk.services.rights.leaving import LeaverPoint
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.pages.leaving.access_panel import AccessPanel
from provider_desk.ui.pages.leaving.hand_over_panel import HandOverPanel
from provider_desk.ui.pages.leaving.let_go_panel import LetGoPanel
from provider_desk.ui.pages.leaving.point_line import PointLine
from provider_desk.ui.parts.buttons import plain, quiet
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.words import body, set_state, soft, state

_ABOUT = (
    "From top to bottom: first hand over what is open, then take away their way in. "
    "That can be done at once where it is urgent; the rest can follow."
)
_AFTER = (
    "Not on this desk: keys of the building, the work telephone, the account of this "
    "computer, lists of addresses."
)


class LeaverPage(Page):
    """A checklist of facts; it counts anew after each deed.

    Attributes:
        lines: one for each point.
    """

    TITLE = "Leaver"
    HELP = "settings"
    CONCERNS = tuple(each.TABLE for each in RECORDS)

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._user_id = self._name = self._initials = ""
        self.lines: list[PointLine] = []
        self._left = state()
        self._card = Card()
        self.head.addWidget(
            quiet("Back to Settings", lambda: frame.go("settings", part="staff"))
        )
        for part in (body(_ABOUT), self._left, self._card, soft(_AFTER)):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def opened(self, **what: Any) -> None:
        """Show the list of ``user_id``, called ``name``, with their ``initials``."""
        self._user_id = str(what.get("user_id") or self._user_id)
        self._name = str(what.get("name") or self._name)
        self._initials = str(what.get("initials") or self._initials)
        self.title.setText(f"{self._name} leaves")
        self._load()

    def refresh(self, changed: Changed) -> None:
        """Count again."""
        del changed
        self._load()

    def resume(self) -> None:
        """The first point that is open."""
        for line in self.lines:
            if line.button is not None:
                line.button.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self) -> None:
        desk, user_id = self.frame.desk, self._user_id
        self.frame.read(
            self, partial(leaving.leaver_checklist, desk, user_id), self._show
        )

    def _show(self, points: Sequence[LeaverPoint]) -> None:
        clear(self._card.inside)
        self.lines = []
        for point in points:
            line = PointLine(point, self._deed(point))
            self.lines.append(line)
            self._card.inside.addWidget(line)
        left = sum(1 for point in points if not point.done)
        if left:
            set_state(self._left, f"{left} of {len(points)} points are open.", "warn")
        else:
            set_state(self._left, "Everything on this desk is done.", "good")
        if self.frame is not None and self.isVisible():
            self.resume()

    def _deed(self, point: LeaverPoint) -> QPushButton | None:
        """The button of a point that is open; None where nothing is to be pressed."""
        words, run = self._deeds().get(point.key, ("", None))
        if point.done or run is None:
            return None
        button = plain(words, run)
        button.setAccessibleName(f"{words}: {point.title}")
        return button

    def _deeds(self) -> dict[str, tuple[str, Callable[[], None]]]:
        frame, user_id, name = self.frame, self._user_id, self._name
        initials = self._initials
        hand_over = (
            "Hand over",
            lambda: frame.open_panel(HandOverPanel(frame, initials, name)),
        )
        return {
            "cases": hand_over,
            "waiting": hand_over,
            "bookings": hand_over,
            "outcomes": ("See on Today", lambda: frame.go("today")),
            "access": (
                "End access",
                lambda: frame.open_panel(AccessPanel(frame, user_id, name)),
            ),
            "account": (
                "Take away their way in",
                lambda: frame.open_panel(LetGoPanel(frame, user_id, name)),
            ),
            "backup": ("Open Backups", lambda: frame.go("settings", part="backups")),
        }
