"""A box of the narrative, while its findings come in."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.builders.month_ends import MonthEnd
from tests.builders.signing_desks import issued_desk


def test_findings_that_come_later_leave_the_cursor_on_the_same_line(
    qtbot: QtBot, light: None, tmp_path: Path
) -> None:
    del light
    now = MonthEnd(qtbot, issued_desk(tmp_path / "desk"), tmp_path / "window.ini")
    now.step(2)
    now.keys.type("{Z9} {Q8}")
    now.qtbot.waitUntil(lambda: len(now.box().links) == 2, timeout=20_000)
    now.settle()
    before = now.box().links[1]
    before.setFocus()

    now.box().text.insertPlainText(" {Y7}")
    now.qtbot.waitUntil(lambda: len(now.box().links) == 3, timeout=20_000)

    assert now.box().links[1] is not before
    assert now.box().links[1].hasFocus()
    now.window.close()
