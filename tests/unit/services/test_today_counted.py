"""Today's numbers against plain reading of every record, and what is remembered."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from provider_desk.model.choices import choices
from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Day, Record, Value, field_map
from provider_desk.model.records import (
    Closure,
    Episode,
    FollowUp,
    Pause,
    Phase,
    Referral,
    RiskFlag,
    Session,
    WaitingContact,
    WaitingEntry,
)
from provider_desk.model.to_do import ToDoKind
from provider_desk.services.casework.remembered import (
    Remembered,
    parts_in,
    tables_in,
)
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from tests.bench.big_casework import fill
from tests.bench.big_desk import make_big_desk
from tests.builders.casework import TODAY, signed_in_as

KINDS = (ToDoKind.MISSED, ToDoKind.STEP_DOWN_REVIEW, ToDoKind.PAUSE_OVER)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of some hundred people, with everything in it."""
    folder: Path = tmp_path_factory.mktemp("large")
    desk = make_big_desk(folder / "desk", 400, 6_000, FixedClock.on(TODAY))
    fill(desk)
    stir(desk)
    yield desk
    desk.close()


def stir(desk: Desk) -> None:
    """Let many episodes go on, some of them paused, with sessions missed lately."""
    luck = random.Random(7)  # noqa: S311
    with desk.store.writing("stir", by=desk.user.id) as deed:
        episodes = {each.id: each for each in find(deed, Episode)}
        for closure in find(deed, Closure):
            if luck.random() < 0.5:
                continue
            deed.retire(Closure, closure.id, "it goes on")
            episode = episodes[closure.episode_id]
            for days in range(luck.randrange(4)):
                held = TODAY - timedelta(100 * luck.randrange(2) + 3 * days)
                deed.add(
                    Session(
                        referral_id=episode.referral_id, episode_id=episode.id,
                        held_on=held, type="SUPPORT", mode="F2F", worker="W07",
                        attendance=luck.choice(["DNA", "DNA", "DNA", "ATT"]),
                    )
                )  # fmt: skip
            if luck.random() < 0.3:
                paused = TODAY - timedelta(luck.randrange(60))
                back = TODAY + timedelta(luck.randrange(-20, 20))
                deed.add(
                    Pause(
                        episode_id=episode.id, from_on=paused, back_by=back,
                        reason="HEALTH",
                    )
                )  # fmt: skip


def plainly(desk: Desk) -> dict[ToDoKind, set[str]]:
    """What the course of episodes asks for, from every record of the desk."""
    with desk.store.reading() as rows:
        closed = {each.episode_id for each in find(rows, Closure)}
        live = {e.id: e for e in find(rows, Episode) if e.id not in closed}
        paused = [p for p in find(rows, Pause) if p.episode_id in live]
        phases = [p for p in find(rows, Phase) if p.episode_id in live]
        held: dict[str, list[Session]] = {}
        for session in find(rows, Session):
            held.setdefault(session.referral_id, []).append(session)
    return {
        ToDoKind.PAUSE_OVER: {
            p.id
            for p in paused
            if p.until_on is None and p.back_by is not None and p.back_by <= TODAY
        },
        ToDoKind.STEP_DOWN_REVIEW: {
            p.id
            for p in phases
            if p.phase == "STEP_DOWN"
            and p.review_on is not None
            and p.review_on <= TODAY
        },
        ToDoKind.MISSED: {
            e.id
            for e in live.values()
            if missed(e, held.get(e.referral_id, []), paused)
        },
    }


def missed(episode: Episode, held: list[Session], paused: list[Pause]) -> bool:
    """Whether the two newest sessions that count were missed."""
    attendance = choices("attendance")
    dna, came = attendance.codes_where("dna"), attendance.codes_where("delivered")
    last_came = max((s.held_on for s in held if s.attendance in came), default=date.min)
    lately = TODAY - timedelta(120)
    since = [s.held_on for s in held if s.attendance in dna and s.held_on > last_came]
    counted = [on for on in since if lately <= on <= TODAY]
    newest = max(counted, default=date.min)
    return (
        len(counted) > 1
        and (episode.missed_talked_on or date.min) < newest
        and not any(p.episode_id == episode.id and p.from_on >= newest for p in paused)
    )


@pytest.mark.parametrize("role", ["MANAGER", "CLINICAL_LEAD", "CASEWORKER"])
def test_the_course_asks_for_what_plain_reading_finds(large: Desk, role: str) -> None:
    who = signed_in_as(large, role, "W07")
    expected = plainly(large)
    if role == "CASEWORKER":
        with large.store.reading() as rows:
            own = {e.id for e in find(rows, Episode, worker="W07")}
            at = {p.id for p in find(rows, Phase) if p.episode_id in own}
            at |= {p.id for p in find(rows, Pause) if p.episode_id in own}
        expected = {kind: ids & (own | at) for kind, ids in expected.items()}

    found = things_to_do(who, dict.fromkeys(KINDS, 10_000))

    for kind in KINDS:
        got = [todo.row_id for todo in found.todos if todo.kind is kind]
        assert found.counts[kind] == len(got)
        if role == "CASEWORKER":
            # Others' episodes of one's people, seen in a group, are in it too.
            assert expected[kind] <= set(got)
        else:
            assert set(got) == expected[kind]
    assert role == "CASEWORKER" or all(expected.values())


