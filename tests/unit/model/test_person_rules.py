"""How old somebody is, and was when referred: what is odd, and what can't be."""

from datetime import date

import pytest

from provider_desk.model.person_rules import age_at_referral
from provider_desk.model.records import Client, Referral
from provider_desk.model.rules import problems_of

TODAY = date(2018, 5, 1)


def referral(received: date, **values: date | str) -> Referral:
    return Referral(
        client_id="c" * 32,
        contract_id="d" * 32,
        area="THER",
        received_on=received,
        **values,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(1985, 3, 2), ""),
        (date(2013, 5, 1), ""),
        (date(2013, 5, 2), "is 4 now"),
        (date(1917, 5, 2), ""),
        (date(1917, 5, 1), "is 101 now"),
    ],
)
def test_a_date_of_birth_that_is_hardly_true_is_pointed_out(
    born: date, said: str
) -> None:
    found = problems_of(Client(code="I-1", known_as="A", born_on=born), {}, TODAY)

    assert [(p.field, p.severity) for p in found] == [("born_on", "warn")] * bool(said)
    assert all(said in problem.text for problem in found)


def test_a_year_of_birth_to_come_stops_and_one_that_differs_is_pointed_out() -> None:
    ahead = Client(code="I-1", known_as="A", birth_year=2019)
    differs = Client(
        code="I-1", known_as="A", born_on=date(1985, 3, 2), birth_year=1986
    )

    (first,) = problems_of(ahead, {}, TODAY)
    (second,) = problems_of(differs, {}, TODAY)

    assert (first.field, first.severity) == ("birth_year", "stop")
    assert (second.field, second.severity) == ("birth_year", "warn")


@pytest.mark.parametrize(
    ("born", "received", "said"),
    [
        (date(1985, 3, 2), date(1985, 3, 1), "before the person was born"),
        (date(1985, 3, 2), date(1985, 3, 2), ""),
        (date(1907, 5, 1), date(2018, 4, 30), ""),
        (date(1907, 5, 1), date(2018, 5, 1), "would have been 111"),
        (None, date(2018, 5, 1), ""),
    ],
)
def test_nobody_is_referred_before_birth_or_older_than_anybody_gets(
    born: date | None, received: date, said: str
) -> None:
    told = age_at_referral(born, received)

    assert said in told
    assert bool(told) == bool(said)


def test_such_an_age_stops_the_referral_beside_its_day() -> None:
    client = Client(code="I-1", known_as="A", born_on=date(1907, 5, 1))

    found = problems_of(referral(TODAY), {"client": client}, TODAY)

    assert [(p.field, p.severity) for p in found] == [("received_on", "stop")]


def test_what_was_sent_to_the_hub_before_it_came_is_pointed_out() -> None:
    sent = referral(TODAY, hub_status="SENT", hub_sent_on=date(2018, 4, 30))

    found = problems_of(sent, {}, TODAY)

    assert [(p.field, p.severity) for p in found] == [("hub_sent_on", "warn")]


def test_a_referral_long_past_is_saved_with_a_warning() -> None:
    found = problems_of(referral(date(2007, 5, 1)), {}, TODAY)

    assert [(p.field, p.severity) for p in found] == [("received_on", "warn")]
