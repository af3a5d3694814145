"""How many guesses a password withstands, roughly, from what it is strung together of.

A password is cut into the parts that make it cheapest: common passwords (by how common
they are), names that are no secret, runs along the keyboard or the alphabet, repeats,
and for the rest single letters. An estimate, meant to find what falls at once.
"""

import hashlib
import math
from collections.abc import Iterator
from functools import cache

from provider_desk.model import resources

_FILE = "common_passwords.bin"
_HASH_BYTES = 5
_SHORTEST_PART, _LONGEST_PART = 3, 40
#: Longer ones are judged by their beginning.
_LONGEST_JUDGED = 80

#: Bits of a part: that a kind of part comes next, a name, a step along a row.
_NEXT, _NAME, _STEP = 1.0, 2.0, 0.5
#: Bits of a letter, a digit, a blank, another sign.
_LETTER, _DIGIT, _BLANK, _SIGN = 4.7, 3.3, 2.0, 5.0

_ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1234567890",
    "abcdefghijklmnopqrstuvwxyz",
)
_MEANT = str.maketrans("@4310$5!7", "aaeiossit")


def bits(password: str, names: frozenset[str] = frozenset()) -> float:
    """The logarithm (base 2) of how many guesses a password withstands.

    Args:
        password: as it was typed.
        names: what anybody could know, in small letters.
    """
    folded = password.casefold()
    block = _repeated(folded)
    if block != folded:
        return bits(block, names) + math.log2(len(folded) / len(block))
    typed = folded[:_LONGEST_JUDGED]
    least = [0.0] + [math.inf] * len(typed)
    for at in range(len(typed)):
        for end, cost in _parts(typed, at, names):
            least[end] = min(least[end], least[at] + cost)
    return least[-1]


def _parts(typed: str, at: int, names: frozenset[str]) -> Iterator[tuple[int, float]]:
    """Where the parts that begin at a place end, and the bits of each."""
    yield at + 1, _of_letter(typed[at])
    end = at + 1
    while end < len(typed) and _follows(typed[end - 1], typed[end]):
        end += 1
        yield end, _of_letter(typed[at]) + _NEXT + _STEP * (end - at - 1)
    for end in range(at + _SHORTEST_PART, min(len(typed), at + _LONGEST_PART) + 1):
        part = typed[at:end]
        plain = part.translate(_MEANT)
        disguised = _NEXT if plain != part else 0.0
        if part in names or plain in names:
            yield end, _NAME + disguised
        rank = min(_rank(part), _rank(plain) if disguised else math.inf)
        if rank < math.inf:
            yield end, _NEXT + math.log2(rank + 1) + disguised


def _of_letter(letter: str) -> float:
    if letter.isalpha():
        return _LETTER
    if letter.isdigit():
        return _DIGIT
    return _BLANK if letter.isspace() else _SIGN


def _follows(one: str, other: str) -> bool:
    """Whether two letters are the same, or neighbours in a row."""
    pairs = (one + other, other + one)
    return one == other or any(pair in row for row in _ROWS for pair in pairs)


def _repeated(text: str) -> str:
    """The shortest block that a text is a repetition of; the text itself otherwise."""
    at = (text + text).find(text, 1)
    return text[:at] if text else text


def _rank(part: str) -> float:
    """How many passwords are more common; infinite where it is none of them."""
    return _ranks().get(_hash(part), math.inf)


@cache
def _ranks() -> dict[bytes, int]:
    data = resources.path_of(_FILE).read_bytes()
    places = range(0, len(data), _HASH_BYTES)
    return {data[at : at + _HASH_BYTES]: n for n, at in enumerate(places)}


def _hash(part: str) -> bytes:
    return hashlib.sha256(part.encode()).digest()[:_HASH_BYTES]
