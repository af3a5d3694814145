"""Slots: what a password costs to guess, and what it opens."""

import pytest

from provider_desk.keys import slots
from provider_desk.keys.boxes import Broken, OtherKey
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.slots import (
    FLOOR,
    MOST,
    Cost,
    Login,
    Secrets,
    Slot,
    plain,
    same_name,
    stretched,
)

TEAM = bytes(range(32))
HELD = Secrets(KeyPair.fresh(), 7, "ab" * 32)
PASSWORD = "quiet harbour lemon bicycle"


@pytest.fixture(scope="module")
def slot() -> Slot:
    return slots.made(
        "store", "user", 3, Login("Jo Invented", PASSWORD, TEAM), HELD, FLOOR
    )


def test_password_and_team_secret_open_what_lies_in_it(slot: Slot) -> None:
    found = slots.opened("store", slot, PASSWORD, TEAM)

    assert found.pair.public() == HELD.pair.public()
    assert (found.revision, found.head) == (7, "ab" * 32)


@pytest.mark.parametrize(
    ("store", "password", "team"),
    [
        ("store", "another", TEAM),
        ("store", PASSWORD, bytes(32)),
        ("other", PASSWORD, TEAM),
    ],
)
def test_nothing_less_than_both_opens_it(
    slot: Slot, store: str, password: str, team: bytes
) -> None:
    with pytest.raises(OtherKey):
        slots.opened(store, slot, password, team)


def test_the_name_needs_the_team_secret_alone(slot: Slot) -> None:
    assert slots.name_in("store", slot, TEAM) == "Jo Invented"
    with pytest.raises(Broken):
        slots.name_in("store", slot, bytes(32))


def test_a_slot_tells_nothing_of_its_owner(slot: Slot) -> None:
    told = str(slot.told())
    assert "Jo" not in told
    assert "Jo" not in repr(slot)
    longer = slots.made(
        "store", "user", 3, Login("J" * 60, PASSWORD, TEAM), HELD, FLOOR
    )
    assert len(longer.name.sealed) == len(slot.name.sealed)


def test_a_slot_is_read_as_it_was_told(slot: Slot) -> None:
    assert Slot.read(slot.told()) == slot


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("memory_kib", 1024),
        ("memory_kib", FLOOR.memory_kib - 1),
        ("memory_kib", 99_999_999),
        ("passes", 1),
        ("lanes", 1),
        ("name", "pbkdf2"),
    ],
)
def test_a_slot_that_asks_for_less_protection_is_refused(
    slot: Slot, key: str, value: object
) -> None:
    told = slot.told()
    told["kdf"][key] = value

    with pytest.raises(ValueError, match="not allowed"):
        Slot.read(told)


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
    assert same_name("  jo   INVENTED ", "Jo Invented")
    assert not same_name("Jo", "Joe")
