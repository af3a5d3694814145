"""A needs analysis: how many people will come, year by year, from its assumptions.

People from earlier years come by the legacy shares, which are shares of all of them;
new people of each year come by the new shares, counted from the year in which they
are new. The exact numbers are kept, and shown beside what a paper prints: whole
numbers, rounded half up, whose sums are taken from what is printed. Source: domain
reference, C6 (need model of 2015); practices, P35.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from provider_desk.planning.exact import total, whole

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a needs analysis assumes.

    Attributes:
        first_year: the year that begins in its April.
        legacy: people from earlier years.
        excluded: percent of them who will not come at all.
        legacy_shares: percent of all of them who come, year by year.
        new_people: people new in each year.
        new_shares: percent of new people who come, by years since they were new.
        therapy: percent of those who come that need therapy.
    """

    first_year: int
    legacy: int
    excluded: Fraction
    legacy_shares: tuple[Fraction, ...]
    new_people: tuple[Fraction, ...]
    new_shares: tuple[Fraction, ...]
    therapy: Fraction

    @property
    def years(self) -> int:
        """How many years it is about."""
        return max(len(self.legacy_shares), len(self.new_people))

    @property
    def unaccounted(self) -> Fraction:
        """Percent of earlier people who neither come nor are excluded; 0 is right."""
        return _HUNDRED - self.excluded - total(self.legacy_shares)


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a needs analysis.

    Attributes:
        name: "2015/16".
        cells: exact: from earlier years, then of each year's new people.
        people: all cells, exact.
        therapy: of them, exact.
        printed_cells: rounded half up, as a paper prints them.
        printed_people: the sum of the printed cells.
        printed_therapy: of that sum, rounded half up.
    """

    name: str
    cells: tuple[Fraction, ...]
    people: Fraction
    therapy: Fraction
    printed_cells: tuple[int, ...]
    printed_people: int
    printed_therapy: int


def year_name(first: int) -> str:
    """A financial year by the year of its April: "2015/16"."""
    return f"{first}/{(first + 1) % 100:02d}"


def column_names(assumed: Assumptions) -> tuple[str, ...]:
    """What the cells of a year are: earlier people, then each year's new ones."""
    names = (year_name(assumed.first_year + each) for each in range(assumed.years))
    return ("From earlier years", *(f"New in {name}" for name in names))


def years_of(assumed: Assumptions) -> tuple[Year, ...]:
    """The table that the assumptions give."""
    return tuple(_year(assumed, number) for number in range(assumed.years))


def _year(assumed: Assumptions, number: int) -> Year:
    cells = [assumed.legacy * _at(assumed.legacy_shares, number) / _HUNDRED]
    for began in range(number + 1):
        share = _at(assumed.new_shares, number - began)
        cells.append(_at(assumed.new_people, began) * share / _HUNDRED)
    people = total(cells)
    printed = tuple(map(whole, cells))
    return Year(
        name=year_name(assumed.first_year + number),
        cells=tuple(cells),
        people=people,
        therapy=people * assumed.therapy / _HUNDRED,
        printed_cells=printed,
        printed_people=sum(printed),
        printed_therapy=whole(sum(printed) * assumed.therapy / _HUNDRED),
    )


def _at(values: Sequence[Fraction], place: int) -> Fraction:
    """A value, 0 past the end."""
    return values[place] if place < len(values) else Fraction(0)
