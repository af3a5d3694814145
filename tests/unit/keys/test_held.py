"""What opened keys do for the rest of the program."""

import pytest

from provider_desk.keys import desk_keys
from provider_desk.keys.key_pairs import is_signed
from provider_desk.model.errors import Damaged, OlderDesk
from tests.builders.keys import RealDesk, made_keys, pair_of


def test_a_signature_tells_who_signed() -> None:
    keys = made_keys("0" * 32, "device", "user", "COUNSELLOR")
    signature = keys.sign(b"opened a person")

    assert is_signed(keys.public_key(), signature, b"opened a person")
    assert keys.signers() == {"user": (keys.public_key(),)}
    assert keys.public_key() == pair_of("0" * 32, "user").public().signs


def test_nobody_is_led_to_sign_a_statement_of_the_roster() -> None:
    keys = made_keys("0" * 32, "device", "user", "MANAGER")

    with pytest.raises(ValueError, match="roster"):
        keys.sign(b'PDR\x02{"deed":"member"}')


def test_own_keys_differ_by_person_desk_and_purpose() -> None:
    found = {
        made_keys(store, "device", user, "COUNSELLOR").own_key(purpose)
        for store in ("0" * 32, "1" * 32)
        for user in ("one", "two")
        for purpose in ("drafts", "other")
    }

    assert len(found) == 8


def test_everybody_who_ever_signed_can_be_told(staffed: RealDesk) -> None:
    manager = staffed.signed_in("manager")

    assert set(manager.signers()) == {"manager", "lead", "counsellor", "worker"}
    for user in manager.signers():
        assert staffed.signed_in(user).public_key() in manager.signers()[user]


def test_the_same_or_a_newer_roster_is_not_older(staffed: RealDesk) -> None:
    keys = staffed.signed_in("manager")

    keys.refuse_older(0)
    keys.refuse_older(1, staffed.keys.ring().hashes[0])
    keys.refuse_older(keys.roster_revision, keys.roster_head)
    with pytest.raises(OlderDesk, match="older than this computer remembers"):
        keys.refuse_older(keys.roster_revision + 1)
    with pytest.raises(OlderDesk, match="another"):
        keys.refuse_older(keys.roster_revision, "0" * 64)


def test_the_roster_of_another_desk_is_not_written_to(staffed: RealDesk) -> None:
    keys = made_keys("0" * 32, "device", "manager", "MANAGER")

    with pytest.raises(Damaged):
        desk_keys.disable_user(staffed.folder, keys, "worker")
