"""The provider's own word for a person stands wherever the window says "person"."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from provider_desk.model import resources
from provider_desk.model.person_word import PersonWord, put_in
from provider_desk.services import settings
from provider_desk.services.desk import Desk
from provider_desk.ui import own_words
from provider_desk.ui.desk_view import DeskView
from tests.builders.casework import make_client, make_episode, make_waiting
from tests.builders.controls import seen
from tests.builders.windows import new_window, settle, view_of
from tests.ui.test_controls import everywhere

SAID = re.compile(r"\b(?:person|people|persons)\b", re.IGNORECASE)

#: Words that stay, each with its reason; those of person_words.toml stay too.
EXCEPTIONS = {
    "Person": "the value that a sheet's column is matched with, as the sheet has it",
}


@pytest.fixture(autouse=True)
def word_again() -> Iterator[None]:
    """The word of the other tests."""
    yield
    own_words.use("person")


def said_by(widget: QWidget) -> Iterator[str]:
    """All words of a control, as they are seen, pointed at, or heard."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    if isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())
    if isinstance(widget, QTableView):
        model = widget.model()
        across = Qt.Orientation.Horizontal
        yield from (
            str(model.headerData(n, across) or "") for n in range(model.columnCount())
        )
    yield widget.toolTip()
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is not None:
        yield interface.text(QAccessible.Text.Name)
        yield interface.text(QAccessible.Text.Description)


def test_every_page_and_panel_says_the_providers_own_word(
    qtbot: QtBot, light: None, desk: Desk, tmp_path: Path
) -> None:
    del light
    settings.change_provider(desk, {"word_for_person": "survivor"})
    client_id = make_client(desk, known_as="Morgan Marsh", mobile="07700 900123")
    make_episode(desk, client_id)
    make_waiting(desk, client_id, area="PES_AD")
    window = new_window(qtbot, desk, tmp_path / "window.ini")
    view = view_of(window)
    found: dict[str, set[str]] = {}

    for where in everywhere(view, client_id, lambda: settle(qtbot, window)):
        words = {text for widget in seen(window) for text in said_by(widget) if text}
        left = {w for w in words if put_in(w, own_words.word()) != w} - set(EXCEPTIONS)
        if left:
            found[where] = left

    assert found == {}
    assert any("survivor" in w for b in seen(window) for w in said_by(b))


def test_a_new_word_is_taken_up_at_once(
    desk: Desk, view: DeskView, settled: Callable[[], None]
) -> None:
    settings.change_provider(desk, {"word_for_person": "client"})
    changed = settings.change_provider(desk, {"notice_hours": 48})
    view.frame.tell(changed)
    settled()

    view.go("people", {})
    settled()

    assert view.page is not None
    assert view.page.title.text() == "Clients"
    assert view.finder.edit.placeholderText().startswith("Search for clients")
    assert any(b.text() == "Clients" for b in view.side.findChildren(QAbstractButton))


@pytest.mark.parametrize(
    ("word", "one", "many"),
    [
        ("", "person", "people"),
        ("Survivor", "survivor", "survivors"),
        ("client", "client", "clients"),
        ("beneficiary", "beneficiary", "beneficiaries"),
        ("young person", "young person", "young people"),
        ("guest at the house", "guest at the house", "guest at the houses"),
    ],
)
def test_one_and_several(word: str, one: str, many: str) -> None:
    assert (PersonWord.of(word).one, PersonWord.of(word).many) == (one, many)


@pytest.mark.parametrize(
    ("word", "before", "after"),
    [
        ("survivor", "Add a person", "Add a survivor"),
        ("individual", "Add a person", "Add an individual"),
        ("survivor", "People", "Survivors"),
        ("survivor", "The person's own words", "The survivor's own words"),
        ("survivor", "3 people who sign in", "3 people who sign in"),
        ("survivor", "a personal note", "a personal note"),
        ("survivor", "seen in person", "seen in person"),
        ("person", "Add a person", "Add a person"),
    ],
)
def test_the_word_is_put_in(word: str, before: str, after: str) -> None:
    assert put_in(before, PersonWord.of(word)) == after


def test_every_phrase_that_stays_has_its_reason() -> None:
    kept = resources.read_toml("person_words.toml")["kept"]

    assert all(SAID.search(each["words"]) and each["why"] for each in kept)


def test_a_line_has_the_own_word_in_what_the_program_says_and_not_in_a_quotation() -> (
    None
):
    own_words.use("survivor")

    said = own_words.own_in_line("Cancelled by the person · The person she met")

    assert said == "Cancelled by the survivor · The person she met"
