"""Numbers in running words: digits, number words, percentages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = (
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_OTHER = {"nobody": 0, "none": 0, "nil": 0, "once": 1, "twice": 2, "hundred": 100}

_VALUES = (
    {word: number for number, word in enumerate(_SMALL)}
    | {word: (number + 2) * 10 for number, word in enumerate(_TENS)}
    | _OTHER
)
_TEEN = "|".join(sorted(_VALUES, key=len, reverse=True))
_ONES = "|".join(_SMALL[1:10])
_NUMBER = re.compile(
    rf"(?P<digits>(?<![\w.,/@{{-])\d{{1,3}}(?:,\d{{3}})+(?![\d])|"
    rf"(?<![\w.,/@{{-])\d+(?:\.\d+)?)(?P<percent>\s?%|\s+per\s?cent\b)?(?![\w/])"
    rf"|\b(?P<tens>{'|'.join(_TENS)})-(?P<ones>{_ONES})\b"
    rf"|\b(?P<word>{_TEEN})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that somebody typed.

    Attributes:
        start, end: where it stands, the end exclusive.
        value: what it says; of a percentage the percent.
        percent: whether it is one.
        word: whether it was written as a word.
    """

    start: int
    end: int
    value: float
    percent: bool
    word: bool


def numbers(text: str) -> Iterator[Number]:
    """Every number in words, in order. Years, dates and references are left out."""
    for found in _NUMBER.finditer(text):
        if found["digits"] is not None:
            value = float(found["digits"].replace(",", ""))
            if _is_year(found) or _in_date(text, found):
                continue
            percent = found["percent"] is not None
            yield Number(found.start(), found.end(), value, percent, word=False)
            continue
        if found["tens"] is not None:
            total = _VALUES[found["tens"].lower()] + _VALUES[found["ones"].lower()]
        else:
            total = _VALUES[found["word"].lower()]
        yield Number(found.start(), found.end(), total, percent=False, word=True)


_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|"
    "june|july|august|september|october|november|december"
)
_AFTER_DAY = re.compile(rf"(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b", re.IGNORECASE)
_YEARS = range(1900, 2200)


def _is_year(found: re.Match[str]) -> bool:
    return (
        found["percent"] is None
        and len(found["digits"]) == len("2017")
        and found["digits"].isdigit()
        and int(found["digits"]) in _YEARS
    )


def _in_date(text: str, found: re.Match[str]) -> bool:
    return _AFTER_DAY.match(text, found.end()) is not None
