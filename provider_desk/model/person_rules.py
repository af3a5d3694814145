"""Rules for a person's own record, and for how old they were when referred.

Source: domain reference, B1; practices, P37.
"""

from datetime import date

from provider_desk.model.asked import Asked
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Day, shown
from provider_desk.model.months import age_on
from provider_desk.model.records import Client, Referral

_DAY = Day(label="")

#: Nobody is referred who is older than this, in years.
OLDEST = 110

#: Nobody younger is looked for here, and hardly anybody older; pointed out, in years.
_YOUNG, _OLD = 5, 100


def age_in_doubt(born: object, today: date) -> str:
    """What to say of a date of birth that is hardly true; "" where it may well be."""
    if not isinstance(born, date) or born > today:
        return ""
    age = age_on(born, today)
    if _YOUNG <= age <= _OLD:
        return ""
    return f"Born {shown(_DAY, born)}, the person is {age} now. Is the year right?"


def some_age(asked: Asked) -> Problem | None:
    """Date of birth, year of birth or age band: at least one is wanted."""
    match asked.record:
        case Client(born_on=None, birth_year=None, age_band=None):
            return Problem(
                "born_on",
                "No date of birth, year or age band: this person will count as "
                "“age not known”.",
                "warn",
            )
    return None


def some_name(asked: Asked) -> Problem | None:
    """A name to call the person by, or nothing can be found again."""
    match asked.record:
        case Client(known_as="", given_names="", family_name=""):
            return Problem(
                "known_as", "Without a name only the code finds this person.", "warn"
            )
    return None


def age_is_likely(asked: Asked) -> Problem | None:
    """A date of birth that makes somebody five or a hundred is pointed out."""
    match asked.record:
        case Client(born_on=born):
            said = age_in_doubt(born, asked.today)
            return Problem("born_on", said, "warn") if said else None
    return None


def year_of_birth_is_past(asked: Asked) -> Problem | None:
    """Nobody is born in a year to come."""
    match asked.record:
        case Client(birth_year=int() as year) if year > asked.today.year:
            return Problem("birth_year", f"{year} lies ahead of today. Check the year.")
    return None


def day_and_year_of_birth_agree(asked: Asked) -> Problem | None:
    """The day of birth counts; a year that says otherwise is pointed out."""
    match asked.record:
        case Client(born_on=date() as born, birth_year=int() as year) if (
            born.year != year
        ):
            return Problem(
                "birth_year",
                f"The date of birth says {born.year}. The date is what counts.",
                "warn",
            )
    return None


def age_at_referral(born: date | None, received: object) -> str:
    """Why somebody born then can't have been referred that day; "" where they can."""
    if born is None or not isinstance(received, date):
        return ""
    if received < born:
        return "Received before the person was born."
    age = age_on(born, received)
    if age > OLDEST:
        return (
            f"The person would have been {age} on {shown(_DAY, received)}. Put the "
            "date of birth right first, or this day."
        )
    return ""


def born_before_referred(asked: Asked) -> Problem | None:
    """Nobody is referred before being born, or older than anybody gets."""
    client = asked.parents.get(Client.TABLE)
    if not isinstance(asked.record, Referral) or not isinstance(client, Client):
        return None
    said = age_at_referral(client.born_on, asked.record.received_on)
    return Problem("received_on", said) if said else None


#: Asked of every person's record.
OF_PERSON = (
    some_age,
    some_name,
    age_is_likely,
    year_of_birth_is_past,
    day_and_year_of_birth_agree,
)
