"""What the waiting list says in sentences."""

from datetime import date

from provider_desk.model.choices import choices
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


def summary(waiting: WaitingList, today: date) -> str:
    """How many wait and how long, in two sentences; as of which day, if not today."""
    said = _summary(waiting)
    if waiting.as_of == today:
        return said
    return f"As of {day_words(waiting.as_of)}: {said[0].casefold()}{said[1:]}"


def reading(as_of: date, today: date) -> str:
    """That the list is being read, and which."""
    day = "" if as_of == today else f" as of {day_words(as_of)}"
    return f"Reading the waiting list{day} …"


def _summary(waiting: WaitingList) -> str:
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
        return "yes, a phone is safe"
    if row.no_safe_way:
        return "no safe way is known"
    return "no, but another way is safe"


def phone_shortly(row: WaitingRow) -> str:
    """Whether the phone may be used, in a word."""
    if row.can_phone:
        return "yes"
    return "no way" if row.no_safe_way else "other way"


def is_due(row: WaitingRow, as_of: date) -> bool:
    """Whether a contact is due by the end of the day."""
    return row.next_contact_on <= as_of


def due_shortly(row: WaitingRow, as_of: date) -> str:
    """When the next contact is due, seen from the day of the list."""
    late = (as_of - row.next_contact_on).days
    if late > 0:
        return f"{days(late)} late"
    return "today" if late == 0 else f"in {days(-late)}"


def ago(day: date | None, as_of: date, *, never: str = "") -> str:
    """How long ago a day was: "today", "34 days ago"."""
    if day is None:
        return never
    gone = (as_of - day).days
    return f"{days(gone)} ago" if gone > 0 else "today"


def age(day: date | None, as_of: date) -> str:
    """How old something open is: "today", "34 days"; "" for none."""
    return ago(day, as_of).removesuffix(" ago")


def offered_words(row: WaitingRow, as_of: date) -> str:
    """When a start was offered that is not answered; "" for none."""
    if row.offered_on is None:
        return ""
    return f"offered {day_words(row.offered_on)}, {ago(row.offered_on, as_of)}"


def about_place(row: WaitingRow, as_of: date) -> str:
    """What has to be known of a place on the list, in a few sentences."""
    since = f"{days(row.accepted_days)} since accepted"
    said = [
        f"Received {day_words(row.received_on)}: waiting {days(row.waited_days)}.",
        f"{since.capitalize()}.",
        f"Last reached: {reached_words(row)}.",
        f"Next contact due {due_words(row, as_of)}.",
    ]
    if row.offered_on is not None:
        said.append(f"A start was offered {ago(row.offered_on, as_of)}, no answer yet.")
    if row.held_by:
        told = ago(row.referrer_told_on, as_of, never="not yet")
        said.append(f"Held meanwhile by {row.held_by}; referrer told: {told}.")
    said.append(_from_whom(row))
    reviewed = ago(row.reviewed_on, as_of, never="not yet")
    said.append(f"Place reviewed: {reviewed}.")
    return " ".join(said)


def _from_whom(row: WaitingRow) -> str:
    """The area, who referred, what the hub said: columns where there is room."""
    area = choices("service_area").label(row.area)
    source = choices("referral_source").label(row.source)
    hub = choices("hub_outcome").label(row.hub_status)
    said = f"{area}; referred by: {source}"
    return f"{said}; hub: {hub}." if hub else f"{said}."


def sorted_by(order: str) -> str:
    """By what the list is sorted, and what its days count."""
    return (
        f"Sorted by {order}. “Waiting” is days since the referral was received: that "
        "is the wait that counts. “Accepted” is days since it was accepted. No call, "
        "offer or assessment stops either."
    )
