"""Somebody added by mistake and found later: off the desk, never counted, put back."""

from datetime import date

import pytest

from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.months import Month
from provider_desk.model.records import (
    Client,
    PresentingNeed,
    Referral,
    SafeContact,
    WaitingEntry,
)
from provider_desk.model.views import Standing
from provider_desk.returns.table import LineKey
from provider_desk.services.casework import people, waiting
from provider_desk.services.casework.referring import life, mistaken, one_person
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.services.returning.preparing import rows_behind
from provider_desk.services.settings import contracts
from provider_desk.store.records import find, get
from tests.builders.casework import (
    TODAY,
    make_client,
    make_referral,
    make_session,
    make_waiting,
    signed_in_as,
)


def code(desk: Desk, client_id: str) -> str:
    with desk.store.reading() as rows:
        return get(rows, Client, client_id).code


def added(desk: Desk) -> str:
    """Somebody with all that is filled in on the first day, and nothing done."""
    client_id = make_client(desk, known_as="Twicefold", mobile="07700 900123")
    referral_id = make_waiting(desk, client_id)
    life.set_needs(desk, referral_id, ["TRAUMA"])
    set_safe_contact(desk, client_id, "MOBILE", {"permission": "YES"})
    return client_id


def standing(desk: Desk) -> list[int]:
    with desk.store.reading() as rows:
        kinds = (Client, Referral, WaitingEntry, PresentingNeed, SafeContact)
        return [len(find(rows, each)) for each in kinds]


def received(desk: Desk) -> set[str]:
    """Referrals that the return of the month counts as received."""
    (contract,) = contracts(desk)
    key = LineKey("A1", "", "ALL")
    return {r.row_id for r in rows_behind(desk, contract.id, Month(2017, 9), key)}


def test_who_was_added_by_mistake_is_in_no_list_and_comes_back_whole(
    desk: Desk,
) -> None:
    stays = make_waiting(desk, make_client(desk))
    client_id = added(desk)
    before, known = standing(desk), code(desk, client_id)
    assert len(received(desk)) == len([stays, client_id])

    _, changed = mistaken.entered_in_error(desk, client_id, "typed twice")

    assert "off the desk, with 1 referral" in changed.said
    assert standing(desk) == [1, 1, 1, 0, 0]
    assert received(desk) == {stays}
    assert people.search(desk, "Twicefold").total == 0
    assert [row.referral_id for row in waiting.waiting_list(desk, TODAY).rows] == [
        stays
    ]
    with pytest.raises(NotFound):
        people.person(desk, client_id)
    (line,) = people.search(desk, known.lower()).rows
    assert (line.client_id, line.status, line.name) == (
        client_id,
        Standing.MISTAKEN,
        "",
    )

    mistaken.put_back(desk, client_id)

    assert standing(desk) == before
    assert people.person(desk, client_id).name == "Twicefold"
    with pytest.raises(NotFound):
        mistaken.put_back(desk, client_id)


def test_what_was_taken_back_before_stays_taken_back(desk: Desk) -> None:
    client_id = added(desk)
    referral_id = people.person(desk, client_id).referrals[0].referral.id
    life.set_needs(desk, referral_id, [])
    before = standing(desk)

    mistaken.entered_in_error(desk, client_id, "a test")
    mistaken.put_back(desk, client_id)

    assert standing(desk) == before


def test_where_work_hangs_on_it_is_refused_and_nothing_changes(desk: Desk) -> None:
    client_id = added(desk)
    referral_id = people.person(desk, client_id).referrals[0].referral.id
    make_session(desk, referral_id, date(2017, 9, 12), type="ASSESS")
    before = standing(desk)

    with pytest.raises(NotValid, match=r"session: 1.*take it back") as told:
        mistaken.entered_in_error(desk, client_id, "typed twice")

    assert code(desk, client_id) in str(told.value)
    assert standing(desk) == before
    with pytest.raises(NotValid, match="Say how it came"):
        mistaken.entered_in_error(desk, client_id, " ")


def test_a_record_that_was_put_together_with_another_is_taken_apart_first(
    desk: Desk,
) -> None:
    kept, gone = make_client(desk), make_client(desk)
    merge_id, _ = one_person.put_together(desk, kept, gone)

    with pytest.raises(NotValid, match="put together"):
        mistaken.entered_in_error(desk, kept, "typed twice")
    # One that is part of another record was not entered in error.
    with pytest.raises(NotFound):
        mistaken.put_back(desk, gone)

    one_person.take_apart(desk, merge_id, "two people")
    mistaken.entered_in_error(desk, kept, "typed twice")
    assert standing(desk)[0] == 1


def test_a_colleague_who_sees_only_their_own_neither_finds_nor_puts_it_back(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    known = code(desk, client_id)
    mistaken.entered_in_error(desk, client_id, "typed twice")
    counsellor = signed_in_as(desk, "COUNSELLOR", "OC")

    assert people.search(counsellor, known).total == 0
    with pytest.raises(NotFound):
        mistaken.put_back(counsellor, client_id)


def test_whoever_entered_it_puts_it_back_from_their_own_caseload(desk: Desk) -> None:
    counsellor = signed_in_as(desk, "COUNSELLOR", "OC")
    client_id = make_client(desk)
    referral_id = make_referral(desk, client_id, allocated_to="OC")
    known = code(desk, client_id)

    mistaken.entered_in_error(counsellor, client_id, "typed twice")
    (line,) = people.search(counsellor, known).rows
    mistaken.put_back(counsellor, line.client_id)

    (card,) = people.person(counsellor, client_id).referrals
    assert card.referral.id == referral_id
