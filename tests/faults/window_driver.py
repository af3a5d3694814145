"""Run by the fault tests: the real program, driven from inside by lines it reads.

``python window_driver.py --data FOLDER --team-secret FILE`` opens the window as the
command line does. Standard input: name, password and a note, a line each; then the
window signs in, opens the person of the desk, types the note into "Log session", and
says "typed". The line "lock" locks it. The process that follows says "locked"
and its words; "again" signs in once more and says how many drafts there are.
"""

import ctypes
import os
import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from provider_desk import cli
from provider_desk.services.casework import sessions
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.log_session import LogSessionPanel

_LOOK_MS = 20
_LINES = 3
_DUMPABLE = 4


def say(*words: object) -> None:
    """A line that the other process sees at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


class Driver(QObject):
    """Does what the lines say, in the window's thread."""

    line = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.line.connect(self._do)
        self._lines: list[str] = []
        self._note = ""
        threading.Thread(target=self._listen, daemon=True).start()
        if "--locked" in sys.argv:
            say("locked", os.getpid(), window.sign_in.problem.text())
        else:
            self._next(self._sign_in)

    def _listen(self) -> None:
        # Unbuffered, so that what the next process is to read is left for it.
        while line := _one_line():
            self.line.emit(line)

    def _do(self, line: str) -> None:
        if line == "lock":
            self._readable()
            # Not by its key: without a window manager no window has the keyboard.
            self._window.lock()
        elif line == "again":
            self._next(self._sign_in)
        else:
            self._lines.append(line)

    def _next(self, step: Callable[[], bool]) -> None:
        """Try a step until it can be done."""
        if not step():
            QTimer.singleShot(_LOOK_MS, self, lambda: self._next(step))

    def _sign_in(self) -> bool:
        if len(self._lines) < _LINES:
            return False
        page = self._window.sign_in
        page.name.setText(self._lines[0])
        page.password.setText(self._lines[1])
        self._note = self._lines[2]
        self._lines.clear()
        page.sign_in()
        self._next(self._type if "--locked" not in sys.argv else self._count)
        return True

    def _view(self) -> DeskView | None:
        return self._window.view if self._window.tasks.idle() else None

    def _count(self) -> bool:
        view = self._view()
        if view is None:
            return False
        say("drafts", len(view.frame.drafts.all()))
        return True

    def _type(self) -> bool:
        view = self._view()
        if view is None:
            return False
        desk = view.frame.desk
        (case,) = sessions.cases(desk, "", count=1)
        view.go("person", {"client_id": case.client_id})
        panel = LogSessionPanel(view.frame, case.client_id)
        view.frame.open_panel(panel)
        self._next(lambda: self._write(panel))
        return True

    def _write(self, panel: LogSessionPanel) -> bool:
        if panel.picker.isVisible() or not self._window.tasks.idle():
            return False
        panel.form.boxes["note"].editor.set_value(self._note)
        self._readable()
        say("typed", os.getpid())
        return True

    def _readable(self) -> None:
        """Let the test read the memory where it is no administrator."""
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_DUMPABLE, 1, 0, 0, 0)


def _one_line() -> str:
    found = b""
    while (letter := os.read(0, 1)) not in (b"", b"\n"):
        found += letter
    return found.decode()


def main() -> int:
    """Open the window and let the driver begin once it was drawn."""
    made = MainWindow.__init__

    def init(window: MainWindow, *args: object, **kwargs: object) -> None:
        made(window, *args, **kwargs)  # type: ignore[arg-type]
        window.painted.connect(lambda: Driver(window))

    MainWindow.__init__ = init  # type: ignore[method-assign, assignment]
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
