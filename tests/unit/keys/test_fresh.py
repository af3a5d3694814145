"""The record of how new a desk is: short, and of nobody's making but the desk's."""

from collections.abc import Callable
from pathlib import Path

import pytest

from provider_desk.keys import fresh as record
from provider_desk.model.errors import Damaged

DEVICE, STORE = "d" * 16, "5" * 32


def test_the_record_fits_into_every_keyring() -> None:
    full = record.Fresh(
        STORE,
        DEVICE,
        10**9,
        10**9,
        "f" * 32,
        10**9,
        "f" * 64,
        "f" * 64,
        10**6,
        "f" * 64,
        tuple(f"{number:016x}" for number in range(30)),
    )

    text = full.text(bytes(32))

    assert len(text) <= 1_200
    assert record.read_text(text, STORE, bytes(32)).former == full.former[-8:]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"' + DEVICE, '"' + "e" * 16),
        lambda text: text[:-1] + ("0" if text[-1] != "0" else "1"),
        lambda text: text.replace(",7,", ",8,"),
        lambda _text: "",
        lambda _text: "[].",
        lambda _text: "nothing",
    ],
)
def test_a_record_that_was_changed_is_not_read(
    change: Callable[[str], str],
) -> None:
    text = record.Fresh(STORE, DEVICE, 7).text(bytes(32))
    assert record.read_text(text, STORE, bytes(32)).number == 7

    with pytest.raises(ValueError, match=r"."):
        record.read_text(change(text), STORE, bytes(32))
    with pytest.raises(ValueError, match="another"):
        record.read_text(text, "6" * 32, bytes(32))
    with pytest.raises(ValueError, match="another"):
        record.read_text(text, STORE, bytes(31))


def test_the_file_is_read_back_and_every_byte_of_it_is_watched(tmp_path: Path) -> None:
    assert record.read(tmp_path, STORE, bytes(32)) is None
    kept = record.Fresh(STORE, DEVICE, 7, former=("e" * 16,))
    record.write(tmp_path, kept, bytes(32))
    assert record.read(tmp_path, STORE, bytes(32)) == kept

    path = tmp_path / record.NAME
    sound = path.read_bytes()
    for at in range(0, len(sound), 7):
        data = bytearray(sound)
        data[at] ^= 1
        path.write_bytes(bytes(data))
        with pytest.raises(Damaged, match=r"fresh\.bin"):
            record.read(tmp_path, STORE, bytes(32))
