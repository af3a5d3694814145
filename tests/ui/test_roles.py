"""Each role at the window: its places open without an error, and show its people."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import Missing
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import may
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.places import LISTED
from provider_desk.ui.preferences import Preferences
from tests.builders.casework import make_desk
from tests.builders.two_caseloads import TwoCaseloads, two_caseloads
from tests.builders.windows import settle

#: Role → which of own, live (another caseload) and waits its pages may name.
NAMED = {
    "CASEWORKER": {"own", "waits"},
    "COUNSELLOR": {"own"},
    "STUDENT": {"own"},
    "TRUSTEE": set(),
    "CLINICAL_LEAD": {"own", "live", "waits"},
    "ADMINISTRATOR": {"own", "live", "waits"},
    "MANAGER": {"own", "live", "waits"},
}


@pytest.fixture
def two(tmp_path: Path, clock: FixedClock) -> Iterator[TwoCaseloads]:
    """A desk of two caseloads."""
    desk = make_desk(tmp_path / "two", clock)
    yield two_caseloads(desk)
    desk.close()


@pytest.fixture
def seen_by(
    qtbot: QtBot, light: None, preferences: Preferences, clock: FixedClock
) -> Iterator[Callable[[Desk], str]]:
    """All words of all places that a desk's window shows; errors are raised."""
    del light
    made: list[MainWindow] = []

    def look(desk: Desk) -> str:
        window = MainWindow(desk.store.path.parent, preferences, clock)
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.open_desk(desk)
        settle(qtbot, window)
        assert window.view is not None
        errors: list[object] = []
        window.view.frame.failed.connect(errors.append)
        words = [words_in(window)]
        for place in LISTED:
            if may(desk, place.needs):
                window.view.frame.go(place.name)
                settle(qtbot, window)
                words.append(words_in(window))
        # Keys that a test makes in memory have no file beside the store.
        assert [each for each in errors if not isinstance(each, Missing)] == []
        return "\n".join(words)

    yield look
    for window in made:
        window.tasks.wait()


def words_in(widget: QWidget) -> str:
    """Words of labels and of the lines in lists."""
    words = [label.text() for label in widget.findChildren(QLabel)]
    for view in widget.findChildren(QAbstractItemView):
        model = view.model()
        if model is None:
            continue
        words += [
            str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole))
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]
    return "\n".join(words)


@pytest.mark.parametrize("role", NAMED)
def test_the_places_of_a_role_open_and_name_its_people_alone(
    two: TwoCaseloads, seen_by: Callable[[Desk], str], role: str
) -> None:
    shown = seen_by(two.signed_in(role))

    people = {"own": two.own, "live": two.live, "waits": two.waits}
    named = {who for who, person in people.items() if person.code in shown}
    assert named == NAMED[role]
