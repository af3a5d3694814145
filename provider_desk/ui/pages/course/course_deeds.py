"""The deeds on the course of an episode, declared: what each asks, and its undoing."""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
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
from provider_desk.services.casework.course.pauses import ASK_AGAIN
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.pages.course.closing_panel import ClosingPanel
from provider_desk.ui.pages.course.episode_panel import CoursePanel
from provider_desk.ui.pages.course.exit_panel import ExitPanel
from provider_desk.ui.pages.course.versions_panel import VersionsPanel
from provider_desk.ui.pages.deed import Deed, Done, look_again_on


def _come_back(desk: Desk, pause_id: str, values: Mapping[str, Value]) -> Done:
    return pause_id, pauses.come_back(desk, pause_id, values)


def _talked(desk: Desk, episode_id: str, values: Mapping[str, Value]) -> Done:
    return episode_id, lighter.talked_over(desk, episode_id, values)


def _extend(desk: Desk, episode_id: str, values: Mapping[str, Value]) -> Done:
    """Record the reason, or ask for it, as the role may."""
    if may(desk, Permission.APPROVE):
        return episodes.add_exceptional(desk, episode_id, values)
    return extensions.ask_extension(desk, episode_id, values)


def _as_asked(form: RecordForm) -> None:
    form.boxes["review_by"].advise("Left empty: the day that was asked for.")


def _nothing_run(_desk: Desk, _on: str, _values: Mapping[str, Value]) -> Done:
    """Of a deed whose panel does it all."""
    return Changed({})


_NOBODY_ASKED = "nobody asked to go past 12 months."

DEEDS: tuple[Deed, ...] = (
    Deed(
        deeds.EXIT_STRATEGY,
        "Add exit strategy",
        ExitStrategy,
        [],
        "episode_id",
        episodes.add_exit_strategy,
        Permission.RUN_EPISODES,
        panel=ExitPanel,
    ),
    Deed(
        deeds.REVIEW_EXIT,
        "Record review",
        ExitReview,
        [("reviewed_on", "next_review_on"), "with_person", "note"],
        "exit_strategy_id",
        exits.review_exit,
        Permission.RUN_EPISODES,
        today=("reviewed_on",),
        ahead={"next_review_on": exits.next_review},
        undo=lambda desk, new_id: exits.take_back_review(desk, new_id, UNDONE),
        nothing="there is no exit strategy yet. Write one first.",
    ),
    Deed(
        deeds.EXIT_VERSIONS,
        "",
        ExitStrategy,
        [],
        "exit_strategy_id",
        _nothing_run,
        Permission.READ_CLINICAL,
        panel=VersionsPanel,
        nothing="there is no exit strategy yet. Write one first.",
    ),
    Deed(
        deeds.PAUSE,
        "Pause",
        Pause,
        [("from_on", "back_by"), "reason", "note"],
        "episode_id",
        pauses.pause,
        Permission.RUN_EPISODES,
        today=("from_on",),
        ahead={"back_by": ASK_AGAIN.days},
        undo=lambda desk, new_id: pauses.take_back_pause(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.COME_BACK,
        "Record that they are back",
        Pause,
        ["until_on"],
        "pause_id",
        _come_back,
        Permission.RUN_EPISODES,
        today=("until_on",),
        asked=("until_on",),
        undo=pauses.not_back,
        nothing="nobody is paused here.",
    ),
    Deed(
        deeds.HOW_OFTEN,
        "Record how often",
        FrequencyChange,
        ["frequency", "from_on", "approved_by", "reason"],
        "episode_id",
        how_often.set_frequency,
        Permission.RUN_EPISODES,
        today=("from_on",),
    ),
    Deed(
        deeds.STEP_DOWN,
        "Begin step-down",
        Phase,
        [("started_on", "review_on")],
        "episode_id",
        episodes.step_down,
        Permission.RUN_EPISODES,
        today=("started_on",),
        ahead={"review_on": lighter.REVIEW.days},
        undo=lambda desk, new_id: lighter.take_back_step_down(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.STEP_DOWN_REVIEWED,
        "Record review",
        Phase,
        ["review_on"],
        "phase_id",
        lighter.review_step_down,
        Permission.RUN_EPISODES,
        ahead={"review_on": lighter.REVIEW.days},
        asked=("review_on",),
        follow=look_again_on,
        nothing="nobody is in step-down here.",
    ),
    Deed(
        deeds.EXTEND,
        "Record reason",
        Exceptional,
        ["reason", ("approved_on", "review_by"), "approved_by", "evidence"],
        "episode_id",
        _extend,
        Permission.RUN_EPISODES,
        today=("approved_on",),
        own="approved_by",
        ahead={"review_by": extensions.review_by},
        only=dict.fromkeys(("approved_on", "approved_by"), Permission.APPROVE),
        asking="Ask for approval",
    ),
    Deed(
        deeds.APPROVE_EXTENSION,
        "Approve",
        ExtensionRequest,
        ["review_by"],
        "extension_id",
        extensions.approve_extension,
        Permission.APPROVE,
        follow=_as_asked,
        nothing=_NOBODY_ASKED,
    ),
    Deed(
        deeds.NOT_EXTENDED,
        "Not approved",
        ExtensionRequest,
        ["answer_note"],
        "extension_id",
        extensions.decline_extension,
        Permission.APPROVE,
        asked=("answer_note",),
        nothing=_NOBODY_ASKED,
    ),
    Deed(
        deeds.TALKED_OVER,
        "Record that it was talked over",
        Episode,
        ["missed_talked_on"],
        "episode_id",
        _talked,
        Permission.RUN_EPISODES,
        today=("missed_talked_on",),
        asked=("missed_talked_on",),
    ),
    Deed(
        deeds.REFER_ON,
        "Record onward referral",
        OnwardReferral,
        ["made_on", "made_to", "consent", "note"],
        "episode_id",
        onward.refer_on,
        Permission.RUN_EPISODES,
        today=("made_on",),
        undo=lambda desk, new_id: onward.take_back_onward(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.CLOSE_EPISODE,
        "Close episode",
        Closure,
        [],
        "episode_id",
        episodes.close_episode,
        Permission.RUN_EPISODES,
        panel=ClosingPanel,
    ),
    Deed(
        deeds.EPISODE_COURSE,
        "",
        Episode,
        [],
        "episode_id",
        _nothing_run,
        Permission.SEE_OWN,
        panel=CoursePanel,
    ),
)
