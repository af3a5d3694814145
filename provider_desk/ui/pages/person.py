"""One person: the card at the left, where they stand, and the time line."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotFound
from provider_desk.model.notes import SEALED_NOTE, Found
from provider_desk.model.records import ProcessNote
from provider_desk.model.views import Event, PersonPage
from provider_desk.services.casework import people
from provider_desk.services.casework.course import grouping
from provider_desk.services.notes.unsealing import holds_key
from provider_desk.ui import deeds
from provider_desk.ui.charts import ScoreCharts
from provider_desk.ui.deeds import Offer
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.page import Page
from provider_desk.ui.pages.course.clocks_and_scores import ClocksAndScores
from provider_desk.ui.pages.course.deed_menu import DeedMenu
from provider_desk.ui.pages.event_panel import EventPanel
from provider_desk.ui.pages.noting.read_panel import ReadNotePanel
from provider_desk.ui.pages.person_card import PersonCard
from provider_desk.ui.pages.person_course import boxes_for
from provider_desk.ui.pages.person_deeds import PersonDeeds
from provider_desk.ui.pages.time_line import TimeLine
from provider_desk.ui.parts.announce import announce
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.words import soft
from provider_desk.ui.theme import px

#: More notes than anybody has about one person.
_MANY = 2_000


class PersonPageView(Page):
    """Everything about a person, and every deed for them."""

    TITLE = "Person"
    HELP = "person"
    CONCERNS = (
        "client",
        "safe_contact",
        "referral",
        "waiting_entry",
        "waiting_contact",
        "waiting_offer",
        "episode",
        "phase",
        "session",
        "score",
        "goal",
        "goal_rating",
        "survey_answer",
        "support_tag",
        "functional_gain",
        "exit_strategy",
        "exceptional",
        "closure",
        "process_note",
        "presenting_need",
        "person_merge",
        "disclosure_request",
        "trial_agreement",
        "follow_up",
        "court_date",
        "justice_step",
        "supported_by",
        "consent",
        "risk_answer",
        "safeguarding_referral",
        "risk_flag",
        "pause",
        "frequency_change",
        "exit_review",
        "onward_referral",
        "extension_request",
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._client_id = ""
        self._page: PersonPage | None = None
        self._deeds = PersonDeeds(frame)
        self.title.hide()
        self.card = PersonCard(frame)
        self.time_line = TimeLine(self._open_event)
        self.time_line.asked.connect(self._look_for)
        self._looking = frame.newest(self)
        frame.veil.lead(self.time_line.model, self.time_line)
        frame.veil.over(self.time_line.search)
        self._course = QVBoxLayout()
        self._course.setSpacing(px(8))
        self._chart = QVBoxLayout()
        self._chart.setContentsMargins(0, 0, 0, 0)
        self._lay_out()

    def opened(self, **what: Any) -> None:
        """Show the person of ``client_id``."""
        wanted = str(what["client_id"])
        if wanted != self._client_id:
            self.time_line.start_over()
            for area in self.findChildren(QScrollArea):
                area.verticalScrollBar().setValue(0)
            # Nobody may be taken for the person who was shown before.
            self._page = None
            self._whole.hide()
            self.setAccessibleName(own(self.TITLE))
        self._client_id = wanted
        self.time_line.say_where(notes=holds_key(self.frame.desk))
        if what.get("find"):
            self.time_line.search.setText(str(what["find"]))
        self._load()

    def refresh(self, changed: Changed) -> None:
        """Load again; go back where the person is gone, or somebody else's now."""
        del changed
        self._load(self._gone)

    def person_shown(self) -> str:
        """Whose page it is."""
        return self._client_id

    def offers(self) -> list[Offer]:
        """All deeds for this person."""
        if self._page is None:
            return []
        more = Offer(deeds.MORE, self.more.showMenu)
        return [*self._deeds.offers(self._page), more]

    def _load(self, failed: Callable[[Exception], None] | None = None) -> None:
        desk, client_id = self.frame.desk, self._client_id
        self.frame.read(
            self, partial(people.person, desk, client_id), self._show, failed
        )

    def _gone(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self.frame.back()
        else:
            self.frame.failed.emit(error)

    def _show(self, page: PersonPage) -> None:
        if page.client.id != self._client_id:
            return
        if self._page is None:
            # The code, which may be heard by whoever is in the room.
            self.setAccessibleName(f"{own(self.TITLE)} {page.client.code}")
            announce(self, self.accessibleName())
        self._page = page
        self.card.show_person(page)
        clear(self._course)
        for box in boxes_for(self.frame, page):
            self._course.addWidget(box)
        if not page.referrals:
            self._course.addWidget(self._first_step())
        self._course.addStretch(1)
        clear(self._chart)
        rated = any(goal.ratings for goal in page.goals)
        self.charts.setVisible(bool(page.scores) or rated)
        if page.scores or rated:
            charts = ScoreCharts(page.scores, page.goals, self.frame.veil)
            self._chart.addWidget(charts)
        groups = grouping.groups(page.events, page.referrals, page.episodes)
        self.time_line.set_groups(groups)
        self._whole.show()

    def _first_step(self) -> Card:
        card = Card("No referral yet")
        card.inside.addWidget(soft("Sessions and the wait begin with a referral."))
        for offer in self.offers():
            if offer.key is deeds.NEW_REFERRAL and not offer.why_not:
                button = primary(deeds.NEW_REFERRAL.words, offer.run)
                card.inside.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _look_for(self, text: str) -> None:
        """Look in sealed notes too, whose words do not stand on the line."""
        client_id, notes = self._client_id, self.frame.notes
        if not text.strip() or not holds_key(self.frame.desk):
            return

        def found(notes: list[Found]) -> None:
            if text == self.time_line.search.text() and client_id == self._client_id:
                also = [note.row_id for note in notes]
                self.time_line.model.look_for(text, also)

        self._looking.ask(
            partial(notes.find, text, client_id=client_id, count=_MANY),
            found,
            self.frame.failed.emit,
        )

    def _open_event(self, event: Event) -> None:
        page = self._page
        if page is None:
            return
        frame, code = self.frame, page.client.code
        if event.table == ProcessNote.TABLE:
            readable = event.title != SEALED_NOTE
            panel = ReadNotePanel(frame, event.row_id, code, readable=readable)
            frame.open_panel(panel)
        else:
            frame.open_panel(EventPanel(frame, event, code))

    def _lay_out(self) -> None:
        self._whole = QWidget()
        self._whole.setProperty("role", "clear")
        self._whole.hide()
        row = QHBoxLayout(self._whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(16))
        row.addWidget(self.card)
        row.addLayout(self._lay_out_right(), 1)
        self.body.addWidget(self._whole, 1)

    def _lay_out_right(self) -> QVBoxLayout:
        """The deeds, which stay in sight; below them clocks, scores and the line."""
        right = QWidget()
        right.setProperty("role", "clear")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, px(4), 0)
        column.setSpacing(px(12))
        held = ClocksAndScores()
        where = held.row
        where.addLayout(self._course, 1)
        self.charts = QWidget()
        self.charts.setProperty("role", "clear")
        self.charts.setLayout(self._chart)
        where.addWidget(self.charts, 1)
        column.addWidget(held)
        column.addWidget(self.time_line, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(right)
        whole = QVBoxLayout()
        whole.setSpacing(px(12))
        whole.addLayout(self._deed_row())
        whole.addWidget(area, 1)
        return whole

    def _deed_row(self) -> QHBoxLayout:
        """All deeds in a menu; the one that happens most has its button above."""
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.menu = DeedMenu(self.offers, self)
        self.more = plain(deeds.MORE.words, lambda: None)
        self.more.setMenu(self.menu)
        self.more.setProperty("role", "menu")
        self.more.setToolTip(f"{own(deeds.MORE.words)}  ({deeds.MORE.key})")
        row.addWidget(self.more)
        row.addStretch(1)
        return row
