"""Tables of the office, the settings and the counts fit the usual window."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from provider_desk.model.fields import Value
from provider_desk.services import settings
from provider_desk.services.casework.booking import groups
from provider_desk.services.casework.booking import slots as booking_slots
from provider_desk.services.desk import Desk
from provider_desk.services.office import feedback, register
from provider_desk.services.planning import forecasts
from provider_desk.ui import deeds, theme
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.diarying.slots_panel import SlotsPanel
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import Look
from tests.builders.casework import TODAY, contract_of, make_client, make_waiting

Settled = Callable[[], None]

#: More than a window shows at once, so that a bar stands beside the lines.
_MANY = 40
_LONG = "The waiting room is full on a Tuesday; evening hours are wanted. " * 3
_DAY = "Wed 30 Sep 2026"


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk with at least a line in each of the tables."""
    contract = contract_of(desk).id
    balance: dict[str, Value] = {
        "contract_id": contract,
        "area": "THER",
        "on": date(2016, 7, 1),
        "awaiting": 2,
        "waiting": 40,
        "live": 68,
    }
    settings.set_opening_balance(desk, balance)
    heard: dict[str, Value] = {"kind": "SAID", "heard": _LONG, "what_changed": _LONG}
    feedback.record_feedback(desk, heard)
    trained: dict[str, Value] = {"kind": "DATA", "done_on": TODAY, "evidence": _LONG}
    register.record_entry(desk, register.TRAINING, desk.user.id, trained)
    group: dict[str, Value] = {
        "name": "Moving on together, the Tuesday group",
        "contract_id": contract,
        "area": "PES_AD",
        "funded": "N",
        "worker": "RI",
        "weekday": "TUE",
        "starts_on": date(2018, 1, 2),
    }
    groups.add_group(desk, group)
    make_waiting(desk, make_client(desk), received_on=date(2018, 3, 1))
    forecasts.keep_forecasts(desk, contract, 3)
    return desk


#: What a cell keeps free round its words, pixels.
_ROUND = 16


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize(
    ("place", "what", "name"),
    [
        ("office", {"part": "feedback"}, "Feedback"),
        ("office", {"part": "register"}, "Staff register"),
        ("office", {"part": "contracts"}, "Contracts that end"),
        ("settings", {"part": "contracts"}, "Contracts"),
        ("settings", {"part": "opening"}, "Opening balances"),
        ("settings", {"part": "staff"}, "People who sign in"),
        ("groups", {}, "Groups"),
        ("return", {}, "Checks"),
        ("capacity", {"part": 2}, "Forecasts that were kept"),
    ],
)
def test_no_table_scrolls_sideways_in_the_usual_window(
    qapp: QApplication,
    window: MainWindow,
    view: DeskView,
    settled: Settled,
    place: str,
    what: Mapping[str, str | int],
    name: str,
    percent: int,
) -> None:
    theme.apply(qapp, Look("light", percent))
    window.resize(1366, 768)
    view.frame.go(place, **what)
    settled()
    assert view.page is not None
    (table,) = [
        each
        for each in view.page.findChildren(TableView)
        if each.isVisible() and each.accessibleName() == name
    ]
    model = table.model()
    assert isinstance(model, RowTable)
    assert model.rows

    model.set_rows(model.rows * _MANY)
    settled()
    table.selectRow(0)

    assert table.verticalScrollBar().maximum() > 0 or name.startswith("Forecasts")
    assert table.horizontalScrollBar().maximum() == 0
    day = table.fontMetrics().horizontalAdvance(_DAY)
    across = Qt.Orientation.Horizontal
    for column in range(model.columnCount()):
        heading = str(model.headerData(column, across))
        if table.isColumnHidden(column):
            assert f"{heading}: " in table.beside.words() or heading == "Service area"
        elif heading.endswith(" on"):
            assert table.columnWidth(column) > day + _ROUND


def test_slots_that_were_set_are_read_beside_their_form(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    slots: dict[str, Value] = {"worker": "RI", "from_on": TODAY, "weekly_slots": 14}
    booking_slots.set_slots(desk, slots)
    view.frame.go("diary")
    settled()
    (offer,) = [each for each in view.offers() if each.key is deeds.SET_SLOTS]

    offer.run()
    settled()

    panel = view.panel
    assert isinstance(panel, SlotsPanel)
    assert panel.table.horizontalScrollBar().maximum() == 0
    panel.table.selectRow(0)
    assert "Assessments" in panel.table.beside.words()
