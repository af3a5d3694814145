"""Questions that a page asks often are answered by an index, never by a whole table."""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from provider_desk.model.records import RECORDS, Group
from provider_desk.services.desk import Desk
from provider_desk.store.queries import (
    caring,
    caseload,
    counts,
    course,
    diary,
    episodes,
    groups,
    measuring,
    merged,
    mistaken,
    office,
    people,
    referrals,
    sessions,
    staff,
    today,
    waiting,
    waiting_papers,
)
from provider_desk.store.reader import Reader
from tests.builders.casework import TODAY, make_client, make_episode

#: Tables of which no page may read every row.
LARGE = (
    "session", "op", "score", "waiting_contact", "client", "referral", "flag", "made",
    "given", "court", "task", "asking",
)  # fmt: skip


class Explained:
    """Answers questions, and keeps what SQLite says of how it answers them."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.scans: list[str] = []
        self.plans: list[str] = []

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The answer of the store."""
        plan = self.reader.rows(f"EXPLAIN QUERY PLAN {sql}", params)
        self.plans += [line[3] for line in plan]
        names = {f"SCAN {table}" for table in LARGE} | {"SCAN s", "SCAN r", "SCAN c"}
        self.scans += [
            line[3]
            for line in plan
            if any(
                line[3] == n or line[3].startswith(f"{n} USING INDEX sqlite_auto")
                for n in names
            )
        ]
        return self.reader.rows(sql, params)

    def each(self, sql: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The answer of the store, row by row."""
        return iter(self.rows(sql, params))


@pytest.fixture
def asked(desk: Desk) -> Iterator[tuple[Explained, str, str]]:
    """Questions to a desk with one case: the asker, the person, the referral."""
    client_id = make_client(desk, known_as="Invented", mobile="07700 900123")
    referral_id, _ = make_episode(desk, client_id)
    with desk.store.reading() as reader:
        reader.rows("SELECT 1")
        yield Explained(reader), client_id, referral_id


def test_search_reads_an_index(asked: tuple[Explained, str, str]) -> None:
    rows, client_id, _ = asked
    words = people.match_sql(["inv"])

    found, total = people.matching(rows, words, None, start=0, count=50)
    born, _ = people.matching(rows, "", date(1985, 3, 2), start=0, count=50)
    both, _ = people.matching(rows, words, date(1985, 3, 2), start=0, count=50)
    people.newest_activity(rows, TODAY, start=0, count=50)

    assert (found, born, both, total) == ([client_id], [client_id], [client_id], 1)
    assert people.person_rows(rows, found)[0].status == "live"
    assert people.highest_number(rows, "I") == 1
    assert rows.scans == []


def test_a_persons_page_and_the_picker_read_indexes(
    asked: tuple[Explained, str, str],
) -> None:
    rows, client_id, referral_id = asked

    assert people.referral_ids(rows, client_id) == [referral_id]
    assert episodes.of_referrals(rows, [referral_id], TODAY)[0].attended == 1
    assert sessions.cases_of_clients(rows, [client_id], "RI")[0].mine
    assert sessions.worked_on_lately(rows, TODAY, "RI") == [referral_id]
    assert sessions.newest(rows, referral_id)["worker"] == "RI"
    assert sessions.first_attended_on(rows, referral_id) == date(2017, 10, 3)
    assert referrals.earliest_on(rows, referral_id) == date(2017, 10, 3)
    assert people.corrected(rows, [referral_id]) == set()
    assert rows.scans == []


def test_what_is_open_today_is_read_from_small_indexes(
    asked: tuple[Explained, str, str],
) -> None:
    rows, _, _ = asked

    assert sessions.without_outcome(rows, TODAY) == ([], 0)
    assert sessions.to_come(rows, TODAY, None, 5) == []
    (live,) = today.live_episodes(rows, TODAY, near=TODAY, late=TODAY, worker="RI")
    assert live.own
    assert today.whose(rows, [live.episode_id])[live.episode_id].worker == "RI"
    assert today.undecided(rows) == ([], 0)
    assert today.due_contacts(rows, TODAY, 28, caseload.EVERYBODY, 9) == ([], 0)
    assert referrals.with_hub(rows, TODAY) == []
    assert referrals.untold(rows, TODAY, TODAY, ("SELF",)) == []
    assert office.names_among(rows, ["invented"], caseload.EVERYBODY) == {"invented"}
    assert office.feedback(rows, most=9) == []
    assert waiting.waiting_on(rows, TODAY) == []
    assert rows.scans == []


def test_the_course_of_episodes_is_read_from_indexes(
    asked: tuple[Explained, str, str],
) -> None:
    rows, client_id, referral_id = asked
    mine = caseload.of_scope(rows, caseload.Scope("somebody", "RI", TODAY))
    (clocks,) = episodes.of_referrals(rows, [referral_id], TODAY)

    for whose in (caseload.EVERYBODY, mine):
        assert course.pauses_over(rows, TODAY, whose) == []
        assert course.step_downs_due(rows, TODAY, whose) == []
        assert course.missed_twice(rows, TODAY, whose) == []
        assert course.extensions_asked(rows, whose) == []
    assert course.trial_sessions(rows, referral_id) == {}
    assert course.missed_since(rows, referral_id, TODAY) == (0, None)
    assert not course.has_trial_reason(rows, referral_id, "PRE", "")
    assert course.booked_after(rows, referral_id, TODAY) == []
    assert course.scored(rows, referral_id) == []
    assert course.surveyed_on(rows, referral_id) is None
    of = ("episode_id", clocks.episode_id)
    assert course.done_with_closing(rows, "pause", of, client_id) == []
    assert rows.scans == []


def test_papers_about_those_who_wait_read_indexes(
    asked: tuple[Explained, str, str],
) -> None:
    rows, client_id, referral_id = asked

    assert waiting_papers.reachable(rows, [referral_id])[referral_id].mobile
    assert waiting_papers.ways(rows, [client_id]) == {}
    assert waiting_papers.open_offers(rows, TODAY) == []
    assert waiting_papers.booked(rows, TODAY, TODAY) == {}
    assert rows.scans == []


def test_counts_name_every_table(asked: tuple[Explained, str, str]) -> None:
    rows, _, _ = asked

    found = counts.counts(rows).rows

    assert (found["client"], found["session"], found["score"]) == (1, 1, 0)
    assert list(counts.names_of_users(rows).values()) == ["Robin Invented"]


@pytest.mark.parametrize("waiting_too", [False, True])
def test_a_caseload_is_read_from_indexes(
    asked: tuple[Explained, str, str], *, waiting_too: bool
) -> None:
    rows, client_id, referral_id = asked
    scope = caseload.Scope("somebody", "RI", TODAY, waiting=waiting_too)

    mine = caseload.of_scope(rows, scope)

    assert mine.ids == frozenset({client_id})
    assert caseload.among(rows, scope, [client_id, "nobody"]) == mine
    assert caseload.is_in(rows, scope, client_id)
    assert caseload.is_own(rows, scope, client_id)
    assert not caseload.is_in(rows, dataclasses.replace(scope, worker="XX"), client_id)
    assert caseload.client_of(rows, "referral", referral_id) == client_id
    assert rows.scans == []


def test_lists_of_a_caseload_read_indexes(asked: tuple[Explained, str, str]) -> None:
    rows, client_id, referral_id = asked
    mine = caseload.of_scope(rows, caseload.Scope("somebody", "RI", TODAY))
    words = people.match_sql(["inv"])

    assert people.matching(rows, words, None, mine, start=0, count=9)[1] == 1
    assert people.newest_activity(rows, TODAY, mine, start=0, count=9)[1] == 1
    assert sessions.worked_on_lately(rows, TODAY, "RI", mine) == [referral_id]
    assert sessions.without_outcome(rows, TODAY, mine) == ([], 0)
    assert sessions.to_come(rows, TODAY, None, 5, mine) == []
    assert len(today.live_episodes(rows, TODAY, mine, near=TODAY, late=TODAY)) == 1
    assert today.undecided(rows, mine) == ([], 0)
    assert today.due_contacts(rows, TODAY, 28, mine, 9) == ([], 0)
    assert office.names_among(rows, ["invented"], mine) == {"invented"}
    assert people.id_of_code(rows, "i-0001") == client_id
    assert staff.live_cases(rows, "RI")
    assert staff.booked(rows, "RI", TODAY) == []
    assert staff.allocated(rows, "RI") == []
    assert rows.scans == []


def test_what_care_asks_for_reads_indexes(asked: tuple[Explained, str, str]) -> None:
    rows, _, _ = asked

    assert caring.flags(rows, TODAY) == []
    assert caring.safeguarding(rows, TODAY) == []
    assert caring.consents_ending(rows, TODAY, TODAY) == []
    assert caring.court_dates(rows, TODAY, TODAY) == []
    assert caring.follow_ups(rows, TODAY) == []
    assert caring.verdicts_missing(rows, TODAY) == []
    assert caring.open_requests(rows) == []
    assert rows.scans == []


def test_measures_and_gains_read_indexes(asked: tuple[Explained, str, str]) -> None:
    rows, client_id, _ = asked

    (held,) = measuring.own_measured(rows, "RI", ("THER",), TODAY)
    assert (held.client_id, held.second_on, held.last_score_on) == (
        client_id,
        None,
        None,
    )
    assert measuring.own_measured(rows, "XX", ("THER",), TODAY) == []
    assert measuring.gains_counted(rows, TODAY, TODAY) == {}
    assert measuring.tags_ever(rows, "0" * 32) == {}
    assert rows.scans == []


def test_a_scope_of_nobody_finds_nobody(asked: tuple[Explained, str, str]) -> None:
    rows, client_id, _ = asked
    nobody = caseload.Scope("", "RI", TODAY, waiting=True)
    none = caseload.of_scope(rows, nobody)

    assert none.ids == frozenset()
    assert caseload.among(rows, nobody, [client_id]) == none
    assert not caseload.is_in(rows, nobody, client_id)
    assert people.newest_activity(rows, TODAY, none, start=0, count=9) == ([], 0)
    assert people.matching(
        rows, people.match_sql(["inv"]), None, none, start=0, count=9
    ) == ([], 0)


def test_somebody_without_initials_has_not_the_cases_without_a_worker(
    asked: tuple[Explained, str, str],
) -> None:
    rows, client_id, _ = asked
    scope = caseload.Scope("somebody", "", TODAY)

    assert caseload.of_scope(rows, scope).ids == frozenset()
    assert not caseload.is_in(rows, scope, client_id)


def test_two_records_of_one_person_are_found_by_indexes(
    asked: tuple[Explained, str, str],
) -> None:
    rows, client_id, referral_id = asked
    words = people.match_sql(["inv"])

    assert merged.also_known(rows, client_id) == (client_id,)
    assert merged.kept_now(rows, client_id) == client_id
    assert merged.kept_for_code(rows, "I-0001") == ""
    assert merged.codes_of(rows, [client_id]) == {client_id: "I-0001"}
    assert merged.later_than(rows, "0" * 32) == set()
    assert merged.between(rows, client_id, "0" * 32) == set()
    assert mistaken.of_code(rows, "I-0001") == ("", "")
    assert mistaken.gone_with(rows, client_id, 1) == []
    assert people.with_email(rows, "nobody@example.org") == []
    assert people.called(rows, words, "invented", count=9) == [client_id]
    assert not referrals.made_in_one_deed(rows, "0" * 32, referral_id)
    for record_type, field in merged.references():
        merged.rows_of(rows, record_type, field, client_id)
        merged.where_now(rows, record_type, field, "0" * 32)
    assert rows.scans == []


def test_every_record_of_a_person_has_a_way_to_them() -> None:
    """What has none belongs to the service: its settings and what it sent."""
    of_nobody = {r.TABLE for r in RECORDS if caseload.way_to_client(r.TABLE) is None}

    assert of_nobody == {
        "provider", "user", "contract", "contract_area", "capacity",
        "opening_balance", "return_made", "return_key", "issued_return",
        "return_agreement", "return_signed", "return_sent", "nil_checked",
        "not_submitted", "narrative", "return_checked", "support_group",
        "worker_slots", "feedback", "training", "supervision", "need_model",
        "estimate", "forecast",
    }  # fmt: skip


def test_the_diary_and_groups_read_indexes(
    asked: tuple[Explained, str, str],
) -> None:
    rows, client_id, referral_id = asked
    start = date(2017, 10, 2)
    end = start + timedelta(days=6)
    group = Group(
        name="Moving on",
        contract_id="0" * 32,
        area="THER",
        funded="Y",
        worker="RI",
        starts_on=start,
    )

    (held,) = diary.of_worker(rows, start, end, "RI")
    assert held.referral_id == referral_id
    # Of a worker there are years of sessions: the days of the week are looked up.
    (of_session,) = (line for line in rows.plans if line.startswith("SEARCH s "))
    assert "held_on>?" in of_session
    assert diary.by_id(rows, held.session_id) == [held]
    assert diary.of_people(rows, [client_id], start, end) == [held]
    assert diary.of_worker_on(rows, [held.held_on], "RI") == [held]
    assert diary.of_series(rows, referral_id, "x", start) == []
    assert diary.tallies(rows, start, end)[0].individual == 1
    assert diary.tallies(rows, start, end, "RI")[0].worker == "RI"
    assert diary.slots(rows, start) == {}
    assert diary.pauses(rows, referral_id) == []
    assert groups.places(rows, group, start) == []
    assert groups.places(rows, group) == []
    assert groups.closed_before(rows, [referral_id], end) == {}
    assert groups.tallies(rows) == {}
    assert groups.members_now(rows, start) == {}
    assert not groups.was_held(rows, group)
    assert groups.in_registers(rows, group, referral_id) == 0
    assert rows.scans == []
