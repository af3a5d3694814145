"""The provider, contracts, balances, capacity and staff."""

from datetime import date

import pytest

from provider_desk.model.errors import NotAllowed, NotValid
from provider_desk.model.fields import Value
from provider_desk.services import settings
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, may, permissions_of
from tests.builders.casework import TODAY, contract_of, make_client, signed_in_as


def test_a_contract_has_areas_in_the_order_of_the_list(desk: Desk) -> None:
    values: dict[str, Value] = {"reference": "RMBC-2019", "title": "Support (invented)"}

    contract_id, changed = settings.add_contract(desk, values, ["THER", "PES_YP"])

    assert settings.contract_areas(desk, contract_id) == ["PES_YP", "THER"]
    assert changed.said == "Contract RMBC-2019 added."
    settings.change_contract(desk, contract_id, {"title": "New"}, ["PES_AD", "THER"])
    assert settings.contract_areas(desk, contract_id) == ["PES_YP", "PES_AD", "THER"]


def test_contracts_come_newest_first(desk: Desk) -> None:
    values: dict[str, Value] = {
        "reference": "B",
        "title": "B",
        "starts_on": date(2019, 4, 1),
    }
    settings.add_contract(desk, values, ["THER"])

    assert [c.reference for c in settings.contracts(desk)] == ["B", "RMBC-2016"]


def test_a_contract_without_area_or_with_a_taken_reference_is_refused(
    desk: Desk,
) -> None:
    values: dict[str, Value] = {"reference": "RMBC-2016", "title": "Twice"}

    with pytest.raises(NotValid) as told:
        settings.add_contract(desk, values, [])

    assert {each.field for each in told.value.problems} == {"area", "reference"}
    assert len(settings.contracts(desk)) == 1


def test_an_opening_balance_stands_at_the_first_of_a_month_and_once(
    desk: Desk,
) -> None:
    values: dict[str, Value] = {
        "contract_id": contract_of(desk).id,
        "area": "THER",
        "on": date(2017, 9, 1),
        "awaiting": 1,
        "waiting": 65,
        "live": 40,
    }

    with pytest.raises(NotValid, match="first day of a month"):
        settings.set_opening_balance(desk, {**values, "on": date(2017, 9, 2)})
    with pytest.raises(NotValid, match="does not cover"):
        settings.set_opening_balance(desk, {**values, "area": "PES_YP"})
    first, _ = settings.set_opening_balance(desk, values)
    again, _ = settings.set_opening_balance(desk, {**values, "waiting": 66})

    assert first == again
    held = settings.opening_balances(desk, contract_of(desk).id)
    assert [row.waiting for row in held] == [66]


def test_capacity_counts_from_its_day(desk: Desk) -> None:
    values: dict[str, Value] = {
        "contract_id": contract_of(desk).id,
        "area": "THER",
        "from_on": date(2018, 1, 1),
        "weekly_slots": 107,
    }

    settings.set_capacity(desk, values)
    settings.set_capacity(
        desk, {**values, "from_on": date(2017, 7, 1), "weekly_slots": 90}
    )

    held = settings.capacities(desk, contract_of(desk).id)
    assert [row.weekly_slots for row in held] == [90, 107]


def test_an_area_opens_and_closes_on_its_own_days(desk: Desk) -> None:
    contract_id = contract_of(desk).id
    values: dict[str, Value] = {
        "contract_id": contract_id,
        "area": "THER",
        "starts_on": date(2017, 7, 1),
        "ends_on": date(2018, 3, 31),
    }

    settings.set_area_life(desk, values)
    with pytest.raises(NotValid, match="on or after the day it opens"):
        settings.set_area_life(desk, {**values, "ends_on": date(2017, 6, 30)})
    with pytest.raises(NotValid, match="does not cover"):
        settings.set_area_life(desk, {**values, "area": "PES_YP"})
    with pytest.raises(NotValid, match="Choose an area"):
        settings.set_area_life(desk, {**values, "area": None})

    held = {each.area: each for each in settings.area_lives(desk, contract_id)}
    assert held["THER"].ends_on == date(2018, 3, 31)
    assert [each.starts_on for each in held.values()].count(None) == len(held) - 1
    settings.set_area_life(desk, {**values, "starts_on": None, "ends_on": None})
    assert settings.area_lives(desk, contract_id)[-1].ends_on is None


def test_the_provider_is_changed_in_one_place(desk: Desk) -> None:
    settings.change_provider(desk, {"name": "Renamed (invented)", "notice_hours": 48})

    assert settings.provider(desk).name == "Renamed (invented)"
    with pytest.raises(NotValid):
        settings.change_provider(desk, {"contact_every_days": 0})


def test_counts_leave_out_what_was_taken_off(desk: Desk) -> None:
    make_client(desk)

    found = settings.counts(desk).rows

    assert (found["client"], found["contract_area"], found["session"]) == (1, 2, 0)


@pytest.mark.parametrize(
    ("role", "may_change", "may_return"),
    [
        ("MANAGER", True, True),
        ("ADMINISTRATOR", False, True),
        ("CLINICAL_LEAD", False, True),
        ("COUNSELLOR", False, False),
        ("CASEWORKER", False, False),
        ("NOBODY", False, False),
    ],
)
def test_a_role_may_what_its_file_says(
    desk: Desk, role: str, *, may_change: bool, may_return: bool
) -> None:
    somebody = signed_in_as(desk, role)

    assert may(somebody, Permission.CHANGE_SETTINGS) is may_change
    assert may(somebody, Permission.MAKE_RETURN) is may_return
    assert may(somebody, Permission.READ) is (role != "NOBODY")


def test_the_manager_may_everything_but_sealed_notes() -> None:
    assert frozenset(Permission) - permissions_of("MANAGER") == {
        Permission.WRITE_SEALED,
        Permission.READ_PROCESS,
        Permission.GIVE_COUNSEL_KEY,
    }


def test_a_refusal_says_what_to_do(desk: Desk) -> None:
    counsellor = signed_in_as(desk, "COUNSELLOR")

    with pytest.raises(NotAllowed, match="Ask a manager"):
        settings.change_provider(counsellor, {"name": "Mine"})


def test_one_manager_always_stays(desk: Desk) -> None:
    with pytest.raises(NotValid, match="At least one manager"):
        settings.change_user(desk, desk.user.id, {"role": "COUNSELLOR"})
    with pytest.raises(NotValid, match="At least one manager"):
        settings.change_user(desk, desk.user.id, {"ends_on": TODAY})

    assert [user.role for user in settings.users(desk)] == ["MANAGER"]
