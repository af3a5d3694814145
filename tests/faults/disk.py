"""A disk that forgets: what may stand on it after the power was cut at a moment.

A call of sync brings to the disk what was written to that file before it began, and
the names of that folder; nothing else is sure. What is not sure may be there, not be
there, or be there in parts of 512 bytes. Names come in the order they were given, as
every file system with a journal keeps them, but without what the files hold.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.recording import Asked

SECTOR = 512

#: What may become of what was not brought to the disk.
FATES = ("drop", "keep", "tear", "mixed")


@dataclass(slots=True)
class _File:
    sure: bytearray = field(default_factory=bytearray)
    unsure: list[Asked] = field(default_factory=list)


class Disk:
    """The part of a disk below one folder, which is there and empty at first."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self._root = str(root)
        self._chance = chance
        self._now: dict[str, _File] = {}
        self._sure: dict[str, _File] = {}
        self._names: list[tuple[Asked, _File]] = []

    def stand(self, path: Path, data: bytes) -> None:
        """A file that was on the disk before."""
        file = _File(bytearray(data))
        self._now[str(path)] = self._sure[str(path)] = file

    def ask(self, asked: Asked) -> None:
        """Take one call to account."""
        inside = asked.path.startswith(f"{self._root}/")
        if asked.what == "sync":
            if inside or asked.path == self._root:
                self._sync(asked)
        elif inside and asked.what in ("make", "rename", "remove"):
            self._name(asked)
        elif inside and asked.path in self._now:
            self._now[asked.path].unsure.append(asked)
        # A folder is taken to be there with the first file in it.
        assert asked.what != "unknown", f"the disk here does not know {asked.data!r}"

    def _name(self, asked: Asked) -> None:
        if asked.what == "make" and asked.path not in self._now:
            file = self._now[asked.path] = _File()
        elif asked.what == "rename":
            file = self._now[asked.to] = self._now.pop(asked.path)
        elif asked.what == "remove" and asked.path in self._now:
            file = self._now.pop(asked.path)
        else:
            return
        self._names.append((asked, file))

    def _sync(self, asked: Asked) -> None:
        file = self._now.get(asked.path)
        if file is None:
            self._sync_names(asked)
            return
        later = []
        for each in file.unsure:
            if each.done <= asked.begun:
                _apply(file.sure, each, None)
            else:
                later.append(each)
        file.unsure = later

    def _sync_names(self, asked: Asked) -> None:
        later = []
        for call, file in self._names:
            folders = {str(Path(path).parent) for path in (call.path, call.to)}
            if asked.path in folders and call.done <= asked.begun:
                _name(self._sure, call, file)
            else:
                later.append((call, file))
        self._names = later

    def left(self, fate: str) -> Iterator[tuple[str, bytes]]:
        """The files that a cut at this moment may leave: path below the folder, data.

        Args:
            fate: one of ``FATES``; "mixed" casts lots for each write.
        """
        names = dict(self._sure)
        last = len(self._names)
        if fate == "drop":
            last = 0
        elif fate == "mixed":
            last = self._chance.randint(0, last)
        for call, file in self._names[:last]:
            _name(names, call, file)
        for path, file in names.items():
            data = bytearray(file.sure)
            for write in file.unsure:
                kept = self._chance.choice(FATES[:3]) if fate == "mixed" else fate
                if kept != "drop":
                    _apply(data, write, self._chance if kept == "tear" else None)
            yield path[len(self._root) + 1 :], bytes(data)

    def leave(self, folder: Path, fate: str) -> None:
        """Put down in a folder what ``left`` gives."""
        for name, data in self.left(fate):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _name(names: dict[str, _File], call: Asked, file: _File) -> None:
    if names.get(call.path) is file and call.what != "make":
        del names[call.path]
    if call.what != "remove":
        names[call.to or call.path] = file


def _apply(data: bytearray, asked: Asked, tear: random.Random | None) -> None:
    if asked.what == "size":
        del data[asked.at :]
    if asked.what in ("size", "room"):
        data.extend(bytes(max(0, asked.at - len(data))))
        return
    for begin, end in _pieces(asked, torn=tear is not None):
        if tear is None or tear.random() < 0.5:
            data.extend(bytes(max(0, begin - len(data))))
            piece = asked.data[begin - asked.at : end - asked.at]
            data[begin:end] = piece


def _pieces(asked: Asked, *, torn: bool) -> Iterable[tuple[int, int]]:
    end = asked.at + len(asked.data)
    if not torn:
        return [(asked.at, end)]
    edges = list(range((asked.at // SECTOR + 1) * SECTOR, end, SECTOR))
    return list(zip([asked.at, *edges], [*edges, end], strict=True))
