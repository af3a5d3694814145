"""The first run: whose desk it is, who keeps it, and the password that opens it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Text, field_map
from provider_desk.model.records import Provider, User
from provider_desk.services.sign_in import create_desk
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.words import body, page_title, soft
from provider_desk.ui.tasks import Tasks
from provider_desk.ui.theme import px

if TYPE_CHECKING:
    from provider_desk.model.clock import Clock
    from provider_desk.services.desk import Desk

_WIDTH = 480
_SHORTEST = 12
_PASSWORD = Text(
    label="Password",
    help="At least 12 letters; a few words are easy to keep in mind and hard to guess.",
)
_AGAIN = Text(label="Password once more")
_WARNING = (
    "Nobody can open the desk without a password, not even we. Write it down and keep "
    "it where the service keeps its keys."
)


class FirstRun(QFrame):
    """Four questions, then the desk is made.

    Attributes:
        made: carries the new ``Desk``, with its first user signed in.
    """

    made = Signal(object)

    def __init__(self, folder: Path, clock: "Clock", tasks: Tasks) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock
        self._tasks = tasks
        self.setProperty("role", "card")
        self.setAccessibleName("First run")
        self.setFixedWidth(px(_WIDTH))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(8))
        column.addWidget(page_title("Set up this desk"))
        column.addWidget(body("There is no desk here yet. It takes a minute."))
        self.banner = Banner()
        column.addWidget(self.banner)
        self.boxes = {
            "provider": _box(field_map(Provider)["name"].kind),
            "user": _box(field_map(User)["name"].kind, "Your name"),
            "password": _box(_PASSWORD, secret=True),
            "again": _box(_AGAIN, secret=True),
        }
        for box in self.boxes.values():
            column.addWidget(box)
            self._on_enter(box)
        column.addWidget(soft(_WARNING))
        column.addWidget(soft(f"The desk is kept, encrypted, in {folder}"))
        self.button = primary("Make the desk", self.make)
        column.addWidget(self.button)

    def start(self) -> None:
        """Put the cursor into the first field."""
        self.boxes["provider"].editor.setFocus()

    def _on_enter(self, box: FieldBox) -> None:
        """Enter goes on to the next field; in the last it makes the desk."""
        editor = box.editor
        if isinstance(editor, LineEditor):
            is_last = box is self.boxes["again"]
            go_on = self.make if is_last else editor.line.focusNextChild
            editor.line.returnPressed.connect(go_on)

    def make(self) -> None:
        """Make the desk, if all is answered."""
        given = {name: str(box.editor.value()) for name, box in self.boxes.items()}
        problems = _problems(given)
        self._show(problems)
        if problems:
            return
        folder, clock = self._folder, self._clock

        def work() -> "Desk":
            return create_desk(
                folder,
                provider=given["provider"],
                user=given["user"],
                password=given["password"],
                clock=clock,
            )

        self.button.setEnabled(False)
        self.button.setText("Making the desk …")
        self._tasks.write(self, work, self.made.emit, self._failed)

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.button.setText("Make the desk")
        if isinstance(error, NotValid):
            self._show(list(error.problems))
        if not isinstance(error, NotValid) or not self._says_why():
            self.banner.show_error(error)

    def _says_why(self) -> bool:
        return any(box.problem for box in self.boxes.values())

    def _show(self, problems: list[Problem]) -> None:
        for name, box in self.boxes.items():
            box.show_problems([p for p in problems if p.field == name])
        first = next((p.field for p in problems if p.field in self.boxes), "")
        if first:
            self.boxes[first].editor.setFocus()


def scrolling(card: QWidget) -> QScrollArea:
    """The card in the middle of an area that scrolls where it is too high."""
    held = QWidget()
    held.setProperty("role", "clear")
    around = QVBoxLayout(held)
    around.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(held)
    return area


def _problems(given: dict[str, str]) -> list[Problem]:
    """What has to be put right before the desk can be made."""
    found = []
    if not given["provider"]:
        found.append(Problem("provider", "The name of the service is needed."))
    if not given["user"]:
        found.append(Problem("user", "Your name is needed, to sign in with."))
    if len(given["password"]) < _SHORTEST:
        found.append(Problem("password", f"At least {_SHORTEST} letters are needed."))
    elif given["password"] != given["again"]:
        found.append(Problem("again", "The two are not the same. Type it once more."))
    return found


def _box(kind: object, words: str = "", *, secret: bool = False) -> FieldBox:
    assert isinstance(kind, Text)  # noqa: S101 - all four are declared as words
    editor = LineEditor(kind.longest)
    if secret:
        editor.line.setEchoMode(QLineEdit.EchoMode.Password)
    shown = Text(label=words, longest=kind.longest) if words else kind
    return FieldBox(shown, editor, optional=False)
