"""A page of sections: their names at the left, the chosen one beside them."""

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.changed import Changed
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.scroll import scrolling
from provider_desk.ui.theme import px

_WIDTH = 208
#: Round the words of a section in the list: padding and frame.
_ROUND = 22
#: Between the two; wider, and the longest label has no room at 150 % text.
_GAP = 16


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A section: its name for ``opened(part=…)``, and who may see it: any of these."""

    name: str
    section: type[Section]
    needs: tuple[Permission, ...] = (Permission.READ,)


class SectionsPage(Page):
    """What a role may not see is not shown to it; each is made when first gone to.

    Attributes:
        PARTS: the sections, in order.
    """

    PARTS: ClassVar[tuple[SectionPart, ...]] = ()

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._parts = {
            part.name: part
            for part in self.PARTS
            if any(may(frame.desk, each) for each in part.needs)
        }
        self._made: dict[str, Section] = {}
        self._areas: dict[str, QWidget] = {}
        self._part = next(iter(self._parts))
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._list = QVBoxLayout()
        self._list.setSpacing(px(2))
        self._list.setContentsMargins(0, 0, 0, 0)
        for part in self._parts.values():
            self._add(part)
        self._list.addStretch(1)
        held = QWidget()
        held.setLayout(self._list)
        self._held = held
        self._fit()
        row = QHBoxLayout()
        row.setSpacing(px(_GAP))
        row.addWidget(held)
        row.addWidget(self._stack, 1)
        self.body.addLayout(row, 1)
        frame.look_changed.connect(self._fit)
        self.show_part(self._part)

    @property
    def sections(self) -> dict[str, Section]:
        """Every section of the role, by name; those that nobody went to are made."""
        return {name: self._section(name) for name in self._parts}

    def opened(self, **what: Any) -> None:
        """Show a section: ``part="contracts"``; otherwise the one shown last.

        What else is named goes to the section.
        """
        name = str(what.pop("part", "") or self.part())
        if name in self._parts:
            self.show_part(name)
            self._section(name).start()
            self._section(name).shown(**what)

    def resume(self) -> None:
        """The section that is shown."""
        self._section(self.part()).start()

    def refresh(self, changed: Changed) -> None:
        """Load the section again."""
        del changed
        self._section(self.part()).load()

    def save(self) -> None:
        """The form of the section that is shown."""
        self._section(self.part()).save()

    def part(self) -> str:
        """The name of the section that is shown."""
        return self._part

    def show_part(self, name: str) -> None:
        """Show a section and load it."""
        section = self._section(name)
        self._part = name
        self._stack.setCurrentWidget(self._areas[name])
        self._buttons[name].setChecked(True)
        section.load()

    def _section(self, name: str) -> Section:
        if name not in self._made:
            section = self._made[name] = self._parts[name].section(self.frame)
            self._areas[name] = scrolling(section)
            self._stack.addWidget(self._areas[name])
        return self._made[name]

    def _add(self, part: SectionPart) -> None:
        button = plain(part.section.TITLE, partial(self.show_part, part.name))
        button.setProperty("role", "place")
        button.setCheckable(True)
        self._buttons[part.name] = button
        self._group.addButton(button)
        self._list.addWidget(button)

    def _fit(self) -> None:
        """The chosen section's name is bold, and whole as well."""
        bold = QFont(self.font())
        bold.setBold(True)
        advance = QFontMetrics(bold).horizontalAdvance
        wanted = max(advance(each.text()) for each in self._buttons.values())
        self._held.setFixedWidth(max(px(_WIDTH), wanted + px(_ROUND)))
