"""Everybody who may be on the desk twice, as pairs, for who puts records together."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from provider_desk.model.errors import Cancelled
from provider_desk.model.looks import LookKind
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.same_person import Pair
from provider_desk.services.casework import search_text
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.queries.alike import (
    Identity,
    how_many,
    identities,
    known_pairs,
)
from provider_desk.store.queries.reading import born_in_words

#: Progress is told and stopping asked after so many people.
_STEP = 2_000
#: A number or a name that more people than this share tells nobody apart.
_MOST_ALIKE = 8
#: Letters with which two names begin alike.
_BEGINNING = 3

_BORN = "date of birth, name alike"
_NAME = "first and family name"
_PHONE = "telephone"
_EMAIL = "email"
#: What says most comes first.
_WEIGHT = (_BORN, _NAME, _PHONE, _EMAIL)


@needs(Permission.MERGE_PEOPLE)
def possible_duplicates(
    desk: Desk, progress: Progress = silent, cancelled: Stopped = never
) -> list[Pair]:
    """Pairs of people who may be one, those born on the same day first.

    Two whose dates of birth are known and differ are no pair: families share numbers
    and names. Pairs that somebody marked as two people, or took apart, are left out.

    Args:
        desk: who looks; what is shown of whom is written down first.
        progress: told how many people of how many were compared.
        cancelled: asked often; True stops.

    Raises:
        Cancelled: it was asked to stop.
    """
    looks.note_once(
        desk, "possible duplicates", LookKind.SEARCHED, about="possible duplicates"
    )
    groups: dict[tuple[str, str], list[Identity]] = defaultdict(list)
    with desk.store.reading() as rows:
        total = how_many(rows)
        mine = caseload.of_desk(desk, rows)
        for done, each in enumerate(identities(rows), start=1):
            if mine.holds(each.client_id):
                for key in _keys(each):
                    groups[key].append(each)
            if done % _STEP == 0:
                progress(done, max(total, done))
                if cancelled():
                    raise Cancelled("Stopped. Nothing was changed.")
        known = known_pairs(rows)
    return _pairs(groups, known)


def _keys(each: Identity) -> Iterator[tuple[str, str]]:
    """What somebody is found by, with what it says of two who share it."""
    starts = {
        search_text.folded(word)[:_BEGINNING]
        for word in each.names.split()
        if len(word) > 1
    }
    if each.born_on:
        yield from ((_BORN, f"{each.born_on} {start}") for start in starts)
    if each.first and each.family:
        yield _NAME, search_text.folded(f"{each.first}\t{each.family}")
    for number in (each.mobile, each.landline):
        digits = search_text.digits(number)
        if len(digits) >= search_text.PHONE_DIGITS:
            yield _PHONE, digits
    if "@" in each.email:
        yield _EMAIL, each.email.strip().casefold()


def _pairs(
    groups: dict[tuple[str, str], list[Identity]], known: set[frozenset[str]]
) -> list[Pair]:
    found: dict[frozenset[str], tuple[Identity, Identity, list[str]]] = {}
    for (why, _), alike in groups.items():
        if not 1 < len(alike) <= _MOST_ALIKE:
            continue
        for first, second in combinations(alike, 2):
            ids = frozenset((first.client_id, second.client_id))
            if len(ids) == 1 or ids in known or _differ(first, second):
                continue
            reasons = found.setdefault(ids, (first, second, []))[2]
            if why not in reasons:
                reasons.append(why)
    ranked = sorted(
        found.values(),
        key=lambda pair: (-len(pair[2]), min(map(_WEIGHT.index, pair[2]))),
    )
    return [_pair(first, second, reasons) for first, second, reasons in ranked]


def _differ(first: Identity, second: Identity) -> bool:
    """Whether both days of birth are known and are not the same."""
    both = bool(first.born_on and second.born_on)
    return both and first.born_on != second.born_on


def _pair(first: Identity, second: Identity, reasons: list[str]) -> Pair:
    return Pair(
        first.client_id,
        second.client_id,
        first.code,
        second.code,
        first.name,
        second.name,
        born_in_words(first.born_on, first.birth_year, first.age_band),
        born_in_words(second.born_on, second.birth_year, second.age_band),
        "; ".join(sorted(reasons, key=_WEIGHT.index)),
    )
