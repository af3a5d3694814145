"""Reviewing the list: rule, number, keep or not; then the next person."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Day, OneOf, field_map
from provider_desk.model.records import ListReview, WaitingContact
from provider_desk.model.waiting_rows import WaitingRow
from provider_desk.services.casework.waiting_on import list_review
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui import deeds
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.key_choice import KeyChoice
from provider_desk.ui.forms.line_editors import DayEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.waiting import words
from provider_desk.ui.pages.waiting.call_round import ReviewRound
from provider_desk.ui.pages.waiting.reach import Reach
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import body, soft, strong

#: Places are looked at again after three months, unless another day is picked.
_USUAL = timedelta(days=91)
_SINCE = Day(
    label="Not reviewed since",
    help="Everybody in the list whose place was not reviewed on or after this day.",
)
_METHOD = f"{WaitingContact.TABLE}.method"
_ABOUT = (
    "One person after the other: how they may be reached, the number, and whether "
    "they keep their place, go elsewhere, or do not want to wait any more. Their wait "
    "goes on as before."
)


class ReviewStart(Panel):
    """Since when; how many that are; begin.

    Attributes:
        since: the day.
    """

    def __init__(
        self,
        frame: Frame,
        rows: Callable[[date], list[WaitingRow]],
        begin: Callable[[list[WaitingRow]], None],
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            rows: those in the list who were not reviewed since a day.
            begin: walks along them.
        """
        super().__init__(deeds.REVIEW_LIST.words)
        self._rows, self._begin, self._today = rows, begin, frame.desk.today
        self.since = DayEditor(_SINCE, frame.desk.today)
        self.since.set_value(frame.desk.today() - _USUAL)
        self.since.changed.connect(self._count)
        self._many = strong()
        self.body.addWidget(body(_ABOUT))
        self.body.addWidget(FieldBox(_SINCE, self.since, optional=False))
        self.body.addWidget(self._many)
        self.button = primary("Begin", self.save)
        self.button.setToolTip("Begin  (Ctrl+Enter)")
        self.foot.addWidget(self.button, 1)
        self._count()

    def start(self) -> None:
        """Put the cursor into the day."""
        self.since.setFocus()

    def save(self) -> None:
        """Begin with the first."""
        rows = self._found()
        if rows:
            self._begin(rows)

    def _found(self) -> list[WaitingRow]:
        day = self.since.value()
        return self._rows(day) if isinstance(day, date) else []

    def _count(self) -> None:
        count = len(self._found())
        self._many.setText(f"{words.people(count)} to review")
        self.button.setEnabled(bool(count))


