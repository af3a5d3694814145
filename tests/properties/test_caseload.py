"""A caseload, found by the store's questions, is the one that the records tell of."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.model.fields import Value
from provider_desk.model.records import (
    CaseAccess,
    Client,
    Episode,
    Referral,
    Session,
    WaitingEntry,
)
from provider_desk.model.rows import Rows
from provider_desk.services.desk import Desk
from provider_desk.store.queries.caseload import Scope, among, is_in, is_own, of_scope
from provider_desk.store.records import every
from tests.bench.big_desk import make_big_desk
from tests.builders.casework import TODAY

_WORKERS = [f"W{number:02d}" for number in range(40)]


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Desk]:
    """Sixty people and what came of them; then some of it is taken back."""
    desk = make_big_desk(tmp_path / "desk", people=60, sessions=500)
    luck = random.Random(7)  # noqa: S311
    with desk.store.writing("let it be random", by=desk.user.id) as deed:
        for kind, share in ((Session, 0.2), (Episode, 0.1), (Client, 0.05)):
            for record in list(every(deed, kind)):
                if luck.random() < share:
                    deed.retire(kind, record.id, "entered in error")
        for referral in list(every(deed, Referral)):
            if luck.random() < 0.3:
                to = luck.choice(_WORKERS)
                deed.change(Referral, referral.id, {"allocated_to": to})
        for entry in list(every(deed, WaitingEntry)):
            if entry.removed_on is None and luck.random() < 0.2:
                gone: dict[str, Value] = {
                    "removed_on": TODAY,
                    "removal_reason": "NOT_WANTED",
                }
                deed.change(WaitingEntry, entry.id, gone)
        for number, client in enumerate(list(every(deed, Client))):
            if number % 9 == 0:
                deed.add(_access(client.id, f"user {number % 4}"))
    yield desk
    desk.close()


def _access(client_id: str, user_id: str) -> CaseAccess:
    return CaseAccess(
        client_id=client_id,
        user_id=user_id,
        from_on=TODAY,
        until_on=TODAY,
        reason="cover",
    )


def told_by_records(rows: Rows, scope: Scope) -> tuple[set[str], set[str]]:
    """Who is of somebody's own caseload, and who waits, from the records alone."""
    people = {each.id for each in every(rows, Client)}
    client_of = {each.id: each.client_id for each in every(rows, Referral)}
    worked: list[Episode | Session] = [*every(rows, Episode)]
    worked += every(rows, Session)
    named = {each.referral_id for each in worked if each.worker == scope.worker}
    named |= {
        each.id for each in every(rows, Referral) if each.allocated_to == scope.worker
    }
    own = {client_of[each] for each in named if each in client_of}
    own |= {
        each.client_id for each in every(rows, CaseAccess) if each.user_id == scope.user
    }
    begun = {each.referral_id for each in every(rows, Episode)}
    waits = {
        client_of[each.referral_id]
        for each in every(rows, WaitingEntry)
        if each.removed_on is None and each.referral_id not in begun
    }
    return own & people, waits & people


def test_the_questions_find_whom_the_records_tell_of(large: Desk) -> None:
    sizes = set()
    with large.store.reading() as rows:
        everybody = [row[0] for row in rows.rows("SELECT id FROM client")]
        for number, worker in enumerate(_WORKERS):
            scope = Scope(f"user {number}", worker, TODAY, waiting=number % 2 == 0)
            own, waits = told_by_records(rows, scope)
            wanted = own | waits if scope.waiting else own

            assert of_scope(rows, scope).ids == frozenset(wanted)
            some = {*everybody[number::2], "nobody"}
            assert among(rows, scope, some).ids == frozenset(wanted & some)
            standing = {each.id for each in every(rows, Client)}
            for client_id in set(everybody) & standing:
                assert is_own(rows, scope, client_id) is (client_id in own)
                assert is_in(rows, scope, client_id) is (client_id in wanted)
            sizes.add(len(wanted))

    assert len(sizes) > 3
