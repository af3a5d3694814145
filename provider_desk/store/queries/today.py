"""What needs doing today, each question limited to what is still open.

Asked after every deed, so that each is answered by indexes that run along each other,
and rows of the tables are read only for what is shown.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from provider_desk.model.records import SafeContact
from provider_desk.model.rows import Rows
from provider_desk.model.waiting_rules import days_between_contacts
from provider_desk.store.queries.caring import urgent_people
from provider_desk.store.queries.caseload import EVERYBODY, Caseload
from provider_desk.store.queries.reading import (
    closed_in_error,
    codes_where,
    day,
    day_or_none,
    marks,
    not_started,
)
from provider_desk.store.search import NAME
from provider_desk.store.shapes import read_records, shape_of


class Live(NamedTuple):
    """A live episode, as far as Today asks about it.

    Attributes:
        referral_id: whose support it is.
        started_on: as it is stored, 2017-09-05.
        stage: of the 12 months of core support: 0 for nothing to say, ``NEAR``, or
            ``LATE`` where no reason to go on stands.
        exit: id of the newest exit strategy, a blank, and the day of its review as it
            is stored; None where there is none.
        own: run by the worker who was named.
    """

    episode_id: str
    referral_id: str
    started_on: str
    stage: int
    exit: str | None
    own: int

    @property
    def exit_id(self) -> str:
        """The newest exit strategy, "" where there is none."""
        return (self.exit or "").partition(" ")[0]

    @property
    def exit_review_on(self) -> str:
        """When that one is to be reviewed, as it is stored; "" for never."""
        return (self.exit or "").partition(" ")[2]


#: Stages of the 12 months.
NEAR, LATE = 1, 2

# Two indexes in the order of episodes tell who is live; ids are random, so that every
# row of a table that is looked up costs a page of its own.
_LIVE = """
    SELECT e.id, e.referral_id, e.started_on,
        CASE WHEN e.started_on > ?2 OR EXISTS (SELECT 1 FROM phase p
                WHERE p.episode_id = e.id AND p.deleted IS NULL
                AND p.phase = 'STEP_DOWN' AND p.started_on <= ?1) THEN 0
            WHEN e.started_on > ?3 THEN 1
            WHEN EXISTS (SELECT 1 FROM exceptional a
                WHERE a.episode_id = e.id AND a.deleted IS NULL
                AND a.approved_on <= ?1
                AND (a.review_by IS NULL OR a.review_by >= ?1)) THEN 0
            ELSE 2 END,
        (SELECT v.id || ' ' || coalesce(v.review_on, '') FROM exit_strategy v
            WHERE v.episode_id = e.id AND v.deleted IS NULL
            ORDER BY v.made_on DESC, v.created DESC LIMIT 1),
        e.id IN (SELECT o.id FROM episode o WHERE o.worker = ?4)
    FROM {source}
        AND e.referral_id NOT IN (SELECT q.id FROM client c
            CROSS JOIN referral q ON q.client_id = c.id WHERE c.deleted IS NOT NULL)
"""
_EVERYBODYS = """(SELECT o.id FROM episode o INDEXED BY episode_1
            WHERE o.id > '' AND o.deleted IS NULL
        EXCEPT SELECT x.episode_id FROM closure x INDEXED BY closure_0
            WHERE x.episode_id > '' AND x.deleted IS NULL) k
    CROSS JOIN episode e INDEXED BY episode_1 ON e.id = k.id
    WHERE e.deleted IS NULL"""
_OF_MINE = """json_each(?5) j CROSS JOIN referral r ON r.client_id = j.value
    CROSS JOIN episode e ON e.referral_id = r.id
    WHERE r.deleted IS NULL AND e.deleted IS NULL AND NOT EXISTS (
        SELECT 1 FROM closure x WHERE x.episode_id = e.id AND x.deleted IS NULL)"""


def live_episodes(
    rows: Rows,
    today: date,
    mine: Caseload = EVERYBODY,
    *,
    near: date,
    late: date,
    worker: str = "",
) -> list[Live]:
    """Every live episode of somebody on the desk, in no order.

    Args:
        rows: the store.
        today: as of this day.
        mine: whose episodes.
        near: episodes begun up to this day are near their end.
        late: those begun up to this day are past it.
        worker: whose are one's own.
    """
    source = _EVERYBODYS if mine.ids is None else _OF_MINE
    days = (today.isoformat(), near.isoformat(), late.isoformat())
    asked = (*days, worker or None, *mine.params)
    return list(map(Live._make, rows.rows(_LIVE.format(source=source), asked)))


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom an episode or a referral is about.

    Attributes:
        worker: who runs the episode; "" where nobody does.
    """

    client_id: str
    code: str
    name: str
    worker: str


