"""Log a session from anywhere: who, when, came or not, a note; by keyboard alone."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import OneOf, Value, field_map
from provider_desk.model.records import Session
from provider_desk.model.views import Case, PersonPage
from provider_desk.services import people, sessions
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.key_choice import KeyChoice
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.case_picker import CasePicker, case_detail, case_words
from provider_desk.ui.parts.banner import Banner, Note
from provider_desk.ui.parts.buttons import primary, quiet
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.parts.words import soft, state, strong
from provider_desk.ui.theme import px

_OPEN_CASE = (
    "A criminal case is open. Notes may be asked for: facts only, nothing about the "
    "evidence."
)
_AT_ONCE = "undone at once"
_ROWS = (
    "held_on",
    "attendance",
    "cancel_reason",
    "note",
    "type",
    "mode",
    ("minutes", "starts_at"),
    ("worker", "group_code"),
    "trial",
)


class LogSessionPanel(Panel):
    """Picks the case, then asks for the session.

    Attributes:
        form: what is asked once it is known whose session it is.
        button: saves; Ctrl+Enter does the same.
    """

    def __init__(self, frame: Frame, client_id: str = "") -> None:
        super().__init__(deeds.LOG_SESSION.words, draft=f"session:{client_id}")
        self.frame = frame
        self._client_id = client_id
        self._case: Case | None = None
        self.banner = Banner()
        self.picker = CasePicker(frame)
        self.picker.chosen.connect(self.take_case)
        kind = field_map(Session)["attendance"].kind
        assert isinstance(kind, OneOf)  # noqa: S101 - the declaration says so
        self._attendance = KeyChoice(kind)
        self._attendance.picked.connect(self._go_on)
        self.form = RecordForm(
            Session,
            _ROWS,
            frame.desk.today,
            editors={"attendance": self._attendance},
            asked=("attendance",),
        )
        self.form.changed.connect(self._on_change)
        self._about = self._make_about()
        self.body.addWidget(self.banner)
        self.body.addWidget(self.picker)
        self.body.addWidget(self._about)
        self._case_open = Note()
        self._case_open.inside.addWidget(state(_OPEN_CASE, "warn"))
        self.body.addWidget(self._case_open)
        self.body.addWidget(self.form)
        self.button = primary(deeds.LOG_SESSION.words, self.save)
        self.button.setToolTip(f"{deeds.LOG_SESSION.words}  (Ctrl+Enter)")
        self.foot.addWidget(self.button, 1)
        self._ask_who()

    def start(self) -> None:
        """Put the cursor where the work goes on."""
        if self._case is not None:
            self.form.go_to("attendance")
        elif self._client_id:
            self._find_case()
        else:
            self.picker.setFocus()
            self.picker.start()

    def is_dirty(self) -> bool:
        """Whether a session was begun."""
        return self._case is not None and self.form.is_dirty()

    def take_case(self, case: Case) -> None:
        """It is known whose session it is; fill in what is usual."""
        self._case = case
        self.subject = case.code
        self._who.setText(case_words(case, hidden=self.frame.privacy))
        self._detail.setText(case_detail(case))
        self.picker.hide()
        self._about.show()
        self.form.show()
        self.button.setEnabled(True)
        today = self.frame.desk.today()
        self.form.set_values({"held_on": today, "attendance": None})
        self._show_reason()
        self.form.go_to("attendance")
        desk = self.frame.desk
        self.frame.read(
            self, partial(sessions.last_values, desk, case.referral_id), self._fill
        )
        self.frame.read(self, partial(people.person, desk, case.client_id), self._warn)

    def save(self) -> None:
        """Save the session."""
        case = self._case
        if case is None or not self.button.isEnabled():
            return
        try:
            values = self._read()
        except NotValid:
            return
        self.button.setEnabled(False)
        desk = self.frame.desk
        self.frame.write(
            self,
            lambda: sessions.log_session(desk, case.referral_id, values),
            self._saved,
            self._failed,
        )

    def _read(self) -> dict[str, Value]:
        """What is typed.

        Raises:
            NotValid: a value is wrong, or nobody said what came of a past session.
        """
        values = self.form.read()
        day = values["held_on"]
        past = isinstance(day, date) and day <= self.frame.desk.today()
        if past and self._attendance.value() is None:
            kind = field_map(Session)["attendance"].kind
            problem = Problem("attendance", f"{kind.label} is needed.")
            self.form.show_problems([problem])
            raise NotValid([problem])
        return values

    def _saved(self, session_id: str) -> None:
        self._case = None
        desk = self.frame.desk
        self.frame.offer_undo(
            partial(sessions.take_back_session, desk, session_id, _AT_ONCE)
        )
        self.closed.emit()

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, NotValid):
            self.form.show_problems(error.problems)
        else:
            self.banner.show_error(error)

    def _fill(self, usual: Mapping[str, Value]) -> None:
        self.form.fill(usual)

    def _warn(self, page: PersonPage) -> None:
        status = page.client.justice_status
        open_case = choices("criminal_justice_status").codes_where("open")
        self._case_open.setVisible(status in open_case)

    def _go_on(self) -> None:
        shown = not self.form.boxes["cancel_reason"].isHidden()
        self.form.go_to("cancel_reason" if shown else "note")

    def _on_change(self) -> None:
        self.banner.hide()
        self._show_reason()

    def _show_reason(self) -> None:
        code = self._attendance.value()
        cancelled = code in choices("attendance").codes_where("cancelled")
        self.form.show_fields(cancel_reason=cancelled)

    def _find_case(self) -> None:
        desk, client_id = self.frame.desk, self._client_id

        def work() -> list[Case]:
            return sessions.cases_of_person(desk, client_id)

        def found(cases: list[Case]) -> None:
            if len(cases) == 1:
                self.take_case(cases[0])
            else:
                self.picker.offer(cases)
                self.picker.setFocus()

        self.frame.read(self, work, found)

    def _ask_who(self) -> None:
        self._case = None
        self._case_open.hide()
        self.picker.show()
        self._about.hide()
        self.form.hide()
        self.button.setEnabled(False)

    def _change_case(self) -> None:
        self._ask_who()
        self.picker.setFocus()
        self.picker.start()

    def _make_about(self) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self._who = strong()
        self._detail = soft()
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self._who)
        column.addWidget(self._detail)
        row.addWidget(words, 1)
        other = quiet("Change", self._change_case)
        other.setAccessibleName("Change whose session it is")
        row.addWidget(other, 0, Qt.AlignmentFlag.AlignTop)
        return held
