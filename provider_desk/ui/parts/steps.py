"""Steps across the top of a page, each with what is left to do in it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.theme import px

#: A step gives way where a window is narrow; its words are in its tooltip too.
_LEAST = 96


class Steps(QWidget):
    """Buttons in a row; the arrow keys walk along them.

    Attributes:
        chosen: somebody went to a step; carries its number from 0.
    """

    chosen = Signal(int)

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._names = names
        # Never lower than the two lines of its buttons.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        for number, name in enumerate(names):
            button = plain(f"{number + 1}  {name}\n", lambda: None)
            button.setProperty("role", "choice")
            button.setCheckable(True)
            button.setMinimumWidth(px(_LEAST))
            self._group.addButton(button, number)
            row.addWidget(button, 1)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self.chosen)
        self._group.button(0).setChecked(True)

    def go_to(self, number: int) -> None:
        """Mark a step as the one that is shown."""
        self._group.button(number).setChecked(True)

    def allow(self, number: int, *, allowed: bool) -> None:
        """Say whether a step can be gone to yet."""
        self._group.button(number).setEnabled(allowed)

    def now(self) -> int:
        """The step that is shown."""
        return self._group.checkedId()

    def set_left(self, number: int, left: str) -> None:
        """Say what is left to do in a step."""
        button = self._group.button(number)
        name = self._names[number]
        # Two lines, so that large text has room as well.
        button.setText(f"{number + 1}  {name}\n{left}")
        button.setToolTip(f"{name}: {left}" if left else name)
        said = f"Step {number + 1}, {name}"
        button.setAccessibleName(f"{said}: {left}" if left else said)
