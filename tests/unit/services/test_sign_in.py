"""Making a desk, signing in, staff and their passwords."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import (
    DeskError,
    NotAllowed,
    NotValid,
    WrongPassword,
)
from provider_desk.services import people, settings, sign_in
from provider_desk.services.desk import Desk

MANAGER, PASSWORD = "Robin Invented", "four words by chance"


@pytest.fixture
def locked(folder: Path, clock: FixedClock) -> Iterator[Desk]:
    """A desk with a password."""
    made = sign_in.create_desk(
        folder,
        provider="Invented Help and Hope",
        user=MANAGER,
        password=PASSWORD,
        clock=clock,
    )
    yield made
    made.close()


def test_a_new_desk_belongs_to_its_provider_and_manager(
    locked: Desk, folder: Path, clock: FixedClock
) -> None:
    people.add_person(locked, {"known_as": "Invented"})
    locked.close()

    again = sign_in.sign_in(folder, MANAGER.upper(), PASSWORD, clock)

    assert (again.user.role, again.user.initials) == ("MANAGER", "RI")
    assert (again.provider().name, again.provider().code) == (
        "Invented Help and Hope",
        "IHAH",
    )
    assert people.search(again, "inv").total == 1
    again.close()


def test_a_wrong_password_opens_nothing(
    locked: Desk, folder: Path, clock: FixedClock
) -> None:
    locked.close()

    for name, password in ((MANAGER, "four words by choice"), ("Nobody", PASSWORD)):
        with pytest.raises(WrongPassword):
            sign_in.sign_in(folder, name, password, clock)

    sign_in.sign_in(folder, MANAGER, PASSWORD, clock).close()


def test_a_folder_with_a_desk_is_left_as_it_is(
    locked: Desk, folder: Path, clock: FixedClock
) -> None:
    locked.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(DeskError, match="a desk in"):
        sign_in.create_desk(
            folder, provider="Other", user="Other", password=PASSWORD, clock=clock
        )

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_desk_with_a_weak_password_is_not_made(
    folder: Path, clock: FixedClock
) -> None:
    with pytest.raises(NotValid, match="12 characters"):
        sign_in.create_desk(
            folder, provider="Invented", user=MANAGER, password="short", clock=clock
        )

    assert not sign_in.desk_exists(folder)


def test_a_desk_that_could_not_be_made_to_its_end_leaves_nothing(
    folder: Path, clock: FixedClock
) -> None:
    in_the_way = folder / "store.db.part"
    in_the_way.mkdir(parents=True)
    with pytest.raises(DeskError):
        sign_in.create_desk(
            folder, provider="Invented", user=MANAGER, password=PASSWORD, clock=clock
        )

    assert not sign_in.desk_exists(folder)
    in_the_way.rmdir()
    sign_in.create_desk(
        folder, provider="Invented", user=MANAGER, password=PASSWORD, clock=clock
    ).close()


def test_somebody_added_signs_in_with_their_own_role(
    locked: Desk, folder: Path, clock: FixedClock
) -> None:
    said = settings.add_user(locked, "Rita  Invented", "COUNSELLOR", PASSWORD).said
    with pytest.raises(NotValid, match="signs in with this name already"):
        settings.add_user(locked, "rita invented", "MANAGER", PASSWORD)
    with pytest.raises(NotValid, match="12 characters"):
        settings.add_user(locked, "Third Person", "MANAGER", "short")
    locked.close()

    rita = sign_in.sign_in(folder, "Rita Invented", PASSWORD, clock)

    assert said == "Rita Invented can sign in as counsellor."
    assert (rita.user.role, rita.user.initials) == ("COUNSELLOR", "RI2")
    assert [user.name for user in settings.users(rita)] == [
        "Rita Invented",
        "Robin Invented",
    ]
    with pytest.raises(NotAllowed):
        settings.add_user(rita, "Fourth Person", "MANAGER", PASSWORD)
    rita.close()


def test_a_changed_password_replaces_the_old_one(
    locked: Desk, folder: Path, clock: FixedClock
) -> None:
    with pytest.raises(WrongPassword):
        settings.change_password(locked, "not the password", "another long one")
    settings.change_password(locked, PASSWORD, "another long one")
    locked.close()

    with pytest.raises(WrongPassword):
        sign_in.sign_in(folder, MANAGER, PASSWORD, clock)
    sign_in.sign_in(folder, MANAGER, "another long one", clock).close()


def test_an_account_that_ended_or_was_let_go_opens_nothing(
    locked: Desk, folder: Path, clock: FixedClock
) -> None:
    settings.add_user(locked, "Student Invented", "COUNSELLOR", PASSWORD)
    settings.add_user(locked, "Leaver Invented", "COUNSELLOR", PASSWORD)
    ids = {user.name: user.id for user in settings.users(locked)}
    settings.change_user(
        locked, ids["Student Invented"], {"ends_on": date(2018, 4, 30)}
    )
    with pytest.raises(DeskError, match="your own way in"):
        settings.let_go(locked, ids[MANAGER], "leaves")
    settings.let_go(locked, ids["Leaver Invented"], "left the service")
    locked.close()

    with pytest.raises(NotAllowed, match="ended on Mon 30 Apr 2018"):
        sign_in.sign_in(folder, "Student Invented", PASSWORD, clock)
    with pytest.raises(WrongPassword):
        sign_in.sign_in(folder, "Leaver Invented", PASSWORD, clock)
    sign_in.sign_in(folder, MANAGER, PASSWORD, clock).close()


def test_neither_key_nor_name_is_in_the_words_for_a_desk(locked: Desk) -> None:
    words = repr(locked) + repr(locked.keys) + repr(locked.user)

    assert MANAGER not in words
    assert locked.keys is not None
    assert locked.keys.key.hex() not in words
