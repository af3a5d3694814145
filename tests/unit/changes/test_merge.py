"""Which value shows: worked examples."""

from provider_desk.changes.hlc import Stamp, made
from provider_desk.changes.merge import (
    Cell,
    conflicts,
    heads,
    row_as_shown,
    winners,
)
from provider_desk.changes.op import Op, row_text, value_text

OFFICE, LAPTOP = "0" * 16, "f" * 16
NAME, PHONE = Cell("client", "p", "name"), Cell("client", "p", "phone")
YEAR_MS = 365 * 24 * 60 * 60 * 1000


def new(at: int, device: str = OFFICE, **values: str) -> Op:
    return Op(made(at, 0, device), "client", "p", None, row_text(values))


def put(at: int, column: str, value: str, *bases: Op, device: str = OFFICE) -> Op:
    stamps: frozenset[Stamp] = frozenset(op.hlc for op in bases)
    text = value_text(value)
    return Op(made(at, 0, device), "client", "p", column, text, stamps)


def test_a_new_row_shows_its_values() -> None:
    assert winners([new(1, name="Ann", phone="1")]) == {NAME: "Ann", PHONE: "1"}


def test_a_change_replaces_one_column_of_the_new_row() -> None:
    row = new(1, name="Ann", phone="1")

    assert winners([row, put(2, "name", "Anne", row)]) == {NAME: "Anne", PHONE: "1"}


def test_an_informed_edit_wins_against_a_clock_a_year_ahead() -> None:
    row = new(1, name="Ann")
    fast = put(YEAR_MS, "name", "Anna", row, device=LAPTOP)
    informed = put(5, "name", "Anne", fast)

    assert winners([row, fast, informed]) == {NAME: "Anne"}


def test_two_edits_that_did_not_know_of_each_other_are_a_conflict() -> None:
    row = new(1, name="Ann")
    here, there = (
        put(2, "name", "Anne", row),
        put(3, "name", "Anna", row, device=LAPTOP),
    )

    assert winners([row, here, there]) == {NAME: "Anna"}
    assert conflicts([row, here, there]) == {NAME: (there, here)}


def test_choosing_one_of_two_ends_the_conflict() -> None:
    row = new(1, name="Ann")
    here, there = put(2, "name", "Anne", row), put(3, "name", "Anna", row)
    chosen = put(4, "name", "Anne", here, there)

    assert heads([row, here, there, chosen])[NAME] == (chosen,)
    assert conflicts([row, here, there, chosen]) == {}


def test_the_same_value_twice_is_no_conflict() -> None:
    row = new(1, name="Ann")
    here, there = put(2, "name", "Anne", row), put(3, "name", "Anne", row)

    assert conflicts([row, here, there]) == {}


def test_a_row_made_twice_shows_the_later_one() -> None:
    first, second = new(1, name="Ann"), new(2, LAPTOP, name="Anne", phone="2")

    assert winners([second, first]) == {NAME: "Anne", PHONE: "2"}


def test_a_row_is_not_shown_before_its_making_is_known() -> None:
    row = new(1, name="Ann")
    change = put(2, "name", "Anne", row)

    assert row_as_shown([change]) is None
    assert row_as_shown([change, row]) == {"name": "Anne"}
