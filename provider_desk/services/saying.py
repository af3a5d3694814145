"""Small pieces of the sentences that deeds say: days, labels, numbers of things."""

from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.clock import moment
from provider_desk.model.fields import Day, shown

#: Why something is taken back by the undo that was offered with it.
UNDONE = "undone at once"

_DAY = Day(label="")


def day(on: date) -> str:
    """A day as it is read: "Tue 5 Sep 2017"."""
    return shown(_DAY, on)


def at(ms: int) -> str:
    """A stored moment as it is read: "Tue 5 Sep 2017, 14:02"."""
    when = moment(ms)
    return f"{day(when.date())}, {when:%H:%M}"


def label(list_name: str, code: str | None) -> str:
    """The words of a value list for a code."""
    return choices(list_name).label(code)


def some(count: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 session", "3 sessions"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def sentences(*parts: str) -> str:
    """Sentences in a row, empty ones left out."""
    return " ".join(part for part in parts if part)
