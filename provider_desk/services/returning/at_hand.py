"""A month's return as it is at hand: exact, issued, its words and its signatures.

Standing and signing ask the same of it, so that what is shown is what counts.
"""

from dataclasses import dataclass, field, replace
from datetime import date

from provider_desk.model.months import Month
from provider_desk.model.records import Provider, ReturnSigned
from provider_desk.model.rows import Rows
from provider_desk.returns.compute import compute
from provider_desk.returns.said import not_submitted
from provider_desk.returns.table import Check, ReturnTable
from provider_desk.returns.write_json import fingerprint, read_json
from provider_desk.services.desk import Desk
from provider_desk.services.returning import case_studies, narrating, signatures
from provider_desk.services.returning.charting import with_issued
from provider_desk.services.returning.choosing import INTERNAL
from provider_desk.services.returning.ledger import read_ledger
from provider_desk.services.returning.signatures import Signatures
from provider_desk.services.rights.permissions import Permission, needs


@dataclass(frozen=True, slots=True)
class AtHand:
    """Everything about a month's return, of one moment.

    Attributes:
        contract_id: whose return it is.
        month: which month.
        today: the day it is looked at.
        provider: the service, for its habits.
        exact: the internal copy with its words and checks.
        issued: the council's copy with its words, newest version; None before that.
        held: who read and who signed.
        not_submitted: why the month stays without figures, "" where it has some.
        boxes: the narrative's boxes, written or empty.
        wrong_words: references of the narrative that name no figure, in sentences.
    """

    contract_id: str
    month: Month
    today: date
    provider: Provider
    exact: ReturnTable = field(repr=False)
    issued: ReturnTable | None = field(repr=False)
    held: Signatures = field(repr=False)
    not_submitted: str
    boxes: tuple[narrating.Box, ...] = field(repr=False)
    wrong_words: tuple[str, ...] = field(repr=False)

    @property
    def version(self) -> int:
        """The version at hand: the issued one, or 1 before that."""
        return 1 if self.issued is None else self.issued.version

    @property
    def signature(self) -> ReturnSigned | None:
        """The sign-off of the version at hand."""
        return self.held.signature(self.version)

    @property
    def failed(self) -> tuple[Check, ...]:
        """Checks that keep it from being signed."""
        return tuple(c for c in self.exact.checks if c.blocking and not c.passed)

    @property
    def warnings(self) -> tuple[Check, ...]:
        """Checks that ask for a look."""
        return tuple(c for c in self.exact.checks if not (c.blocking or c.passed))

    @property
    def reader_wanted(self) -> bool:
        """Whether the service wants each return read by a second person."""
        return self.provider.second_reader == "Y"

    @property
    def now_hash(self) -> str:
        """What a second reader reads, as one hash: exact figures and words."""
        return signatures.whole(signatures.essence(self.exact))

    @property
    def readers(self) -> frozenset[str]:
        """Ids of those who read the version at hand, as it is now."""
        now = self.now_hash
        return frozenset(
            each.signed_by for each in self._read_before if each.sha256 == now
        )

    @property
    def read_before(self) -> bool:
        """Whether somebody read the version at hand, changed since or not."""
        return bool(self._read_before)

    @property
    def _read_before(self) -> tuple[ReturnSigned, ...]:
        return tuple(e for e in self.held.read if e.version == self.version)

    def changed(self) -> tuple[str, ...]:
        """What is not any more what was signed: "figures", "words".

        The copy that was signed is there all the same.
        """
        if self.signature is None or self.issued is None:
            return ()
        signed = read_json(self.signature.frozen.encode("utf-8"))
        if fingerprint(signed) != self.signature.sha256:
            return ("frozen copy",)
        then, now = signatures.essence(signed), signatures.essence(self.issued)
        return tuple(part for part in then if then[part] != now[part])


@needs(Permission.MAKE_RETURN)
def at_hand(desk: Desk, contract_id: str, month: Month) -> AtHand:
    """Read and count everything about a month's return.

    Raises:
        NotFound, DeskError: no such contract, or it has no service area.
        Damaged: the ledger is not what was written.
    """
    boxes = tuple(narrating.boxes(desk, contract_id, month))
    studies = case_studies.studies(desk, contract_id, month)
    provider = desk.provider()

    def worded(table: ReturnTable) -> ReturnTable:
        words = (*narrating.told_in(boxes, table), *case_studies.told_in(studies))
        return replace(table, told=words)

    with desk.store.reading() as rows:
        exact = compute(
            rows,
            contract_id=contract_id,
            month=month,
            copy=INTERNAL,
            made_on=desk.today(),
        )
        issued = _issued(rows, contract_id, month)
        held = signatures.of_month(rows, contract_id, month)
        left_out = not_submitted(rows, contract_id)
    about = issued or exact
    return AtHand(
        contract_id=contract_id,
        month=month,
        today=desk.today(),
        provider=provider,
        exact=worded(exact),
        issued=None if issued is None else worded(issued),
        held=held,
        not_submitted=left_out.get(month, ""),
        boxes=boxes,
        wrong_words=narrating.wrong_in(boxes, about),
    )


def _issued(rows: Rows, contract_id: str, month: Month) -> ReturnTable | None:
    """The council's copy from the ledger, newest version; without words.

    With the months before April that its charts show, so that what is signed is what
    the files hold, to the last figure.
    """
    ledger = read_ledger(rows, contract_id)
    entry = ledger.newest(month)
    if entry is None:
        return None
    return with_issued(ledger, read_json(entry.file()), entry)
