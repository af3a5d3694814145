"""The words of a draft whose panel can't be opened any more."""

from PySide6.QtWidgets import QPlainTextEdit

from provider_desk.ui.forms.typed import label_of
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Kept
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.theme import px

_WHY = (
    "What this was about has changed, so it can't go on where it was. Below is what "
    "was typed; copy what you need."
)
_HEIGHT = 72


class KeptWordsPanel(Panel):
    """Everything that was typed, to be read and copied."""

    def __init__(self, frame: Frame, kept: Kept) -> None:
        super().__init__(kept.words, kept.subject)
        self._frame = frame
        self._kept = kept
        self.body.addWidget(soft(_WHY))
        for name, text in kept.typed.items():
            label = label_of(name)
            box = QPlainTextEdit(text)
            box.setReadOnly(True)
            box.setFixedHeight(px(_HEIGHT))
            box.setAccessibleName(label)
            self.body.addWidget(strong(label))
            self.body.addWidget(frame.veil.over(box))
        self.foot.addWidget(plain("Throw away", self._drop), 1)

    def _drop(self) -> None:
        self._frame.drafts.throw_away(self._kept)
        self.closed.emit()
