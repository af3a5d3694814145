"""Every place, panel and deed in the real window, from the key press until painted.

    python -m tests.bench window FOLDER [ROLE ...]

FOLDER is a desk of ``tests.bench.big_desk``, filled by ``tests.bench.big_casework``: a
copy, because deeds are done in it. Without it one of about 250,000 rows is made. For
each role, or those named: every place, the search, and a person; for a caseworker and
a counsellor every panel of a deed for that person, and its saving where a form alone
is asked. ``first`` is the first time since the desk was opened, ``p50`` and ``p95``
are of the times after it, ``still`` is the longest time at which the window answered
nothing, and at the end of the line stands what the window said meanwhile. The status
is 1 where something is over ``stopwatch.LIMIT``.
"""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from provider_desk.model.choices import choices
from provider_desk.model.fields import Count, Day, Kind, OneOf, Text, field_map
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import may
from provider_desk.ui import deeds, theme
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.people import PeoplePage
from provider_desk.ui.places import PLACES
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.theme import Look
from tests.bench.bench_roles import signed_in
from tests.bench.big_casework import fill
from tests.bench.big_desk import make_big_desk, open_big_desk
from tests.bench.stopwatch import Pulse, Table, Took, press, took

#: About 250,000 rows.
PEOPLE, SESSIONS = 10_000, 130_000

ROLES = ("CASEWORKER", "COUNSELLOR", "CLINICAL_LEAD", "MANAGER", "ADMINISTRATOR")

#: Roles of whom every deed is measured.
_DO = ("CASEWORKER", "COUNSELLOR")

_TIMES = 7
_MOMENT_S = 4

#: What takes so long, and shows it, is measured fewer times.
_LONG_MS, _TIMES_OF_LONG = 2_000, 2
_TYPED = "zoe ash"

_Press = Callable[[], None]


class Bench:
    """One role at the desk, in a window of its own."""

    def __init__(self, desk: Desk, settings: Path, table: Table) -> None:
        self._desk, self._table = desk, table
        self._window = MainWindow(desk.folder, Preferences(settings), desk.clock)
        self._window.resize(1366, 768)
        self._window.show()
        self._window.activateWindow()
        self._pulse = Pulse()
        self._table.begin(desk.user.role.lower())
        self._table.line("the desk, with Today", self._took(self._open), [])
        # What comes a moment after signing in is over before anything is measured.
        until = time.monotonic() + _MOMENT_S
        while time.monotonic() < until:
            self._took(lambda: None)

    @property
    def _view(self) -> DeskView:
        view = self._window.view
        assert view is not None
        return view

    def places(self) -> None:
        """Every place of the role, and what is done there again and again."""
        for place in PLACES:
            if place.name == "person" or not may(self._desk, place.needs):
                continue
            to = partial(self._view.go, place.name, {})
            self._measure(
                place.words, partial(self._press, place.key) if place.key else to
            )
            if place.name == "diary":
                turn = self._pressed("PgDown")
                self._measure("Diary: the next week", turn, here=True)
            if place.name == "people":
                self._type()

    def person(self) -> str:
        """Open somebody who is in support, and hand back who it is."""
        rows = people.search(self._desk, "", count=50).rows
        who = next((row for row in rows if row.status == "live"), rows[0]).client_id
        self._measure("A person", partial(self._view.go, "person", {"client_id": who}))
        return who

    def panels(self, who: str) -> None:
        """Each panel of a deed for a person, then its saving."""
        self._view.go("person", {"client_id": who})
        self._took(lambda: None)
        able = [o.key for o in self._view.offers() if not o.why_not and o.key.key]
        for key in (key for key in able if key in deeds.PERSON_KEYS):
            self._measure(f"Panel: {key.words}", partial(self._begin, key), here=True)
            self._save(key, who)
        self._measure("Panel: Log session", self._pressed(deeds.LOG_SESSION.key))

    def close(self) -> None:
        """Close the window, and with it the desk."""
        self._window.close()
        # What is left of it is not to be cleared away while the next one is measured.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()

    def _open(self) -> None:
        self._window.open_desk(self._desk)
        guard = self._window.guard
        assert guard is not None
        # Nobody locks it, and the day's check and backup are measured elsewhere.
        guard.stop()

    def _measure(self, name: str, deed: _Press, *, here: bool = False) -> None:
        """Measure a deed some times.

        Args:
            name: in the table.
            deed: what is pressed.
            here: it is done where one is; otherwise one goes elsewhere in between.
        """
        every = []
        for _ in range(_TIMES + 1):
            if not here:
                self._took(partial(self._view.go, "help", {}))
            every.append(self._took(deed))
            if self._view.panel is not None:
                self._leave()
            if every[0].ms > _LONG_MS and len(every) > _TIMES_OF_LONG:
                break
        self._table.line(name, every[0], every[1:])

    def _save(self, key: deeds.Key, who: str) -> None:
        """Do a deed of a form alone some times, and take it back each time."""
        saved, undone = [], []
        for _ in range(_TIMES + 1):
            self._took(partial(self._view.go, "person", {"client_id": who}))
            self._took(partial(self._begin, key))
            panel = self._view.panel
            if not isinstance(panel, FormPanel):
                break
            _fill_in(panel)
            one = self._took(self._pressed(deeds.SAVE.key))
            if self._view.panel is not None:
                self._leave()
                break
            saved.append(one)
            undone.append(self._took(self._pressed(deeds.UNDO.key)))
        if saved:
            self._table.line("  saved", saved[0], saved[1:])
            self._table.line("  taken back", undone[0], undone[1:])

    def _begin(self, key: deeds.Key) -> None:
        self._view.setFocus()
        self._press(key.key)

    def _leave(self) -> None:
        """Close the panel, and throw away what it would keep as a draft."""
        self._view.close_panel()
        for kept in self._view.frame.drafts.all():
            self._view.frame.drafts.drop(kept)
        self._took(lambda: None)

    def _type(self) -> None:
        page = self._view.page
        assert isinstance(page, PeoplePage)
        every = [
            self._took(partial(QTest.keyClicks, page.search, letter))
            for letter in _TYPED
        ]
        self._table.line(f"People: “{_TYPED}”, a letter", every[0], every[1:])
        page.search.clear()
        self._took(lambda: None)

    def _took(self, deed: _Press) -> Took:
        return took(self._window, self._pulse, deed)

    def _press(self, key: str) -> None:
        press(self._window, key)

    def _pressed(self, key: str) -> _Press:
        return partial(self._press, key)


