"""What can be done about a record of an episode's course that stands on the line."""

from collections.abc import Mapping, Sequence

from provider_desk.model.records import (
    Closure,
    Episode,
    Exceptional,
    ExitReview,
    ExitStrategy,
    ExtensionRequest,
    FrequencyChange,
    OnwardReferral,
    Pause,
    Phase,
)
from provider_desk.services.casework import episodes
from provider_desk.services.casework.course import (
    exits,
    extensions,
    how_often,
    lighter,
    onward,
    pauses,
)
from provider_desk.services.rights.permissions import Permission
from provider_desk.ui.pages.change import Change
from provider_desk.ui.pages.course.exit_panel import EXIT_ROWS

_RUN = Permission.RUN_EPISODES

#: Table → what can be done, in the order of the buttons.
CHANGES: Mapping[str, Sequence[Change]] = {
    Episode.TABLE: (
        Change(
            "Change who works with them",
            [("worker", "supervisor"), "planned_sessions"],
            False,
            lambda d, e, v, _: episodes.change_episode(d, e.row_id, v),
            _RUN,
        ),
    ),
    Pause.TABLE: (
        Change(
            "Still away",
            ["back_by"],
            False,
            lambda d, e, v, _: pauses.still_away(d, e.row_id, v),
            _RUN,
        ),
        Change(
            "Put it right",
            [("from_on", "back_by"), "until_on", "reason", "note"],
            False,
            lambda d, e, v, _: pauses.change_pause(d, e.row_id, v),
            _RUN,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: pauses.take_back_pause(d, e.row_id, why),
            _RUN,
        ),
    ),
    FrequencyChange.TABLE: (
        Change(
            "Put it right",
            ["frequency", "from_on", "approved_by", "reason"],
            False,
            lambda d, e, v, _: how_often.change_frequency(d, e.row_id, v),
            _RUN,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: how_often.take_back_frequency(d, e.row_id, why),
            _RUN,
        ),
    ),
    ExitStrategy.TABLE: (
        Change(
            "The person agreed",
            ["agreed_on"],
            False,
            lambda d, e, v, _: exits.agree_exit(d, e.row_id, v),
            _RUN,
        ),
        Change(
            "Put it right",
            EXIT_ROWS,
            False,
            lambda d, e, v, _: exits.change_exit(d, e.row_id, v),
            _RUN,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: exits.take_back_exit(d, e.row_id, why),
            _RUN,
        ),
    ),
    ExitReview.TABLE: (
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: exits.take_back_review(d, e.row_id, why),
            _RUN,
        ),
    ),
    Phase.TABLE: (
        Change(
            "Put it right",
            [("started_on", "review_on")],
            False,
            lambda d, e, v, _: lighter.change_phase(d, e.row_id, v),
            _RUN,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: lighter.take_back_step_down(d, e.row_id, why),
            _RUN,
        ),
    ),
    Exceptional.TABLE: (
        Change(
            "Put it right",
            ["reason", ("approved_on", "review_by"), "approved_by", "evidence"],
            False,
            lambda d, e, v, _: lighter.change_exceptional(d, e.row_id, v),
            Permission.APPROVE,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: lighter.take_back_exceptional(d, e.row_id, why),
            Permission.APPROVE,
        ),
    ),
    ExtensionRequest.TABLE: (
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: extensions.take_back_request_to_extend(
                d, e.row_id, why
            ),
            _RUN,
        ),
    ),
    OnwardReferral.TABLE: (
        Change(
            "Put it right",
            ["made_on", "made_to", "consent", "note"],
            False,
            lambda d, e, v, _: onward.change_onward(d, e.row_id, v),
            _RUN,
        ),
        Change(
            "Take it back",
            (),
            True,
            lambda d, e, _, why: onward.take_back_onward(d, e.row_id, why),
            _RUN,
        ),
    ),
    Closure.TABLE: (
        Change(
            "Take the closing back",
            (),
            True,
            lambda d, e, _, why: episodes.reopen_episode(d, e.episode_id, why),
            _RUN,
        ),
    ),
}
