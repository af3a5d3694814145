"""A deed opens as a panel beside what it is about, not as a box over it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.foot import Foot
from provider_desk.ui.parts.scroll import IS_FIELD
from provider_desk.ui.parts.words import section, soft
from provider_desk.ui.theme import px


class Panel(QFrame):
    """Something that stands at the right of a page until it is done or closed.

    Attributes:
        closed: it is done with; the window takes it away.
        draft: the same deed on the same thing has the same draft name; "" keeps none.
        subject: the code of whom or what it is about, for the list of drafts.
        opening: how the same panel is opened again, for the list of drafts.
        saving: Save was pressed and has not been answered yet.
        body: where its content goes.
        foot: buttons at the bottom, always in sight.
    """

    closed = Signal()

    def __init__(self, title: str, subject: str = "", draft: str = "") -> None:
        super().__init__()
        self.words = title
        self.subject = subject
        self.draft = draft
        self.opening = Opening()
        self.saving = False
        self.setProperty("role", "panel")
        self.setAccessibleName(own(title))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(16), px(12), px(16), px(12))
        whole.setSpacing(px(8))
        head = QHBoxLayout()
        heading = section(title)
        heading.setWordWrap(True)
        head.addWidget(heading, 1)
        leave = quiet("Close", self.leave)
        leave.setToolTip("Close; what was typed is kept as a draft  (Esc)")
        head.addWidget(leave, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(head)
        if subject:
            whole.addWidget(soft(subject))
        inner = QWidget()
        inner.setProperty("role", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(2), px(2), px(8), px(8))
        self.body = QVBoxLayout()
        self.body.setSpacing(px(12))
        column.addLayout(self.body)
        # What is left over stays below, not between the fields.
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        whole.addWidget(self._area, 1)
        self.foot = Foot(px(8))
        whole.addLayout(self.foot)
        self._outermost = whole
        self._to_show: QWidget | None = None
        self._in_work: QWidget | None = None
        self._area.verticalScrollBar().rangeChanged.connect(self._grown)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - there is no widget without
        app.focusChanged.connect(self._focus_moved)

    def above_foot(self, part: QWidget) -> None:
        """Put something above the buttons, always in sight as they are."""
        self._outermost.insertWidget(self._outermost.count() - 1, part)

    def start(self) -> None:
        """Put the cursor where the work begins; called when it is shown."""
        inner = self._area.widget()
        if inner is not None:
            first = inner.nextInFocusChain()
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_top(self) -> None:
        """Scroll to where the panel begins: an answer stands there."""
        self._in_work = None
        self._area.verticalScrollBar().setValue(0)

    def show_whole(self, part: QWidget) -> None:
        """Scroll so that all of a part is in sight, once it has its place.

        Where it is taller than the panel its beginning is in sight.
        """
        self._to_show = part
        QTimer.singleShot(0, self, self._scroll)

    def keep_whole(self, part: QWidget) -> None:
        """The same of a part that grows by what is said of it, until one goes on."""
        self._in_work = part
        self.show_whole(part)

    def keep_in_sight(self) -> None:
        """Something came in above what is being typed: scroll along with it."""
        at = QApplication.focusWidget()
        if at is not None and self.isAncestorOf(at):
            self._in_work = at
            self.show_whole(at)

    def _grown(self) -> None:
        """What came in has its height only later: scroll along once it has."""
        if self._in_work is not None:
            self.show_whole(self._in_work)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A field is scrolled into sight with its label and what is said of it."""
        inner = self._area.widget()
        self._in_work = None
        if now is not None and inner is not None and inner.isAncestorOf(now):
            self.keep_whole(_field_round(now))

    def _scroll(self) -> None:
        inner, part, self._to_show = self._area.widget(), self._to_show, None
        if inner is None or part is None or not inner.isAncestorOf(part):
            return
        layout = inner.layout()
        if layout is not None:
            layout.activate()
        at = part.rect().translated(part.mapTo(inner, part.rect().topLeft()))
        for edge in (at.bottom(), at.top()):
            self._area.ensureVisible(0, edge, 0, px(8))

    def save(self) -> None:
        """Ctrl+Enter."""

    def is_dirty(self) -> bool:
        """Whether something was typed that would be lost."""
        return False

    def typed(self) -> dict[str, str]:
        """What is typed, field by field, for a draft; passwords never."""
        from provider_desk.ui.forms.typed import typed_in  # noqa: PLC0415

        return typed_in(self)

    def retype(self, typed: Mapping[str, str]) -> None:
        """Put back what ``typed`` said."""
        from provider_desk.ui.forms.typed import retype_in  # noqa: PLC0415

        retype_in(self, typed)

    def leave(self) -> None:
        """Close; the window keeps it as a draft while it is dirty."""
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _field_round(widget: QWidget) -> QWidget:
    """The field with its label and problem that a widget is in, or the widget."""
    at: QWidget | None = widget
    while at is not None and not at.property(IS_FIELD):
        at = at.parentWidget()
    return at or widget
