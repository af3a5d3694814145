"""What pages and panels may ask of the window, without knowing it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from provider_desk.model.changed import Changed
from provider_desk.services.casework import undoing
from provider_desk.services.desk import Desk
from provider_desk.services.notes.note_search import NoteSearch
from provider_desk.ui.busy import READING, SAVING, Busy
from provider_desk.ui.drafts import Drafts
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.tasks import Asked, Newest, Progress, Task, Tasks

T = TypeVar("T")


class Frame(QObject):
    """The desk that is open, and the way to read, change and move about in it.

    Attributes:
        desk: first argument of every service.
        notes: the search over sealed notes; what it opened ends with the window.
        preferences: what this PC remembers.
        tasks: work beside the window.
        desk_changed: a deed was done; carries its ``Changed``.
        privacy_changed: names are hidden from now on, or shown.
        went: somebody wants to go to a place: name and what to open there.
        panel_wanted: a panel is to stand beside the page.
        said: one line on what was just done.
        undo_offered: the deed that is said next can be taken back: a deed that does.
        failed: an error that no field can show.
        warned: what was saved all the same, but should be looked at: problems.
        counting_wanted: somebody wants to know what there is to do: kind → how many
            lines, where more than usual are wanted.
        counting_begun: what there is to do is being read.
        counted: what there is to do, after every deed too; carries ``Today``.
        lock_wanted, switch_wanted, look_changed: for the window.
        drafts: panels that were left with something typed.
        veil: what shows something personal is put under it.
        busy: says what takes longer than it should.
    """

    desk_changed = Signal(object)
    privacy_changed = Signal(bool)
    went = Signal(str, dict)
    went_back = Signal()
    panel_wanted = Signal(object)
    said = Signal(str)
    undo_offered = Signal(object)
    failed = Signal(object)
    warned = Signal(object)
    counting_wanted = Signal(object)
    counting_begun = Signal()
    counted = Signal(object)
    lock_wanted = Signal()
    switch_wanted = Signal()
    look_changed = Signal()

    def __init__(
        self, desk: Desk, preferences: Preferences, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.notes = NoteSearch(desk)
        self.preferences = preferences
        self.tasks = tasks
        self.veil = preferences.veil
        self.veil.changed.connect(self.privacy_changed)
        self.busy = Busy(self)
        self.drafts = Drafts(self, parent)

    @property
    def privacy(self) -> bool:
        """Whether names are hidden now."""
        return self.veil.hidden

    def set_privacy(self, hidden: bool) -> None:  # noqa: FBT001
        """Hide what is personal wherever it is shown, or show it again."""
        self.veil.turn(hidden)

    def name_of(self, name: str, code: str) -> str:
        """What to call a person on the screen now."""
        return code if self.privacy or not name else name

    def go(self, place: str, **what: Any) -> None:
        """Go to a place: ``go("person", client_id=…)``."""
        self.went.emit(place, what)

    def back(self) -> None:
        """Go where one was before."""
        self.went_back.emit()

    def open_panel(self, panel: QWidget) -> None:
        """Show a ``parts.panel.Panel`` beside the page."""
        self.panel_wanted.emit(panel)

    def say(self, text: str) -> None:
        """Say in the status line what was just done."""
        self.said.emit(text)

    def offer_undo(self, deed: Callable[[], Changed]) -> None:
        """Let what was just done be taken back; to be called from ``done``."""
        self.undo_offered.emit(deed)

    def read(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Ask the desk something; errors go to the banner unless ``failed`` is given.

        Args:
            owner: the widget that wants to know; if it is gone, nobody is told.
            work: called in another thread, so it must not touch widgets.
            done: called with the answer in the window's thread.
            failed: called with what was raised.
        """
        task = self.tasks.read(owner, work, done, failed or self.failed.emit)
        task.over.connect(self.busy.begin(READING))
        return task

    def write(
        self,
        owner: QObject,
        deed: Callable[[], Changed | tuple[str, Changed]],
        done: Callable[[str], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        instead: str = "",
        whole: bool = False,
        undone: Callable[[], None] | None = None,
    ) -> Task:
        """Do a deed; on success all pages hear of it and the status line says it.

        Args:
            owner: the widget that asked.
            deed: returns ``Changed``, or the new id with it.
            done: called with the new id, "" where the deed gives none.
            failed: gets ``NotValid`` to show beside fields, and the rest.
            instead: how it is put right, where it can't be undone: said with it.
            whole: offer to take it back by letting every record that it touched say
                again what it said before.
            undone: called where that was done, in another thread.
        """

        def succeeded(result: Changed | tuple[str, Changed]) -> None:
            new_id, changed = result if isinstance(result, tuple) else ("", result)
            if done is not None:
                done(new_id)
            if instead and changed.said:
                changed = replace(changed, said=f"{changed.said} {instead}")
            if whole and changed.records:
                self.offer_undo(partial(self._take_back, changed, undone))
            self.tell(changed)

        task = self.tasks.write(owner, deed, succeeded, failed or self.failed.emit)
        task.over.connect(self.busy.begin(SAVING))
        return task

    def _take_back(
        self, changed: Changed, undone: Callable[[], None] | None
    ) -> Changed:
        said = undoing.undo(self.desk, changed)
        if undone is not None:
            undone()
        return said

    def long(
        self,
        owner: QObject,
        work: Callable[[Progress, Asked], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        aside: bool = False,
    ) -> Task:
        """Long work that shows ``Task.progress`` and can be cancelled.

        It does not tell the pages by itself: call ``tell`` with what it changed.

        Args:
            owner: as for ``read``.
            work: as for ``read``; told how to show progress and whether to stop.
            done: as for ``read``.
            failed: as for ``read``.
            aside: it reads and works out, and keeps no deed waiting.
        """
        return self.tasks.long(
            owner, work, done, failed or self.failed.emit, aside=aside
        )

    def newest(self, owner: QObject) -> Newest:
        """For questions as somebody types."""
        return Newest(owner, self.tasks, lambda: self.busy.begin(READING))

    def tell(self, changed: Changed) -> None:
        """Let everybody know what a deed touched."""
        if changed.said:
            self.said.emit(changed.said)
        self.warned.emit(changed.warnings)
        self.desk_changed.emit(changed)
