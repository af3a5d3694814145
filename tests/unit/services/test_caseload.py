"""Whose caseload somebody is of, leave to look outside it, and what that lets see."""

from collections.abc import Callable
from datetime import date

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotAllowed, NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.looks import LookKind
from provider_desk.model.records import Client
from provider_desk.model.views import Standing
from provider_desk.services.casework import (
    episodes,
    people,
    referrals,
    sessions,
    waiting,
)
from provider_desk.services.casework.history import history, values_of
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights import caseload
from provider_desk.store.queries import caseload as questions
from tests.builders.casework import (
    TODAY,
    episode_of,
    make_client,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
    signed_in_as,
)
from tests.builders.two_caseloads import TwoCaseloads, two_caseloads

DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
def two(desk: Desk) -> TwoCaseloads:
    """A desk of two caseloads."""
    return two_caseloads(desk)


@pytest.fixture
def somebody(desk: Desk) -> Desk:
    """A counsellor, initials OT."""
    return signed_in_as(desk, "COUNSELLOR")


def sees(desk: Desk, client_id: str) -> bool:
    """Whether somebody is found, and can be opened: both or neither."""
    found = client_id in {row.client_id for row in people.search(desk, "").rows}
    try:
        people.person(desk, client_id)
    except NotFound:
        assert not found
        return False
    assert found
    return True


def by_episode(desk: Desk, somebody: Desk) -> str:
    client_id = make_client(desk)
    referral_id, episode_id = make_episode(desk, client_id)
    assert referral_id
    episodes.change_episode(desk, episode_id, {"worker": somebody.user.initials})
    return client_id


def by_session(desk: Desk, somebody: Desk) -> str:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    initials = somebody.user.initials
    make_session(desk, referral_id, date(2017, 9, 8), type="ASSESS", worker=initials)
    return client_id


def by_allocation(desk: Desk, somebody: Desk) -> str:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    referrals.allocate(desk, referral_id, somebody.user.initials)
    return client_id


def by_making_the_person(desk: Desk, somebody: Desk) -> str:
    assert desk is not somebody
    return make_client(somebody)


def by_making_the_referral(desk: Desk, somebody: Desk) -> str:
    client_id = make_client(desk)
    caseload.ask_for_access(somebody, client_id, "phoned in for a colleague")
    make_referral(somebody, client_id)
    return client_id


def by_access(desk: Desk, somebody: Desk) -> str:
    client_id = make_client(desk)
    caseload.give_access(desk, client_id, somebody.user.id, TODAY, "holiday cover")
    return client_id


WAYS = (
    by_episode,
    by_session,
    by_allocation,
    by_making_the_person,
    by_making_the_referral,
    by_access,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: str(way.__name__))
def test_somebody_is_of_a_caseload(
    desk: Desk, somebody: Desk, way: Callable[[Desk, Desk], str]
) -> None:
    stranger = make_client(desk)

    assert sees(somebody, way(desk, somebody))
    assert not sees(somebody, stranger)
    assert people.search(somebody, "").total == 1


