"""The ledger: what was changed in it, or a key that is not the one, is noticed."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.errors import Damaged, NotAllowed
from provider_desk.model.fields import Value
from provider_desk.model.ids import new_id
from provider_desk.model.records import IssuedReturn, ReturnKey
from provider_desk.services.casework import history
from provider_desk.services.desk import Desk
from provider_desk.services.returning import exporting, issuing, ledger, preparing
from provider_desk.services.safety import desk_check
from provider_desk.store.records import find
from tests.builders.issued_desks import (
    SEPTEMBER,
    at,
    contract_id,
    held,
    issue,
    reopened,
    service_desk,
)

AUGUST, OCTOBER = SEPTEMBER.plus(-1), SEPTEMBER.plus(1)


@pytest.fixture(scope="module")
def issued_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed desk on which September is issued."""
    folder = tmp_path_factory.mktemp("issued") / "desk"
    desk = service_desk(folder)
    issue(desk, SEPTEMBER)
    desk.close()
    return folder


@pytest.fixture
def desk(issued_once: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of it, open a month later."""
    made = reopened(Path(shutil.copytree(issued_once, tmp_path / "desk")))
    at(made, date(2017, 11, 3))
    yield made
    made.close()


def changed(desk: Desk, **values: Value) -> None:
    """Change a row of the ledger, as nobody can by the program."""
    with desk.store.writing("tamper", desk.user.id) as deed:
        (row,) = find(deed, IssuedReturn)
        deed.addendum(IssuedReturn, row.id, values, "a test")


def with_other_key(desk: Desk) -> None:
    with desk.store.writing("tamper", desk.user.id) as deed:
        (key,) = find(deed, ReturnKey)
        deed.addendum(ReturnKey, key.id, {"secret": "ab" * 32}, "a test")


def without_key(desk: Desk) -> None:
    with desk.store.writing("tamper", desk.user.id) as deed:
        (key,) = find(deed, ReturnKey)
        deed.retire(ReturnKey, key.id, "a test")


def with_two_keys(desk: Desk) -> None:
    with desk.store.writing("tamper", desk.user.id) as deed:
        deed.add(ReturnKey(secret="cd" * 32, made_at=0))


def with_half_a_key(desk: Desk) -> None:
    with desk.store.writing("tamper", desk.user.id) as deed:
        (key,) = find(deed, ReturnKey)
        deed.addendum(ReturnKey, key.id, {"secret": "ab" * 8}, "a test")


def other_numbers(desk: Desk) -> None:
    (row,) = held(desk, IssuedReturn)
    changed(desk, body=row.body.replace("5", "6", 1))


def other_numbers_and_hash(desk: Desk) -> None:
    (row,) = held(desk, IssuedReturn)
    body = row.body.replace("5", "6", 1)
    changed(desk, body=body, sha256=ledger._hash(body))


def other_month(desk: Desk) -> None:
    changed(desk, month="2017-07")


def issued_twice(desk: Desk) -> None:
    (row,) = held(desk, IssuedReturn)
    with desk.store.writing("tamper", desk.user.id) as deed:
        deed.add(replace(row, id=new_id()))


def taken_out(desk: Desk) -> None:
    (row,) = held(desk, IssuedReturn)
    with desk.store.writing("tamper", desk.user.id) as deed:
        deed.retire(IssuedReturn, row.id, "a test")


TAMPERED: dict[str, tuple[Callable[[Desk], None], str]] = {
    "the key is gone": (without_key, "key .* is not on this desk"),
    "another key": (with_other_key, "not issued with the key"),
    "two keys": (with_two_keys, "two keys"),
    "half a key": (with_half_a_key, "key .* is not on this desk"),
    "other numbers": (other_numbers, "not what was issued"),
    "other numbers with their hash": (other_numbers_and_hash, "not issued with the"),
    "issued twice": (issued_twice, "was issued twice"),
    "taken out": (taken_out, "was issued and taken out"),
    "another month": (other_month, "not issued with the key"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_ledger_that_is_not_what_was_written_is_read_by_nobody(
    desk: Desk, tmp_path: Path, how: str
) -> None:
    tamper, said = TAMPERED[how]
    tamper(desk)
    rows, keys = len(held(desk, IssuedReturn)), len(held(desk, ReturnKey))

    for month in (SEPTEMBER, OCTOBER):
        with pytest.raises(Damaged, match=said):
            issuing.issue(desk, contract_id(desk), month)
        with pytest.raises(Damaged, match=said):
            preparing.prepare(desk, contract_id(desk), month, "council")
    with pytest.raises(Damaged, match=said):
        exporting.export(
            desk, contract_id(desk), SEPTEMBER, "council", tmp_path / "out"
        )

    assert not (tmp_path / "out").exists()
    assert len(held(desk, IssuedReturn)) == rows
    assert len(held(desk, ReturnKey)) == keys


def test_the_key_outlives_a_new_key_of_the_desk(desk: Desk) -> None:
    """The desk's own key is made anew when somebody leaves; figures go on."""
    (before,) = held(desk, ReturnKey)
    desk.keys.key = bytes(32)

    issue(desk, OCTOBER)

    assert [each.secret for each in held(desk, ReturnKey)] == [before.secret]


def test_the_key_is_in_no_file_of_the_desk_that_can_be_read(desk: Desk) -> None:
    (key,) = held(desk, ReturnKey)
    raw = bytes.fromhex(key.secret)

    files = [path for path in desk.folder.rglob("*") if path.is_file()]

    assert len(files) >= 2
    for path in files:
        content = path.read_bytes()
        assert raw not in content
        assert key.secret.encode() not in content
        assert key.secret not in path.name
    assert key.secret not in repr(key)


def test_no_role_opens_the_key_or_the_ledger_by_its_history(desk: Desk) -> None:
    """Not even a manager, who opens every other record of the office."""
    for kind in (ReturnKey, IssuedReturn):
        (row,) = held(desk, kind)
        for opened in (history.history, history.values_of):
            with pytest.raises(NotAllowed, match="shown to nobody"):
                opened(desk, kind.TABLE, row.id)


def test_the_check_of_the_desk_looks_at_the_ledger_too(desk: Desk) -> None:
    assert desk_check.check(desk).faults == ()
    changed(desk, bound=14)

    (said,) = desk_check.check(desk).faults
    assert "issued" in said
