"""Log a session from anywhere: who, when, came or not, a note; by keyboard alone."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import OneOf, Text, Value, field_map
from provider_desk.model.records import Session
from provider_desk.model.views import Case, PersonPage
from provider_desk.services.casework import people, sessions
from provider_desk.services.notes import process_notes, unsealing
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui import deeds
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.key_choice import KeyChoice
from provider_desk.ui.forms.line_editors import TextBox
from provider_desk.ui.forms.ticks import Ticks
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
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
#: Whoever writes two notes of a session is told them apart by their labels.
_FACTS = "Factual note"
_RECORD = "For the record: attendance, themes agreed, risk."
_PROCESS_NOTE = Text(
    label="Process note",
    help="Your own notes. Only you and the clinical lead read them, managers never.",
    lines=4,
    longest=process_notes.LONGEST,
    personal=True,
    clinical=True,
)
_WHAT_FOR = OneOf(
    label="What it was for",
    choices="contract_outcome",
    help="One or more of the outcomes that the contract names.",
)
#: Kept in a draft beside the fields.
_PERSON, _REFERRAL = "person", "referral"
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
        self.opening = Opening("session", {"client_id": client_id})
        self._retyped: Mapping[str, str] = {}
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
        self.process_note = FieldBox(_PROCESS_NOTE, TextBox(4), optional=True)
        two_notes = may(frame.desk, Permission.WRITE_SEALED)
        self.form = RecordForm(
            Session,
            _ROWS,
            frame.desk.today,
            editors={"attendance": self._attendance},
            asked=("attendance",),
            before={"type": self.process_note},
        )
        self.process_note.setVisible(two_notes)
        self._ticks = Ticks(_WHAT_FOR)
        self.what_for = FieldBox(_WHAT_FOR, self._ticks, optional=True)
        if two_notes:
            self.form.boxes["note"].call(_FACTS)
        if not may(frame.desk, Permission.READ_CLINICAL):
            self.form.show_fields(note=False)
        self.form.changed.connect(self._on_change)
        self._about = self._make_about()
        self.body.addWidget(self.banner)
        self.body.addWidget(self.picker)
        self.body.addWidget(self._about)
        self._case_open = Note()
        self._case_open.inside.addWidget(state(_OPEN_CASE, "warn"))
        self.body.addWidget(self._case_open)
        self.body.addWidget(self.form)
        self.body.addWidget(self.what_for)
        self.button = primary(deeds.LOG_SESSION.words, self.save)
        self.button.setToolTip(f"{deeds.LOG_SESSION.words}  (Ctrl+Enter)")
        self.foot.addWidget(self.button, 1)
        self._ask_who()

    def start(self) -> None:
        """Put the cursor where the work goes on."""
        if self._case is not None:
            self.form.go_to("attendance")
        elif self._retyped:
            self._find_again()
        elif self._client_id:
            self._find_case()
        else:
            self.picker.setFocus()
            self.picker.start()

    def is_dirty(self) -> bool:
        """Whether a session was begun."""
        loose = self.process_note.editor.value() or self._ticks.value()
        typed = self.form.is_dirty() or bool(loose)
        return (self._case is not None and typed) or bool(self._retyped)

    def typed(self) -> dict[str, str]:
        """The fields, and whose session it is."""
        case = self._case
        if case is None:
            return dict(self._retyped)
        about = {_PERSON: case.client_id, _REFERRAL: case.referral_id}
        return {**super().typed(), **about}

    def retype(self, typed: Mapping[str, str]) -> None:
        """Held until it is found again whose session it is."""
        self._retyped = dict(typed)

    def take_case(self, case: Case) -> None:
        """It is known whose session it is; fill in what is usual."""
        self._case = case
        self.subject = case.code
        self.frame.veil.say(
            self._who,
            case_words(case, hidden=False),
            case_words(case, hidden=True),
        )
        self._detail.setText(case_detail(case))
        self.picker.hide()
        self._about.show()
        self.form.show()
        self.what_for.show()
        self._ticks.set_value(None)
        self.button.setEnabled(True)
        today = self.frame.desk.today()
        self.form.set_values({"held_on": today, "attendance": None})
        typed, self._retyped = self._retyped, {}
        super().retype(typed)
        self._show_reason()
        self.form.go_to("attendance")
        desk = self.frame.desk
        self.frame.read(
            self, partial(sessions.last_values, desk, case.referral_id), self._fill
        )
        self._say_sealed("")
        self.frame.read(
            self,
            partial(unsealing.said_of_sealing, desk, case.referral_id),
            self._say_sealed,
            lambda _error: None,
        )
        self.frame.read(self, partial(people.person, desk, case.client_id), self._warn)

    def _find_again(self) -> None:
        desk, typed = self.frame.desk, self._retyped

        def found(cases: list[Case]) -> None:
            same = [c for c in cases if c.referral_id == typed.get(_REFERRAL)]
            if same:
                self.take_case(same[0])
            else:
                self.picker.offer(cases)
                self.picker.setFocus()

        person = typed.get(_PERSON, "")
        self.frame.read(self, lambda: sessions.cases_of_person(desk, person), found)

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
        self.saving = True
        desk = self.frame.desk
        process_note = str(self.process_note.editor.value() or "")
        outcomes = self._ticks.codes()
        self.frame.write(
            self,
            lambda: sessions.log_session(
                desk,
                case.referral_id,
                values,
                process_note=process_note,
                outcomes=outcomes,
            ),
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
        self.saving = False
        self._case = None
        desk = self.frame.desk
        self.frame.offer_undo(
            partial(sessions.take_back_session, desk, session_id, _AT_ONCE)
        )
        self.closed.emit()

    def _failed(self, error: Exception) -> None:
        self.saving = False
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

    def _say_sealed(self, words: str) -> None:
        self.form.boxes["note"].advise(f"{_RECORD} {words}".strip())

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
        self.what_for.hide()
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


def reopen(frame: Frame, args: Mapping[str, str], _gone: Callable[[], None]) -> None:
    """Open the panel that a draft was typed into."""
    frame.open_panel(LogSessionPanel(frame, args.get("client_id", "")))
