"""Looking for words in every file below a folder, in whatever form they may lie there.

As letters of one, two or four bytes, either end first; large and small; backwards; as
hexadecimal, base64 and base32 digits; in streams that zlib, gzip, bzip2 or xz packed,
wherever in a file they begin; in zip archives, which are workbooks too, and in PDFs.
"""

import base64
import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

#: Stands in every word that is typed, and nowhere else. A multiple of three and five
#: bytes, so that base64 and base32 have one inner form at each beginning.
STEM = "quokkajarlemurz"

_MOST_UNPACKED = 4_000_000
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04|BZh|\xfd7zXZ\x00")
_LONGEST_NAME = 30


def hits(folder: Path, more: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """(path, form) for every word that is found; file names count too.

    Args:
        folder: everything below it is searched.
        more: words to search for beside the stem, as letters only.
    """
    found = []
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if STEM in name.lower():
            found.append((name, "its name"))
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            found += [(name, form) for form in forms_in(data)]
            found += [(name, "a code") for word in more if word.encode() in data]
    return found


def forms_in(data: bytes) -> Iterator[str]:
    """In which forms the word stands in some bytes."""
    yield from _plain_forms(data)
    for start in _ZLIB.finditer(data):
        for unpacked in _unpacked(data, start.start()):
            yield from (f"packed, {form}" for form in _plain_forms(unpacked))


def _plain_forms(data: bytes) -> Iterator[str]:
    small = data.lower()
    for form, (word, exact) in _words().items():
        if word in (data if exact else small):
            yield form


@cache
def _words() -> dict[str, tuple[bytes, bool]]:
    """Form → the bytes to look for, and whether large and small letters differ."""
    found = {
        "letters": (STEM.encode(), False),
        "backwards": (STEM[::-1].encode(), False),
        "UTF-16": (STEM.encode("utf-16-le"), False),
        "UTF-16, big end first": (STEM.encode("utf-16-be"), False),
        "UTF-32": (STEM.encode("utf-32-le"), False),
        "hexadecimal": (STEM.encode().hex().encode(), False),
        "hexadecimal, UTF-16": (STEM.encode("utf-16-le").hex().encode(), False),
    }
    for letters in ("utf-8", "utf-16-le"):
        word = STEM.encode(letters)
        for skipped in range(3):
            inner = base64.b64encode(b"\0" * skipped + word)[4 if skipped else 0 : -4]
            found[f"base64 of {letters}, {skipped}"] = (inner, True)
        for skipped in range(5):
            inner = base64.b32encode(b"\0" * skipped + word)[8 if skipped else 0 : -8]
            found[f"base32 of {letters}, {skipped}"] = (inner, True)
    return found


def _unpacked(data: bytes, start: int) -> Iterator[bytes]:
    head = data[start : start + 2]
    if head == b"PK":
        yield from _of_zip(data, start)
        return
    makers: dict[bytes, Callable[[], Any]] = {
        b"\x1f\x8b": lambda: zlib.decompressobj(31),
        b"BZ": bz2.BZ2Decompressor,
        b"\xfd7": lzma.LZMADecompressor,
    }
    unpacker = makers.get(head, zlib.decompressobj)()
    # What begins like a stream by chance ends within a few bytes.
    try:
        first = unpacker.decompress(data[start : start + 4_096])
        more = unpacker.decompress(data[start + 4_096 :]) if not unpacker.eof else b""
        yield (first + more)[:_MOST_UNPACKED]
    except (zlib.error, OSError, EOFError, ValueError, lzma.LZMAError):
        return


def _of_zip(data: bytes, start: int) -> Iterator[bytes]:
    """The part of a zip archive that begins here."""
    name = int.from_bytes(data[start + 26 : start + 28], "little")
    more = int.from_bytes(data[start + 28 : start + 30], "little")
    begin = start + _LONGEST_NAME + name + more
    try:
        yield zlib.decompressobj(-15).decompress(data[begin:], _MOST_UNPACKED)
    except zlib.error:
        return
