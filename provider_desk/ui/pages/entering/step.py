"""One step of the first run."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.errors import Problem
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.parts.words import body, section
from provider_desk.ui.theme import px


class Step(QWidget):
    """A heading, what it is about, and what is asked; its card has the buttons.

    Attributes:
        NAME: its words in the line of steps.
        TITLE, ABOUT: heading and the sentence below.
        DEED: words on the card's button while this step is asked.
        answered: everything is there; the next step can come.
        said: something is to be said above: message, advice, tone.
        raised: carries an error to be shown above.
        busy: work is under way, in words; "" when it is over.
        deed_changed: the button says something else now.
        column: where what is asked goes.
        boxes: fields by name, to show problems beside.
    """

    NAME = ""
    TITLE = ""
    ABOUT = ""
    DEED = "Go on"

    answered = Signal()
    said = Signal(str, str, str)
    raised = Signal(object)
    busy = Signal(str)
    deed_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.setAccessibleName(self.TITLE)
        self.boxes: dict[str, FieldBox] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(12))
        self.column.addWidget(section(self.TITLE))
        self.about = body(self.ABOUT)
        self.about.setVisible(bool(self.ABOUT))
        self.column.addWidget(self.about)

    def start(self) -> None:
        """The step is shown: put the cursor where the work begins."""
        for box in self.boxes.values():
            if not box.isHidden():
                box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def go_on(self) -> None:
        """The card's button was pressed."""
        self.answered.emit()

    def show_problems(self, problems: list[Problem]) -> bool:
        """Show each beside its field.

        Returns:
            Whether anything was wrong.
        """
        for name, box in self.boxes.items():
            box.show_problems([p for p in problems if p.field == name])
        first = next((p.field for p in problems if p.field in self.boxes), "")
        if first:
            self.boxes[first].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(problems)
