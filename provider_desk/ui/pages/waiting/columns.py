"""The columns of the waiting list."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.waiting_rows import WaitingRow
from provider_desk.ui.pages.waiting import words
from provider_desk.ui.tables.columns import Column

#: Headings of columns that are shown only where they say something.
AREA, LEVEL, HELD_BY = "Service area", "How soon", "Held by"


def columns(as_of: Callable[[], date]) -> list[Column[WaitingRow]]:
    """What is shown of somebody who waits, what matters most first.

    Where room is short the last leave first. What somebody typed may be cut.

    Args:
        as_of: the day that the rows are for.
    """
    found = (*_clocks(), *_contacts(as_of), *_around(as_of))
    free = ("Person", HELD_BY)
    return [
        replace(column, leaves=place, whole=column.header not in free)
        for place, column in enumerate(found)
    ]


def _clocks() -> list[Column[WaitingRow]]:
    """Who, and the two clocks: days, as of the day of the list."""
    return [
        Column(
            "Person",
            lambda row: row.name or row.code,
            private=True,
            width=148,
            instead=lambda row: row.code,
        ),
        Column(
            "Waiting",
            lambda row: f"{row.waited_days:,}",
            lambda row: row.waited_days,
            right=True,
            width=76,
            full=lambda row: (
                f"{words.days(row.waited_days)} since it was received on "
                f"{words.day_words(row.received_on)}"
            ),
            told="Days since the referral was received: the wait that counts",
        ),
        Column(
            "Accepted",
            lambda row: f"{row.accepted_days:,}",
            lambda row: row.accepted_days,
            right=True,
            width=88,
            full=lambda row: (
                f"{words.days(row.accepted_days)} since it was accepted on "
                f"{words.day_words(row.accepted_on)}"
            ),
            told="Days since the referral was accepted",
        ),
        Column(LEVEL, _level, lambda row: _place(row.level), width=146),
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
            full=lambda row: words.due_words(row, as_of()),
            told="When the next contact is due",
        ),
        Column(
            "Last reached",
            lambda row: words.ago(row.last_reached_on, as_of(), never="not yet"),
            lambda row: row.last_reached_on or date.min,
            width=116,
            full=words.reached_words,
        ),
        Column(
            "Tries",
            lambda row: f"{row.attempts_since}" if row.attempts_since else "",
            lambda row: row.attempts_since,
            right=True,
            width=58,
            told="Tries since the person was last reached",
        ),
        Column(
            "By phone",
            words.phone_shortly,
            tone=lambda row: "bad" if row.no_safe_way else "",
            width=94,
            full=words.phone_words,
            told="Whether a phone is a safe way",
        ),
        Column(
            "Offer",
            lambda row: words.age(row.offered_on, as_of()),
            lambda row: row.offered_on,
            width=84,
            full=lambda row: words.offered_words(row, as_of()),
            told="A start was offered and not answered: for how long",
        ),
    ]


def _around(as_of: Callable[[], date]) -> list[Column[WaitingRow]]:
    """Which area, who holds them meanwhile, when the referrer heard, who referred."""
    return [
        Column(
            AREA,
            lambda row: choices("service_area").narrow(row.area),
            width=110,
            full=lambda row: choices("service_area").label(row.area),
        ),
        Column(
            HELD_BY,
            lambda row: row.held_by,
            width=160,
            told="Who supports the person meanwhile",
        ),
        Column(
            "Referrer told",
            lambda row: words.ago(row.referrer_told_on, as_of(), never="not yet"),
            lambda row: row.referrer_told_on or date.min,
            width=116,
            full=lambda row: words.day_words(row.referrer_told_on) or "not yet",
            told="When the referrer was last told how it stands",
        ),
        Column(
            "Hub",
            lambda row: choices("hub_outcome").short(row.hub_status),
            width=84,
            full=lambda row: choices("hub_outcome").label(row.hub_status),
        ),
        Column(
            "Referred by",
            lambda row: choices("referral_source").short(row.source),
            width=104,
            full=lambda row: choices("referral_source").label(row.source),
        ),
    ]


def _level(row: WaitingRow) -> str:
    return choices("triage_level").label(row.level) or "not said"


def _place(level: str) -> int:
    found = choices("triage_level").by_code.get(level)
    return int(found.flags["order"]) if found else len(choices("triage_level").values)
