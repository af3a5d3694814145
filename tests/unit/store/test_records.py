"""Reading records back."""

from datetime import date

import pytest

from provider_desk.model.errors import NotFound
from provider_desk.model.fields import Record
from provider_desk.model.ids import new_id
from provider_desk.model.records import (
    BY_TABLE,
    Client,
    Contract,
    Episode,
    Phase,
    Referral,
    Session,
)
from provider_desk.store.records import exists, find, get, parents_of
from provider_desk.store.store import Store

CLIENT = Client(code="G-0001", born_on=date(1990, 2, 3), birth_year=None)
CONTRACT = Contract(reference="R-1", title="Invented contract")
REFERRAL = Referral(
    client_id=CLIENT.id,
    contract_id=CONTRACT.id,
    area="THER",
    received_on=date(2018, 1, 2),
)
EPISODE = Episode(referral_id=REFERRAL.id, started_on=date(2018, 2, 1))
PHASE = Phase(episode_id=EPISODE.id, phase="CORE", started_on=date(2018, 2, 1))
SESSION = Session(
    referral_id=REFERRAL.id,
    episode_id=EPISODE.id,
    held_on=date(2018, 2, 1),
    type="THERAPY",
    minutes=50,
)
ALL: tuple[Record, ...] = (CLIENT, CONTRACT, REFERRAL, EPISODE, PHASE, SESSION)


@pytest.fixture(autouse=True)
def _filled(store: Store) -> None:
    with store.writing("set up") as deed:
        deed.add_all(ALL)


@pytest.mark.parametrize("record", ALL, ids=lambda record: type(record).__name__)
def test_a_record_is_read_back_as_it_was_saved(store: Store, record: Record) -> None:
    with store.reading() as rows:
        assert get(rows, BY_TABLE[record.TABLE], record.id) == record


def test_what_is_not_there_is_not_found(store: Store) -> None:
    with store.reading() as rows, pytest.raises(NotFound, match="person is not"):
        get(rows, Client, new_id())


def test_records_are_found_by_equal_fields_oldest_first(store: Store) -> None:
    later = [
        Session(referral_id=REFERRAL.id, held_on=date(2018, 2, day), type="THERAPY")
        for day in (9, 8)
    ]
    with store.writing("log sessions") as deed:
        deed.add_all(later)

    with store.reading() as rows:
        assert find(rows, Session, referral_id=REFERRAL.id) == [SESSION, *later]
        assert find(rows, Session, held_on=date(2018, 2, 8)) == [later[1]]
        assert find(rows, Session, episode_id=None) == later


def test_an_unknown_field_is_a_fault(store: Store) -> None:
    with store.reading() as rows, pytest.raises(ValueError, match="no field"):
        find(rows, Session, colour="red")


def test_the_ids_that_exist_are_told_from_those_that_do_not(store: Store) -> None:
    with store.writing("remove person") as deed:
        deed.retire(Client, CLIENT.id, "entered twice")

    with store.reading() as rows:
        asked = [CLIENT.id, *(new_id() for _ in range(6_000))]
        assert exists(rows, Client, asked) == {CLIENT.id}


def test_parents_are_followed_to_the_top(store: Store) -> None:
    with store.reading() as rows:
        found = parents_of(rows, SESSION)

    assert found == {
        "referral": REFERRAL,
        "episode": EPISODE,
        "client": CLIENT,
        "contract": CONTRACT,
    }


def test_grandparents_are_found_through_the_parent(store: Store) -> None:
    with store.reading() as rows:
        assert set(parents_of(rows, PHASE)) == {
            "episode",
            "referral",
            "client",
            "contract",
        }


def test_a_parent_that_is_not_there_is_left_out(store: Store) -> None:
    lost = Session(referral_id=new_id(), held_on=date(2018, 2, 1), type="THERAPY")

    with store.reading() as rows:
        assert parents_of(rows, lost) == {}
