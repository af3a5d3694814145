"""The database driver: the one place that knows which it is and what its errors mean.

Source for codes: sqlite.org, result codes.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3
from sqlcipher3 import dbapi2

from provider_desk.model import files
from provider_desk.model.errors import (
    Cancelled,
    Damaged,
    DeskError,
    InUse,
    Trouble,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

Connection = Any
DriverError = dbapi2.Error

_PERM, _BUSY, _LOCKED, _NOMEM, _READONLY, _INTERRUPT = 3, 5, 6, 7, 8, 9
_IOERR, _CORRUPT, _FULL, _CANTOPEN, _CONSTRAINT, _NOTADB = 10, 11, 13, 14, 19, 26
#: An extended code's last byte is its primary code.
_PRIMARY = 0xFF

_SAFE = "Everything saved before is safe."
_BUSY_TOLD = (
    InUse,
    "Something else is writing to this desk just now. This was not saved.",
    f"{_SAFE} Wait a moment and do it again.",
)
_TOLD: Mapping[int, tuple[type[DeskError], str, str]] = {
    _BUSY: _BUSY_TOLD,
    _LOCKED: _BUSY_TOLD,
    _NOMEM: (
        Trouble,
        "This computer has run out of memory. This was not saved.",
        f"{_SAFE} Close other programs, then do it again.",
    ),
    _INTERRUPT: (Cancelled, "Stopped. Nothing was changed.", ""),
    _IOERR: (
        Trouble,
        "The disk did not do what was asked. This was not saved.",
        f"{_SAFE} Check that the disk is connected and not full, then do it again.",
    ),
    _CONSTRAINT: (
        DeskError,
        "A record with this id is on the desk already. Nothing was saved.",
        "Open the record that is there, and change that.",
    ),
}


def connect(path: Path, timeout_s: float = 5) -> Connection:
    """A bare connection; the caller keys it before anything else.

    The driver's own check of threads is off: the pool lends a connection to one
    thread at a time.
    """
    return dbapi2.connect(
        str(path),
        isolation_level=None,
        timeout=timeout_s,
        check_same_thread=False,
        cached_statements=256,
    )


def utils(connection: Connection) -> "Database":
    """The connection as sqlite-utils sees it.

    sqlite-utils looks for the driver under the name pysqlite3, and catches that
    driver's errors; it is brought in here, and only where tables are made, because
    importing it costs more time than opening the desk.
    """
    sys.modules.setdefault("pysqlite3", sqlcipher3)
    sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)
    from sqlite_utils import Database  # noqa: PLC0415

    return Database(connection)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what the driver raises into errors with our own sentences.

    What stands for no trouble of the machine, such as an SQL mistake, goes through
    as it is: that is a fault of the program.
    """
    try:
        yield
    except dbapi2.Error as error:
        told = translated(error, path)
        if told is None:
            raise
        raise told from error
    except OSError as error:
        raise files.in_words(error, path) from error


def translated(error: Exception, path: Path) -> DeskError | None:
    """The error for the person, or None where it is a fault of the program."""
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & _PRIMARY
    if code in (_IOERR, _CANTOPEN):
        if not path.exists():
            return files.missing(path)
        if not files.has_room(path):
            return files.disk_full(path)
    if code in (_CORRUPT, _NOTADB):
        return damaged(path)
    if code == _FULL:
        return files.disk_full(path)
    if code in (_PERM, _READONLY, _CANTOPEN):
        return files.read_only(path)
    told = _TOLD.get(code)
    return told[0](*told[1:]) if told else None


def damaged(path: Path) -> Damaged:
    """What to say when the store is not what it was when it was written."""
    return Damaged(
        f"“{path.name}” is damaged, or belongs to another desk.",
        "Nothing was changed. Keep the folder as it is, and bring this desk back from "
        "its newest backup.",
    )
