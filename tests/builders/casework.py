"""Invented desks, people and cases for tests; nobody in them exists.

Every builder goes through the deeds, so that what it makes is what the program makes.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.model.clock import Clock, FixedClock
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Contract,
    ContractArea,
    Episode,
    Provider,
    User,
)
from provider_desk.services.casework import people, referrals, sessions, starts
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.store.store import Store
from tests.builders.keys import KEY as _KEY
from tests.builders.keys import made_keys

#: The day on which tests take place, unless they move the clock.
TODAY = date(2018, 5, 1)
#: The store's raw key.
KEY = _KEY
CONTRACT = "RMBC-2016"
_NUMBERS = count(1)


def make_desk(
    folder: Path,
    clock: Clock | None = None,
    *,
    role: str = "MANAGER",
    name: str = "Invented Counselling",
) -> Desk:
    """An open desk with one contract, its areas and a user; without a password."""
    clock = clock or FixedClock.on(TODAY)
    user = User(name="Robin Invented", role=role, initials="RI")
    contract = Contract(
        reference=CONTRACT,
        title="Support after abuse (invented)",
        starts_on=date(2016, 7, 1),
        ends_on=date(2019, 3, 31),
    )
    store = Store.create(folder, KEY, clock, "0" * 32)
    with store.writing("set up") as deed:
        deed.add(Provider(name=name, code="IC", invented="Y"))
        deed.add(user)
        deed.add(contract)
        for area in ("PES_AD", "THER"):
            deed.add(ContractArea(contract_id=contract.id, area=area))
    return Desk(store, user, clock, keys_for(store, user))


def keys_for(store: Store, user: User) -> DeskKeys:
    """Keys of somebody signed in, without a password."""
    return made_keys(store.store_id, store.device, user.id, user.role, key=KEY)


def signed_in_as(desk: Desk, role: str, initials: str = "OT") -> Desk:
    """The same desk with somebody else at it."""
    other = User(name=f"Somebody {role.title()}", role=role, initials=initials)
    with desk.store.writing("add user") as deed:
        deed.add(other)
    return Desk(desk.store, other, desk.clock, keys_for(desk.store, other))


def contract_of(desk: Desk) -> Contract:
    """The desk's first contract."""
    with desk.store.reading() as rows:
        return find(rows, Contract)[0]


def make_client(desk: Desk, **values: Value) -> str:
    """A person; returns the id."""
    given: Mapping[str, Value] = {
        "known_as": f"Invented {next(_NUMBERS)}",
        "born_on": date(1985, 3, 2),
        **values,
    }
    return people.add_person(desk, given)[0]


def make_referral(
    desk: Desk,
    client_id: str = "",
    *,
    received_on: date = date(2017, 9, 1),
    area: str = "THER",
    **values: Value,
) -> str:
    """A referral that awaits its decision; returns the id."""
    given: Mapping[str, Value] = {
        "contract_id": contract_of(desk).id,
        "area": area,
        "received_on": received_on,
        "source": "GP",
        **values,
    }
    return referrals.receive_referral(desk, client_id or make_client(desk), given)[0]


def make_waiting(
    desk: Desk,
    client_id: str = "",
    *,
    received_on: date = date(2017, 9, 1),
    accepted_on: date | None = None,
    area: str = "THER",
) -> str:
    """An accepted referral, whose person waits; returns the referral's id."""
    referral_id = make_referral(desk, client_id, received_on=received_on, area=area)
    decided: Mapping[str, Value] = {
        "decision": "ACCEPTED",
        "decided_on": accepted_on or received_on + timedelta(days=4),
    }
    referrals.decide(desk, referral_id, decided)
    return referral_id


def make_session(
    desk: Desk,
    referral_id: str,
    held_on: date,
    attendance: str = "ATT",
    **values: Value,
) -> str:
    """A session; returns the id."""
    given: Mapping[str, Value] = {
        "held_on": held_on,
        "type": "THERAPY",
        "attendance": attendance,
        "minutes": 50,
        "worker": "RI",
        **values,
    }
    return sessions.log_session(desk, referral_id, given)[0]


def make_episode(
    desk: Desk,
    client_id: str = "",
    *,
    received_on: date = date(2017, 9, 1),
    started_on: date = date(2017, 10, 3),
    area: str = "THER",
) -> tuple[str, str]:
    """A live episode after its first session; returns referral id and episode id."""
    referral_id = make_waiting(desk, client_id, received_on=received_on, area=area)
    make_session(desk, referral_id, started_on)
    return referral_id, episode_of(desk, referral_id).id


def episode_of(desk: Desk, referral_id: str) -> Episode:
    """The episode that came of a referral."""
    with desk.store.reading() as rows:
        found = starts.episode_of(rows, referral_id)
    assert found is not None
    return found
