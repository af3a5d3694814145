"""What a backup is called, and which of many are kept."""

import re
from collections.abc import Collection
from datetime import date

from provider_desk.model.clock import moment
from provider_desk.store.container import ENDING

#: So many days, weeks and months have a backup each; the newest of each is kept.
#: Source: security design, §1 (earlier versions against ransomware).
DAYS, WEEKS, MONTHS = 7, 4, 12

_ID_DIGITS = 8
_NAME = re.compile(r"desk-([0-9a-f]{8})-(\d{4})-(\d\d)-(\d\d)-\d{6}(-\d+)?")


def name_of(store_id: str, made_ms: int, again: int = 0) -> str:
    """The name of a backup's file: it names nobody.

    Args:
        store_id: of the desk.
        made_ms: when it was made, milliseconds since 1970 in UTC.
        again: a number, where there is one of the name already.
    """
    told = f"{moment(made_ms):%Y-%m-%d-%H%M%S}"
    more = f"-{again}" if again else ""
    return f"desk-{store_id[:_ID_DIGITS]}-{told}{more}{ENDING}"


def day_in(name: str, store_id: str) -> date | None:
    """The day in the name of one of a desk's backups; None for any other file."""
    found = _NAME.fullmatch(name.removesuffix(ENDING))
    if found is None or not name.endswith(ENDING):
        return None
    whose, year, month, day = found.groups()[:4]
    if whose != store_id[:_ID_DIGITS]:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def kept(made: Collection[int]) -> set[int]:
    """Which of some backups are kept: seven daily, four weekly, twelve monthly.

    Of each of the last days, weeks and months that have any, the newest; so the newest
    of all is always among them.

    Args:
        made: when they were made, milliseconds since 1970 in UTC.
    """
    stay: set[int] = set()
    for count, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        newest: dict[tuple[int, ...], int] = {}
        for ms in sorted(made):
            newest[period(moment(ms).date())] = ms
        stay.update(newest[each] for each in sorted(newest)[-count:])
    return stay


def _day(day: date) -> tuple[int, ...]:
    return (day.toordinal(),)


def _week(day: date) -> tuple[int, ...]:
    return tuple(day.isocalendar()[:2])


def _month(day: date) -> tuple[int, ...]:
    return day.year, day.month
