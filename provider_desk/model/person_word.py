"""The provider's own word for a person they support: one, several, capitalised.

Source: practices, P49; domain reference, A6, language.
"""

import re
from dataclasses import dataclass
from functools import cache

from provider_desk.model import resources

_USUAL = "person"
_MANY = {"person": "people", "child": "children", "woman": "women", "man": "men"}


@dataclass(frozen=True, slots=True)
class PersonWord:
    """What a person is called.

    Attributes:
        one: "survivor".
        many: "survivors".
    """

    one: str = "person"
    many: str = "people"

    @classmethod
    def of(cls, word: str) -> "PersonWord":
        """From the word for one; "person" where it is empty."""
        one = " ".join(word.split()) or _USUAL
        one = one if one.isupper() else one[:1].lower() + one[1:]
        return cls(one, _many(one))

    @property
    def article(self) -> str:
        """What stands before the word for one."""
        return "an" if self.one[:1].lower() in "aeiou" else "a"


def _many(one: str) -> str:
    *before, last = one.split(" ")
    if last in _MANY:
        plural = _MANY[last]
    elif last.endswith(("s", "x", "ch", "sh")):
        plural = f"{last}es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        plural = f"{last[:-1]}ies"
    else:
        plural = f"{last}s"
    return " ".join((*before, plural))


def put_in(text: str, word: PersonWord) -> str:
    """Words of the program with another word in the place of "person" and "people".

    Where somebody else is meant, such as who signs in, the words stay: the phrases of
    resources/person_words.toml.
    """
    if word.one == _USUAL or not _ANY.search(text):
        return text
    kept = _kept()
    parts, at = [], 0
    for found in kept.finditer(text):
        parts += [_changed(text[at : found.start()], word), found[0]]
        at = found.end()
    return "".join([*parts, _changed(text[at:], word)])


_ANY = re.compile(r"\b(?:persons?|people)", re.IGNORECASE)
_ONE = re.compile(r"\b(?:(an?)(\s+))?person(?=\b)", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:people|persons)\b", re.IGNORECASE)


def _changed(text: str, word: PersonWord) -> str:
    def one(found: re.Match[str]) -> str:
        plain = found[0].split()[-1]
        said = _as(plain, word.one)
        if found[1] is None:
            return said
        article = _as(found[1], word.article)
        return f"{article}{found[2]}{said}"

    text = _ONE.sub(one, text)
    return _SEVERAL.sub(lambda found: _as(found[0], word.many), text)


def _as(like: str, word: str) -> str:
    """A word with a capital where the one that it replaces has one."""
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


@cache
def _kept() -> re.Pattern[str]:
    phrases = resources.read_toml("person_words.toml")["kept"]
    listed = "|".join(re.escape(each["words"]) for each in phrases)
    return re.compile(rf"\b(?:{listed})", re.IGNORECASE)
