"""One field on a form: label and unit above, help, the editor, problems below."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Kind, Value
from provider_desk.ui.forms.line_editors import Editor
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.announce import announce
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import SIGNS, set_property, soft
from provider_desk.ui.theme import px


def label_words(kind: Kind) -> str:
    """The words above a field, with its unit."""
    label = own(kind.label)
    return f"{label} ({own(kind.unit)})" if kind.unit else label


def _nothing_odd(_value: Value) -> str:
    return ""


class FieldBox(QWidget):
    """A field with all that belongs to it."""

    def __init__(self, kind: Kind, editor: Editor, *, optional: bool) -> None:
        super().__init__()
        self.kind = kind
        self.editor = editor
        self._look: Callable[[Value], str] = _nothing_odd
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        # Beside a field with more words above it, both stand on the same line.
        column.addStretch(1)
        words = label_words(kind)
        self.label = QLabel(words)
        self.label.setProperty("role", "field")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setBuddy(editor.inner)
        head = Flow(px(6))
        head.addWidget(self.label)
        self._aside = _aside("optional", self.label.sizeHint().height())
        head.addWidget(self._aside)
        column.addLayout(head)
        # Only now: what has no parent yet would become a window of its own.
        self._aside.setVisible(optional)
        self._advice = own(kind.help)
        self._help = soft(self._advice)
        column.addWidget(self._help)
        self._help.setVisible(bool(kind.help))
        column.addWidget(editor)
        self._problem = QLabel()
        self._problem.setProperty("role", "problem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.hide()
        column.addWidget(self._problem)
        self._name(f"{words}, optional" if optional else words)
        self._describe("")

    def call(self, words: str) -> None:
        """Let the field be called otherwise here than it is declared."""
        words = own(words)
        self.label.setText(words)
        self._name(words)

    def want(self, wanted: bool) -> None:  # noqa: FBT001
        """Say that an answer is wanted now, or optional again."""
        self._aside.setVisible(not wanted)
        words = label_words(self.kind)
        self._name(words if wanted else f"{words}, optional")

    def advise(self, sentences: str) -> None:
        """Say something else below the label than is declared."""
        sentences = own(sentences)
        self._help.setText(sentences)
        self._help.setVisible(bool(sentences))
        self._advice = sentences
        self._describe(self.problem)

    @property
    def problem(self) -> str:
        """The words that stand below the field now."""
        return "" if self._problem.isHidden() else self._problem.text()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong here, or nothing."""
        stops = any(problem.severity == "stop" for problem in problems)
        tone = "bad" if stops else "warn"
        text = own("\n".join(problem.text for problem in problems))
        self._problem.setText(SIGNS["bad" if stops else "warn"] + text)
        set_property(self._problem, "tone", tone)
        self._problem.setVisible(bool(problems))
        self.editor.mark(stops)
        self._describe(text)

    def look_on_leaving(
        self, left: SignalInstance, look: Callable[[Value], str]
    ) -> None:
        """Point out what is odd in what was typed, once the cursor leaves it.

        Args:
            left: says that the cursor leaves.
            look: the value → what to say of it, "" for nothing.
        """
        self._look = look
        left.connect(self._point_out)

    def _point_out(self) -> None:
        said = self._look(self.editor.value())
        if said and not self.problem:
            self.show_problems([Problem("", said, "warn")])
            # The cursor has gone on already.
            announce(self, own(f"{self.kind.label}: {said}"))

    def forget_problem(self) -> None:
        """Something else was typed; what was said no longer holds."""
        if not self._problem.isHidden():
            self.show_problems(())

    def _name(self, words: str) -> None:
        for part in self._spoken():
            part.setAccessibleName(words)

    def _describe(self, problem: str) -> None:
        said = f"{problem} {self._advice}".strip()
        for part in self._spoken():
            part.setAccessibleDescription(said)

    def _spoken(self) -> list[QWidget]:
        """What a screen reader meets here: in a list to type into, its line as well."""
        inner = self.editor.inner
        line = inner.lineEdit() if isinstance(inner, QComboBox) else None
        return [inner] if line is None else [inner, line]


def _aside(words: str, height: int) -> QLabel:
    label = soft(words)
    label.setWordWrap(False)
    label.setMinimumHeight(height)
    label.setAlignment(Qt.AlignmentFlag.AlignBottom)
    return label
