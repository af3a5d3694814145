"""Which entries of the log are shown: whose, what, about whom, from when to when."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from provider_desk.model.fields import Day, Text
from provider_desk.model.looks import LookKind
from provider_desk.model.records import User
from provider_desk.services.looking.looks_file import Wanted
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import DayEditor, LineEditor
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.pick import Pick
from provider_desk.ui.theme import px

_CODE = Text(label="Person's code", longest=20)
_FIRST, _LAST = Day(label="From"), Day(label="To")
_PAUSE_MS = 300
_WIDTH = 170


class Filters(QWidget):
    """Five fields; what is left empty takes all.

    Attributes:
        changed: other entries are wanted.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.staff = Pick("Who", [("", "Everybody")], 16)
        self.kind = Pick("What", [("", "Everything"), *_kinds()], 16)
        self.code = FieldBox(_CODE, LineEditor(_CODE.longest), optional=False)
        self.first = FieldBox(_FIRST, DayEditor(_FIRST, today), optional=False)
        self.last = FieldBox(_LAST, DayEditor(_LAST, today), optional=False)
        # Somebody types letter by letter; only the last one is meant.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        flow = Flow(px(12), self)
        for pick in (self.staff, self.kind):
            pick.picked.connect(self.changed)
            flow.addWidget(pick)
        for box in (self.code, self.first, self.last):
            box.setFixedWidth(px(_WIDTH))
            box.editor.changed.connect(self._typed)
            box.editor.changed.connect(box.forget_problem)
            flow.addWidget(box)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def offer(self, staff: Sequence[User]) -> None:
        """Offer the people who sign in."""
        named = [(user.id, user.name) for user in staff]
        self.staff.set_options([("", "Everybody"), *named])

    def set_wanted(self, wanted: Wanted) -> None:
        """Show what is asked for from elsewhere."""
        self.staff.set_code(wanted.by)
        self.kind.set_code(wanted.kind)
        self.code.editor.set_value(wanted.code)
        self.first.editor.set_value(wanted.first)
        self.last.editor.set_value(wanted.last)
        self._pause.stop()

    def wanted(self) -> Wanted:
        """What is chosen; a day that can't be read takes all."""
        return Wanted(
            by=self.staff.code(),
            kind=self.kind.code(),
            code=str(self.code.editor.value() or ""),
            first=_day(self.first),
            last=_day(self.last),
        )

    def _typed(self) -> None:
        self._pause.start()


def _day(box: FieldBox) -> date | None:
    value = box.editor.value()
    return value if isinstance(value, date) else None


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, kind.value.capitalize()) for kind in LookKind]
