"""Sealing under a secret for one purpose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.keys.boxes import (
    Box,
    Broken,
    OtherKey,
    commitment,
    derived,
    seal,
    unseal,
)

SECRET, SALT = bytes(range(32)), bytes(16)


def sealed(data: bytes = b"for the desk") -> Box:
    return seal(SECRET, data, salt=SALT, info="pd1/test", about=b"head")


def opened(box: Box, secret: bytes = SECRET, info: str = "pd1/test") -> bytes:
    return unseal(secret, box, salt=SALT, info=info, about=b"head")


@given(data=st.binary(max_size=200))
def test_what_was_sealed_is_opened_by_the_same_secret(data: bytes) -> None:
    assert opened(sealed(data)) == data


def test_another_secret_is_told_from_damage() -> None:
    with pytest.raises(OtherKey):
        opened(sealed(), secret=bytes(32))


def test_another_purpose_gives_another_key() -> None:
    with pytest.raises(OtherKey):
        opened(sealed(), info="pd1/other")


def test_what_it_is_about_can_not_be_changed() -> None:
    with pytest.raises(Broken):
        unseal(SECRET, sealed(), salt=SALT, info="pd1/test", about=b"tail")


@given(at=st.integers(0, 39), bit=st.integers(0, 7))
def test_a_flipped_bit_is_told_from_another_secret(at: int, bit: int) -> None:
    box = sealed()
    data = bytearray(box.sealed)
    data[at] ^= 1 << bit
    with pytest.raises(Broken):
        opened(Box(box.commit, bytes(data)))


@given(length=st.integers(0, 39))
def test_a_box_cut_short_is_damaged(length: int) -> None:
    box = sealed()
    with pytest.raises(Broken):
        opened(Box(box.commit, box.sealed[:length]))


def test_no_two_seals_are_alike() -> None:
    assert sealed().sealed != sealed().sealed


def test_a_box_is_read_as_it_was_told() -> None:
    box = sealed()
    assert Box.read(box.told()) == box


def test_a_commitment_tells_secrets_apart_and_is_no_key() -> None:
    first = commitment(SECRET, salt=SALT, info="x")
    assert first == commitment(SECRET, salt=SALT, info="x")
    assert first != commitment(bytes(32), salt=SALT, info="x")
    assert first != derived(SECRET, salt=SALT, info="x")


def test_the_derivation_is_hkdf_of_sha_256() -> None:
    """Known answer, so that no later version derives another key."""
    found = derived(SECRET, salt=SALT, info="pd1/test")

    assert found.hex() == (
        "d5f48a90e601afc8efdc094118a575e201fb7f786df1c882e4a41097d9eb4dd9"
    )
