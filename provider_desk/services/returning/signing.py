"""Reading, signing off and recognising a return.

A signature holds for one version and for what was in it: the frozen copy is kept with
its hash, and what no longer matches is named. Source: monthly return, §1.7; practices,
P3, P46.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Damaged, DeskError, NotAllowed
from provider_desk.model.months import Month
from provider_desk.model.records import Contract, ReturnSent, ReturnSigned
from provider_desk.model.rows import Rows
from provider_desk.returns.table import ReturnTable
from provider_desk.returns.write_json import fingerprint, read_json, write_json
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.returning import signatures
from provider_desk.services.returning.at_hand import AtHand, at_hand
from provider_desk.services.returning.choosing import COUNCIL
from provider_desk.services.returning.ledger import months_issued, read_ledger
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import at, day
from provider_desk.store.records import find

_NOTHING = "Nothing was changed."


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A return that was opened from a file.

    Attributes:
        table: what the file says.
        signed: it is what was signed off, to the last figure.
        sent: it is in the sent log.
        words: what it is, in sentences.
    """

    table: ReturnTable
    signed: bool
    sent: bool
    words: tuple[str, ...]


@needs(Permission.MAKE_RETURN)
def read_second(desk: Desk, contract_id: str, month: Month, note: str = "") -> Changed:
    """Say that one has read a return, so that somebody else can sign it.

    It holds for the figures and words as they are now; when they change, the return is
    to be read again. Who alone has read a version can't sign it.

    Raises:
        NotFound, DeskError: no such contract; the month is not over, is marked as not
            submitted, or its newest version is signed off already.
    """
    seen = at_hand(desk, contract_id, month)
    _refuse_unfinished(seen)
    with desk.store.writing("read the return", by=desk.user.id) as deed:
        saving.add(
            desk,
            deed,
            ReturnSigned,
            {
                "contract_id": contract_id,
                "month": str(month),
                "version": seen.version,
                "step": signatures.READ,
                "signed_at": desk.clock.now_ms(),
                "signed_by": desk.user.id,
                "sha256": seen.now_hash,
                "note": note,
            },
        )
        return saving.done(deed, f"You have read the return for {month.name}.")


@needs(Permission.SIGN_RETURN, Permission.MAKE_RETURN)
def sign(desk: Desk, contract_id: str, month: Month, note: str = "") -> Changed:
    """Sign a return off: an immutable copy is kept, with its hash.

    Raises:
        NotFound, DeskError: no such contract; the month is not over, or is marked as
            not submitted; a check does not hold; the council's figures are not issued;
            nobody else has read it, where the service wants that; a reference of the
            narrative names no figure; this version is signed already.
    """
    seen = at_hand(desk, contract_id, month)
    _refuse_unfinished(seen)
    if seen.issued is None:
        raise DeskError(
            f"The council's figures for {month.name} are not issued yet.",
            f"{_NOTHING} Issue them first; what is signed is what the council gets.",
        )
    if seen.failed:
        raise DeskError(
            f"The return for {month.name} can't be signed yet: "
            f"{_listed([check.title for check in seen.failed])}.",
            f"{_NOTHING} Each check opens the records at fault.",
        )
    if seen.wrong_words:
        raise DeskError(" ".join(seen.wrong_words), f"{_NOTHING} Put the words right.")
    _refuse_unread(desk, seen)
    with desk.store.writing("sign the return", by=desk.user.id) as deed:
        _refuse_overtaken(deed, seen)
        signature, table = _signature(desk, deed, seen, note)
        deed.add(signature)
        return saving.done(
            deed,
            f"The return for {month.name} is signed off: {table.status}, "
            f"hash {signature.sha256[:12]}.",
        )


def _refuse_unfinished(seen: AtHand) -> None:
    """Stop where there is nothing to read or sign (any more)."""
    name = seen.month.name
    if seen.month.last_day >= seen.today:
        raise DeskError(
            f"{name} is not over yet, so its figures are not final.", _NOTHING
        )
    if seen.not_submitted:
        raise DeskError(
            f"{name} is marked as not submitted: there are no figures to sign.",
            f"{_NOTHING} Take the mark back if the month has figures after all.",
        )
    if seen.signature is not None:
        raise DeskError(
            f"The return for {name} is signed off already, version "
            f"{seen.signature.version}.",
            f"{_NOTHING} What was signed stays; a revision is issued under a new "
            "number and needs a signature of its own.",
        )


