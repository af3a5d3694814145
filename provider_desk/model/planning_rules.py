"""Rules of planning: needs analyses, estimates, forecasts, slots.

Source: practices, P32, P35; domain reference, C6.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from provider_desk.model.asked import Asked
from provider_desk.model.errors import DeskError, Problem
from provider_desk.model.fields import Record, field_map
from provider_desk.model.months import Month
from provider_desk.model.records import Estimate, Forecast, NeedModel

_NUMBER = r"\d{1,7}(?:\.\d{1,2})?"
_NUMBERS = re.compile(rf"\s*{_NUMBER}(?:\s*,\s*{_NUMBER})*\s*")
_ROW = re.compile(r"\s*\d{1,7}(?:\s*,\s*\d{1,7})*\s*(?:;\s*\d{0,7}\s*){0,2}")
_LISTS = ("legacy_shares", "new_people", "new_shares")
_HUNDRED = 100


def lists_are_numbers(asked: Asked) -> Problem | None:
    """Yearly numbers are written with commas between them."""
    if not isinstance(asked.record, NeedModel):
        return None
    for name in _LISTS:
        typed = getattr(asked.record, name)
        if typed and not _NUMBERS.fullmatch(typed):
            label = field_map(NeedModel)[name].kind.label
            return Problem(
                name, f"{label}: write numbers with commas, one for each year."
            )
    return None


def shares_fit_a_hundred(asked: Asked) -> Problem | None:
    """No more than all earlier people can come or stay away."""
    record = asked.record
    if not isinstance(record, NeedModel) or not _NUMBERS.fullmatch(
        record.legacy_shares
    ):
        return None
    shares = sum(map(float, record.legacy_shares.split(",")))
    if shares + record.excluded_percent > _HUNDRED:
        return Problem(
            "legacy_shares",
            f"{shares:g} % come and {record.excluded_percent} % do not: together more "
            "than everybody.",
            "warn",
        )
    return None


def printed_rows_are_numbers(asked: Asked) -> Problem | None:
    """Printed figures are rows of numbers: cells; total; therapy."""
    match asked.record:
        case NeedModel(printed=str() as typed) if typed.strip():
            lines = [line for line in typed.splitlines() if line.strip()]
            for number, line in enumerate(lines, start=1):
                if not _ROW.fullmatch(line):
                    return Problem(
                        "printed",
                        f"Line {number}: write it as 480, 30; 510; 155 (cells; total; "
                        "therapy).",
                    )
    return None


def estimate_is_of_whole_months(asked: Asked) -> Problem | None:
    """An estimate begins with a month and ends with one: it is shared out by months."""
    match asked.record:
        case Estimate(from_on=first, until_on=last):
            if first.day != 1:
                return Problem("from_on", "Begin on the first day of a month.")
            if (last + timedelta(days=1)).day != 1:
                return Problem("until_on", "End on the last day of a month.")
            if last < first:
                return Problem("until_on", "It ends before it begins.")
    return None


def forecast_is_ahead(asked: Asked) -> Problem | None:
    """A forecast is for a month that had not begun when it was said."""
    match asked.record:
        case Forecast(month=text, made_on=said):
            try:
                month = Month.parse(text)
            except DeskError as error:
                return Problem("month", str(error))
            if month.first_day <= said:
                return Problem(
                    "month",
                    f"{month.name} has begun; a forecast is for a month to come.",
                )
    return None


def forecast_holds_its_middle(asked: Asked) -> Problem | None:
    """At least, expected, at most: in this order."""
    match asked.record:
        case Forecast(low=low, expected=middle, high=high) if not low <= middle <= high:
            return Problem("expected", "It lies between the least and the most.")
    return None


Rule = Callable[[Asked], Problem | None]

PLANNING: Mapping[type[Record], tuple[Rule, ...]] = {
    NeedModel: (lists_are_numbers, shares_fit_a_hundred, printed_rows_are_numbers),
    Estimate: (estimate_is_of_whole_months,),
    Forecast: (forecast_is_ahead, forecast_holds_its_middle),
}
