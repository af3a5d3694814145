"""Settings: how the window looks on this PC."""

from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QButtonGroup, QRadioButton

from provider_desk.ui import theme
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.theme import PERCENTS, Look, Scheme

_WORDS: dict[Scheme, str] = {
    "system": "As the machine says",
    "light": "Light",
    "dark": "Dark",
}


class LookSection(Section):
    """Light or dark, and the size of text; both at once when chosen."""

    TITLE = "Appearance"
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
        self.column.addWidget(soft("F12 hides names wherever you are."))
        self.column.addStretch(1)

    def load(self) -> None:
        """Show what was chosen."""
        look = self.frame.preferences.look()
        self.schemes[look.scheme].setChecked(True)
        self.size_pick.set_code(str(look.percent))

    def start(self) -> None:
        """The scheme that is chosen."""
        chosen = self._group.checkedButton()
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _apply(self) -> None:
        scheme = next(name for name, b in self.schemes.items() if b.isChecked())
        look = Look(scheme, int(self.size_pick.code()))
        self.frame.preferences.set_look(look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, look)
        self.frame.look_changed.emit()
