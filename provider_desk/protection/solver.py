"""The cheapest choice of yes and no under whole-number conditions, by HiGHS.

The only file of this package that knows the solver. It prints nothing, runs on one
thread and gives the same answer to the same question; its answer is rounded to whole
numbers here and believed nowhere: the callers check it in plain integers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provider_desk.model.errors import Cancelled
from provider_desk.model.progress import Stopped

if TYPE_CHECKING:
    import highspy

#: A return takes some hundredths of a second; after this many it is given up.
_SECONDS = 60.0
_OPTIONS: tuple[tuple[str, float], ...] = (
    ("output_flag", False),
    ("threads", 1),
    ("random_seed", 0),
    ("mip_rel_gap", 0.0),
    # All costs are whole numbers: within a half of the best is the best.
    ("mip_abs_gap", 0.5),
    ("time_limit", _SECONDS),
)
#: HiGHS's number for the primal simplex.
_FROM_POSSIBLE = 4
_NEARLY = 1e-6


class TookTooLong(Exception):
    """No answer within a minute."""


class Unsure(Exception):
    """The solver ended without knowing: the question has to be asked another way."""


@dataclass(frozen=True, slots=True)
class Row:
    """A condition: the sum of the choices, so many times each, is ``total``.

    Attributes:
        choices: which choices stand in it, by their place.
        times: how often each counts.
        total: what they come to.
        at_most: the sum may be less too.
    """

    choices: tuple[int, ...]
    times: tuple[int, ...]
    total: int
    at_most: bool = False

    @property
    def hopeless(self) -> bool:
        """Nothing to choose, and it does not hold: some solvers overlook that."""
        if self.choices:
            return False
        return self.total < 0 or (self.total > 0 and not self.at_most)


def whole(
    costs: Sequence[int], rows: Sequence[Row], stopped: Stopped
) -> list[int] | None:
    """Which choices are taken (1) so that the rows hold at the least cost.

    Args:
        costs: of each choice, whole numbers, below 0 for a gain.
        rows: what has to hold.
        stopped: asked now and then whether the person stopped it.

    Returns:
        0 or 1 for each choice, or None where nothing meets the rows.

    Raises:
        Cancelled: the person stopped it.
        TookTooLong: there is no answer after a minute.
        Unsure: the solver does not know, which would be a fault.
    """
    if any(row.hopeless for row in rows):
        return None
    if not costs:
        return []
    highs = _asked(costs, rows)
    highs.cbMipInterrupt.subscribe(lambda event: event.interrupt(stopped()))
    return (
        [round(taken) for taken in highs.getSolution().col_value]
        if _ran(highs)
        else None
    )


@dataclass(frozen=True, slots=True)
class InPart:
    """The cheapest answer where a choice may be taken in part.

    Attributes:
        taken: each choice, 0 to 1.
        worth: what a choice would add to the cost if it were taken the other way
            round, at least; 0 where it is taken in part.
        cost: of all, which no whole answer is below.
    """

    taken: tuple[float, ...]
    worth: tuple[float, ...]
    cost: float

    @property
    def rounded(self) -> list[int]:
        """Each choice to the nearer side."""
        return [round(taken) for taken in self.taken]

    def is_whole(self, place: int) -> bool:
        """Whether a choice is taken or not, with nothing between."""
        return abs(self.taken[place] - round(self.taken[place])) < _NEARLY


class Relaxed:
    """The same question where a choice may be taken in part, asked again and again.

    Much faster, and the answer is mostly whole anyway.
    """

    def __init__(self, number: int, rows: Sequence[Row]) -> None:
        self._highs = _asked([0] * number, rows, choices_whole=False)

    def again(self) -> None:
        """Go on from the last answer, which other costs leave possible."""
        self._highs.setOptionValue("presolve", "off")
        self._highs.setOptionValue("simplex_strategy", _FROM_POSSIBLE)

    def cheapest(self, costs: Sequence[int]) -> InPart | None:
        """The answer at the least cost, or None where nothing meets the rows.

        Raises:
            TookTooLong: there is no answer after a minute.
            Unsure: the solver does not know; ``whole`` does.
        """
        for place, cost in enumerate(costs):
            self._highs.changeColCost(place, float(cost))
        if not _ran(self._highs):
            return None
        solution = self._highs.getSolution()
        return InPart(
            tuple(solution.col_value),
            tuple(solution.col_dual),
            self._highs.getInfo().objective_function_value,
        )


def _ran(highs: "highspy.Highs") -> bool:
    """Run; whether there is an answer."""
    import highspy  # noqa: PLC0415 - as below

    highs.run()
    status, states = highs.getModelStatus(), highspy.HighsModelStatus
    if status == states.kInterrupt:
        raise Cancelled("Rounding was stopped.", "Nothing was written or sent.")
    if status == states.kTimeLimit:
        raise TookTooLong
    if status in (states.kInfeasible, states.kUnboundedOrInfeasible):
        return False
    if status != states.kOptimal:
        raise Unsure(status.name)
    return True


def _asked(
    costs: Sequence[int], rows: Sequence[Row], *, choices_whole: bool = True
) -> "highspy.Highs":
    """The solver with the question in it."""
    # A tenth of a second to load: not before the first return is rounded.
    import highspy  # noqa: PLC0415

    # The threads that somebody else's last call left behind forbid another number.
    highspy.Highs.resetGlobalScheduler(True)  # noqa: FBT003 - waits for them
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(costs), len(rows)
    lp.col_cost_ = [float(cost) for cost in costs]
    lp.col_lower_ = [0.0] * len(costs)
    lp.col_upper_ = [1.0] * len(costs)
    if choices_whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    least = -highspy.kHighsInf
    lp.row_lower_ = [least if row.at_most else float(row.total) for row in rows]
    lp.row_upper_ = [float(row.total) for row in rows]
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row.choices))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = starts
    lp.a_matrix_.index_ = [choice for row in rows for choice in row.choices]
    lp.a_matrix_.value_ = [float(times) for row in rows for times in row.times]
    highs = highspy.Highs()
    for option, value in _OPTIONS:
        highs.setOptionValue(option, value)
    if highs.passModel(lp) == highspy.HighsStatus.kError:
        raise RuntimeError("the solver did not take the question")
    return highs
