"""A password for somebody else: four words made by chance, to be handed over."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from provider_desk.services.entry import passwords
from provider_desk.ui.parts.banner import Note
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.words import soft

_WHAT = (
    "Note these words for them now: they are not shown again. Their first sign-in asks "
    "them to choose a password of their own."
)


class GivenPassword(Note):
    """The words, large; others can be asked for.

    Attributes:
        words: what stands there now.
        another: offers other words.
    """

    def __init__(self, title: str = "First password") -> None:
        super().__init__(hidden=False)
        self.words = ""
        label = QLabel(title)
        label.setProperty("role", "field")
        self._shown = QLabel()
        self._shown.setProperty("role", "words")
        self._shown.setTextFormat(Qt.TextFormat.PlainText)
        self._shown.setWordWrap(True)
        self.another = quiet("Another four words", self.renew)
        parts: tuple[QWidget, ...] = (label, self._shown)
        for part in parts:
            self.inside.addWidget(part)
        self.inside.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeft)
        self.inside.addWidget(soft(_WHAT))
        self.renew()

    def renew(self) -> None:
        """Offer four other words."""
        self.words = passwords.four_words()
        self._shown.setText(self.words)
        self._shown.setAccessibleName(f"First password: {self.words}")
