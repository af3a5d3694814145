"""Finding people, their page, and how they may be reached."""

from datetime import date, timedelta

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotAllowed, NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Client
from provider_desk.model.views import EventKind
from provider_desk.services.casework import episodes, people, sessions, waiting
from provider_desk.services.casework.history import history
from provider_desk.services.casework.measuring import scores
from provider_desk.services.desk import Desk
from provider_desk.store import search
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
)


@pytest.fixture
def zoe(desk: Desk) -> str:
    """Somebody with every kind of name and number; nobody like her exists."""
    make_client(desk, known_as="Somebody Else", born_on=date(1980, 5, 9))
    return make_client(
        desk,
        known_as="Zoë",
        given_names="Zoé Łucja",
        family_name="O'Brien-Müller",
        previous_names="Ångström",
        code="RAC-0417",
        born_on=date(1980, 9, 5),
        mobile="+44 7700 900 123",
        landline="(01709) 496-0000",
    )


@pytest.mark.parametrize(
    "text",
    [
        "zoe",
        "ZOË",
        "zo mul",
        "muller zoé",
        "o'brien",
        "obrien",
        "brien",
        "OBrienMuller",
        "angstrom",
        "RAC-0417",
        "rac",
        "0417",
        "rac-04",
        "5/9/1980",
        "05.09.80",
        "1980-09-05",
        "5 sep 1980",
        "5th September 1980",
        "zoe 5/9/80",
        "zoe 1980",
        "07700 900123",
        "07700900",
        "+44 7700 900",
        "01709 4960000",
    ],
)
def test_a_person_is_found_by(desk: Desk, zoe: str, text: str) -> None:
    assert [row.client_id for row in people.search(desk, text).rows] == [zoe]


@pytest.mark.parametrize(
    "text",
    [
        "zoex",
        "zoe smith",
        "5/9/1981",
        "zoe 9/5/1980",
        "07701",
        '"',
        "*",
        "zoe NOT",
        "-",
    ],
)
def test_a_person_is_not_found_by(desk: Desk, zoe: str, text: str) -> None:
    assert people.search(desk, text).total == 0, zoe


def test_a_changed_name_is_found_at_once_and_the_old_one_is_not(
    desk: Desk, zoe: str
) -> None:
    people.change_person(desk, zoe, {"known_as": "Beatrix", "given_names": ""})

    assert people.search(desk, "bea").total == 1
    assert people.search(desk, "zoe").total == 0


def test_somebody_taken_off_the_desk_is_never_shown(desk: Desk, zoe: str) -> None:
    with desk.store.writing("retire") as deed:
        deed.retire(Client, zoe, "entered in error")

    for text in ("zoe", "5/9/1980", "rac", ""):
        assert zoe not in {row.client_id for row in people.search(desk, text).rows}
    assert sessions.cases(desk, "zoe") == []
    with pytest.raises(NotFound):
        people.person(desk, zoe)


def test_the_index_is_made_anew_as_it_was(desk: Desk, zoe: str) -> None:
    people.change_person(desk, zoe, {"mobile": "07700 900456"})
    with desk.store.writing("spoil") as deed:
        deed.rows("DELETE FROM person_doc WHERE client_id = ?", (zoe,))
        deed.change(Client, zoe, {"address": "1 Invented Street"})
        assert search.astray(deed) == 1
        for statement in search.REBUILD:
            deed.rows(statement)
        assert search.astray(deed) == 0

    assert people.search(desk, "zoe").total == 1
    assert people.search(desk, "07700900456").total == 1


def test_many_matches_are_paged_without_loss(desk: Desk) -> None:
    for number in range(23):
        make_client(desk, known_as=f"Paged {number:02d}")

    pages = [people.search(desk, "paged", start=s, count=10) for s in (0, 10, 20)]

    names = [row.name for page in pages for row in page.rows]
    assert names == [f"Paged {number:02d}" for number in range(23)]
    assert {page.total for page in pages} == {23}


def test_without_words_those_seen_lately_come_first_and_everybody_once(
    desk: Desk,
) -> None:
    quiet = make_client(desk)
    seen, _ = make_episode(desk)
    make_session(desk, seen, TODAY - timedelta(1))
    waits = make_waiting(desk, received_on=date(2018, 4, 1))

    pages = [people.search(desk, "", start=s, count=2) for s in (0, 2)]
    ids = [row.client_id for page in pages for row in page.rows]

    assert len(set(ids)) == 3
    assert pages[0].total == 3
    with_status = {row.client_id: row.status for p in pages for row in p.rows}
    assert sorted(with_status.values()) == ["live", "no referral", "waiting"]
    order = [with_status[each] for each in ids if each != quiet]
    assert order == ["live", "waiting"], waits


def test_a_code_is_given_and_never_given_twice(desk: Desk) -> None:
    first = make_client(desk)
    assert people.next_code(desk) == "I-0002"
    with desk.store.writing("retire") as deed:
        deed.retire(Client, first, "entered in error")

    assert people.next_code(desk) == "I-0002"
    make_client(desk, code="I-0041")
    assert people.next_code(desk) == "I-0042"
    with pytest.raises(NotValid, match="is or was somebody else's") as told:
        make_client(desk, code="I-0001")
    assert [each.field for each in told.value.problems] == ["code"]


def test_a_person_without_name_or_age_is_saved_with_warnings(desk: Desk) -> None:
    _, changed = people.add_person(desk, {})

    assert {each.field for each in changed.warnings} == {"born_on", "known_as"}


