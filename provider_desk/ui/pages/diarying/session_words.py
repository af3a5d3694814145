"""What stands above a panel about a booking: whose it is and when."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.diary import DiarySession
from provider_desk.model.fields import Day, shown
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.theme import px

_DAY = Day(label="")


def when_words(session: DiarySession) -> str:
    """Such as "Tue 5 Sep 2017, 10:00"."""
    at = f", {session.starts_at}" if session.starts_at else ""
    return f"{shown(_DAY, session.held_on)}{at}"


def about(frame: Frame, session: DiarySession) -> QWidget:
    """Whose it is, hidden with the names, and when."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(2))
    who = strong(session.name or session.code)
    column.addWidget(frame.veil.over(who, session.code))
    column.addWidget(soft(when_words(session)))
    return held
