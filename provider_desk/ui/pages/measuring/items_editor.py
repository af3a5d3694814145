"""The questions of a measure: one key answers and goes on, Up goes back."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.fields import Value
from provider_desk.model.instruments import Instrument
from provider_desk.model.item_scores import read_answers, written
from provider_desk.ui.forms.line_editors import Editor
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.words import body
from provider_desk.ui.theme import px

#: Stands for no answer.
_NONE = "–"  # noqa: RUF001  a dash is meant
_NO_ANSWER = "no answer"
#: Keys that take an answer back.
_CLEAR = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class Question(QWidget):
    """One question and its answers side by side.

    Attributes:
        answered: a key picked an answer, or none.
        turned: somebody goes to the question before (-1) or after (1).
        changed: the answer is another.
        focused: the keys came to it or left it; carries the event.
    """

    answered = Signal()
    turned = Signal(int)
    changed = Signal()
    focused = Signal(object)

    def __init__(self, number: int, words: str, answers: tuple[str, ...]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(body(f"{number}. {words}"))
        row = QHBoxLayout()
        row.setSpacing(px(14))
        self._group = QButtonGroup(self)
        self._buttons: list[QRadioButton] = []
        for answer, said in enumerate((*answers, _NO_ANSWER)):
            last = answer == len(answers)
            button = QRadioButton(_NONE if last else str(answer))
            button.setAccessibleName(f"Question {number}: {said}")
            button.setAccessibleDescription(words)
            button.setToolTip(said.capitalize() if last else said)
            button.installEventFilter(self)
            self._group.addButton(button)
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._buttons[-1].setChecked(True)
        for button in self._buttons:
            button.toggled.connect(self._toggled)

    def answer(self) -> int | None:
        """The answer, None for none."""
        at = next(n for n, button in enumerate(self._buttons) if button.isChecked())
        return at if at < len(self._buttons) - 1 else None

    def set_answer(self, answer: int | None) -> None:
        """Show an answer; one out of range is none."""
        highest = len(self._buttons) - 2
        fits = answer is not None and 0 <= answer <= highest
        at = answer if fits and answer is not None else highest + 1
        self._buttons[at].setChecked(True)

    def entry(self) -> QRadioButton:
        """Where the keys come to: the answer, the first one where there is none."""
        answer = self.answer()
        return self._buttons[answer if answer is not None else 0]

    def follow(self, before: QWidget) -> QWidget:
        """Come after a widget when Tab is pressed; the last of its own."""
        for button in self._buttons:
            QWidget.setTabOrder(before, button)
            before = button
        return before

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit answers and goes on, "-" leaves it without; Up and Down turn."""
        if isinstance(event, QFocusEvent):
            self.focused.emit(event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if event.modifiers() in plain and self._took(event.key()):
                return True
        return super().eventFilter(watched, event)

    def _took(self, key: int) -> bool:
        digit = key - Qt.Key.Key_0.value
        if 0 <= digit < len(self._buttons) - 1:
            self._buttons[digit].setChecked(True)
            self.answered.emit()
        elif key == Qt.Key.Key_Minus:
            self._buttons[-1].setChecked(True)
            self.answered.emit()
        elif key in _CLEAR:
            self._buttons[-1].setChecked(True)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.turned.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            return False
        return True

    def _toggled(self, chosen: bool) -> None:  # noqa: FBT001
        if chosen:
            self.changed.emit()


class ItemsEditor(Editor):
    """The answers to all questions of a measure, kept as "1,0,NA,3".

    Attributes:
        finished: the last question was answered by its key.
        questions: in their order; none while no measure is chosen.
    """

    finished = Signal()

    def __init__(self) -> None:
        held = QWidget()
        super().__init__(held)
        self.questions: list[Question] = []
        self._column = QVBoxLayout(held)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(10))
        self._shown: Instrument | None = None

    def show_instrument(self, instrument: Instrument | None) -> None:
        """Ask the questions of a measure; nothing where it has none."""
        if instrument is self._shown:
            return
        self._shown = instrument
        clear(self._column)
        self.questions = []
        for number, words in enumerate(instrument.items if instrument else (), 1):
            question = Question(number, words, instrument.answers if instrument else ())
            question.changed.connect(self._begin_at)
            question.changed.connect(self.changed)
            question.focused.connect(self._tell_veil)
            question.answered.connect(lambda at=number: self.go_to(at))
            question.turned.connect(lambda by, at=number: self.go_to(at - 1 + by))
            self.questions.append(question)
            self._column.addWidget(question)
        self._begin_at()
        self._put_in_turn()
        self.changed.emit()

    def go_to(self, at: int) -> None:
        """Go to a question by its place, from 0; past the last one it is finished."""
        if at >= len(self.questions):
            self.finished.emit()
        elif at >= 0:
            question = self.questions[at]
            question.entry().setFocus(Qt.FocusReason.TabFocusReason)
            area = self._area()
            if area is not None:
                area.ensureWidgetVisible(question, 0, px(60))

    def answers(self) -> tuple[int | None, ...]:
        """One for each question, None where there is none."""
        return tuple(question.answer() for question in self.questions)

    def value(self) -> Value:
        """The answers as they are kept; None while none is given."""
        answers = self.answers()
        given = any(each is not None for each in answers)
        return written(answers) if given else None

    def set_value(self, value: Value) -> None:
        """Show answers, as far as they fit the questions."""
        answers: tuple[int | None, ...] = ()
        if value:
            try:
                answers = read_answers(str(value))
            except ValueError:
                answers = ()
        for at, question in enumerate(self.questions):
            question.set_answer(answers[at] if at < len(answers) else None)

    def mark(self, wrong: bool) -> None:  # noqa: FBT001
        """The words below say what is wrong."""

    def _begin_at(self) -> None:
        first = self.questions[0].entry() if self.questions else self.inner
        self.setFocusProxy(first)

    def _put_in_turn(self) -> None:
        """Tab comes to the questions where they stand, not after the whole panel."""
        last = self.inner
        # Only behind what takes the keys itself can anything be put.
        self.inner.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for question in self.questions:
            last = question.follow(last)
        self.inner.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _tell_veil(self, event: QFocusEvent) -> None:
        """What covers the answers uncovers them while somebody is in them."""
        told = QFocusEvent(event.type(), event.reason())
        QApplication.sendEvent(self.inner, told)

    def _area(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above
