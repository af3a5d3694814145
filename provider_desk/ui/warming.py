"""Brings in what pages need before somebody goes there, so that no press waits for it.

What is large and knows no window is brought in by a thread beside it, the pages' own
modules one at a time while nobody is waiting.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from provider_desk.services.rights.permissions import may
from provider_desk.ui.frame import Frame
from provider_desk.ui.places import PLACES

#: Between two modules, so that a key pressed meanwhile is answered.
_BREATH_MS = 30

#: After the first page was shown.
_LATER_MS = 1_000


class Warming(QObject):
    """Begins once, after the first page is shown."""

    def __init__(self, frame: Frame, view: QObject) -> None:
        """Bring in nothing yet.

        Args:
            frame: the window.
            view: the open desk; it ends with it.
        """
        super().__init__(view)
        self._frame = frame
        places = [place for place in PLACES if may(frame.desk, place.needs)]
        self._services = [name for place in places for name in place.beside]
        self._pages = [f"provider_desk.ui.pages.{place.module}" for place in places]
        self._timer = QTimer(self)
        self._timer.setInterval(_BREATH_MS)
        self._timer.timeout.connect(self._bring_page)

    def start(self) -> None:
        """Begin in a moment: what is seen comes first."""
        QTimer.singleShot(_LATER_MS, self, self.begin)

    def begin(self) -> None:
        """Bring in what is large beside the window, then the pages."""
        work: Callable[[], None] = partial(_bring, tuple(self._services))
        self._frame.tasks.read(self, work, self._services_are_in, self._not_in)

    def _services_are_in(self, _none: None) -> None:
        self._timer.start()

    def _not_in(self, _error: Exception) -> None:
        """Whoever goes there is told what is wrong."""

    def _bring_page(self) -> None:
        if not self._pages:
            self._timer.stop()
            return
        # Whoever goes there is told what is wrong with it.
        with suppress(Exception):
            import_module(self._pages.pop(0))


def _bring(names: Sequence[str]) -> None:
    for name in names:
        import_module(name)
