"""The code on a recovery sheet: 160 random bits in letters that are hard to mistake.

::

    ABCD EFGH JKMN PQRS TVWX YZ01 2345 6789 K7
    eight groups of four carry the bits, the last two characters check them

Crockford's base32 leaves I, L, O and U out; whoever types one of the first three means
1, 1 and 0. The check is a code over the field of 32 elements that finds every single
wrong character and every swap of two neighbours, and tells in which group a single
wrong character stands. Source: security design, §2.7.
"""

import re
import secrets
import unicodedata

from provider_desk.model.errors import NotValid, Problem

#: Bytes that a code carries.
RAW_BYTES = 20
#: Groups of four before the check characters.
GROUPS = 8

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BETWEEN = re.compile(r"[\s.,\-\N{EN DASH}\N{EM DASH}]+")
_MEANT = str.maketrans("OIL", "011")
_GROUP = 4
_CHECKED = GROUPS * _GROUP
_LENGTH = _CHECKED + 2
#: x^5 + x^2 + 1, by which products are reduced.
_MODULUS = 0b100101
_BITS = 5
_FIELD = "code"


def new() -> bytes:
    """The 20 random bytes of a new code."""
    return secrets.token_bytes(RAW_BYTES)


def written(raw: bytes) -> str:
    """A code as it is printed: nine groups with blanks between.

    Raises:
        ValueError: these are not 20 bytes.
    """
    return " ".join(groups(raw))


def groups(raw: bytes) -> tuple[str, ...]:
    """The groups of a code: eight of four characters, and the two that check them.

    Raises:
        ValueError: these are not 20 bytes.
    """
    if len(raw) != RAW_BYTES:
        raise ValueError("a code carries 20 bytes")
    number = int.from_bytes(raw, "big")
    data = [(number >> _BITS * place) & 31 for place in reversed(range(_CHECKED))]
    text = "".join(_LETTERS[value] for value in (*data, *_check(data)))
    return tuple(text[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def read(text: str) -> bytes:
    """The 20 bytes of a code as somebody typed it.

    Capitals, blanks and hyphens do not matter; O is read as 0, I and L as 1.

    Raises:
        NotValid: it is mistyped; the sentence says where, as far as can be told.
    """
    typed = plain(text)
    _refuse_letters(typed)
    if len(typed) != _LENGTH:
        raise _mistyped(_of_length(text, typed))
    values = [_LETTERS.index(letter) for letter in typed]
    given = _check(values[:_CHECKED])
    first, second = given[0] ^ values[-2], given[1] ^ values[-1]
    if first or second:
        group = _place(first, second) // _GROUP + 1
        raise _mistyped(
            f"Something in this code is mistyped, most likely in {_named(group)}. "
            "Compare that with the sheet first, then the others."
        )
    number = 0
    for value in values[:_CHECKED]:
        number = number << _BITS | value
    return number.to_bytes(RAW_BYTES, "big")


def plain(text: str) -> str:
    """What was typed, as it is compared: capitals, no blanks, no look-alikes."""
    letters = unicodedata.normalize("NFKC", text)
    return _BETWEEN.sub("", letters).upper().translate(_MEANT)


def _check(data: list[int]) -> tuple[int, int]:
    """Two sums over the characters: plain, and each times the weight of its place.

    The weights of the first 31 places all differ, so that the two sums tell which of
    them is wrong. Place 32 shares its direction with 31, and its group.
    """
    first = second = 0
    for place, value in enumerate(data):
        scale = 2 if place == _CHECKED - 1 else 1
        first ^= _times(scale, value)
        second ^= _times(_times(scale, _weight(place)), value)
    return first, second


def _weight(place: int) -> int:
    """2 to the power of the place; the last place has that of its neighbour."""
    weight = 1
    for _ in range(min(place, _CHECKED - 2)):
        weight = _times(weight, 2)
    return weight


def _place(first: int, second: int) -> int:
    """The place of a single wrong character, from how far the two sums are off."""
    if not first:
        return _LENGTH - 1
    if not second:
        return _LENGTH - 2
    return next(place for place in range(31) if _times(_weight(place), first) == second)


def _times(one: int, other: int) -> int:
    """The product of two elements of the field of 32."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 32:
            one ^= _MODULUS
        other >>= 1
    return product


def _refuse_letters(typed: str) -> None:
    """Refuse what never stands on a sheet, and say where it is."""
    for at, letter in enumerate(typed):
        if letter not in _LETTERS:
            where = min(at // _GROUP, GROUPS) + 1
            shown = f"“{letter}”" if letter.isprintable() else "this sign"
            raise _mistyped(
                f"No sheet holds {shown}, which stands in {_named(where)}. Compare "
                "that with the sheet."
            )


def _of_length(text: str, typed: str) -> str:
    if not typed:
        return "Type the code that stands on the sheet."
    said = (
        f"The code has {_LENGTH} characters, {GROUPS} groups of {_GROUP} and "
        f"{_LENGTH - _CHECKED}; this has {len(typed)}."
    )
    parts = _BETWEEN.split(text.strip())
    for number, part in enumerate(parts, start=1):
        wanted = _GROUP if number <= GROUPS else _LENGTH - _CHECKED
        if len(parts) > 1 and len(part) != wanted:
            return f"{said} Compare {_named(number)} with the sheet."
    return f"{said} Compare it with the sheet, group by group."


def _named(number: int) -> str:
    return f"group {number}" if number <= GROUPS else "the last two characters"


def _mistyped(sentence: str) -> NotValid:
    return NotValid([Problem(_FIELD, sentence)])
