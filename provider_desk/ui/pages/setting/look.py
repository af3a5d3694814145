"""Settings: how the window looks on this PC, and when it locks."""

from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QButtonGroup, QCheckBox, QRadioButton

from provider_desk.ui import memory_guard, theme
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.preferences import LOCK_MINUTES
from provider_desk.ui.theme import PERCENTS, Look, Scheme

_WORDS: dict[Scheme, str] = {
    "system": "As the machine says",
    "light": "Light",
    "dark": "Dark",
}


_LOCK = (
    "The desk locks by itself when nobody types or moves the mouse for this long, and "
    "together with the computer. What was being typed is kept. Ctrl+L locks at once."
)
_PRIVACY = (
    "F12 hides names, notes, dates of birth, numbers and addresses wherever you are, "
    "and shows them again."
)
_UNCAPTURED = "Keep this window out of screenshots and shared screens"
_BLANK = "Magnifiers and remote help see a blank too."


class LookSection(Section):
    """Light or dark, the size of text, the time to lock; at once when chosen."""

    TITLE = "Appearance and lock"
    ABOUT = "For this PC only; others keep theirs."

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.column.addWidget(strong("Light or dark"))
        self._group = QButtonGroup(self)
        self.schemes: dict[Scheme, QRadioButton] = {}
        for scheme in get_args(Scheme):
            button = QRadioButton(_WORDS[scheme])
            button.setAccessibleName(f"Light or dark: {_WORDS[scheme]}")
            button.clicked.connect(lambda _on=False: self._apply())
            self._group.addButton(button)
            self.schemes[scheme] = button
            self.column.addWidget(button)
        percents = [(str(percent), f"{percent} %") for percent in PERCENTS]
        self.size_pick = Pick("Size of text", percents, 8)
        self.size_pick.picked.connect(lambda _code: self._apply())
        self.column.addWidget(self.size_pick, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(strong("Lock and privacy"))
        minutes = [
            (str(n), "1 minute" if n == 1 else f"{n} minutes") for n in LOCK_MINUTES
        ]
        self.lock = Pick("Lock after", minutes, 8)
        self.lock.picked.connect(self._set_lock)
        self.column.addWidget(self.lock, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(soft(_LOCK))
        self.column.addWidget(soft(_PRIVACY))
        self.uncaptured = QCheckBox(_UNCAPTURED)
        self.uncaptured.clicked.connect(self._set_uncaptured)
        if memory_guard.can_hide_from_screenshots():
            self.column.addWidget(self.uncaptured)
            self.column.addWidget(soft(_BLANK))
        self.column.addStretch(1)

    def load(self) -> None:
        """Show what was chosen."""
        look = self.frame.preferences.look()
        self.schemes[look.scheme].setChecked(True)
        self.size_pick.set_code(str(look.percent))
        self.lock.set_code(str(self.frame.preferences.lock_minutes()))
        self.uncaptured.setChecked(self.frame.preferences.uncaptured())

    def start(self) -> None:
        """The scheme that is chosen."""
        chosen = self._group.checkedButton()
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_lock(self, minutes: str) -> None:
        self.frame.preferences.set_lock_minutes(int(minutes))

    def _set_uncaptured(self, wanted: bool) -> None:  # noqa: FBT001
        self.frame.preferences.set_uncaptured(wanted)
        number = int(self.window().winId())
        memory_guard.hide_from_screenshots(number, wanted=wanted)

    def _apply(self) -> None:
        scheme = next(name for name, b in self.schemes.items() if b.isChecked())
        look = Look(scheme, int(self.size_pick.code()))
        self.frame.preferences.set_look(look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, look)
        self.frame.look_changed.emit()
