"""Words typed into everything are found in no file that the program leaves."""

import base64
import gzip
import io
import os
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.faults import drill_canary
from tests.faults.effort import Told
from tests.faults.leaks import STEM, hits


@pytest.mark.parametrize("how", ["killed", "closed"])
def test_nothing_that_was_done_is_readable_in_any_file(
    tmp_path: Path, how: str
) -> None:
    told = Told()
    drill_canary.type_and_search(drill_canary.SERVICES, tmp_path / "root", how, told)

    assert told.wrong == []
    assert told.counts["files searched"] > 10


@pytest.mark.skipif(os.name == "nt", reason="its standard input can't be waited for")
def test_nothing_typed_into_the_window_is_readable_in_any_file(tmp_path: Path) -> None:
    told = Told()
    window = drill_canary.WINDOW
    drill_canary.type_and_search(window, tmp_path / "root", "crashed", told)

    assert told.wrong == []
    assert told.counts["fields of the window typed into"] > 80


def _zipped(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a", "padding " * 9)
        packed.writestr("b", data)
    return made.getvalue()


FORMS = {
    "letters": STEM.upper().encode(),
    "UTF-16": STEM.encode("utf-16-le"),
    "UTF-16, big end first": STEM.encode("utf-16-be"),
    "UTF-32": STEM.encode("utf-32-le"),
    "backwards": STEM[::-1].encode(),
    "hexadecimal": STEM.encode().hex().upper().encode(),
    **{f"base64 {n}": base64.b64encode(b"x" * n + STEM.encode()) for n in range(3)},
    **{f"base32 {n}": base64.b32encode(b"x" * n + STEM.encode()) for n in range(5)},
    "base64 of UTF-16": base64.b64encode(b"x" + STEM.encode("utf-16-le") + b"y"),
    "zlib": b"before" + zlib.compress(STEM.encode() * 3) + b"behind",
    "gzip": gzip.compress(STEM.encode("utf-16-le")),
    "zip": _zipped(STEM.encode()),
}


@pytest.mark.parametrize("form", list(FORMS))
def test_the_search_finds_the_word_in_every_form(tmp_path: Path, form: str) -> None:
    (tmp_path / "file").write_bytes(b"\0\1 padding" + FORMS[form] + b"padding \xff")

    assert hits(tmp_path)


def test_the_search_finds_the_word_in_a_name(tmp_path: Path) -> None:
    (tmp_path / f"note {STEM}.txt").write_bytes(b"")

    assert hits(tmp_path) == [(f"note {STEM}.txt", "its name")]


def test_the_search_finds_nothing_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(range(256)) * 500)

    assert hits(tmp_path) == []
