"""Days on which no session is expected: bank holidays, and those of a pause."""

from collections.abc import Iterable
from datetime import date

from provider_desk.model.bank_holidays import name_of
from provider_desk.services.saying import day


def words_for(on: date, resting: Iterable[tuple[date, date | None]]) -> list[str]:
    """What speaks against a day, in words; [] where nothing does.

    Args:
        on: the day.
        resting: the episode's pauses: from when, and until when if that is known.
    """
    holiday = name_of(on)
    words = [f"bank holiday: {holiday}"] if holiday else []
    for from_on, until in resting:
        if from_on <= on and (until is None or on < until):
            end = f" until {day(until)}" if until else ""
            words.append(f"the episode is paused{end}")
    return words
