"""Words that could give somebody away, looked for before they leave.

It warns and never claims to be sure. Source: disclosure, §14; monthly return, §5.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from provider_desk.model import resources
from provider_desk.returns.narrative.numbers import numbers

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE
)
_PHONE = re.compile(r"(?<!\w)(?:\+44|0)(?:[\s()-]*\d){9,10}(?!\d)")
_EMAIL = re.compile(r"\S+@\S+\.\w+|https?://\S+|www\.\S+", re.IGNORECASE)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b(?:\s+\d{{2,4}})?"
    rf"|\b(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:aged?|turned)\s+(?:of\s+)?\d{1,2}\b|\b\d{1,2}[\s-]*(?:years?|yrs?)[\s-]*old\b"
    r"|\b\d{1,2}\s*(?:y\.?o\.?|yo)\b|\b(?:in|born in)\s+(?:19|20)\d\d\b"
    r"|\bdate of birth\b|\bd\.?o\.?b\b",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\b(?:[A-Z]\.\s?){2,}|\b[A-Z]\.(?=\s+[A-Z])")
_CAPITAL = re.compile(r"\b[A-Z][\w'’-]*")  # noqa: RUF001  typographic apostrophe
_START = re.compile(r"(?:^|[.!?:\n“\"(]\s*|(?:^|\n)\s*[-*•]\s*)$")
_REFERENCE = re.compile(r"\{[^{}\n]*\}")
_NEAR = 160
#: Numbers of people below this are small. Source: disclosure, §8.
_SMALL = 5
_PEOPLE = re.compile(
    r"\s+(?:\w+\s+){0,2}(?:people|persons?|wom[ae]n|m[ae]n|clients?|survivors?|"
    r"service users?|referrals?|cases?|individuals?|children|families)\b",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What was found, as a heading; where two overlap, the first is told."""

    NAME = "a name on this desk"
    CODE = "a code of a person"
    POSTCODE = "a postcode"
    PHONE = "a phone number"
    ADDRESS = "an email or web address"
    DATE = "an exact date"
    AGE = "an age"
    INITIALS = "initials"
    INSTITUTION = "a school, employer, court or operation"
    PLACE = "a place"
    SMALL = "a small number of people"
    EVENT = "something that happens to few people"
    TOGETHER = "who somebody is, family and background together"
    QUOTE = "somebody's own words"
    CAPITAL = "a word with a capital letter that no dictionary has"


#: What to do about each kind. Source: disclosure, §14.
ADVICE = {
    Kind.NAME: "Take the name out, even a first name or a nickname.",
    Kind.CAPITAL: "If it is a name or a place, take it out.",
    Kind.PLACE: "Say “in the borough” or leave it out.",
    Kind.INSTITUTION: "Say what kind of place it is, or leave it out.",
    Kind.POSTCODE: "Take it out.",
    Kind.PHONE: "Take it out.",
    Kind.ADDRESS: "Take it out.",
    Kind.DATE: "Say the month or the season, or leave it out.",
    Kind.AGE: "Say “a younger adult” or leave it out.",
    Kind.INITIALS: "Take them out.",
    Kind.CODE: "Take it out.",
    Kind.TOGETHER: "Leave out all but one of them.",
    Kind.EVENT: "Change it or leave it out: who knows of it knows who it is.",
    Kind.SMALL: "Say “a few”, or take the figure from the table.",
    Kind.QUOTE: "A quote needs consent for this use. Put it under quotes.",
}


@dataclass(frozen=True, slots=True)
class Warned:
    """Something in words that could give somebody away.

    Attributes:
        start, end: where it stands, the end exclusive.
        text: the words found.
        kind: what they look like.
    """

    start: int
    end: int
    text: str
    kind: Kind

    @property
    def advice(self) -> str:
        """What to do about it."""
        return ADVICE[self.kind]


@dataclass(frozen=True, slots=True)
class Known:
    """What this desk knows that must not stand in words that leave.

    Attributes:
        names: of people, workers and others, single words in small letters.
        codes: of people, in small letters.
        allowed: words with a capital that give nobody away: the service's own name.
    """

    names: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()


def scan(text: str, known: Known | None = None) -> tuple[Warned, ...]:
    """Everything in words that could give somebody away, in order of place.

    Args:
        text: as it will leave; references to figures are left out.
        known: what the desk knows.
    """
    known = known or Known()
    clear = _REFERENCE.sub(lambda found: "#" * len(found[0]), text)
    found: list[Warned] = []
    for kind, pattern in _PATTERNS:
        found += (_warned(each.span(), clear, kind) for each in pattern.finditer(clear))
    found += _listed(clear)
    found += _desk(clear, known)
    found += _capitals(clear, known)
    found += _small_numbers(clear)
    found += _together(clear)
    return _without_overlaps(found)


