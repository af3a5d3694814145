"""Two keys, one after the other, wherever the cursor is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from provider_desk.model.changed import Changed
from provider_desk.services.desk import Desk
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.deed_list import DEEDS
from provider_desk.ui.pages.help import keys_in_words
from provider_desk.ui.two_keys import is_two
from tests.builders.casework import make_client, make_episode
from tests.builders.windows import CTRL, Keyboard

KEY = Qt.Key
Settled = Callable[[], None]


@pytest.fixture
def person(desk: Desk, view: DeskView, keys: Keyboard, settled: Settled) -> str:
    """Somebody whose page is open."""
    del keys
    client_id = make_client(desk, known_as="Kim Invented")
    make_episode(desk, client_id)
    view.frame.go("person", client_id=client_id)
    settled()
    return client_id


def able(view: DeskView) -> deeds.Offer:
    """A deed with two keys that opens a panel and can be done now."""
    wanted = {d.key for d in DEEDS if is_two(d.key) and d.panel is None}
    return next(o for o in view.offers() if o.key in wanted and not o.why_not)


def press_second(keys: Keyboard, key: deeds.Key) -> None:
    keys.press(KEY(ord(key.key[-1])))


@pytest.mark.parametrize("where", ["search", "list", "page"])
def test_the_deed_is_done_wherever_the_cursor_is(
    view: DeskView, keys: Keyboard, settled: Settled, person: str, where: str
) -> None:
    assert person
    offer = able(view)
    if where == "search":
        view.finder.edit.setFocus()
    elif where == "list":
        view.side.findChildren(QLineEdit)
        view.side.setFocus()

    keys.press(KEY.Key_G, CTRL)
    assert view.two_keys.waits
    press_second(keys, offer.key)
    settled()

    assert view.panel is not None
    assert view.panel.words == offer.key.words
    assert not view.two_keys.waits
    assert view.finder.edit.text() == ""


def test_what_can_follow_is_shown_while_the_second_key_is_waited_for(
    view: DeskView, keys: Keyboard, person: str
) -> None:
    assert person
    offer = able(view)

    keys.press(KEY.Key_G, CTRL)

    hints = view.two_keys.hints
    assert hints is not None
    shown = [label.text() for label in hints.findChildren(QLabel)]
    assert offer.key.words in shown
    assert "now a letter" in view.bottom.said.text()
    assert view.geometry().contains(hints.geometry())


def test_esc_leaves_and_nothing_else_happens(
    view: DeskView, keys: Keyboard, settled: Settled, person: str
) -> None:
    keys.press(KEY.Key_G, CTRL)
    keys.press(KEY.Key_Escape)
    settled()

    assert not view.two_keys.waits
    assert view.page is not None
    assert view.page.person_shown() == person
    assert "letter" not in view.bottom.said.text()


def test_a_letter_that_stands_for_nothing_types_nothing(
    view: DeskView, keys: Keyboard, settled: Settled, person: str
) -> None:
    assert person
    view.finder.edit.setFocus()

    keys.press(KEY.Key_G, CTRL)
    keys.press(KEY.Key_F12)
    settled()

    assert not view.two_keys.waits
    assert view.finder.edit.text() == ""
    assert not view.frame.privacy


def test_without_a_person_it_is_said_what_is_missing(
    view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    view.go("today", {})
    settled()

    keys.press(KEY.Key_G, CTRL)
    assert "open a person first" in view.bottom.said.text()
    keys.press(KEY.Key_P)
    settled()

    assert "open a person first" in view.banner.words
    view.frame.tell(Changed(said="Done."))
    assert view.banner.isHidden()


def test_every_two_key_deed_has_a_letter_of_its_own_and_leads_somewhere() -> None:
    letters = [key.key for key in deeds.PERSON_KEYS if is_two(key)]

    assert len(letters) == len(set(letters))


def test_a_two_key_deed_is_found_by_its_words_with_its_keys(
    view: DeskView, keys: Keyboard, settled: Settled, person: str
) -> None:
    assert person
    offer = able(view)
    keys.press(KEY.Key_K, CTRL)
    keys.type(offer.key.words.split()[0])
    settled()

    assert any(offer.key.key in line for line in view.finder.found())


def test_the_list_of_keys_names_every_key_in_groups() -> None:
    words = keys_in_words()

    assert all(key.words in words for key in deeds.ALL)
    assert "## With a person open: safety and consent" in words
    assert "| Ctrl+G, K |" in words
