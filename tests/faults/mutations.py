"""Changing bytes of a file by chance, also within the parts of a packed one."""

import io
import random
import re
import zipfile
from collections.abc import Callable

Mutation = Callable[[bytearray, random.Random], None]

_NUMBERS = (b"0", b"-1", b"1", b"65536", b"1048576", b"4294967295", b"9" * 20, b"1e999")
_WORDS = (b"\x00", b"\xff\xfe", b"<", b"]]>", b'"', b"&#0;", b"&lol;", b"\r\n", b"=1+1")


def flip(data: bytearray, chance: random.Random) -> None:
    """One bit."""
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def put(data: bytearray, chance: random.Random) -> None:
    """A byte in place of another."""
    data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))


def cut(data: bytearray, chance: random.Random) -> None:
    """A piece is missing."""
    at = chance.randrange(len(data))
    del data[at : at + chance.choice((1, 2, 40, len(data)))]


def double(data: bytearray, chance: random.Random) -> None:
    """A piece stands there twice."""
    at, size = chance.randrange(len(data)), chance.choice((1, 8, 200))
    data[at:at] = data[at : at + size]


def number(data: bytearray, chance: random.Random) -> None:
    """A number is another."""
    found = list(re.finditer(rb"\d+", data))
    if found:
        at = chance.choice(found)
        data[at.start() : at.end()] = chance.choice(_NUMBERS)


def word(data: bytearray, chance: random.Random) -> None:
    """Something that means much to a reader stands where it does not belong."""
    at = chance.randrange(len(data))
    data[at:at] = chance.choice(_WORDS)


MUTATIONS: tuple[Mutation, ...] = (flip, put, cut, double, number, word)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A file with one to four things changed; parts of a packed one as well."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _inside(data, chance)
    held = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        if held:
            chance.choice(MUTATIONS)(held, chance)
    return bytes(held)


def _inside(data: bytes, chance: random.Random) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        chosen = chance.choice(packed.namelist())
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
            for name in packed.namelist():
                part = packed.read(name)
                if name == chosen:
                    if chance.random() < 0.05:
                        continue
                    held = bytearray(part)
                    for _ in range(chance.choice((1, 2, 4))):
                        if held:
                            chance.choice(MUTATIONS)(held, chance)
                    part = bytes(held)
                made.writestr(name, part)
    return written.getvalue()
