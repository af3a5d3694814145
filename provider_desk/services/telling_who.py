"""Whether words that are to lead to nobody name somebody all the same.

Asked of feedback and of surveys without a name. Source: practices, P4, P27, P48.
"""

import re
from collections.abc import Mapping, Sequence

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.rows import Rows
from provider_desk.returns.narrative.scan import Kind, Known, Warned, scan
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.store.queries import naming
from provider_desk.store.queries import office as questions

_WORD = re.compile(r"[^\W\d_][\w'-]+")
_CODE = re.compile(r"\b[\w]{1,4}-\d+\b")
_SHORTEST = 3
#: What tells who somebody is, and stops; the rest is pointed out.
_STOPS = (Kind.NAME, Kind.CODE, Kind.PHONE, Kind.ADDRESS, Kind.POSTCODE)
_POINTED_OUT = (Kind.AGE, Kind.DATE, Kind.INITIALS, Kind.TOGETHER, Kind.CAPITAL)


def problems(
    desk: Desk, rows: Rows, values: Mapping[str, Value], fields: Sequence[str]
) -> list[Problem]:
    """What in some fields could tell who somebody is; what surely does stops."""
    found = []
    for field in fields:
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
