"""The frame of key files: damage and newer versions are told apart."""

import hashlib
from pathlib import Path

import pytest

from provider_desk.keys import framing, roster
from provider_desk.model.errors import Damaged, DeskError, FromNewerVersion, Missing


def framed(data: bytes) -> bytes:
    return data + hashlib.sha256(data).digest()


def test_a_body_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "x.bin"
    framing.write(path, framing.ROSTER, {"a": [1, "é"]})

    assert framing.read(path, framing.ROSTER) == {"a": [1, "é"]}
    assert path.read_bytes()[:4] == b"PDR\x01"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (framed(b'PDR\x01{"a":1}'), None),
        (framed(b'PDR\x02{"a":1}'), FromNewerVersion),
        (framed(b"PDR\xffanything"), FromNewerVersion),
        (framed(b'PDR\x00{"a":1}'), Damaged),
        (framed(b'PDL\x01{"a":1}'), Damaged),
        (framed(b'XDR\x01{"a":1}'), Damaged),
        (framed(b"PDR\x01[]"), Damaged),
        (framed(b"PDR\x01{"), Damaged),
        (framed(b"PD"), Damaged),
        (b'PDR\x02{"a":1}' + bytes(32), Damaged),
        (b"", Damaged),
        (bytes(5_000_000), Damaged),
    ],
)
def test_only_a_whole_file_of_this_version_is_read(
    tmp_path: Path, data: bytes, expected: type[DeskError] | None
) -> None:
    path = tmp_path / "roster.bin"
    path.write_bytes(data)

    if expected is None:
        assert framing.read(path, framing.ROSTER) == {"a": 1}
    else:
        with pytest.raises(expected, match=r"roster\.bin"):
            framing.read(path, framing.ROSTER)


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        framing.read(tmp_path / "roster.bin", framing.ROSTER)


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        ('"memory_kib":65536', '"memory_kib":1024'),
        ('"memory_kib":65536', '"memory_kib":99999999'),
        ('"passes":3', '"passes":1'),
        ('"name":"argon2id"', '"name":"pbkdf2"'),
        ('"salt":', '"sale":'),
    ],
)
def test_a_roster_that_asks_for_less_protection_is_refused(
    tmp_path: Path, changed: str, to: str
) -> None:
    slot = (
        '{"user":"u","version":1,"kdf":{"name":"argon2id","memory_kib":65536,'
        '"passes":3,"lanes":4},"salt":"00","team_secret":false,"commit":"00",'
        '"sealed":"00"}'
    )
    body = f'{{"store":"s","salt":"{"00" * 16}","slots":[{slot}]}}'
    path = tmp_path / roster.NAME
    path.write_bytes(framed(b"PDR\x01" + body.encode()))
    assert len(roster.read(tmp_path).slots) == 1

    path.write_bytes(framed(b"PDR\x01" + body.replace(changed, to).encode()))

    with pytest.raises(Damaged):
        roster.read(tmp_path)
