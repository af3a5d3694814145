"""A nil month is confirmed by a person, and only where nothing happened."""

from datetime import date

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError, NotFound
from provider_desk.model.months import Month
from provider_desk.model.records import NilChecked
from provider_desk.services import monthly_return
from provider_desk.services.desk import Desk
from provider_desk.services.returning.nil import confirm_nil, take_back_nil
from provider_desk.services.returning.standing import standing
from provider_desk.store.records import find
from tests.builders.casework import contract_of, make_referral

APRIL = Month(2018, 4)


def confirmed(desk: Desk) -> list[NilChecked]:
    with desk.store.reading() as rows:
        return find(rows, NilChecked)


def nil_areas(desk: Desk) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = standing(desk, contract_of(desk).id, APRIL)
    return found.nil_areas, found.nil_confirmed


def test_a_quiet_month_is_confirmed_area_by_area(desk: Desk) -> None:
    contract = contract_of(desk).id
    assert nil_areas(desk) == (("PES_AD", "THER"), ())

    done = confirm_nil(desk, contract, "THER", APRIL)

    assert done.said.endswith("April 2018: nil, checked.")
    assert nil_areas(desk) == (("PES_AD", "THER"), ("THER",))


def test_the_internal_copy_says_nil_checked_and_the_council_is_not_told(
    desk: Desk,
) -> None:
    contract = contract_of(desk).id
    confirm_nil(desk, contract, "THER", APRIL)

    notes = {
        copy: monthly_return.prepare(desk, contract, APRIL, copy).notes
        for copy in ("internal", "council")
    }

    said = [note for note in notes["internal"] if note.endswith("nil, checked.")]
    assert len(said) == 1
    assert not [note for note in notes["council"] if "nil" in note]


def test_saying_it_twice_says_it_once(desk: Desk) -> None:
    for _ in range(2):
        confirm_nil(desk, contract_of(desk).id, "THER", APRIL)

    assert len(confirmed(desk)) == 1


def test_a_month_in_which_something_happened_is_not_nil(desk: Desk) -> None:
    make_referral(desk, received_on=date(2018, 4, 9))

    with pytest.raises(DeskError, match="so it is not nil"):
        confirm_nil(desk, contract_of(desk).id, "THER", APRIL)
    assert confirmed(desk) == []


def test_a_record_that_appears_later_makes_the_confirmation_void(desk: Desk) -> None:
    confirm_nil(desk, contract_of(desk).id, "THER", APRIL)
    make_referral(desk, received_on=date(2018, 4, 9))

    assert nil_areas(desk) == (("PES_AD",), ())


def test_a_confirmation_is_taken_back(desk: Desk) -> None:
    contract = contract_of(desk).id
    confirm_nil(desk, contract, "THER", APRIL)

    take_back_nil(desk, contract, "THER", APRIL)

    assert confirmed(desk) == []
    with pytest.raises(NotFound):
        take_back_nil(desk, contract, "THER", APRIL)


def test_a_month_that_is_not_over_is_not_nil_yet(desk: Desk, clock: FixedClock) -> None:
    clock.ms = FixedClock.on(date(2018, 4, 30)).ms

    with pytest.raises(DeskError, match="not over yet"):
        confirm_nil(desk, contract_of(desk).id, "THER", APRIL)


def test_an_area_outside_the_contract_has_nothing_to_confirm(desk: Desk) -> None:
    with pytest.raises(DeskError, match="does not name"):
        confirm_nil(desk, contract_of(desk).id, "PES_YP", APRIL)
