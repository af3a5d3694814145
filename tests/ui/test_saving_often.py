"""Saving panels again and again, with lists open and the collector never at rest.

Somebody saw the window end with a segfault while a referral was saved. What could do
that is a widget that is used, or freed, after it was deleted; here each way of saving
is gone through while Python frees at every chance what nobody holds.
"""

import gc
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from provider_desk.model.records import Referral
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.forms.pick_list import PickList
from tests.builders.casework import make_client
from tests.builders.windows import CTRL, Keyboard

Settled = Callable[[], None]
KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
_TIMES = 12


@pytest.fixture
def never_at_rest() -> Iterator[None]:
    """The collector looks at what is new after a few objects, not after hundreds."""
    before = gc.get_threshold()
    gc.set_threshold(10, 2, 2)
    yield
    gc.set_threshold(*before)


def new_referral(view: DeskView, keys: Keyboard, settled: Settled) -> FormPanel:
    keys.press(KEY.Key_R, CTRL | SHIFT)
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    return panel


def pick_list(panel: FormPanel, name: str) -> PickList:
    editor = panel.form.boxes[name].editor
    assert isinstance(editor, ChoiceEditor)
    return editor.list


def by_key(_panel: FormPanel, keys: Keyboard) -> None:
    keys.press(KEY.Key_Return, CTRL)


def by_enter_on_the_button(panel: FormPanel, keys: Keyboard) -> None:
    panel.button.setFocus()
    keys.press(KEY.Key_Return)


def by_mouse(panel: FormPanel, _keys: Keyboard) -> None:
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)


def by_key_twice_and_out(_panel: FormPanel, keys: Keyboard) -> None:
    keys.press(KEY.Key_Return, CTRL)
    keys.press(KEY.Key_Return, CTRL)
    keys.press(KEY.Key_Escape)


def with_lines_offered(panel: FormPanel, _keys: Keyboard) -> None:
    typed_into = pick_list(panel, "source")
    typed_into.setFocus()
    QTest.keyClicks(typed_into, "self")
    panel.save()


def with_a_list_let_down(panel: FormPanel, _keys: Keyboard) -> None:
    pick_list(panel, "consent").showPopup()
    panel.save()


def with_another_panel_over_it(panel: FormPanel, keys: Keyboard) -> None:
    by_key(panel, keys)
    keys.press(KEY.Key_P, CTRL | SHIFT)


WAYS = (
    by_key,
    by_enter_on_the_button,
    by_mouse,
    by_key_twice_and_out,
    with_lines_offered,
    with_a_list_let_down,
    with_another_panel_over_it,
)


@pytest.mark.usefixtures("never_at_rest")
def test_referrals_are_saved_in_every_way_again_and_again(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    view.frame.go("person", client_id=client_id)
    settled()

    for _time, save in zip(range(_TIMES), cycle(WAYS), strict=False):
        panel = new_referral(view, keys, settled)
        pick_list(panel, "area").set_code("THER")
        save(panel, keys)
        settled()

    with desk.store.reading() as rows:
        assert len(find(rows, Referral, client_id=client_id)) == _TIMES


def test_what_a_list_offered_goes_with_its_panel(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    view.frame.go("person", client_id=make_client(desk))
    settled()

    for save in (with_lines_offered, with_a_list_let_down):
        panel = new_referral(view, keys, settled)
        pick_list(panel, "area").set_code("THER")
        save(panel, keys)
        assert QApplication.activePopupWidget() is not None
        settled()

        assert view.panel is None
        assert QApplication.activePopupWidget() is None
