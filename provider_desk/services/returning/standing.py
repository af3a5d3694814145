"""Where a month's return stands: what is left to do, step by step, in words.

Check · Look · Write · Sign. Source: monthly return, §1.6 to §1.8, §5.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.records import ReturnSent
from provider_desk.returns.nil_month import NIL
from provider_desk.returns.outline import SUM
from provider_desk.returns.table import Check
from provider_desk.services.desk import Desk
from provider_desk.services.returning import narrating, reminders, signatures
from provider_desk.services.returning.at_hand import AtHand, at_hand
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import at, day, some
from provider_desk.store.records import find

CHECK, LOOK, WRITE, SIGN = STEPS = ("Check", "Look", "Write", "Sign")


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four steps of a month's end.

    Attributes:
        name: one of ``STEPS``.
        left: what must still be done, in sentences; nothing where it is done.
        said: what else there is to know, in sentences.
    """

    name: str
    left: tuple[str, ...]
    said: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return not self.left


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a return stands.

    Attributes:
        contract_id: whose return it is.
        month: which month.
        version: the version at hand.
        status: "draft", "final", "revised 2", "not submitted".
        steps: the four steps, in order.
        checks: every check, passed or not.
        failed: those that keep it from being signed.
        warnings: those that ask for a look.
        nil_areas: codes of areas in which nothing happened, confirmed or not.
        nil_confirmed: codes of those that were confirmed.
        narrative_due: the month ends a quarter.
        narrative_written: every box for an area has words, and all references hold.
        reader_wanted: the service wants each return read by a second person.
        reader_done: somebody read it as it is now.
        issued: the council's figures are in the ledger.
        signed: the version at hand is signed off.
        signed_lines: by which role and when.
        changed: what is not any more what was signed: "figures", "words".
        sent: somebody said that the version at hand was sent.
        not_submitted: why the month stays without figures, "" where it has some.
        due_on: the day on which it is due.
        days_left: until then; negative when it is past.
        due: that in words.
    """

    contract_id: str
    month: Month
    version: int
    status: str
    steps: tuple[Step, ...]
    checks: tuple[Check, ...]
    failed: tuple[Check, ...]
    warnings: tuple[Check, ...]
    nil_areas: tuple[str, ...]
    nil_confirmed: tuple[str, ...]
    narrative_due: bool
    narrative_written: bool
    reader_wanted: bool
    reader_done: bool
    issued: bool
    signed: bool
    signed_lines: tuple[str, ...]
    changed: tuple[str, ...]
    sent: bool
    not_submitted: str
    due_on: date
    days_left: int
    due: str

    def step(self, name: str) -> Step:
        """A step by its name."""
        return next(each for each in self.steps if each.name == name)


@needs(Permission.MAKE_RETURN)
def standing(desk: Desk, contract_id: str, month: Month) -> Standing:
    """What is left of a month's return; nothing is written but to the log of looks.

    Raises:
        NotFound, DeskError: no such contract, or it has no service area.
        Damaged: the ledger is not what was written.
    """
    seen = at_hand(desk, contract_id, month)
    with desk.store.reading() as rows:
        sent = [
            each
            for each in find(
                rows, ReturnSent, contract_id=contract_id, month=str(month)
            )
            if each.version == seen.version
        ]
        named = signatures.standing_signatures(seen.held, seen.version)
        lines = signatures.signed_lines(rows, named)
    due_on = reminders.due_on(seen.provider, month)
    signed = seen.signature is not None
    status = signatures.status_of(seen.version, signed=signed)
    nil = [c for c in seen.exact.checks if c.code == "nil" and c.text in NIL]
    return Standing(
        contract_id=contract_id,
        month=month,
        version=seen.version,
        status="not submitted" if seen.not_submitted else status,
        steps=_steps(seen, sent, tuple(_to_read_over(desk, seen))),
        checks=seen.exact.checks,
        failed=seen.failed,
        warnings=seen.warnings,
        nil_areas=tuple(c.area for c in nil),
        nil_confirmed=tuple(c.area for c in nil if c.passed),
        narrative_due=narrating.is_due(month),
        narrative_written=not tuple(_to_write(seen)),
        reader_wanted=seen.reader_wanted,
        reader_done=bool(seen.readers),
        issued=seen.issued is not None,
        signed=signed,
        signed_lines=lines,
        changed=seen.changed(),
        sent=bool(sent),
        not_submitted=seen.not_submitted,
        due_on=due_on,
        days_left=(due_on - seen.today).days,
        due=reminders.in_words(due_on, seen.today),
    )


def _steps(
    seen: AtHand, sent: list[ReturnSent], read_over: tuple[str, ...]
) -> tuple[Step, ...]:
    if seen.not_submitted:
        said = (f"{seen.month.name} is not submitted: {seen.not_submitted}",)
        return tuple(Step(name, (), said) for name in STEPS)
    return (
        Step(CHECK, tuple(_to_check(seen)), tuple(_to_look_at(seen))),
        Step(LOOK, tuple(_to_issue(seen))),
        Step(WRITE, tuple(_to_write(seen)), read_over),
        Step(SIGN, tuple(_to_sign(seen, sent)), tuple(_done(seen, sent))),
    )


def _to_check(seen: AtHand) -> Iterator[str]:
    if seen.month.last_day >= seen.today:
        yield f"{seen.month.name} is not over yet: its figures are provisional."
    if seen.failed:
        yield f"{some(len(seen.failed), 'check does', 'checks do')} not hold yet."


def _to_look_at(seen: AtHand) -> Iterator[str]:
    if seen.warnings:
        count = some(len(seen.warnings), "point", "points")
        yield f"{count} to look at; they don't keep you from signing."


def _to_issue(seen: AtHand) -> Iterator[str]:
    if seen.issued is None:
        yield (
            "The council's figures are not issued yet. Once they are, they stay as "
            "they are."
        )


def _to_write(seen: AtHand) -> Iterator[str]:
    """What is missing in a quarter's words."""
    if not narrating.is_due(seen.month):
        return
    empty = [b for b in seen.boxes if not b.words.strip() and b.area != SUM]
    areas = dict.fromkeys(box.area_words for box in empty)
    for area in areas:
        names = ", ".join(f"“{b.label}”" for b in empty if b.area_words == area)
        yield f"{area}: still empty: {names}."
    yield from seen.wrong_words


