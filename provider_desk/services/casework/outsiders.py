"""People outside the caseload: that somebody is there, and never more than that."""

from dataclasses import dataclass

from provider_desk.model.rows import Rows
from provider_desk.model.views import PersonRow, Standing
from provider_desk.services.casework import search_text
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import (
    Permission,
    may,
    needs,
    who_may,
)
from provider_desk.services.saying import sentences
from provider_desk.store.queries import people as questions
from provider_desk.store.queries.caseload import Caseload

_RECORD = Permission.RECORD_PEOPLE
_NOT_TOLD = "Whether a colleague sees them is not shown here."
_EXACT = (
    "With their exact code, or full name and date of birth, the search opens the "
    "record for a reason that is written down."
)
_YET = "Somebody is on your caseload once their referral is allocated to you."
_NEW = "A new referral? Add the person: whether they are here already is checked."


def named_exactly(desk: Desk, rows: Rows, text: str, mine: Caseload) -> str:
    """Id of somebody outside the caseload who is named exactly; "" for nobody.

    By the exact code, or by first and family name in full with the date of birth:
    whoever asks so knows of the person already.
    """
    plain = text.strip()
    if mine.ids is None or not plain or not may(desk, Permission.ASK_OUTSIDE):
        return ""
    by_code = questions.id_of_code(rows, plain)
    if by_code:
        return "" if mine.holds(by_code) else by_code
    asked = search_text.read(plain, desk.today())
    if asked.born is None:
        return ""
    typed = {search_text.folded(word) for word in asked.words}
    for client_id, *names in questions.named_and_born(rows, asked.born):
        if not mine.holds(client_id) and _named_in_full(typed, *names):
            return client_id
    return ""


def _named_in_full(typed: set[str], known_as: str, given: str, family: str) -> bool:
    family_words = set(search_text.folded(family).split())
    first_words = set(search_text.folded(f"{known_as} {given}").split())
    return (
        bool(family_words)
        and family_words <= typed
        and bool(typed & first_words)
        and typed <= family_words | first_words
    )


@dataclass(frozen=True, slots=True)
class Nobody:
    """What is said where a search finds nobody.

    Attributes:
        short: one line.
        more: what can be done next; "" for nothing.
        may_add: whether adding the person is offered.
        yet: what is said where nobody is there at all, before any search.
    """

    short: str
    more: str
    may_add: bool
    yet: str


@needs(Permission.READ)
def nobody(desk: Desk) -> Nobody:
    """The words for a search that found nobody, the same whoever was looked for.

    They are chosen by the role alone: from them nobody learns whether somebody else's
    caseload has the person. Source: security design, §1.
    """
    adds = may(desk, Permission.RECORD_PEOPLE)
    new = _NEW if adds else f"Somebody new is added by {who_may(_RECORD)}."
    if may(desk, Permission.SEE_ALL):
        return Nobody("Nobody by that name", new, adds, new)
    asked = _EXACT if may(desk, Permission.ASK_OUTSIDE) else ""
    ask = f"Or ask {who_may(Permission.SEE_ALL)}."
    more = sentences(_NOT_TOLD, asked, ask, new)
    yet = sentences(_YET, f"Ask {who_may(Permission.SEE_ALL)}.", new)
    return Nobody("Nobody of your caseload by that name", more, adds, yet)


def row_of(client_id: str) -> PersonRow:
    """Somebody outside the caseload: that there is somebody, and nothing else."""
    return PersonRow(client_id, "", "", "", Standing.OUTSIDE, "", "")
