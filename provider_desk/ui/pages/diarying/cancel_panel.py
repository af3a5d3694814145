"""Cancel a booking: who cancelled, when we were told, why; with the notice period."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.clock import moment
from provider_desk.model.diary import DiarySession, Notice
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Day, OneOf, TimeOfDay, Value, field_map
from provider_desk.model.records import Session
from provider_desk.services.casework.booking import bookings, notice
from provider_desk.ui import deeds
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.forms.line_editors import DayEditor, TimeEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.diarying.move_panel import LATER, above, which_of
from provider_desk.ui.parts.words import soft
from provider_desk.ui.theme import px

_CODES = ("CX_CLIENT", "CX_CLIENT_LATE", "CX_PROV")
_TOLD_ON = Day(label="Told on", help="When the person told you.")
_TOLD_AT = TimeOfDay(label="Told at")


class CancelPanel(FormPanel):
    """The kind of cancellation is proposed by when we were told; it can be changed.

    Attributes:
        told_on, told_at: when we were told; now at first.
        said: the notice period in words.
    """

    def __init__(self, frame: Frame, session: DiarySession, later: int) -> None:
        kind = field_map(Session)["attendance"].kind
        assert isinstance(kind, OneOf)  # noqa: S101 - the declaration says so
        who = ChoiceEditor(
            [(code, choices(kind.choices).label(code)) for code in _CODES]
        )
        now = moment(frame.desk.clock.now_ms())
        self.told_on = DayEditor(_TOLD_ON, frame.desk.today)
        self.told_on.set_value(now.date())
        self.told_at = TimeEditor()
        self.told_at.set_value(f"{now:%H:%M}")
        self.said = soft()
        form = RecordForm(
            Session,
            ["attendance", "cancel_reason"],
            frame.desk.today,
            editors={"attendance": who},
            asked=("attendance",),
            before={"cancel_reason": self._told()},
        )
        form.boxes["attendance"].call("Who cancelled")
        form.set_values({"attendance": "CX_CLIENT"})
        self._session = session
        self._pick = which_of(later)
        self._proposed = "CX_CLIENT"
        super().__init__(
            frame,
            deeds.CANCEL_BOOKING.words,
            form,
            deeds.CANCEL_BOOKING.words,
            self._cancel,
            subject=session.code,
            above=above(frame, session, self._pick),
            undo=lambda ids: bookings.book_again(frame.desk, ids),
        )
        for editor in (self.told_on, self.told_at):
            editor.changed.connect(self._ask)
        form.changed.connect(self._show)
        self._notice = Notice("", "")
        self._ask()

    def _told(self) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(FieldBox(_TOLD_ON, self.told_on, optional=False), 1)
        row.addWidget(FieldBox(_TOLD_AT, self.told_at, optional=False), 1)
        column.addLayout(row)
        column.addWidget(self.said)
        return held

    def start(self) -> None:
        """Put the cursor on who cancelled."""
        self.form.go_to("attendance")

    def _ask(self) -> None:
        on, at = self.told_on.value(), self.told_at.value()
        if not isinstance(on, date) or at is None:
            return
        desk, session_id = self.frame.desk, self._session.session_id
        self.frame.read(
            self,
            partial(notice.notice_of, desk, session_id, on, str(at)),
            self._answered,
            self._cannot,
        )

    def _answered(self, said: Notice) -> None:
        self._notice = said
        held = self.form.values()["attendance"]
        if said.code and held in (self._proposed, None):
            self._proposed = said.code
            self.form.boxes["attendance"].editor.set_value(said.code)
        self._show()

    def _cannot(self, error: Exception) -> None:
        if isinstance(error, NotValid):
            self.said.setText(error.problems[0].text)
        else:
            self.frame.failed.emit(error)

    def _show(self) -> None:
        """The notice period is only of interest where the person cancelled."""
        by_us = self.form.values()["attendance"] == "CX_PROV"
        self.said.setText("" if by_us else self._notice.words)

    def _cancel(self, values: Mapping[str, Value]) -> tuple[str, Changed]:
        on, at = self.told_on.value(), self.told_at.value()
        if not isinstance(on, date) or at is None:
            raise NotValid([Problem("", "Say when you were told: day and time.")])
        told = min(notice.local_ms(on, str(at)), self.frame.desk.clock.now_ms())
        return bookings.cancel(
            self.frame.desk,
            self._session.session_id,
            values,
            told_ms=told,
            later=self._pick.code() == LATER,
        )


def open_cancel(frame: Frame, session: DiarySession) -> None:
    """Open the panel, once it is known how many later ones there are."""
    frame.read(
        frame,
        partial(bookings.later_ones, frame.desk, session.session_id),
        lambda later: frame.open_panel(CancelPanel(frame, session, later)),
    )
