"""Days that are most likely a slip of the keyboard: long past, or far ahead.

They are pointed out and stop nothing. Asked of what is typed in day by day; what comes
from spreadsheets, and dates of birth and of contracts, may well lie far away.
"""

from datetime import date

from provider_desk.model.asked import Asked
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Day, Record, fields_of, shown
from provider_desk.model.person_rules import age_in_doubt
from provider_desk.model.records import (
    Client,
    Consent,
    CourtDate,
    DisclosureRequest,
    Exceptional,
    ExitReview,
    ExitStrategy,
    ExtensionRequest,
    FollowUp,
    FrequencyChange,
    OnwardReferral,
    Pause,
    Phase,
    Referral,
    RiskFlag,
    SafeguardingReferral,
    TrialAgreement,
)

#: From so many years ahead, and so many years ago, a day is pointed out.
AHEAD, AGO = 2, 10

#: As one types, the days of a referral are pointed out sooner.
REFERRED_AGO = 2

_DAY = Day(label="")

#: Records of which days are looked at.
LOOKED_AT: frozenset[type[Record]] = frozenset(
    {
        Consent,
        CourtDate,
        DisclosureRequest,
        Exceptional,
        ExitReview,
        ExitStrategy,
        ExtensionRequest,
        FollowUp,
        FrequencyChange,
        OnwardReferral,
        Pause,
        Phase,
        Referral,
        RiskFlag,
        SafeguardingReferral,
        TrialAgreement,
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
        years = today.year - on.year
        said = f"{shown(_DAY, on)} is {years} years ago. Is the year right?"
        return said if years > REFERRED_AGO else ""
    if record_type not in LOOKED_AT or not isinstance(on, date):
        return ""
    if on.year - today.year > AHEAD:
        return f"{shown(_DAY, on)} is years ahead. Is the year right?"
    if today.year - on.year > AGO:
        return f"{shown(_DAY, on)} is long past. Is the year right?"
    return ""


def far_day(asked: Asked) -> Problem | None:
    """The first day of a record that is far away, as a warning."""
    for field in fields_of(type(asked.record)):
        if isinstance(field.kind, Day):
            on = getattr(asked.record, field.name)
            if said := pointed_out(type(asked.record), on, asked.today):
                return Problem(field.name, said, "warn")
    return None
