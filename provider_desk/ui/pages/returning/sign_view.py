"""Step four: read, sign, make the files, say that it was sent."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.returns.table import ReturnTable
from provider_desk.services.returning import sent, signing
from provider_desk.services.returning.exporting import Exported
from provider_desk.services.returning.sent import Sending
from provider_desk.services.returning.standing import SIGN, Standing
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.saying import day
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.export_view import ExportView
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import Tone, body, set_state, soft, state
from provider_desk.ui.theme import px

_WHO_SIGNS = "A manager signs. Your role can read it as the second person."


class SignView(QWidget):
    """How it stands, the two signatures, the files, the sent log.

    Attributes:
        more: a panel is wanted; carries the words of its deed.
        export: the files.
    """

    more = Signal(str)

    def __init__(self, frame: Frame, exported: Callable[[Exported], None]) -> None:
        """Lay it out.

        Args:
            frame: the window.
            exported: told once files are there.
        """
        super().__init__()
        self._frame = frame
        self._standing: Standing | None = None
        self.signs = may(frame.desk, Permission.SIGN_RETURN)
        self.banner = Banner()
        self.said = state()
        self._left = QVBoxLayout()
        self._left.setSpacing(px(2))
        self.read = plain(deeds.READ_OVER.words, self._read)
        self.sign = primary(deeds.SIGN_OFF.words, self._sign)
        self.export = ExportView(frame, exported)
        self._log = QVBoxLayout()
        self._log.setSpacing(px(4))
        self._lay_out()

    def show_return(self, contract_id: str, table: ReturnTable) -> None:
        """Say what would be exported."""
        self.export.show_table(contract_id, table)

    def show_standing(self, standing: Standing) -> None:
        """Show what is left, and who may do it."""
        self._standing = standing
        step = standing.step(SIGN)
        tone: Tone = "good" if standing.signed else "plain"
        set_state(self.said, status_words(standing), tone)
        clear(self._left)
        for line in (*step.left, *standing.signed_lines, *step.said):
            self._left.addWidget(body(line))
        if not self.signs and not standing.signed:
            self._left.addWidget(soft(_WHO_SIGNS))
        open_ = not (standing.signed or standing.not_submitted)
        self.read.setVisible(open_ and (standing.reader_wanted or not self.signs))
        self.sign.setVisible(open_ and self.signs)
        self.export.show_standing(standing)
        self._ask_log(standing)

    def start(self) -> None:
        """Put the cursor on what is to be done next."""
        if self.sign.isVisibleTo(self):
            self.sign.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.export.start()

    def _read(self) -> None:
        self._do(signing.read_second)

    def _sign(self) -> None:
        self._do(signing.sign)

    def _do(self, deed: Callable[..., Changed]) -> None:
        standing, desk = self._standing, self._frame.desk
        if standing is None:
            return
        self.banner.hide()
        for button in (self.read, self.sign):
            button.setEnabled(False)
        self._frame.write(
            self,
            lambda: deed(desk, standing.contract_id, standing.month),
            lambda _id: self._over(),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._over()
        self.banner.show_error(error)

    def _over(self) -> None:
        for button in (self.read, self.sign):
            button.setEnabled(True)
        self.start()

    def _ask_log(self, standing: Standing) -> None:
        desk = self._frame.desk
        self._frame.read(
            self,
            lambda: sent.sent_log(desk, standing.contract_id),
            self._show_log,
        )

    def _show_log(self, lines: list[Sending]) -> None:
        clear(self._log)
        if not lines:
            self._log.addWidget(soft("Nothing was sent yet."))
        for line in lines[:12]:
            self._log.addWidget(
                body(
                    f"{line.month.name}, version {line.version} ({line.status}): sent "
                    f"{day(line.sent_on)} to {line.sent_to}, {line.route.lower()}, "
                    f"said by {line.by}"
                )
            )

    def _lay_out(self) -> None:
        stands = Card("How it stands")
        for part in (self.banner, self.said):
            stands.inside.addWidget(part)
        stands.inside.addLayout(self._left)
        held = QWidget()
        row = Flow(px(8), held)
        for button in (self.sign, self.read):
            row.addWidget(button)
        stands.inside.addWidget(held)
        log = Card("Sent")
        log.inside.addLayout(self._log)
        log.inside.addWidget(self._deeds((deeds.SENT,), plain))
        rest = Card("More")
        rest.inside.addWidget(self._deeds(deeds.RETURN_PANELS[1:], plain))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        for card in (stands, self.export, log, rest):
            column.addWidget(card)
        column.addStretch(1)

    def _deeds(
        self, keys: Sequence[deeds.Key], made: Callable[..., QWidget]
    ) -> QWidget:
        held = QWidget()
        row = Flow(px(8), held)
        for key in keys:
            row.addWidget(made(key.words, partial(self.more.emit, key.words), key.key))
        return held


def status_words(standing: Standing) -> str:
    """Version, status and the day it is due, in sentences."""
    due = "" if standing.sent else f" It is {standing.due}."
    return f"Version {standing.version}, {standing.status}.{due}"


def left_words(standing: Standing) -> str:
    """What is left in this step, in a few words."""
    if standing.not_submitted:
        return "not submitted"
    if standing.sent:
        return "✓ sent"
    if standing.signed:
        return "to be sent"
    return "to be signed"
