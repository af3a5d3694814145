"""The list of problems at the top of a long form; each line leads to its field."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from provider_desk.model.errors import Problem
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.words import body, strong
from provider_desk.ui.theme import px


class ProblemList(QFrame):
    """Hidden while nothing is wrong."""

    def __init__(self, go_to: Callable[[str], None]) -> None:
        super().__init__()
        self._go_to = go_to
        self.setProperty("role", "banner")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(12), px(8), px(12), px(8))
        self._column.setSpacing(px(2))
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List them, worst first."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.setVisible(bool(problems))
        if not problems:
            return
        stops = [p for p in problems if p.severity == "stop"]
        words = "It can't be saved yet" if stops else "Saved, but please look at this"
        self._column.addWidget(strong(words))
        for problem in sorted(problems, key=lambda p: p.severity != "stop"):
            self._add(problem)

    def _add(self, problem: Problem) -> None:
        self._column.addWidget(body(own(problem.text)))
        if problem.field:
            link = quiet("Go to this field", lambda: self._go_to(problem.field))
            link.setAccessibleDescription(own(problem.text))
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
