"""Letters to those who wait: only by post that was called safe, and plain.

Who has no safe letter box is left out and named. A letter is recorded as a contact
only once somebody says that it was posted. Source: domain reference, B5, B12, F7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import Cancelled, DeskError, NotFound, Problem
from provider_desk.model.fields import Value
from provider_desk.model.looks import LookKind
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.records import (
    Client,
    SafeContact,
    WaitingOffer,
)
from provider_desk.model.rows import Rows
from provider_desk.papers.letter_words import KINDS, LetterWords, words_of
from provider_desk.services import saving
from provider_desk.services.casework import waiting
from provider_desk.services.casework.safe_contact import rules_of
from provider_desk.services.casework.waiting_on.paper_file import (
    LeftOut,
    stem_of,
    written,
)
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label, some
from provider_desk.store.queries import waiting_papers as questions
from provider_desk.store.records import find

if TYPE_CHECKING:
    from provider_desk.papers.letter import Letter

__all__ = [
    "KINDS",
    "LetterOrder",
    "LetterWords",
    "Letters",
    "Recipient",
    "Recipients",
    "make_letters",
    "post",
    "recipients",
    "words_of",
]

_LETTER = "LETTER"
_SAFE_PLAIN = "YES"


@dataclass(frozen=True, slots=True, repr=False)
class Recipient:
    """Somebody who may get a letter.

    Attributes:
        rules: to be read before one is sent, "" where there are none.
        may_name: whether the letter may name the service: safe, and no rule to keep.
        person: name and address.
        we_say: what the letter says it is from, "" where nothing is agreed.
    """

    referral_id: str
    client_id: str
    code: str
    name: str
    rules: str
    may_name: bool
    person: questions.Reachable
    we_say: str


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who may get a letter, and who is left out and why."""

    sending: tuple[Recipient, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, repr=False)
class LetterOrder:
    """Which letters are to be made.

    Attributes:
        kind: one of ``KINDS``.
        values: what the letter asks for, by placeholder.
        name_service: name the service where the person's letters may be named.
        rules_read: the rules of those who have some were read; otherwise they are
            left out.
    """

    kind: str
    values: Mapping[str, str]
    name_service: bool = False
    rules_read: bool = False


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters that were made.

    Attributes:
        path: the file.
        referral_ids: of those whom a letter was made for.
        left_out: the others.
    """

    path: Path
    referral_ids: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


@needs(Permission.RECORD_CONTACTS)
def recipients(desk: Desk, referral_ids: Sequence[str]) -> Recipients:
    """Who of some may get a letter; those outside the caseload are not told of."""
    with desk.store.reading() as rows:
        return _recipients(desk, rows, referral_ids)


def _recipients(desk: Desk, rows: Rows, referral_ids: Sequence[str]) -> Recipients:
    mine = caseload.of_desk(desk, rows)
    held = questions.reachable(rows, referral_ids)
    people = [
        held[each]
        for each in referral_ids
        if each in held and mine.holds(held[each].client_id)
    ]
    ways = questions.ways(rows, [each.client_id for each in people])
    sending, left_out = [], []
    for person in people:
        way = ways.get(person.client_id, {}).get(_LETTER)
        why = _why_not(person, way)
        if why or way is None:
            left_out.append(LeftOut(person.code, person.name, why))
        else:
            sending.append(_recipient(person, way))
    return Recipients(tuple(sending), tuple(left_out))


def _why_not(person: questions.Reachable, way: SafeContact | None) -> str:
    permission = way.permission if way else "NK"
    if permission not in choices("safe_contact_permission").codes_where("safe"):
        return f"Letter: {label('safe_contact_permission', permission)}"
    if not person.address.strip():
        return "No address is written down"
    return "" if person.full_name or person.greeting else "No name is written down"


def _recipient(person: questions.Reachable, way: SafeContact) -> Recipient:
    rules = rules_of(way)
    return Recipient(
        referral_id=person.referral_id,
        client_id=person.client_id,
        code=person.code,
        name=person.name,
        rules=rules,
        may_name=way.permission == _SAFE_PLAIN and not rules,
        person=person,
        we_say=way.we_say,
    )


@needs(Permission.RECORD_CONTACTS)
def make_letters(
    desk: Desk,
    referral_ids: Sequence[str],
    order: LetterOrder,
    folder: Path,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Letters:
    """Make a letter for each of some who wait, in one file to print.

    That each of them was looked at is written down first.

    Raises:
        NotValid: a placeholder is empty, by its name.
        DeskError: nobody of them may get a letter.
        Cancelled: it was stopped; no file was written.
        ReadOnly, DiskFull, Missing, Trouble: the folder refused.
    """
    from provider_desk.papers.letter import pdf  # noqa: PLC0415

    words = _words(order.kind)
    asked = _asked(words, order.values)
    with desk.store.reading() as rows:
        found = _recipients(desk, rows, referral_ids)
    sending, unread = _by_rule(found.sending, rules_read=order.rules_read)
    if not sending:
        raise DeskError(
            "Nobody here has a letter box that is marked safe.",
            "No letter was made. Ask at the next contact whether letters are safe.",
        )
    steps = len(sending) + 1
    for number, each in enumerate(sending, start=1):
        if cancelled():
            raise Cancelled("No letter was made.", "No file was written.")
        _note(desk, each.client_id, words)
        progress(number, steps)
    on = day(desk.today())
    service = desk.provider().name if order.name_service else ""
    content = pdf([_letter(words, each, asked, on, service) for each in sending])
    (path,) = written(
        folder, stem_of("letters", desk.clock.now_ms()), [("pdf", content)]
    )
    progress(steps, steps)
    ids = tuple(each.referral_id for each in sending)
    return Letters(path, ids, (*found.left_out, *unread))


def _by_rule(
    found: Sequence[Recipient], *, rules_read: bool
) -> tuple[list[Recipient], list[LeftOut]]:
    """Those who get a letter; whoever has a rule that was not read gets none."""
    sending = [each for each in found if rules_read or not each.rules]
    unread = [
        LeftOut(each.code, each.name, "The rule was not read")
        for each in found
        if each.rules and not rules_read
    ]
    return sending, unread


def _words(kind: str) -> LetterWords:
    if kind not in KINDS:
        raise NotFound("There is no such letter.", "Choose one of the list.")
    return words_of(kind)


def _asked(words: LetterWords, values: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, without blanks round it.

    Raises:
        NotValid: something is missing.
    """
    given = {name: values.get(name, "").strip() for name in words.asks}
    missing = [
        Problem(name, "The letter needs this.")
        for name, value in given.items()
        if not value
    ]
    saving.refuse(missing)
    return given


