"""Whether the write-ahead log that a crash left beside a store is damaged.

SQLite reads such a log up to the first frame whose checksum is wrong and forgets the
rest without a word: that is what a deed looks like that the power cut in two. Damage
in the middle looks the same to it, and loses what was saved after that place. They are
told apart here: each deed is brought to the disk before the next begins, so that only
the last can have been cut in two. Two or more deeds behind a wrong frame mean damage.

What can't be told is damage within the very last deed of the log.
Source: sqlite.org, database file format, 4 (the write-ahead log).
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from provider_desk.model import files

_HEAD, _FRAME_HEAD = 32, 24
_MAGIC = 0x377F0682
_WORD = 0xFFFFFFFF
_PAGE = 4_096
_CUT_IN_TWO = 1


def lost_commits(path: Path) -> int:
    """How many saved deeds the log beside a closed store can't give back any more.

    Half a second for the longest log; nothing at all after a clean close.

    Args:
        path: of the store; no process may have it open.

    Raises:
        ReadOnly, Trouble: the log can't be read.
    """
    beside = path.with_name(f"{path.name}-wal")
    try:
        if not beside.exists():
            return 0
        with beside.open("rb") as file:
            commits = list(_commits(file))
    except OSError as error:
        raise files.in_words(error, beside) from error
    lost = commits.count(False)
    return lost if lost > _CUT_IN_TWO else 0


def _commits(file: IO[bytes]) -> Iterator[bool]:
    """For each deed of the log, in order, whether SQLite will read it."""
    head = file.read(_HEAD)
    if len(head) < _HEAD:
        return
    magic, _version, _size, _number, *salts = struct.unpack(">6I", head[:24])
    order = ">" if magic & 1 else "<"
    sums = _summed(head[:24], (0, 0), order)
    sound = magic | 1 == _MAGIC | 1 and sums == struct.unpack(">2I", head[24:])
    while len(frame := file.read(_FRAME_HEAD + _PAGE)) == _FRAME_HEAD + _PAGE:
        page, size, *mark, one, two = struct.unpack(">6I", frame[:_FRAME_HEAD])
        if sound:
            sums = _summed(frame[:8] + frame[_FRAME_HEAD:], sums, order)
            sound = mark == salts and sums == (one, two) and page > 0
        elif not _alike(mark, salts):
            continue
        if size:
            yield sound


def _alike(mark: list[int], salts: list[int]) -> bool:
    """Whether a frame is of this log: its mark is the log's, but for a bit or two.

    A frame that an older log left in the file carries another mark altogether.
    """
    wrong = sum((a ^ b).bit_count() for a, b in zip(mark, salts, strict=True))
    return wrong <= 2  # noqa: PLR2004


def _summed(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = sums
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for first, second in zip(words, words, strict=True):
        one = (one + first + two) & _WORD
        two = (two + second + one) & _WORD
    return one, two