_PATTERNS = (
    (Kind.POSTCODE, _POSTCODE),
    (Kind.PHONE, _PHONE),
    (Kind.ADDRESS, _EMAIL),
    (Kind.DATE, _DATE),
    (Kind.AGE, _AGE),
    (Kind.INITIALS, _INITIALS),
    (Kind.QUOTE, re.compile(r"“[^”\n]{12,}”|\"[^\"\n]{12,}\"")),
)


@cache
def _lists() -> dict[str, Any]:
    return resources.read_toml("narrative/scan.toml")


@cache
def _english() -> frozenset[str]:
    listed = resources.read_text("narrative/english.txt").split()
    return frozenset((*listed, *_lists()["of_the_field"]))


@cache
def _any_of(name: str) -> re.Pattern[str]:
    """Any word of a list; places begin with a capital, so that “wales” may stand."""
    listed = "|".join(
        re.escape(word) for word in sorted(_lists()[name], key=len, reverse=True)
    )
    return re.compile(rf"\b(?:{listed})\b", 0 if name == "places" else re.IGNORECASE)


def _warned(span: tuple[int, int], text: str, kind: Kind) -> Warned:
    return Warned(*span, text[span[0] : span[1]], kind)


def _listed(text: str) -> Iterator[Warned]:
    for found in _any_of("places").finditer(text):
        yield _warned(found.span(), text, Kind.PLACE)
    for found in _any_of("events").finditer(text):
        yield _warned(found.span(), text, Kind.EVENT)
    named = "|".join(_lists()["institutions"])
    pattern = (
        rf"\b(?:[A-Z][\w'-]+\s+){{1,4}}(?i:{named})\b"
        rf"|\b(?i:operation)\s+[A-Z][\w'-]+"
    )
    for found in re.finditer(pattern, text):
        yield _warned(found.span(), text, Kind.INSTITUTION)


def _desk(text: str, known: Known) -> Iterator[Warned]:
    for found in re.finditer(r"[\w'’-]+", text):  # noqa: RUF001  apostrophe
        word = found[0]
        plain = re.sub(r"['’]s$", "", word).casefold()  # noqa: RUF001  apostrophe
        if plain in known.codes:
            yield _warned(found.span(), text, Kind.CODE)
        elif plain in known.names and _could_be_name(text, found, plain):
            yield _warned(found.span(), text, Kind.NAME)


def _could_be_name(text: str, found: re.Match[str], plain: str) -> bool:
    """A name that is no common word, or one that stands with a capital.

    Few words begin sentences so often that a capital there says nothing.
    """
    if plain not in _english():
        return True
    if not found[0][:1].isupper():
        return False
    begins = _START.search(text, 0, found.start()) is not None
    return not (begins and plain in _lists()["begin_sentences"])


def _capitals(text: str, known: Known) -> Iterator[Warned]:
    allowed = {word.casefold() for word in _lists()["allowed"]} | known.allowed
    for found in _CAPITAL.finditer(text):
        plain = re.sub(r"['’]s$", "", found[0]).casefold()  # noqa: RUF001  apostrophe
        if plain in allowed or plain in known.names:
            continue
        if all(_is_plain(part, allowed) for part in plain.split("-")):
            continue
        begins = _START.search(text[: found.start()]) is not None
        if begins and (_is_english(plain) or len(plain) == 1):
            continue
        yield _warned(found.span(), text, Kind.CAPITAL)


def _is_plain(part: str, allowed: set[str] | frozenset[str]) -> bool:
    """A part of a word with a hyphen that gives nobody away: the 9 of PHQ-9."""
    return part in allowed or part.isdigit()


def _is_english(word: str) -> bool:
    return word in _english() or word.removesuffix("s") in _english()


def _small_numbers(text: str) -> Iterator[Warned]:
    for number in numbers(text):
        if number.percent or not 0 < number.value < _SMALL:
            continue
        after = _PEOPLE.match(text, number.end)
        if after is not None:
            yield _warned((number.start, after.end()), text, Kind.SMALL)


def _together(text: str) -> Iterator[Warned]:
    """Background, gender and family of somebody within a few lines."""
    for found in _any_of("ethnicity").finditer(text):
        near = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        if _any_of("gender").search(near) and _any_of("family").search(near):
            yield _warned(found.span(), text, Kind.TOGETHER)


def _without_overlaps(found: list[Warned]) -> tuple[Warned, ...]:
    """The first of what overlaps, in the order in which kinds are declared."""
    order = list(Kind)
    kept: list[Warned] = []
    for each in sorted(found, key=lambda w: (order.index(w.kind), w.start)):
        inside = (k.start < each.end and each.start < k.end for k in kept)
        if each.kind in (Kind.QUOTE, Kind.TOGETHER) or not any(inside):
            kept.append(each)
    return tuple(sorted(kept, key=lambda w: (w.start, w.end)))
