"""Which kind of event the time line shows: buttons, or a list where there are many."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from provider_desk.model.views import EventKind
from provider_desk.ui.parts.buttons import plain
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.theme import px

#: From more kinds on a list takes less room than a button for each.
MOST_BUTTONS = 5
_EVERYTHING = "Everything"
_LETTERS = 22


class KindFilter(QWidget):
    """Everything, or one kind.

    Attributes:
        kind: what is shown now, None for everything.
    """

    def __init__(self, chosen: Callable[[EventKind | None], None]) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._chosen = chosen
        self._kinds: list[EventKind] = []
        self.kind: EventKind | None = None
        self._held = QWidget()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._held, 1)
        self.pick = Pick("Show", letters=_LETTERS)
        self.pick.label.hide()
        # Until there is something to choose from.
        self.pick.hide()
        self.pick.picked.connect(self._picked)
        row.addWidget(self.pick)
        row.addStretch(0)
        self.buttons: dict[EventKind | None, QPushButton] = {}

    def set_kinds(self, kinds: Sequence[EventKind]) -> bool:
        """Offer other kinds; whether anything else is shown from now on."""
        if list(kinds) == self._kinds:
            return False
        self._kinds = list(kinds)
        changed = self.kind is not None
        self.kind = None
        many = len(kinds) > MOST_BUTTONS
        self.pick.setVisible(many)
        self.buttons = {}
        flow = self._new_flow()
        if many:
            options = [("", _EVERYTHING), *((k.value, _plural(k)) for k in kinds)]
            self.pick.set_options(options)
            self.pick.set_code("")
        else:
            for kind in (None, *kinds):
                self._add_button(flow, kind)
        return changed

    def _new_flow(self) -> Flow:
        """A place for other buttons; those that were there go with theirs."""
        held = QWidget()
        held.setProperty("role", "clear")
        flow = Flow(px(6), held)
        self._row.replaceWidget(self._held, held)
        self._held.hide()
        self._held.deleteLater()
        self._held = held
        return flow

    def _add_button(self, flow: Flow, kind: EventKind | None) -> None:
        words = _EVERYTHING if kind is None else _plural(kind)
        button = plain(words, lambda: self._choose(kind))
        button.setProperty("role", "chip")
        button.setCheckable(True)
        button.setChecked(kind is None)
        self.buttons[kind] = button
        flow.addWidget(button)

    def _picked(self, code: str) -> None:
        self._choose(EventKind(code) if code else None)

    def _choose(self, kind: EventKind | None) -> None:
        self.kind = kind
        for each, button in self.buttons.items():
            button.setChecked(each == kind)
        self._chosen(kind)


def _plural(kind: EventKind) -> str:
    words = {
        EventKind.WAITING: "Waiting",
        EventKind.EXIT: "Exit strategies",
        EventKind.RISK: "Risk and safeguarding",
        EventKind.CONSENT: "Consent",
        EventKind.COURT: "Police and court",
        EventKind.HELPER: "Also supported by",
    }
    return words.get(kind, f"{kind.value.capitalize()}s")
