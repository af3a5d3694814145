"""Key pairs: sealing to somebody, and signing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.keys.boxes import Broken
from provider_desk.keys.key_pairs import KeyPair, Public, is_signed, raw, seal_for

PAIR, OTHER = KeyPair.fresh(), KeyPair.fresh()
SEALED = seal_for(PAIR.public().seals, b"k" * 32, "about this")


def test_the_owner_alone_opens_what_was_sealed_to_them() -> None:
    assert PAIR.open(SEALED, "about this") == b"k" * 32
    with pytest.raises(Broken):
        OTHER.open(SEALED, "about this")


def test_what_is_sealed_opens_only_where_it_belongs() -> None:
    with pytest.raises(Broken):
        PAIR.open(SEALED, "about that")


def test_thirty_two_bytes_sealed_are_eighty() -> None:
    assert len(SEALED) == 80


@given(at=st.integers(0, 79), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused(at: int, bit: int) -> None:
    data = bytearray(SEALED)
    data[at] ^= 1 << bit
    with pytest.raises(Broken):
        PAIR.open(bytes(data), "about this")


@given(data=st.binary(max_size=100))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(Broken):
        PAIR.open(data, "about this")


def test_a_signature_holds_for_its_owner_and_its_words() -> None:
    signature = PAIR.sign(b"words")

    assert is_signed(PAIR.public().signs, signature, b"words")
    assert not is_signed(PAIR.public().signs, signature, b"word")
    assert not is_signed(OTHER.public().signs, signature, b"words")
    assert not is_signed(bytes(31), signature, b"words")


def test_a_sheet_gives_the_same_pair_each_time_and_each_sheet_another() -> None:
    code = bytes(range(20))

    assert KeyPair.of_sheet("A", code) == KeyPair.of_sheet("A", code)
    assert KeyPair.of_sheet("A", code).public() != KeyPair.of_sheet("B", code).public()
    assert (
        KeyPair.of_sheet("A", code).public().signs.hex()
        == "d048a0380ac80531b38a122408ed6f8fc81a4773ddc7b563bfc718ea5a5e0e29"
    )


def test_no_private_key_is_printed() -> None:
    assert PAIR.opens.hex() not in repr(PAIR)
    assert repr(PAIR.opens) not in repr(PAIR)


def test_public_keys_are_read_as_they_were_told() -> None:
    assert Public.read(PAIR.public().told()) == PAIR.public()
    with pytest.raises(ValueError, match="length"):
        raw("00" * 31)


@pytest.mark.parametrize("point", [0, 1, 2**255 - 20, 2**255 - 19, 2**255 - 18])
def test_a_point_that_gives_everybody_the_same_secret_is_no_key(point: int) -> None:
    told = PAIR.public().told() | {"seals": point.to_bytes(32, "little").hex()}

    with pytest.raises(ValueError, match="shared key"):
        Public.read(told)
