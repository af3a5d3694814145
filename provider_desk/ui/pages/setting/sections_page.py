"""A page of sections: their names at the left, the chosen one beside them."""

from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
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


@dataclass(frozen=True, slots=True)
class SectionPart:
    """A section: its name for ``opened(part=…)``, and who may see it: any of these."""

    name: str
    section: type[Section]
    needs: tuple[Permission, ...] = (Permission.READ,)


class SectionsPage(Page):
    """What a role may not see is not shown to it.

    Attributes:
        PARTS: the sections, in order.
        sections: those that are there, by name.
    """

    PARTS: ClassVar[tuple[SectionPart, ...]] = ()

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.sections: dict[str, Section] = {}
        self._names: list[str] = []
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._list = QVBoxLayout()
        self._list.setSpacing(px(2))
        self._list.setContentsMargins(0, 0, 0, 0)
        for part in self.PARTS:
            if any(may(frame.desk, each) for each in part.needs):
                self._add(part)
        self._list.addStretch(1)
        held = QWidget()
        held.setFixedWidth(px(_WIDTH))
        held.setLayout(self._list)
        self._held = held
        row = QHBoxLayout()
        row.setSpacing(px(24))
        row.addWidget(held)
        row.addWidget(self._stack, 1)
        self.body.addLayout(row, 1)
        frame.look_changed.connect(self._fit)
        self.show_part(self._names[0])

    def opened(self, **what: Any) -> None:
        """Show a section: ``part="contracts"``; otherwise the one shown last.

        What else is named goes to the section.
        """
        name = str(what.pop("part", "") or self.part())
        if name in self.sections:
            self.show_part(name)
            self.sections[name].start()
            self.sections[name].shown(**what)

    def resume(self) -> None:
        """The section that is shown."""
        self.sections[self.part()].start()

    def refresh(self, changed: Changed) -> None:
        """Load the section again."""
        del changed
        self.sections[self.part()].load()

    def save(self) -> None:
        """The form of the section that is shown."""
        self.sections[self.part()].save()

    def part(self) -> str:
        """The name of the section that is shown."""
        return self._names[self._stack.currentIndex()]

    def show_part(self, name: str) -> None:
        """Show a section and load it."""
        at = self._names.index(name)
        self._stack.setCurrentIndex(at)
        self._group.button(at).setChecked(True)
        self.sections[name].load()

    def _add(self, part: SectionPart) -> None:
        section = part.section(self.frame)
        name = part.name
        self.sections[name] = section
        self._names.append(name)
        self._stack.addWidget(scrolling(section))
        button = plain(section.TITLE, lambda: self.show_part(name))
        button.setProperty("role", "place")
        button.setCheckable(True)
        self._group.addButton(button, len(self._names) - 1)
        self._list.addWidget(button)

    def _fit(self) -> None:
        self._held.setFixedWidth(px(_WIDTH))
