"""What somebody typed is shown as it stands: no window takes it for markup.

A label or a tooltip that did would leave words out, and would load a picture that a
referrer's words name, from another machine too.
"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.log_session import LogSessionPanel
from provider_desk.ui.parts.words import tip
from provider_desk.ui.places import PLACES
from tests.builders.casework import TODAY, make_client, make_session, make_waiting

Settled = Callable[[], None]

MARK = "<img src='file:x.png'>"
#: As it reaches Qt where it is no markup any more.
SAFE = "&lt;img"
_NAMES = (
    *("known_as", "given_names", "family_name", "previous_names"),
    *("mobile", "address", "access_needs"),
)


@pytest.fixture
def client_id(desk: Desk) -> str:
    """Somebody in support whose every word is markup, and one more who waits."""
    made = make_client(desk, **{name: f"{name} {MARK}" for name in _NAMES})
    referral_id = make_waiting(desk, made)
    make_session(desk, referral_id, date(2017, 10, 3), note=f"note {MARK}")
    make_session(desk, referral_id, TODAY, "BOOKED", note=f"note {MARK}")
    make_session(desk, referral_id, date(2018, 4, 27), "UNREC")
    waits = make_client(desk, known_as=f"Waits {MARK}")
    set_safe_contact(desk, made, "MOBILE", {"permission": "YES_RULES", "rules": MARK})
    make_waiting(desk, waits)
    return made


def as_markup(window: QWidget) -> Iterator[str]:
    """Tooltips and labels that Qt would read markup in."""
    for widget in window.findChildren(QWidget):
        yield widget.toolTip()
        plain = Qt.TextFormat.PlainText
        if isinstance(widget, QLabel) and widget.textFormat() != plain:
            yield widget.text()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _of_cells(widget)


def _of_cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
    for row in range(model.rowCount()):
        for column in range(columns):
            at = model.index(row, column)
            yield str(at.data(Qt.ItemDataRole.ToolTipRole) or "")


def test_no_place_takes_typed_words_for_markup(
    desk: Desk, view: DeskView, settled: Settled, client_id: str
) -> None:
    del desk
    seen = []
    for place in PLACES:
        if place.name not in ("person", "help"):
            view.frame.go(place.name)
            settled()
            seen += list(as_markup(view))
    view.frame.go("person", client_id=client_id)
    settled()
    seen += list(as_markup(view))
    view.frame.open_panel(LogSessionPanel(view.frame))
    settled()
    seen += list(as_markup(view))

    assert [text for text in seen if MARK in text] == []
    assert [text for text in seen if SAFE in text] != []


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp"))))
def test_a_tooltip_says_the_words_as_they_stand(words: str) -> None:
    shown = tip(words)

    document = QTextDocument()
    document.setHtml(shown)
    assert shown == words or document.toPlainText() == words
    assert "<" not in words or shown != words
