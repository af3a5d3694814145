"""A figure of the return as it is declared: what is counted, and what it means."""

from dataclasses import dataclass
from functools import cache

from provider_desk.model.months import Month

#: How many months a figure is of, by how often it is given.
SPANS = {"month": 1, "quarter": 3, "year": 12}

#: A code of a value list, a word that the fact gives, or 0 and 1 for no and yes.
Code = str | int


@dataclass(frozen=True, slots=True)
class Choose:
    """A condition on one column of a fact.

    Attributes:
        column: the fact's column.
        codes: what counts; with ``others`` what does not.
        others: True takes every value that is not among the codes.
    """

    column: str
    codes: tuple[Code, ...]
    others: bool = False

    def fits(self, value: Code) -> bool:
        """Whether a value of the column counts."""
        return (value in self.codes) is not self.others


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much worse a figure may get and still be within limits.

    The larger of the two holds. Source: monthly return, §4.

    Attributes:
        percent: of the month before.
        least: in the figure's own unit; for a ratio in percentage points.
    """

    percent: int = 10
    least: int = 1

    def in_words(self, measure: str) -> str:
        """The limits for a reader: "10% or 1, whichever is larger"."""
        point = " percentage point" if self.least == 1 else " percentage points"
        points = point if measure in ("ratio", "use") else ""
        return f"{self.percent}% or {self.least}{points}, whichever is larger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the return, before it is counted.

    Attributes:
        code: of the indicator, "B2".
        split: "" for the whole, else the part's name: "0-28".
        group: "Waiting".
        label: in words, with the part: "Length of wait at month end: 0-28 days".
        unit: what is counted.
        measure: name of the counting function.
        fact: name of the fact, "" for a figure that is still to come.
        where: what counts; for a ratio what its numerator takes of ``of``.
        of: for a ratio, what the denominator takes.
        value: the fact's column that is worked with, "" where rows are counted.
        per: a mean is divided by this: 7 makes weeks of days.
        polarity: "+" higher is better, "-" lower is better, "o" neither.
        tolerance: limits of getting worse.
        tier: 1 attribute-free, 2 carries a reason or attribute.
        min_n: fewer cases than this are withheld in every copy; 0 for no limit.
        every: how often the council gets it: "month", "quarter" or "year".
        inside: how often the service's own copy shows it, in the same words.
        when_any: shown only where it is not nil everywhere.
        with_whole: shown only where its indicator's whole is not nil everywhere.
        of_which: a part that says itself what it takes; the others sum to the whole.
        note: what a reader must know.
        later: why the figure is still under development, "" where it is not.
        source: where it is defined.
    """

    code: str
    split: str
    group: str
    label: str
    unit: str
    measure: str
    fact: str
    where: tuple[Choose, ...] = ()
    of: tuple[Choose, ...] = ()
    value: str = ""
    per: int = 1
    polarity: str
    tolerance: Tolerance = Tolerance()
    tier: int
    min_n: int = 0
    every: str = "month"
    inside: str = "month"
    when_any: bool = False
    with_whole: bool = False
    of_which: bool = False
    note: str = ""
    later: str = ""
    source: str = ""

    @property
    def better(self) -> str:
        """What is better: "higher", "lower", or "" for neither."""
        return {"+": "higher", "-": "lower"}.get(self.polarity, "")

    @property
    def limit(self) -> str:
        """How far it may worsen, in words; "" where that is not rated."""
        rated = self.better and not self.later
        return self.tolerance.in_words(self.measure) if rated else ""

    @property
    def is_total(self) -> bool:
        """Whether it is an attribute-free total: no part, no one person's value.

        What is given by the quarter is none: it has no month of its own.
        """
        return (
            self.tier == 1
            and self.every == "month"
            and not self.split
            and self.measure in ("count", "distinct", "ratio", "capacity")
        )

    def months_of(self, month: Month) -> tuple[Month, ...]:
        """The months that a cell of the service's own copy is of.

        Returns:
            The month itself; of a quarter's last month all three; of March all twelve
            where the figure is yearly; () in months that have no figure.
        """
        return span(self.inside, month)


@cache
def span(every: str, month: Month) -> tuple[Month, ...]:
    """The months that are told in a month, by how often a figure is given.

    Quarters end in June, September, December and March, the year in March.

    Args:
        every: "month", "quarter" or "year".
        month: when it is told.
    """
    count = SPANS[every]
    if len(month.year_so_far()) % count:
        return ()
    return tuple(month.plus(step) for step in range(1 - count, 1))
