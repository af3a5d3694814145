"""The one place that talks to the solver.

Source: disclosure, §8: LP first, whole numbers where LP is not enough.
"""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from provider_desk.attacker.system import NO_END, System, Whole

Real = npt.NDArray[np.float64]
#: How far a solver's answer may lie from the whole number it stands for.
NEAR = 1e-6
#: How the solver calls a point that satisfies every row.
_FEASIBLE = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run came back with.

    Attributes:
        state: "best" with a point; "none" where nothing satisfies the rows;
            "endless" where the aim has no end; "unsure" where time ran out, with the
            best point until then.
        point: the numbers, where there are any.
    """

    state: str
    point: Real | None = None


class Solver:
    """One model, asked again and again with other aims and ends."""

    def __init__(self, system: System, *, whole: bool, near: float = 0.0) -> None:
        """Hand the model over.

        Args:
            system: the model.
            whole: only whole numbers are answers.
            near: by which share an aim may fall short of the best.
        """
        self._system = system
        self._columns = len(system.keys)
        self._highs: Any = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("mip_abs_gap", 0.5),
            ("mip_rel_gap", near),
        ):
            self._highs.setOptionValue(option, value)
        if not whole:
            self._highs.setOptionValue("simplex_strategy", 4)
        self._highs.passModel(_model(system, whole=whole))
        self._aimed: list[int] = []

    def ends(self, column: int, low: int, high: int) -> None:
        """Give one column other ends until further notice."""
        self._highs.changeColBounds(column, _real(low), _real(high))

    def all_ends(self, low: Whole, high: Whole) -> None:
        """Give every column other ends."""
        every = np.arange(self._columns, dtype=np.int32)
        self._highs.changeColsBounds(self._columns, every, _reals(low), _reals(high))

    def free(self, column: int) -> None:
        """Give one column its own ends again."""
        system = self._system
        self.ends(column, int(system.low[column]), int(system.high[column]))

    def most(self, aim: dict[int, float], seconds: float | None = None) -> Answer:
        """The point at which the aim, times each column, is largest."""
        if seconds is not None and seconds <= 0:
            return Answer("unsure")
        for column in self._aimed:
            self._highs.changeColCost(column, 0.0)
        for column, weight in aim.items():
            self._highs.changeColCost(column, -weight)
        self._aimed = list(aim)
        limit = highspy.kHighsInf if seconds is None else seconds
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + limit)
        self._highs.run()
        return self._answer()

    def _answer(self) -> Answer:
        status = self._highs.getModelStatus()
        states = highspy.HighsModelStatus
        if status == states.kOptimal:
            values = self._highs.getSolution().col_value
            return Answer("best", np.array(values, dtype=np.float64))
        if status == states.kInfeasible:
            return Answer("none")
        if status in (states.kUnbounded, states.kUnboundedOrInfeasible):
            return Answer("endless")
        if self._highs.getInfo().primal_solution_status == _FEASIBLE:
            values = self._highs.getSolution().col_value
            return Answer("unsure", np.array(values, dtype=np.float64))
        return Answer("unsure")


def whole_point(point: Real) -> Whole | None:
    """The whole numbers a point stands for; None where it has broken ones."""
    near = np.rint(point)
    if np.max(np.abs(point - near), initial=0.0) > NEAR:
        return None
    return near.astype(np.int64)


def _model(system: System, *, whole: bool) -> Any:
    lp = highspy.HighsLp()
    lp.num_col_ = len(system.keys)
    lp.num_row_ = system.rows
    lp.col_cost_ = np.zeros(len(system.keys))
    lp.col_lower_ = _reals(system.low)
    lp.col_upper_ = _reals(system.high)
    lp.row_lower_ = _reals(system.least)
    lp.row_upper_ = _reals(system.most)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = system.starts.astype(np.int32)
    lp.a_matrix_.index_ = system.columns.astype(np.int32)
    lp.a_matrix_.value_ = system.times.astype(np.float64)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(system.keys)
    return lp


def _reals(numbers: Whole) -> Real:
    reals = numbers.astype(np.float64)
    reals[numbers >= NO_END] = highspy.kHighsInf
    reals[numbers <= -NO_END] = -highspy.kHighsInf
    return reals


def _real(number: int) -> float:
    return float(_reals(np.array([number], dtype=np.int64))[0])
