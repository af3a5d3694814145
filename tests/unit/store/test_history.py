"""The history of a record, in words."""

from datetime import date

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.ids import new_id
from provider_desk.model.records import (
    RECORDS,
    Client,
    Contract,
    Referral,
    Session,
    User,
)
from provider_desk.store.history import history, last_change
from provider_desk.store.queries.merged import references
from provider_desk.store.store import Store


@pytest.fixture
def user(store: Store) -> User:
    made = User(name="Jo Invented", role="MANAGER")
    with store.writing("create desk") as deed:
        deed.add(made)
    return made


def test_a_history_says_who_did_what_when_and_why(
    store: Store, clock: FixedClock, user: User
) -> None:
    session = Session(
        referral_id=new_id(), held_on=date(2018, 4, 2), type="THERAPY", minutes=50
    )
    with store.writing("log session", by=user.id) as deed:
        deed.add(session)
    began = clock.ms
    clock.ms += 60_000
    with store.writing("correct session", by=user.id) as deed:
        deed.addendum(Session, session.id, {"minutes": 40}, "ended early")

    with store.reading() as rows:
        first, second = history(rows, "session", session.id)
    assert (first.by, first.deed, first.reason) == ("Jo Invented", "log session", "")
    assert (first.at_ms, second.at_ms) == (began, began + 60_000)
    assert ("Date", "", "Mon 2 Apr 2018") in first.fields
    assert ("Referral", "", "linked") in first.fields
    assert second.reason == "ended early"
    assert second.fields == (("Length", "50 minutes", "40 minutes"),)


def test_empty_fields_are_not_told(store: Store) -> None:
    client = Client(code="G-0001")
    with store.writing("add person") as deed:
        deed.add(client)

    with store.reading() as rows:
        (line,) = history(rows, "client", client.id)
    assert line.fields == (("Code", "", "G-0001"),)
    assert line.by == ""


def test_codes_and_references_are_told_in_words(store: Store) -> None:
    contract = Contract(reference="R-1", title="Invented contract")
    referral = Referral(
        client_id=new_id(),
        contract_id=contract.id,
        area="THER",
        received_on=date(2018, 1, 2),
    )
    with store.writing("set up") as deed:
        deed.add_all([contract, referral])
    with store.writing("decide") as deed:
        deed.change(Referral, referral.id, {"decision": "ACCEPTED"})

    with store.reading() as rows:
        first, second = history(rows, "referral", referral.id)
    assert ("Contract", "", "Invented contract") in first.fields
    ((label, before, after),) = second.fields
    assert (label, before, after) == ("Decision", before, after)
    assert "ACCEPTED" not in (before, after)


def test_a_removal_is_told_with_its_reason(store: Store) -> None:
    client = Client(code="G-0001")
    with store.writing("add person") as deed:
        deed.add(client)
    with store.writing("remove person") as deed:
        deed.retire(Client, client.id, "entered twice")

    with store.reading() as rows:
        _, line = history(rows, "client", client.id)
    assert (line.reason, line.fields) == (
        "entered twice",
        (("Record", "stands", "removed"),),
    )


def test_an_unknown_record_has_no_history(store: Store) -> None:
    with store.reading() as rows:
        assert history(rows, "client", new_id()) == []


def test_a_return_is_told_as_the_opposite_of_a_removal(store: Store) -> None:
    client = Client(code="G-0001")
    with store.writing("add person") as deed:
        deed.add(client)
    with store.writing("take off") as deed:
        deed.retire(Client, client.id, "a mistake")
    with store.writing("put back") as deed:
        deed.put_back(Client, client.id)

    with store.reading() as rows:
        lines = history(rows, "client", client.id)
    assert [line.fields for line in lines[1:]] == [
        (("Record", "stands", "removed"),),
        (("Record", "removed", "stands"),),
    ]


def test_the_last_deed_is_told_with_what_stood_there_before(store: Store) -> None:
    client = Client(code="G-0001", known_as="Zed")
    with store.writing("add person") as deed:
        deed.add(client)
    with store.reading() as rows:
        assert last_change(rows, "client", client.id) == ("add person", {})
    with store.writing("change person") as deed:
        deed.change(Client, client.id, {"known_as": "Zedda", "email": "z@example.org"})
        deed.change(Client, client.id, {"known_as": "Zeddie"})

    with store.reading() as rows:
        name, before = last_change(rows, "client", client.id)
        assert last_change(rows, "client", new_id()) == ("", {})
    assert name == "change person"
    assert before == {"known_as": "Zed", "email": ""}


def test_what_hangs_on_a_record_of_a_person_is_found_by_an_index() -> None:
    """Undo asks for it while somebody waits, on a desk of any size."""
    apart = {"provider", "contract", "user"}
    without = [
        f"{other.TABLE}.{field}"
        for record_type in RECORDS
        if record_type.TABLE not in apart
        for other, field in references(record_type.TABLE)
        if not any(index[0] == field for index in other.INDEXES)
    ]

    assert without == []
