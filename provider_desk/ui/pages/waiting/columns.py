"""The columns of the waiting list."""

from collections.abc import Callable
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.records import Referral
from provider_desk.model.waiting_rows import WaitingRow
from provider_desk.ui.pages.waiting import words
from provider_desk.ui.tables.columns import Column, declared, listed_column

#: Headings of columns that are shown only where they say something.
AREA, SOURCE, LEVEL = "Service area", "Referred by", "How soon"


def columns(as_of: Callable[[], date]) -> list[Column[WaitingRow]]:
    """What is shown of somebody who waits; as wide as a small screen together.

    Args:
        as_of: the day that the list is for.
    """
    return [*_clocks(as_of), *_contacts(as_of), *_around(as_of)]


def _clocks(as_of: Callable[[], date]) -> list[Column[WaitingRow]]:
    """Who, and the two clocks: days, as of the day of the list."""
    del as_of
    return [
        Column(
            "Person",
            lambda row: row.name or row.code,
            private=True,
            width=118,
            instead=lambda row: row.code,
        ),
        Column(
            "Waiting",
            lambda row: f"{row.waited_days:,}",
            lambda row: row.waited_days,
            right=True,
            width=74,
        ),
        Column(
            "Accepted",
            lambda row: f"{row.accepted_days:,}",
            lambda row: row.accepted_days,
            right=True,
            width=86,
        ),
        Column(LEVEL, _level, lambda row: _place(row.level), width=112),
    ]


def _contacts(as_of: Callable[[], date]) -> list[Column[WaitingRow]]:
    """When to be in touch, when they were reached, and tries that did not reach."""
    return [
        Column(
            "Next contact",
            lambda row: words.due_shortly(row, as_of()),
            lambda row: row.next_contact_on,
            tone=lambda row: "bad" if row.overdue else "",
            width=116,
        ),
        Column(
            "Last reached",
            lambda row: words.ago(row.last_reached_on, as_of(), never="not yet"),
            lambda row: row.last_reached_on or date.min,
            width=108,
        ),
        Column(
            "Tries",
            lambda row: f"{row.attempts_since}" if row.attempts_since else "",
            lambda row: row.attempts_since,
            right=True,
            width=58,
        ),
        Column(
            "By phone",
            words.phone_words,
            tone=lambda row: "bad" if row.no_safe_way else "",
            width=94,
        ),
        Column(
            "Open offer",
            lambda row: words.ago(row.offered_on, as_of()),
            lambda row: row.offered_on,
            width=106,
        ),
    ]


def _around(as_of: Callable[[], date]) -> list[Column[WaitingRow]]:
    """Who referred them, who holds them meanwhile, and when the referrer heard."""
    return [
        Column("Held by", lambda row: row.held_by, width=72),
        Column(
            "Referrer told",
            lambda row: words.ago(row.referrer_told_on, as_of(), never="not yet"),
            lambda row: row.referrer_told_on or date.min,
            width=118,
        ),
        listed_column("Hub", "hub_outcome", lambda row: row.hub_status, 62),
        declared(Referral, "source", lambda row: row.source, 72),
        listed_column(AREA, "service_area", lambda row: row.area, 100),
    ]


def _level(row: WaitingRow) -> str:
    return choices("triage_level").label(row.level) or "not said"


def _place(level: str) -> int:
    found = choices("triage_level").by_code.get(level)
    return int(found.flags["order"]) if found else len(choices("triage_level").values)
