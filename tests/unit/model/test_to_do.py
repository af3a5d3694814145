"""The order in which each role is told what there is to do."""

import pytest

from provider_desk.model import resources
from provider_desk.model.choices import choices
from provider_desk.model.to_do import IN_SHORT, ToDoKind, order_for


@pytest.mark.parametrize("role", list(choices("role").by_code))
def test_every_role_is_told_everything_once_and_an_urgent_risk_first(role: str) -> None:
    order = order_for(role)

    assert sorted(order) == sorted(ToDoKind)
    assert order[0] is ToDoKind.RISK_URGENT


def test_only_roles_that_there_are_have_an_order_of_their_own() -> None:
    assert resources.read_toml("today.toml").keys() <= choices("role").by_code.keys()


def test_who_registers_referrals_is_told_of_decisions_before_contacts() -> None:
    order = order_for("ADMINISTRATOR")

    assert order.index(ToDoKind.DECISION_DUE) < order.index(ToDoKind.CONTACT_DUE)


def test_a_caseworker_is_told_of_verdicts_and_courts_before_the_work_on_paper() -> None:
    order = order_for("CASEWORKER")

    assert order.index(ToDoKind.FOLLOW_UP) < order.index(ToDoKind.EXIT_MISSING)
    assert order.index(ToDoKind.COURT_SOON) < order.index(ToDoKind.EXIT_MISSING)


def test_every_kind_is_said_in_short() -> None:
    assert IN_SHORT.keys() == set(ToDoKind)