def test_a_session_that_was_taken_back_opens_nobody(desk: Desk, somebody: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    session_id = make_session(
        desk, referral_id, date(2017, 9, 8), type="ASSESS", worker="OT"
    )
    assert sees(somebody, client_id)

    sessions.take_back_session(desk, session_id, "somebody else's")

    assert not sees(somebody, client_id)


def test_both_ways_of_asking_agree_for_every_role_and_person(
    two: TwoCaseloads,
) -> None:
    """One makes the list, the other asks for one person alone."""
    asked = 0
    for role in ("COUNSELLOR", "CASEWORKER", "STUDENT", "TRUSTEE", "MANAGER"):
        for desk in (two.signed_in(role), two.other):
            with desk.store.reading() as rows:
                mine = caseload.of_desk(desk, rows)
                for (client_id,) in rows.rows("SELECT id FROM client"):
                    alone = caseload.holds(desk, rows, client_id)
                    assert alone is mine.holds(client_id)
                    asked += 1
    assert asked == 5 * 2 * 4


def test_what_is_outside_is_refused_in_the_words_for_what_is_not_there(
    two: TwoCaseloads,
) -> None:
    desk = two.signed_in("COUNSELLOR")
    nobody = "0" * 32

    def told(call: Callable[[], object]) -> str:
        with pytest.raises(NotFound) as refused:
            call()
        return str(refused.value)

    (session_id, *_) = two.live.rows["session"]
    assert told(lambda: people.person(desk, two.live.client_id)) == told(
        lambda: people.person(desk, nobody)
    )
    assert told(lambda: history(desk, "session", session_id)) == told(
        lambda: history(desk, "session", nobody)
    )
    assert told(lambda: sessions.record_attendance(desk, session_id, "DNA")) == told(
        lambda: sessions.record_attendance(desk, nobody, "DNA")
    )


def test_who_brought_the_old_records_in_has_not_all_of_them(
    desk: Desk, somebody: Desk
) -> None:
    """An administrator once, a counsellor now."""
    client = Client(code="I-9000", known_as="Brought In")
    with desk.store.writing("bring in spreadsheets", by=somebody.user.id) as deed:
        deed.add(client)
    referral_id = make_referral(desk, client.id)

    assert referral_id
    assert not sees(somebody, client.id)


# Access for a reason.


def test_a_reason_opens_somebody_until_the_end_of_the_day(
    two: TwoCaseloads, clock: FixedClock
) -> None:
    desk = two.signed_in("COUNSELLOR")

    with pytest.raises(NotValid, match="Say why"):
        caseload.ask_for_access(desk, two.live.code, "  ")
    assert not sees(desk, two.live.client_id)
    said = caseload.ask_for_access(desk, two.live.code.lower(), "rang in distress")
    assert said.said == "You can open this record until the end of the day."
    assert sees(desk, two.live.client_id)
    clock.ms += DAY_MS

    assert not sees(desk, two.live.client_id)
    line = looks.log(two.manager, kind=LookKind.OUTSIDE).rows[0]
    assert (line.reason, line.code) == ("rang in distress", two.live.code)
    assert line.by_id == desk.user.id


def test_a_code_that_nobody_has_opens_nothing(two: TwoCaseloads) -> None:
    desk = two.signed_in("COUNSELLOR")

    with pytest.raises(NotFound, match="Nobody on this desk has this code"):
        caseload.ask_for_access(desk, "Q-1", "a reason")
    with pytest.raises(NotFound):
        caseload.ask_for_access(desk, "", "a reason")


def test_a_student_asks_a_colleague(two: TwoCaseloads) -> None:
    desk = two.signed_in("STUDENT")

    with pytest.raises(NotAllowed):
        caseload.ask_for_access(desk, two.live.code, "a reason")
    caseload.give_access(
        two.manager, two.live.client_id, desk.user.id, date(2018, 5, 8), "observes"
    )

    assert sees(desk, two.live.client_id)


def test_access_that_was_given_is_listed_and_taken_back(two: TwoCaseloads) -> None:
    desk = two.signed_in("COUNSELLOR")
    until = date(2018, 6, 30)
    caseload.give_access(
        two.manager, two.waits.client_id, desk.user.id, until, "joint work"
    )

    (given,) = caseload.access_given(two.manager, two.waits.client_id)
    assert (given.user_id, given.until_on) == (desk.user.id, until)
    assert sees(desk, two.waits.client_id)
    caseload.end_access(two.manager, given.id, "joint work is over")

    assert not sees(desk, two.waits.client_id)
    assert caseload.access_given(two.manager, two.waits.client_id) == []
    told = looks.log(two.manager, client_id=two.waits.client_id).rows
    assert [line.kind for line in told].count(LookKind.RIGHTS) == 2


def test_access_is_not_given_for_the_past_or_to_a_role_that_opens_nobody(
    two: TwoCaseloads,
) -> None:
    trustee = two.signed_in("TRUSTEE")

    with pytest.raises(NotValid, match="past"):
        caseload.give_access(
            two.manager, two.live.client_id, two.other.user.id, date(2018, 4, 30), "r"
        )
    with pytest.raises(NotValid, match="opens nobody"):
        caseload.give_access(
            two.manager, two.live.client_id, trustee.user.id, TODAY, "r"
        )


# Searching.


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("ZZ-9901", True),
        ("zz-9901", True),
        ("Otherella Otherella-canary 13/7/1971", True),
        ("otherella-canary otherella 13 jul 1971", True),
        ("ZZ-990", False),
        ("Otherella", False),
        ("Otherella Otherella-canary", False),
        ("Otherella 13/7/1971", False),
        ("13/7/1971", False),
        ("07700 130771", False),
    ],
)
def test_only_who_is_named_exactly_is_told_of_and_without_details(
    two: TwoCaseloads, text: str, *, told_of: bool
) -> None:
    for role, asks in (("COUNSELLOR", True), ("STUDENT", False)):
        found = people.search(two.signed_in(role), text)

        rows = [(r.status, r.code, r.name, r.born, r.worker) for r in found.rows]
        outside = [(Standing.OUTSIDE, "", "", "", "")]
        assert rows == (outside if told_of and asks else [])
        assert found.total == len(rows)


def test_a_new_person_like_somebody_outside_is_told_without_details(
    two: TwoCaseloads,
) -> None:
    desk = two.signed_in("COUNSELLOR")
    typed: dict[str, Value] = {
        "given_names": "Otherella",
        "family_name": "Otherella-canary",
    }

    (row,) = people.likely_duplicates(desk, typed)

    assert (row.status, row.client_id, row.code, row.name) == (
        Standing.OUTSIDE, "", "", "",
    )  # fmt: skip
    born: dict[str, Value] = {"born_on": date(1971, 7, 13)}
    assert people.likely_duplicates(desk, born) == []
    assert len(people.likely_duplicates(two.manager, born)) == 1


