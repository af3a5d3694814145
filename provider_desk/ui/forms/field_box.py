"""One field on a form: label and unit above, help, the editor, problems below."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QVBoxLayout, QWidget

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Kind, Value
from provider_desk.ui.forms.line_editors import Editor
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.announce import announce
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.scroll import IS_FIELD
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

    def __init__(
        self,
        kind: Kind,
        editor: Editor,
        *,
        optional: bool,
        parent: QWidget | None = None,
    ) -> None:
        """Lay it out.

        Args:
            kind: what the field is called, and what belongs to it.
            editor: what it is typed into.
            optional: it may stay empty.
            parent: where it will stand, so that its style is worked out once.
        """
        super().__init__(parent)
        self.setProperty(IS_FIELD, True)
        self.kind = kind
        self.editor = editor
        self._look: Callable[[Value], str] = _nothing_odd
        # First this: who hears of the change may have something to point out.
        editor.changed.connect(self.forget_problem)
        editor.left.connect(self._point_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        # Beside a field with more words above it, both stand on the same line.
        column.addStretch(1)
        words = label_words(kind)
        self.label = _label(words)
        self.label.setBuddy(editor.inner)
        head = Flow(px(6))
        head.addWidget(self.label)
        self._aside = _aside("optional", _label_height())
        head.addWidget(self._aside)
        column.addLayout(head)
        # Hidden, not shown: what is shown has its style worked out again and again.
        if not optional:
            self._aside.hide()
        self._advice = own(kind.help)
        self._help = soft(self._advice)
        column.addWidget(self._help)
        if not kind.help:
            self._help.hide()
        column.addWidget(editor)
        #: Made once there is something to say: most fields never have a problem.
        self._problem: QLabel | None = None
        self._column = column
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
        label = self._problem
        return "" if label is None or label.isHidden() else label.text()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong here, or nothing."""
        if not problems and self._problem is None:
            return
        stops = any(problem.severity == "stop" for problem in problems)
        tone = "bad" if stops else "warn"
        text = own("\n".join(problem.text for problem in problems))
        label = self._problem or self._make_problem()
        label.setText(SIGNS["bad" if stops else "warn"] + text)
        set_property(label, "tone", tone)
        label.setVisible(bool(problems))
        self.editor.mark(stops)
        self._describe(text)

    def _make_problem(self) -> QLabel:
        self._problem = label = QLabel(self)
        label.setProperty("role", "problem")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self._column.addWidget(label)
        return label

    def look_on_leaving(self, look: Callable[[Value], str]) -> None:
        """Point out what is odd in what was typed, once the cursor leaves it.

        Args:
            look: the value → what to say of it, "" for nothing.
        """
        self._look = look

    def _point_out(self) -> None:
        """Say what is not understood where it was typed, not only on saving."""
        unread = self.editor.problem()
        said = unread or self._look(self.editor.value())
        if said and not self.problem and self.isVisible():
            self.show_problems([Problem("", said, "stop" if unread else "warn")])
            # The cursor has gone on already.
            announce(self, own(f"{self.kind.label}: {said}"))

    def forget_problem(self) -> None:
        """Something else was typed; what was said no longer holds."""
        if self.problem:
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


def _label_height() -> int:
    """How high a label is now, whatever it says."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - there is no widget without
    return _height_in(app.font().toString(), app.styleSheet())


@lru_cache(maxsize=4)
def _height_in(_font: str, _sheet: str) -> int:
    return _label("Label").sizeHint().height()


def _label(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "field")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _aside(words: str, height: int) -> QLabel:
    label = soft(words)
    label.setWordWrap(False)
    label.setMinimumHeight(height)
    label.setAlignment(Qt.AlignmentFlag.AlignBottom)
    return label