@pytest.mark.parametrize(
    "values",
    [
        {"born_on": date(1980, 9, 5), "known_as": "Zoe"},
        {"born_on": date(1980, 9, 5), "family_name": "Obrien"},
        {"given_names": "zoe", "family_name": "o'brien"},
        {"mobile": "07700900123"},
        {"landline": "01709 496 0000"},
    ],
)
def test_a_likely_duplicate_is_pointed_out(
    desk: Desk, zoe: str, values: dict[str, Value]
) -> None:
    assert [p.client_id for p in people.likely_duplicates(desk, values)] == [zoe]


def test_the_same_birthday_alone_makes_no_duplicate(desk: Desk, zoe: str) -> None:
    values: dict[str, Value] = {"born_on": date(1980, 9, 5), "known_as": "Wilma"}

    assert people.likely_duplicates(desk, values) == [], zoe


def test_a_channel_nobody_asked_about_is_listed_as_not_asked(
    desk: Desk, zoe: str
) -> None:
    ways = waiting.safe_ways(desk, zoe)

    assert len(ways) == 8
    assert {way.permission for way in ways} == {"NK"}


@pytest.mark.parametrize("permission", ["NO", "NK", ""])
def test_a_number_is_not_shown_unless_the_channel_is_safe(
    desk: Desk, zoe: str, permission: str
) -> None:
    if permission:
        people.set_safe_contact(desk, zoe, "MOBILE", {"permission": permission})

    with pytest.raises(NotAllowed, match="Mobile call is not marked safe") as told:
        people.number_for(desk, zoe, "MOBILE")

    assert "7700" not in str(told.value)


def test_a_safe_number_comes_with_its_rules(desk: Desk, zoe: str) -> None:
    with pytest.raises(NotValid, match="Write down the rules"):
        people.set_safe_contact(desk, zoe, "MOBILE", {"permission": "YES_RULES"})
    values: dict[str, Value] = {
        "permission": "YES_RULES",
        "rules": "weekdays, ask for Z",
    }
    people.set_safe_contact(desk, zoe, "MOBILE", values)

    found = people.number_for(desk, zoe, "MOBILE")

    assert (found.reach, found.rules) == ("+44 7700 900 123", "weekdays, ask for Z")
    assert found.checked_on == TODAY


def test_a_change_of_safe_contact_keeps_what_held_before(desk: Desk, zoe: str) -> None:
    people.set_safe_contact(desk, zoe, "TEXT", {"permission": "YES"})
    people.set_safe_contact(desk, zoe, "TEXT", {"permission": "NO"})

    (way,) = [w for w in waiting.safe_ways(desk, zoe) if w.channel == "TEXT"]
    assert way.permission == "NO"
    told = [line.fields for line in history(desk, "safe_contact", way.id)]
    assert ("Is it safe", "Safe", "Not safe, never use") in told[-1]


def test_a_page_tells_everything_newest_first(desk: Desk, zoe: str) -> None:
    referral_id = make_waiting(desk, zoe)
    waiting.record_contact(
        desk,
        referral_id,
        {"held_on": date(2017, 9, 20), "method": "F2F", "result": "SPOKE"},
    )
    first = make_session(desk, referral_id, date(2017, 10, 3))
    make_session(desk, referral_id, date(2017, 10, 10), "DNA")
    score: dict[str, Value] = {"instrument": "PHQ9", "total": 12, "risk_item": "0"}
    scores.add_score(desk, referral_id, {**score, "scored_on": date(2017, 10, 3)})
    sessions.correct_session(desk, first, {"minutes": 45}, "left early")
    make_referral(desk, zoe, area="PES_AD")

    page = people.person(desk, zoe)

    assert (page.name, page.age) == ("Zoë", 37)
    days = [event.on for event in page.events]
    assert days == sorted(days, reverse=True)
    assert {event.kind for event in page.events} == {
        EventKind.REFERRAL,
        EventKind.WAITING,
        EventKind.EPISODE,
        EventKind.SESSION,
        EventKind.SCORE,
    }
    assert [e.row_id for e in page.events if e.corrected] == [first]
    assert [card.status for card in page.referrals] == ["awaiting decision", "live"]
    assert [card.waited_days for card in page.referrals][1] == 32
    (card,) = page.episodes
    assert (card.week, card.attended, card.phase) == (31, 1, "CORE")
    assert (card.over_on, card.closed_on) == (date(2018, 10, 3), None)
    assert [(point.instrument, point.total) for point in page.scores] == [("PHQ9", 12)]


def test_an_episodes_weeks_stand_still_once_it_is_closed(
    desk: Desk, clock: FixedClock
) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    ended: dict[str, Value] = {"closed_on": date(2017, 10, 16), "reason": "DISENGAGED"}
    episodes.close_episode(desk, episode_id, ended)
    clock.ms += 90 * 86_400_000

    (card,) = people.person(desk, client_id).episodes

    assert (card.week, card.planned, card.closed_on) == (2, False, date(2017, 10, 16))


@pytest.mark.parametrize("born", [date(2017, 9, 2), date(1901, 1, 1)])
def test_a_date_of_birth_that_no_referral_fits_is_refused_beside_its_field(
    desk: Desk, born: date
) -> None:
    client_id = make_client(desk)
    make_referral(desk, client_id)

    with pytest.raises(NotValid) as refused:
        people.change_person(desk, client_id, {"born_on": born})

    assert refused.value.problems[0].field == "born_on"
    assert "One of the two dates is wrong" in str(refused.value)