def _fill_in(panel: FormPanel) -> None:
    """Answer what has to be answered, with invented things."""
    declared = field_map(panel.form.record_type)
    for name, box in panel.form.boxes.items():
        empty = not box.editor.typed()
        if box.isVisibleTo(panel) and empty and declared[name].required:
            box.editor.retype(next(_answers(declared[name].kind, box), ""))


def _answers(kind: Kind, box: FieldBox) -> Iterator[str]:
    """What can be typed into a field of a kind."""
    if isinstance(box.editor, ChoiceEditor):
        data = [box.editor.list.itemData(n) for n in range(box.editor.list.count())]
        yield from (str(code) for code in data if code)
    elif isinstance(kind, OneOf):
        yield from choices(kind.choices).by_code
    elif isinstance(kind, Day):
        yield "today"
    elif isinstance(kind, Count):
        yield "1"
    elif isinstance(kind, Text):
        yield "Invented"


def measure(folder: Path, settings: Path, roles: list[str]) -> int:
    """Measure each role; 1 where something is over the limit."""
    table = Table()
    for role in roles:
        with closing(open_big_desk(folder)) as desk:
            bench = Bench(signed_in(desk, role), settings, table)
            bench.places()
            if role != "ADMINISTRATOR":
                who = bench.person()
                if role in _DO:
                    bench.panels(who)
            bench.close()
    print("\n".join(["", *table.over]) or "within the limit")
    return 1 if table.over else 0


def main() -> int:
    """Open or make a desk, and measure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    theme.apply(app, Look("light", 100))
    roles = [each.upper() for each in sys.argv[2:]] or list(ROLES)
    with tempfile.TemporaryDirectory() as held:
        settings = Path(held) / "settings.ini"
        if len(sys.argv) > 1:
            return measure(Path(sys.argv[1]), settings, roles)
        folder = Path(held) / "desk"
        with closing(make_big_desk(folder, PEOPLE, SESSIONS)) as desk:
            fill(desk)
        return measure(folder, settings, roles)


if __name__ == "__main__":
    raise SystemExit(main())