def test_of_many_the_first_are_put_in_words_and_all_are_counted(large: Desk) -> None:
    who = signed_in_as(large, "MANAGER", "W07")

    few = things_to_do(who, dict.fromkeys(ToDoKind, 2))
    many = things_to_do(who, dict.fromkeys(ToDoKind, 10_000))

    assert few.counts == many.counts
    for kind in ToDoKind:
        everything = [todo for todo in many.todos if todo.kind is kind]
        assert len(everything) == many.counts[kind]
        assert [todo for todo in few.todos if todo.kind is kind] == everything[:2]


@pytest.mark.parametrize("role", ["MANAGER", "COUNSELLOR", "CASEWORKER"])
def test_what_is_remembered_is_what_would_be_asked_anew(large: Desk, role: str) -> None:
    who = signed_in_as(large, role, "W07")
    with large.store.reading() as rows:
        closed = {each.episode_id for each in find(rows, Closure)}
        held = find(rows, Episode, worker="W07")
        episode = next(each for each in held if each.id not in closed)
        client_id = find(rows, Referral, id=episode.referral_id)[0].client_id
    closing = Closure(episode_id=episode.id, closed_on=TODAY, reason="COMPLETED")
    written: list[Record] = [
        Session(
            referral_id=episode.referral_id, episode_id=episode.id,
            held_on=TODAY - timedelta(1), type="SUPPORT", mode="F2F",
            attendance="UNREC", worker="W07",
        ),
        WaitingContact(
            referral_id=episode.referral_id, held_on=TODAY, method="PHONE",
            result="SPOKE",
        ),
        FollowUp(client_id=client_id, what="invented", due_on=TODAY),
        closing,
    ]  # fmt: skip
    remembered = Remembered()
    before = things_to_do(who, None, remembered)

    for record in written:
        with large.store.writing("add", by=who.user.id) as deed:
            deed.add(record)
        after = things_to_do(who, None, remembered)
        assert after == things_to_do(who)
        assert after != before or record.TABLE == "waiting_contact"
        before = after
    with large.store.writing("retire", by=who.user.id) as deed:
        deed.retire(Closure, closing.id, "invented")
    assert things_to_do(who, None, remembered) == things_to_do(who) != before


class Counting:
    """Rows that count how often they are asked."""

    def __init__(self) -> None:
        self.asked = 0

    def rows(self, _sql: str, _params: object = ()) -> list[tuple[Value, ...]]:
        """An answer of its own each time."""
        self.asked += 1
        return [(self.asked,)]

    def each(self, _sql: str, _params: object = ()) -> Iterator[tuple[Value, ...]]:
        """Nothing."""
        return iter(())


def test_a_question_is_asked_again_once_one_of_its_tables_was_written_to() -> None:
    rows, remembered = Counting(), Remembered()
    sql = "SELECT 1 FROM session s JOIN client c ON c.id = s.id WHERE s.id = ?"

    def ask(written: dict[str, int], param: str = "a") -> object:
        return remembered.round(rows, written).rows(sql, (param,))[0][0]

    assert [ask({}), ask({}), ask({"goal": 1})] == [1, 1, 1]
    assert [ask({"client": 1}), ask({"client": 1}), ask({"client": 2})] == [2, 2, 3]
    assert ask({"client": 2}, "b") == 4
    assert ask({"client": 2}) == 5, "a round forgets what it did not ask for"


def test_a_change_of_a_column_that_a_question_does_not_name_leaves_its_answer() -> None:
    rows, remembered = Counting(), Remembered()
    sql = "SELECT c.code FROM client c WHERE c.deleted IS NULL"

    def ask(written: dict[str, int]) -> object:
        return remembered.round(rows, written).rows(sql)[0][0]

    assert [ask({}), ask({"client.justice_status": 1, "client.changed": 1})] == [1, 1]
    assert [ask({"client.code": 1}), ask({"client.code": 1})] == [2, 2]
    assert ask({"client.code": 1, "client": 1}) == 3
    everything = parts_in("SELECT * FROM client")
    assert {"client", "client.family_name", "client.changed"} <= set(everything)
    assert parts_in("SELECT count(*) FROM client") == ("client",)


def test_no_change_of_any_field_leaves_an_answer_that_it_changes(large: Desk) -> None:
    who = signed_in_as(large, "MANAGER", "W07")
    remembered = Remembered()
    things_to_do(who, None, remembered)
    luck = random.Random(11)  # noqa: S311
    for record_type in (Referral, Episode, WaitingEntry, Phase, Session, RiskFlag):
        with large.store.reading() as rows:
            held = find(rows, record_type)
        for name, declared in field_map(record_type).items():
            if not isinstance(declared.kind, Day):
                continue
            some = luck.sample(held, min(8, len(held)))
            with large.store.writing("change", by=who.user.id) as deed:
                for row in some:
                    values = {name: TODAY - timedelta(luck.randrange(-20, 400))}
                    if record_type.FACT:
                        deed.addendum(record_type, row.id, values, "invented")
                    else:
                        deed.change(record_type, row.id, values)
            after = things_to_do(who, None, remembered)
            assert after == things_to_do(who), f"{record_type.TABLE}.{name}"


def test_what_no_deed_tells_of_is_asked_each_time() -> None:
    assert tables_in("SELECT 1 FROM look WHERE at > (SELECT id FROM session)") == ()
    assert tables_in('SELECT 1 FROM "session" s, client') == ("client", "session")
    assert tables_in("SELECT 1 FROM session_open") == ()
