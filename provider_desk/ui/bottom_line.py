"""The bottom of the window: who is signed in, what was just done, privacy, lock."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from provider_desk.model.changed import Changed
from provider_desk.model.fields import field_map, shown
from provider_desk.model.records import User
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.announce import announce
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.words import SIGNS, soft, tip
from provider_desk.ui.theme import px
from provider_desk.ui.undo_key import UndoKey

#: Room for two lines, so that nothing moves when there are two.
_HEIGHT = 46
_NOTHING = "Nothing was done yet"


class BottomLine(QFrame):
    """Who is at this desk, large enough to be seen from a chair's distance.

    Attributes:
        said: what was just done.
        busy: what takes a moment, "Reading …"; empty most of the time.
        undo: takes back what was just done.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self.setProperty("role", "bottom")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(18), px(4), px(12), px(4))
        row.setSpacing(px(12))
        who = QLabel(frame.desk.user.name)
        who.setProperty("role", "who")
        who.setAccessibleName(f"Signed in: {frame.desk.user.name}")
        who.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(who)
        role = soft(shown(field_map(User)["role"].kind, frame.desk.user.role))
        role.setWordWrap(False)
        row.addWidget(role)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAccessibleName(_NOTHING)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # A long line goes on below, rather than losing its ends or widening the window.
        self.said.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )
        self.said.setWordWrap(True)
        row.addWidget(self.said, 1)
        self._words = ""
        self.busy = soft()
        self.busy.setWordWrap(False)
        row.addWidget(self.busy)
        frame.busy.said.connect(self.busy.setText)
        self._undo: Callable[[], Changed] | None = None
        self._undo_next: Callable[[], Changed] | None = None
        self.undo = quiet("Undo", self._take_back, deeds.UNDO.key)
        self.undo.hide()
        row.addWidget(self.undo)
        UndoKey(lambda: self._undo is not None, self)
        self._privacy = quiet("", self.turn_privacy, deeds.PRIVACY.key)
        self._privacy.setToolTip(f"{deeds.PRIVACY.words}  ({deeds.PRIVACY.key})")
        row.addWidget(self._privacy)
        keys = quiet(deeds.KEYS.words, lambda: frame.go("help", page="keys"))
        keys.setToolTip(f"{deeds.KEYS.words}  ({deeds.KEYS.key})")
        keys.setAccessibleDescription(deeds.KEYS.key)
        row.addWidget(keys)
        row.addWidget(quiet(deeds.LOCK.words, frame.lock_wanted.emit, deeds.LOCK.key))
        frame.said.connect(self.say)
        frame.undo_offered.connect(self._offer)
        frame.look_changed.connect(self._fit)
        self._fit()
        frame.privacy_changed.connect(self._show_privacy)
        self._show_privacy(frame.privacy)

    def say(self, text: str) -> None:
        """Say what was just done, until something else was."""
        text = own(text)
        self.said.setText(SIGNS["good"] + text if text else "")
        self.said.setToolTip(tip(text))
        self._words = text
        self.said.setAccessibleName(text or _NOTHING)
        announce(self.said, text)
        self._undo, self._undo_next = self._undo_next, None
        self.undo.setVisible(self._undo is not None)

    def hint(self, text: str) -> None:
        """Say what is waited for, until it is over: then what was said before."""
        if text:
            self.said.setText(own(text))
            announce(self.said, own(text))
        else:
            said = self._words
            self.said.setText(SIGNS["good"] + said if said else "")

    def _offer(self, deed: Callable[[], Changed]) -> None:
        # Shown with the line that says what was done, which comes next.
        self._undo_next = deed

    def _take_back(self) -> None:
        deed, self._undo = self._undo, None
        self.undo.hide()
        if deed is not None:
            self._frame.write(self, deed)

    def turn_privacy(self) -> None:
        """Hide names, or show them again; who can't see the veil hears of it."""
        self._frame.set_privacy(not self._frame.privacy)
        now = "hidden" if self._frame.privacy else "shown"
        announce(self._privacy, f"Names and notes are {now}.")

    def _fit(self) -> None:
        self.setMinimumHeight(px(_HEIGHT))

    def _show_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        self._privacy.setText("Show names" if hidden else "Hide names")
