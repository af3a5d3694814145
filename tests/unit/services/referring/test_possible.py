"""Who may be on the desk twice: as one types, and as a list of pairs."""

from datetime import date

import pytest

from provider_desk.model.errors import Cancelled
from provider_desk.model.fields import Value
from provider_desk.services.casework import duplicates
from provider_desk.services.casework.referring import one_person
from provider_desk.services.casework.referring.possible import possible_duplicates
from provider_desk.services.desk import Desk
from tests.builders.casework import make_client

BORN = date(1985, 3, 2)


@pytest.mark.parametrize(
    "typed",
    [
        {"known_as": "Zedda", "born_on": BORN},
        {"given_names": "Zed", "family_name": "Invented"},
        {"known_as": "Zed", "family_name": "Invented"},
        {"given_names": "Zed", "previous_names": "Invented"},
        {"known_as": "zed"},
        {"mobile": "+44 7700 900111"},
        {"landline": "07700-900111"},
        {"email": "Zed@example.org"},
    ],
)
def test_somebody_alike_is_found_as_one_types(
    desk: Desk, typed: dict[str, Value]
) -> None:
    client_id = make_client(
        desk,
        known_as="Zed",
        family_name="Invented",
        mobile="07700 900111",
        email="zed@example.org",
    )
    make_client(desk, known_as="Quite", family_name="Other", born_on=date(1990, 1, 1))

    found = duplicates.likely_duplicates(desk, typed)

    assert [row.client_id for row in found] == [client_id]
    assert duplicates.like_somebody(desk, client_id) == []


def pairs(desk: Desk) -> list[tuple[str, str, str]]:
    found = possible_duplicates(desk)
    return [(each.first_name, each.second_name, each.why) for each in found]


def test_pairs_are_told_with_what_is_the_same(desk: Desk) -> None:
    make_client(desk, known_as="Ada", mobile="07700 900111")
    make_client(desk, known_as="Adabel", mobile="07700 900111")
    make_client(
        desk, known_as="Bo", email="b@example.org", born_on=None, birth_year=1985
    )
    make_client(desk, known_as="Bea", email="B@example.org")
    make_client(desk, known_as="Cy", mobile="07700 900111", born_on=date(1990, 1, 1))

    assert pairs(desk) == [
        (
            "Ada",
            "Adabel",
            "date of birth, name alike; telephone",
        ),
        ("Bo", "Bea", "email"),
    ]


def test_who_was_said_to_be_two_people_or_taken_apart_is_no_pair(desk: Desk) -> None:
    first, second = (make_client(desk, known_as=n) for n in ("Ada", "Adabel"))
    third = make_client(desk, known_as="Adam")
    assert len(pairs(desk)) == 3

    mark, _ = one_person.different_people(desk, first, second)
    assert len(pairs(desk)) == 2
    merge_id, _ = one_person.put_together(desk, first, third)
    assert len(pairs(desk)) == 0
    one_person.take_apart(desk, merge_id, "two people")
    assert [(a, b) for a, b, _ in pairs(desk)] == [("Adabel", "Adam")]
    one_person.take_back_different(desk, mark, "a mistake")
    assert len(pairs(desk)) == 2


def test_a_name_that_many_share_tells_nobody_apart(desk: Desk) -> None:
    for _ in range(9):
        make_client(desk, known_as="Same", family_name="Name")

    assert pairs(desk) == []


def test_comparing_tells_how_far_it_is_and_can_be_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provider_desk.services.casework.referring.possible._STEP", 1)
    make_client(desk)
    told: list[tuple[int, int]] = []

    possible_duplicates(desk, lambda done, of: told.append((done, of)))

    assert told == [(1, 1)]
    with pytest.raises(Cancelled):
        possible_duplicates(desk, cancelled=lambda: True)