# The waiting list.


def test_who_sees_the_list_opens_who_waits_and_can_put_a_removal_right(
    two: TwoCaseloads,
) -> None:
    desk = two.signed_in("CASEWORKER")
    (referral_id,) = two.waits.rows["referral"]

    assert sees(desk, two.waits.client_id)
    waiting.leave_list(desk, referral_id, TODAY, "NOT_WANTED")
    assert waiting.waiting_list(desk, TODAY).rows == ()
    waiting.back_on_list(desk, referral_id)

    assert [row.code for row in waiting.waiting_list(desk, TODAY).rows] == [
        two.waits.code
    ]


def test_somebody_who_started_with_a_colleague_leaves_the_list_and_the_view(
    two: TwoCaseloads,
) -> None:
    desk = two.signed_in("CASEWORKER")
    (referral_id,) = two.waits.rows["referral"]
    make_session(two.manager, referral_id, date(2018, 4, 20), worker="XX")

    assert not sees(desk, two.waits.client_id)
    then = waiting.waiting_list(desk, date(2018, 1, 1))
    assert two.waits.code not in {row.code for row in then.rows}


def test_who_sees_somebody_only_on_the_list_reads_no_clinical_words(
    two: TwoCaseloads,
) -> None:
    """An earlier case of somebody who waits again stays with who held it."""
    desk = two.signed_in("CASEWORKER")
    earlier = make_waiting(
        two.manager, two.waits.client_id, received_on=date(2016, 9, 1), area="PES_AD"
    )
    session_id = make_session(
        two.manager, earlier, date(2016, 10, 3), type="SUPPORT", worker="XX",
        note="earlier clinical words",
    )  # fmt: skip

    page = people.person(desk, two.waits.client_id)
    told = history(desk, "session", session_id)

    assert "earlier clinical words" not in str([event.detail for event in page.events])
    assert "earlier clinical words" not in str([line.fields for line in told])
    assert values_of(desk, "session", session_id)["note"] == ""
    read = people.person(two.manager, two.waits.client_id)
    assert "earlier clinical words" in str([event.detail for event in read.events])


# Clinical words are neither read nor overwritten by a role that may not.


def test_who_may_not_read_a_note_leaves_it_as_it_is(two: TwoCaseloads) -> None:
    desk = two.signed_in("ADMINISTRATOR")
    session_id = two.own.rows["session"][0]
    shown = values_of(desk, "session", session_id)
    assert shown["note"] == ""

    sessions.correct_session(desk, session_id, {**shown, "minutes": 45}, "shorter")
    with pytest.raises(NotValid, match="may not read clinical notes"):
        sessions.correct_session(desk, session_id, {"note": "typed over"}, "why not")

    held = values_of(two.manager, "session", session_id)
    assert (held["minutes"], held["note"]) == (45, "own words")


def test_scores_are_not_opened_by_a_role_that_may_not(two: TwoCaseloads) -> None:
    desk = two.signed_in("ADMINISTRATOR")
    (score_id,) = two.own.rows["score"]

    with pytest.raises(NotAllowed, match="clinical notes"):
        history(desk, "score", score_id)
    with pytest.raises(NotAllowed, match="clinical notes"):
        values_of(desk, "score", score_id)


# Allocating.


def test_a_person_is_allocated_to_somebody_who_sees_people(two: TwoCaseloads) -> None:
    desk = two.signed_in("COUNSELLOR")
    two.signed_in("TRUSTEE")
    (referral_id,) = two.waits.rows["referral"]

    with pytest.raises(NotValid, match="Nobody who sees people"):
        referrals.allocate(two.manager, referral_id, "QQ")
    said = referrals.allocate(two.manager, referral_id, "OW").said

    assert said == "Allocated to OW."
    assert [row.code for row in waiting.waiting_list(desk, TODAY).rows] == [
        two.waits.code
    ]
    referrals.allocate(two.manager, referral_id, "")
    assert waiting.waiting_list(desk, TODAY).rows == ()


def test_somebody_taken_off_the_desk_is_of_no_caseload(
    desk: Desk, somebody: Desk
) -> None:
    client_id = by_session(desk, somebody)
    with desk.store.writing("retire") as deed:
        deed.retire(Client, client_id, "entered in error")

    with desk.store.reading() as rows:
        scope = caseload.scope_of(somebody)
        assert scope is not None
        assert questions.of_scope(rows, scope).ids == frozenset()
    assert people.search(somebody, "").total == 0


def test_an_episode_stays_with_its_worker(desk: Desk, somebody: Desk) -> None:
    client_id = by_episode(desk, somebody)
    (referral_id,) = [r.referral.id for r in people.person(desk, client_id).referrals]

    assert episode_of(desk, referral_id).worker == somebody.user.initials
