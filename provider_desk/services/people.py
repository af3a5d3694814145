"""People: finding them, their page, adding and changing them."""

from collections.abc import Iterable, Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotFound, Problem
from provider_desk.model.fields import Value
from provider_desk.model.months import age_on
from provider_desk.model.records import Client
from provider_desk.model.rows import Rows
from provider_desk.model.views import Page, PersonPage, PersonRow
from provider_desk.services import saving, search_text, time_line
from provider_desk.services.desk import Desk
from provider_desk.services.permissions import Permission, needs
from provider_desk.services.safe_contact import number_for, set_safe_contact, ways_of
from provider_desk.store.queries import people as questions
from provider_desk.store.records import get

__all__ = [
    "add_person",
    "change_person",
    "code_letter",
    "code_of",
    "code_with",
    "ids_of",
    "likely_duplicates",
    "next_code",
    "number_for",
    "person",
    "search",
    "set_safe_contact",
]

#: Letter of the codes that the program gives, where the provider has no short name.
_LETTER = "G"
_CODE_DIGITS = 4
_DUPLICATES = 10


@needs(Permission.READ)
def search(
    desk: Desk, text: str, *, start: int = 0, count: int = 50
) -> Page[PersonRow]:
    """People by any name, code, date of birth or telephone number.

    Each word is the beginning of a name, a code or a number; capitals and accents do
    not matter. "" gives everybody, those seen lately first.

    Args:
        desk: the open desk.
        text: "zoe", "zoe smi", "G-0001", "5/9/1980", "07700 900".
        start: index of the first row of the page, from 0.
        count: rows of the page.
    """
    with desk.store.reading() as rows:
        ids, total = _found(rows, desk.today(), text, start=start, count=count)
        return Page(tuple(questions.person_rows(rows, ids)), total, start)


def _found(
    rows: Rows, today: date, text: str, *, start: int, count: int
) -> tuple[list[str], int]:
    if not text.strip():
        return questions.newest_activity(rows, today, start=start, count=count)
    asked = search_text.read(text, today)
    words = questions.match_sql(asked.words, asked.phone)
    return questions.matching(rows, words, asked.born, start=start, count=count)


def ids_of(rows: Rows, desk: Desk, text: str, *, count: int) -> list[str]:
    """Ids of the first people that a search text finds."""
    return _found(rows, desk.today(), text, start=0, count=count)[0]


def code_of(rows: Rows, client_id: str) -> str:
    """The code of a person, by which messages name them."""
    return get(rows, Client, client_id).code


def name_of(client: Client) -> str:
    """What a person is called on screen: known as, or first and family name."""
    full = f"{client.given_names or ''} {client.family_name or ''}".strip()
    return client.known_as or full


@needs(Permission.READ)
def person(desk: Desk, client_id: str) -> PersonPage:
    """Everything that a person's page shows.

    Raises:
        NotFound: the person is not on this desk, or was taken off it.
    """
    today = desk.today()
    with desk.store.reading() as rows:
        client = get(rows, Client, client_id)
        parts = time_line.of_person(rows, client_id, today)
        ways = ways_of(rows, client_id)
    return PersonPage(
        client=client,
        name=name_of(client),
        age=age_on(client.born_on, today) if client.born_on else None,
        safe_contacts=ways,
        referrals=parts.referrals,
        episodes=parts.episodes,
        events=parts.events,
        scores=parts.scores,
    )


@needs(Permission.READ)
def next_code(desk: Desk) -> str:
    """A code that nobody has or had: the provider's letter and the next number."""
    letter = code_letter(desk)
    with desk.store.reading() as rows:
        return code_with(letter, questions.highest_number(rows, letter) + 1)


def code_letter(desk: Desk) -> str:
    """The letter that codes begin with: the first of the provider's short name."""
    try:
        code = desk.provider().code
    except NotFound:
        code = ""
    return code[:1].upper() if code[:1].isascii() and code[:1].isalpha() else _LETTER


