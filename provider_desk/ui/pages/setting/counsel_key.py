"""Settings: the counselling key, who holds it, and taking it up with sheet B."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from provider_desk.model.errors import NotValid
from provider_desk.model.records import User
from provider_desk.services.rights import counsel_key
from provider_desk.services.rights.counsel_key import Holder, Standing
from provider_desk.services.rights.permissions import Permission, may, permissions_of
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.entering.code_field import CodeField
from provider_desk.ui.pages.setting.holder_panel import HolderPanel
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.banner import Banner, Note
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.words import body, set_state, soft, state
from provider_desk.ui.tables.columns import Column, declared
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_WIDTH = 480
_NOBODY = (
    "Nobody holds the counselling key yet. Notes of counselling are sealed already, "
    "and nobody can read them back until the clinical lead takes the key up."
)
_NOT_YOU = "You have not taken the key up, so you can't give it."
_YOURS = "You hold the counselling key of every team, and give it."
_OTHERS = "The clinical lead holds the key of every team, and gives it."
_RENEW = (
    "Sheet B is still the one that was printed when the desk was made. Renew it, so "
    "that whoever made the desk can't use it."
)
_EMPTY = (
    "Nobody's role has to do with the key yet. Roles are given in “People who sign in”."
)


class CounselKeySection(Section):
    """How it stands, in a sentence; what is to be done; a table of who holds it.

    Attributes:
        code: sheet B's code, where the key can be taken up.
        take: takes it up.
        table: of holders and of those who need the key.
    """

    TITLE = "Counselling key"
    ABOUT = (
        "Notes of counselling are sealed for the counselling team. Managers never hold "
        "this key; the clinical lead gives it to counsellors."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._gives = may(frame.desk, Permission.GIVE_COUNSEL_KEY)
        self.banner = Banner()
        self.how = state()
        self.code = CodeField("B")
        self.code.line.returnPressed.connect(self.take_up)
        self.take = primary("Take up the counselling key", self.take_up)
        self.taking = Note()
        self.taking.inside.addWidget(self.code)
        self.taking.inside.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        self.taking.setMaximumWidth(px(_WIDTH))
        self.renewing = Note()
        self.renewing.setMaximumWidth(px(_WIDTH))
        self.renew = plain(
            "Renew sheet B", lambda: frame.go("settings", part="sheets", renew="B")
        )
        self.renewing.inside.addWidget(body(_RENEW))
        self.renewing.inside.addWidget(self.renew, 0, Qt.AlignmentFlag.AlignLeft)
        self.model: RowTable[Holder] = RowTable(_columns())
        opened = self._open if self._gives else None
        self.table = TableView(
            "Who holds the counselling key", self.model, frame.preferences, opened
        )
        self._empty = soft(_EMPTY)
        for part in (self.how, self.banner, self.taking, self.renewing, self._empty):
            self.column.addWidget(part)
        self.column.addWidget(self.table, 1)
        self.column.addStretch(0)

    def load(self) -> None:
        """Show how it stands."""
        desk = self.frame.desk
        self.frame.read(self, lambda: counsel_key.standing(desk), self._show)

    def start(self) -> None:
        """Taking it up, renewing the sheet, or the table."""
        parts = (
            (self.taking, self.code.line),
            (self.renewing, self.renew),
            (self.table, self.table),
        )
        for shown, first in parts:
            if not shown.isHidden():
                first.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def take_up(self) -> None:
        """Become the one who gives the key."""
        if not self.take.isEnabled():
            return
        desk, code = self.frame.desk, self.code.code()
        self.banner.hide()
        self.take.setEnabled(False)
        self.frame.write(
            self,
            lambda: counsel_key.take_up(desk, code),
            lambda _new: self._taken(),
            self._failed,
            instead="A clinical lead can take it away again.",
        )

    def _taken(self) -> None:
        self.take.setEnabled(True)
        self.code.clear()
        self.load()

    def _failed(self, error: Exception) -> None:
        self.take.setEnabled(True)
        if isinstance(error, NotValid):
            self.code.point_at(error.problems)
        else:
            self.banner.show_error(error)
            self.code.start()

    def _open(self, holder: Holder) -> None:
        self.frame.open_panel(HolderPanel(self.frame, holder))

    def _show(self, found: Standing) -> None:
        words, good = _how(found, gives=self._gives)
        set_state(self.how, words, "good" if good else "warn")
        self.taking.setVisible(self._gives and not found.leads)
        self.renewing.setVisible(found.leads and found.first_sheet)
        self.model.set_rows(found.holders)
        self._empty.setVisible(not found.holders)
        self.table.setVisible(bool(found.holders))


def _how(found: Standing, *, gives: bool) -> tuple[str, bool]:
    """How it stands in a sentence, and whether that is as it should be."""
    if found.leads:
        return _YOURS, True
    if not found.has_lead:
        return _NOBODY, False
    return (_NOT_YOU, False) if gives else (_OTHERS, True)


def standing_words(holder: Holder) -> str:
    """How somebody stands to the key."""
    if holder.lead:
        return "clinical lead: holds all, gives them"
    if holder.wanted:
        if Permission.GIVE_COUNSEL_KEY in permissions_of(holder.user.role):
            return "can take it up with sheet B"
        return "needs the key of their team"
    return "holds the key"


def _team_words(holder: Holder) -> str:
    teams: Sequence[str] = holder.teams or (holder.user.team,)
    return ", ".join(teams)


def _columns() -> list[Column[Holder]]:
    return [
        declared(User, "name", lambda holder: holder.user.name, 200),
        declared(User, "role", lambda holder: holder.user.role, 220, leaves=2),
        Column("Team", _team_words, width=140, leaves=1),
        Column(
            "Counselling key",
            standing_words,
            tone=lambda holder: "warn" if holder.wanted else "",
            width=280,
        ),
    ]
