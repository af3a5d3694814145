"""What a session was for, said anew after it was saved."""

from collections.abc import Mapping
from functools import partial

from provider_desk.model.fields import OneOf, Value
from provider_desk.model.views import Event
from provider_desk.services.casework import support_tags
from provider_desk.ui import deeds
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.ticks import Ticks
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel

_WHAT_FOR = OneOf(
    label="What it was for",
    choices="contract_outcome",
    help="One or more of the outcomes that the contract names.",
)
WORDS = "What it was for"


class TagsPanel(Panel):
    """The outcomes of a session, ticked.

    Attributes:
        ticks: the boxes.
        button: saves; Ctrl+Enter does the same.
    """

    def __init__(
        self, frame: Frame, event: Event, code: str, _values: Mapping[str, Value]
    ) -> None:
        super().__init__(f"{WORDS}: {event.title}", code)
        self._frame = frame
        self._session_id = event.row_id
        self._start: tuple[str, ...] = ()
        self.banner = Banner()
        self.ticks = Ticks(_WHAT_FOR)
        self.body.addWidget(self.banner)
        self.body.addWidget(FieldBox(_WHAT_FOR, self.ticks, optional=True))
        self.button = primary("Save what it was for", self.save)
        save = deeds.SAVE.key.replace("Return", "Enter")
        self.button.setToolTip(f"Save what it was for  ({save})")
        self.foot.addWidget(self.button, 1)
        read = partial(support_tags.tags_of, frame.desk, self._session_id)
        frame.read(self, read, self._show)

    def start(self) -> None:
        """Begin with the first box."""
        self.ticks.setFocus()

    def save(self) -> None:
        """Save what is ticked."""
        if not self.button.isEnabled():
            return
        desk, session_id = self._frame.desk, self._session_id
        codes, before = self.ticks.codes(), self._start
        self.button.setEnabled(False)

        def saved(_new_id: str) -> None:
            back = partial(support_tags.change_tags, desk, session_id, outcomes=before)
            self._frame.offer_undo(back)
            self.closed.emit()

        deed = partial(support_tags.change_tags, desk, session_id, outcomes=codes)
        self._frame.write(self, deed, saved, self._failed)

    def _show(self, codes: tuple[str, ...]) -> None:
        self._start = codes
        self.ticks.set_value(" ".join(codes))

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.banner.show_error(error)