def whose(rows: Rows, episode_ids: Iterable[str]) -> dict[str, Whose]:
    """Episode id → the person."""
    ids = list(dict.fromkeys(episode_ids))
    if not ids:
        return {}
    found = rows.rows(
        f"SELECT e.id, c.id, c.code, {NAME.format('c')}, coalesce(e.worker, '') "
        "FROM episode e JOIN referral r ON r.id = e.referral_id "
        f"JOIN client c ON c.id = r.client_id WHERE e.id IN ({marks(len(ids))})",
        ids,
    )
    return {row[0]: Whose(*row[1:]) for row in found}


@dataclass(frozen=True, slots=True)
class Undecided:
    """A referral that awaits a decision."""

    referral_id: str
    client_id: str
    code: str
    name: str
    area: str
    received_on: date


def undecided(
    rows: Rows, mine: Caseload = EVERYBODY, count: int = 1_000_000
) -> tuple[list[Undecided], int]:
    """Referrals without a decision, longest wait first, and how many there are.

    Args:
        rows: the store.
        mine: whose referrals.
        count: how many are given at most.
    """
    source = f"""
        FROM referral r WHERE r.decided_on IS NULL AND r.decision = 'PENDING'
        AND r.deleted IS NULL AND {mine.test("r.client_id")}
        AND r.client_id NOT IN (SELECT g.id FROM client g WHERE g.deleted IS NOT NULL)
    """
    (total,) = rows.rows(f"SELECT count(*) {source}", mine.params)[0]
    found = rows.rows(
        f"""
        SELECT q.id, c.id, c.code, {NAME.format("c")}, q.area, q.received_on
        FROM (SELECT r.id, r.client_id, r.area, r.received_on {source}
            ORDER BY r.received_on LIMIT ?) q
        JOIN client c ON c.id = q.client_id ORDER BY q.received_on, c.code
        """,
        (*mine.params, count),
    )
    return [Undecided(*(*row[:5], day(row[5]))) for row in found], int(total)


@dataclass(frozen=True, slots=True)
class DueContact:
    """Somebody who waits and is to be contacted.

    Attributes:
        due_on: since when.
        last_reached_on: newest contact made; None for none.
        ways: each channel that was asked about.
    """

    referral_id: str
    client_id: str
    code: str
    name: str
    received_on: date
    due_on: date
    last_reached_on: date | None
    ways: tuple[SafeContact, ...]


