"""Log a session from anywhere: who, when, came or not, a note; by keyboard alone."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from provider_desk.model.changed import Changed
from provider_desk.model.diary import DiarySession
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import OneOf, Text, Value, field_map
from provider_desk.model.records import Session
from provider_desk.model.views import Case
from provider_desk.services.casework import sessions
from provider_desk.services.casework.booking import completing
from provider_desk.services.notes import process_notes
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.key_choice import KeyChoice
from provider_desk.ui.forms.line_editors import TextBox
from provider_desk.ui.forms.ticks import Ticks
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.pages.case_picker import CasePicker
from provider_desk.ui.pages.diarying import session_form
from provider_desk.ui.pages.diarying.about_case import AboutCase
from provider_desk.ui.pages.diarying.session_words import when_words
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel

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


class LogSessionPanel(Panel):
    """Picks the case, then asks for the session; of a booking the case is known.

    Attributes:
        form: what is asked once it is known whose session it is.
        button: saves; Ctrl+Enter does the same.
    """

    def __init__(
        self, frame: Frame, client_id: str = "", booking: DiarySession | None = None
    ) -> None:
        booked = booking.session_id if booking else ""
        super().__init__(
            deeds.LOG_SESSION.words, draft=f"session:{booked or client_id}"
        )
        about = {"client_id": client_id, "session_id": booked}
        self.opening = Opening("session", about)
        self._booking = booking
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
        self._attendance.lettered.connect(self._name_instead)
        self.process_note = FieldBox(_PROCESS_NOTE, TextBox(4), optional=True)
        two_notes = may(frame.desk, Permission.WRITE_SEALED)
        self._ticks = Ticks(_WHAT_FOR)
        self.what_for = FieldBox(_WHAT_FOR, self._ticks, optional=True)
        self.form = RecordForm(
            Session,
            session_form.ROWS,
            frame.desk.today,
            editors={"attendance": self._attendance},
            asked=("attendance",),
            # What is new each time comes before what is as it was the last time.
            before={"trial": self.process_note, "type": self.what_for},
        )
        self.process_note.setVisible(two_notes)
        self._follower = session_form.SessionForm(frame, self.form)
        self.hints = self._follower.hints
        self.form.changed.connect(self._on_change)
        self._about = AboutCase(frame.veil, self._change_case)
        self.button = primary(deeds.LOG_SESSION.words, self.save)
        self.button.setToolTip(f"{deeds.LOG_SESSION.words}  (Ctrl+Enter)")
        self._lay_out()
        self._ask_who()

    def _lay_out(self) -> None:
        for part in (
            self.banner,
            self.picker,
            self._about,
            self.hints,
            self.form,
        ):
            self.body.addWidget(part)
        self.foot.addWidget(self.button, 1)

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
        booking = self._booking
        self._about.show_case(case, when_words(booking) if booking else "")
        self._about.other.setVisible(booking is None)
        self.picker.hide()
        self._about.show()
        self.form.show()
        self._ticks.set_value(None)
        self.button.setEnabled(True)
        self.form.set_values(self._begins())
        typed, self._retyped = self._retyped, {}
        super().retype(typed)
        self._follower.follow()
        self.form.go_to("attendance")
        desk = self.frame.desk
        self.frame.read(
            self, partial(sessions.last_values, desk, case.referral_id), self._fill
        )
        self._follower.ask(case.referral_id)

    def _begins(self) -> dict[str, Value]:
        """What the form begins with; a booking says most of it."""
        held = self._booking
        if held is None:
            return {"held_on": self.frame.desk.today(), "attendance": None}
        return {
            "held_on": held.held_on,
            "starts_at": held.starts_at or None,
            "attendance": None,
            "type": held.type,
            "mode": held.mode,
            "minutes": held.minutes,
            "worker": held.worker,
            "group_code": held.group,
        }

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
        if not self.button.isEnabled():
            return
        if case is None:
            self.picker.point_out()
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
        booking = self._booking

        def deed() -> tuple[str, Changed]:
            if booking is not None:
                return completing.complete(
                    desk,
                    booking.session_id,
                    values,
                    process_note=process_note,
                    outcomes=outcomes,
                )
            return sessions.log_session(
                desk,
                case.referral_id,
                values,
                process_note=process_note,
                outcomes=outcomes,
            )

        self.frame.write(self, deed, self._saved, self._failed)

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
        if self._booking is None:
            return values
        # What the form did not show of the booking stays as it was booked.
        begun = self._begins()
        return {name: v for name, v in values.items() if v or name in begun}

    def _saved(self, session_id: str) -> None:
        self.saving = False
        self._case = None
        desk = self.frame.desk
        undo = (
            sessions.take_back_session
            if self._booking is None
            else completing.open_again
        )
        self.frame.offer_undo(partial(undo, desk, session_id, UNDONE))
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

    def _go_on(self) -> None:
        shown = not self.form.boxes["cancel_reason"].isHidden()
        self.form.go_to("cancel_reason" if shown else "note")

    def _on_change(self) -> None:
        self.banner.hide()
        self._follower.follow()

    def _find_case(self) -> None:
        desk, client_id = self.frame.desk, self._client_id

        def work() -> list[Case]:
            return sessions.cases_of_person(desk, client_id)

        def found(cases: list[Case]) -> None:
            wanted = self._booking.referral_id if self._booking else ""
            same = [case for case in cases if case.referral_id == wanted]
            if same or len(cases) == 1:
                self.take_case((same or cases)[0])
            else:
                self.picker.offer(cases)
                self.picker.setFocus()

        self.frame.read(self, work, found)

    def _ask_who(self) -> None:
        self._case = None
        self.hints.hide()
        self.picker.show()
        self._about.hide()
        self.form.hide()

    def _change_case(self) -> None:
        self._ask_who()
        self.picker.setFocus()
        self.picker.start()

    def _name_instead(self, letter: str) -> None:
        """Whoever types a name here means somebody else than the person open."""
        if self._booking is None and not self.is_dirty():
            self._change_case()
            self.picker.begin(letter)


def reopen(frame: Frame, args: Mapping[str, str], _gone: Callable[[], None]) -> None:
    """Open the panel that a draft was typed into."""
    session_id = args.get("session_id", "")
    if session_id:
        from provider_desk.ui.pages.diarying import complete_panel  # noqa: PLC0415

        complete_panel.open_session(frame, session_id)
        return
    frame.open_panel(LogSessionPanel(frame, args.get("client_id", "")))
