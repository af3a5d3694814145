"""Recovery sheets as files to print: written once, never over another."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from provider_desk.keys import sheet_code
from provider_desk.model import files
from provider_desk.model.clock import Clock, today
from provider_desk.model.errors import DeskError
from provider_desk.services.saying import day

if TYPE_CHECKING:
    from provider_desk.papers.recovery_sheet import Sheet

_FINGERPRINT_DIGITS = 16
_GROUP = 4


def fingerprint(store_id: str) -> str:
    """The desk's number as sheets and Settings show it: four groups of four."""
    digits = store_id[:_FINGERPRINT_DIGITS]
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def sheet_of(
    which: str, code: bytes, provider: str, store_id: str, clock: Clock
) -> "Sheet":
    """A sheet, ready to be written.

    Args:
        which: "A" or "B".
        code: its 20 bytes.
        provider: whose desk it opens.
        store_id: of the desk.
        clock: tells the day that stands on it.
    """
    # Drawing is loaded when a sheet is drawn: it costs a quarter of a second.
    from provider_desk.papers.recovery_sheet import Sheet  # noqa: PLC0415

    return Sheet(
        which=which,
        groups=sheet_code.groups(code),
        provider=provider,
        made_on=day(today(clock)),
        fingerprint=fingerprint(store_id),
    )


def file_name(which: str) -> str:
    """What the file of a sheet is called."""
    return f"recovery-sheet-{which}.pdf"


def write(folder: Path, sheets: Iterable["Sheet"]) -> tuple[Path, ...]:
    """Write sheets as PDF, readable by this account only.

    Args:
        folder: made where it is not there.
        sheets: what is written.

    Returns:
        The files: recovery-sheet-A.pdf, recovery-sheet-B.pdf.

    Raises:
        DeskError: one of the files is there already; none was written.
        DiskFull, ReadOnly, Missing, Trouble: none is left.
    """
    from provider_desk.papers import recovery_sheet  # noqa: PLC0415

    drawn = {folder / file_name(each.which): each for each in sheets}
    for path in drawn:
        if path.exists():
            raise _there(path)
    files.make_private_folder(folder)
    written: list[Path] = []
    try:
        for path, sheet in drawn.items():
            _write_new(path, recovery_sheet.pdf(sheet), written)
    except BaseException:
        _remove(written)
        raise
    return tuple(written)


def delete(paths: Iterable[Path]) -> None:
    """Delete the files of sheets that are on paper, or that open nothing.

    Raises:
        ReadOnly, Trouble: one can't be deleted.
    """
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise files.in_words(error, path) from error


def _write_new(path: Path, data: bytes, written: list[Path]) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        written.append(path)
        with open(handle, "wb") as file:  # noqa: PTH123
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise _there(path) from error
    except OSError as error:
        raise files.in_words(error, path) from error


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _there(path: Path) -> DeskError:
    return DeskError(
        f"“{path}” is there already, and a recovery sheet is never written over.",
        "Nothing was changed. Name another folder; or, if that sheet is of a desk that "
        "was never made, delete it first. Each sheet shows its desk's number.",
    )
