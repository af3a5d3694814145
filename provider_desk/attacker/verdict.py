"""What the outsider found: which small figures keep too few possible values.

Source: disclosure, §8: a figure truly 1 to 4 keeps at least four possible values other
than 0.
"""

from dataclasses import dataclass

#: A figure from 1 to here is small.
#: Source: disclosure, §8.
SMALL = 4
#: So many values other than 0 must remain possible.
#: Source: disclosure, §8.
ENOUGH = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One figure that the outsider can pin down too closely.

    Attributes:
        month: "2017-09"; "2017-09#2" for a figure of the second version.
        key: the figure: "THER|A7|Health|value"; "@ytd" after it for the year to date;
            several with " + " between them for a group.
        low: the least it can be.
        high: the most it can be; None where no end was found.
        left: how many values other than 0 remain possible.
        exact: whether only one value remains at all.
        proven: False where time ran out before it was shown safe or not.
    """

    month: str
    key: str
    low: int
    high: int | None
    left: int
    exact: bool
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outsider's report.

    Attributes:
        disclosed: small figures with too few values left; empty for a return that may
            leave.
        tried: how many figures and groups were tested.
        seconds: how long it took.
        anyway: small figures that are as narrow from what the reader knows besides
            (figures agreed to be exact included) with nothing else published.
        faults: sentences on what is wrong with the published figures themselves: sums
            that fail, a year to date that falls. Any of them refuses the return.
        unsure: names of public relations that the truth itself breaks; left out.
    """

    disclosed: tuple[Found, ...]
    tried: int
    seconds: float
    anyway: tuple[Found, ...] = ()
    faults: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    @property
    def safe(self) -> bool:
        """Whether the return may leave."""
        return not self.disclosed and not self.faults
