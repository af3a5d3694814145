"""Days that are far away are pointed out, and stop nothing."""

from datetime import date

import pytest

from provider_desk.model.far_days import far_session, nobody_books, pointed_out
from provider_desk.model.records import Client, CourtDate, FollowUp, Referral
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


def test_of_a_referral_the_years_that_are_over_are_told() -> None:
    said = pointed_out(Referral, date(2008, 12, 1), TODAY, "received_on")

    assert "is 9 years ago" in said


@pytest.mark.parametrize(
    ("on", "said", "refused"),
    [
        (date(2019, 5, 2), "", ""),
        (date(2019, 5, 3), "more than a year ahead", ""),
        (date(2017, 4, 30), "", ""),
        (date(2017, 4, 29), "more than a year ago", ""),
        (date(2023, 12, 31), "more than a year ahead", ""),
        (date(2024, 1, 1), "more than a year ahead", "more than 5 years ahead"),
    ],
)
def test_a_session_is_near_for_a_year_and_booked_for_five(
    on: date, said: str, refused: str
) -> None:
    assert said in far_session(on, TODAY)
    assert bool(far_session(on, TODAY)) == bool(said)
    assert refused in nobody_books(on, TODAY)
    assert bool(nobody_books(on, TODAY)) == bool(refused)
