"""Closing an episode, all of it on one page and in one deed with one undo."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Day, Value, shown
from provider_desk.model.records import Closure, OnwardReferral, Score
from provider_desk.model.views import PersonPage
from provider_desk.services.casework import episodes
from provider_desk.services.casework.course import closing_sheet
from provider_desk.services.casework.course.also_ended import ONWARD, SCORE, Also
from provider_desk.services.casework.course.closing_sheet import Sheet
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening
from provider_desk.ui.pages.course import closing_parts as parts
from provider_desk.ui.pages.course.which_episode import options, referral_of
from provider_desk.ui.pages.measuring.risk_item_editor import show_what_is_asked
from provider_desk.ui.pages.noting.sealed_said import SealedSaid
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.words import set_state, soft, state
from provider_desk.ui.theme import px

_DAY = Day(label="")
_ROWS: tuple[Row, ...] = (
    "closed_on",
    "reason",
    "decided_by",
    "exit_done",
    "way_back_told",
    "measures_taken",
    "survey_given",
    "note",
)
_KEPT = f"What is typed here is kept; {deeds.CLOSE_EPISODE.key} takes it up again."


class ClosingPanel(FormPanel):
    """What there is at the end, section by section, with what is asked of each."""

    def __init__(self, frame: Frame, page: PersonPage) -> None:
        found = options(page)
        self._page, self._only, self._asked = page, found[0][0], ""
        self._make_parts(frame)
        form = self._make_form(frame, found)
        super().__init__(
            frame,
            deeds.CLOSE_EPISODE.words,
            form,
            "Close episode",
            self._close,
            subject=page.client.code,
            draft=f"{deeds.CLOSE_EPISODE.words}:{page.client.id}",
            above=self._make_above(frame),
            opening=deed_opening(deeds.CLOSE_EPISODE, page.client.id),
            undo=lambda new_id: episodes.take_back_closing(frame.desk, new_id, UNDONE),
        )
        self._also = Also()
        form.changed.connect(self._follow)
        self._follow()

    def start(self) -> None:
        """Why it ends comes first; the day is filled in."""
        self.form.go_to("reason")

    def is_dirty(self) -> bool:
        """Whether something was typed anywhere on the page."""
        more = any(
            each.is_open and each.form.is_dirty() for each in (self.score, self.onward)
        )
        return super().is_dirty() or more or bool(self.goals.ended())

    def save(self) -> None:
        """Save all of it in one deed."""
        try:
            self._also = Also(
                goals=self.goals.ended(),
                score=self.score.read(),
                onward=self.onward.read(),
                cancel=not self.booked.isHidden() and self.booked.cancel,
            )
        except NotValid:
            return
        super().save()

    def retype(self, typed: Mapping[str, str]) -> None:
        """Open the forms again into which something was typed."""
        for each in (self.score, self.onward):
            table = f"{each.form.record_type.TABLE}."
            if any(name.startswith(table) for name in typed):
                each.open()
        super().retype(typed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, NotValid):
            of_score, rest = parts.split_problems(error.problems, SCORE)
            of_onward, rest = parts.split_problems(rest, ONWARD)
            super()._failed(NotValid(rest))
            for part, mine in ((self.score, of_score), (self.onward, of_onward)):
                part.form.show_problems(mine)
            return
        super()._failed(error)

    def _close(self, values: Mapping[str, Value]) -> tuple[str, Changed]:
        on = str(values.get("episode_id") or self._only)
        asked = {name: v for name, v in values.items() if name != "episode_id"}
        return episodes.close_episode(self.frame.desk, on, asked, self._also)

    def _follow(self) -> None:
        """Say whether the ending is planned, and read another episode's sheet."""
        reason = self.form.boxes["reason"].editor.value()
        said, tone = planned_words(str(reason or ""))
        set_state(self._planned, said, "warn" if tone == "warn" else "plain")
        self._planned.setVisible(bool(said))
        box = self.form.boxes.get("episode_id")
        wanted = str((box.editor.value() if box else None) or self._only)
        if wanted == self._asked:
            return
        self._asked = wanted
        desk = self.frame.desk
        self._sealed.ask([referral_of(self._page, wanted)])
        self.frame.read(
            self,
            partial(closing_sheet.sheet, desk, wanted),
            partial(self._show, wanted),
        )

    def _show(self, wanted: str, found: Sheet) -> None:
        if wanted != self._asked:
            return
        frame = self.frame
        parts.say_exit(frame, self._exit, found)
        parts.say_way_back(frame, self._way_back, found)
        parts.say_scores(frame, self._measures, found.courses)
        parts.say_onward(frame, self._onward_part, found.onward)
        last_before = self.onward.form.boxes["note"].editor.inner
        self.goals.show_goals(found.goals, last_before)
        self.booked.show_days(found.booked)
        on = found.surveyed_on
        self._surveyed.setText(
            f"A signed survey of {shown(_DAY, on)} is there."
            if on
            else "No signed survey is there. One without a name leads to nobody."
        )
        paused = found.paused_since
        self._paused.setVisible(paused is not None)
        if paused is not None:
            words = f"Paused since {shown(_DAY, paused)}: the pause ends with it."
            set_state(self._paused, words, "plain")

    def _go_to(self, key: deeds.Key) -> None:
        """Open another deed for the person; what is typed here is kept."""
        words = f"{key.words}: this can't be done now."
        deed_opening(key, self._page.client.id).open(
            self.frame, lambda: self.banner.show_words(words, tone="plain")
        )

    def _make_parts(self, frame: Frame) -> None:
        today = frame.desk.today
        self._sealed = SealedSaid(frame)
        self._planned, self._paused = state(), state()
        self._planned.hide()
        self._paused.hide()
        self._exit = parts.ClosingPart("Exit strategy")
        self._way_back = parts.ClosingPart("How to come back")
        self._measures = parts.ClosingPart("Last measures")
        self.score = parts.AddedForm(
            "Add a last score",
            Score,
            [
                "instrument",
                "scale_name",
                ("scored_on", "total"),
                "risk_item",
                "administered",
            ],
            today,
            {"scored_on": today()},
            show_what_is_asked,
        )
        self._measures.column.addWidget(self.score)
        by_items = quiet("Fill in a measure", partial(self._go_to, deeds.MEASURE))
        self._measures.column.addWidget(by_items, 0, parts.LEFT)
        survey = parts.ClosingPart("Survey")
        self._surveyed = soft()
        survey.lines.addWidget(self._surveyed)
        ask = quiet("Record the survey", partial(self._go_to, deeds.RECORD_SURVEY))
        survey.lines.addWidget(ask, 0, parts.LEFT)
        survey.lines.addWidget(soft(_KEPT))
        self._survey = survey
        self._onward_part = parts.ClosingPart("Referred on")
        self.onward = parts.AddedForm(
            "Refer on to somebody",
            OnwardReferral,
            ["made_to", "consent", "note"],
            today,
            {},
        )
        self._onward_part.column.addWidget(self.onward)
        self.goals = parts.GoalsPart(frame)
        self.booked = parts.BookedPart()
        self.goals.hide()
        self.booked.hide()

    def _make_form(self, frame: Frame, found: list[tuple[str, str]]) -> RecordForm:
        rows = ["episode_id", *_ROWS] if len(found) > 1 else [*_ROWS]
        last = QWidget()
        column = QVBoxLayout(last)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        for each in (self._onward_part, self.goals, self.booked):
            column.addWidget(each)
        form = RecordForm(
            Closure,
            rows,
            frame.desk.today,
            options={"episode_id": found},
            before={
                "decided_by": self._planned,
                "exit_done": self._exit,
                "way_back_told": self._way_back,
                "measures_taken": self._measures,
                "survey_given": self._survey,
                "note": last,
            },
        )
        begins: dict[str, Value] = {
            "closed_on": frame.desk.today(),
            "episode_id": self._only,
        }
        form.set_values(begins)
        return form

    def _make_above(self, frame: Frame) -> QWidget:
        del frame
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sealed)
        column.addWidget(self._paused)
        return held


def planned_words(reason: str) -> tuple[str, str]:
    """What a reason makes of the ending, and its tone. Source: practices, P16."""
    found = choices("closure_reason").by_code.get(reason)
    if found is None:
        return "", ""
    if not found.flags.get("counted", True):
        return "Entered in error: it counts nowhere.", "warn"
    if found.flags.get("planned"):
        return "Counts as a planned ending.", ""
    return "Counts as an unplanned ending.", ""
