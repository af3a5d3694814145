"""Sealing under a stretched password."""

import pytest

from provider_desk.keys.slots import (
    FLOOR,
    MOST,
    Box,
    Broken,
    Cost,
    OtherKey,
    plain,
    seal,
    stretched,
    unseal,
)

SECRET, SALT = bytes(range(32)), bytes(16)


def sealed() -> Box:
    return seal(SECRET, b"for the desk", salt=SALT, info="pd1/test", about=b"head")


def opened(box: Box, secret: bytes = SECRET, info: str = "pd1/test") -> bytes:
    return unseal(secret, box, salt=SALT, info=info, about=b"head")


def test_what_was_sealed_is_opened_by_the_same_secret() -> None:
    assert opened(sealed()) == b"for the desk"


def test_another_secret_is_told_from_damage() -> None:
    with pytest.raises(OtherKey):
        opened(sealed(), secret=bytes(32))


def test_another_purpose_gives_another_key() -> None:
    with pytest.raises(OtherKey):
        opened(sealed(), info="pd1/other")


def test_damage_is_told_from_another_secret() -> None:
    box = sealed()
    flipped = bytes([box.sealed[20] ^ 1])
    with pytest.raises(Broken):
        opened(Box(box.commit, box.sealed[:20] + flipped + box.sealed[21:]))


def test_a_box_cut_short_is_damaged() -> None:
    with pytest.raises(Broken):
        opened(Box(sealed().commit, b"short"))


def test_no_two_seals_are_alike() -> None:
    assert sealed().sealed != sealed().sealed


def test_the_stretching_is_argon2id_at_the_floor() -> None:
    """Known answer, so that no later version derives another key."""
    found = stretched("correct horse battery", bytes(range(16)), FLOOR)

    assert found.hex() == (
        "5995fc5ddabdb7f10fae2ad796270c269821d70b0efb8fb60262a81f1b6f0eb8"
    )


@pytest.mark.parametrize(
    "cost",
    [
        Cost(memory_kib=64 * 1024 - 1),
        Cost(passes=2),
        Cost(lanes=3),
        Cost(memory_kib=MOST.memory_kib + 1),
        Cost(passes=10_000),
        Cost(lanes=1_000),
    ],
)
def test_a_weaker_or_a_crippling_cost_is_not_allowed(cost: Cost) -> None:
    assert not cost.allowed


def test_the_floor_is_64_mebibytes_three_passes_four_lanes() -> None:
    assert (FLOOR.memory_kib, FLOOR.passes, FLOOR.lanes) == (65_536, 3, 4)
    assert FLOOR.allowed


def test_the_same_letters_typed_differently_are_the_same() -> None:
    assert plain("Zoe\u0301") == plain("Zo\u00e9")
    assert plain("\uff21") == "A"
