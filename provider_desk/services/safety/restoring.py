"""A desk is brought back from a backup, on an empty machine, by recovery sheet A alone.

Everything is made in a folder of its own within the desk's folder, and moved out when
it is whole, the list of who can sign in last: without it there is no desk. The copy
gets an id and a key of its own. Source: security design, §2.7.
"""

import base64
import binascii
import contextlib
import shutil
from pathlib import Path

from provider_desk.keys import local_key, roster
from provider_desk.keys.desk_keys import SheetKeys
from provider_desk.keys.roster import Roster
from provider_desk.model import files
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.services.entry import before_sign_in
from provider_desk.services.entry.half_made import refuse_desk
from provider_desk.services.safety import backups
from provider_desk.services.safety.backups import Sound
from provider_desk.store import backup, container
from provider_desk.store import store as store_file
from provider_desk.store.lock import Lock

#: Where it is made; what a crash left there means nothing.
PART = "restoring.part"

#: In the order in which they are moved out.
_FILES = (store_file.NAME, local_key.NAME, roster.NAME)


def roster_in(path: Path) -> Roster:
    """Who could sign in when a backup was made; ``by_sheet_a`` takes it.

    Raises:
        Damaged: the file is no backup, or not as it was made.
        FromNewerVersion, Missing, ReadOnly, Trouble: it can't be read.
    """
    told = container.read_head(path).told
    try:
        return roster.parse(base64.b64decode(str(told["roster"]), validate=True))
    except (KeyError, binascii.Error) as error:
        raise container.damaged(path) from error


def restore(
    path: Path,
    folder: Path,
    sheet: SheetKeys,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Sound:
    """Make the desk of a backup in a folder.

    Args:
        path: the backup.
        folder: made where it is not there; must hold no desk.
        sheet: what recovery sheet A opens of ``roster_in(path)``.
        progress: told how much of how much is done.
        cancelled: asked often; True stops.

    Returns:
        What it holds.

    Raises:
        DeskError: the folder holds a desk; it is left as it is.
        Damaged: the backup is not as it was made.
        Cancelled, FromNewerVersion, InUse, DiskFull, ReadOnly, Missing, Trouble: there
            is no desk then, and the backup was not changed.
    """
    files.make_private_folder(folder)
    lock = Lock(folder)
    try:
        _clear(folder)
        refuse_desk(folder)
        part = folder / PART
        files.make_private_folder(part)
        try:
            held = _make(path, part, sheet, progress, cancelled)
            _move_out(part, folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    finally:
        lock.release()
    return held


def _make(
    path: Path, part: Path, sheet: SheetKeys, progress: Progress, cancelled: Stopped
) -> Sound:
    steps = backups.steps(progress, 2)
    taken, made = part / "taken", part / store_file.NAME
    key, held = backups.take_out(path, taken, sheet, steps(0), cancelled)
    local = sheet.write_copy(part)
    backup.copy_file(taken, key, made, local.key, steps(1), cancelled)
    settings = before_sign_in.settings_of_copy(roster.read(part), held.made_ms)
    backup.adopt(made, local.key, local.device, settings)
    return held


def _move_out(part: Path, folder: Path) -> None:
    try:
        for name in _FILES:
            (part / name).replace(folder / name)
        files.sync_folder(folder)
    except OSError as error:
        _remove(folder)
        raise files.in_words(error, folder) from error


def _clear(folder: Path) -> None:
    """Remove what a restoring that was cut off has left, and nothing else.

    While the list of who can sign in, which is moved out last, lies in the folder of
    its own, what is missing there came out of it. A list that was lost later on is no
    reason to remove the store that it was for.
    """
    part = folder / PART
    if (part / roster.NAME).exists() and not (folder / roster.NAME).exists():
        for name in _FILES:
            if not (part / name).exists():
                with contextlib.suppress(OSError):
                    (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / PART, ignore_errors=True)


def _remove(folder: Path) -> None:
    for name in _FILES:
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)
