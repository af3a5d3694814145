"""Who read and who signed a return, and what it says of itself by that.

Deeds are in ``signing``; here is what stands. A signature holds for one version and
one hash. Source: monthly return, §1.7, §4; domain reference, H18.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from provider_desk.model.clock import moment
from provider_desk.model.months import Month
from provider_desk.model.records import Provider, ReturnSigned, User
from provider_desk.model.rows import Rows
from provider_desk.returns.outline import long_date
from provider_desk.returns.table import Cell, ReturnTable
from provider_desk.services.saying import label
from provider_desk.store.records import find

READ, SIGNED = "READ", "SIGNED"

DRAFT, FINAL, REVISED = "draft", "final", "revised {version}"


@dataclass(frozen=True, slots=True)
class Signatures:
    """The signatures of one month's return, oldest first.

    Attributes:
        read: by second readers.
        signed: by managers, one for each version that was signed.
    """

    read: tuple[ReturnSigned, ...]
    signed: tuple[ReturnSigned, ...]

    def signature(self, version: int) -> ReturnSigned | None:
        """The sign-off of a version, if there is one."""
        return next((each for each in self.signed if each.version == version), None)

    def next_version(self, issued: int) -> int:
        """The version that is at hand: it can still be read and signed.

        Args:
            issued: newest version in the ledger, 0 where there is none.
        """
        if not issued:
            return 1
        return issued if self.signature(issued) is None else issued + 1


def of_month(rows: Rows, contract_id: str, month: Month) -> Signatures:
    """The signatures of a month's return."""
    held = find(rows, ReturnSigned, contract_id=contract_id, month=str(month))
    return Signatures(
        tuple(each for each in held if each.step == READ),
        tuple(each for each in held if each.step == SIGNED),
    )


def months_signed(rows: Rows, contract_id: str) -> dict[Month, int]:
    """Month → newest version that is signed off."""
    found = rows.rows(
        f"SELECT month, max(version) FROM {ReturnSigned.TABLE} "
        "WHERE contract_id = ? AND step = ? AND deleted IS NULL GROUP BY month",
        [contract_id, SIGNED],
    )
    return {Month.parse(month): int(version) for month, version in found}


def status_of(version: int, *, signed: bool) -> str:
    """What a return is called: "draft", "final", "revised 2"."""
    if not signed:
        return DRAFT
    return FINAL if version == 1 else REVISED.format(version=version)


def signed_lines(rows: Rows, signed: Iterable[ReturnSigned]) -> tuple[str, ...]:
    """The sign-off for the cover: role and day, no name. Source: domain, H18."""
    roles = {user.id: user.role for user in find(rows, User)}
    return tuple(
        f"{label('return_step', each.step)} on "
        f"{long_date(moment(each.signed_at).date())}, "
        f"{label('role', roles.get(each.signed_by, ''))}"
        for each in signed
    )


def standing_signatures(held: Signatures, version: int) -> tuple[ReturnSigned, ...]:
    """What the cover of a version names: its newest reading, and its sign-off."""
    signature = held.signature(version)
    if signature is None:
        return ()
    read = [
        each
        for each in held.read
        if each.version == version and each.signed_by != signature.signed_by
    ]
    return (*read[-1:], signature)


def dressed(rows: Rows, contract_id: str, table: ReturnTable) -> ReturnTable:
    """A return with its status, its sign-off and whom to ask.

    Args:
        rows: a read transaction.
        contract_id: whose return it is.
        table: with its own version.
    """
    held = of_month(rows, contract_id, table.month)
    standing = standing_signatures(held, table.version)
    providers = find(rows, Provider)
    return replace(
        table,
        status=status_of(table.version, signed=bool(standing)),
        signed=signed_lines(rows, standing),
        contact=providers[0].return_contact if providers else "",
    )


def essence(table: ReturnTable) -> dict[str, str]:
    """What a signature is given to: part in words → hash of it.

    Figures and words, whatever day, number or status the copy has.
    """
    figures = [
        [line.key.indicator, line.key.split, line.key.area]
        + [_cell(cell) for cell in (*line.months, line.year_to_date)]
        for line in table.lines
    ]
    told = [[each.area, each.box, each.words] for each in table.told]
    return {"figures": _hash(figures), "words": _hash(told)}


def whole(parts: dict[str, str]) -> str:
    """One hash of everything that ``essence`` tells apart."""
    return _hash(sorted(parts.items()))


def _cell(cell: Cell) -> list[object]:
    said = cell.note if cell.value is None else ""
    return [cell.state.value, cell.value, cell.numerator, cell.denominator, said]


def _hash(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
