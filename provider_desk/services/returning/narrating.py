"""The quarter's words: boxes per area, looked through before they leave.

Figures are taken by reference, numbers typed by hand are compared with the table, and
what could give somebody away is pointed out. Source: monthly return, §5, §6;
disclosure, §14; practices P3, P4, P45.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.looks import LookKind
from provider_desk.model.months import Month
from provider_desk.model.records import Narrative
from provider_desk.model.rows import Rows
from provider_desk.returns.contract import agreement
from provider_desk.returns.narrative.contradictions import (
    Contradiction,
    contradictions,
)
from provider_desk.returns.narrative.references import Reference, filled, references
from provider_desk.returns.narrative.scan import Known, Warned, scan
from provider_desk.returns.outline import SUM
from provider_desk.returns.table import ReturnTable, Told
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.queries import naming
from provider_desk.store.records import find

#: Months whose return carries the quarter's words.
_QUARTER_ENDS = (3, 6, 9, 12)
_WORD = re.compile(r"[^\W\d_][\w'-]+")
#: Shorter parts of names, as "Al" or "de", are too common to be looked for.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the narrative, written or still empty.

    Attributes:
        area: code of the service area, "ALL" for the whole return.
        area_words: the area in words.
        box: code of the value list narrative_box.
        label: the box in words.
        words: as they were typed, references in brackets; "" where it is empty.
    """

    area: str
    area_words: str
    box: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What there is to say about some words before they leave.

    Attributes:
        filled: the words as they will be printed.
        wrong: references that name no figure; these stop the sign-off.
        contradictions: numbers that the table does not say.
        warned: what could give somebody away.
    """

    filled: str
    wrong: tuple[Reference, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    warned: tuple[Warned, ...] = ()

    @property
    def count(self) -> int:
        """How many things there are to look at."""
        return len(self.wrong) + len(self.contradictions) + len(self.warned)


def is_due(month: Month) -> bool:
    """Whether a month ends a quarter, so that its return carries words."""
    return month.number in _QUARTER_ENDS


@needs(Permission.MAKE_RETURN)
def boxes(desk: Desk, contract_id: str, month: Month) -> list[Box]:
    """Every box of a quarter, in order: three for each area, then those of the whole.

    Args:
        desk: the open desk.
        contract_id: whose return it is.
        month: the last of the quarter.
    """
    with desk.store.reading() as rows:
        return _boxes(rows, contract_id, month)


def _boxes(rows: Rows, contract_id: str, month: Month) -> list[Box]:
    held = {
        (each.area, each.box): each.words
        for each in find(rows, Narrative, contract_id=contract_id, month=str(month))
    }
    contract = agreement(rows, contract_id)
    areas = [block for block in contract.blocks() if block.code != SUM]
    listed = choices("narrative_box").values
    places = [
        *((area, box) for area in areas for box in listed if box.flags["per_area"]),
        *((None, box) for box in listed if not box.flags["per_area"]),
    ]
    found = []
    for area, box in places:
        code = area.code if area else SUM
        about = area.label if area else "The whole return"
        words = held.get((code, box.code), "")
        found.append(Box(code, about, box.code, box.label, words))
    return found


@needs(Permission.MAKE_RETURN)
def write_box(
    desk: Desk, contract_id: str, month: Month, area: str, box: str, words: str
) -> Changed:
    """Keep the words of a box; empty words empty it.

    Raises:
        NotValid: no such box or area, or a month that ends no quarter.
    """
    if not is_due(month):
        raise saving.stop(
            "month",
            "The narrative is written for a quarter. Choose the return of June, "
            "September, December or March.",
        )
    values: dict[str, Value] = {
        "contract_id": contract_id,
        "month": str(month),
        "area": area,
        "box": box,
        "words": words,
    }
    with desk.store.writing("write the narrative", by=desk.user.id) as deed:
        known = {(each.area, each.box) for each in _boxes(deed, contract_id, month)}
        if (area, box) not in known:
            raise saving.stop("box", "This return has no such box.")
        same = find(
            deed, Narrative, contract_id=contract_id, month=str(month), area=area,
            box=box,
        )  # fmt: skip
        if same:
            _, warnings = saving.change(
                desk, deed, Narrative, same[0].id, {"words": words}
            )
        else:
            _, warnings = saving.add(desk, deed, Narrative, values)
        said = f"“{choices('narrative_box').label(box)}” is kept."
        return saving.done(deed, said, warnings)


@needs(Permission.MAKE_RETURN, Permission.SEE_ALL)
def known_on_desk(desk: Desk) -> Known:
    """Every name and code on this desk, to look for in words that leave.

    That the names were gone through is written down; none is shown.
    """
    looks.note_once(
        desk, "names for the scan", LookKind.SEARCHED,
        about="names on the desk compared with words of a return",
    )  # fmt: skip
    with desk.store.reading() as rows:
        return _known(rows)


def _known(rows: Rows) -> Known:
    names: set[str] = set()
    codes: set[str] = set()
    for person, code in naming.names_of_people(rows):
        names.update(_parts(person))
        codes.add(code.casefold())
    for person in naming.names_of_staff(rows):
        names.update(_parts(person))
    allowed = frozenset(_parts(naming.name_of_service(rows)))
    return Known(frozenset(names - allowed), frozenset(codes - {""}), allowed)


def _parts(name: str) -> Iterator[str]:
    for word in _WORD.findall(name.casefold()):
        for part in (word, *word.split("-")):
            if len(part) >= _SHORTEST:
                yield part


def look_over(
    words: str, table: ReturnTable, area: str, known: Known | None = None
) -> LookedOver:
    """What there is to say about words before they leave; nothing is read or kept.

    Args:
        words: as they were typed.
        table: the copy that they go with: the council's, so that no exact figure is
            taken over into words that leave.
        area: code of the area they are about.
        known: what the desk knows.
    """
    found = references(words, table, area)
    return LookedOver(
        filled=filled(words, table, area),
        wrong=tuple(each for each in found if each.problem),
        contradictions=contradictions(words, table, area),
        warned=scan(words, known),
    )


def told_in(found: Sequence[Box], table: ReturnTable) -> tuple[Told, ...]:
    """The boxes that have words, ready to print with a return's figures."""
    return tuple(
        Told(box.area, box.box, box.label, filled(box.words, table, box.area))
        for box in found
        if box.words.strip()
    )


def wrong_in(found: Sequence[Box], table: ReturnTable) -> tuple[str, ...]:
    """Sentences on references that name no figure; a return isn't signed with any."""
    return tuple(
        f"{box.label}, {box.area_words}: {each.problem}"
        for box in found
        for each in references(box.words, table, box.area)
        if each.problem
    )
