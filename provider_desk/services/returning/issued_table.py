"""A council copy as it leaves: the ledger's figures, or the frozen copy once signed."""

from provider_desk.model.errors import Damaged
from provider_desk.model.rows import Rows
from provider_desk.returns.table import ReturnTable
from provider_desk.services.returning import signatures
from provider_desk.services.returning.ledger import Entry


def issued_table(rows: Rows, entry: Entry) -> ReturnTable:
    """What every file of an issued return is made of.

    Before the sign-off that is the ledger's table, a draft; afterwards the copy that
    was frozen when it was signed, words and signature included.

    Raises:
        Damaged: the frozen copy is not what was signed, or not what was issued.
    """
    from provider_desk.returns.write_json import (  # noqa: PLC0415
        fingerprint,
        read_json,
    )

    table = read_json(entry.file())
    contract_id = entry.row.contract_id
    held = signatures.of_month(rows, contract_id, entry.month)
    signature = held.signature(entry.version)
    if signature is None or not signature.frozen:
        return signatures.dressed(rows, contract_id, table)
    signed = read_json(signature.frozen.encode())
    same = _figures(signed) == _figures(table)
    if fingerprint(signed) != signature.sha256 or not same:
        raise Damaged(
            f"The signed copy of the return for {entry.month.name} is not what was "
            "signed and issued.",
            "Nothing was written. Bring the desk back from a backup (Settings, "
            "Backups).",
        )
    return signed


def rounded_table(rows: Rows, entry: Entry) -> ReturnTable:
    """The same without what an agreement lets go exact: rounded throughout.

    Its status and signature are those of the council copy; words are left out.
    """
    from provider_desk.returns.write_json import read_json  # noqa: PLC0415

    table = read_json(entry.rounded_file())
    return signatures.dressed(rows, entry.row.contract_id, table)


def _figures(table: ReturnTable) -> str:
    return signatures.essence(table)["figures"]
