"""Panels: somebody was added by mistake; somebody entered in error is put back."""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Text, Value
from provider_desk.model.records import Client
from provider_desk.model.views import PersonPage, PersonRow
from provider_desk.services.casework.referring import mistaken
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.forms.line_editors import LineEditor
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.words import soft

_REASON = Text(label="How it came", longest=200)
_ABOUT = (
    "For somebody who should never have been added. The person is in no list and in "
    "no figure any more, and referrals on which nothing was done go with them. The "
    "history stays, and the exact code finds the record, to be put back. Where "
    "sessions, contacts or notes hang on it, it is refused."
)
_BACK = "Put back"
_GONE = (
    "{code} was entered in error and taken off the desk. Put back, the record stands "
    "again with all that went with it."
)


class MistakenPanel(FormPanel):
    """Asks how it came, and takes the person off the desk.

    Attributes:
        reason: where it is typed.
    """

    def __init__(self, frame: Frame, page: PersonPage) -> None:
        """Lay it out.

        Args:
            frame: the window.
            page: who was added by mistake.
        """
        desk, client = frame.desk, page.client

        def run(_values: Mapping[str, Value]) -> tuple[str, Changed]:
            why = str(self.reason.editor.value())
            return mistaken.entered_in_error(desk, client.id, why)

        super().__init__(
            frame,
            deeds.ENTERED_IN_ERROR.words,
            RecordForm(Client, [], desk.today),
            "Take off the desk",
            run,
            subject=client.code,
            above=soft(own(_ABOUT)),
            undo=lambda client_id: mistaken.put_back(desk, client_id),
        )
        editor = LineEditor(_REASON.longest)
        self.reason = FieldBox(_REASON, editor, optional=False)
        editor.changed.connect(self.reason.forget_problem)
        self.add_below(self.reason)

    def start(self) -> None:
        """The reason."""
        self.reason.editor.setFocus()

    def is_dirty(self) -> bool:
        """Nothing is kept as a draft: it is one line about a mistake."""
        return False

    def save(self) -> None:
        """Refuse without a reason, beside the field."""
        if not self.reason.editor.value():
            problem = Problem("reason", "Say how it came, in a few words.")
            self.reason.show_problems([problem])
            self.reason.editor.setFocus()
            return
        super().save()


def put_back_panel(frame: Frame, row: PersonRow) -> FormPanel:
    """The panel that lets somebody stand again.

    Args:
        frame: the window.
        row: what the search found for the exact code.
    """
    desk, client_id = frame.desk, row.client_id

    def run(_values: Mapping[str, Value]) -> tuple[str, Changed]:
        return client_id, mistaken.put_back(desk, client_id)

    return _PutBack(
        frame,
        deeds.ENTERED_IN_ERROR.words,
        RecordForm(Client, [], desk.today),
        _BACK,
        run,
        subject=row.code,
        above=soft(own(_GONE.format(code=row.code))),
        undo=lambda _id: mistaken.entered_in_error(desk, client_id, UNDONE)[1],
        done=lambda _id: frame.go("person", client_id=client_id),
    )


class _PutBack(FormPanel):
    """Nothing is asked, so that the button has the cursor."""

    def start(self) -> None:
        """The button."""
        self.button.setFocus()
