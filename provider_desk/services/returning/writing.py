"""Return files: their bytes, their names, and how they get into a folder whole."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

from provider_desk.model import files
from provider_desk.model.errors import DeskError
from provider_desk.returns.table import ReturnTable

FORMATS = ("csv", "xlsx", "pdf", "json")


def written(table: ReturnTable, ending: str) -> bytes:
    """A return in a format; the same table gives the same bytes.

    Raises:
        DeskError: there is no such format.
        DiskFull, ReadOnly, Trouble: the temporary folder refused.
    """
    try:
        return _bytes_of(table, ending)
    except OSError as error:
        # A workbook is put together in the temporary folder.
        raise files.in_words(error, Path(gettempdir())) from error


def _bytes_of(table: ReturnTable, ending: str) -> bytes:
    # Each format's library is slow to import, so it waits until it is asked for.
    match ending:
        case "csv":
            from provider_desk.returns.write_csv import write_csv  # noqa: PLC0415

            return write_csv(table)
        case "xlsx":
            from provider_desk.returns.write_xlsx import write_xlsx  # noqa: PLC0415

            return write_xlsx(table)
        case "pdf":
            from provider_desk.returns.write_pdf import write_pdf  # noqa: PLC0415

            return write_pdf(table)
        case "json":
            from provider_desk.returns.write_json import write_json  # noqa: PLC0415

            return write_json(table)
        case _:
            raise DeskError(
                f"There is no format “{ending}”.", f"There are: {', '.join(FORMATS)}."
            )


def stem_of(table: ReturnTable, *, several: bool) -> str:
    """The files' name; where there are several contracts, it says which."""
    if not several:
        return table.file_stem
    contract = "-".join(re.findall(r"\w+", table.contract))
    code = f"{table.provider_code}-{contract}"
    return replace(table, provider_code=code).file_stem


def put(
    folder: Path, stem: str, contents: Sequence[tuple[str, bytes]]
) -> tuple[Path, ...]:
    """Write all files, or leave the folder as it was.

    Args:
        folder: made where it is not there.
        stem: the files' name without ending.
        contents: ending and bytes of each file.

    Raises:
        ReadOnly, DiskFull, Missing, Trouble: the folder refused.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise files.in_words(error, folder) from error
    paths = []
    new = []
    try:
        for ending, content in contents:
            path = folder / f"{stem}.{ending}"
            if not path.exists():
                new.append(path)
            files.write_whole(path, content)
            paths.append(path)
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise
    return tuple(paths)
