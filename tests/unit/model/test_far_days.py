"""Days that are far away are pointed out, and stop nothing."""

from datetime import date

import pytest

from provider_desk.model.far_days import pointed_out
from provider_desk.model.records import Client, CourtDate, FollowUp
from provider_desk.model.rules import problems_of

TODAY = date(2018, 5, 1)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2018, 5, 2), ""),
        (date(2020, 12, 31), ""),
        (date(2021, 1, 1), "years ahead"),
        (date(9999, 12, 31), "years ahead"),
        (date(2008, 1, 1), ""),
        (date(2007, 12, 31), "long past"),
    ],
)
def test_a_day_is_pointed_out_where_the_year_is_most_likely_wrong(
    on: date, said: str
) -> None:
    assert said in pointed_out(CourtDate, on, TODAY)
    assert bool(pointed_out(CourtDate, on, TODAY)) == bool(said)


def test_a_likely_date_of_birth_and_no_date_are_left_alone() -> None:
    assert pointed_out(Client, date(1931, 2, 3), TODAY, "born_on") == ""
    assert pointed_out(CourtDate, None, TODAY) == ""


def test_a_record_with_such_a_day_is_saved_with_a_warning_beside_its_field() -> None:
    planned = FollowUp(client_id="0" * 32, what="ask", due_on=date(2108, 5, 1))

    (problem,) = problems_of(planned, {}, TODAY)

    assert (problem.field, problem.severity) == ("due_on", "warn")
