"""Files are written whole or not at all, and trouble is told in words."""

import errno
import os
import stat
from pathlib import Path

import pytest

from provider_desk.model import files
from provider_desk.model.errors import (
    DiskFull,
    InUse,
    Missing,
    ReadOnly,
    Trouble,
)


def test_a_file_is_written_whole_and_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "x.bin"
    files.write_whole(path, b"old")
    files.write_whole(path, b"new")

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.bin"
    files.write_whole(path, b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        files.write_whole(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        files.write_whole(tmp_path / "gone" / "x.bin", b"new")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EFBIG, DiskFull),
        (errno.EACCES, ReadOnly),
        (errno.EROFS, ReadOnly),
        (errno.ENOENT, Missing),
        (errno.EBUSY, InUse),
        (errno.EIO, Trouble),
    ],
)
def test_each_trouble_has_its_own_words(
    tmp_path: Path, code: int, expected: type[Trouble]
) -> None:
    told = files.in_words(OSError(code, "x"), tmp_path / "x.bin")

    assert type(told) is expected
    assert told.advice


def test_a_private_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    files.make_private_folder(tmp_path / "a" / "b")
    files.make_private_folder(tmp_path / "a" / "b")

    assert (tmp_path / "a" / "b").is_dir()
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")

    with pytest.raises(Trouble, match="is a file, not a folder"):
        files.make_private_folder(tmp_path / "a")
