"""What the waiting list says in sentences."""

from datetime import date

from provider_desk.model.fields import Day, shown
from provider_desk.model.waiting_rows import WaitingList, WaitingRow

_DAY = Day(label="")


def day_words(day: date | None) -> str:
    """A day as people read it, "" for none."""
    return shown(_DAY, day)


def days(count: float) -> str:
    """A number of days: "1 day", "78 days", "77.5 days"."""
    number = f"{count:,.1f}".removesuffix(".0")
    return f"{number} day" if number == "1" else f"{number} days"


def people(count: int) -> str:
    """A number of people."""
    return "1 person" if count == 1 else f"{count:,} people"


def summary(waiting: WaitingList) -> str:
    """How many wait and how long, in two sentences."""
    count = len(waiting.rows)
    if waiting.median_days is None or waiting.longest_days is None:
        return "Nobody is waiting."
    verb = "is" if count == 1 else "are"
    longest = days(waiting.longest_days)
    if count == 1:
        return f"1 person is waiting, {longest} so far."
    return (
        f"{people(count)} {verb} waiting. Half of them have waited "
        f"{days(waiting.median_days)} or more; the longest wait is {longest}."
    )


def due_words(row: WaitingRow, as_of: date) -> str:
    """When the next contact is due: the day, and how late it is."""
    late = (as_of - row.next_contact_on).days
    words = day_words(row.next_contact_on)
    if late > 0:
        return f"{words}, {days(late)} late"
    return f"{words}, today" if late == 0 else words


def reached_words(row: WaitingRow) -> str:
    """When the person was last reached, and tries since."""
    words = day_words(row.last_reached_on) or "not yet"
    if not row.attempts_since:
        return words
    tries = "1 try" if row.attempts_since == 1 else f"{row.attempts_since} tries"
    return f"{words}, {tries} since"


def phone_words(row: WaitingRow) -> str:
    """Whether the phone may be used."""
    if row.can_phone:
        return "yes"
    return "no safe way" if row.no_safe_way else "no, another way"


def is_due(row: WaitingRow, as_of: date) -> bool:
    """Whether a contact is due by the end of the day."""
    return row.next_contact_on <= as_of
