"""A window on the return of a month, driven step by step."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from provider_desk.services.desk import Desk
from provider_desk.services.returning import narrating
from provider_desk.ui.pages.monthly_return import MonthlyReturnPage
from provider_desk.ui.pages.returning.words_box import WordsBox
from tests.builders.issued_desks import contract_id
from tests.builders.signing_desks import SEPTEMBER
from tests.builders.windows import CTRL, Keyboard, new_window, settle, view_of

KEY = Qt.Key


class MonthEnd:
    """A window on the return of September 2017."""

    def __init__(self, qtbot: QtBot, desk: Desk, settings: Path) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.contract_id = contract_id(desk)
        self.window = new_window(qtbot, desk, settings)
        self.view = view_of(self.window)
        self.view.frame.go("return", month=str(SEPTEMBER))
        self.settle()
        shown = self.view.page
        assert isinstance(shown, MonthlyReturnPage)
        self.page = shown
        with qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.keys = Keyboard(self.window)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        settle(self.qtbot, self.window)

    def step(self, number: int) -> None:
        """Go to a step by its key."""
        self.keys.press(KEY(KEY.Key_1.value + number), CTRL)
        self.settle()

    def step_words(self, number: int) -> str:
        """What a step says is left."""
        button = self.page.steps._group.button(number)
        return button.text().partition("\n")[2]

    def save(self) -> None:
        """Ctrl+Enter, and what comes of it."""
        assert self.view.panel is not None
        self.view.panel.save()
        self.settle()

    def box(self, area: str = "THER", code: str = "WELL") -> WordsBox:
        """A box of the narrative."""
        boxes = self.page.write.boxes
        return next(b for b in boxes if (b.box.area, b.box.box) == (area, code))

    def stored(self, desk: Desk | None = None) -> dict[str, str]:
        """The words of the area's boxes as the desk has them."""
        found = narrating.boxes(desk or self.desk, self.contract_id, SEPTEMBER)
        return {each.box: each.words for each in found if each.area == "THER"}
