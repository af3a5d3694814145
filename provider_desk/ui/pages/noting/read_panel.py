"""Panel: a process note with its earlier versions, and what can be done about it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Day, shown
from provider_desk.model.notes import PROCESS_NOTE, SEALED_NOTE, NoteText, NoteVersion
from provider_desk.services.notes import process_notes
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.noting.fields import WHY, NotePanel
from provider_desk.ui.pages.noting.write_panel import ContinueNotePanel
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary, quiet
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, quoted, section, soft, strong
from provider_desk.ui.theme import px

_DAY = Day(label="")
_NOT_YOURS = (
    "A colleague wrote this. Process notes are read by who wrote them and by the "
    "clinical lead."
)


class ReadNotePanel(Panel):
    """What was written; its author continues it or takes it back from here.

    Attributes:
        banner: why it can't be read.
    """

    def __init__(
        self, frame: Frame, note_id: str, code: str, *, readable: bool = True
    ) -> None:
        super().__init__(PROCESS_NOTE if readable else SEALED_NOTE, code)
        self._frame = frame
        self._code = code
        self.banner = Banner()
        self.body.addWidget(self.banner)
        self._content = QVBoxLayout()
        self._content.setSpacing(px(8))
        self.body.addLayout(self._content)
        if readable:
            frame.read(
                self,
                partial(process_notes.read, frame.desk, note_id),
                self._show,
                self.banner.show_error,
            )
        else:
            self._content.addWidget(body(_NOT_YOURS))

    def start(self) -> None:
        """Stay here; the keys go on to what can be done once it is read."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, note: NoteText) -> None:
        newest, *earlier = note.versions
        by = "" if note.line.mine else f" · {note.line.author}"
        self._content.addWidget(soft(f"{shown(_DAY, note.line.on)}{by}"))
        self._add(newest)
        if note.line.mine:
            go_on = primary("Continue it", lambda: self._continue(note))
            self.foot.addWidget(go_on, 1)
            self.foot.addWidget(plain("Take it back", lambda: self._take_back(note)))
            if self.hasFocus():
                go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        if earlier:
            self._content.addWidget(section("Earlier versions"))
        for version in earlier:
            self._add_folded(version)

    def _add(self, version: NoteVersion) -> None:
        if version.version > 1:
            said = f"Version {version.version} · {shown(_DAY, version.on)}"
            self._content.addWidget(soft(said))
            if version.reason != process_notes.ADDED_TO:
                self._content.addWidget(self._hidden(quoted(f"“{version.reason}”")))
        if version.title:
            self._content.addWidget(self._hidden(strong(version.title)))
        self._content.addWidget(self._hidden(body(version.text)))

    def _add_folded(self, version: NoteVersion) -> None:
        """An earlier version: its day, and its words when they are asked for."""
        said = f"Version {version.version} · {shown(_DAY, version.on)}"
        words = self._hidden(body(f"{version.title}\n{version.text}".strip()))
        words.hide()
        button = quiet(said, lambda: words.setVisible(words.isHidden()))
        self._content.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._content.addWidget(words)

    def _hidden(self, label: QLabel) -> QLabel:
        return self._frame.veil.over(label)

    def _continue(self, note: NoteText) -> None:
        self._frame.open_panel(ContinueNotePanel(self._frame, note, self._code))

    def _take_back(self, note: NoteText) -> None:
        self._frame.open_panel(TakeBackPanel(self._frame, note, self._code))


class TakeBackPanel(NotePanel):
    """Takes one's own process note off the desk, with a reason."""

    def __init__(self, frame: Frame, note: NoteText, code: str) -> None:
        super().__init__(
            frame, "Take the process note back", "Take it back", subject=code, draft=""
        )
        self._note_id = note.line.note_id
        self.body.addWidget(
            soft(
                "It is shown to nobody any more, all its versions. It stays sealed in "
                "the desk's history."
            )
        )
        self.ask("reason", WHY, optional=False)

    def deed(self, values: dict[str, str]) -> Changed | tuple[str, Changed]:
        """Take it back."""
        return process_notes.take_back(self.frame.desk, self._note_id, values["reason"])
