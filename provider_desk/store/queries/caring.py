"""What care asks of the whole desk: flags, safeguarding, courts, consent, requests.

Each question is limited to what is still open, and answered by an index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import codes_where, day
from provider_desk.store.search import NAME


@dataclass(frozen=True, slots=True)
class Due:
    """A record that asks for somebody.

    Attributes:
        on: the day that makes it ask.
        what: a code or a mark that says more; "" for nothing.
        worker: staff code, "" where nobody is named.
    """

    client_id: str
    code: str
    name: str
    row_id: str
    on: date
    what: str
    worker: str = ""


_PERSON = f"c.id, c.code, {NAME.format('c')}"


def _due(rows: Rows, sql: str, params: Sequence[Any]) -> list[Due]:
    return [
        Due(
            client_id=row[0],
            code=row[1],
            name=row[2],
            row_id=row[3],
            on=day(row[4]),
            what=row[5] or "",
            worker=row[6] or "",
        )
        for row in rows.rows(sql, params)
    ]


def flags(rows: Rows, today: date) -> list[Due]:
    """Urgent flags that stand, and others whose review is due; ``what`` is the level.

    ``on`` is the day of the review, or of the flag where it has none.
    """
    urgent = codes_where("risk_level", "urgent")
    standing = codes_where("risk_level", "open")
    return _due(
        rows,
        f"""
        SELECT {_PERSON}, flag.id, coalesce(flag.review_on, flag.raised_on),
            flag.level, ''
        FROM risk_flag flag CROSS JOIN client c ON c.id = flag.client_id
        WHERE flag.ended_on IS NULL AND flag.deleted IS NULL AND c.deleted IS NULL
            AND (flag.level IN ({urgent})
                OR (flag.level IN ({standing}) AND flag.review_on <= ?))
        ORDER BY 5, c.code
        """,
        (today.isoformat(),),
    )


def urgent_people() -> str:
    """Ids of people with an urgent flag that stands, for use in IN (…)."""
    return f"""SELECT f.client_id FROM risk_flag f WHERE f.ended_on IS NULL
        AND f.deleted IS NULL AND f.level IN ({codes_where("risk_level", "urgent")})"""


def urgent_now(rows: Rows) -> frozenset[str]:
    """Ids of people with an urgent flag that stands."""
    return frozenset(client_id for (client_id,) in rows.rows(urgent_people()))


def safeguarding(rows: Rows, before: date) -> list[Due]:
    """Safeguarding referrals still open that were made on or before a day."""
    return _due(
        rows,
        f"""
        SELECT {_PERSON}, made.id, made.made_on, made.made_to, made.made_by
        FROM safeguarding_referral made CROSS JOIN client c ON c.id = made.client_id
        WHERE made.ended_on IS NULL AND made.made_on <= ? AND made.deleted IS NULL
            AND c.deleted IS NULL
        ORDER BY 5, c.code
        """,
        (before.isoformat(),),
    )


def consents_ending(rows: Rows, first: date, last: date) -> list[Due]:
    """Consent that was given, still counts, and ends between two days, both in."""
    given = codes_where("consent_answer", "given")
    return _due(
        rows,
        f"""
        SELECT {_PERSON}, given.id, given.expires_on, given.purpose, ''
        FROM consent given CROSS JOIN client c ON c.id = given.client_id
        WHERE given.expires_on BETWEEN ? AND ? AND given.deleted IS NULL
            AND given.withdrawn_on IS NULL AND given.answer IN ({given})
            AND c.deleted IS NULL AND NOT EXISTS (SELECT 1 FROM consent later
                WHERE later.client_id = given.client_id
                AND later.purpose = given.purpose AND later.deleted IS NULL
                AND later.with_whom = given.with_whom
                AND (later.asked_on, later.created) > (given.asked_on, given.created))
        ORDER BY 5, c.code
        """,
        (first.isoformat(), last.isoformat()),
    )


def court_dates(rows: Rows, first: date, last: date) -> list[Due]:
    """Days in court or with the police between two days, both in; no verdict yet."""
    return _due(
        rows,
        f"""
        SELECT {_PERSON}, court.id, court."on", court.kind, court.with_worker
        FROM court_date court CROSS JOIN client c ON c.id = court.client_id
        WHERE court."on" BETWEEN ? AND ? AND court.verdict IS NULL
            AND court.deleted IS NULL AND c.deleted IS NULL
        ORDER BY 5, c.code
        """,
        (first.isoformat(), last.isoformat()),
    )


def verdicts_missing(rows: Rows, before: date) -> list[Due]:
    """Hearings before a day that can end in a verdict, and nobody said in which.

    Left out is what a later hearing, or a case that stands open no more, has overtaken.
    """
    trial = codes_where("court_event", "trial")
    still_open = codes_where("criminal_justice_status", "open")
    return _due(
        rows,
        f"""
        SELECT {_PERSON}, court.id, court."on", court.kind, court.with_worker
        FROM court_date court CROSS JOIN client c ON c.id = court.client_id
        WHERE court."on" < ? AND court.kind IN ({trial}) AND court.verdict IS NULL
            AND court.deleted IS NULL AND c.deleted IS NULL
            AND NOT EXISTS (SELECT 1 FROM court_date later
                WHERE later.client_id = court.client_id AND later."on" > court."on"
                AND later.kind IN ({trial}) AND later.deleted IS NULL)
            AND NOT EXISTS (SELECT 1 FROM justice_step step
                WHERE step.client_id = court.client_id AND step.from_on >= court."on"
                AND step.status NOT IN ({still_open}) AND step.deleted IS NULL)
        ORDER BY 5, c.code
        """,
        (before.isoformat(),),
    )


def follow_ups(rows: Rows, until: date) -> list[Due]:
    """Follow-ups not done that are due up to a day; ``what``: court date or ""."""
    return _due(
        rows,
        f"""
        SELECT {_PERSON}, task.id, task.due_on, task.court_date_id, task.worker
        FROM follow_up task CROSS JOIN client c ON c.id = task.client_id
        WHERE task.done_on IS NULL AND task.due_on <= ? AND task.deleted IS NULL
            AND c.deleted IS NULL
        ORDER BY 5, c.code
        """,
        (until.isoformat(),),
    )


def open_requests(rows: Rows) -> list[Due]:
    """Requests for records that are not decided, oldest first."""
    still_open = codes_where("request_decision", "open")
    return _due(
        rows,
        f"""
        SELECT {_PERSON}, asking.id, asking.received_on, asking.asked_by, ''
        FROM disclosure_request asking CROSS JOIN client c ON c.id = asking.client_id
        WHERE asking.decision IN ({still_open}) AND asking.deleted IS NULL
            AND c.deleted IS NULL
        ORDER BY 5, c.code
        """,
        (),
    )
