"""Every form has room in its panel: no field and no label is cut off at the side."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.model.months import Month
from provider_desk.model.records import BY_TABLE
from provider_desk.services.desk import Desk
from provider_desk.ui import theme
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.change_event import CHANGES
from provider_desk.ui.pages.deed_list import DEEDS
from provider_desk.ui.pages.returning.study_panel import StudyPanel
from provider_desk.ui.theme import Look, px
from tests.builders.casework import contract_of

#: What a panel of 400 leaves to its form, beside its margins and a scroll bar.
ROOM = 345

FORMS = [
    *((f"{d.key.words}", d.record_type, d.rows) for d in DEEDS if d.panel is None),
    *(
        (f"{table}: {c.words}", BY_TABLE[table], c.rows)
        for table, changes in CHANGES.items()
        for c in changes
        if c.rows and c.panel is None
    ),
]


@pytest.mark.parametrize("percent", [100, 150])
def test_no_form_of_a_deed_is_wider_than_its_panel(
    qtbot: QtBot, qapp: QApplication, percent: int
) -> None:
    theme.apply(qapp, Look("light", percent))
    too_wide = []
    for words, record_type, rows in FORMS:
        form = RecordForm(record_type, rows, lambda: date(2026, 9, 30))
        qtbot.addWidget(form)
        needs = form.minimumSizeHint().width()
        if needs > px(ROOM):
            too_wide.append((words, needs, px(ROOM)))

    assert too_wide == []


def test_a_case_study_is_no_wider_than_its_panel(desk: Desk, frame: Frame) -> None:
    panel = StudyPanel(frame, contract_of(desk).id, Month(2017, 9), None, None)

    assert inner(panel) <= px(ROOM)


def inner(panel: StudyPanel) -> int:
    """How wide the content of a panel has to be."""
    items = (panel.body.itemAt(place) for place in range(panel.body.count()))
    parts = [item.widget() for item in items if item is not None]
    return max(p.minimumSizeHint().width() for p in parts if isinstance(p, QWidget))
