"""The month's return as figures, before any format."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from provider_desk.model.months import Month


class State(StrEnum):
    """What a cell is if it is no figure; never blank. Source: monthly return, §1.5."""

    FIGURE = "figure"
    WITHHELD = "withheld"
    NOT_SUBMITTED = "not_submitted"
    UNDER_DEVELOPMENT = "under_development"
    NOT_APPLICABLE = "not_applicable"


#: State → government table shorthand; a figure has none.
SHORTHAND = {
    State.WITHHELD: "[c]",
    State.NOT_SUBMITTED: "[x]",
    State.UNDER_DEVELOPMENT: "[x]",
    State.NOT_APPLICABLE: "[z]",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure or a named state.

    Attributes:
        state: what the cell is.
        value: the figure; None unless the state is ``FIGURE``. Counts are whole;
            a rate is a share from 0 to 1; means and medians have one decimal.
        numerator: of a ratio or mean, else None.
        denominator: of a ratio or mean, else None. A ratio of nothing has
            denominator 0 and state ``NOT_APPLICABLE``.
        note: why it is not a figure, or what to know about it.
    """

    state: State
    value: int | float | None = None
    numerator: int | None = None
    denominator: int | None = None
    note: str = ""


class Direction(StrEnum):
    """Change of the number since the month before."""

    UP = "up"
    LEVEL = "level"
    DOWN = "down"
    NONE = "none"


class Rating(StrEnum):
    """What the change means; shown by sign, word and colour. Source: §4."""

    IMPROVED = "improved"
    WITHIN = "worse, within limits"
    OUTSIDE = "worse, outside limits"
    LEVEL = "no change"
    NONE = "not rated"


@dataclass(frozen=True, slots=True)
class LineKey:
    """Names a line: which indicator, which part of it, which area.

    Attributes:
        indicator: code, "B2".
        split: "" for the whole, else the part: "0-28", "under 18", "median".
        area: code of the service area, or "ALL" for the sum.
    """

    indicator: str
    split: str
    area: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the return.

    Attributes:
        key: what it is.
        group: "Referrals", "Waiting", "Activity", "Episodes", "Outcomes".
        label: in words, "Length of wait: 0-28 days".
        unit: what is counted: "referrals", "sessions", "days", "%", "weeks".
        kind: "flow", "stock", "ratio", "mean" or "median".
        tier: 1 attribute-free, 2 carries a reason or attribute.
        months: a cell for each of ``ReturnTable.months``, same order.
        year_to_date: from April.
        direction: of the last month against the one before.
        rating: of that change.
        better: "higher", "lower" or "" where neither is better.
        limit: how far it may worsen and still be within limits, in words:
            "10% or 1, whichever is larger"; "" where it isn't rated.
        about: what a reader must know of how it is counted, "" for nothing.
    """

    key: LineKey
    group: str
    label: str
    unit: str
    kind: str
    tier: int
    months: tuple[Cell, ...]
    year_to_date: Cell
    direction: Direction
    rating: Rating
    better: str = ""
    limit: str = ""
    about: str = ""

    @property
    def now(self) -> Cell:
        """The cell of the return's own month."""
        return self.months[-1]


@dataclass(frozen=True, slots=True)
class Check:
    """A check before sign-off.

    Attributes:
        code: short and stable, "flow-waiting".
        area: code of the service area.
        title: what must hold.
        passed: whether it does.
        blocking: whether a return can't be signed while it fails.
        text: one sentence with the figures: "4 + 3 - 3 - 1 = 3".
        table: the record table of the rows at fault, "" where none can be named.
        rows: ids of the rows at fault.
    """

    code: str
    area: str
    title: str
    passed: bool
    blocking: bool
    text: str
    table: str = ""
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaName:
    """A service area of the contract. ``code`` "ALL" is the sum block."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class ReturnTable:
    """A month's return of one provider under one contract.

    Attributes:
        provider: the service's name.
        provider_code: short, for file names.
        contract: reference.
        contract_title: in words.
        copy: "internal" or "council".
        month: the return's month.
        months: April of the financial year to ``month``, both in.
        version: 1 for the first export of this month and copy.
        made_on: ISO date of making.
        areas: the contract's areas, then "ALL" where there is more than one.
        lines: every indicator and split for every area, in catalogue order.
        checks: in order, failed or not.
        notes: sentences for the notes sheet and the cover.
        definitions: SHA-256 of the indicator files.
        invented: a demo desk; every page says so.
    """

    provider: str
    provider_code: str
    contract: str
    contract_title: str
    copy: str
    month: Month
    months: tuple[Month, ...]
    version: int
    made_on: str
    areas: tuple[AreaName, ...]
    lines: tuple[Line, ...]
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()
    definitions: str = ""
    invented: bool = False
    months_covered: int = 0
    _by_key: dict[LineKey, Line] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        self._by_key.update({line.key: line for line in self.lines})

    def line(self, indicator: str, split: str = "", area: str = "ALL") -> Line:
        """A line by what it counts.

        Raises:
            KeyError: the return has no such line.
        """
        return self._by_key[LineKey(indicator, split, area)]

    def of_area(self, area: str) -> Iterator[Line]:
        """The lines of one area, in order."""
        return (line for line in self.lines if line.key.area == area)

    @property
    def file_stem(self) -> str:
        """``return_<provider>_<YYYY-MM>_v<n>``; an internal copy says so."""
        copy = "" if self.copy == "council" else f"_{self.copy}"
        return f"return_{self.provider_code}_{self.month}{copy}_v{self.version}"
