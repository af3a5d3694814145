"""The numbers at the top of Today; each goes to its lines."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from provider_desk.model.to_do import IN_SHORT, ToDoKind
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.theme import px


def in_short(kind: ToDoKind, count: int) -> str:
    """A number of things in few words: "12 contacts"."""
    one, several = IN_SHORT[kind]
    return f"{count:,} {one if count == 1 else several}"


class JumpList(QWidget):
    """A button for each kind of thing there is, in the order of the page.

    Attributes:
        buttons: kind → its button.
    """

    def __init__(
        self, counts: Mapping[ToDoKind, int], jump: Callable[[ToDoKind], None]
    ) -> None:
        """Lay it out.

        Args:
            counts: how many of each kind; those of which there is none are left out.
            jump: goes to the lines of a kind.
        """
        super().__init__()
        self.setAccessibleName("Go to")
        self.buttons: dict[ToDoKind, QWidget] = {}
        flow = Flow(px(6), self)
        for kind, count in counts.items():
            if not count:
                continue
            button = plain(in_short(kind, count), partial(jump, kind))
            button.setProperty("role", "chip")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setToolTip(f"Go to: {kind.value}")
            self.buttons[kind] = button
            flow.addWidget(button)