def _to_read_over(desk: Desk, seen: AtHand) -> Iterator[str]:
    """What in the words could give somebody away, or is not what the table says."""
    written = [box for box in seen.boxes if box.words.strip()]
    if not written:
        return
    known = narrating.known_on_desk(desk)
    about = seen.issued or seen.exact
    count = sum(
        narrating.look_over(box.words, about, box.area, known).count for box in written
    )
    if count:
        yield (
            f"{some(count, 'place', 'places')} in the words to look at: what could "
            "give somebody away, and numbers that the table does not say."
        )


def _to_sign(seen: AtHand, sent: list[ReturnSent]) -> Iterator[str]:
    if seen.signature is None:
        if seen.reader_wanted and not seen.readers:
            yield (
                "It was read by a second person, but changed since: it is to be read "
                "again."
                if seen.read_before
                else "A second person has not read it yet."
            )
        yield "It is not signed off yet."
    for part in seen.changed():
        yield (
            f"Changed after signing: the {part}. The copy that was signed is kept, "
            "and that is what is exported."
        )
    if not sent:
        yield "Nobody has said yet that it was sent."


def _done(seen: AtHand, sent: list[ReturnSent]) -> Iterator[str]:
    if seen.signature is not None:
        yield (
            f"Version {seen.version} was signed off on {at(seen.signature.signed_at)}, "
            f"hash {seen.signature.sha256[:12]}."
        )
    for each in sent:
        yield f"Sent on {day(each.sent_on)} to {each.sent_to}."
