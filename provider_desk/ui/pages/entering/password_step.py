"""First run, step two: four words made by chance, or a password of one's own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Text
from provider_desk.services.entry import passwords
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.pages.entering.card import enter_goes_on, left_aligned
from provider_desk.ui.pages.entering.step import Step
from provider_desk.ui.pages.setting.secret import AGAIN, PASSWORD, secret_box, typed
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.card import Card
from provider_desk.ui.parts.words import soft
from provider_desk.ui.theme import px

_BACK = Text(label="Type the four words once", help="So that you know you have them.")
_OWN = Text(label="Your own password", help=PASSWORD.help)
_WARNING = (
    "Write it down and keep it where the service keeps its keys. Nobody can look it "
    "up; only recovery sheet A can set a new one."
)


class PasswordStep(Step):
    """Words are offered; somebody who wants others types their own.

    Attributes:
        words: the four words that are offered now.
    """

    NAME = "Your password"
    TITLE = "Your password"
    ABOUT = (
        "These four words were picked by chance. They are easier to remember than "
        "signs and numbers, and harder to guess."
    )

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self._names: tuple[str, ...] = ()
        self._shown = QLabel()
        self._shown.setProperty("role", "words")
        self._shown.setTextFormat(Qt.TextFormat.PlainText)
        self._shown.setWordWrap(True)
        self._group = QButtonGroup(self)
        self.by_chance = self._choice("Use these four words")
        self.own = self._choice("Choose my own")
        self.boxes = {
            "typed": _line(_BACK),
            "password": secret_box(_OWN),
            "again": secret_box(AGAIN),
        }
        self._lay_out()
        self.by_chance.setChecked(True)
        self.another()
        self._turn()

    def use_names(self, *names: str) -> None:
        """Names that must not be in a password of one's own."""
        self._names = names

    def start(self) -> None:
        """The field that is asked."""
        box = self.boxes["typed" if self.by_chance.isChecked() else "password"]
        box.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def another(self) -> None:
        """Offer four other words."""
        self.words = passwords.four_words()
        self._shown.setText(self.words)
        self._shown.setAccessibleName(f"Your password: {self.words}")
        self.boxes["typed"].editor.set_value("")

    def password(self) -> str:
        """The password that was settled on."""
        chosen = self.by_chance.isChecked()
        return self.words if chosen else typed(self.boxes["password"])

    def go_on(self) -> None:
        """On to the sheets, if the password will do."""
        own = self.own.isChecked()
        problems = self._own_problems() if own else self._typing_problems()
        if not self.show_problems(problems):
            self.answered.emit()

    def _typing_problems(self) -> list[Problem]:
        said = " ".join(typed(self.boxes["typed"]).split())
        if said == self.words:
            return []
        if said.casefold() == self.words.casefold():
            text = "Nearly: capital letters count, and these words have none."
        else:
            text = "These are not the four words above. Type them as they stand there."
        return [Problem("typed", text)]

    def _own_problems(self) -> list[Problem]:
        own = typed(self.boxes["password"])
        weak = passwords.problem(own, self._names)
        if weak is not None:
            return [Problem("password", weak.text)]
        if own != typed(self.boxes["again"]):
            return [Problem("again", "The two are not the same. Type it once more.")]
        return []

    def _lay_out(self) -> None:
        card = Card()
        card.setProperty("role", "note")
        card.inside.addWidget(self._shown)
        left_aligned(card.inside, quiet("Another four words", self._renew))
        inside = _indented(self.boxes["typed"])
        own = _indented(self.boxes["password"], self.boxes["again"])
        self._parts = (inside, own)
        for part in (card, self.by_chance, inside, self.own, own, soft(_WARNING)):
            self.column.addWidget(part)
        enter_goes_on([self.boxes["typed"]], self.go_on)
        enter_goes_on([self.boxes["password"], self.boxes["again"]], self.go_on)

    def _renew(self) -> None:
        self.another()
        self.by_chance.setChecked(True)
        self.start()

    def _choice(self, words: str) -> QRadioButton:
        button = QRadioButton(words)
        button.toggled.connect(lambda _on: self._turn())
        button.clicked.connect(lambda _on=False: self.start())
        self._group.addButton(button)
        return button

    def _turn(self) -> None:
        if hasattr(self, "_parts"):
            self._parts[0].setVisible(self.by_chance.isChecked())
            self._parts[1].setVisible(self.own.isChecked())


def _line(kind: Text) -> FieldBox:
    return FieldBox(kind, LineEditor(kind.longest), optional=False)


def _indented(*boxes: FieldBox) -> QWidget:
    held = QWidget()
    held.setProperty("role", "clear")
    column = QVBoxLayout(held)
    column.setContentsMargins(px(24), 0, 0, 0)
    column.setSpacing(px(8))
    for box in boxes:
        column.addWidget(box)
    return held
