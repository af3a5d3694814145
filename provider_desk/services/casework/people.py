"""People: finding them, their page, adding and changing them.

Only people of one's own caseload are found, shown and counted; somebody else's are
found by their exact code, or full name and date of birth, as one line without
details. Who is looked for and opened is written down first.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotFound, Problem
from provider_desk.model.fields import Value
from provider_desk.model.months import age_on
from provider_desk.model.person_rules import age_at_referral
from provider_desk.model.records import Client, Referral
from provider_desk.model.rows import Rows
from provider_desk.model.views import Page, PersonPage, PersonRow
from provider_desk.services import saving
from provider_desk.services.casework import outsiders, search_text, time_line
from provider_desk.services.casework.caring import equality, justice
from provider_desk.services.casework.duplicates import likely_duplicates
from provider_desk.services.casework.referring import mistaken
from provider_desk.services.casework.safe_contact import (
    number_for,
    set_safe_contact,
    ways_of,
)
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day
from provider_desk.store.queries import people as questions
from provider_desk.store.queries.caseload import Caseload
from provider_desk.store.queries.merged import kept_for_code
from provider_desk.store.records import find, get

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


@needs(Permission.SEE_OWN)
def search(
    desk: Desk, text: str, *, start: int = 0, count: int = 50
) -> Page[PersonRow]:
    """People by any name, code, date of birth or telephone number.

    Each word is the beginning of a name, a code or a number; capitals and accents do
    not matter. "" gives everybody, those seen lately first. Somebody outside one's
    caseload comes last, as a line that says no more than that.

    Args:
        desk: the open desk.
        text: "zoe", "zoe smi", "G-0001", "5/9/1980", "07700 900".
        start: index of the first row of the page, from 0.
        count: rows of the page.
    """
    looks.searched(desk, text)
    with desk.store.reading() as rows:
        mine = caseload.of_desk(desk, rows)
        ids, total = _found(rows, desk.today(), text, mine, start=start, count=count)
        if not total:
            ids, total = _by_old_code(rows, text, mine)
        found = questions.person_rows(rows, ids)
        outside = outsiders.named_exactly(desk, rows, text, mine) if start == 0 else ""
        gone = mistaken.by_code(desk, rows, text) if not total and not outside else []
    if gone:
        return Page(tuple(gone), len(gone), start)
    if outside:
        return Page((*found, outsiders.row_of(outside)), total + 1, start)
    return Page(tuple(found), total, start)


def _found(
    rows: Rows, today: date, text: str, mine: Caseload, *, start: int, count: int
) -> tuple[list[str], int]:
    if not text.strip():
        return questions.newest_activity(rows, today, mine, start=start, count=count)
    asked = search_text.read(text, today)
    words = questions.match_sql(asked.words, asked.phone)
    return questions.matching(rows, words, asked.born, mine, start=start, count=count)


def _by_old_code(rows: Rows, text: str, mine: Caseload) -> tuple[list[str], int]:
    """Who is meant by the code of a record that is part of another one now."""
    kept = kept_for_code(rows, text.strip()) if text.strip() else ""
    found = [kept] if kept and mine.holds(kept) else []
    return found, len(found)


def ids_of(
    rows: Rows, desk: Desk, text: str, mine: Caseload, *, count: int
) -> list[str]:
    """Ids of the first people of a caseload that a search text finds."""
    return _found(rows, desk.today(), text, mine, start=0, count=count)[0]


def code_of(rows: Rows, client_id: str) -> str:
    """The code of a person, by which messages name them."""
    return get(rows, Client, client_id).code


def name_of(client: Client) -> str:
    """What a person is called on screen: known as, or first and family name."""
    full = f"{client.given_names or ''} {client.family_name or ''}".strip()
    return client.known_as or full


@needs(Permission.SEE_OWN)
def person(desk: Desk, client_id: str) -> PersonPage:
    """Everything that a person's page shows.

    That it was opened is written down first, once in ten minutes for the same person
    and the same user.

    Raises:
        NotFound: the person is not on this desk, was taken off it, or is outside the
            caseload.
    """
    today = desk.today()
    _open(desk, client_id)
    with desk.store.reading() as rows:
        client = get(rows, Client, client_id)
        parts = time_line.of_person(desk, rows, client)
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
        goals=parts.goals,
        part=parts.part,
    )


def _open(desk: Desk, client_id: str) -> None:
    """Stop where the person may not be opened, then write down that they are."""
    with desk.store.reading() as rows:
        caseload.within(desk, rows, Client, client_id)
    looks.opened(desk, client_id)


@needs(Permission.RECORD_PEOPLE)
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
        given |= equality.offered_today(given, {}, desk.today())
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
        caseload.require(desk, deed, client_id)
        more = [
            *_code_taken(deed, values, client_id),
            *_born_too_late(deed, values, client_id),
        ]
        before = get(deed, Client, client_id)
        given = equality.offered_today(values, before.values(), desk.today())
        client, warnings = saving.change(desk, deed, Client, client_id, given, more)
        justice.step_from_card(desk, deed, client_id, before.justice_status)
        return saving.done(deed, f"{client.code} saved.", warnings)


def _born_too_late(
    rows: Rows, values: Mapping[str, Value], client_id: str
) -> Iterable[Problem]:
    """Every referral of a person comes after their birth, and not 110 years after."""
    born = values.get("born_on")
    for each in find(rows, Referral, client_id=client_id):
        if isinstance(born, date) and age_at_referral(born, each.received_on):
            received = day(each.received_on)
            age = age_on(born, each.received_on)
            said = f"At the referral of {received} the person would have been {age}."
            if age < 0:
                said = f"A referral was received on {received}, before this day."
            yield Problem("born_on", f"{said} One of the two dates is wrong.")
            return


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
