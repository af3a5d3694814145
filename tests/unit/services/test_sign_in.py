"""Signing in: name, password, tries, an older desk; staff and their passwords."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.keys import tries
from provider_desk.keys.vault import SessionVault
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import (
    Damaged,
    DeskError,
    NotAllowed,
    NotValid,
    OlderDesk,
    SecretNeeded,
    TooManyTries,
    WrongPassword,
)
from provider_desk.model.looks import LookKind
from provider_desk.services import settings
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.services.entry import sign_in
from provider_desk.services.looking import looks
from provider_desk.services.rights import users
from provider_desk.services.safety import older_copy
from tests.builders.desks import MANAGER, PASSWORD, made_desk, signed_in_again


@pytest.fixture
def vault() -> SessionVault:
    """Where the team secret is kept."""
    return SessionVault()


@pytest.fixture
def locked(folder: Path, clock: FixedClock, vault: SessionVault) -> Iterator[Desk]:
    """A desk with a password."""
    made = made_desk(folder, clock, vault)
    yield made
    made.close()


def try_wrongly(desk: Desk) -> None:
    with pytest.raises(WrongPassword):
        signed_in_again(desk, password="four words by choice")


def test_a_desk_opens_again_with_name_and_password(locked: Desk) -> None:
    people.add_person(locked, {"known_as": "Invented"})
    locked.close()
    locked.close()

    again = signed_in_again(locked, MANAGER.upper())

    assert (again.user.role, again.user.initials) == ("MANAGER", "FM")
    assert people.search(again, "inv").total == 1
    again.close()


def test_a_wrong_password_or_name_opens_nothing(locked: Desk) -> None:
    locked.close()

    try_wrongly(locked)
    with pytest.raises(WrongPassword):
        signed_in_again(locked, "Nobody")

    signed_in_again(locked).close()


def test_a_schedule_signs_in_without_a_name(locked: Desk) -> None:
    locked.close()

    signed_in_again(locked, "").close()


def test_after_five_wrong_tries_even_the_right_password_waits(
    locked: Desk, clock: FixedClock
) -> None:
    locked.close()
    for _ in range(5):
        try_wrongly(locked)

    with pytest.raises(TooManyTries) as refused:
        signed_in_again(locked)
    assert refused.value.seconds == 1
    clock.ms += 1_000
    signed_in_again(locked).close()


def test_wrong_tries_stand_in_the_log_of_who_looked(locked: Desk) -> None:
    locked.close()
    for _ in range(3):
        try_wrongly(locked)
    again = signed_in_again(locked)

    (line,) = looks.log(again, kind=LookKind.WRONG_PASSWORD).rows
    assert line.about == "3 wrong tries"
    assert looks.log(again, kind=LookKind.SIGNED_IN).rows[0].by == MANAGER
    assert not (again.folder / tries.NAME).exists()
    again.close()


def test_a_computer_without_the_team_secret_asks_for_sheet_a(
    locked: Desk, clock: FixedClock
) -> None:
    locked.close()
    before = {path.name: path.read_bytes() for path in locked.folder.iterdir()}

    for _ in range(8):
        with pytest.raises(SecretNeeded, match="sheet A"):
            sign_in.sign_in(locked.folder, MANAGER, PASSWORD, clock, SessionVault())

    after = {path.name: path.read_bytes() for path in locked.folder.iterdir()}
    assert after.pop(tries.LOCK) == b""
    assert after == before


def test_an_old_copy_put_back_is_refused_and_a_manager_may_go_on_with_a_reason(
    locked: Desk, tmp_path: Path
) -> None:
    people.add_person(locked, {"known_as": "First"})
    locked.close()
    kept = shutil.copytree(locked.folder, tmp_path / "kept")
    again = signed_in_again(locked)
    people.add_person(again, {"known_as": "Second"})
    again.close()
    shutil.rmtree(locked.folder)
    kept.rename(locked.folder)

    with pytest.raises(OlderDesk, match="not as this computer remembers it"):
        signed_in_again(locked)
    assert locked.vault is not None
    older = sign_in.sign_in(
        *(locked.folder, MANAGER, PASSWORD, locked.clock, locked.vault),
        accept_older="the newer one was lost",
    )

    assert people.search(older, "").total == 1
    (line,) = looks.log(older, kind=LookKind.OLDER_DESK).rows
    assert line.reason == "the newer one was lost"
    with older.store.reading() as rows:
        assert older_copy.since(rows) == older.today()
    older.close()
    signed_in_again(locked).close()


def test_a_page_that_a_failing_disk_changed_is_told_from_an_old_copy(
    locked: Desk,
) -> None:
    locked.close()
    data = bytearray(locked.store.path.read_bytes())
    data[len(data) // 2] ^= 1
    locked.store.path.write_bytes(data)

    with pytest.raises(Damaged):
        signed_in_again(locked)

    assert locked.store.path.read_bytes() == data


def test_somebody_added_signs_in_with_their_own_role(locked: Desk) -> None:
    said = users.add_user(locked, "Rita  Invented", "COUNSELLOR", PASSWORD).said
    with pytest.raises(NotValid, match="signs in with this name already"):
        users.add_user(locked, "rita invented", "MANAGER", PASSWORD)
    with pytest.raises(NotValid, match="12 characters"):
        users.add_user(locked, "Third Person", "MANAGER", "short")
    locked.close()

    rita = signed_in_again(locked, "Rita Invented")

    assert "Rita Invented can sign in as counsellor" in said
    assert (rita.user.role, rita.user.initials) == ("COUNSELLOR", "RI")
    assert [user.name for user in settings.users(rita)] == [MANAGER, "Rita Invented"]
    with pytest.raises(NotAllowed):
        users.add_user(rita, "Fourth Person", "MANAGER", PASSWORD)
    rita.close()


def test_a_changed_password_replaces_the_old_one(locked: Desk) -> None:
    with pytest.raises(WrongPassword):
        users.change_password(locked, "not the password", "another long one")
    users.change_password(locked, PASSWORD, "another long one")
    locked.close()

    with pytest.raises(WrongPassword):
        signed_in_again(locked)
    signed_in_again(locked, password="another long one").close()


def test_an_account_that_ended_or_was_let_go_opens_nothing(locked: Desk) -> None:
    users.add_user(locked, "Student Invented", "COUNSELLOR", PASSWORD)
    users.add_user(locked, "Leaver Invented", "COUNSELLOR", PASSWORD)
    ids = {user.name: user.id for user in settings.users(locked)}
    users.change_user(locked, ids["Student Invented"], {"ends_on": date(2018, 4, 30)})
    with pytest.raises(DeskError, match="your own way in"):
        users.let_go(locked, ids[MANAGER], "leaves")
    users.let_go(locked, ids["Leaver Invented"], "left the service")
    locked.close()

    with pytest.raises(NotAllowed, match="ended on Mon 30 Apr 2018"):
        signed_in_again(locked, "Student Invented")
    with pytest.raises(WrongPassword):
        signed_in_again(locked, "Leaver Invented")
    signed_in_again(locked).close()


def test_a_clock_set_back_opens_no_account_that_has_ended(locked: Desk) -> None:
    users.add_user(
        locked, "Student Invented", "STUDENT", PASSWORD, ends_on=date(2018, 5, 1)
    )
    folder, vault = locked.folder, locked.vault
    assert vault is not None
    later = FixedClock.on(date(2018, 5, 2))
    locked.close()
    desk = sign_in.sign_in(folder, MANAGER, PASSWORD, later, vault)
    people.add_person(desk, {"known_as": "Invented"})
    desk.close()

    back = FixedClock.on(date(2018, 4, 1))
    with pytest.raises(NotAllowed, match="ended on Tue 1 May 2018"):
        sign_in.sign_in(folder, "Student Invented", PASSWORD, back, vault)


def test_the_store_has_a_new_key_after_somebody_left(locked: Desk) -> None:
    users.add_user(locked, "Leaver Invented", "COUNSELLOR", PASSWORD)
    ids = {user.name: user.id for user in settings.users(locked)}
    people.add_person(locked, {"known_as": "Invented"})
    old = locked.keys.key
    users.let_go(locked, ids["Leaver Invented"], "left the service")
    locked.close()

    again = signed_in_again(locked)

    assert again.keys.key != old
    assert people.search(again, "inv").total == 1
    again.close()


def test_neither_key_nor_name_is_in_the_words_for_a_desk(locked: Desk) -> None:
    words = repr(locked) + repr(locked.keys) + repr(locked.user) + repr(locked.vault)

    assert MANAGER not in words
    assert locked.keys.key.hex() not in words
    assert locked.keys.team_secret.hex() not in words
