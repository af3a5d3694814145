"""Untidy words made comparable: spaces, dots, dashes, capitals."""

import re
import unicodedata
from functools import lru_cache

#: Everything that shows as nothing.
BLANKS = " \t\n\r\f\v\u00a0\u200b\u2007\u202f\u3000\ufeff"
_SPACES = re.compile(rf"[\s{BLANKS}]+")
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_DROPPED = re.compile(r"[.'\u2018\u2019`\"\u201c\u201d]")
_TRAILING = " ?:;,!*"


def clean(text: str) -> str:
    """The same words with single ordinary spaces, none at the ends."""
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=100_000)
def key(text: str) -> str:
    """What two spellings of a word or heading have in common.

    Capitals, spaces (also non-breaking ones), dots, quotation marks, the kind of
    dash and a question mark or colon at the end make no difference: "D.N.A." and
    " dna" are the same, as are "Cancelled - us" and "cancelled-us".
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = _DASHES.sub("-", _DROPPED.sub("", clean(plain)))
    return clean(plain).rstrip(_TRAILING).casefold()


@lru_cache(maxsize=100_000)
def reference_key(text: str) -> str:
    """What two spellings of a person's code or a referral's number have in common."""
    return clean(unicodedata.normalize("NFKC", text)).casefold()
