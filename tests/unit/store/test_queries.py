"""Questions that a page asks often are answered by an index, never by a whole table."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from provider_desk.services.desk import Desk
from provider_desk.store.queries import (
    counts,
    episodes,
    people,
    referrals,
    sessions,
    today,
    waiting,
)
from provider_desk.store.reader import Reader
from tests.builders.casework import TODAY, make_client, make_episode

#: Tables of which no page may read every row.
LARGE = ("session", "op", "score", "waiting_contact", "client", "referral")


class Explained:
    """Answers questions, and keeps what SQLite says of how it answers them."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.scans: list[str] = []

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The answer of the store."""
        plan = self.reader.rows(f"EXPLAIN QUERY PLAN {sql}", params)
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
    assert today.undecided(rows) == []
    assert [live.worker for live in today.live_episodes(rows, TODAY)] == ["RI"]
    assert waiting.waiting_on(rows, TODAY) == []
    assert rows.scans == []


def test_counts_name_every_table(asked: tuple[Explained, str, str]) -> None:
    rows, _, _ = asked

    found = counts.counts(rows).rows

    assert (found["client"], found["session"], found["score"]) == (1, 1, 0)
    assert list(counts.names_of_users(rows).values()) == ["Robin Invented"]
