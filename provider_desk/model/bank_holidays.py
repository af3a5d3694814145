"""Bank holidays of England and Wales, worked out for any year.

Easter by the Gregorian rule (Meeus); the days that a proclamation added or moved since
2010 are listed. Source: Banking and Financial Dealings Act 1971.
"""

from datetime import date, timedelta
from functools import cache

_MAY, _AUGUST, _MONDAY, _SATURDAY = 5, 8, 0, 5

#: Days that took the place of the usual one: usual → instead.
_MOVED = {
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}

#: Days that were added once.
_ADDED = {
    date(2011, 4, 29): "Royal wedding",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State funeral",
    date(2023, 5, 8): "Coronation",
}


def easter_sunday(year: int) -> date:
    """Easter Sunday of a year of the Gregorian calendar."""
    golden, century, rest = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - correction + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def name_of(on: date) -> str:
    """What bank holiday a day is; "" for any other day."""
    return _of_year(on.year).get(on, "")


@cache
def _of_year(year: int) -> dict[date, str]:
    easter = easter_sunday(year)
    usual = {
        easter - timedelta(days=2): "Good Friday",
        easter + timedelta(days=1): "Easter Monday",
        _first_monday(date(year, _MAY, 1)): "Early May bank holiday",
        _first_monday(date(year, _MAY, 25)): "Spring bank holiday",
        _first_monday(date(year, _AUGUST, 25)): "Summer bank holiday",
    }
    found = {_MOVED.get(on, on): name for on, name in usual.items()}
    found[_instead(date(year, 1, 1), found)] = "New Year's Day"
    found[_instead(date(year, 12, 25), found)] = "Christmas Day"
    found[_instead(date(year, 12, 26), found)] = "Boxing Day"
    found |= {on: name for on, name in _ADDED.items() if on.year == year}
    return found


def _first_monday(on: date) -> date:
    """The first Monday on or after a day."""
    return on + timedelta(days=(_MONDAY - on.weekday()) % 7)


def _instead(on: date, taken: dict[date, str]) -> date:
    """The day itself, or the next working day where it falls on a weekend."""
    while on.weekday() >= _SATURDAY or on in taken:
        on += timedelta(days=1)
    return on
