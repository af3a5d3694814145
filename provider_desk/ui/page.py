"""What a place of the window looks like to the window."""

from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.ui.deeds import Offer
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.words import page_title
from provider_desk.ui.theme import px


class Page(QWidget):
    """A place: made once, when it is first gone to, then kept.

    Attributes:
        TITLE: words at its top and in the list of places.
        HELP: name of its file in resources/help, without ending.
        CONCERNS: tables whose change makes it stale; () means it never is.
        frame: everything a page may ask of the window.
        head: the line with the title; add buttons to its right end.
        body: where the page puts its own.
    """

    TITLE: ClassVar[str] = ""
    HELP: ClassVar[str] = ""
    CONCERNS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.setAccessibleName(own(self.TITLE))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(24), px(16), px(24), px(16))
        whole.setSpacing(px(16))
        self.title = page_title(self.TITLE)
        self.head = QHBoxLayout()
        self.head.setSpacing(px(8))
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        whole.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(16))
        whole.addLayout(self.body, 1)
        frame.privacy_changed.connect(self.show_privacy)

    def opened(self, **what: Any) -> None:
        """Somebody came here; load what is shown, and put the cursor where it helps.

        Args:
            what: what ``frame.go`` was given, such as ``client_id``.
        """

    def came_back(self) -> None:
        """Somebody came back here by Esc, after ``opened``; go on where it was left."""

    def refresh(self, changed: Changed) -> None:
        """Something in ``CONCERNS`` changed while this page is seen; load again."""

    def resume(self) -> None:
        """A panel beside the page was closed; put the cursor where the work goes on."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Ctrl+Enter, while no panel is open; for a form that stands on the page."""

    def person_shown(self) -> str:
        """Id of the person that this page is about, "" where it is about nobody."""
        return ""

    def offers(self) -> list[Offer]:
        """Deeds that belong to what is shown; the search and their keys find them."""
        return []

    def show_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Names are hidden or shown from now on."""
