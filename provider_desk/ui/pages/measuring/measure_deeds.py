"""Filling in a measure and ticking gains; and what can be done about them later."""

from collections.abc import Mapping, Sequence

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import FunctionalGain, Score
from provider_desk.model.views import Event, Standing
from provider_desk.services.casework import surveys
from provider_desk.services.casework.measuring import gains, scores
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.pages.change import Change
from provider_desk.ui.pages.deed import Deed, Group
from provider_desk.ui.pages.measuring.correct_panel import CorrectScorePanel
from provider_desk.ui.pages.measuring.gains_panel import GainsPanel
from provider_desk.ui.pages.measuring.measure_panel import STANDINGS, MeasurePanel
from provider_desk.ui.pages.measuring.tags_panel import WORDS, TagsPanel


def undo_survey(desk: Desk, survey_id: str) -> Changed:
    """Take back a survey that was just recorded, one without a name too."""
    return surveys.take_back_survey(desk, survey_id, UNDONE)


def _tick(desk: Desk, on: str, values: Mapping[str, Value]) -> tuple[str, Changed]:
    return gains.tick_gains(desk, on, values, codes=(str(values["gain"]),))


DEEDS: tuple[Deed, ...] = (
    Deed(
        deeds.MEASURE,
        "Save measure",
        Score,
        (),
        "referral_id",
        scores.add_score,
        Permission.READ_CLINICAL,
        standings=STANDINGS,
        group=Group.OUTCOME,
        panel=MeasurePanel,
    ),
    Deed(
        deeds.GAINS,
        "Save gains",
        FunctionalGain,
        ["gain", "seen_on"],
        "referral_id",
        _tick,
        Permission.READ_CLINICAL,
        standings=(Standing.LIVE, Standing.WAITING, Standing.CLOSED),
        group=Group.OUTCOME,
        panel=GainsPanel,
    ),
)


def _not_by_form(_d: Desk, _e: Event, _v: Mapping[str, Value], _why: str) -> Changed:
    raise AssertionError("this has a panel of its own")


CHANGES: Mapping[str, Sequence[Change]] = {
    Score.TABLE: (
        Change(
            "Put it right",
            (),
            True,
            _not_by_form,
            Permission.READ_CLINICAL,
            panel=CorrectScorePanel,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: scores.take_back_score(d, e.row_id, why),
            Permission.READ_CLINICAL,
        ),
    ),
    FunctionalGain.TABLE: (
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: gains.take_back_gains(d, e.row_id, why),
            Permission.READ_CLINICAL,
        ),
    ),
}

#: Beside what else can be done about a session.
FOR_SESSIONS: tuple[Change, ...] = (
    Change(WORDS, (), False, _not_by_form, Permission.RECORD_SESSIONS, panel=TagsPanel),
)
