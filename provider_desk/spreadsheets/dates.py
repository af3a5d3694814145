"""Dates and times as people type them.

A date whose day and month could be exchanged is never guessed at: without a known
order it is ``Unclear``, and the caller asks.
"""

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from provider_desk.spreadsheets.tidy import clean

Order = Literal["dmy", "mdy", "ymd", "unknown"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd", "unknown")

_TIME = r"(?:[T ]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[ap]m|z)?)?"
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+", re.IGNORECASE)
_NUMBERS = re.compile(
    rf"(\d{{1,4}})\s*([./\\\- ])\s*(\d{{1,2}})\s*\2\s*(\d{{1,4}}){_TIME}", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[\s./,-]*(?:of\s+)?([a-z]{{3,9}})[\s./,'-]*"
    rf"(\d{{4}}|\d{{2}}){_TIME}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"([a-z]{{3,9}})[\s./-]*(\d{{1,2}})(?:st|nd|rd|th)?[\s.,/-]+(\d{{4}}|\d{{2}}){_TIME}",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})[\s./-]*([a-z]{{3,9}})[\s./-]*(\d{{1,2}}){_TIME}", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2})?\s*([ap]m)?", re.IGNORECASE
)

_MONTHS = {name.casefold(): n for n, name in enumerate(month_name) if name}
_MONTHS |= {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_CENTURY = 100
_LONG_YEAR = 4
_NO_YEAR = 3
_MONTHS_A_YEAR = 12
_NOON = 12
_LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class ShortYear:
    """A day whose year was written with two digits.

    Attributes:
        year: 0 to 99.
    """

    year: int
    month: int
    day: int

    def in_this_century(self) -> "date | NoDate":
        """The day in 20yy."""
        return _day(2000 + self.year, self.month, self.day)

    def not_after(self, limit: date) -> "date | NoDate":
        """The latest such day that does not lie after another.

        Source: note on the caseloads, two-digit years of birth.
        """
        year = limit.year - limit.year % _CENTURY + self.year
        if (year, self.month, self.day) > (limit.year, limit.month, limit.day):
            year -= _CENTURY
        return _day(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class NoDate:
    """Words that are no date, with the sentence that says why."""

    why: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """A date that can be read in more than one order.

    Attributes:
        orders: those that give a day of the calendar.
    """

    orders: tuple[Order, ...]


DateRead = date | ShortYear | NoDate | Unclear


@lru_cache(maxsize=50_000)
def read_date(text: str, order: Order) -> DateRead:
    """A date from words.

    Args:
        text: as typed; a time of day after the date is ignored.
        order: of day, month and year where all three are numbers.
    """
    words = _WEEKDAY.sub("", clean(text))
    found = _NUMBERS.fullmatch(words)
    if found:
        return _from_numbers(found[1], found[3], found[4], order)
    found = _DAY_FIRST.fullmatch(words)
    if found and order == "ymd" and len(found[3]) < _LONG_YEAR:
        return _named(found[1], found[2], found[3])
    if found:
        return _named(found[3], found[2], found[1])
    found = _MONTH_FIRST.fullmatch(words)
    if found:
        return _named(found[3], found[1], found[2])
    found = _YEAR_FIRST.fullmatch(words)
    if found:
        return _named(found[1], found[2], found[3])
    return NoDate("It is not a date.")


def _named(year: str, month: str, day: str) -> DateRead:
    number = _MONTHS.get(month.casefold())
    if number is None:
        return NoDate(f"“{month}” is not a month.")
    return _made(year, number, int(day))


def _made(year: str, month: int, day: int) -> DateRead:
    if len(year) < _LONG_YEAR:
        short = ShortYear(int(year), month, day)
        if (month, day) == _LEAP_DAY:
            return short
        # A leap year's days, because the century is not known yet.
        return _no_day(2000, month, day, says_year=False) or short
    return _day(int(year), month, day)


def _from_numbers(first: str, second: str, third: str, order: Order) -> DateRead:
    if len(first) == _LONG_YEAR:
        return _made(first, int(second), int(third))
    if len(third) == _LONG_YEAR:
        readings: dict[Order, tuple[str, str, str]] = {
            "dmy": (third, second, first),
            "mdy": (third, first, second),
        }
    else:
        readings = {
            "dmy": (third, second, first),
            "mdy": (third, first, second),
            "ymd": (first, second, third),
        }
    if _NO_YEAR in (len(first), len(third)):
        return NoDate("A year has two digits or four.")
    if order in readings:
        return _made_from(readings[order])
    if order != "unknown":
        order_words = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
        return NoDate(f"It is not written {order_words[order]}, as the layout says.")
    return _only_reading(readings)


def _made_from(parts: tuple[str, str, str]) -> DateRead:
    return _made(parts[0], int(parts[1]), int(parts[2]))


def _only_reading(readings: dict[Order, tuple[str, str, str]]) -> DateRead:
    made = {order: _made_from(parts) for order, parts in readings.items()}
    possible = {o: d for o, d in made.items() if not isinstance(d, NoDate)}
    if not possible:
        return made["dmy"]
    if len(set(possible.values())) == 1:
        return next(iter(possible.values()))
    return Unclear(tuple(possible))


def _day(year: int, month: int, day: int) -> date | NoDate:
    return _no_day(year, month, day) or date(year, month, day)


def _no_day(
    year: int, month: int, day: int, *, says_year: bool = True
) -> NoDate | None:
    if year < 1:
        return NoDate("There is no such year.")
    if not 1 <= month <= _MONTHS_A_YEAR:
        return NoDate(f"There is no such day: there is no month {month}.")
    days = monthrange(year, month)[1]
    if not 1 <= day <= days and not says_year:
        return NoDate(f"There is no such day: there is no {day} {month_name[month]}.")
    if not 1 <= day <= days:
        return NoDate(
            f"There is no such day: {month_name[month]} {year} has {days} days."
        )
    return None


def read_time(text: str) -> str | None:
    """A time of day as "HH:MM" from "14:30", "2.30pm" or "9am"; None if it is none."""
    found = _CLOCK.fullmatch(clean(text))
    if found is None or not (found[2] or found[3]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if found[3].casefold() == "pm" else 0)
    if hour >= 24 or minute >= 60:  # noqa: PLR2004
        return None
    return f"{hour:02d}:{minute:02d}"