def code_with(letter: str, number: int) -> str:
    """A code, such as “G-0001”."""
    return f"{letter}-{number:0{_CODE_DIGITS}d}"


@needs(Permission.RECORD_PEOPLE)
def add_person(desk: Desk, values: Mapping[str, Value]) -> tuple[str, Changed]:
    """Add a person; without a code they get the next one.

    Raises:
        NotValid: a value or a rule stops it, or the code is somebody's.
    """
    letter = code_letter(desk)
    with desk.store.writing("add person", by=desk.user.id) as deed:
        given = dict(values)
        if not str(given.get("code") or "").strip():
            given["code"] = code_with(
                letter, questions.highest_number(deed, letter) + 1
            )
        more = _code_taken(deed, given, "")
        client, warnings = saving.add(desk, deed, Client, given, more)
        return client.id, saving.done(deed, f"{client.code} added.", warnings)


@needs(Permission.RECORD_PEOPLE)
def change_person(desk: Desk, client_id: str, values: Mapping[str, Value]) -> Changed:
    """Change what is known of a person.

    Raises:
        NotValid: a value or a rule stops it, or the code is somebody else's.
        NotFound: the person is not on this desk.
    """
    with desk.store.writing("change person", by=desk.user.id) as deed:
        more = _code_taken(deed, values, client_id)
        client, warnings = saving.change(desk, deed, Client, client_id, values, more)
        return saving.done(deed, f"{client.code} saved.", warnings)


def _code_taken(
    rows: Rows, values: Mapping[str, Value], own_id: str
) -> Iterable[Problem]:
    code = str(values.get("code") or "").strip()
    holder = questions.holder_of_code(rows, code) if code else ""
    if holder in ("", own_id):
        return ()
    return (
        Problem("code", f"The code {code} is or was somebody else's. Choose another."),
    )


@needs(Permission.READ)
def likely_duplicates(desk: Desk, values: Mapping[str, Value]) -> list[PersonRow]:
    """People on the desk who may be the one that is being typed in.

    The same date of birth with a name that begins alike, the same first and family
    names, or the same telephone number.
    """
    with desk.store.reading() as rows:
        ids = dict.fromkeys(
            [
                *_born_alike(rows, values),
                *_named_alike(rows, values),
                *_same_number(rows, values),
            ]
        )
        return questions.person_rows(rows, list(ids)[:_DUPLICATES])


_NAMES = ("known_as", "given_names", "family_name", "previous_names")


def _names(values: Mapping[str, Value], fields: Iterable[str]) -> list[str]:
    return " ".join(str(values.get(name) or "") for name in fields).split()


def _born_alike(rows: Rows, values: Mapping[str, Value]) -> list[str]:
    born = values.get("born_on")
    if not isinstance(born, date):
        return []
    starts = _beginnings(_names(values, _NAMES))
    return [
        client_id
        for client_id, names in questions.born_that_day(rows, born)
        if not starts or starts & _beginnings(names.split())
    ]


def _beginnings(words: Iterable[str]) -> set[str]:
    return {search_text.folded(word)[:3] for word in words}


def _named_alike(rows: Rows, values: Mapping[str, Value]) -> list[str]:
    first = _names(values, ["given_names"]) or _names(values, ["known_as"])
    family = _names(values, ["family_name"])
    if not (first and family):
        return []
    words = questions.match_sql([*first, *family])
    return questions.with_names(rows, words, count=_DUPLICATES)


def _same_number(rows: Rows, values: Mapping[str, Value]) -> list[str]:
    found: list[str] = []
    for name in ("mobile", "landline"):
        digits = search_text.digits(str(values.get(name) or ""))
        if len(digits) >= search_text.PHONE_DIGITS:
            words = questions.match_sql((), digits)
            found += questions.with_names(rows, words, count=_DUPLICATES)
    return found
