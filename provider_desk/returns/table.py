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
    #: A median that is given as the band it falls in, by the published figures.
    BAND = "band"
    #: No part of this copy: it can't be worked out from rounded figures.
    NOT_SENT = "not_sent"


#: State → government table shorthand; a figure and a band have none.
SHORTHAND = {
    State.WITHHELD: "[c]",
    State.NOT_SUBMITTED: "[x]",
    State.UNDER_DEVELOPMENT: "[x]",
    State.NOT_APPLICABLE: "[z]",
    State.NOT_SENT: "[x]",
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
        note: why it is not a figure, or what to know about it; of a band its words:
            "57-91 days".
        exact: in a council copy, that an agreement lets this figure go exact.
        mark: "p" provisional, "r" revised, "b" break in the series, "" for none.
    """

    state: State
    value: int | float | None = None
    numerator: int | None = None
    denominator: int | None = None
    note: str = ""
    exact: bool = False
    mark: str = ""


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
        kind: "flow", "stock", "people", "ratio", "mean" or "median".
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
class Protection:
    """How the figures of a council copy were rounded. Source: disclosure, §1, §5.

    Attributes:
        base: every figure is a multiple of it.
        normally: how far a figure normally is from the real one, at most.
        bound: how far it ever is; 9, or 14 where the run had to widen.
        exact: codes of the indicators that an agreement lets go exact.
    """

    base: int = 5
    normally: int = 4
    bound: int = 9
    exact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Words that go with the figures, ready to print.

    Attributes:
        area: code of the service area, "ALL" for the whole return.
        box: code of the value list narrative_box, or of case_study_kind.
        label: the box in words: "Working well".
        words: paragraphs, figures filled in.
    """

    area: str
    box: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure that was sent and counts differently now; internal copies only.

    Attributes:
        key: which figure.
        month: of which month.
        sent: exact count when it was sent.
        now: exact count now.
        why: kind of reason: "late record", "correction"; never a name.
    """

    key: LineKey
    month: Month
    sent: int
    now: int
    why: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """The months before April of a figure that is charted over 13 months.

    Attributes:
        key: which figure.
        months: consecutive, the last is March.
        cells: one for each of ``months``.
    """

    key: LineKey
    months: tuple[Month, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ReturnTable:
    """A month's return of one provider under one contract.

    Attributes:
        provider: the service's name.
        provider_code: short, for file names.
        contract: reference.
        contract_title: in words.
        copy: "internal", "council" or "public".
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
        months_covered: how many of ``months`` have figures.
        status: "draft", "final" or "revised 2".
        signed: lines of the sign-off: "Signed off on 4 October 2017, Manager".
        contact: whom to ask, a role.
        protection: how a council copy was rounded; None for an internal one.
        told: the narrative, case studies and quotes.
        restated: what counts differently from what was sent.
        earlier: months before April, for charts only.
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
    status: str = "draft"
    signed: tuple[str, ...] = ()
    contact: str = ""
    protection: Protection | None = None
    told: tuple[Told, ...] = ()
    restated: tuple[Restated, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    _by_key: dict[LineKey, Line] = field(
        default_factory=dict, init=False, repr=False, compare=False
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
    def inside(self) -> bool:
        """Whether this copy is exact and stays in the office."""
        return self.copy == "internal"

    @property
    def file_stem(self) -> str:
        """``return_<provider>_<YYYY-MM>_v<n>``; an internal copy says so."""
        copy = "" if self.copy == "council" else f"_{self.copy}"
        return f"return_{self.provider_code}_{self.month}{copy}_v{self.version}"
