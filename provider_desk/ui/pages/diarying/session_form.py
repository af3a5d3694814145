"""What a session's form shows and says by what is picked in it.

The same where a session is logged and where it is put right: why it was cancelled only
where it was, how much before a trial is used, and a day that is probably a slip.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from provider_desk.model.choices import choices
from provider_desk.services.casework.booking import hints
from provider_desk.services.notes import unsealing
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.diarying import far_days
from provider_desk.ui.pages.diarying.late_notice import LateNotice
from provider_desk.ui.pages.diarying.session_hints import SessionHints

#: The fields, what is new each time first.
ROWS: Sequence[Row] = (
    "held_on",
    "attendance",
    "cancel_reason",
    "note",
    "trial",
    "trial_reason",
    "type",
    "mode",
    ("minutes", "starts_at"),
    ("worker", "group_code"),
)

#: Whoever writes two notes of a session is told them apart by their labels.
_FACTS = "Factual note"
_RECORD = "For the record: attendance, themes agreed, risk."


class SessionForm(QObject):
    """Follows a form of a session.

    Attributes:
        hints: what to know before it is written down; to be laid out above the form.
    """

    def __init__(self, frame: Frame, form: RecordForm) -> None:
        super().__init__(form)
        self._frame = frame
        self._form = form
        self.hints = SessionHints()
        if may(frame.desk, Permission.WRITE_SEALED):
            form.boxes["note"].call(_FACTS)
        self._clinical = may(frame.desk, Permission.READ_CLINICAL)
        form.show_fields(note=self._clinical)
        self._notice = LateNotice(frame, form)

    def ask(self, referral_id: str, counted: str = "") -> None:
        """Ask what is known of a case.

        Args:
            referral_id: whose session it is.
            counted: "PRE" or "POST" where the session counts there already.
        """
        desk, form = self._frame.desk, self._form

        def told(known: hints.Hints) -> None:
            self.hints.tell(known, counted)
            self.follow()

        self._say_sealed("")
        self._frame.read(
            form,
            partial(unsealing.said_of_sealing, desk, referral_id),
            self._say_sealed,
            lambda _error: None,
        )
        self._frame.read(form, partial(hints.hints, desk, referral_id), told)

    def follow(self) -> None:
        """Something was typed or picked."""
        form, values = self._form, self._form.values()
        cancelled = choices("attendance").codes_where("cancelled")
        self.hints.choose(str(values["trial"] or ""))
        form.boxes["trial"].advise(self.hints.counted())
        wanted = self.hints.is_used_up() or bool(values["trial_reason"])
        form.show_fields(
            cancel_reason=form.boxes["attendance"].editor.value() in cancelled,
            trial_reason=self._clinical and wanted,
        )
        self._notice.follow()
        far_days.point_out(self._frame, form, "held_on")

    def _say_sealed(self, words: str) -> None:
        self._form.boxes["note"].advise(f"{_RECORD} {words}".strip())
