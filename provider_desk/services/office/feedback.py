"""Feedback: what people said, what changed, whether they were told. It names nobody.

Source: practices, P48.
"""

import re
from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import Contract, Feedback
from provider_desk.model.rows import Rows
from provider_desk.returns.narrative.scan import Kind, Known, Warned, scan
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.queries import naming
from provider_desk.store.queries import office as questions
from provider_desk.store.records import get

#: Words in which a name may stand.
_WORDS = ("heard", "what_changed")
#: More than a service hears in ten years.
_MOST = 2_000
_WORD = re.compile(r"[^\W\d_][\w'-]+")
_CODE = re.compile(r"\b[\w]{1,4}-\d+\b")
_SHORTEST = 3
#: What tells who somebody is, and stops; the rest is pointed out.
_STOPS = (Kind.NAME, Kind.CODE, Kind.PHONE, Kind.ADDRESS, Kind.POSTCODE)
_POINTED_OUT = (Kind.AGE, Kind.DATE, Kind.INITIALS, Kind.TOGETHER, Kind.CAPITAL)


@needs(Permission.RECORD_FEEDBACK)
def feedback(desk: Desk) -> list[Feedback]:
    """Everything that was heard: what changed nothing yet first, then the newest."""
    with desk.store.reading() as rows:
        return questions.feedback(rows, most=_MOST)


@needs(Permission.RECORD_FEEDBACK)
def record_feedback(desk: Desk, values: Mapping[str, Value]) -> tuple[str, Changed]:
    """Record what was heard.

    Raises:
        NotValid: a value or a rule stops it, or the words name somebody.
    """
    with desk.store.writing("record feedback", by=desk.user.id) as deed:
        given = {"heard_on": desk.today(), **values}
        if given.get("contract_id"):
            get(deed, Contract, str(given["contract_id"]))
        more = _tells_who(desk, deed, given)
        row, warnings = saving.add(desk, deed, Feedback, given, more)
        return row.id, saving.done(deed, "Feedback recorded.", warnings)


@needs(Permission.RECORD_FEEDBACK)
def change_feedback(
    desk: Desk, feedback_id: str, values: Mapping[str, Value]
) -> Changed:
    """Say what changed and whether people were told, or put the words right.

    Raises:
        NotValid: a value or a rule stops it, or the words name somebody.
        NotFound: it is not on the desk.
    """
    with desk.store.writing("change feedback", by=desk.user.id) as deed:
        given = dict(values)
        if given.get("what_changed") and not given.get("changed_on"):
            given["changed_on"] = desk.today()
        more = _tells_who(desk, deed, given)
        _, warnings = saving.change(desk, deed, Feedback, feedback_id, given, more)
        return saving.done(deed, "Feedback saved.", warnings)


@needs(Permission.RECORD_FEEDBACK)
def take_back_feedback(desk: Desk, feedback_id: str, reason: str) -> Changed:
    """Take back what was recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
        NotFound: it is not on the desk.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back feedback", by=desk.user.id) as deed:
        get(deed, Feedback, feedback_id)
        deed.retire(Feedback, feedback_id, reason.strip())
        return saving.done(deed, "Feedback taken back.")


def _tells_who(desk: Desk, rows: Rows, values: Mapping[str, Value]) -> list[Problem]:
    """What in the words could tell who said it."""
    found = []
    for field in _WORDS:
        words = str(values.get(field) or "")
        if words:
            known = _known(desk, rows, words)
            found += [
                problem
                for warned in scan(words, known)
                if (problem := _problem(field, warned)) is not None
            ]
    return found


def _problem(field: str, warned: Warned) -> Problem | None:
    if warned.kind in _STOPS:
        text = f"“{warned.text}” could tell who it is. {warned.advice}"
        return Problem(field, text)
    if warned.kind in _POINTED_OUT:
        text = f"“{warned.text}” may tell who it is: {warned.kind}. {warned.advice}"
        return Problem(field, text, "warn")
    return None


def _known(desk: Desk, rows: Rows, words: str) -> Known:
    """The names in some words that this desk knows.

    Of the caseload alone: whether somebody else is on the desk, nobody finds out here.
    """
    mine = caseload.of_desk(desk, rows)
    asked = {
        part
        for word in _WORD.findall(words.casefold())
        for part in (word, word.removesuffix("'s"), *word.split("-"))
        if len(part) >= _SHORTEST
    }
    names = questions.names_among(rows, sorted(asked), mine)
    names |= asked & {
        part
        for name in naming.names_of_staff(rows)
        for part in _WORD.findall(name.casefold())
    }
    codes = questions.names_among(rows, _CODE.findall(words.casefold()), mine)
    allowed = frozenset(_WORD.findall(naming.name_of_service(rows).casefold()))
    return Known(frozenset(names) - allowed, frozenset(codes), allowed)
