"""The gate: an outsider attacks a return with those before it, before it is issued.

What keeps too few possible values refuses the return, and is named by table and area,
never by a number. The whole chain is attacked in the background. Source: disclosure,
§3, §8.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from provider_desk.attacker.attack import attack
from provider_desk.attacker.knowledge import Knowledge
from provider_desk.attacker.verdict import Found, Verdict
from provider_desk.attacker.world import Link, Term, World
from provider_desk.model.errors import DeskError
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.records import ReturnChecked
from provider_desk.returns.table import ReturnTable
from provider_desk.services.desk import Desk
from provider_desk.services.returning.ledger import (
    Entry,
    Ledger,
    files_of,
    read_ledger,
    truth_of,
)
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import some
from provider_desk.store.records import find

#: So many tables are named; more would only hide what to do.
_NAMED = 4

_SAFE = "Nothing was issued and nothing was written; the draft is as it was."
_INSTEAD = "Send that table each quarter or not at all (the agreement), then try again."
_AGAIN = (
    "Try again when this computer has less to do; if it is the same then, tell whoever "
    "looks after the program."
)
_WORKED_OUT = "Small figures could be worked out from this return and those before it"
_NO_TIME = (
    "There was not enough time to show that this return and those before it give "
    "nobody away"
)
_OUR_FAULT = (
    "This is a fault of the program: don't send this month's figures in any other way, "
    "and tell whoever looks after the program."
)


class GivesAway(DeskError):
    """A return would give somebody away, or its figures are wrong; it is refused.

    Attributes:
        tables: what is named, in words: "Referrals by source, Therapy".
    """

    def __init__(
        self,
        tables: Sequence[str],
        *,
        faults: Sequence[str] = (),
        proven: bool = True,
    ) -> None:
        """Say why, and what to do.

        Args:
            tables: in words.
            faults: what is wrong with the figures, in sentences.
            proven: False where time ran out before a figure was shown safe or not.
        """
        self.tables = tuple(tables)
        instead = _INSTEAD if proven else _AGAIN
        if not self.tables:
            instead = _OUR_FAULT
        said = _refusal(self.tables, faults, proven=proven)
        super().__init__(said, f"{_SAFE} {instead}")


def _refusal(tables: Sequence[str], faults: Sequence[str], *, proven: bool) -> str:
    if not tables:
        said = " ".join(faults[:_NAMED])
        return f"The rounded figures are not right: {said}"
    why = _WORKED_OUT if proven else _NO_TIME
    return f"{why}: {_listed(tables)}."


def _listed(tables: Sequence[str]) -> str:
    rest = len(tables) - _NAMED
    more = f" and {some(rest, 'other table')}" if rest > 0 else ""
    return f"{'; '.join(tables[:_NAMED])}{more}"


def ask(
    sent: Sequence[Entry],
    candidate: tuple[str, bytes, Mapping[str, int]],
    *,
    known: Sequence[Knowledge] = (),
    cancelled: Stopped = never,
) -> Verdict:
    """What an outsider gets out of a return and those before it.

    Args:
        sent: what the outsider holds already, oldest first.
        candidate: name, file and exact figures of the return in question.
        known: what the outsider knows besides.
        cancelled: asked now and then.

    Raises:
        Cancelled: the person stopped it.
    """
    name, file, exact = candidate
    return attack(
        (*files_of(sent), file),
        truth={**truth_of(sent), name: exact},
        known=known,
        effort="fast",
        cancelled=cancelled,
    )


def refuse_unsafe(verdict: Verdict, table: ReturnTable) -> None:
    """Stop a return that may not leave.

    Raises:
        GivesAway: the verdict says so.
    """
    if verdict.safe:
        return
    raise GivesAway(
        tuple(dict.fromkeys(named(verdict.disclosed, table))),
        faults=verdict.faults,
        proven=any(each.proven for each in verdict.disclosed),
    )


def named(found: Iterable[Found], table: ReturnTable) -> Iterable[str]:
    """The table and the area of each figure, in words."""
    areas = {area.code: area.label for area in table.areas}
    wholes = {line.key.indicator: line.label.partition(":")[0] for line in table.lines}
    for each in found:
        for key in each.key.split(" + "):
            area, code, *_ = key.split("|")
            yield f"{wholes.get(code, code)} ({code}), {areas.get(area, area)}"


def difference_known(
    sent: Entry, name: str, exact: Mapping[str, int]
) -> tuple[Knowledge, ...]:
    """Somebody who knows all that changed between two versions of a return.

    Args:
        sent: the version that they hold.
        name: of the other one, as the outsider calls it.
        exact: its exact figures by line.
    """
    old = sent.exact()

    def known(world: World) -> list[Link]:
        there = {cell.key for cell in world.cells}
        links = []
        for key in old.keys() & exact.keys():
            new_cell, old_cell = f"{name}|{key}", f"{sent.name}|{key}"
            if {new_cell, old_cell} <= there:
                terms = (Term(new_cell), Term(old_cell, -1))
                change = exact[key] - old[key]
                links.append(Link(f"{key} changed", terms, "=", change))
        return sorted(links, key=lambda link: link.name)

    return (known,)


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """What became of the attack on everything that was issued.

    Attributes:
        month: of the newest return in it: "2017-09".
        version: of that return.
        checked_at: when, milliseconds since 1970 in UTC.
        tried: how many figures and groups were attacked.
        disclosed: how many of them keep too few possible values.
        said: one sentence.
        up_to_date: whether nothing was issued since.
    """

    month: str
    version: int
    checked_at: int
    tried: int
    disclosed: int
    said: str
    up_to_date: bool


@needs(Permission.MAKE_RETURN)
def check_chain(
    desk: Desk,
    contract_id: str,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> ChainVerdict | None:
    """Attack everything issued under a contract, year by year, and keep the result.

    It takes a minute or two for a year.

    Returns:
        None where nothing was issued yet.

    Raises:
        Damaged: the ledger is not what was written.
        Cancelled: the person stopped it; nothing is kept.
    """
    with desk.store.reading() as rows:
        ledger = read_ledger(rows, contract_id)
    if ledger.last is None:
        return None
    years = list(_years(ledger))
    tried = 0
    disclosed: list[Found] = []
    said: list[str] = []
    for number, entries in enumerate(years):
        verdict = attack(
            files_of(entries),
            truth=truth_of(entries),
            effort="whole",
            progress=_part(progress, number, len(years)),
            cancelled=cancelled,
        )
        tried += verdict.tried
        disclosed += verdict.disclosed
        said += verdict.faults
    row = ReturnChecked(
        contract_id=contract_id,
        month=str(ledger.last.month),
        version=ledger.last.version,
        checked_at=desk.clock.now_ms(),
        tried=tried,
        disclosed=len(disclosed),
        faults=" ".join(said)[:_LONGEST],
    )
    with desk.store.writing("check the issued returns", desk.user.id) as deed:
        deed.add(row)
    return _line(row, ledger)


#: Letters of what went wrong that are kept.
_LONGEST = 2000


def _years(ledger: Ledger) -> Iterable[tuple[Entry, ...]]:
    """Each financial year's returns, with the last one of the year before.

    Stocks go over the turn of the year, everything else begins anew in April.
    """
    aprils = dict.fromkeys(entry.month.april for entry in ledger.entries)
    for april in aprils:
        year = tuple(e for e in ledger.entries if e.month.april == april)
        yield (*ledger.before(april)[-1:], *year)


def _part(progress: Progress, number: int, of: int) -> Progress:
    """Progress of one year as part of all years."""

    def told(done: int, total: int) -> None:
        progress(number * 100 + done * 100 // max(total, 1), of * 100)

    return told


@needs(Permission.MAKE_RETURN)
def chain_checked(desk: Desk, contract_id: str) -> ChainVerdict | None:
    """The last result of ``check_chain``; None before the first."""
    with desk.store.reading() as rows:
        held = find(rows, ReturnChecked, contract_id=contract_id)
        if not held:
            return None
        return _line(held[-1], read_ledger(rows, contract_id))


def _line(row: ReturnChecked, ledger: Ledger) -> ChainVerdict:
    last = ledger.last
    newest = last is not None and (str(last.month), last.version)
    return ChainVerdict(
        month=row.month,
        version=row.version,
        checked_at=row.checked_at,
        tried=row.tried,
        disclosed=row.disclosed,
        said=_said(row),
        up_to_date=newest == (row.month, row.version),
    )


def _said(row: ReturnChecked) -> str:
    if row.faults:
        return f"The issued figures are not right: {row.faults}"
    if row.disclosed:
        few = some(row.disclosed, "small figure")
        return f"{few} could be narrowed down from everything that was issued."
    return (
        f"{some(row.tried, 'figure')} and small groups attacked, everything issued "
        "taken together: none could be worked out."
    )
