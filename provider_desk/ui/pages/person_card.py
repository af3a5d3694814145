"""The card of a person that never scrolls away: who it is and how to reach them."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from provider_desk.model.choices import choices
from provider_desk.model.fields import field_map, shown
from provider_desk.model.records import Client, SafeContact
from provider_desk.model.views import CardLine, PersonPage, SafeNumber
from provider_desk.services.casework.safe_contact import (
    asked_in_words,
    number_for,
    rules_of,
)
from provider_desk.ui.forms.field_box import label_words
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.caring.card_lines import CardLines
from provider_desk.ui.pages.event_panel import EventPanel
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.words import (
    Tone,
    body,
    page_title,
    section,
    soft,
    state,
    strong,
)
from provider_desk.ui.theme import px
from provider_desk.ui.veil import HIDDEN

_WIDTH = 268
_SHOWN_FOR_MS = 60_000
#: What else is said of the person, where it is known.
_FIELDS = ("access_needs", "gender", "justice_status", "stovewood")


class PersonCard(Card):
    """Who it is, how old, how they may be reached; numbers only after the rule."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._page: PersonPage | None = None
        self.setFixedWidth(px(_WIDTH))
        self.setAccessibleName("Person")
        held = QWidget()
        held.setProperty("role", "clear")
        self._column = QVBoxLayout(held)
        self._column.setContentsMargins(0, 0, px(4), 0)
        self._column.setSpacing(px(4))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(held)
        area.setAccessibleName("Person")
        self.inside.addWidget(area)

    def show_person(self, page: PersonPage) -> None:
        """Show another person, or the same again after a change."""
        self._page = page
        self.setFixedWidth(px(_WIDTH))
        clear(self._column)
        client = page.client
        veil = self._frame.veil
        name = page_title(page.name or client.code)
        name.setWordWrap(True)
        self._column.addWidget(veil.over(name, client.code))
        full = f"{client.given_names} {client.family_name}".strip()
        if full and full != page.name:
            self._column.addWidget(veil.over(body(full)))
        if page.name:
            self._column.addWidget(soft(client.code))
        age = f"{page.age} years old" if page.age is not None else ""
        words = " · ".join(part for part in (age, _birth(client)) if part)
        if words:
            self._column.addWidget(veil.over(soft(words), age or HIDDEN))
        for status in dict.fromkeys(card.status for card in page.referrals):
            self._column.addWidget(strong(status.capitalize()))
        self._add_lines("")
        self._column.addSpacing(px(8))
        self._column.addWidget(section("How to reach"))
        self._add_ways(page)
        for heading in dict.fromkeys(line.heading for line in page.part.card):
            if heading:
                self._add_lines(heading)
        self._add_fields(client)
        self._column.addStretch(1)

    def _add_lines(self, heading: str) -> None:
        """What the parts of casework say of this person, under one heading."""
        page = self._page
        if page is None:
            return
        lines = [line for line in page.part.card if line.heading == heading]
        if lines:
            veil = self._frame.veil
            self._column.addWidget(CardLines(veil, heading, lines, self._open))

    def _open(self, line: CardLine) -> None:
        """Open what a line is about, as on the time line."""
        page = self._page
        if page is None:
            return
        for event in page.events:
            if (event.table, event.row_id) == (line.table, line.row_id):
                panel = EventPanel(self._frame, event, page.client.code)
                self._frame.open_panel(panel)
                return

    def _add_ways(self, page: PersonPage) -> None:
        safe = choices("safe_contact_permission").codes_where("safe")
        asked = [way for way in page.safe_contacts if way.permission in safe]
        if not asked:
            self._column.addWidget(state("No safe way is known", "bad"))
            self._column.addWidget(soft("Ask the person before any contact."))
        for way in asked:
            self._column.addWidget(_Way(self._frame, way, page.client.id))
        for way in page.safe_contacts:
            if way.permission == "NO":
                words = f"{_channel(way)}: {_permission(way)}"
                self._column.addWidget(state(words, "bad"))

    def _add_fields(self, client: Client) -> None:
        declared = field_map(Client)
        for name in _FIELDS:
            words = shown(declared[name].kind, client.values()[name])
            if words:
                self._column.addSpacing(px(8))
                self._column.addWidget(soft(label_words(declared[name].kind)))
                self._column.addWidget(self._frame.veil.over(body(words)))


class _Way(QWidget):
    """A channel that may be used: its rule in sight, its number only when asked for."""

    def __init__(self, frame: Frame, way: SafeContact, client_id: str) -> None:
        super().__init__()
        self._frame = frame
        self._way = way
        self._client_id = client_id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(2))
        rules = rules_of(way)
        tone: Tone = "warn" if rules or way.permission != "YES" else "good"
        column.addWidget(state(f"{_channel(way)}: {_permission(way)}", tone))
        if rules:
            column.addWidget(frame.veil.over(body(rules)))
        column.addWidget(soft(asked_in_words(way, frame.desk.today())))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self._show = quiet("Show", self._ask)
        self._show.setAccessibleName(f"Show {_channel(way)}")
        self._reach = QLabel()
        self._reach.setTextFormat(Qt.TextFormat.PlainText)
        self._reach.setProperty("role", "strong")
        self._reach.setWordWrap(True)
        self._reach.hide()
        row.addWidget(self._reach)
        row.addWidget(self._show)
        row.addStretch(1)
        column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_FOR_MS)
        self._timer.timeout.connect(self._hide)
        frame.veil.changed.connect(self._hide)

    def _ask(self) -> None:
        if self._timer.isActive():
            self._hide()
            return
        desk, client_id, channel = self._frame.desk, self._client_id, self._way.channel
        self._frame.read(self, lambda: number_for(desk, client_id, channel), self._tell)

    def _tell(self, number: SafeNumber) -> None:
        self._reach.setText(number.reach or "Nothing is written down")
        self._reach.show()
        self._show.setText("Hide")
        self._timer.start()

    def _hide(self) -> None:
        self._timer.stop()
        self._reach.clear()
        self._reach.hide()
        self._show.setText("Show")


def _channel(way: SafeContact) -> str:
    return shown(field_map(SafeContact)["channel"].kind, way.channel)


def _permission(way: SafeContact) -> str:
    return shown(field_map(SafeContact)["permission"].kind, way.permission)


def _birth(client: Client) -> str:
    declared = field_map(Client)
    for name in ("born_on", "birth_year", "age_band"):
        words = shown(declared[name].kind, client.values()[name])
        if words:
            return f"born {words}" if name != "age_band" else words
    return ""
