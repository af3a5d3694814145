"""Exact numbers: read from what was typed, rounded half up, written for reading."""

from collections.abc import Iterable
from fractions import Fraction
from math import floor

_HALF = Fraction(1, 2)
_HUNDRED = 100


def whole(value: Fraction) -> int:
    """Rounded half up to a whole number: 22.5 is 23."""
    return floor(value + _HALF)


def rounded(value: Fraction, places: int = 1) -> Fraction:
    """Rounded half up to so many decimals."""
    return Fraction(whole(value * 10**places), 10**places)


def written(value: Fraction, places: int = 1) -> str:
    """For reading, with so many decimals at most: "22.5", "153", "1,234.5"."""
    near = rounded(value, places)
    if near.denominator == 1:
        return f"{near.numerator:,}"
    return f"{float(near):,.{places}f}".rstrip("0")


def percent(part: int | Fraction, of: int | Fraction, places: int = 1) -> Fraction:
    """A share of a hundred, rounded half up.

    Raises:
        ZeroDivisionError: a share of nothing.
    """
    return rounded(Fraction(part) / Fraction(of) * _HUNDRED, places)


def number_of(text: str) -> Fraction:
    """A number as somebody types it: "22.5".

    Raises:
        ValueError: it is no number that can be below nothing; says what was typed.
    """
    typed = text.strip()
    try:
        value = Fraction(typed)
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"“{typed}” is not a number.") from None
    if value < 0 or "/" in typed or "e" in typed.casefold():
        raise ValueError(f"“{typed}” is not a number of people or a share.")
    return value


def numbers_of(text: str) -> tuple[Fraction, ...]:
    """Numbers with commas between them; () where nothing is typed.

    Raises:
        ValueError: one of them is no number; says which.
    """
    if not text.strip():
        return ()
    return tuple(number_of(each) for each in text.split(","))


def total(values: Iterable[Fraction]) -> Fraction:
    """All of them together."""
    return sum(values, start=Fraction(0))
