"""Return files: their bytes, their names, and how they get into a folder whole."""

import contextlib
import re
import secrets
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
    """Write all files; where the disk refuses one, no name in the folder has changed.

    Where another program keeps one of several files open, those before it may be
    replaced already; what was not there before is taken away again.

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
    paths = tuple(folder / f"{stem}.{ending}" for ending, _ in contents)
    part = f"part-{secrets.token_hex(4)}"
    beside = [path.with_name(f"{path.name}.{part}") for path in paths]
    new = [path for path in paths if not path.exists()]
    try:
        # All that needs room is done before a name that is there is touched.
        for place, (_, content) in zip(beside, contents, strict=True):
            files.write_whole(place, content)
        for place, path in zip(beside, paths, strict=True):
            _rename(place, path)
        files.sync_folder(folder)
    except BaseException:
        for path in (*beside, *new):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return paths


def _rename(place: Path, path: Path) -> None:
    try:
        place.replace(path)
    except OSError as error:
        raise files.in_words(error, path) from error