def _refuse_unread(desk: Desk, seen: AtHand) -> None:
    """Stop where a second reader is wanted and none but the signer has read it."""
    if not seen.reader_wanted or seen.readers - {desk.user.id}:
        return
    if seen.readers:
        raise NotAllowed(
            "You read this return as its second reader; somebody else signs it.",
            f"{_NOTHING} Another manager can sign, or another person can read it.",
        )
    why = (
        "It was read, but changed since."
        if seen.read_before
        else "Nobody has read it yet."
    )
    raise DeskError(
        f"Your service wants each return read by a second person. {why}",
        f"{_NOTHING} Ask somebody who makes returns to read it.",
    )


def _refuse_overtaken(rows: Rows, seen: AtHand) -> None:
    """Stop where somebody signed it, or issued it anew, since it was looked at."""
    held = signatures.of_month(rows, seen.contract_id, seen.month)
    newest = months_issued(rows, seen.contract_id).get(seen.month)
    if newest != seen.version or held.signature(seen.version) is not None:
        raise DeskError(
            f"Somebody else signed or issued the return for {seen.month.name} "
            "meanwhile.",
            f"{_NOTHING} Look again where it stands.",
        )


def _signature(
    desk: Desk, rows: Rows, seen: AtHand, note: str
) -> tuple[ReturnSigned, ReturnTable]:
    """The record of a sign-off and the copy that it freezes."""
    assert seen.issued is not None  # noqa: S101  sign has asked
    record = ReturnSigned(
        contract_id=seen.contract_id,
        month=str(seen.month),
        version=seen.version,
        step=signatures.SIGNED,
        signed_at=desk.clock.now_ms(),
        signed_by=desk.user.id,
        sha256="",
        note=note.strip(),
    )
    held = signatures.of_month(rows, seen.contract_id, seen.month)
    with_this = replace(held, signed=(*held.signed, record))
    named = signatures.standing_signatures(with_this, seen.version)
    table = replace(
        signatures.dressed(rows, seen.contract_id, seen.issued),
        status=signatures.status_of(seen.version, signed=True),
        signed=signatures.signed_lines(rows, named),
    )
    frozen = write_json(table)
    values = {
        **record.values(),
        "sha256": fingerprint(table),
        "frozen": frozen.decode("utf-8"),
    }
    return ReturnSigned.made(values, record.id), table


def _listed(titles: Sequence[str]) -> str:
    return "; ".join(dict.fromkeys(titles))


@needs(Permission.MAKE_RETURN)
def read_return_file(desk: Desk, content: bytes) -> ReadBack:
    """Open a frozen copy and say whether it is what was signed.

    Args:
        desk: the open desk; its ledger, signatures and sent log are asked.
        content: bytes of a .json.

    Raises:
        Damaged: the file is no return, or was changed after it was issued or signed.
        FromNewerVersion: a newer program wrote it.
    """
    table = read_json(content)
    found = fingerprint(table)
    with desk.store.reading() as rows:
        ours = [c.id for c in find(rows, Contract, reference=table.contract)]
        signed = [
            each
            for contract_id in ours
            for each in signatures.of_month(rows, contract_id, table.month).signed
        ]
        sent = [
            each
            for contract_id in ours
            for each in find(rows, ReturnSent, contract_id=contract_id, sha256=found)
        ]
        other = any(_is_other(rows, contract_id, table) for contract_id in ours)
    signature = next((each for each in signed if each.sha256 == found), None)
    says_signed = table.status != signatures.DRAFT or bool(table.signed)
    if signature is None and (says_signed or other):
        when = "signing" if says_signed else "it was issued"
        raise Damaged(
            f"This file says that it is the return for {table.month.name}, version "
            f"{table.version}, but it is not the one of this desk: it was changed "
            f"after {when}, or comes from elsewhere.",
            "Nothing was changed. Export the return again: the desk has the copy that "
            "was signed.",
        )
    return ReadBack(table, signature is not None, bool(sent), _said(signature, sent))


def _is_other(rows: Rows, contract_id: str, table: ReturnTable) -> bool:
    """Whether the ledger has other figures under the same number."""
    if table.copy != COUNCIL:
        return False
    entry = read_ledger(rows, contract_id).of(table.month, table.version)
    if entry is None:
        return False
    issued = signatures.essence(read_json(entry.file()))
    return issued["figures"] != signatures.essence(table)["figures"]


def _said(
    signature: ReturnSigned | None, went: Sequence[ReturnSent]
) -> tuple[str, ...]:
    signed = (
        f"It is what was signed off on {at(signature.signed_at)}."
        if signature
        else "It is whole, but a draft: it was not signed off."
    )
    sent = [f"It was sent on {day(each.sent_on)} to {each.sent_to}." for each in went]
    return (signed, *(sent or ["It is not in the sent log."]))
