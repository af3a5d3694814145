"""A scenario in words: what it assumes, what follows, and what is not known.

Source: screen, Capacity; domain reference, B4 and H11.
"""

from collections.abc import Iterator
from fractions import Fraction

from provider_desk.planning.exact import written
from provider_desk.planning.outlook import AHEAD, LONGEST, RUNS, Band
from provider_desk.planning.scenario import Scenario, weeks_to_clear

#: Fewer people than this are said in words where the screen may be shared.
FEW = 5

_HUNDRED = 100


def people(count: int, *, hidden: bool) -> str:
    """A number of people, in words where it is small and the screen may be shared."""
    return "fewer than 5" if hidden and 0 < count < FEW else f"{count:,}"


def people_band(band: Band, *, hidden: bool) -> str:
    """How many people, with the band: "96 (62 to 128)"."""
    low, middle, high = (
        people(each, hidden=hidden) for each in (band.low, band.middle, band.high)
    )
    return middle if low == high else f"{middle} ({low} to {high})"


def of_people(band: Band, *, hidden: bool) -> str:
    """How many people, as a point of a chart says it: "1 person", "3 (2 to 4) people".

    Where names are hidden a few are a word, which is many.
    """
    words = people_band(band, hidden=hidden)
    return "1 person" if words == "1" else f"{words} people"


#: Instead of a wait where no slot is there to start in.
NOBODY_STARTS = "no slots, so nobody starts"


def weeks(count: int) -> str:
    """A wait: "17 weeks", "less than a week", "over 2 years"."""
    if count >= LONGEST:
        return "over 2 years"
    if count == 0:
        return "less than a week"
    return "1 week" if count == 1 else f"{count} weeks"


def weeks_band(band: Band) -> str:
    """A wait with its band: "17 weeks (14 to 19)"."""
    if band.low == band.high:
        return weeks(band.middle)
    high = "over 104" if band.high >= LONGEST else str(band.high)
    return f"{weeks(band.middle)} ({min(band.low, LONGEST)} to {high})"


def pounds(value: Fraction | None) -> str:
    """Money: "£1,111.00"; "no price" where none is given."""
    return "no price" if value is None else f"£{float(value):,.2f}"


def assumptions(
    assumed: Scenario, slots_of: str, *, hidden: bool = False
) -> Iterator[str]:
    """Every assumption, sentence by sentence.

    Args:
        assumed: the scenario.
        slots_of: whose slots were filled in: "all contracts" or "this contract and
            area".
        hidden: the screen may be shared.
    """
    yield _clearing(assumed, slots_of, hidden=hidden)
    booked, support = assumed.booked, assumed.weeks_of_support
    if booked is not None and support is not None:
        if assumed.missed:
            yield (
                f"For {written(assumed.sessions)} sessions that somebody comes to, "
                f"{written(booked)} are booked: {written(assumed.missed)} % are "
                "missed, and a missed one uses its slot."
            )
        yield (
            f"One session every {_gap(assumed.every)} keeps a person in support for "
            f"{written(support)} weeks, and {written(assumed.places)} people can be "
            "in support at a time. It changes how long support lasts, not how many "
            "people the slots are enough for."
        )
    yield (
        f"{written(assumed.referrals)} referrals a month, {written(assumed.starting)} "
        f"% of which come to a start, are {written(assumed.comes_a_week)} people a "
        f"week; the slots are enough for {written(assumed.ends_a_week)}. "
        f"{_balance(assumed)}"
    )
    yield (
        f"Of {written(assumed.own_slots)} slots {written(assumed.filled)} % are booked "
        "in a usual week; the others are lost to leave, sickness and gaps. Everybody "
        "who waits today will start, the longest wait first, with as many sessions as "
        "anybody."
    )
    yield (
        f"The band holds 8 of 10 of {RUNS} runs, week by week, in which people finish "
        f"by chance and referrals come {_spread(assumed.spread)}. Chance begins from "
        "the same place each time, so the same numbers give the same picture. The "
        "band does not know whether an assumption is right."
    )


def _clearing(assumed: Scenario, slots_of: str, *, hidden: bool) -> str:
    """The division that is so easily made with slots of other contracts."""
    own = assumed.own_slots
    waiting = people(assumed.waiting, hidden=hidden)
    everybody = slots_of == "all contracts"
    if not own:
        why = (
            f"{written(assumed.slots)} slots are for all contracts; how many of them "
            "are for this one is not known"
            if assumed.slots
            else "there are no slots"
        )
        return f"No wait can be worked out: {why}. Say it at the left."
    scope = ""
    if assumed.own_share != _HUNDRED:
        scope = (
            f"{written(assumed.slots)} slots are for all contracts; "
            f"{written(assumed.own_share)} % of them, {written(own)}, are taken to be "
            "for this contract and area. "
        )
    elif everybody:
        scope = (
            f"{written(assumed.slots)} slots are for all contracts, and here all of "
            "them are taken to be for this contract and area. "
        )
    clear = weeks_to_clear(assumed.waiting, assumed.sessions, own)
    small = hidden and 0 < assumed.waiting < FEW
    length = "a few weeks" if small or clear is None else f"{written(clear)} weeks"
    return (
        f"{scope}{waiting} waiting × {written(assumed.sessions)} sessions ÷ "  # noqa: RUF001
        f"{written(own)} slots = {length} if every slot were free. It is not: "
        f"{written(assumed.used_slots)} of them are booked in a usual week; "
        f"{people(assumed.live, hidden=hidden)} "
        f"{'person is' if assumed.live == 1 else 'people are'} in support."
    )


def _gap(every: Fraction) -> str:
    return "week" if every == 1 else f"{written(every)} weeks"


def _balance(assumed: Scenario) -> str:
    needed = assumed.slots_to_keep_up
    if needed is None:
        return ""
    return f"The list stays as it is with {written(needed)} slots a week."


def _spread(spread: float) -> str:
    if spread <= 1:
        return "as unevenly as chance makes them"
    return f"{spread:.1f} times as unevenly as chance makes them, as in the last year"


def month_words(months: int) -> str:
    """When, in words: "today", "in 1 month", "in 6 months"."""
    if months == 0:
        return "today"
    return "in 1 month" if months == 1 else f"in {months} months"


def month_labels(count: int) -> list[str]:
    """Short labels below a chart, one for every three months."""
    return [
        "now" if each == 0 else str(each) if each % 3 == 0 else ""
        for each in range(count)
    ]


#: Months in which the list is told in the table.
TOLD_AHEAD = (6, 12, AHEAD)
#: When somebody may join whose wait is told.
TOLD_JOIN = (0, 3, 6, 12)
