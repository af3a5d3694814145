"""The sent log: when a return left the office, to whom, how, and its hash.

Writing a file is not sending it: a return counts as sent when somebody says so.
Source: monthly return, §1.7; practices, P46.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.clock import moment
from provider_desk.model.errors import DeskError, Problem
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.records import (
    Contract,
    IssuedReturn,
    ReturnMade,
    ReturnSent,
    User,
)
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.returning import signatures
from provider_desk.services.returning.choosing import COUNCIL
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label
from provider_desk.store.records import find, get

#: What somebody types of a sending.
FIELDS = ("sent_on", "sent_to", "route", "note")


@dataclass(frozen=True, slots=True)
class Sending:
    """A line of the sent log.

    Attributes:
        sent_id: row id.
        contract: its reference.
        month: of which month.
        version: which version.
        status: what it was: "draft", "final", "revised 2".
        sent_on: the day.
        sent_to: role or mailbox.
        route: how, in words.
        by: who said so.
        sha256: hash of the frozen copy that was sent.
        note: more words, may be "".
    """

    sent_id: str
    contract: str
    month: Month
    version: int
    status: str
    sent_on: date
    sent_to: str
    route: str
    by: str
    sha256: str
    note: str


@needs(Permission.MAKE_RETURN)
def record_sent(
    desk: Desk,
    contract_id: str,
    month: Month,
    values: Mapping[str, Value],
    version: int = 0,
) -> Changed:
    """Say that a return was sent.

    Args:
        desk: the open desk.
        contract_id: whose return it is.
        month: which month.
        values: the fields of ``FIELDS``.
        version: which version; 0 for the newest that was issued.

    Raises:
        DeskError: no such version was issued.
        NotValid: a value stops it: a day before it was issued or to come.
    """
    typed = {name: values.get(name) for name in FIELDS}
    with desk.store.writing("say that the return was sent", by=desk.user.id) as deed:
        issued = _issued(deed, contract_id, month, version)
        signature = signatures.of_month(deed, contract_id, month).signature(
            issued.version
        )
        _, warnings = saving.add(
            desk,
            deed,
            ReturnSent,
            {
                **typed,
                "contract_id": contract_id,
                "month": str(month),
                "version": issued.version,
                "sent_by": desk.user.id,
                "sha256": (
                    signature.sha256 if signature else _hash_of_draft(deed, issued)
                ),
            },
            [
                *_day_problems(desk, issued, values.get("sent_on")),
                *([] if signature else [Problem("", _UNSIGNED, "warn")]),
            ],
        )
        said = f"The return for {month.name}, version {issued.version}, was sent."
        return saving.done(deed, said, warnings)


_UNSIGNED = "It was sent as a draft: nobody has signed it off."


def _issued(rows: Rows, contract_id: str, month: Month, version: int) -> IssuedReturn:
    found = find(rows, IssuedReturn, contract_id=contract_id, month=str(month))
    wanted = [each for each in found if version in (0, each.version)]
    if not wanted:
        what = f"version {version} of the return" if version else "the return"
        raise DeskError(
            f"Nothing is issued to the council yet: {what} for {month.name}.",
            "Nothing was changed. An internal copy is not sent.",
        )
    return max(wanted, key=lambda each: each.version)


def _hash_of_draft(rows: Rows, issued: IssuedReturn) -> str:
    """Hash of the file that was exported last, or of the figures where none was."""
    made = [
        each.sha256
        for each in find(
            rows,
            ReturnMade,
            contract_id=issued.contract_id,
            month=issued.month,
            copy=COUNCIL,
        )
        if each.version == issued.version
    ]
    return made[-1] if made else issued.sha256


def _day_problems(desk: Desk, issued: IssuedReturn, sent_on: Value) -> list[Problem]:
    if not isinstance(sent_on, date):
        return []
    if sent_on > desk.today():
        return [Problem("sent_on", "This day is still to come.")]
    issued_on = moment(issued.issued_at).date()
    if sent_on < issued_on:
        return [
            Problem("sent_on", f"It was issued on {day(issued_on)}, not before that.")
        ]
    return []


@needs(Permission.MAKE_RETURN)
def take_back_sent(desk: Desk, sent_id: str, reason: str) -> Changed:
    """Take a line out of the sent log that was entered in error; its history stays.

    Raises:
        NotFound: there is no such line.
        NotValid: there is no reason.
    """
    with desk.store.writing("take back sent", by=desk.user.id) as deed:
        held = get(deed, ReturnSent, sent_id)
        deed.retire(ReturnSent, sent_id, reason)
        name = Month.parse(held.month).name
        return saving.done(deed, f"{name}: taken out of the sent log.")


@needs(Permission.MAKE_RETURN)
def sent_log(desk: Desk, contract_id: str = "") -> list[Sending]:
    """What was sent, newest first; of one contract, or of all."""
    only: dict[str, Value] = {"contract_id": contract_id} if contract_id else {}
    with desk.store.reading() as rows:
        found = find(rows, ReturnSent, **only)
        names = {user.id: user.name for user in find(rows, User)}
        references = {c.id: c.reference for c in find(rows, Contract)}
        signed = {
            each: signatures.months_signed(rows, each)
            for each in {sending.contract_id for sending in found}
        }
    lines = [
        _sending(each, names, references, signed[each.contract_id]) for each in found
    ]
    return sorted(lines, key=lambda each: each.sent_on, reverse=True)


def _sending(
    held: ReturnSent,
    names: Mapping[str, str],
    references: Mapping[str, str],
    signed: Mapping[Month, int],
) -> Sending:
    month = Month.parse(held.month)
    is_signed = signed.get(month, 0) >= held.version
    return Sending(
        sent_id=held.id,
        contract=references.get(held.contract_id, ""),
        month=month,
        version=held.version,
        status=signatures.status_of(held.version, signed=is_signed),
        sent_on=held.sent_on,
        sent_to=held.sent_to,
        route=label("return_route", held.route),
        by=names.get(held.sent_by, ""),
        sha256=held.sha256,
        note=held.note,
    )
