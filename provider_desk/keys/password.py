"""Passwords: four words made by chance, and which of one's own are too easy to guess.

What counts is how many guesses a password withstands, so there are no rules about
capitals and signs, and none expires. Source: security design, §1, §4.3.
"""

import re
import secrets
from collections.abc import Iterable
from functools import cache

from provider_desk.keys import guesses
from provider_desk.keys.slots import plain
from provider_desk.model import resources
from provider_desk.model.errors import Problem

#: Source: security design, §4.3.
SHORTEST = 12
LONGEST = 1_000
WORDS = 4

#: A password that takes fewer guesses than 2 to the power of this falls within a day,
#: whatever a guess costs. Two of the thousand commonest strung together have 20.
FEWEST_BITS = 30.0

_WORDS_FILE = "words.txt"
_SHORTEST_NAME = 3


def four_words() -> str:
    """A new password: four words picked by chance, with blanks between.

    The list has 3,321 words, so that four of them have 46.8 bits. Somebody who holds
    the desk's folder and the team secret too, at 6,200 guesses a second, needs 300
    years of one large graphics card for half of them; without the team secret no
    guess can be tried. Source: security design, §4.3.
    """
    return " ".join(secrets.choice(words()) for _ in range(WORDS))


@cache
def words() -> tuple[str, ...]:
    """The words that passwords are made of."""
    lines = resources.read_text(_WORDS_FILE).splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def password_problem(password: str, names: Iterable[str] = ()) -> Problem | None:
    """What is wrong with a new password, or None.

    Args:
        password: as it was typed.
        names: of the person and the service; they are no secret.
    """
    typed = plain(password)
    if len(typed) < SHORTEST:
        return Problem(
            "password",
            f"A password needs at least {SHORTEST} characters; this has {len(typed)}. "
            "Three or four words picked by chance are easy to remember.",
        )
    if len(typed) > LONGEST:
        return Problem("password", "This password is too long: 1,000 characters.")
    if guesses.bits(typed, _known(names)) < FEWEST_BITS:
        return Problem(
            "password",
            "This password is easy to guess: it is made of passwords that many people "
            "use, rows of keys, repeats or a name. Four words picked by chance are "
            "easier to remember and far harder to guess.",
        )
    return None


def _known(names: Iterable[str]) -> frozenset[str]:
    parts = {name.casefold() for name in names}
    for name in names:
        parts.update(re.split(r"\W+", name.casefold()))
        parts.add(re.sub(r"\W+", "", name.casefold()))
    return frozenset(part for part in parts if len(part) >= _SHORTEST_NAME)
