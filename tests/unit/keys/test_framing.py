"""The frame of key files: damage, trial versions and newer versions are told apart."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.keys import framing
from provider_desk.model.errors import Damaged, DeskError, FromNewerVersion, Missing


def framed(data: bytes) -> bytes:
    return data + hashlib.sha256(data).digest()


def test_a_body_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "x.bin"
    framing.write(path, framing.ROSTER, {"a": [1, "é"]})

    assert framing.read(path, framing.ROSTER) == {"a": [1, "é"]}
    assert path.read_bytes()[:4] == b"PDR\x02"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (framed(b'PDR\x02{"a":1}'), None),
        (framed(b'PDR\x03{"a":1}'), FromNewerVersion),
        (framed(b"PDR\xffanything"), FromNewerVersion),
        (framed(b'PDR\x00{"a":1}'), Damaged),
        (framed(b'PDL\x02{"a":1}'), Damaged),
        (framed(b'XDR\x02{"a":1}'), Damaged),
        (framed(b"PDR\x02[]"), Damaged),
        (framed(b"PDR\x02{"), Damaged),
        (framed(b"PDR\x02" + b"[" * 100_000), Damaged),
        (framed(b"PD"), Damaged),
        (b'PDR\x03{"a":1}' + bytes(32), Damaged),
        (b"", Damaged),
        (bytes(17_000_000), Damaged),
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


def test_a_desk_of_a_trial_version_is_refused_in_its_own_words(tmp_path: Path) -> None:
    path = tmp_path / "roster.bin"
    path.write_bytes(framed(b'PDR\x01{"a":1}'))

    with pytest.raises(DeskError, match=r"trial version.*Make a new desk"):
        framing.read(path, framing.ROSTER)


@given(data=st.binary(max_size=300))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    with pytest.raises(DeskError):
        framing.parsed(data, Path("roster.bin"), framing.ROSTER)


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        framing.read(tmp_path / "roster.bin", framing.ROSTER)
