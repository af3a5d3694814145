"""The notice period in a session's form: which kind of cancellation it is."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject

from provider_desk.model.diary import Notice
from provider_desk.services.casework.booking import notice
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.frame import Frame

_BY_PERSON = (notice.IN_TIME, notice.LATE)
_CHANGED = (
    "Changed to what the notice period says; pick the other one if that is right."
)


class LateNotice(QObject):
    """Proposes in good time or late, once for each time a cancellation is picked."""

    def __init__(self, frame: Frame, form: RecordForm) -> None:
        super().__init__(form)
        self._frame = frame
        self._form = form
        self._asked: tuple[object, object] = (None, None)

    def follow(self) -> None:
        """Something was typed or picked."""
        values = self._form.values()
        on, code = values["held_on"], values["attendance"]
        at = str(values["starts_at"] or "")
        if code not in _BY_PERSON:
            self._asked = (None, None)
            self._form.boxes["cancel_reason"].advise("")
            return
        desk = self._frame.desk
        if not isinstance(on, date) or on < desk.today() or (on, at) == self._asked:
            return
        self._asked = (on, at)
        self._frame.read(
            self._form, partial(notice.notice_for, desk, on, at), self._told
        )

    def _told(self, said: Notice) -> None:
        held = self._form.values()["attendance"]
        if held not in _BY_PERSON:
            return
        words = said.words
        if said.code and said.code != held:
            self._form.boxes["attendance"].editor.set_value(said.code)
            words = f"{words} {_CHANGED}"
        self._form.boxes["cancel_reason"].advise(words)
