"""Recovery sheet A at work: a lost secret, a forgotten password, an empty computer."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from provider_desk.keys import sheet_code, sheet_use
from provider_desk.keys.vault import FileVault, SessionVault
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import (
    Cancelled,
    DeskError,
    InUse,
    Missing,
    NoKeyring,
    NotValid,
    SecretNeeded,
    TooManyTries,
    WrongPassword,
)
from provider_desk.model.looks import LookKind
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.services.entry import recover, sign_in
from provider_desk.services.looking import looks
from provider_desk.services.rights import users
from provider_desk.services.safety import backups, older_copy
from tests.builders.desks import MANAGER, PASSWORD, planned, signed_in_again

OTHER = "purple ladder winter spoon"


@dataclass(slots=True)
class Office:
    """A desk and its sheets.

    Attributes:
        desk: open.
        sheet_a: the code, as it is printed.
        sheet_b: likewise.
        vault: where its computer keeps the secret.
    """

    desk: Desk
    sheet_a: str
    sheet_b: str
    vault: SessionVault


@pytest.fixture
def office(folder: Path, clock: FixedClock) -> Iterator[Office]:
    """A desk that was made with a password."""
    vault = SessionVault()
    plan = planned(clock, vault)
    plan.vouched()
    desk = plan.make(folder)
    sheet_a, sheet_b = (" ".join(sheet.groups) for sheet in plan.sheets)
    yield Office(desk, sheet_a, sheet_b, vault)
    desk.close()


def test_a_lost_secret_comes_back_and_everything_is_there(office: Office) -> None:
    desk = office.desk
    people.add_person(desk, {"known_as": "Invented"})
    desk.close()
    elsewhere = SessionVault()
    with pytest.raises(SecretNeeded):
        sign_in.sign_in(desk.folder, MANAGER, PASSWORD, desk.clock, elsewhere)

    recover.bring_back_secret(
        desk.folder, office.sheet_a.lower(), elsewhere, desk.clock
    )

    again = sign_in.sign_in(desk.folder, MANAGER, PASSWORD, desk.clock, elsewhere)
    assert people.search(again, "inv").total == 1
    again.close()


def test_only_this_desks_sheet_a_brings_it_back(office: Office) -> None:
    folder, clock, elsewhere = office.desk.folder, office.desk.clock, SessionVault()
    office.desk.close()

    for code in (office.sheet_b, sheet_code.written(bytes(20))):
        with pytest.raises(WrongPassword):
            recover.bring_back_secret(folder, code, elsewhere, clock)
    with pytest.raises(NotValid) as refused:
        recover.bring_back_secret(folder, "ABCD", elsewhere, clock)
    with pytest.raises(Missing):
        recover.bring_back_secret(folder / "x", office.sheet_a, elsewhere, clock)

    assert refused.value.problems[0].field == "code"
    assert elsewhere.get(office.desk.store.store_id, "team-secret") is None


def test_a_file_of_another_desks_secret_is_left_as_it_is(
    office: Office, tmp_path: Path
) -> None:
    office.desk.close()
    other = FileVault(tmp_path / "secret")
    other.put("0" * 32, "team-secret", "A" * 52)

    with pytest.raises(NoKeyring, match="another desk"):
        recover.bring_back_secret(
            office.desk.folder, office.sheet_a, other, office.desk.clock
        )

    assert other.shared() == "A" * 52


def test_a_manager_gets_a_new_password_and_the_old_one_is_gone(office: Office) -> None:
    desk = office.desk
    client = people.add_person(desk, {"known_as": "Invented"})[0]
    desk.close()

    recover.new_password_by_sheet(
        *(desk.folder, office.sheet_a, MANAGER.upper(), OTHER),
        *(desk.clock, office.vault),
    )

    with pytest.raises(WrongPassword):
        signed_in_again(desk)
    again = signed_in_again(desk, password=OTHER)
    assert people.person(again, client).client.known_as == "Invented"
    again.close()


def test_nobody_but_a_manager_gets_one(office: Office) -> None:
    desk = office.desk
    users.add_user(desk, "Rita Invented", "COUNSELLOR", OTHER)
    desk.close()

    for name in ("Rita Invented", "Nobody"):
        with pytest.raises(WrongPassword, match="No manager"):
            recover.new_password_by_sheet(
                *(desk.folder, office.sheet_a, name, OTHER, desk.clock, office.vault)
            )

    signed_in_again(desk).close()


def test_wrong_codes_and_names_cost_waits_too(office: Office) -> None:
    desk = office.desk
    desk.close()
    wrong = (desk.folder, office.sheet_b, MANAGER, OTHER, desk.clock, office.vault)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            recover.new_password_by_sheet(*wrong)

    with pytest.raises(TooManyTries):
        recover.new_password_by_sheet(*wrong)


def test_a_weak_password_or_an_open_desk_is_refused_first(office: Office) -> None:
    desk = office.desk
    place = (desk.clock, office.vault)
    with pytest.raises(NotValid, match="easy to guess"):
        recover.new_password_by_sheet(
            desk.folder, office.sheet_a, MANAGER, "password1234", *place
        )
    with pytest.raises(InUse):
        recover.new_password_by_sheet(
            desk.folder, office.sheet_a, MANAGER, OTHER, *place
        )


def test_a_backup_comes_back_on_an_empty_computer(
    office: Office, tmp_path: Path
) -> None:
    desk = office.desk
    people.add_person(desk, {"known_as": "Invented"})
    made = backups.back_up(desk, _there(tmp_path / "stick")).path
    desk.close()
    new, place = tmp_path / "new" / "desk", SessionVault()

    with pytest.raises(WrongPassword):
        recover.restore(made, new, office.sheet_b, place, desk.clock)
    said = recover.restore(made, new, office.sheet_a, place, desk.clock)

    assert "is back" in said
    again = sign_in.sign_in(new, MANAGER, PASSWORD, desk.clock, place)
    assert people.search(again, "inv").total == 1
    assert again.keys.key != desk.keys.key
    again.close()


def test_a_desk_that_is_there_is_set_aside_only_if_it_is_wanted(
    office: Office, tmp_path: Path
) -> None:
    desk = office.desk
    made = backups.back_up(desk, _there(tmp_path / "stick")).path
    with pytest.raises(InUse):
        recover.restore(
            *(made, desk.folder, office.sheet_a, office.vault, desk.clock),
            set_aside=True,
        )
    people.add_person(desk, {"known_as": "Later"})
    desk.close()
    place = (made, desk.folder, office.sheet_a, office.vault, desk.clock)

    with pytest.raises(DeskError, match="a desk in"):
        recover.restore(*place)
    said = recover.restore(*place, set_aside=True)

    assert "set aside" in said
    again = signed_in_again(desk)
    assert people.search(again, "").total == 0
    again.close()
    asides = [path for path in tmp_path.iterdir() if "set aside" in path.name]
    assert len(asides) == 1
    assert (asides[0] / "store.db").exists()


def test_a_backup_in_the_desk_s_own_folder_moves_with_it_and_is_brought_back(
    office: Office,
) -> None:
    desk = office.desk
    made = backups.back_up(desk).path
    people.add_person(desk, {"known_as": "Later"})
    desk.close()

    recover.restore(
        *(made, desk.folder, office.sheet_a, office.vault, desk.clock), set_aside=True
    )

    again = signed_in_again(desk)
    assert people.search(again, "").total == 0
    again.close()


def test_a_restoring_that_fails_puts_back_what_was_set_aside(
    office: Office, tmp_path: Path
) -> None:
    desk = office.desk
    made = backups.back_up(desk, _there(tmp_path / "stick")).path
    people.add_person(desk, {"known_as": "Later"})
    desk.close()

    with pytest.raises(Cancelled):
        recover.restore(
            *(made, desk.folder, office.sheet_a, office.vault, desk.clock),
            set_aside=True,
            cancelled=lambda: True,
        )

    again = signed_in_again(desk)
    assert people.search(again, "later").total == 1
    again.close()
    assert not [path for path in tmp_path.iterdir() if "set aside" in path.name]


def test_a_desk_carried_to_another_computer_asks_for_sheet_a(
    office: Office, tmp_path: Path
) -> None:
    desk = office.desk
    desk.close()
    carried = shutil.copytree(desk.folder, tmp_path / "carried")
    place = SessionVault()

    recover.bring_back_secret(carried, office.sheet_a, place, desk.clock)

    sign_in.sign_in(carried, MANAGER, PASSWORD, desk.clock, place).close()


def told(desk: Desk) -> list[tuple[LookKind, str]]:
    """What the log says of sheet A, newest first."""
    rows = looks.log(desk).rows
    return [(each.kind, each.about) for each in rows if "sheet A" in each.about]


def test_a_desk_that_was_just_made_tells_of_no_sheet(office: Office) -> None:
    office.desk.close()

    again = signed_in_again(office.desk)

    assert told(again) == []
    again.close()


def test_a_new_password_by_sheet_a_is_in_the_log_once_from_the_next_sign_in_on(
    office: Office,
) -> None:
    desk = office.desk
    desk.close()
    recover.new_password_by_sheet(
        *(desk.folder, office.sheet_a, MANAGER, OTHER, desk.clock, office.vault)
    )

    signed_in_again(desk, password=OTHER).close()
    again = signed_in_again(desk, password=OTHER)

    assert told(again) == [
        (
            LookKind.RIGHTS,
            f"new password for {MANAGER}, by recovery sheet A, before this sign-in",
        )
    ]
    again.close()


def test_it_is_told_although_somebody_else_signs_in_first(office: Office) -> None:
    desk = office.desk
    users.add_user(desk, "Rita Invented", "CASEWORKER", OTHER)
    desk.close()
    recover.new_password_by_sheet(
        *(desk.folder, office.sheet_a, MANAGER, OTHER, desk.clock, office.vault)
    )

    signed_in_again(desk, "Rita Invented", OTHER).close()
    again = signed_in_again(desk, password=OTHER)

    lines = [line for line in looks.log(again).rows if "sheet A" in line.about]
    assert [line.by for line in lines] == ["Rita Invented"]
    again.close()


def test_a_secret_that_was_brought_back_is_in_the_log_with_its_moment(
    office: Office,
) -> None:
    desk, elsewhere = office.desk, SessionVault()
    desk.close()
    recover.bring_back_secret(desk.folder, office.sheet_a, elsewhere, desk.clock)
    recover.bring_back_secret(desk.folder, office.sheet_a, elsewhere, desk.clock)

    sign_in.sign_in(desk.folder, MANAGER, PASSWORD, desk.clock, elsewhere).close()
    again = sign_in.sign_in(desk.folder, MANAGER, PASSWORD, desk.clock, elsewhere)

    found = told(again)
    assert len(found) == 2
    assert all(about.startswith("team secret brought back") for _, about in found)
    again.close()


def test_a_note_of_a_secret_that_was_changed_tells_nothing(office: Office) -> None:
    desk = office.desk
    desk.close()
    sheet_use.remember(desk.folder, desk.store.store_id, b"another secret", 1)

    again = signed_in_again(desk)

    assert told(again) == []
    again.close()


def test_a_restore_is_in_the_log_with_the_day_of_its_backup(
    office: Office, tmp_path: Path
) -> None:
    desk = office.desk
    made = backups.back_up(desk, _there(tmp_path / "stick")).path
    desk.close()
    new, place = tmp_path / "new" / "desk", SessionVault()
    recover.restore(made, new, office.sheet_a, place, desk.clock)
    recover.new_password_by_sheet(
        new, office.sheet_a, MANAGER, OTHER, desk.clock, place
    )

    sign_in.sign_in(new, MANAGER, OTHER, desk.clock, place).close()
    again = sign_in.sign_in(new, MANAGER, OTHER, desk.clock, place)

    (password, restored) = told(again)
    assert restored[0] == LookKind.RESTORE
    assert restored[1].startswith("from the backup of ")
    assert password[0] == LookKind.RIGHTS
    assert looks.verify(again) == []
    with again.store.reading() as rows:
        assert older_copy.since(rows) == again.today()
    again.close()


def _there(folder: Path) -> Path:
    folder.mkdir()
    return folder
