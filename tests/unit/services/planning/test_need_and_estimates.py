"""Needs analyses and estimates are kept, checked, compared, and can be taken back."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from provider_desk.model.errors import NotAllowed, NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.services.desk import Desk
from provider_desk.services.planning import estimates, needs
from provider_desk.services.returning import months
from tests.builders.casework import contract_of, make_referral, signed_in_as


def estimate(desk: Desk, **values: Value) -> Mapping[str, Value]:
    """An estimate for the first half of 2018."""
    return {
        "contract_id": contract_of(desk).id,
        "area": "THER",
        "from_on": date(2018, 1, 1),
        "until_on": date(2018, 6, 30),
        "people": 12,
        **values,
    }


def test_the_published_analysis_can_be_kept_and_changed(desk: Desk) -> None:
    new_id, changed = needs.add_need_model(desk, needs.published())
    needs.change_need_model(desk, new_id, {"therapy_percent": 40})

    (held,) = needs.need_models(desk)

    assert changed.warnings == ()
    assert (held.made_on, held.therapy_percent) == (desk.today(), 40)
    assert needs.worked_out(held).years[0].printed_therapy == 204


def test_an_analysis_taken_off_the_desk_can_be_put_back(desk: Desk) -> None:
    new_id, _ = needs.add_need_model(desk, needs.published())

    needs.take_back_need_model(desk, new_id)
    assert needs.need_models(desk) == []
    needs.put_back_need_model(desk, new_id)

    assert [each.id for each in needs.need_models(desk)] == [new_id]
    with pytest.raises(NotFound):
        needs.put_back_need_model(desk, new_id)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"legacy_shares": "30; 20"}, "legacy_shares"),
        ({"new_people": "many"}, "new_people"),
        ({"new_shares": "30,,20"}, "new_shares"),
        ({"printed": "480, 30; 510; 155\nabout 320"}, "printed"),
    ],
)
def test_what_is_no_number_says_so_beside_its_field(
    desk: Desk, values: dict[str, Value], field: str
) -> None:
    with pytest.raises(NotValid) as refused:
        needs.add_need_model(desk, {**needs.published(), **values})

    assert [problem.field for problem in refused.value.problems] == [field]


def test_more_than_everybody_is_kept_with_a_warning(desk: Desk) -> None:
    _, changed = needs.add_need_model(
        desk, {**needs.published(), "excluded_percent": 40}
    )

    assert [w.field for w in changed.warnings] == ["legacy_shares"]


def test_months_that_are_over_are_compared_and_no_others(desk: Desk) -> None:
    estimates.add_estimate(desk, estimate(desk))
    for month in (1, 1, 2, 4, 5):
        make_referral(desk, received_on=date(2018, month, 1))

    (area,) = estimates.compared(desk, contract_of(desk).id)

    assert area.found is not None
    # Of six months of the estimate, January to April are over.
    assert area.found.actual == 4
    assert area.found.expected == 8
    assert area.found.more == Fraction(-50)


def test_a_month_not_submitted_is_left_out_and_named(desk: Desk) -> None:
    estimates.add_estimate(desk, estimate(desk))
    months.mark_not_submitted(
        desk, contract_of(desk).id, Month(2018, 2), "No paper was kept."
    )

    (area,) = estimates.compared(desk, contract_of(desk).id)

    assert area.found is not None
    assert area.found.expected == 6
    assert area.found.not_submitted == (Month(2018, 2),)


def test_estimates_to_come_are_compared_with_nothing(desk: Desk) -> None:
    later = estimate(desk, from_on=date(2018, 6, 1))
    estimates.add_estimate(desk, later)

    (area,) = estimates.compared(desk, contract_of(desk).id)

    assert area.found is None
    assert len(area.estimates) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"from_on": date(2018, 1, 2)}, "from_on"),
        ({"until_on": date(2018, 6, 29)}, "until_on"),
        ({"until_on": date(2017, 12, 31)}, "until_on"),
    ],
)
def test_an_estimate_is_of_whole_months(
    desk: Desk, values: dict[str, Value], field: str
) -> None:
    with pytest.raises(NotValid) as refused:
        estimates.add_estimate(desk, estimate(desk, **values))

    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_month_is_estimated_once(desk: Desk) -> None:
    new_id, _ = estimates.add_estimate(desk, estimate(desk))
    other = estimate(desk, from_on=date(2018, 6, 1), until_on=date(2018, 8, 31))

    with pytest.raises(NotValid, match=r"already"):
        estimates.add_estimate(desk, other)
    estimates.add_estimate(desk, {**other, "area": "PES_AD"})
    estimates.change_estimate(desk, new_id, {"people": 18})
    estimates.take_back_estimate(desk, new_id)
    estimates.add_estimate(desk, other)

    with pytest.raises(NotValid, match=r"already"):
        estimates.put_back_estimate(desk, new_id)
    held = estimates.compared(desk, contract_of(desk).id)
    assert {each.area: len(each.estimates) for each in held} == {
        "PES_AD": 1,
        "THER": 1,
    }


def test_an_estimate_taken_off_the_desk_can_be_put_back(desk: Desk) -> None:
    new_id, _ = estimates.add_estimate(desk, estimate(desk))

    estimates.take_back_estimate(desk, new_id)
    assert estimates.compared(desk, contract_of(desk).id) == []
    estimates.put_back_estimate(desk, new_id)

    assert len(estimates.compared(desk, contract_of(desk).id)) == 1


@pytest.mark.parametrize("role", ["CASEWORKER", "COUNSELLOR", "TRUSTEE"])
def test_who_does_not_plan_sees_none_of_it(desk: Desk, role: str) -> None:
    other = signed_in_as(desk, role)

    with pytest.raises(NotAllowed):
        needs.need_models(other)
    with pytest.raises(NotAllowed):
        estimates.compared(other, contract_of(desk).id)
