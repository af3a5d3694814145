"""The reserve: a file of no content beside the store that is given up on a full disk.

A full disk refuses even what would make room, so that what stands open in the window
could be neither saved nor put by. The file ``ballast`` holds 20 MB for that moment.
Saving gives up all of it but the last 2 MB, which are kept for opening and closing:
so a desk on a full disk can still be opened, to read and to save little things. Taken
in again when there is room, the last 2 MB as soon as they fit.

Source: security design, §4.2 ("keep a 20 MB ballast file to free").
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from provider_desk.model.errors import DiskFull

NAME = "ballast"

#: The whole reserve, and what of it only opening and closing may use.
WHOLE_BYTES = 20_000_000
LAST_BYTES = 2_000_000

#: The whole reserve is taken only where it is at most this part of the free room.
_TIMES = 10

_STEP = 1_000_000
_BLOCK_BYTES = 64 * 1024

T = TypeVar("T")


def size(folder: Path) -> int:
    """How many bytes are held in reserve now."""
    try:
        return (folder / NAME).stat().st_size
    except OSError:
        return 0


def is_kept(folder: Path) -> bool:
    """Whether this desk has a reserve, be it given up just now."""
    return (folder / NAME).exists()


def take(folder: Path, *, closing: bool = False) -> int:
    """Hold in reserve what the disk has room for; returns the bytes held.

    Nothing is raised: a folder that refuses has no reserve, and the store says why.

    Args:
        folder: of the desk.
        closing: the desk is closed now: what is left of the last part is held too, so
            that nobody else takes it before the desk is opened the next time.
    """
    held = size(folder)
    try:
        free = shutil.disk_usage(folder).free + held
    except OSError:
        return held
    wanted = WHOLE_BYTES if free >= WHOLE_BYTES * _TIMES else LAST_BYTES
    if closing:
        wanted = min(wanted, free // _BLOCK_BYTES * _BLOCK_BYTES)
    if held >= wanted or free < wanted:
        return held
    try:
        _grow(folder / NAME, wanted)
    except OSError:
        _shrink(folder, held)
    return size(folder)


def give(folder: Path) -> bool:
    """Give up the reserve for a deed, but for its last part.

    Returns:
        Whether there is more room now than before.
    """
    return _shrink(folder, LAST_BYTES)


def give_all(folder: Path) -> bool:
    """Give up the whole reserve, to open or close.

    Returns:
        Whether there is more room now than before.
    """
    return _shrink(folder, 0)


@contextlib.contextmanager
def at_hand(folder: Path) -> Iterator[None]:
    """What is done within may meet a full disk: then the reserve is given up.

    What was being done can't be done again from here; the sentence asks for it.

    Raises:
        DiskFull: with a sentence that says whether there was a reserve.
    """
    try:
        yield
    except DiskFull as error:
        raise told(error, gave=give(folder)) from error


def twice(folder: Path, deed: Callable[[], T]) -> T:
    """Do something; where the disk is full, give up the whole reserve, do it again.

    Args:
        folder: of the desk.
        deed: what may be begun anew: opening, closing, a note of who looked.

    Raises:
        DiskFull: there was no reserve, or it was not enough.
    """
    try:
        return deed()
    except DiskFull as error:
        if not give_all(folder):
            raise told(error, gave=False) from error
    return deed()


def told(error: DiskFull, *, gave: bool) -> DiskFull:
    """The sentence for a full disk, which says what became of the reserve."""
    if gave:
        advice = (
            "Everything saved before is safe. Provider Desk has just given up the "
            "room that it holds in reserve: save once more now, then make room on the "
            "disk before you go on."
        )
    else:
        advice = (
            "Everything saved before is safe, and can be looked at. Provider Desk has "
            "no room left in reserve: leave what you typed open, make room on the "
            "disk, then save once more."
        )
    return DiskFull(error.message, advice)


def _grow(path: Path, wanted: int) -> None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with open(handle, "r+b", buffering=0) as file:  # noqa: PTH123
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, wanted)
            return
        # Bytes by chance, so that no file system can hold them in less room.
        held = file.seek(0, os.SEEK_END)
        while held < wanted:
            held += file.write(os.urandom(min(_STEP, wanted - held)))


def _shrink(folder: Path, keep: int) -> bool:
    held = size(folder)
    if held <= keep:
        return False
    try:
        os.truncate(folder / NAME, keep)
    except OSError:
        return False
    return True