def _due_sql(mine: Caseload, urgent_days: int) -> str:
    """Places on the list whose contact is due by ?1, every ?2 days.

    Of people with an urgent flag it is due every so many days.

    Of everybody's, who has not begun is told by two indexes that run along each other;
    of a caseload's, by looking up each.
    """
    reached = codes_where("wait_contact_result", "counts_as_contact")
    error = codes_where("wait_removal_reason", "counted", value=False)
    urgent = f"SELECT u.id FROM referral u WHERE u.client_id IN ({urgent_people()})"
    begun, source = "", f"({not_started('?1')}) n"
    if mine is not EVERYBODY:
        source = """(SELECT o.id AS referral_id FROM json_each(?3) j
            CROSS JOIN referral o INDEXED BY referral_0 ON o.client_id = j.value
            WHERE o.deleted IS NULL) n"""
        begun = f"""AND NOT EXISTS (SELECT 1 FROM episode g
            WHERE g.referral_id = p.referral_id AND g.deleted IS NULL
            AND g.started_on <= ?1 AND g.id NOT IN ({closed_in_error()}))"""
    # Kept apart, so that what is looked up for each is looked up once.
    return f"""
    WITH k AS MATERIALIZED (
        SELECT p.rowid AS place, p.referral_id, p.accepted_on,
            (SELECT max(t.held_on) FROM waiting_contact t
                WHERE t.referral_id = p.referral_id AND t.deleted IS NULL
                AND t.result IN ({reached}) AND t.held_on <= ?1) AS reached_on
        FROM {source}
        CROSS JOIN waiting_entry p INDEXED BY waiting_entry_0
            ON p.referral_id = n.referral_id
        WHERE p.accepted_on <= ?1 AND p.deleted IS NULL
            AND (p.removed_on IS NULL OR p.removed_on > ?1)
            AND coalesce(p.removal_reason, '') NOT IN ({error}) {begun}
    ), d AS MATERIALIZED (
        SELECT k.referral_id, k.reached_on,
            coalesce((SELECT w.next_contact_on FROM waiting_entry w
                    WHERE w.rowid = k.place),
                date(coalesce(k.reached_on, k.accepted_on),
                    CASE WHEN k.referral_id IN ({urgent}) THEN '+{urgent_days} days'
                    ELSE ?2 END)) AS due_on
        FROM k
    )
    SELECT d.referral_id, d.reached_on, d.due_on FROM d
    WHERE d.due_on <= ?1 AND EXISTS (SELECT 1 FROM referral r
        WHERE r.id = d.referral_id AND r.deleted IS NULL
        AND r.client_id NOT IN (SELECT g.id FROM client g WHERE g.deleted IS NOT NULL))
    """


def due_contacts(
    rows: Rows,
    today: date,
    every_days: int,
    mine: Caseload,
    count: int,
) -> tuple[list[DueContact], int]:
    """Who waits and is to be contacted, the longest overdue first; and how many.

    The day is the one agreed by hand, else so long after the last contact made, or
    after the day of acceptance; sooner where an urgent flag stands. Source: domain
    reference, B5.

    Args:
        rows: the store.
        today: as of this day.
        every_days: how often those who wait are contacted.
        mine: whose.
        count: how many are given at most.
    """
    asked = (today.isoformat(), f"+{every_days} days", *mine.params)
    sql = _due_sql(mine, days_between_contacts(every_days, urgent=True))
    due = sorted(rows.rows(sql, asked), key=lambda row: row[2])
    # The same day is in the order in which they were received.
    shown = due[:count] + [row for row in due[count:] if row[2] == due[count - 1][2]]
    about = _people(rows, [row[0] for row in shown])
    found = [
        DueContact(
            *(referral_id, *about[referral_id][:3], day(about[referral_id][3])),
            day(due_on),
            day_or_none(reached_on),
            (),
        )
        for referral_id, reached_on, due_on in shown
        if referral_id in about
    ]
    found.sort(key=lambda each: (each.due_on, each.received_on, each.code))
    return _with_ways(rows, found[:count]), len(due)


def _people(rows: Rows, ids: list[str]) -> dict[str, tuple[str, str, str, str]]:
    """Referral id → the person's id, code and name, and when it was received."""
    found = rows.rows(
        f"SELECT r.id, c.id, c.code, {NAME.format('c')}, r.received_on "
        "FROM referral r JOIN client c ON c.id = r.client_id "
        "WHERE r.id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    return {row[0]: row[1:] for row in found}


def _with_ways(rows: Rows, due: list[DueContact]) -> list[DueContact]:
    """The same with how each may be reached."""
    ids = list(dict.fromkeys(each.client_id for each in due))
    found = rows.rows(
        f"SELECT {shape_of(SafeContact).columns} FROM safe_contact "
        f"WHERE client_id IN ({marks(len(ids))}) AND deleted IS NULL",
        ids,
    )
    ways: dict[str, list[SafeContact]] = {}
    for way in read_records(SafeContact, found):
        ways.setdefault(way.client_id, []).append(way)
    return [
        DueContact(
            each.referral_id,
            each.client_id,
            each.code,
            each.name,
            each.received_on,
            each.due_on,
            each.last_reached_on,
            tuple(ways.get(each.client_id, ())),
        )
        for each in due
    ]
