"""The files of a return get into a folder all together, or none is replaced."""

from pathlib import Path

import pytest

from provider_desk.model.errors import Trouble
from provider_desk.services.returning.writing import put


def test_files_that_were_there_are_replaced_together(tmp_path: Path) -> None:
    (tmp_path / "return.csv").write_bytes(b"old")

    paths = put(tmp_path, "return", [("csv", b"new"), ("json", b"{}")])

    assert [path.read_bytes() for path in paths] == [b"new", b"{}"]
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_a_file_that_the_disk_refuses_leaves_the_others_as_they_were(
    tmp_path: Path,
) -> None:
    (tmp_path / "return.csv").write_bytes(b"old")

    with pytest.raises(Trouble):
        put(tmp_path, "return", [("csv", b"new"), ("x" * 240, b"refused")])

    assert [path.name for path in tmp_path.iterdir()] == ["return.csv"]
    assert (tmp_path / "return.csv").read_bytes() == b"old"