def _note(desk: Desk, client_id: str, words: LetterWords) -> None:
    looks.note(
        desk,
        LookKind.PRINTED,
        table=Client.TABLE,
        row_id=client_id,
        about=f"letter: {words.label}",
    )


def _letter(
    words: LetterWords,
    to: Recipient,
    asked: Mapping[str, str],
    written_on: str,
    service: str,
) -> "Letter":
    from provider_desk.papers.letter import Letter, address_lines  # noqa: PLC0415

    named = bool(service) and to.may_name
    plain_sender = to.we_say or asked["ask_for"]
    sender = f"{asked['ask_for']}, {service}" if named else plain_sender
    person = to.person
    filled = {
        **asked,
        "name": person.greeting or person.full_name,
        "service": service,
        "sender": sender,
    }
    return Letter(
        address_lines(
            person.full_name or person.greeting, person.address, person.postcode
        ),
        written_on,
        words.paragraphs(filled, named=named),
    )


@needs(Permission.RECORD_CONTACTS)
def post(desk: Desk, kind: str, referral_ids: Sequence[str], on: date) -> Changed:
    """Say that letters were posted: a contact for each, and the offer where it is one.

    Raises:
        NotFound: somebody is outside the caseload; nothing is recorded.
        NotValid: a rule stops it: their letters are not marked safe any more.
    """
    words = _words(kind)
    values: dict[str, Value] = {
        "held_on": on,
        "worker": desk.user.initials,
        "method": _LETTER,
        "result": "SENT",
        "purpose": words.purpose,
    }
    warnings: list[Problem] = []
    with desk.store.writing("post letters", by=desk.user.id) as deed:
        for referral_id in referral_ids:
            warnings += waiting.add_contact(desk, deed, referral_id, values)
            offered = find(
                deed, WaitingOffer, referral_id=referral_id, response="PENDING"
            )
            if words.offers and not offered:
                given: dict[str, Value] = {
                    "referral_id": referral_id,
                    "offered_on": on,
                    "note": "By letter.",
                }
                warnings += saving.add(desk, deed, WaitingOffer, given)[1]
        said = f"{some(len(referral_ids), 'letter')} recorded as posted on {day(on)}."
        return saving.done(deed, said, warnings)
