"""The backups that lie in a folder: which there are, and which are surplus."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from provider_desk.model import files
from provider_desk.model.errors import DeskError, Missing
from provider_desk.services.desk import Desk
from provider_desk.services.safety.backup_names import kept, name_of
from provider_desk.store import container
from provider_desk.store.container import ENDING, PART_ENDING


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as it lies in a folder.

    Attributes:
        path: the file.
        made_ms: when it was made, milliseconds since 1970 in UTC; 0 if unknown.
        size: bytes.
        ours: whether this copy of the desk made it.
        problem: a sentence, where it can't be used; "" otherwise.
    """

    path: Path
    made_ms: int
    size: int
    ours: bool
    problem: str = ""


def listed(desk: Desk, folder: Path) -> list[Backup]:
    """The backups in a folder, newest first, those that can't be used last."""
    found = [_read(desk, path) for path in files_in(folder)]
    return sorted(found, key=lambda each: (bool(each.problem), -each.made_ms))


def clear_parts(desk: Desk, folder: Path) -> None:
    """Remove what this desk's backups left there when one was cut off by a crash."""
    beginning = name_of(desk.store.store_id, 0).split("-1970", 1)[0]
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(beginning) and path.name.endswith(PART_ENDING):
                path.unlink()


def files_in(folder: Path) -> list[Path]:
    """Files that are called backups; none where the folder is not there."""
    try:
        return [path for path in folder.iterdir() if path.name.endswith(ENDING)]
    except OSError:
        return []


def _read(desk: Desk, path: Path) -> Backup:
    try:
        head = container.read_head(path)
        made_ms, size = int(head.told["made"]), path.stat().st_size
        ours = head.told["store"] == desk.store.store_id
        mine = ours and head.told["device"] == desk.store.device
    except DeskError as error:
        return Backup(path, 0, 0, ours=False, problem=error.message)
    except (OSError, KeyError, TypeError, ValueError):
        return Backup(path, 0, 0, ours=False, problem=container.damaged(path).message)
    problem = "" if ours else "It is a backup of another desk."
    return Backup(path, made_ms, size, mine, problem)


def prune(desk: Desk, folder: Path) -> None:
    """Remove what is surplus among the files that this copy of the desk made itself.

    A file that was renamed, or made by another computer or desk, is left alone.
    """
    mine = [
        each
        for each in listed(desk, folder)
        if each.ours and each.path.name.startswith(_stem(desk, each))
    ]
    stay = kept([each.made_ms for each in mine])
    for each in mine:
        if each.made_ms not in stay:
            with contextlib.suppress(OSError):
                each.path.unlink()


def _stem(desk: Desk, each: Backup) -> str:
    return name_of(desk.store.store_id, each.made_ms).removesuffix(ENDING)


def make_within(folder: Path) -> None:
    """Make a folder that was asked for; the one that holds it must be there.

    A folder of that name on this disk is not what somebody means whose drive is not
    connected.

    Raises:
        Missing: the one above it is not there.
        ReadOnly, DiskFull, Trouble: it can't be made.
    """
    above = folder.absolute().parent
    if not above.is_dir():
        raise Missing(
            f"“{above}” is not there.",
            "No backup was made, and nothing was changed. If it is on a drive or "
            "another computer, connect that; otherwise name another folder.",
        )
    files.make_private_folder(folder)
