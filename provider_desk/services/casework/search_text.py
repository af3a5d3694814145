"""What somebody typed into a search box: a date of birth, a number, words."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from provider_desk.model.day_words import read_day

#: Fewer digits are not taken for a telephone number.
PHONE_DIGITS = 6

#: Whole dates among other words: 1980-09-05, 5/9/1980, 05.09.80, 5 sep 1980.
_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})"
    r"|\d{1,2}(?:st|nd|rd|th)?[\s-]+[a-z]{3,9}\.?,?[\s-]+(?:\d{4}|\d{2})"
    r")(?!\w)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?[\d\s()./-]+")
_NOT_DIGITS = re.compile(r"\D")
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class SearchText:
    """What is asked for; all of it must be true of a person.

    Attributes:
        words: beginnings of names, of a code or of a telephone number.
        born: the date of birth.
        phone: the whole text as digits, where it looks like a telephone number; it
            will do instead of the words.
    """

    words: tuple[str, ...]
    born: date | None
    phone: str = ""


def read(text: str, today: date) -> SearchText:
    """Read a search text; the day comes before the month, as in Britain.

    Args:
        text: "zoe 5/9/1980", "G-0001", "07700 900".
        today: nobody is born after it; two-digit years are of the century that fits.
    """
    text = text.replace("\0", " ")  # would end the question to the index half way
    for found in _DATE.finditer(text):
        born = _born(found.group(), today)
        if born is not None:
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return SearchText(tuple(rest.split()), born)
    number = digits(text) if _PHONE.fullmatch(text.strip()) else ""
    phone = number if len(number) >= PHONE_DIGITS else ""
    return SearchText(tuple(text.split()), None, phone)


def _born(text: str, today: date) -> date | None:
    named = any(sign.isalpha() for sign in text)
    born = read_day(text.replace("-", " ") if named else text, today)
    if born is None or born <= today:
        return born
    try:
        return born.replace(year=born.year - _CENTURY)
    except ValueError:  # 29 February of a year that had none
        return None


def folded(text: str) -> str:
    """Text without capitals and accents, for comparing names: "Zoë" gives "zoe"."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(s for s in apart if not unicodedata.combining(s)).casefold()


def digits(text: str) -> str:
    """The digits of a telephone number alone, +44 written as 0."""
    plain = _NOT_DIGITS.sub("", text)
    return f"0{plain[2:]}" if text.strip().startswith("+44") else plain
