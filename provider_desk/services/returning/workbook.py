"""The council's own workbook, filled in from the issued return and nothing else."""

from dataclasses import dataclass
from pathlib import Path

from provider_desk.model import files
from provider_desk.model.errors import DeskError
from provider_desk.model.looks import LookKind
from provider_desk.model.months import Month
from provider_desk.returns.table import ReturnTable
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.returning.choosing import COUNCIL
from provider_desk.services.returning.issued_table import issued_table
from provider_desk.services.returning.ledger import read_ledger
from provider_desk.services.returning.preparing import prepare
from provider_desk.services.rights.permissions import Permission, needs


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook that was filled in.

    Attributes:
        path: where it lies.
        version: of the return whose figures it holds.
        status: of that return: "draft", "final" or "revised 2".
    """

    path: Path
    version: int
    status: str


@needs(Permission.MAKE_RETURN)
def fill_council_workbook(
    desk: Desk,
    contract_id: str,
    month: Month,
    template: Path,
    out: Path,
    mapping: Path | None = None,
) -> Filled:
    """Write the council's workbook with the figures that were issued.

    Args:
        desk: the open desk.
        contract_id: the contract.
        month: whose return; it must be issued.
        template: the workbook as the council gave it; it stays as it is.
        out: the filled one.
        mapping: a file that says which cell takes which figure, where the workbook's
            own names do not.

    Raises:
        DeskError: the month is not issued; the template or mapping is not right, all
            of which is named; ``out`` is the template itself.
        Damaged: the template is no workbook; the ledger is not what was written.
        Missing, ReadOnly, DiskFull, Trouble: a file refused.
    """
    from provider_desk.returns.workbook import (  # noqa: PLC0415  slow to load
        fill_workbook,
        read_mapping,
    )

    _refuse_itself(template, out)
    looks.note(desk, LookKind.EXPORTED, about=f"council workbook for {month.name}")
    table = _issued(desk, contract_id, month)
    given = read_mapping(_read(mapping), mapping.name) if mapping else ()
    filled = fill_workbook(_read(template), given, table)
    files.write_whole(out, filled)
    return Filled(out, table.version, table.status)


@needs(Permission.MAKE_RETURN)
def check_council_workbook(
    desk: Desk,
    contract_id: str,
    month: Month,
    template: Path,
    mapping: Path | None = None,
) -> list[str]:
    """What keeps a workbook from being filled in, in sentences; nothing is written.

    A month that is not issued yet is looked at as issuing would give it.

    Raises:
        DeskError, Damaged, Missing, Trouble: as ``fill_council_workbook``.
    """
    from provider_desk.returns.workbook import (  # noqa: PLC0415  slow to load
        read_mapping,
        template_check,
    )

    table = prepare(desk, contract_id, month, COUNCIL)
    given = read_mapping(_read(mapping), mapping.name) if mapping else ()
    return template_check(_read(template), given, table)


def _refuse_itself(template: Path, out: Path) -> None:
    if out.exists() and template.exists() and out.samefile(template):
        raise DeskError(
            "The filled workbook would take the place of the template.",
            "Nothing was written. Choose another name or folder for it.",
        )


def _issued(desk: Desk, contract_id: str, month: Month) -> ReturnTable:
    with desk.store.reading() as rows:
        entry = read_ledger(rows, contract_id).newest(month)
        if entry is None:
            raise DeskError(
                f"The return for {month.name} is not issued yet; the council's "
                "workbook is filled in from what was issued.",
                "Nothing was written. Issue the council's copy first.",
            )
        return issued_table(rows, entry)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise files.in_words(error, path) from error
