"""Panel: what a person came for, ticked."""

from functools import partial

from provider_desk.model.errors import DeskError
from provider_desk.model.fields import OneOf, Text, field_map
from provider_desk.model.records import PresentingNeed, Referral
from provider_desk.model.views import PersonPage
from provider_desk.services.casework.referring.life import needs_of, set_needs
from provider_desk.services.saying import day, label
from provider_desk.ui import deeds
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.ticks import Ticks
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel

_SAVE = "Save what they came for"
_WHICH = Text(label="Which referral")


def _words(referral: Referral) -> str:
    area = label("service_area", referral.area)
    return f"{area}, received {day(referral.received_on)}"


class NeedsPanel(Panel):
    """A tick for each need; saving says that these were meant and no others.

    Attributes:
        ticks: the boxes.
        which: of which referral; the newest one to begin with.
        button: saves.
    """

    def __init__(self, frame: Frame, page: PersonPage) -> None:
        client = page.client
        name = f"{deeds.CAME_FOR.words}:{client.id}"
        super().__init__(deeds.CAME_FOR.words, client.code, name)
        self.opening = deed_opening(deeds.CAME_FOR, client.id)
        self.frame = frame
        self.banner = Banner()
        self._held: tuple[str, ...] = ()
        options = [
            (
                card.referral.id,
                _words(card.referral),
            )
            for card in page.referrals
        ]
        self.which = ChoiceEditor(options)
        self.which.set_value(options[0][0])
        which = FieldBox(_WHICH, self.which, optional=False)
        if len(options) == 1:
            which.hide()
        kind = field_map(PresentingNeed)["need"].kind
        assert isinstance(kind, OneOf)  # noqa: S101  (as declared)
        self.ticks = Ticks(kind)
        self.body.addWidget(self.banner)
        self.body.addWidget(which)
        self.body.addWidget(FieldBox(kind, self.ticks, optional=True))
        self.button = primary(_SAVE, self.save)
        self.foot.addWidget(self.button, 1)
        self.which.changed.connect(self._ask)
        self._ask()

    def start(self) -> None:
        """The first box."""
        self.ticks.setFocus()

    def is_dirty(self) -> bool:
        """Whether other boxes are ticked than are saved."""
        return set(self.ticks.codes()) != set(self._held)

    def save(self) -> None:
        """Save what is ticked."""
        referral_id, desk = self._referral(), self.frame.desk
        if not referral_id or not self.button.isEnabled():
            return
        self.button.setEnabled(False)
        self.saving = True
        codes, before = self.ticks.codes(), self._held
        back = partial(set_needs, desk, referral_id, before)

        def saved(_new_id: str) -> None:
            self.saving = False
            self.draft = ""
            self.frame.offer_undo(back)
            self.closed.emit()

        self.frame.write(
            self, partial(set_needs, desk, referral_id, codes), saved, self._failed
        )

    def _referral(self) -> str:
        return str(self.which.value() or "")

    def _ask(self) -> None:
        referral_id, desk = self._referral(), self.frame.desk
        if referral_id:
            self.frame.read(self, partial(needs_of, desk, referral_id), self._show)

    def _show(self, codes: tuple[str, ...]) -> None:
        untouched = not self.is_dirty()
        self._held = codes
        if untouched:
            self.ticks.set_value(" ".join(codes))

    def _failed(self, error: Exception) -> None:
        self.saving = False
        self.button.setEnabled(True)
        self.banner.show_error(error)
        if not isinstance(error, DeskError):
            self.frame.failed.emit(error)
