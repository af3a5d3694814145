"""Marking a session by one key, in the diary and on Today; it can be undone at once."""

from functools import partial

from PySide6.QtCore import QObject

from provider_desk.model.diary import DiarySession
from provider_desk.services.casework import sessions
from provider_desk.services.casework.booking import completing
from provider_desk.services.casework.booking.notice import IN_TIME
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.diarying import cancel_panel


def mark(frame: Frame, owner: QObject, session: DiarySession, code: str) -> None:
    """Record what came of a session; a cancellation asks when you were told.

    Whether it was in good time follows from that. Source: domain reference, B6.
    """
    if code == IN_TIME:
        cancel_panel.open_cancel(frame, session)
        return
    desk, session_id = frame.desk, session.session_id

    def done(_new_id: str) -> None:
        frame.offer_undo(partial(completing.take_back_mark, desk, session_id))

    frame.write(
        owner, partial(sessions.record_attendance, desk, session_id, code), done
    )


def mark_by_id(frame: Frame, owner: QObject, session_id: str, code: str) -> None:
    """As ``mark``, for who knows the id alone: a line of Today."""
    frame.read(
        owner,
        partial(completing.booked, frame.desk, session_id),
        lambda session: mark(frame, owner, session, code),
    )
