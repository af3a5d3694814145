"""Desks whose returns can be issued: an invented caseload, without a password."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Record
from provider_desk.model.months import Month
from provider_desk.model.records import (
    Client,
    Contract,
    ContractArea,
    Provider,
    Referral,
    User,
)
from provider_desk.services.demo.demo_caseload import Setting, demo_records
from provider_desk.services.desk import Desk
from provider_desk.services.returning import issuing
from provider_desk.services.returning.choosing import contracts
from provider_desk.services.returning.ledger import Entry
from provider_desk.store.records import find
from provider_desk.store.store import Store
from tests.builders.keys import made_keys

#: The day on which returns of these desks are made.
DAY = date(2017, 10, 3)
SEPTEMBER = Month(2017, 9)


def service_desk(
    folder: Path,
    *,
    people: int = 100,
    seed: int = 1,
    name: str = "Invented Service",
    areas: tuple[str, ...] = ("THER",),
) -> Desk:
    """A desk of an invented caseload; another name has another key.

    Args:
        folder: where it is made.
        people: how many referrals in 27 months, in all areas.
        seed: the same seed gives the same people.
        name: of the service.
        areas: those that the contract pays for; one makes a return quickly.
    """
    key = hashlib.sha256(name.encode()).digest()
    clock = FixedClock.on(DAY)
    setting = Setting(today=DAY, desk_id="0" * 32, people=people, seed=seed)
    user = User(name="Robin Invented", role="MANAGER", initials="RI")
    store = Store.create(folder, key, clock, key.hex()[:32])
    with store.writing("set up") as deed:
        deed.add(
            Provider(name=name, code="IS", invented="Y", records_begin_on=setting.begin)
        )
        deed.add(user)
        deed.add_all(_within(areas, demo_records(setting)))
    keys = made_keys(store.store_id, store.device, user.id, user.role, key=key)
    return Desk(store, user, clock, keys)


def _within(areas: tuple[str, ...], records: Iterable[Record]) -> Iterator[Record]:
    """The records of some areas, and what hangs on them."""
    left_out: set[str] = set()
    for record in records:
        values = record.values()
        outside = values.get("area", areas[0]) not in areas
        if outside or left_out & {str(value) for value in values.values()}:
            left_out.add(record.id)
        else:
            yield record


def contract_id(desk: Desk) -> str:
    """Of the contract of the caseload."""
    return contracts(desk)[0].id


def at(desk: Desk, day: date) -> None:
    """Move the desk's clock."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.ms = FixedClock.on(day).ms


def add_referrals(desk: Desk, day: date, count: int = 1, area: str = "THER") -> None:
    """People whose referral came on a day, written down now."""
    with desk.store.writing("late records", desk.user.id) as deed:
        for number in range(count):
            client = Client(
                code=f"L-{day:%y%m%d}-{number}", given_names="Late Invented"
            )
            deed.add(client)
            deed.add(
                Referral(
                    client_id=client.id,
                    contract_id=contract_id(desk),
                    area=area,
                    received_on=day,
                )
            )


def second_contract(desk: Desk) -> str:
    """Another contract on the desk, with one area and nobody in it."""
    contract = Contract(reference="OTHER/2", title="A second one (invented)")
    with desk.store.writing("another contract", desk.user.id) as deed:
        deed.add(contract)
        deed.add(ContractArea(contract_id=contract.id, area="THER"))
    return contract.id


def other_user(desk: Desk, role: str) -> Desk:
    """Somebody of a role at the same desk."""
    user = User(name=f"{role.title()} Invented", role=role, initials="OU")
    with desk.store.writing("add user", desk.user.id) as deed:
        deed.add(user)
    keys = made_keys(
        desk.store.store_id, desk.store.device, user.id, role, key=desk.keys.key
    )
    return Desk(desk.store, user, desk.clock, keys)


def held(desk: Desk, record_type: type) -> list:  # type: ignore[type-arg]
    """Records of a type."""
    with desk.store.reading() as rows:
        return find(rows, record_type)


def issue(desk: Desk, *months: Month) -> list[Entry]:
    """Issue some months' returns; returns what stands in the ledger."""
    return [issuing.issue(desk, contract_id(desk), each).entry for each in months]


def reopened(folder: Path, name: str = "Invented Service") -> Desk:
    """A desk of ``service_desk`` that was closed, or a copy of it."""
    key = hashlib.sha256(name.encode()).digest()
    clock = FixedClock.on(DAY)
    store = Store.open(folder, key, clock)
    with store.reading() as rows:
        user = find(rows, User)[0]
    keys = made_keys(store.store_id, store.device, user.id, user.role, key=key)
    return Desk(store, user, clock, keys)
