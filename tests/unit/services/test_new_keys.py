"""What a new role and a new password do to keys, and to what lies under them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.keys import desk_keys, roster
from provider_desk.model import files
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DiskFull, NotAllowed
from provider_desk.model.looks import LookKind
from provider_desk.model.records import Client
from provider_desk.services.desk import Desk
from provider_desk.services.entry.sign_in import sign_in
from provider_desk.services.looking import looks
from provider_desk.services.rights import counsel_key, users
from provider_desk.services.safety import drafts
from provider_desk.store import check
from provider_desk.store import drafts as kept_drafts
from tests.builders.desks import MANAGER, PASSWORD
from tests.builders.offices import STAFF, Office, made_office

TEAM = "counsel:main"
NEW = "thunder basket yellow piano"


@pytest.fixture
def office(folder: Path, clock: FixedClock) -> Iterator[Office]:
    """Everybody of an office, the counselling key given to who writes sealed notes."""
    made = made_office(folder, clock)
    yield made
    made.manager.store.close()


def holders(desk: Desk) -> set[str]:
    """Roles of those who hold the counselling key of the first team."""
    held = desk_keys.members_of(desk.folder, desk.keys, TEAM)
    return {user.role for user in users.users(desk) if user.id in held}


def texts(desk: Desk) -> dict[str, str]:
    return {each.name: each.text for each in drafts.kept(desk).drafts}


def test_the_key_of_a_counsellor_goes_with_their_role(office: Office) -> None:
    manager, gone = office.manager, office.signed_in("COUNSELLOR")

    said = users.change_user(manager, gone.user.id, {"role": "CASEWORKER"}).said

    assert "holds no counselling key any more" in said
    assert "A new one begins when a clinical lead signs in" in said
    assert holders(manager) == {"CLINICAL_LEAD", "STUDENT"}
    assert desk_keys.due(manager.folder, manager.keys) == [TEAM]
    assert "counselling key taken away" in looks.log(manager).rows[0].about
    lead = office.signed_in("CLINICAL_LEAD")
    assert desk_keys.rotate_due(lead.folder, lead.keys) == [TEAM]
    with pytest.raises(NotAllowed, match="writes no sealed notes"):
        counsel_key.give(lead, gone.user.id)


@pytest.mark.parametrize("role", ["CASEWORKER", "ADMINISTRATOR", "COUNSELLOR"])
def test_a_clinical_lead_who_is_one_no_longer_gives_no_key(
    office: Office, role: str
) -> None:
    manager, lead = office.manager, office.signed_in("CLINICAL_LEAD")
    other = office.signed_in("CASEWORKER").user.id
    young = desk_keys.add_team(lead.folder, lead.keys, "young")

    said = users.change_user(manager, lead.user.id, {"role": role}).said

    assert "There is no clinical lead now" in said
    assert "with recovery sheet B" in said
    now = office.unlocked(*STAFF["CLINICAL_LEAD"]).keys
    assert not now.is_lead
    assert not now.holds(young)
    assert now.holds(TEAM) == (role == "COUNSELLOR")
    assert holders(manager) == {"COUNSELLOR", "STUDENT"}
    with pytest.raises(NotAllowed):
        desk_keys.grant(manager.folder, now, TEAM, other)


def test_after_a_new_password_it_is_said_who_gives_the_key(office: Office) -> None:
    manager = office.manager
    ids = {role: office.signed_in(role).user.id for role in STAFF}

    said = users.reset_password(manager, ids["COUNSELLOR"], NEW).said
    assert "A clinical lead gives the counselling key again" in said
    said = users.reset_password(manager, ids["CLINICAL_LEAD"], f"{NEW} again").said
    assert "There is no clinical lead now" in said


def test_a_manager_is_still_made_of_nobody_who_holds_the_key(office: Office) -> None:
    counsellor = office.signed_in("COUNSELLOR").user.id

    with pytest.raises(NotAllowed, match="a manager may not"):
        users.change_user(office.manager, counsellor, {"role": "MANAGER"})

    assert "COUNSELLOR" in holders(office.manager)


def test_a_new_role_that_goes_with_the_key_leaves_it(office: Office) -> None:
    student = office.signed_in("STUDENT").user.id

    said = users.change_user(office.manager, student, {"role": "COUNSELLOR"}).said

    assert said == "Stu Invented saved."
    assert student in desk_keys.members_of(
        office.manager.folder, office.manager.keys, TEAM
    )


def test_drafts_are_there_after_a_new_password(office: Office) -> None:
    name, password = STAFF["COUNSELLOR"]
    desk = office.signed_in("COUNSELLOR")
    drafts.keep(desk, {"session:1": "kestrel", "note:2": "heron"})
    before = desk.keys.own_key("drafts")

    users.change_password(desk, password, NEW)

    assert desk.keys.own_key("drafts") != before
    again = office.unlocked(name, NEW)
    assert texts(again) == {"session:1": "kestrel", "note:2": "heron"}
    assert drafts.kept(again).lost == 0
    drafts.drop(again, "note:2")
    drafts.keep(again, {"session:1": "kestrel, later"})
    assert texts(again) == {"session:1": "kestrel, later"}
    with again.store.reading() as rows:
        assert len(kept_drafts.listed(rows, again.user.id)) == 1


def test_who_gave_a_password_opens_no_draft_once_it_is_changed(office: Office) -> None:
    name, password = STAFF["CASEWORKER"]
    giver = office.unlocked(name, password)
    desk = office.signed_in("CASEWORKER")
    drafts.keep(desk, {"panel": "kestrel"})
    assert texts(giver) == {"panel": "kestrel"}

    users.change_password(desk, password, NEW)

    with desk.store.reading() as rows:
        (left,) = kept_drafts.listed(rows, desk.user.id)
    with pytest.raises(Exception, match=r"^$"):
        drafts._opened(giver, left.name, left.sealed)


def test_a_password_that_is_not_written_leaves_the_drafts(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, password = STAFF["CASEWORKER"]
    desk = office.signed_in("CASEWORKER")
    drafts.keep(desk, {"panel": "kestrel"})

    def full(folder: Path, _listed: object) -> None:
        raise files.disk_full(folder)

    monkeypatch.setattr(roster, "write", full)
    with pytest.raises(DiskFull):
        users.change_password(desk, password, NEW)
    monkeypatch.undo()

    assert texts(office.unlocked(name, password)) == {"panel": "kestrel"}
    with desk.store.reading() as rows:
        assert len(kept_drafts.listed(rows, desk.user.id)) == 1


class _Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_while_the_keys_change_loses_no_draft(
    office: Office, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    name, password = STAFF["CASEWORKER"]
    desk = office.signed_in("CASEWORKER")
    drafts.keep(desk, {"panel": "kestrel"})
    write = roster.write

    def killed(*_args: object) -> None:
        raise _Killed

    def cut(folder: Path, listed: roster.Roster) -> None:
        if when == "after":
            write(folder, listed)
        monkeypatch.setattr(kept_drafts, "drop", killed)
        raise _Killed

    monkeypatch.setattr(roster, "write", cut)
    with pytest.raises(_Killed):
        users.change_password(desk, password, NEW)
    monkeypatch.undo()

    again = office.unlocked(name, NEW if when == "after" else password)
    assert texts(again) == {"panel": "kestrel"}


def test_a_new_password_stands_in_the_log(office: Office) -> None:
    desk = office.signed_in("CASEWORKER")

    users.change_password(desk, STAFF["CASEWORKER"][1], NEW)

    line = looks.log(office.manager).rows[0]
    assert (line.kind, line.about) == (LookKind.RIGHTS, "own password changed")


def test_a_page_that_can_not_be_read_keeps_nobody_out_because_a_new_key_is_due(
    office: Office,
) -> None:
    """Without a new key a manager goes on with what can be read, and makes it known."""
    manager = office.manager
    with manager.store.writing("add people") as deed:
        deed.add_all(Client(code=f"G-{n}", known_as="Invented") for n in range(2_000))
    users.let_go(manager, office.signed_in("CASEWORKER").user.id, "left")
    manager.close()
    path = manager.store.path
    with path.open("rb+") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096 + 100)
        file.write(b"\0" * 8)
    assert not check.pages_are_sound(path, manager.keys.key)

    again = sign_in(
        *(manager.folder, MANAGER, PASSWORD, manager.clock, office.vault),
        accept_older="the disk failed",
    )

    assert len(users.users(again)) == len(STAFF)
    again.close()
