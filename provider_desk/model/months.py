"""Calendar months, months of a financial year, and distances between dates.

All ranges include both ends. A financial year runs from 1 April to 31 March.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from provider_desk.model.errors import DeskError

_APRIL = 4
#: What a month may be typed as; years far off are slips of the keyboard.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_WRITTEN = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that holds a day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read "2017-09".

        Raises:
            DeskError: the text is no month.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if (
            found is None
            or not 1 <= int(found[2]) <= 12  # noqa: PLR2004
            or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR
        ):
            raise DeskError(
                f"“{text}” is not a month.", "Write it as year and month: 2017-09."
            )
        return cls(int(found[1]), int(found[2]))

    @property
    def first_day(self) -> date:
        """The first calendar day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last calendar day; "at month end" means the end of it."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def plus(self, months: int) -> "Month":
        """The month that many months later, or earlier where negative."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def april(self) -> "Month":
        """The April with which this month's financial year begins."""
        return Month(self.year if self.number >= _APRIL else self.year - 1, _APRIL)

    def year_so_far(self) -> tuple["Month", ...]:
        """April to this month, both in: 1 to 12 months."""
        april = self.april
        count = (self.year - april.year) * 12 + self.number - april.number + 1
        return tuple(april.plus(step) for step in range(count))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def name(self) -> str:
        """For reading: "September 2017"."""
        return f"{self.first_day:%B %Y}"

    @property
    def short_name(self) -> str:
        """For column heads: "Sep 2017"."""
        return f"{self.first_day:%b %Y}"


def add_months(day: date, months: int) -> date:
    """The same day of the month that many months later, or that month's last day.

    29 February plus 12 months is 28 February. Source: domain reference, B3.
    """
    month = Month.of(day).plus(months)
    return date(month.year, month.number, min(day.day, month.last_day.day))


def age_on(born: date, day: date) -> int:
    """Age in whole years; a birthday counts from the day itself."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
