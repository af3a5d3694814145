"""Move a booking: another day, another time; this one, or all later ones too."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.diary import DiarySession
from provider_desk.model.fields import Value
from provider_desk.model.records import Session
from provider_desk.services.casework.booking import bookings
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.diarying import far_days
from provider_desk.ui.pages.diarying.session_words import about
from provider_desk.ui.parts.pick import Pick

ONE, LATER = "one", "later"


def which_of(later: int) -> Pick:
    """This one, or this and the later ones of its row."""
    pick = Pick(
        "Which",
        [(ONE, "This one only"), (LATER, f"This one and {later} later")],
        28,
    )
    if not later:
        # Shown it is not here: what has no parent yet would be a window of its own.
        pick.hide()
    return pick


def above(frame: Frame, session: DiarySession, pick: Pick) -> QWidget:
    """Whose booking, and which of its row."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(about(frame, session))
    column.addWidget(pick)
    return held


def open_move(frame: Frame, session: DiarySession) -> None:
    """Open the panel, once it is known how many later ones there are."""
    frame.read(
        frame,
        partial(bookings.later_ones, frame.desk, session.session_id),
        lambda later: frame.open_panel(_panel(frame, session, later)),
    )


def _panel(frame: Frame, session: DiarySession, later: int) -> FormPanel:
    desk = frame.desk
    form = RecordForm(Session, [("held_on", "starts_at")], desk.today)
    form.set_values({"held_on": session.held_on, "starts_at": session.starts_at})
    far_days.watch(frame, form, "held_on")
    pick = which_of(later)

    def run(values: Mapping[str, Value]) -> tuple[str, Changed]:
        return moved(frame, session, values, later=pick.code() == LATER)

    return FormPanel(
        frame,
        deeds.MOVE_BOOKING.words,
        form,
        deeds.MOVE_BOOKING.words,
        run,
        subject=session.code,
        above=above(frame, session, pick),
        undo=partial(bookings.move_back, desk),
    )


def moved(
    frame: Frame, session: DiarySession, values: Mapping[str, Value], *, later: bool
) -> tuple[str, Changed]:
    """Move it by what a form says."""
    on, starts_at = values["held_on"], values["starts_at"]
    return bookings.move(
        frame.desk,
        session.session_id,
        on if isinstance(on, date) else session.held_on,
        str(starts_at) if starts_at else None,
        later=later,
    )


def move_at_once(frame: Frame, session: DiarySession, on: date, starts_at: str) -> None:
    """Move one booking by a key or the mouse; it can be undone."""
    desk = frame.desk

    def done(moved_ids: str) -> None:
        frame.offer_undo(partial(bookings.move_back, desk, moved_ids))

    frame.write(
        frame,
        partial(bookings.move, desk, session.session_id, on, starts_at or None),
        done,
    )
