"""Forecasts are kept as they were said, and scored once their month is over."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.services.desk import Desk
from provider_desk.services.planning import forecasts
from provider_desk.services.returning import months
from tests.builders.casework import contract_of, make_referral


def later(desk: Desk, day: date) -> Desk:
    """The same desk on another day."""
    return replace(desk, clock=FixedClock.on(day))


def with_referrals(desk: Desk) -> Desk:
    """Two referrals in each of six months."""
    for month in range(11, 17):
        year, number = divmod(month - 1, 12)
        for day in (5, 6):
            make_referral(desk, received_on=date(2017 + year, number + 1, day))
    return desk


def own(desk: Desk, **values: Value) -> dict[str, Value]:
    """A forecast that somebody made."""
    return {
        "contract_id": contract_of(desk).id,
        "area": "THER",
        "figure": "REFERRALS",
        "month": "2018-06",
        "low": 1,
        "expected": 3,
        "high": 5,
        "method": "A guess.",
        **values,
    }


def test_only_months_that_have_not_begun_are_forecast(desk: Desk) -> None:
    contract = contract_of(desk).id

    found = forecasts.ahead_of(with_referrals(desk), contract, 2)

    assert {each.month for each in found} == {Month(2018, 6), Month(2018, 7)}
    said = next(e.said for e in found if (e.area, e.figure) == ("THER", "REFERRALS"))
    assert said is not None
    assert said.expected == 1


@pytest.mark.parametrize("month", ["2018-04", "2018-05", "soon"])
def test_a_month_that_has_begun_cannot_be_forecast(desk: Desk, month: str) -> None:
    with pytest.raises(NotValid) as refused:
        forecasts.add_forecast(desk, own(desk, month=month))

    assert [problem.field for problem in refused.value.problems] == ["month"]


def test_the_middle_lies_between_the_ends(desk: Desk) -> None:
    with pytest.raises(NotValid) as refused:
        forecasts.add_forecast(desk, own(desk, expected=9))

    assert [problem.field for problem in refused.value.problems] == ["expected"]


def test_what_is_kept_is_kept_once_a_day_and_without_the_sum(desk: Desk) -> None:
    contract = contract_of(with_referrals(desk)).id

    ids, changed = forecasts.keep_forecasts(desk, contract, 1)

    # Two areas, three figures.
    assert len(ids.split()) == 6
    assert changed.said == "6 forecasts kept."
    held = forecasts.forecasts(desk, contract)
    assert {each.forecast.area for each in held.kept} == {"THER", "PES_AD"}
    assert {each.state for each in held.kept} == {forecasts.TO_COME}
    assert held.scores == {}
    with pytest.raises(DeskError, match="nothing new"):
        forecasts.keep_forecasts(desk, contract, 1)
    assert len(forecasts.keep_forecasts(desk, contract, 2)[0].split()) == 6


def test_nothing_is_kept_of_what_is_not_known(desk: Desk) -> None:
    contract = contract_of(desk).id
    provider = desk.provider()
    with desk.store.writing("records begin") as deed:
        deed.change(type(provider), provider.id, {"records_begin_on": date(2018, 4, 1)})

    assert all(e.said is None for e in forecasts.ahead_of(desk, contract, 1))
    with pytest.raises(DeskError, match="nothing new"):
        forecasts.keep_forecasts(desk, contract, 1)


def test_of_a_contract_without_any_record_nothing_is_said(desk: Desk) -> None:
    contract = contract_of(desk).id

    assert all(e.said is None for e in forecasts.ahead_of(desk, contract, 3))
    with pytest.raises(DeskError, match="nothing new"):
        forecasts.keep_forecasts(desk, contract, 3)


def test_forecasts_are_scored_once_their_month_is_over(desk: Desk) -> None:
    contract = contract_of(desk).id
    forecasts.add_forecast(desk, own(desk))
    forecasts.add_forecast(desk, own(desk, month="2018-07"))
    july = later(desk, date(2018, 8, 2))
    for day in (3, 8, 9, 20, 21, 22):
        make_referral(july, received_on=date(2018, 6, day))
    make_referral(july, received_on=date(2018, 7, 2))

    found = forecasts.forecasts(july, contract)

    by_month = {each.forecast.month: each.outcome for each in found.kept}
    june, july_out = by_month["2018-06"], by_month["2018-07"]
    assert june is not None
    assert july_out is not None
    assert (june.actual, june.inside, june.off) == (6, False, 3)
    assert (july_out.actual, july_out.inside, july_out.off) == (1, True, -2)
    score = found.scores["REFERRALS"]
    assert (score.count, score.inside) == (2, 1)
    assert (score.error, score.bias) == (Fraction("2.5"), Fraction("0.5"))


def test_a_month_not_submitted_is_scored_by_nobody(desk: Desk) -> None:
    contract = contract_of(desk).id
    forecasts.add_forecast(desk, own(desk))
    july = later(desk, date(2018, 7, 2))
    months.mark_not_submitted(july, contract, Month(2018, 6), "No paper was kept.")

    found = forecasts.forecasts(july, contract)

    assert [(each.outcome, each.state) for each in found.kept] == [
        (None, "not submitted")
    ]
    assert found.scores == {}


def test_a_forecast_kept_by_mistake_is_taken_back_with_a_reason(desk: Desk) -> None:
    contract = contract_of(desk).id
    new_id, _ = forecasts.add_forecast(desk, own(desk))

    with pytest.raises(NotValid):
        forecasts.take_back_forecasts(desk, [new_id], "  ")
    forecasts.take_back_forecasts(desk, [new_id], "Typed for the wrong area.")

    assert forecasts.forecasts(desk, contract).kept == ()
