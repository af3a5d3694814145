"""One field on a form: label and unit above, help, the editor, problems below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Kind
from provider_desk.ui.forms.line_editors import Editor
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import SIGNS, set_property, soft
from provider_desk.ui.theme import px


def label_words(kind: Kind) -> str:
    """The words above a field, with its unit."""
    return f"{kind.label} ({kind.unit})" if kind.unit else kind.label


class FieldBox(QWidget):
    """A field with all that belongs to it."""

    def __init__(self, kind: Kind, editor: Editor, *, optional: bool) -> None:
        super().__init__()
        self.kind = kind
        self.editor = editor
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
        if optional:
            head.addWidget(_aside("optional", self.label.sizeHint().height()))
        column.addLayout(head)
        self._advice = kind.help
        self._help = soft(kind.help)
        column.addWidget(self._help)
        self._help.setVisible(bool(kind.help))
        column.addWidget(editor)
        self._problem = QLabel()
        self._problem.setProperty("role", "problem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.hide()
        column.addWidget(self._problem)
        editor.inner.setAccessibleName(f"{words}, optional" if optional else words)
        self._describe("")

    def call(self, words: str) -> None:
        """Let the field be called otherwise here than it is declared."""
        self.label.setText(words)
        self.editor.inner.setAccessibleName(words)

    def advise(self, sentences: str) -> None:
        """Say something else below the label than is declared."""
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
        text = "\n".join(problem.text for problem in problems)
        self._problem.setText(SIGNS["bad" if stops else "warn"] + text)
        set_property(self._problem, "tone", tone)
        self._problem.setVisible(bool(problems))
        self.editor.mark(stops)
        self._describe(text)

    def forget_problem(self) -> None:
        """Something else was typed; what was said no longer holds."""
        if not self._problem.isHidden():
            self.show_problems(())

    def _describe(self, problem: str) -> None:
        said = f"{problem} {self._advice}".strip()
        self.editor.inner.setAccessibleDescription(said)


def _aside(words: str, height: int) -> QLabel:
    label = soft(words)
    label.setWordWrap(False)
    label.setMinimumHeight(height)
    label.setAlignment(Qt.AlignmentFlag.AlignBottom)
    return label
