"""A booked session, opened: what came of it, or move it, or cancel it."""

from functools import partial

from provider_desk.model.diary import DiarySession
from provider_desk.services.casework.booking import completing
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.diarying import cancel_panel, move_panel
from provider_desk.ui.pages.diarying.session_words import when_words
from provider_desk.ui.pages.log_session import LogSessionPanel
from provider_desk.ui.parts.buttons import plain


class CompletePanel(LogSessionPanel):
    """The form of a session, for one that was booked: Save says what came of it."""

    def __init__(self, frame: Frame, session: DiarySession) -> None:
        super().__init__(frame, session.client_id, booking=session)
        self.setAccessibleName(when_words(session))
        for words, key, run in (
            ("Move", deeds.MOVE_BOOKING, move_panel.open_move),
            ("Cancel session", deeds.CANCEL_BOOKING, cancel_panel.open_cancel),
        ):
            button = plain(words, partial(run, frame, session))
            button.setAccessibleName(key.words)
            button.setToolTip(key.words)
            self.foot.addWidget(button)


def open_booking(frame: Frame, session: DiarySession) -> None:
    """Open a session of the diary: a booking to say what came of it, others as such."""
    if session.attendance in ("BOOKED", "UNREC"):
        frame.open_panel(CompletePanel(frame, session))
    else:
        frame.go("person", client_id=session.client_id)


def open_session(frame: Frame, session_id: str) -> None:
    """As ``open_booking``, for who knows the id alone: a line of Today."""
    frame.read(
        frame,
        partial(completing.booked, frame.desk, session_id),
        partial(open_booking, frame),
    )
