"""Settings: recovery sheets, checked and renewed; where the second secret is kept."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from provider_desk.model.errors import NotValid
from provider_desk.services.entry import sheet_renewal
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.entering.code_field import CodeField
from provider_desk.ui.pages.setting.renew_panel import RenewPanel
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.words import body, set_state, soft, state, strong
from provider_desk.ui.theme import px

_WIDTH = 480
_CHECK = (
    "Once a year, take each sheet out of its place and type its code: so you know that "
    "it can still be read, and that it is the one that holds."
)
_RENEW = (
    "A new sheet is printed and typed back; from then on the old one opens nothing "
    "new. Do it when a sheet was lost, or seen by somebody who should not have it."
)
_FOUND = "This is recovery sheet {which} of this desk, and it holds."


class SheetsSection(Section):
    """Checking a sheet, renewing it, and the desk's number.

    Attributes:
        code: of the sheet that is checked.
        button: checks it.
        renews: buttons that renew a sheet, by its letter.
    """

    TITLE = "Recovery sheets"
    ABOUT = (
        "Two sheets of paper open the desk when everything else is lost: A belongs to "
        "the organisation, B to the clinical lead."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.banner = Banner()
        self.code = CodeField()
        self.code.setMaximumWidth(px(_WIDTH))
        self.code.line.returnPressed.connect(self.check)
        self.button = primary("Check this sheet", self.check)
        self.found = state()
        self.found.hide()
        self.renews = {
            which: plain(f"Renew sheet {which}", lambda which=which: self.renew(which))  # type: ignore[misc]
            for which, permission in (
                ("A", Permission.MANAGE_PEOPLE),
                ("B", Permission.GIVE_COUNSEL_KEY),
            )
            if may(frame.desk, permission)
        }
        self._lay_out()

    def load(self) -> None:
        """Nothing has to be asked."""

    def start(self) -> None:
        """The code."""
        self.code.start()

    def shown(self, **what: Any) -> None:
        """``renew="B"`` asks for a new sheet at once."""
        which = str(what.get("renew") or "")
        if which in self.renews:
            self.renew(which)

    def check(self) -> None:
        """Say which sheet it is."""
        if not self.button.isEnabled():
            return
        desk, code = self.frame.desk, self.code.code()
        self.banner.hide()
        self.found.hide()
        self.button.setEnabled(False)
        self.frame.read(
            self, lambda: sheet_renewal.check(desk, code), self._say, self._failed
        )

    def renew(self, which: str) -> None:
        """Print a new sheet in place of the old one."""
        self.frame.open_panel(RenewPanel(self.frame, which))

    def _say(self, which: str) -> None:
        self.button.setEnabled(True)
        self.code.clear()
        set_state(self.found, _FOUND.format(which=which), "good")
        self.found.show()
        self.code.start()

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, NotValid):
            self.code.point_at(error.problems)
        else:
            self.banner.show_error(error)
            self.code.start()

    def _lay_out(self) -> None:
        desk = self.frame.desk
        column = self.column
        for part in (strong("Check a recovery sheet"), soft(_CHECK), self.banner):
            column.addWidget(part)
        column.addWidget(self.code)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.found)
        if self.renews:
            column.addSpacing(px(12))
            column.addWidget(strong("Renew a sheet"))
            column.addWidget(soft(_RENEW))
            row = QHBoxLayout()
            row.setSpacing(px(12))
            for button in self.renews.values():
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(px(12))
        column.addWidget(strong("This desk"))
        number = sheet_renewal.desk_number(desk)
        column.addWidget(body(f"Its number, as the sheets show it: {number}"))
        place = sheet_renewal.vault_words(desk)
        if place:
            column.addWidget(body(f"The second secret is kept in {place}."))
        column.addStretch(1)
