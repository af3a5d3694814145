"""The open desk: places on the left, search on top, the page, a panel beside it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Problem
from provider_desk.model.person_word import PersonWord
from provider_desk.model.records import Provider
from provider_desk.model.to_do import Today, ToDoKind
from provider_desk.services.casework import today
from provider_desk.services.casework.remembered import Remembered
from provider_desk.services.rights.permissions import Permission, may, why_not
from provider_desk.ui import deeds, errors, own_words
from provider_desk.ui.beside import Beside
from provider_desk.ui.bottom_line import BottomLine
from provider_desk.ui.busy import READING
from provider_desk.ui.deeds import Key, Offer
from provider_desk.ui.finder import Finder
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.page_stack import PageStack
from provider_desk.ui.parts.panel import Panel
from provider_desk.ui.places import BY_NAME, PLACES
from provider_desk.ui.side_list import SideList
from provider_desk.ui.two_keys import TwoKeys, is_two
from provider_desk.ui.warming import Warming

_HOME: tuple[str, dict[str, Any]] = ("today", {})


class DeskView(QWidget):
    """Moves between places and keeps what was open.

    Attributes:
        frame: what pages ask.
        side, finder, beside, bottom: the parts round the page.
        two_keys: waits for the second of two keys.
        banner: what went wrong, or should be looked at.
        counting: asks what there is to do, one question at a time.
    """

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        own_words.use(frame.desk.provider().word_for_person)
        self._trail: list[tuple[str, dict[str, Any]]] = []
        self.counting = frame.newest(self)
        self._lines_wanted: Mapping[ToDoKind, int] = {}
        self._remembered = Remembered()
        self.side = SideList(frame.desk)
        self.finder = Finder(frame, self._to_find)
        self._pages = PageStack(frame)
        self.beside = Beside(frame, self._pages)
        self.banner = self.beside.banner
        self._warned = False
        self._warm = False
        self.bottom = BottomLine(frame)
        self._lay_out()
        self._connect()
        self._anywhere = self._offers_anywhere()
        self.two_keys = TwoKeys(self, self.bottom, self.offers, self._run)
        self._set_keys()

    @property
    def page(self) -> Page | None:
        """What is shown now."""
        return self._pages.page

    @property
    def panel(self) -> Panel | None:
        """What stands beside it, if anything."""
        return self.beside.panel

    def start(self) -> None:
        """Show Today and count what waits."""
        self.frame.drafts.where = lambda: self._trail[-1] if self._trail else _HOME
        self.frame.drafts.lost.connect(self._say_lost)
        self.frame.drafts.load()
        self.go("today", {})
        self.frame.read(self, self.frame.desk.provider, self.side.show_provider)

    def go(self, name: str, what: dict[str, Any]) -> None:
        """Go to a place; where one was stays on the trail for Esc."""
        place = BY_NAME[name]
        if not may(self.frame.desk, place.needs):
            return
        self.close_panel()
        # Coming back later is to see the place, not to add somebody again.
        kept = {key: value for key, value in what.items() if key != "add"}
        if not self._trail or self._trail[-1] != (name, kept):
            self._trail.append((name, kept))
        # First the list: while pages turn the cursor passes over the place in it.
        self.side.show_place("people" if name == "person" else name)
        # Making a page is part of the wait for what it reads then.
        over = self.frame.busy.begin(READING)
        try:
            page = self._pages.turn_to(place)
            self.banner.hide()
            page.setFocus(Qt.FocusReason.OtherFocusReason)
            page.opened(**what)
        finally:
            over()

    def back(self) -> None:
        """Esc: close the panel, or go where one was before."""
        if self.panel is not None:
            self.close_panel()
        elif len(self._trail) > 1:
            self._trail.pop()
            name, what = self._trail.pop()
            self.go(name, what)
            if self.page is not None:
                self.page.came_back()

    def close_panel(self) -> None:
        """Take the panel away; one with something typed is kept as a draft."""
        self.beside.close_panel()

    def offers(self) -> list[Offer]:
        """Deeds that can be done now: anywhere, then on this page."""
        here = self.page.offers() if self.page else []
        return [*self._anywhere, *here]

    def _to_find(self) -> list[Offer]:
        """What the search finds beside people: deeds, places, deeds of other places."""
        desk, here = self.frame.desk, self.offers()
        open_ = {each.name: each for each in PLACES if may(desk, each.needs)}
        places = [
            Offer(Key(each.words, each.key, ""), partial(self.go, each.name, {}))
            for each in open_.values()
            if each.key
        ]
        known = {offer.key for offer in here}
        elsewhere = [
            Offer(
                Key(f"{key.words} ({place.words})", "", ""), partial(self.go, name, {})
            )
            for key in deeds.ALL
            if key not in known
            and (name := deeds.PLACE_OF.get(key.where, ""))
            and (place := open_.get(name))
        ]
        return [*here, *places, *elsewhere]

    def show_error(self, error: object) -> None:
        """Say what went wrong, calmly, above the page."""
        self._warned = False
        self.banner.show_words(*errors.words_for(error))

    def show_warnings(self, problems: Sequence[Problem]) -> None:
        """Say what was saved all the same, but should be looked at.

        What was said of the deed before goes; other words above the page stay.
        """
        if not problems:
            if self._warned:
                self.banner.hide()
            self._warned = False
            return
        self._warned = True
        words = " ".join(problem.text for problem in problems)
        self.banner.show_words("Saved. Please look at this too:", words, "warn")

    def _say_lost(self, count: int) -> None:
        drafts = "1 draft" if count == 1 else f"{count:,} drafts"
        self.banner.show_words(
            f"{drafts} can't be opened any more and were given up.",
            "A draft opens only with the password of its time; yours was set anew.",
            "warn",
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.finder.bar)
        middle.addWidget(self.beside, 1)
        above = QHBoxLayout()
        above.setSpacing(0)
        above.addWidget(self.side)
        above.addLayout(middle, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(above, 1)
        whole.addWidget(self.bottom)

    def _connect(self) -> None:
        frame = self.frame
        self.side.chosen.connect(lambda name: self.go(name, {}))
        self.beside.emptied.connect(self._focus_page)
        frame.went.connect(self.go)
        frame.went_back.connect(self.back)
        frame.panel_wanted.connect(self.beside.show_panel)
        frame.failed.connect(self.show_error)
        frame.warned.connect(self.show_warnings)
        frame.desk_changed.connect(self._on_change)
        frame.counting_wanted.connect(self._count_lines)
        frame.look_changed.connect(self.side.redraw)
        frame.look_changed.connect(self.beside.fit)

    def _offers_anywhere(self) -> list[Offer]:
        desk = self.frame.desk
        return [
            Offer(
                deeds.LOG_SESSION,
                self._log_session,
                why_not(desk, Permission.RECORD_SESSIONS),
            ),
            Offer(
                deeds.ADD_PERSON,
                lambda: self.go("people", {"add": True}),
                why_not(desk, Permission.RECORD_PEOPLE),
            ),
            Offer(
                deeds.UNNAMED_SURVEY,
                self._survey,
                why_not(desk, Permission.RECORD_SESSIONS),
            ),
            Offer(
                deeds.GAINS_COUNTED,
                self._gains,
                why_not(desk, Permission.MAKE_RETURN),
            ),
            Offer(deeds.PRIVACY, self.bottom.turn_privacy),
            Offer(deeds.KEYS, lambda: self.go("help", {"page": "keys"})),
            Offer(deeds.LOCK, self.frame.lock_wanted.emit),
            Offer(deeds.SWITCH, self.frame.switch_wanted.emit),
        ]

    def _survey(self) -> None:
        from provider_desk.ui.pages import unnamed_survey  # noqa: PLC0415

        unnamed_survey.ask(self.frame)

    def _gains(self) -> None:
        from provider_desk.ui.pages.measuring import counted_panel  # noqa: PLC0415

        counted_panel.ask(self.frame)

    def _set_keys(self) -> None:
        # Privacy and lock have their keys from their buttons.
        for offer in self._anywhere:
            if offer.key.key and offer.key not in (deeds.PRIVACY, deeds.LOCK):
                self._shortcut(offer.key.key, partial(self._run, offer.key))
        self._shortcut(deeds.SEARCH.key, self.finder.start)
        self._shortcut(deeds.HELP.key, self._help)
        self._shortcut("Ctrl+Enter", self._save)
        self._shortcut(deeds.SAVE.key, self._save)
        for key in deeds.PERSON_KEYS:
            if is_two(key):
                self.two_keys.add(key)
            else:
                self._shortcut(key.key, partial(self._run, key))

    def _shortcut(self, key: str, run: Callable[[], None]) -> None:
        QShortcut(QKeySequence(key), self).activated.connect(run)

    def _run(self, key: deeds.Key) -> None:
        found = next((offer for offer in self.offers() if offer.key is key), None)
        if found is not None and not found.why_not:
            found.run()
            return
        why = found.why_not if found else f"{key.words}: open a person first."
        self.banner.show_words(why, tone="plain")
        # Once the next deed is done, it need not be said any more.
        self._warned = True

    def _save(self) -> None:
        if self.panel is not None:
            self.panel.save()
        elif self.page is not None:
            self.page.save()

    def _log_session(self) -> None:
        from provider_desk.ui.pages.log_session import LogSessionPanel  # noqa: PLC0415

        page = self.page
        about = page.person_shown() if page else ""
        self.beside.show_panel(LogSessionPanel(self.frame, about))

    def _help(self) -> None:
        page = self.page
        self.go("help", {"page": page.HELP if page else ""})

    def _focus_page(self) -> None:
        if self.page is not None and not self.beside.focus_where_it_was():
            self.page.resume()

    def _on_change(self, changed: Changed) -> None:
        if changed.touches(Provider.TABLE):
            self.frame.read(self, self.frame.desk.provider, self._call_people)
        page = self.page
        if page is not None and changed.touches(*page.CONCERNS):
            page.refresh(changed)
        self._count()

    def _call_people(self, provider: Provider) -> None:
        """Call a person by the provider's own word, wherever one goes from here."""
        if own_words.word().one != PersonWord.of(provider.word_for_person).one:
            own_words.use(provider.word_for_person)
            self._pages.forget_others()
            self.finder.call_people()
        self.side.show_provider(provider)

    def _count_lines(self, wanted: Mapping[ToDoKind, int]) -> None:
        self._lines_wanted = wanted
        self._count()

    def _count(self) -> None:
        """Ask once what there is to do, for Today and for the numbers at the places."""
        self.frame.counting_begun.emit()
        self.counting.ask(
            partial(
                today.things_to_do,
                self.frame.desk,
                self._lines_wanted,
                self._remembered,
            ),
            self._counted,
            self.frame.failed.emit,
        )

    def _counted(self, found: Today) -> None:
        self.side.set_counts(counts_of(found))
        if not self._warm:
            self._warm = True
            Warming(self.frame, self).start()
        self.frame.counted.emit(found)


#: Kinds whose lines stand at a place of their own.
_AT_A_PLACE = {
    "waiting": (ToDoKind.CONTACT_DUE, ToDoKind.OFFER_OPEN),
    "diary": (ToDoKind.MARK_SESSION,),
    "bring_in": (ToDoKind.SET_ASIDE,),
    "return": (ToDoKind.RETURN_DUE,),
}


def counts_of(found: Today) -> dict[str, int]:
    """Place name → how much waits there."""
    counts = found.counts
    there = {
        place: sum(counts.get(kind, 0) for kind in kinds)
        for place, kinds in _AT_A_PLACE.items()
    }
    return {**found.places, **there, "today": sum(counts.values())}
