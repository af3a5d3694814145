"""Reminders of contracts that end, and what is left of each."""

from datetime import date, timedelta

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.months import add_months
from provider_desk.model.records import Contract
from provider_desk.model.to_do import ToDoKind
from provider_desk.services import settings
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.desk import Desk
from provider_desk.services.office.contract_ends import (
    contracts_left,
    in_words,
    is_told,
)
from tests.builders.casework import TODAY, contract_of, signed_in_as

END = date(2019, 3, 31)
HELD = Contract(
    reference="R", title="T", starts_on=date(2017, 4, 1), ends_on=END
)  # fmt: skip


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2018, 9, 29), False),
        (date(2018, 9, 30), True),
        (date(2018, 10, 13), True),
        (date(2018, 10, 14), False),
        (date(2018, 12, 31), True),
        (date(2019, 1, 14), False),
        (date(2019, 2, 28), True),
        (END, True),
        (END + timedelta(92), True),
        (END + timedelta(93), False),
    ],
)
def test_it_is_told_6_3_and_1_months_before_the_end_and_after_it(
    today: date,
    told: bool,  # noqa: FBT001
) -> None:
    assert is_told(HELD, [HELD], today) is told


def test_after_the_end_nothing_is_said_where_another_goes_on() -> None:
    following = Contract(reference="N", title="T", starts_on=date(2019, 4, 1))

    assert is_told(HELD, [HELD, following], END)
    assert not is_told(HELD, [HELD, following], END + timedelta(1))


def test_today_tells_those_who_plan(desk: Desk, clock: FixedClock) -> None:
    contract = contract_of(desk)
    settings.change_contract(desk, contract.id, {"ends_on": add_months(TODAY, 3)})
    caseworker = signed_in_as(desk, "CASEWORKER", "CW")

    def told(who: Desk) -> list[str]:
        found = things_to_do(who).todos
        return [t.title for t in found if t.kind is ToDoKind.CONTRACT_ENDS]

    assert told(desk) == [f"{contract.reference}: 3 months left"]
    assert told(caseworker) == []
    assert things_to_do(desk).places["office"] == 1
    assert clock.ms


def test_the_list_begins_with_what_ends_next(desk: Desk) -> None:
    first = contract_of(desk)
    settings.change_contract(desk, first.id, {"ends_on": TODAY - timedelta(3)})
    for reference, ends_on in (("OPEN", None), ("SOON", TODAY + timedelta(40))):
        values = {"reference": reference, "title": "T", "ends_on": ends_on}
        settings.add_contract(desk, values, ["THER"])

    found = contracts_left(desk)

    assert [each.contract.reference for each in found] == [
        "SOON",
        "OPEN",
        first.reference,
    ]
    assert [each.words for each in found] == [
        "40 days left",
        "no last day",
        "ended 3 days ago",
    ]


def test_on_the_days_of_the_reminders_so_many_months_are_left() -> None:
    for end in (END, date(2019, 8, 31), date(2020, 2, 29)):
        for months in (6, 3):
            assert in_words(end, add_months(end, -months)) == f"{months} months left"


def test_what_is_left_is_said_in_the_unit_that_fits() -> None:
    ends = (TODAY + timedelta(days) for days in (-1, 0, 1, 62, 180, 800))
    said = [in_words(end, TODAY) for end in ends]

    assert said == [
        "ended 1 day ago",
        "ends today",
        "1 day left",
        "62 days left",
        "5 months left",
        "2 years left",
    ]
