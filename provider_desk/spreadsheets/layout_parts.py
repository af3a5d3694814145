"""Reading the tables of a layout file: each mistake is named where it stands."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from provider_desk.model.errors import DeskError
from provider_desk.spreadsheets.dates import NoDate, read_date


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in a layout that can't be used.

    Attributes:
        where: the table and key: "[[sheet]] 2 “Referrals”, date_order"; "" at the
            top of the file.
        text: what is wrong and what is allowed.
    """

    where: str
    text: str


class LayoutNotValid(DeskError):
    """A layout file that can't be used.

    Attributes:
        mistakes: all of them, in the order of the file.
    """

    def __init__(self, name: str, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        listed = "\n".join(
            f"- {m.where or 'At the top'}: {m.text}" for m in self.mistakes
        )
        super().__init__(
            f"The layout {name} can't be used:\n{listed}",
            "\nNothing was brought in. The help page “Layouts” describes every word.",
        )


#: Keys that stand at the top of the file, and easily slip below a bracket.
_OF_THE_FILE = ("title", "date_order", "records_begin")


def listed(words: Iterable[str]) -> str:
    """Words for a message: “a”, “b” or “c”."""
    quoted = [f"“{word}”" for word in words]
    if len(quoted) <= 1:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def allowed(word: str, known: Iterable[str]) -> str:
    """What stands for a word that is not known: the nearest, or all that are."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=2, cutoff=0.6)
    return f"Did you mean {listed(near)}?" if near else f"Allowed: {listed(names)}."


@dataclass(slots=True)
class Part:
    """A table of the layout file while it is read.

    Attributes:
        table: as TOML gives it.
        where: for messages.
        mistakes: collects them for the whole file.
    """

    table: Mapping[str, object]
    where: str
    mistakes: list[Mistake]
    _taken: set[str] = field(default_factory=set)

    def wrong(self, text: str, name: str = "") -> None:
        """Note a mistake at this table, or at one of its keys."""
        where = ", ".join(each for each in (self.where, name) if each)
        self.mistakes.append(Mistake(where, text))

    def has(self, name: str) -> bool:
        """Whether a key is given."""
        return name in self.table

    def take(self, name: str) -> object:
        """The value of a key as it is, None where it is not given."""
        self._taken.add(name)
        return self.table.get(name)

    def text(self, name: str, *, needed: bool = False) -> str:
        """Words; "" where they are not given."""
        value = self.take(name)
        if isinstance(value, str) and value.strip():
            return value
        if value is not None and not isinstance(value, str):
            self.wrong(f'Write it between quotes: {name} = "…".', name)
        elif needed:
            self.wrong(f'It is needed: {name} = "…".', name)
        return ""

    def separator(self, name: str, default: str) -> str:
        """Words that may be only spaces."""
        value = self.take(name)
        if value is not None and not isinstance(value, str):
            self.wrong(f'Write it between quotes: {name} = "…".', name)
        return value if isinstance(value, str) else default

    def texts(self, name: str) -> tuple[str, ...]:
        """One word or a list of words."""
        value = self.take(name)
        if value is None:
            return ()
        words = value if isinstance(value, list) else [value]
        if not words or not all(isinstance(word, str) for word in words):
            self.wrong(f'Write words: {name} = "…" or {name} = ["…", "…"].', name)
            return ()
        return tuple(str(word) for word in words)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A true or false."""
        value = self.take(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong("Write true or false, without quotes.", name)
            return default
        return value

    def number(self, name: str) -> int | None:
        """A whole number from 1."""
        value = self.take(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.wrong("Write a whole number from 1, without quotes.", name)
            return None
        return value

    def day(self, name: str) -> date | None:
        """A date, with or without quotes."""
        value = self.take(name)
        if isinstance(value, str):
            value = read_date(value, "unknown")
        if isinstance(value, datetime):
            value = value.date()
        if value is None or isinstance(value, date):
            return value
        why = f" {value.why}" if isinstance(value, NoDate) else ""
        self.wrong(f"Write it as year-month-day: 2016-07-01.{why}", name)
        return None

    def choice(self, name: str, known: Iterable[str], default: str) -> str:
        """One of some words."""
        value = self.text(name)
        names = list(known)
        if value and value not in names:
            self.wrong(f"“{value}” is not known. {allowed(value, names)}", name)
            return default
        return value or default

    def pattern(self, name: str) -> re.Pattern[str] | None:
        """A regular expression that ignores capitals."""
        value = self.text(name)
        if not value:
            return None
        try:
            return re.compile(value, re.IGNORECASE)
        except re.error as error:
            self.wrong(f"The pattern is not valid: {error}.", name)
            return None

    def parts(self, name: str, title: str = "") -> list["Part"]:
        """The tables of a list of tables, numbered from 1; one table is a list too."""
        value = self.take(name)
        tables = value if isinstance(value, list) else [value]
        if value is None:
            return []
        if not all(isinstance(each, dict) for each in tables):
            self.wrong(f"Write tables: [[{title or name}]].", name)
            return []
        prefix = f"{self.where}, " if self.where else ""
        return [
            Part(each, f"{prefix}[[{title or name}]] {number}", self.mistakes)
            for number, each in enumerate(tables, start=1)
        ]

    def done(self, known: Iterable[str] = ()) -> None:
        """Name the keys that nobody asked for."""
        names = sorted({*self._taken, *known})
        for name in self.table:
            if name in self._taken:
                continue
            hint = allowed(name, names)
            if self.where and name in _OF_THE_FILE:
                hint = "It belongs at the top of the file, above the first bracket."
            here = " here" if self.where else ""
            self.wrong(f"“{name}” is not known{here}. {hint}")
