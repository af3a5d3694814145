"""When the equality questions were offered: once, and again each year.

Source: domain reference, B11.
"""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.fields import Value
from provider_desk.model.months import add_months
from provider_desk.model.records import Client
from provider_desk.model.views import Standing
from provider_desk.services.casework.known import Known
from provider_desk.services.saying import day

#: The answers that are asked for to see whether the service is fair.
QUESTIONS = (
    "gender",
    "gender_same_as_birth",
    "ethnic_group",
    "disability",
    "disability_effect",
    "disability_type",
    "orientation",
    "religion",
)
_OFFERED = "equality_offered_on"
_YEAR = 12


def offered_today(
    values: Mapping[str, Value], before: Mapping[str, Value], today: date
) -> Mapping[str, Value]:
    """The values, with today as the day of the offer where an answer is new.

    A day that somebody typed stays.
    """
    answered = any(
        name in values and values[name] != before.get(name) for name in QUESTIONS
    )
    typed = values.get(_OFFERED, before.get(_OFFERED)) != before.get(_OFFERED)
    return {**values, _OFFERED: today} if answered and not typed else values


def offer_words(known: Known) -> str:
    """That the questions are to be offered to somebody in support; "" where not.

    Answers that were brought in without a day are let be.
    """
    if all(each.status != Standing.LIVE for each in known.referrals):
        return ""
    client: Client = known.client
    held = client.values()
    on = client.equality_offered_on
    if on is None and not any(held[name] for name in QUESTIONS):
        return "Equality questions: not offered yet"
    if on is not None and add_months(on, _YEAR) <= known.today:
        return f"Equality questions: offered {day(on)}, offer them again"
    return ""
