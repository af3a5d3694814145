"""Several of a value list, as boxes to tick."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.fields import OneOf, Value
from provider_desk.ui.forms.line_editors import Editor
from provider_desk.ui.own_words import own
from provider_desk.ui.theme import px


class Ticks(Editor):
    """A box for each line of a value list; the value is the codes with blanks between.

    Attributes:
        boxes: code → box, in the order of the list.
    """

    def __init__(self, kind: OneOf) -> None:
        held = QWidget()
        super().__init__(held)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        self.boxes: dict[str, QCheckBox] = {}
        for choice in choices(kind.choices).values:
            if not choice.offered:
                continue
            box = QCheckBox(own(choice.label))
            box.setAccessibleName(own(f"{kind.label}: {choice.label}"))
            box.toggled.connect(self.changed)
            self.boxes[choice.code] = box
            column.addWidget(box)
        held.setFocusProxy(next(iter(self.boxes.values())))

    def codes(self) -> tuple[str, ...]:
        """The codes of the boxes that are ticked."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def value(self) -> Value:
        """The codes, blanks between them; None for none."""
        return " ".join(self.codes()) or None

    def set_value(self, value: Value) -> None:
        """Tick the boxes of codes, and no others."""
        wanted = str(value or "").split()
        for code, box in self.boxes.items():
            box.setChecked(code in wanted)
