"""Issuing a council return: counted, rounded, attacked, and put into the ledger.

Once issued, a month's figures are read and never worked out again. Source: disclosure,
§3, §4; monthly return, §1.7.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from provider_desk.attacker.knowledge import Knowledge
from provider_desk.model.changed import Changed
from provider_desk.model.errors import DeskError, NotValid, Problem
from provider_desk.model.months import Month
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.model.records import IssuedReturn
from provider_desk.services.desk import Desk
from provider_desk.services.returning import gate
from provider_desk.services.returning.drafting import (
    Asked,
    Draft,
    draft,
    template_of,
)
from provider_desk.services.returning.ledger import (
    Entry,
    Ledger,
    Numbers,
    key_to_use,
    program_version,
    read_ledger,
    write,
)
from provider_desk.services.returning.refusing import refuse_month
from provider_desk.services.rights.permissions import Permission, needs

#: The outsider holds so many returns before this one at the fast gate.
#: Source: disclosure, §3.
BEFORE = 2

_STEPS = 4
_NOTHING_DONE = "Nothing was issued."


@dataclass(frozen=True, slots=True)
class Made:
    """A return as it stands in the ledger.

    Attributes:
        entry: its row and numbers.
        changed: the record of this; empty where it stood there already.
        new: whether it was issued now.
    """

    entry: Entry = field(repr=False)
    changed: Changed
    new: bool


@needs(Permission.MAKE_RETURN)
def issue(
    desk: Desk,
    contract_id: str,
    month: Month,
    *,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Made:
    """Issue a month's council return, or read what was issued.

    Raises:
        DeskError: the month is not over, or lies before the newest issued one, or
            before there are records.
        Damaged: the key is gone, or the ledger is not what was written.
        GivesAway: the gate refuses; nothing is written.
        NoSolution: no figures that add up lie near enough to the real ones.
        Cancelled: the person stopped it; nothing is written.
    """
    with desk.store.reading() as rows:
        ledger = read_ledger(rows, contract_id)
        held = ledger.newest(month)
        if held is not None:
            return Made(held, Changed(), new=False)
        refuse_month(desk, rows, contract_id, month)
        asked = Asked(contract_id, month, desk.today(), key_to_use(desk, rows), ledger)
        progress(1, _STEPS)
        made = draft(rows, asked, cancelled)
    progress(2, _STEPS)
    numbers = made.numbers()
    sent = ledger.standing(month)[-BEFORE:]
    _through_gate(made, numbers, sent, cancelled=cancelled)
    progress(3, _STEPS)
    return _into_ledger(desk, asked, made, numbers)


@needs(Permission.MAKE_RETURN)
def reissue(
    desk: Desk,
    contract_id: str,
    month: Month,
    why: str,
    *,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Made:
    """Issue the newest return again, once, because the council insists.

    The first choice is none: what changed goes into the next return by itself.

    Args:
        desk: the open desk.
        contract_id: whose return.
        month: the newest issued one.
        why: kept beside it on the desk; it does not leave.
        progress: told how far it is.
        cancelled: asked now and then.

    Raises:
        NotValid: no reason is given.
        DeskError: it is not the newest return, or was issued again already, or
            nothing has changed.
        Damaged, GivesAway, NoSolution, Cancelled: as ``issue``.
    """
    if not why.strip():
        raise NotValid([Problem("why", "Say why this return is issued again.")])
    progress(1, _STEPS)
    asked, first, made = _drawn_again(desk, contract_id, month, cancelled)
    numbers = made.numbers()
    if numbers.exact == first.exact():
        raise DeskError(
            f"Nothing in the return for {month.name} has changed since it was issued.",
            f"{_NOTHING_DONE} Send the files of version {first.version} again.",
        )
    progress(2, _STEPS)
    sent = (*asked.ledger.standing(month)[-BEFORE:], first)
    known = gate.difference_known(first, made.name, numbers.exact)
    _through_gate(made, numbers, sent, known=known, cancelled=cancelled)
    progress(3, _STEPS)
    return _into_ledger(desk, asked, made, numbers, why.strip())


def _drawn_again(
    desk: Desk, contract_id: str, month: Month, cancelled: Stopped
) -> tuple[Asked, Entry, Draft]:
    """What a second version is drawn from, the first one, and the draft."""
    with desk.store.reading() as rows:
        ledger = read_ledger(rows, contract_id)
        first = _to_replace(ledger, month)
        asked = Asked(
            contract_id,
            month,
            desk.today(),
            key_to_use(desk, rows),
            ledger,
            version=first.version + 1,
        )
        made = draft(rows, asked, cancelled)
    return asked, first, made.revising(first)


def _to_replace(ledger: Ledger, month: Month) -> Entry:
    """The one return that can be issued again.

    Raises:
        DeskError: this is not it.
    """
    last = ledger.last
    instead = "What changed since goes into the next return by itself."
    if last is None or ledger.newest(month) is None:
        raise DeskError(f"The return for {month.name} was not issued yet.", "")
    if last.month != month:
        raise DeskError(
            f"Only the newest return can be issued again: that for {last.month.name}.",
            f"{_NOTHING_DONE} {instead}",
        )
    if last.version > 1:
        raise DeskError(
            f"The return for {month.name} was issued again already; it is done once.",
            f"{_NOTHING_DONE} {instead}",
        )
    return last


def _through_gate(
    made: Draft,
    numbers: Numbers,
    sent: Iterable[Entry],
    *,
    known: Iterable[Knowledge] = (),
    cancelled: Stopped = never,
) -> None:
    verdict = gate.ask(
        tuple(sent),
        (made.name, numbers.frozen, numbers.exact),
        known=tuple(known),
        cancelled=cancelled,
    )
    gate.refuse_unsafe(verdict, made.table)


def _into_ledger(
    desk: Desk, asked: Asked, made: Draft, numbers: Numbers, why: str = ""
) -> Made:
    """One deed; where somebody else issued the same month meanwhile, theirs stands."""
    now = desk.clock.now_ms()
    row = IssuedReturn(
        contract_id=asked.contract_id,
        month=str(asked.month),
        version=asked.version,
        issued_at=now,
        issued_by=desk.user.name,
        template=made.template.id,
        program=program_version(),
        bound=made.issued.bound,
        key_check="",
        body=numbers.body(),
        sha256="",
        why=why,
    )
    with desk.store.writing("issue the return", desk.user.id) as deed:
        ledger = read_ledger(deed, asked.contract_id)
        held = ledger.of(asked.month, asked.version)
        if held is not None:
            return Made(held, Changed(), new=False)
        if ledger.names() != asked.ledger.names():
            raise DeskError(
                "Another return was issued while this one was being made.",
                f"{_NOTHING_DONE} Try again: this one begins where that one ended.",
            )
        if template_of(deed, asked).id != made.template.id:
            raise DeskError(
                "The contract's areas or the agreement were changed while this return "
                "was being made.",
                f"{_NOTHING_DONE} Try again: this one begins with what holds now.",
            )
        kept = write(deed, asked.key, row, at_ms=now)
        said = f"The return for {asked.month.name} is issued."
        return Made(Entry(kept, asked.month), deed.changed(said), new=True)
