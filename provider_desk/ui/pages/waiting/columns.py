"""The columns of the waiting list."""

from collections.abc import Callable
from datetime import date

from provider_desk.model.records import Referral
from provider_desk.model.waiting_rows import WaitingRow
from provider_desk.ui.pages.waiting import words
from provider_desk.ui.tables.columns import Column, declared


def columns(as_of: Callable[[], date]) -> list[Column[WaitingRow]]:
    """What is shown of somebody who waits.

    Args:
        as_of: the day that the list is for.
    """
    return [
        Column(
            "Person",
            lambda row: row.name or row.code,
            private=True,
            width=164,
            instead=lambda row: row.code,
        ),
        Column(
            "Waiting (days)",
            lambda row: f"{row.waited_days:,}",
            lambda row: row.waited_days,
            right=True,
            width=136,
        ),
        Column(
            "Next contact due",
            lambda row: words.due_words(row, as_of()),
            lambda row: row.next_contact_on,
            tone=lambda row: "bad" if row.overdue else "",
            width=264,
        ),
        Column(
            "Last reached",
            words.reached_words,
            lambda row: row.last_reached_on or date.min,
            width=236,
        ),
        Column(
            "Can be phoned",
            words.phone_words,
            tone=lambda row: "bad" if row.no_safe_way else "",
            width=156,
        ),
        declared(Referral, "source", lambda row: row.source, 210),
        declared(Referral, "hub_status", lambda row: row.hub_status, 150),
        declared(Referral, "received_on", lambda row: row.received_on, 144),
        Column(
            "Offer of a start", lambda row: "made" if row.open_offer else "", width=120
        ),
        declared(Referral, "area", lambda row: row.area, 320),
    ]
