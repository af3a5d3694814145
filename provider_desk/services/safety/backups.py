"""Backups: encrypted, looked at before they count, kept for days, weeks and months.

::

    back_up   copy of one moment ─► opened again, compared ─► container ─► read back
              ─► its name ─► the chosen folder ─► surplus ones go
    verify    the container ─► taken out, opened, every page and count compared

A backup holds the store under a key of its own and the list of who can sign in, so
that recovery sheet A alone brings it back (``restoring``). Source: security design,
§1, §2.7, §4.2.
"""

import base64
import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provider_desk.keys import backup_key, roster
from provider_desk.keys.backup_key import Opener, Unopened
from provider_desk.model import files
from provider_desk.model.errors import DeskError, InUse
from provider_desk.model.looks import LookKind
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.safety import backup_shelf as shelf
from provider_desk.services.safety.backup_names import day_in, name_of
from provider_desk.services.safety.backup_shelf import Backup
from provider_desk.store import backup, container, op_log
from provider_desk.store.backup import Contents
from provider_desk.store.fresh import Mark

#: Where daily backups are kept, in the desk's folder.
FOLDER = "backups"

#: A file of the desk's folder in which a copy is made or looked at.
PART = "backup.part"

_CHOSEN, _OUTSIDE = "backup_folder", "backup_outside_ms"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    Attributes:
        path: the file in the desk's own folder, or in the one that was asked for.
        outside: the same in the chosen folder; None where there is none.
        problem: why it is not in the chosen folder, in words; "" otherwise.
    """

    path: Path
    outside: Path | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sound:
    """What a backup holds that was opened and looked at.

    Attributes:
        made_ms: when it was made.
        deeds: how many deeds its log tells of.
        rows: number of rows by table: "client" counts people.
    """

    made_ms: int
    deeds: int
    rows: Mapping[str, int]


__all__ = ["Backup", "Made", "Sound", "back_up", "daily", "due", "listed", "verify"]


# Where.


def own_folder(desk: Desk) -> Path:
    """Where this desk keeps its daily backups."""
    return desk.folder / FOLDER


def chosen_folder(desk: Desk) -> Path | None:
    """The folder outside the desk that gets a copy of each; None if none was chosen."""
    with desk.store.reading() as rows:
        found = op_log.setting(rows, _CHOSEN)
    return Path(found) if found else None


@needs(Permission.BACK_UP)
def choose_folder(desk: Desk, folder: Path | None) -> None:
    """Choose the folder outside, a USB stick or a drive; None for none.

    Raises:
        DeskError: it lies within the desk's folder.
        Missing, ReadOnly, Trouble: it is not there, or refuses.
    """
    if folder is not None:
        folder = folder.absolute()
        _refuse_inside(desk, folder)
        _try_out(folder)
    with desk.store.aside() as aside:
        aside.run(op_log.PUT_SETTING, (_CHOSEN, str(folder) if folder else ""))


def on_same_disk(desk: Desk, folder: Path) -> bool:
    """Whether a folder lies on the disk that holds the desk, and would go with it."""
    try:
        return desk.folder.stat().st_dev == folder.stat().st_dev
    except OSError:
        return False


def last_outside_ms(desk: Desk) -> int | None:
    """When a copy was last brought outside; None if never on this computer."""
    with desk.store.reading() as rows:
        found = op_log.setting(rows, _OUTSIDE)
    return int(found) if found else None


# Making.


def due(desk: Desk) -> bool:
    """Whether today has no backup yet; the window makes one in the background then."""
    day = desk.today()
    return not any(
        day_in(path.name, desk.store.store_id) == day
        for path in shelf.files_in(own_folder(desk))
    )


def daily(
    desk: Desk, progress: Progress = silent, cancelled: Stopped = never
) -> Made | None:
    """Make today's backup, whoever is signed in; None where there is one.

    Raises:
        As ``back_up``.
    """
    return _back_up(desk, None, progress, cancelled) if due(desk) else None


@needs(Permission.BACK_UP)
def back_up(
    desk: Desk,
    folder: Path | None = None,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Made:
    """Make a backup now.

    Args:
        desk: the open desk; others go on working.
        folder: where it is wanted, made within a folder that is there; where none is
            named it comes to the desk's own folder, and from there to the chosen one.
        progress: told how much of how much is done.
        cancelled: asked often; True stops.

    Raises:
        Cancelled: it was stopped.
        InUse: another backup is being made.
        Damaged: the desk has a page that can't be read, or what was written is not
            what was read back.
        DiskFull, ReadOnly, Missing, Trouble: the disk refused, or is gone.
            In each case the backups that there were stand, and there is no new one.
    """
    return _back_up(desk, folder, progress, cancelled)


def _back_up(
    desk: Desk, folder: Path | None, progress: Progress, cancelled: Stopped
) -> Made:
    looks.note(desk, LookKind.BACKUP)
    cancelled = _or_leaving(desk, cancelled)
    target = own_folder(desk) if folder is None else folder
    make = files.make_private_folder if folder is None else shelf.make_within
    make(target)
    with working_copy(desk) as part:
        shelf.clear_parts(desk, target)
        step = steps(progress, 3)
        path = _make(desk, part, target, step, cancelled)
    if folder is not None:
        _outside_now(desk)
        return Made(path)
    shelf.prune(desk, target)
    return _bring_outside(desk, path, step(2), cancelled)


def _make(
    desk: Desk,
    part: Path,
    target: Path,
    step: Callable[[int], Progress],
    cancelled: Stopped,
) -> Path:
    key = backup_key.new_key()
    held = backup.copy_store(desk.store, part, key, step(0), cancelled)
    backup.refuse_without_room(target, part.stat().st_size)
    made_ms = desk.clock.now_ms()
    told = {
        "store": desk.store.store_id,
        "device": desk.store.device,
        "made": made_ms,
        "size": part.stat().st_size,
        "hash": container.hashed(part),
        "roster": base64.b64encode(_roster(desk)).decode(),
    }
    header = backup_key.closed(desk.keys, key, told, _details(held))
    path = _free_name(target, desk.store.store_id, made_ms)
    container.write(path, header, part, step(1), cancelled)
    return path


def _bring_outside(
    desk: Desk, path: Path, progress: Progress, cancelled: Stopped
) -> Made:
    """Copy a backup to the chosen folder; what is in the way is told, not raised."""
    chosen = chosen_folder(desk)
    if chosen is None:
        progress(1, 1)
        return Made(path)
    try:
        _try_out(chosen)
        shelf.clear_parts(desk, chosen)
        backup.refuse_without_room(chosen, path.stat().st_size)
        outside = chosen / path.name
        container.copy(path, outside, progress, cancelled)
        _outside_now(desk)
        shelf.prune(desk, chosen)
    except DeskError as error:
        return Made(path, None, f"{error.message} {error.advice}")
    return Made(path, outside)


def _outside_now(desk: Desk) -> None:
    with desk.store.aside() as aside:
        aside.run(op_log.PUT_SETTING, (_OUTSIDE, str(desk.clock.now_ms())))


# Looking at them.


def listed(desk: Desk, folder: Path | None = None) -> list[Backup]:
    """The backups in a folder, newest first, those that can't be used last.

    Args:
        desk: the open desk.
        folder: the desk's own where none is named. One that is not there holds none.
    """
    return shelf.listed(desk, folder or own_folder(desk))


@needs(Permission.BACK_UP)
def verify(
    desk: Desk,
    path: Path,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Sound:
    """Open a backup and compare all of it with what it should hold.

    Raises:
        Damaged: it is not as it was made.
        NotAllowed: it needs the recovery sheet A of its time.
        InUse: another one is being made or looked at.
        Cancelled, FromNewerVersion, DiskFull, ReadOnly, Missing, Trouble: it can't be
            looked at; it was not changed.
    """
    cancelled = _or_leaving(desk, cancelled)
    with working_copy(desk) as part:
        return take_out(path, part, desk.keys, progress, cancelled)[1]


def take_out(
    path: Path,
    part: Path,
    opener: Opener,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> tuple[bytes, Sound]:
    """Take the store out of a backup and look whether it is sound.

    Args:
        path: the backup.
        part: where the store comes to lie, under the backup's key.
        opener: whoever holds the keys of ``core``.
        progress: told how much of how much is done.
        cancelled: asked often; True stops.

    Returns:
        The backup's key, and what it holds.

    Raises:
        As ``verify``.
    """
    head = container.read_head(path)
    backup.refuse_without_room(part.parent, head.size)
    try:
        opened = backup_key.opened(opener, head.told)
        container.take_out(path, part, progress, cancelled)
        held = _contents(opened.details)
        backup.verify(part, opened.key, held)
        made_ms = int(head.told["made"])
    except (Unopened, KeyError, TypeError, ValueError) as error:
        raise container.damaged(path) from error
    return opened.key, Sound(made_ms, held.mark.seq, held.rows)


@contextlib.contextmanager
def working_copy(desk: Desk) -> Iterator[Path]:
    """The name of a file for a copy in the desk's folder, gone afterwards.

    Raises:
        InUse: another backup is being made or looked at.
    """
    if not desk.store.copying.acquire(blocking=False):
        raise InUse(
            "A backup is being made or looked at just now.",
            "Nothing was changed. Wait until it is done, then do this again.",
        )
    part = desk.folder / PART
    try:
        # What a crash left.
        backup.remove(part)
        yield part
    finally:
        backup.remove(part)
        desk.store.copying.release()


# Parts.


def _or_leaving(desk: Desk, cancelled: Stopped) -> Stopped:
    """Whether to stop: somebody asked for it, or the desk is being left."""
    return lambda: cancelled() or desk.store.leaving.is_set()


def _details(held: Contents) -> dict[str, Any]:
    mark = held.mark
    return {
        "mark": [mark.device, mark.seq, mark.hlc, mark.look_seq, mark.look_hash],
        "rows": held.rows,
    }


def _contents(details: Mapping[str, Any]) -> Contents:
    device, seq, hlc, look_seq, look_hash = details["mark"]
    mark = Mark(str(device), int(seq), str(hlc), int(look_seq), str(look_hash))
    return Contents(mark, {str(k): int(v) for k, v in details["rows"].items()})


def _roster(desk: Desk) -> bytes:
    path = desk.folder / roster.NAME
    try:
        return path.read_bytes()
    except OSError as error:
        raise files.in_words(error, path) from error


def _free_name(folder: Path, store_id: str, made_ms: int) -> Path:
    again = 0
    while (path := folder / name_of(store_id, made_ms, again)).exists():
        again += 1
    return path


def _refuse_inside(desk: Desk, folder: Path) -> None:
    if folder.is_relative_to(desk.folder.absolute()):
        raise DeskError(
            "This folder lies within the desk's own, and would be lost with it.",
            "Choose a folder on a USB stick or another drive.",
        )


def _try_out(folder: Path) -> None:
    """See that a folder is there and takes files."""
    if not folder.is_dir():
        raise files.missing(folder)
    if not os.access(folder, os.W_OK):
        raise files.read_only(folder)


def steps(progress: Progress, count: int) -> Callable[[int], Progress]:
    """Makes of the progress of one step the progress of all."""

    def of_step(number: int) -> Progress:
        def told(done: int, total: int) -> None:
            part = done / total if total else 1.0
            progress(round(1000 * (number + part)), 1000 * count)

        return told

    return of_step
