"""The one question of a measure that asks for action, beside a total that is typed."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.instruments import Instrument, instruments
from provider_desk.model.item_scores import RISK_NOT_KNOWN
from provider_desk.model.outcome_measures import OWN_SCALE
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.line_editors import Editor
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import body
from provider_desk.ui.theme import px


class RiskItemEditor(Editor):
    """The question in its words; a digit answers it, "-" says that it is not known.

    Attributes:
        picked: it was answered by its key.
    """

    picked = Signal()

    def __init__(self) -> None:
        held = QWidget()
        super().__init__(held)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        self._words = body("")
        column.addWidget(self._words)
        answers = QWidget()
        # A panel is as wide as it is: the last answer goes below the others.
        row = Flow(px(14), answers)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        for code in choices("risk_item").by_code:
            button = QRadioButton("- Not known" if code == RISK_NOT_KNOWN else code)
            button.installEventFilter(self)
            button.toggled.connect(self._toggled)
            self._group.addButton(button)
            self._buttons[code] = button
            row.addWidget(button)
        column.addWidget(answers)
        self._keep_focus()

    def show_instrument(self, instrument: Instrument | None) -> None:
        """Ask the question of a measure that asks for action."""
        if instrument is None or not instrument.risk_item:
            return
        number = instrument.risk_item
        words = f"{number}. {instrument.items[number - 1]}"
        self._words.setText(words)
        for code, button in self._buttons.items():
            fits = code == RISK_NOT_KNOWN or int(code) <= instrument.highest
            button.setVisible(fits)
            said = (
                instrument.answers[int(code)]
                if fits and code != RISK_NOT_KNOWN
                else "not known, only the total is there"
            )
            button.setAccessibleName(f"Question {number}: {said}")
            button.setAccessibleDescription(words)
            button.setToolTip(said)

    def value(self) -> Value:
        """The code that is picked, None for none."""
        return next((c for c, b in self._buttons.items() if b.isChecked()), None)

    def set_value(self, value: Value) -> None:
        """Pick a code, or none."""
        self._group.setExclusive(False)
        for code, button in self._buttons.items():
            button.setChecked(code == value)
        self._group.setExclusive(True)
        self._keep_focus()
        self.changed.emit()

    def mark(self, wrong: bool) -> None:  # noqa: FBT001
        """The words below say what is wrong; buttons have no frame to colour."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit answers, "-" says that it is not known."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            minus = event.key() == Qt.Key.Key_Minus
            digit = event.key() - Qt.Key.Key_0.value
            button = self._buttons.get(RISK_NOT_KNOWN if minus else str(digit))
            if event.modifiers() in plain and button and not button.isHidden():
                button.setChecked(True)
                button.setFocus()
                self.picked.emit()
                return True
        return super().eventFilter(watched, event)

    def _toggled(self, chosen: bool) -> None:  # noqa: FBT001
        if chosen:
            self._keep_focus()
            self.changed.emit()

    def _keep_focus(self) -> None:
        """Tab comes to what is picked, or to the first."""
        at = self._buttons.get(str(self.value()), self._buttons["0"])
        self.inner.setFocusProxy(at)
        self.setFocusProxy(at)


def show_what_is_asked(form: RecordForm) -> None:
    """Ask of a total what its measure needs: the question about risk, or its name."""
    form.boxes["scale_name"].want(True)

    def follow() -> None:
        code = str(form.values()["instrument"] or "")
        told = instruments().get(code)
        some = form.boxes["total"].editor.value() != 0
        asked = told is not None and bool(told.risk_item) and some
        form.show_fields(risk_item=asked, scale_name=code == OWN_SCALE)

    form.changed.connect(follow)
    follow()
