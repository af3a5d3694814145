"""Days that are most likely a slip of the keyboard: long past, or far ahead.

They are pointed out and stop nothing, but for a session that nobody books. Asked of
what is typed in day by day; what comes from spreadsheets, and days of contracts, may
well lie far away. How old somebody can be is in ``person_rules``.
"""

from datetime import date, timedelta

from provider_desk.model import records
from provider_desk.model.asked import Asked
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Day, Record, fields_of, shown
from provider_desk.model.months import age_on
from provider_desk.model.person_rules import age_in_doubt
from provider_desk.model.records import Client, Referral

#: From so many years ahead, and so many years ago, a day is pointed out.
AHEAD, AGO = 2, 10

#: As one types, the days of a referral are pointed out sooner.
REFERRED_AGO = 2

#: Days of sessions, of groups and of slots are pointed out from so far on.
SESSION_FAR = timedelta(days=366)

#: So many years ahead nobody books.
NOBODY_BOOKS = 5

_DAY = Day(label="")

#: Records of which days are looked at.
LOOKED_AT: frozenset[type[Record]] = frozenset(
    {
        records.Consent,
        records.CourtDate,
        records.DisclosureRequest,
        records.Exceptional,
        records.ExitReview,
        records.ExitStrategy,
        records.ExtensionRequest,
        records.FollowUp,
        records.FrequencyChange,
        records.OnwardReferral,
        records.Pause,
        records.Phase,
        records.Referral,
        records.RiskFlag,
        records.SafeguardingReferral,
        records.TrialAgreement,
    }
)


def pointed_out(
    record_type: type[Record], on: object, today: date, name: str = ""
) -> str:
    """What to say of a day of such a record; "" where it is none, or not far away.

    Args:
        record_type: of the record.
        on: the day.
        today: the civil date.
        name: of the field, where one types; some are looked at more closely then.
    """
    if record_type is Client and name == "born_on":
        return age_in_doubt(on, today)
    if record_type is Referral and name and isinstance(on, date):
        ago = age_on(on, today)
        said = f"{shown(_DAY, on)} is {ago} years ago. Is the year right?"
        return said if today.year - on.year > REFERRED_AGO else ""
    if record_type not in LOOKED_AT or not isinstance(on, date):
        return ""
    if on.year - today.year > AHEAD:
        return f"{shown(_DAY, on)} is years ahead. Is the year right?"
    if today.year - on.year > AGO:
        return f"{shown(_DAY, on)} is long past. Is the year right?"
    return ""


def far_session(on: date, today: date) -> str:
    """What to say of the day of a session, a group or slots; "" where it is near."""
    if abs(on - today) <= SESSION_FAR:
        return ""
    way = "ago" if on < today else "ahead"
    return f"{shown(_DAY, on)} is more than a year {way}. Check the year."


def nobody_books(on: date, today: date) -> str:
    """Why no session is booked for a day; "" where one may be."""
    if on.year <= today.year + NOBODY_BOOKS:
        return ""
    return f"{shown(_DAY, on)} is more than {NOBODY_BOOKS} years ahead. Check the year."


def far_day(asked: Asked) -> Problem | None:
    """The first day of a record that is far away, as a warning."""
    for field in fields_of(type(asked.record)):
        if isinstance(field.kind, Day):
            on = getattr(asked.record, field.name)
            if said := pointed_out(type(asked.record), on, asked.today):
                return Problem(field.name, said, "warn")
    return None
