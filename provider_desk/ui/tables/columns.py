"""What a column of a table shows, and how it sorts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt

from provider_desk.model.choices import choices
from provider_desk.model.fields import Count, Day, Kind, OneOf, Record, field_map, shown
from provider_desk.ui.forms.field_box import label_words
from provider_desk.ui.own_words import own
from provider_desk.ui.veil import HIDDEN

R = TypeVar("R")

_DAY = Day(label="")


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    Attributes:
        header: words above it.
        words: what a row shows there.
        sort: what rows are put in order by; the words where it is None.
        right: numbers stand at the right.
        private: shows other words while the personal is hidden.
        tone: a row's tone here, "" for plain.
        width: pixels at 100 % text, 0 for as wide as the words.
        instead: the words while the personal is hidden; one word for all by default.
        full: the words in full where ``words`` are short, for the tooltip and a screen
            reader; nothing private.
        told: the heading in full where it is short.
        whole: its words are never cut; dates and numbers never are.
        leaves: 0 always stays; where room is short the column with the highest is left
            out first, and stands below the table for the row where the cursor is.
    """

    header: str
    words: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    right: bool = False
    private: bool = False
    tone: Callable[[R], str] | None = None
    width: int = 0
    instead: Callable[[R], str] | None = None
    full: Callable[[R], str] | None = None
    told: str = ""
    whole: bool = False
    leaves: int = 0

    def said(self, row: R, *, hidden: bool) -> str:
        """What a row shows there, with the personal hidden or not."""
        words = self.words(row)
        if not (hidden and self.private and words):
            return words
        return HIDDEN if self.instead is None else self.instead(row)

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Where the words stand in the cell."""
        side = Qt.AlignmentFlag.AlignRight if self.right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def declared(
    record_type: type[Record],
    name: str,
    value: Callable[[R], Any],
    width: int = 0,
    *,
    instead: Callable[[R], str] | None = None,
    leaves: int = 0,
) -> Column[R]:
    """A column whose heading, list and alignment a record's declaration says."""
    kind = field_map(record_type)[name].kind

    def whole(row: R) -> str:
        held = value(row)
        words = shown(_DAY if isinstance(held, date) else kind, held)
        return own(words) if isinstance(kind, OneOf) else words

    def short(row: R) -> str:
        return own(_shortly(kind, value(row)) or whole(row))

    return Column(
        header=label_words(kind),
        words=short if isinstance(kind, OneOf) else whole,
        full=whole if isinstance(kind, OneOf) and not kind.personal else None,
        sort=None if isinstance(kind, OneOf) else value,
        right=isinstance(kind, Count),
        private=kind.personal,
        instead=instead,
        width=width,
        whole=isinstance(kind, Count | Day),
        leaves=leaves,
    )


def _shortly(kind: Kind, held: object) -> str:
    """The words of a list for columns, "" where it has none."""
    if not isinstance(kind, OneOf) or not isinstance(held, str):
        return ""
    return choices(kind.choices).short(held)


def day_column(
    header: str, value: Callable[[R], date | None], width: int = 0, *, leaves: int = 0
) -> Column[R]:
    """A column of dates that no record declares."""
    return Column(
        header,
        lambda row: shown(_DAY, value(row)),
        value,
        width=width,
        whole=True,
        leaves=leaves,
    )
