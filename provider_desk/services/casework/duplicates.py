"""Is somebody who is being typed in on the desk already?"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from provider_desk.model.fields import Value
from provider_desk.model.looks import LookKind
from provider_desk.model.records import Client
from provider_desk.model.rows import Rows
from provider_desk.model.views import PersonRow
from provider_desk.services.casework import outsiders, search_text
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.queries import people as questions

_SHOWN = 10
_LOOKED_AT = 50
_NAMES = ("known_as", "given_names", "family_name", "previous_names")


@needs(Permission.SEE_OWN, Permission.RECORD_PEOPLE)
def likely_duplicates(desk: Desk, values: Mapping[str, Value]) -> list[PersonRow]:
    """People on the desk who may be the one that is being typed in.

    The same date of birth with a name that begins alike, the same first and family
    names, whichever of their names those are, the same known name where no other is
    given, or the same telephone number or email. Where somebody outside the caseload
    is like this, one row says so and no more; that it was told is written down first.
    """
    with desk.store.reading() as rows:
        born = _born_that_day(rows, values)
        alike = [*_named_and_born(born, values), *_same_name_or_number(rows, values)]
        mine = caseload.among(desk, rows, (*born, *alike))
        near = list(dict.fromkeys([*(() if _typed(values) else born), *alike]))
        within = [each for each in near if mine.holds(each)][:_SHOWN]
        found = questions.person_rows(rows, within)
        strangers = [each for each in alike if not mine.holds(each)]
    if strangers:
        looks.note_once(
            desk,
            f"alike {strangers[0]}",
            LookKind.SEARCHED,
            about="is somebody outside the caseload like a new person?",
        )
        found.append(outsiders.row_of(""))
    return found


def _words(values: Mapping[str, Value], fields: Iterable[str]) -> list[str]:
    return " ".join(str(values.get(name) or "") for name in fields).split()


def _typed(values: Mapping[str, Value]) -> set[str]:
    """How the names that were typed begin."""
    return _beginnings(_words(values, _NAMES))


def _beginnings(words: Iterable[str]) -> set[str]:
    return {search_text.folded(word)[:3] for word in words}


def _born_that_day(rows: Rows, values: Mapping[str, Value]) -> dict[str, str]:
    """Id → all the names, of people born on the day that was typed."""
    born = values.get("born_on")
    return dict(questions.born_that_day(rows, born)) if isinstance(born, date) else {}


def _named_and_born(
    born: Mapping[str, str], values: Mapping[str, Value]
) -> Iterator[str]:
    starts = _typed(values)
    for client_id, names in born.items():
        if starts & _beginnings(names.split()):
            yield client_id


def _same_name_or_number(rows: Rows, values: Mapping[str, Value]) -> Iterator[str]:
    yield from _same_name(rows, values)
    for name in ("mobile", "landline"):
        digits = search_text.digits(str(values.get(name) or ""))
        if len(digits) >= search_text.PHONE_DIGITS:
            words = questions.match_sql((), digits)
            yield from questions.with_names(rows, words, count=_LOOKED_AT)
    email = str(values.get("email") or "").strip()
    if "@" in email:
        yield from questions.with_email(rows, email)


def _same_name(rows: Rows, values: Mapping[str, Value]) -> Iterator[str]:
    """Of the same first and family names, each of which may be one of several."""
    firsts = {
        word for name in ("given_names", "known_as") for word in _words(values, [name])
    }
    families = (_words(values, ["family_name"]), _words(values, ["previous_names"]))
    for family in families:
        for first in sorted(firsts if family else ()):
            words = questions.match_sql([first, *family])
            yield from questions.with_names(rows, words, count=_LOOKED_AT)
    known_as = str(values.get("known_as") or "").strip()
    if known_as and not any(families):
        words = questions.match_sql(known_as.split())
        yield from questions.called(rows, words, known_as, count=_LOOKED_AT)


@needs(Permission.SEE_OWN, Permission.RECORD_PEOPLE)
def like_somebody(desk: Desk, client_id: str) -> list[PersonRow]:
    """People on the desk who may be the same as somebody who is there.

    Raises:
        NotFound: the person is not there, or outside the caseload.
    """
    with desk.store.reading() as rows:
        client = caseload.within(desk, rows, Client, client_id)
    looks.opened(desk, client_id)
    found = likely_duplicates(desk, client.values())
    return [row for row in found if row.client_id not in ("", client_id)]
