"""The events of a person's time line under their headings, as a list shows them."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from provider_desk.model.fields import Day, shown
from provider_desk.model.views import Event, EventKind
from provider_desk.services.casework.course.grouping import EventGroup
from provider_desk.services.casework.search_text import folded
from provider_desk.ui.own_words import own, own_in_line
from provider_desk.ui.parts.words import tip
from provider_desk.ui.tables.rows import ROW, Index
from provider_desk.ui.veil import HIDDEN

_DAY = Day(label="")
_TOP = QModelIndex()
_CORRECTED = "put right later"

#: What was written, or that it is hidden; and whether a heading is folded up.
DETAIL = Qt.ItemDataRole.UserRole + 1
IS_CLOSED = Qt.ItemDataRole.UserRole + 2


class EventList(QAbstractListModel):
    """The events of the kinds that are wanted, group by group.

    A group that is folded up shows its heading alone, unless words are looked for or
    one kind is wanted: what is found must be seen.
    """

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[EventGroup, ...] = ()
        self._shown: list[Event | EventGroup] = []
        self._kind: EventKind | None = None
        self._words: list[str] = []
        self._also: frozenset[str] = frozenset()
        self._closed: set[str] = set()
        self._hidden = False

    def set_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Hide what was written, or show it."""
        self._hidden = hidden
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def set_groups(self, groups: Sequence[EventGroup]) -> None:
        """Show other groups, newest first; those folded up stay so."""
        self._groups = tuple(groups)
        self.filter(self._kind)

    @property
    def events(self) -> tuple[Event, ...]:
        """All of them, shown or not."""
        return tuple(event for group in self._groups for event in group.events)

    def filter(self, kind: EventKind | None) -> None:
        """Show only one kind, or all."""
        self.beginResetModel()
        self._kind = kind
        self._shown = []
        for group in self._groups:
            found = [event for event in group.events if self._is_wanted(event)]
            if len(self._groups) > 1 and found:
                self._shown.append(group)
            if not self.is_closed(group):
                self._shown += found
        self.endResetModel()

    def look_for(self, text: str, also: Collection[str] = ()) -> None:
        """Show only events that say all the words, or are among some records.

        Args:
            text: words; capitals and accents do not matter.
            also: ids of records in which the words were found elsewhere.
        """
        self._words = folded(text).split()
        self._also = frozenset(also)
        self.filter(self._kind)

    def fold(self, group: EventGroup, *, closed: bool) -> None:
        """Fold a group up, or open it."""
        (self._closed.add if closed else self._closed.discard)(group.key)
        self.filter(self._kind)

    def is_closed(self, group: EventGroup) -> bool:
        """Whether a group shows its heading alone."""
        if self._words or self._kind is not None:
            return False
        return group.key in self._closed

    def row_of(self, group: EventGroup) -> int:
        """The line of a heading; -1 where it is not shown."""
        for row, held in enumerate(self._shown):
            if isinstance(held, EventGroup) and held.key == group.key:
                return row
        return -1

    def heading_above(self, row: int) -> EventGroup | None:
        """The heading under which a line stands, itself where it is one."""
        for held in reversed(self._shown[: row + 1]):
            if isinstance(held, EventGroup):
                return held
        return None

    def _is_wanted(self, event: Event) -> bool:
        return (self._kind is None or event.kind == self._kind) and self._is_found(
            event
        )

    def _is_found(self, event: Event) -> bool:
        if not self._words or event.row_id in self._also:
            return True
        said = folded(f"{own(event.title)} {own_in_line(event.detail)}")
        return all(word in said for word in self._words)

    def kinds(self) -> list[EventKind]:
        """The kinds there are, in the order of their declaration."""
        present = {event.kind for event in self.events}
        return [kind for kind in EventKind if kind in present]

    def rowCount(self, parent: Index = _TOP) -> int:
        """How many lines are shown, headings too."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for a screen reader, or the event itself for the painter."""
        if not index.isValid():
            return None
        held = self._shown[index.row()]
        if role == ROW:
            return held
        if isinstance(held, EventGroup):
            return self._of_heading(held, role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            parts = (shown(_DAY, held.on), own(held.title), self._detail(held))
            words = " · ".join(part for part in parts if part)
            return tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return self._detail(held) if role == DETAIL else None

    def _of_heading(self, group: EventGroup, role: int) -> Any:
        if role == IS_CLOSED:
            return self.is_closed(group)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        state = "folded up" if self.is_closed(group) else "open"
        return f"{group.title} · {group.detail} · {len(group.events)} · {state}"

    def _detail(self, event: Event) -> str:
        hide = self._hidden and event.detail
        detail = HIDDEN if hide else own_in_line(event.detail)
        parts = (detail, _CORRECTED if event.corrected else "")
        return " · ".join(part for part in parts if part)
