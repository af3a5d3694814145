"""Dates and times of day as people type them: 5/9, 5 sep, today, -3, tue; 2.30pm.

The day comes before the month, as in Britain. Where the year is left out, a day that
may not lie ahead is the latest one up to today; any other is the one nearest to
today. Two digits of a year mean up to ten years ahead, else the last century.
"""

import re
from datetime import date, timedelta

from provider_desk.model.months import Month

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAYS = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_LEAST_LETTERS = 3
_WEEK = 7
_CENTURY = 100
_YEARS_AHEAD = 10
_FOUR_YEARS = 4
_FIRST, _LAST = 1900, 2199

_STEPS = re.compile(r"([+-])\s*(\d{1,4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(
    r"(\d{1,2})(?:\s*[/.\- ]\s*(\d{1,2})(?:\s*[/.\- ]\s*(\d{2,4}))?)?"
)
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\.?(?:,?\s+(\d{2,4}))?")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{2,4}))?")
_TIME = re.compile(r"(\d{1,2})(?:[:.]?([0-5]\d))?\s*(am|pm)?")

_NOON = 12
_HOURS = 24
_FIRST_MORNING_HOUR = 7


def read_day(text: str, today: date, *, future: bool = False) -> date | None:
    """The date that somebody means, None where it is not to be understood.

    Args:
        text: what was typed.
        today: the civil date.
        future: whether the day may lie ahead of today.
    """
    words = " ".join(text.casefold().replace("sept ", "sep ").split())
    near = _near_today(words, today, future=future)
    if near is not None:
        return near
    day, month, year = _parts(_without_weekday(words))
    if day is None:
        return None
    if month is None:
        return _day_alone(day, today, future=future)
    if year is not None:
        return _valid(_full_year(year, today), month, day)
    return _nearest(day, month, today, future=future)


def read_time(text: str) -> str | None:
    """The time of day as "HH:MM", None where it is not to be understood.

    A bare hour from 1 to 6 is in the afternoon: "2" is 14:00, "2am" is 02:00.
    """
    found = _TIME.fullmatch(text.casefold().strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    elif 1 <= hour < _FIRST_MORNING_HOUR and not found[1].startswith("0"):
        hour += _NOON
    return f"{hour:02d}:{minute:02d}" if hour < _HOURS else None


def _near_today(words: str, today: date, *, future: bool) -> date | None:
    steps = _STEPS.fullmatch(words)
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    if steps is not None:
        days = int(steps[2]) * (1 if steps[1] == "+" else -1)
        return today + timedelta(days=days)
    weekday = _index(words, _WEEKDAYS)
    if weekday is None:
        return None
    if future:
        return today + timedelta(days=(weekday - today.weekday()) % _WEEK)
    return today - timedelta(days=(today.weekday() - weekday) % _WEEK)


def _without_weekday(words: str) -> str:
    first, _, rest = words.partition(" ")
    if rest and _index(first.strip(",."), _WEEKDAYS) is not None:
        return rest
    return words


def _parts(words: str) -> tuple[int | None, int | None, str | None]:
    """Day, month and year as typed; the day is None where nothing is understood."""
    if found := _ISO.fullmatch(words):
        return int(found[3]), int(found[2]), found[1]
    if found := _DIGITS.fullmatch(words) or _NUMBERS.fullmatch(words):
        return int(found[1]), int(found[2]) if found[2] else None, found[3]
    if found := _DAY_FIRST.fullmatch(words):
        return _named(found[1], found[2], found[3])
    if found := _MONTH_FIRST.fullmatch(words):
        return _named(found[2], found[1], found[3])
    return None, None, None


def _named(
    day: str, month: str, year: str | None
) -> tuple[int | None, int | None, str | None]:
    index = _index(month, _MONTHS)
    return (None, None, None) if index is None else (int(day), index + 1, year)


def _index(word: str, names: list[str]) -> int | None:
    if len(word) < _LEAST_LETTERS:
        return None
    found = [place for place, name in enumerate(names) if name.startswith(word)]
    return found[0] if len(found) == 1 else None


def _full_year(year: str, today: date) -> int:
    number = int(year)
    if len(year) > 2:  # noqa: PLR2004
        return number
    century = today.year // _CENTURY * _CENTURY
    ahead = number > today.year % _CENTURY + _YEARS_AHEAD
    return century + number - (_CENTURY if ahead else 0)


def _day_alone(day: int, today: date, *, future: bool) -> date | None:
    months = (Month.of(today).plus(step) for step in (-2, -1, 0, 1))
    days = [_valid(month.year, month.number, day) for month in months]
    return _closest([each for each in days if each], today, future=future)


def _nearest(day: int, month: int, today: date, *, future: bool) -> date | None:
    # 29 February comes only every fourth year.
    years = range(today.year - _FOUR_YEARS, today.year + _FOUR_YEARS + 1)
    days = [_valid(year, month, day) for year in years]
    return _closest([each for each in days if each], today, future=future)


def _closest(days: list[date], today: date, *, future: bool) -> date | None:
    allowed = days if future else [day for day in days if day <= today]
    return min(allowed, key=lambda day: abs(day - today), default=None)


def _valid(year: int, month: int, day: int) -> date | None:
    """The date; None where there is none, or in a year that nobody means."""
    try:
        return date(year, month, day) if _FIRST <= year <= _LAST else None
    except ValueError:
        return None
