"""What the letters to those who wait say; the words are data."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from provider_desk.model import resources

#: Kinds of letter, each a file of resources/letters.
KINDS = ("offer", "keep_in_touch", "still_wait")


@dataclass(frozen=True, slots=True)
class LetterWords:
    """A kind of letter.

    Attributes:
        kind: the name of its file.
        label: what staff call it.
        purpose: code of ``wait_contact_purpose`` with which it is recorded.
        offers: whether posting it offers a start.
        asks: placeholders that whoever writes fills in.
        plain: paragraphs that name no service.
        named: paragraphs that name it.
    """

    kind: str
    label: str
    purpose: str
    offers: bool
    asks: tuple[str, ...]
    plain: tuple[str, ...]
    named: tuple[str, ...]

    def paragraphs(self, values: Mapping[str, str], *, named: bool) -> tuple[str, ...]:
        """The letter with its placeholders filled in; empty paragraphs fall away.

        Raises:
            KeyError: a placeholder has no value.
        """
        words = self.named if named else self.plain
        filled = (string.Formatter().vformat(each, (), values) for each in words)
        return tuple(each.strip() for each in filled if each.strip())


@cache
def words_of(kind: str) -> LetterWords:
    """The words of a kind of letter.

    Raises:
        FileNotFoundError: there is no such kind.
    """
    told = resources.read_toml(f"letters/{kind}.toml")
    return LetterWords(
        kind=kind,
        label=told["label"],
        purpose=told["purpose"],
        offers=told["offers"],
        asks=tuple(told["asks"]),
        plain=tuple(told["plain"]),
        named=tuple(told["named"]),
    )
