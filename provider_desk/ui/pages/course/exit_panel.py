"""A version of the exit strategy: it begins as the one before, goals in sight."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.goal_card import GoalCard
from provider_desk.model.records import ExitStrategy
from provider_desk.model.sealed_text import IN_PLACE
from provider_desk.model.views import PersonPage
from provider_desk.services.casework import episodes
from provider_desk.services.casework.course import exits
from provider_desk.services.casework.course.exits import Version
from provider_desk.services.notes.unsealing import DAMAGED
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening
from provider_desk.ui.pages.course.goal_words import goal_words
from provider_desk.ui.pages.course.which_episode import options, referral_of
from provider_desk.ui.pages.noting.sealed_said import SealedSaid
from provider_desk.ui.parts.words import body, soft, strong
from provider_desk.ui.theme import px

#: The fields of a version, in the order in which they are asked.
EXIT_ROWS: tuple[Row, ...] = (
    ("made_on", "review_on"),
    "success",
    "signs",
    "support_after",
    "step_down_plan",
    "warning_signs",
    "way_back",
    "agreed_on",
)
_UNREAD = (IN_PLACE, DAMAGED)


class ExitPanel(FormPanel):
    """Asks for a version; what the one before said stands in the fields already."""

    def __init__(self, frame: Frame, page: PersonPage) -> None:
        choices = options(page)
        self._page = page
        self._only = choices[0][0]
        rows: list[Row] = [*EXIT_ROWS]
        if len(choices) > 1:
            rows.insert(0, "episode_id")
        desk = frame.desk
        form = RecordForm(
            ExitStrategy, rows, desk.today, options={"episode_id": choices}
        )
        form.set_values({"made_on": desk.today(), "episode_id": self._only})
        self._sealed = SealedSaid(frame)
        self._before = soft("The first version.")
        super().__init__(
            frame,
            deeds.EXIT_STRATEGY.words,
            form,
            "Add exit strategy",
            self._add,
            subject=page.client.code,
            draft=f"{deeds.EXIT_STRATEGY.words}:{page.client.id}",
            above=self._make_above(frame, page),
            opening=deed_opening(deeds.EXIT_STRATEGY, page.client.id),
            whole=True,
        )
        self._asked = ""
        form.changed.connect(self._load)
        self._load()

    def start(self) -> None:
        """Put the cursor where the writing begins."""
        self.form.go_to("success")

    def _episode(self) -> str:
        box = self.form.boxes.get("episode_id")
        return str((box.editor.value() if box else None) or self._only)

    def _load(self) -> None:
        """Read what the version before said, once for each episode."""
        wanted = self._episode()
        if wanted == self._asked:
            return
        self._asked = wanted
        desk = self.frame.desk
        self._sealed.ask([referral_of(self._page, wanted)])
        self.frame.read(
            self, partial(exits.versions, desk, wanted), partial(self._fill, wanted)
        )

    def _fill(self, wanted: str, found: list[Version]) -> None:
        if wanted != self._asked:
            return
        if not found:
            self._before.setText("The first version: from day one, however short.")
            return
        newest = found[0]
        self._before.setText(
            f"It begins as version {newest.number}, which stays as it is. Change what "
            "is different now."
        )
        said: dict[str, Value] = {
            name: "" if each.words in _UNREAD else each.words
            for name, each in zip(exits.WORDS, newest.said, strict=True)
        }
        self.form.fill(said)

    def _add(self, values: Mapping[str, Value]) -> tuple[str, Changed]:
        on = str(values.get("episode_id") or self._only)
        asked = {name: v for name, v in values.items() if name != "episode_id"}
        if asked.get("agreed_on"):
            asked["status"] = "AGREED"
        return episodes.add_exit_strategy(self.frame.desk, on, asked)

    def _make_above(self, frame: Frame, page: PersonPage) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._before)
        column.addWidget(self._sealed)
        add_goals(frame, column, page.goals)
        return held


def add_goals(frame: Frame, column: QVBoxLayout, goals: tuple[GoalCard, ...]) -> None:
    """What the person aims at, in their own words. Source: practices, P18."""
    if not goals:
        column.addWidget(
            soft("No goal is set. What does the person want for themselves?")
        )
        return
    column.addWidget(strong("Goals in the person's words"))
    for number, goal in enumerate(goals, 1):
        words = body(f"• {goal_words(goal)}")
        column.addWidget(frame.veil.over(words, f"• Goal {number}"))
