"""The equality questions are offered once, and again each year."""

from datetime import date

from provider_desk.model.fields import Value
from provider_desk.model.records import Client
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.store.records import get
from tests.builders.casework import TODAY, make_client, make_episode, make_referral


def offered_on(desk: Desk, client_id: str) -> date | None:
    with desk.store.reading() as rows:
        return get(rows, Client, client_id).equality_offered_on


def said(desk: Desk, client_id: str) -> list[str]:
    card = people.person(desk, client_id).part.card
    return [line.words for line in card if line.words.startswith("Equality")]


def test_an_answer_brings_the_day_of_the_offer_with_it(desk: Desk) -> None:
    client_id = make_client(desk)
    assert offered_on(desk, client_id) is None

    people.change_person(desk, client_id, {"mobile": "07700 900123"})
    assert offered_on(desk, client_id) is None

    people.change_person(desk, client_id, {"religion": "NONE"})
    assert offered_on(desk, client_id) == TODAY


def test_a_day_that_was_typed_stays(desk: Desk) -> None:
    client_id = make_client(desk)
    typed = date(2018, 3, 1)
    values: dict[str, Value] = {"religion": "NONE", "equality_offered_on": typed}

    people.change_person(desk, client_id, values)

    assert offered_on(desk, client_id) == typed


def test_somebody_in_support_is_offered_them_once_and_after_a_year(desk: Desk) -> None:
    client_id = make_client(desk)
    make_referral(desk, client_id)
    assert said(desk, client_id) == []

    in_support = make_client(desk)
    make_episode(desk, in_support)
    assert said(desk, in_support) == ["Equality questions: not offered yet"]

    people.change_person(desk, in_support, {"equality_offered_on": TODAY})
    assert said(desk, in_support) == []

    year_ago = TODAY.replace(year=TODAY.year - 1)
    people.change_person(desk, in_support, {"equality_offered_on": year_ago})
    (words,) = said(desk, in_support)
    assert words.endswith("offer them again")


def test_answers_that_were_brought_in_without_a_day_are_let_be(desk: Desk) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)
    people.change_person(desk, client_id, {"religion": "NONE"})
    people.change_person(desk, client_id, {"equality_offered_on": None})

    assert said(desk, client_id) == []