class ReviewPanel(Panel):
    """One place: what has to be known, then what came of it.

    By keyboard: Enter shows the number, a digit picks what came of it, Ctrl+Enter
    saves and goes to the next person.

    Attributes:
        reach: the channels; numbers only after their rules.
        form: the review.
        how: how the person was contacted for it.
    """

    def __init__(
        self, frame: Frame, row: WaitingRow, round_: ReviewRound, as_of: date
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            row: whose place.
            round_: the walk that it is a part of.
            as_of: the day that the list is for.
        """
        super().__init__(f"{deeds.REVIEW_LIST.words}: {round_.position()}")
        self.frame = frame
        self.subject = row.code
        self.draft = f"review:{row.referral_id}"
        self.row = row
        self._round = round_
        self.banner = Banner()
        self.reach = Reach(frame, row.client_id)
        self.reach.asked.connect(lambda _channel: self._take_focus())
        self.reach.used.connect(self._used)
        frame.privacy_changed.connect(self._hide_numbers)
        self.form = self._review_form()
        self.how = RecordForm(WaitingContact, ["method"], frame.desk.today)
        self.how.boxes["method"].call("How they were asked")
        self.how.boxes["method"].advise("Leave it empty where nobody was asked.")
        for part in (
            frame.veil.over(strong(row.name or row.code), row.code),
            soft(words.about_place(row, as_of)),
            self.banner,
            self.reach,
            self.form,
            self.how,
        ):
            self.body.addWidget(part)
        self.button = primary("Save and go on", self.save)
        self.button.setToolTip("Save and go on  (Ctrl+Enter)")
        self.foot.addWidget(self.button, 1)
        self._add_steps()

    def _review_form(self) -> RecordForm:
        outcome = field_map(ListReview)["outcome"].kind
        assert isinstance(outcome, OneOf)  # noqa: S101 - the declaration says so
        lines = KeyChoice(outcome)
        form = RecordForm(
            ListReview,
            ["outcome", "redirected_to", "note"],
            self.frame.desk.today,
            editors={"outcome": lines},
            asked=("redirected_to",),
        )
        form.set_values({"outcome": None})
        form.changed.connect(self._show_where_to)
        reads = may(self.frame.desk, Permission.READ_CLINICAL)
        form.show_fields(redirected_to=False, note=reads)
        lines.picked.connect(self._picked)
        return form

    def _picked(self) -> None:
        self._show_where_to()
        self.form.go_to("redirected_to" if self._redirects() else "note")

    def _redirects(self) -> bool:
        chosen = choices("list_review").by_code.get(str(self.form.values()["outcome"]))
        return chosen is not None and bool(chosen.flags.get("redirects"))

    def _show_where_to(self) -> None:
        self.form.show_fields(redirected_to=self._redirects())

    def _add_steps(self) -> None:
        back = plain("Back", self.go_back)
        back.setEnabled(self._round.at > 0)
        for button, key, run in (
            (plain("Skip", self.skip), deeds.SKIP, self.skip),
            (back, deeds.BEFORE, self.go_back),
        ):
            button.setToolTip(f"{key.words}  ({key.key})")
            QShortcut(QKeySequence(key.key), self).activated.connect(run)
            self.foot.addWidget(button)

    def start(self) -> None:
        """The cursor goes to the best channel; a draft is gone on with."""
        if self.is_dirty():
            self.form.go_to("note" if self.form.values()["outcome"] else "outcome")
        else:
            self._take_focus()

    def is_dirty(self) -> bool:
        """Whether something was typed."""
        return self.form.is_dirty() or self.how.is_dirty()

    def typed(self) -> dict[str, str]:
        """What was typed, and the way that showing the number filled in."""
        way = self.how.boxes["method"].editor.typed()
        filled = {_METHOD: way} if way else {}
        return {**filled, **super().typed()}

    def skip(self) -> None:
        """Leave this person for later."""
        self._round.go_on()
        self._round.show()

    def go_back(self) -> None:
        """The person before."""
        self._round.go_back()
        self._round.show()

    def save(self) -> None:
        """Save the review."""
        if not self.button.isEnabled():
            return
        method = str(self.how.values()["method"] or "")
        try:
            values = self.form.read()
        except NotValid:
            return
        self.button.setEnabled(False)
        self.saving = True
        desk, referral_id = self.frame.desk, self.row.referral_id

        outcome, round_ = str(values["outcome"]), self._round
        self.frame.write(
            self,
            lambda: list_review.record_review(desk, referral_id, values, method=method),
            lambda _new: self._saved(outcome),
            self._failed,
            whole=True,
            undone=lambda: round_.forget(referral_id),
        )

    def _saved(self, outcome: str) -> None:
        self.saving = False
        self.draft = ""
        self._round.note(outcome)
        self._round.show()

    def _failed(self, error: Exception) -> None:
        self.saving = False
        self.button.setEnabled(True)
        if not isinstance(error, NotValid):
            self.banner.show_error(error)
            self.show_top()
            return
        mine = [p for p in error.problems if p.field in self.form.boxes]
        other = [p for p in error.problems if p.field not in self.form.boxes]
        self.form.show_problems(mine)
        if other:
            self.banner.show_words(" ".join(p.text for p in other), "")

    def _hide_numbers(self, hidden: bool) -> None:  # noqa: FBT001
        if hidden:
            self.reach.hide_numbers()

    def _take_focus(self) -> None:
        if not self.isVisible():
            return
        if self.is_dirty():
            self.keep_in_sight()
            return
        if not self.reach.go_to_best():
            self.form.go_to("outcome")

    def _used(self, channel: str) -> None:
        """The number is there: say how, and wait for what comes of it."""
        for method in choices("wait_contact_method").values:
            flags = method.flags
            if channel in (*flags.get("channels", ()), *flags.get("carries", ())):
                self.how.fill({"method": method.code})
        self.form.go_to("outcome")
        self.form.boxes["outcome"].editor.setFocus(Qt.FocusReason.OtherFocusReason)
