"""Panels that were left with something typed; they open where they were.

What is typed is sealed and put into the store every three seconds, when the window is
left and when it locks, so that neither a lock nor a crash takes it. What was saved or
thrown away is taken out again. Fields for passwords are never read. Source: domain
reference, F6; security design, §2.6.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from provider_desk.model.changed import Changed
from provider_desk.services.safety import drafts
from provider_desk.ui.kept_drafts import Kept, read
from provider_desk.ui.parts.panel import Panel

if TYPE_CHECKING:
    from provider_desk.services.desk import Desk
    from provider_desk.ui.frame import Frame

#: How long typing can be lost in a crash.
EVERY_MS = 3_000


class Drafts(QObject):
    """What was begun and not saved, by deed and what it is about.

    Attributes:
        changed: the list is not what it was.
        lost: so many drafts can't be opened any more and were given up.
        where: says which place is shown, and with what it was opened.
    """

    changed = Signal()
    lost = Signal(int)
    _wanted_back = Signal(object)

    def __init__(self, frame: "Frame", window: QWidget) -> None:
        super().__init__(frame)
        self._frame = frame
        self._left: dict[str, Kept] = {}
        # Name → what lies in the store of it.
        self._stored: dict[str, str] = {}
        self._unsure: frozenset[str] = frozenset()
        self._told = self._stopped = False
        self._shown: Panel | None = None
        self._place: tuple[str, dict[str, Any]] = ("today", {})
        # Left while it was being saved: kept until that has ended.
        self._saving: dict[Panel, Kept] = {}
        self._home = QWidget(window)
        self._home.hide()
        self.where: Callable[[], tuple[str, dict[str, Any]]] = lambda: ("today", {})
        self._wanted_back.connect(self._take_in)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.save)
        self._timer.start()

    def load(self) -> None:
        """Ask the store for what this person left there."""
        desk = self._frame.desk
        self._frame.read(self, lambda: drafts.kept(desk), self._loaded)

    def show(self, panel: Panel) -> None:
        """A panel is shown: put back what was typed into it before, if anything."""
        self._shown = panel
        self._place = self.where()
        kept = self._left.pop(panel.draft, None) if panel.draft else None
        if kept is not None:
            panel.retype(kept.typed)
            self.changed.emit()

    def keep(self, panel: Panel) -> None:
        """Keep what was typed into a panel that somebody leaves, then let it go."""
        panel.hide()
        kept = self._kept(panel)
        self._shown = None
        if kept is None:
            panel.deleteLater()
        else:
            self._left[kept.name] = kept
            if panel.saving:
                self._wait_for(panel, kept)
            else:
                panel.deleteLater()
            self.changed.emit()
        self.save()

    def stop(self) -> None:
        """The desk is closed now; nothing more can be kept."""
        self._timer.stop()
        self._stopped = True

    def drop(self, kept: Kept) -> None:
        """Throw a draft away."""
        if self._left.pop(kept.name, None) is not None:
            self.save()
            self.changed.emit()

    def throw_away(self, kept: Kept) -> None:
        """Throw a draft away, so that it can be had back."""
        self.drop(kept)
        self._frame.offer_undo(partial(self._give_back, kept))
        self._frame.say(f"Draft thrown away: {kept.words}.")

    def _give_back(self, kept: Kept) -> Changed:
        """In another thread, where no widget may be touched."""
        self._wanted_back.emit(kept)
        return Changed(said=f"The draft is there again: {kept.words}.")

    def _take_in(self, kept: Kept) -> None:
        if kept.name not in self._now():
            self._left[kept.name] = kept
            self.save()
            self.changed.emit()

    def all(self) -> list[Kept]:
        """Those that wait, oldest first."""
        return list(self._left.values())

    def save(self) -> None:
        """Put into the store what is not there yet, and take out what is over."""
        deeds = self._deeds()
        if deeds is not None:
            self._frame.tasks.write(self, deeds, self._are_kept, self._not_kept)

    def save_now(self) -> Callable[[], None]:
        """As ``save``, but for whoever closes the desk: the deed, to be done at once.

        Reads the panels, so it is called in the window's thread; what it returns may
        be called in another.
        """
        return self._deeds() or (lambda: None)

    def _deeds(self) -> Callable[[], None] | None:
        if self._stopped:
            return None
        wanted = {name: kept.text() for name, kept in self._now().items()}
        # What could not be put in, or out, is tried once more.
        stored = {**self._stored, **dict.fromkeys(self._unsure, "")}
        self._unsure = frozenset()
        put = {n: text for n, text in wanted.items() if stored.get(n) != text}
        over = [name for name in stored if name not in wanted]
        if not put and not over:
            return None
        self._stored = wanted
        desk = self._frame.desk

        def deeds() -> None:
            try:
                _store(desk, put, over)
            except Exception:
                self._unsure |= {*put, *over}
                raise

        return deeds

    def _now(self) -> dict[str, Kept]:
        found = dict(self._left)
        shown = self._shown
        kept = self._kept(shown) if shown is not None else None
        if kept is not None:
            found[kept.name] = kept
        return found

    def _kept(self, panel: Panel) -> Kept | None:
        """What is to be kept of a panel; None where nothing was typed."""
        if not shiboken6.isValid(panel) or not panel.draft or not panel.is_dirty():
            return None
        place, what = self._place
        return Kept(
            name=panel.draft,
            words=panel.words,
            subject=panel.subject,
            opening=panel.opening,
            place=place,
            what=what,
            typed=panel.typed(),
        )

    def _wait_for(self, panel: Panel, kept: Kept) -> None:
        """Somebody left while it was being saved: once it is, it is no draft."""
        panel.setParent(self._home)
        panel.closed.connect(lambda: self.drop(kept))
        panel.closed.connect(panel.deleteLater)

    def _loaded(self, found: drafts.Drafts) -> None:
        for each in found.drafts:
            kept = read(each.text)
            if kept is not None and kept.name not in self._now():
                self._left[kept.name] = kept
                self._stored[kept.name] = each.text
        if found.lost:
            self.lost.emit(found.lost)
        self.changed.emit()

    def _are_kept(self, _none: object) -> None:
        self._told = False

    def _not_kept(self, error: Exception) -> None:
        # Tried again in three seconds, but told only once.
        if not self._told:
            self._told = True
            self._frame.failed.emit(error)


def _store(desk: "Desk", put: dict[str, str], over: list[str]) -> None:
    """The newest letters in, what is over out."""
    drafts.keep(desk, put)
    for name in over:
        drafts.drop(desk, name)
