"""Staff who sign in: their rights, their keys, and what is open when they leave."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.keys import desk_keys
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError, NotAllowed, NotValid, WrongPassword
from provider_desk.model.looks import LookKind
from provider_desk.model.records import (
    Contract,
    ContractArea,
    Provider,
    User,
)
from provider_desk.services.casework import people, referrals
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights import caseload, users
from provider_desk.services.rights.leaving import LeaverPoint
from provider_desk.store import drafts
from provider_desk.store.store import Store
from tests.builders.casework import (
    make_client,
    make_session,
    make_waiting,
    signed_in_as,
)
from tests.builders.keys import NAME, PASSWORD, RealDesk, real_desk

NEW = "copper window gentle tractor"
OTHER = "velvet candle orbit meadow"


@pytest.fixture
def real(folder: Path) -> RealDesk:
    """Key files with a manager."""
    return real_desk(folder, "1" * 32)


@pytest.fixture
def office(real: RealDesk, clock: FixedClock) -> Iterator[Desk]:
    """A desk with those keys, and the manager at it."""
    keys = real.keys
    manager = User(id="1" * 32, name=NAME, role="MANAGER", initials="JI")
    store = Store.create(real.folder, keys.key, clock, keys.store_id, keys.device)
    contract = Contract(reference="C", title="Support (invented)")
    with store.writing("set up") as deed:
        for row in (
            Provider(name="Invented Counselling", code="IC"),
            manager,
            contract,
            ContractArea(contract_id=contract.id, area="PES_AD"),
            ContractArea(contract_id=contract.id, area="THER"),
        ):
            deed.add(row)
    yield Desk(store, manager, clock, keys)
    store.close()


def user_called(desk: Desk, name: str) -> User:
    return next(user for user in users.users(desk) if user.name == name)


def points_of(desk: Desk, user: User) -> dict[str, LeaverPoint]:
    return {point.key: point for point in users.leaver_checklist(desk, user.id)}


def test_somebody_added_signs_in_and_the_log_says_who_let_them(
    office: Desk, real: RealDesk
) -> None:
    changed = users.add_user(
        office, " New  Person ", "COUNSELLOR", NEW, initials="NP", team="north"
    )

    added = user_called(office, "New Person")
    assert changed.said == "New Person can sign in as counsellor."
    assert (added.initials, added.team) == ("NP", "north")
    assert real.unlock("New Person", NEW).user == added.id
    assert not real.unlock("New Person", NEW).is_admin
    line = looks.log(office).rows[0]
    assert (line.kind, line.about) == (
        LookKind.RIGHTS,
        "account for New Person: counsellor",
    )


def test_an_account_that_wont_do_is_not_made(office: Desk, real: RealDesk) -> None:
    with pytest.raises(NotValid) as told:
        users.add_user(office, NAME, "STUDENT", "short", initials="JI")

    assert {problem.field for problem in told.value.problems} == {
        "name", "initials", "password", "ends_on",
    }  # fmt: skip
    assert [user.name for user in users.users(office)] == [NAME]
    assert looks.log(office).total == 0
    with pytest.raises(WrongPassword):
        real.unlock(NAME, "short")


def test_a_students_account_ends(office: Desk) -> None:
    until = date(2018, 9, 30)
    users.add_user(office, "A Student", "STUDENT", NEW, ends_on=until)

    student = user_called(office, "A Student")
    assert student.ends_on == until
    assert "until Sun 30 Sep 2018" in looks.log(office).rows[0].about
    with pytest.raises(NotValid, match="account of a student"):
        users.change_user(office, student.id, {"ends_on": None})


def test_managers_hold_the_managers_key_and_others_dont(
    office: Desk, real: RealDesk
) -> None:
    users.add_user(office, "New Person", "ADMINISTRATOR", NEW)
    user = user_called(office, "New Person")

    users.change_user(office, user.id, {"role": "MANAGER"})
    assert real.unlock("New Person", NEW).holds("admin")
    users.change_user(office, user.id, {"role": "CASEWORKER"})

    assert not real.unlock("New Person", NEW).holds("admin")
    assert [line.about for line in looks.log(office).rows][:2] == [
        "account of New Person: caseworker",
        "account of New Person: manager",
    ]


def test_a_change_that_changes_nothing_is_not_in_the_log(office: Desk) -> None:
    users.change_user(office, office.user.id, {"initials": "JI"})

    assert looks.log(office).total == 0


def test_a_new_password_lets_in_and_the_old_one_does_not(
    office: Desk, real: RealDesk
) -> None:
    users.add_user(office, "New Person", "COUNSELLOR", NEW)
    user = user_called(office, "New Person")

    with pytest.raises(NotValid):
        users.reset_password(office, user.id, "short")
    said = users.reset_password(office, user.id, OTHER).said

    assert "takes the key up with recovery sheet B" in said
    assert real.unlock("New Person", OTHER).user == user.id
    with pytest.raises(WrongPassword):
        real.unlock("New Person", NEW)
    with pytest.raises(NotAllowed):
        users.reset_password(office, office.user.id, OTHER)


def test_ones_own_password_is_changed_with_the_old_one(
    office: Desk, real: RealDesk
) -> None:
    with pytest.raises(WrongPassword):
        users.change_password(office, "not the old one", NEW)
    with pytest.raises(NotValid):
        users.change_password(office, PASSWORD, f"{NAME.lower()} and more"[:12])
    users.change_password(office, PASSWORD, NEW)

    assert real.unlock(NAME, NEW).user == office.user.id
    assert looks.log(office).rows[0].about == "own password changed"


def test_somebody_let_go_is_locked_out_at_once(office: Desk, real: RealDesk) -> None:
    users.add_user(office, "New Person", "CASEWORKER", NEW)
    user = user_called(office, "New Person")

    with pytest.raises(DeskError, match="your own way in"):
        users.let_go(office, office.user.id, "leaves")
    said = users.let_go(office, user.id, "left").said

    assert said == "New Person can't sign in any more. 1 key renewed."
    assert desk_keys.rekey_due(office.keys)
    with pytest.raises(WrongPassword):
        real.unlock("New Person", NEW)
    line = looks.log(office).rows[0]
    assert (line.about, line.reason) == ("account of New Person ended", "left")


def test_nobody_gets_the_initials_of_somebody_else_or_their_caseload(
    desk: Desk,
) -> None:
    """Neither of a colleague nor of somebody who left."""
    colleague = signed_in_as(desk, "COUNSELLOR", "AB")
    left = signed_in_as(desk, "COUNSELLOR", "CD")
    with desk.store.writing("let go") as deed:
        deed.retire(User, left.user.id, "left")

    for initials in ("ab", "CD"):
        with pytest.raises(NotValid, match="open that caseload"):
            users.change_user(desk, desk.user.id, {"initials": initials})
    users.change_user(desk, colleague.user.id, {"initials": "ab"})


# Leaving.


def a_leaver(desk: Desk) -> tuple[User, str]:
    """Somebody with every kind of open thing; and their person."""
    users.add_user(desk, "Lee Invented", "CASEWORKER", NEW, initials="LI")
    leaver = user_called(desk, "Lee Invented")
    client_id = make_client(desk)
    case = make_waiting(desk, client_id, area="PES_AD")
    for held_on, code in (
        (date(2017, 10, 3), "ATT"),
        (date(2018, 4, 24), "UNREC"),
        (date(2018, 5, 8), "BOOKED"),
        (date(2018, 5, 15), "BOOKED"),
    ):
        make_session(desk, case, held_on, code, type="SUPPORT", worker="LI")
    referrals.allocate(desk, make_waiting(desk), "LI")
    caseload.give_access(desk, make_client(desk), leaver.id, date(2018, 6, 1), "cover")
    drafts.keep(desk.store, leaver.id, "d", 1, b"sealed")
    return leaver, client_id


def test_the_list_of_a_leaver_counts_what_is_open(office: Desk) -> None:
    leaver, _ = a_leaver(office)

    points = points_of(office, leaver)

    assert {key: point.count for key, point in points.items()} == {
        "cases": 1, "waiting": 1, "bookings": 2, "outcomes": 1, "access": 1,
        "drafts": 1, "account": 1, "keys": 1, "backup": 1,
    }  # fmt: skip
    assert points["bookings"].detail == "2 bookings"
    assert points["account"].detail == "Lee Invented can still sign in"


def test_cases_are_handed_over_and_the_account_is_ended(office: Desk) -> None:
    leaver, client_id = a_leaver(office)
    users.add_user(office, "Kim Invented", "CASEWORKER", OTHER, initials="KI")

    with pytest.raises(NotValid, match="Nobody who sees people"):
        users.reassign_cases(office, "LI", "QQ")
    with pytest.raises(NotValid, match="somebody else"):
        users.reassign_cases(office, "LI", "LI")
    said = users.reassign_cases(office, "LI", "KI").said
    users.let_go(office, leaver.id, "left")

    assert said == (
        "Handed over to KI: 1 live case, 1 person who waits to begin, 2 bookings."
    )
    points = points_of(office, leaver)
    assert [key for key, point in points.items() if not point.done] == [
        "outcomes", "access", "drafts", "backup",
    ]  # fmt: skip
    assert points["keys"].detail == "taken away and renewed"
    kim = signed_in(office, "Kim Invented")
    assert [row.client_id for row in people.search(kim, "").rows].count(client_id) == 1
    assert people.person(kim, client_id).episodes[0].worker == "KI"


def signed_in(desk: Desk, name: str) -> Desk:
    """A colleague at the same desk; the keys don't matter here."""
    return Desk(desk.store, user_called(desk, name), desk.clock, desk.keys)


def test_workers_are_those_who_can_be_given_people(desk: Desk) -> None:
    signed_in_as(desk, "TRUSTEE", "TR")
    signed_in_as(desk, "COUNSELLOR", "CO")
    student = signed_in_as(desk, "STUDENT", "ST")
    with desk.store.writing("ended") as deed:
        deed.change(User, student.user.id, {"ends_on": date(2018, 4, 30)})

    assert [user.initials for user in users.workers(desk)] == ["RI", "CO"]
