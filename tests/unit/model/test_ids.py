"""Identifiers."""

from provider_desk.model.ids import derived_id, new_id


def test_ids_are_random() -> None:
    assert len({new_id() for _ in range(100)}) == 100


def test_the_same_words_give_the_same_id_on_the_same_desk_only() -> None:
    first = derived_id("desk", "referral", "R-1")

    assert first == derived_id("desk", "referral", "R-1")
    assert first != derived_id("other desk", "referral", "R-1")
    assert first != derived_id("desk", "referralR", "-1")
    assert len(first) == 32
