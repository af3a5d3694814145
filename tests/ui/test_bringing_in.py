"""Bringing in on the screen: files, questions, a look, all or nothing, what is left."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester

from provider_desk.model import resources
from provider_desk.model.records import Client, Referral
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.bringing_in import BringingInPage
from tests.builders.windows import Keyboard

KEY = Qt.Key
Settled = Callable[[], None]
CASELOADS = Path(__file__).parents[1] / "caseloads"


@pytest.fixture
def page(view: DeskView, settled: Settled) -> BringingInPage:
    view.frame.go("bring_in")
    settled()
    shown = view.page
    assert isinstance(shown, BringingInPage)
    return shown


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A copy of the invented workbook, so that rows set aside go beside the copy."""
    copy = tmp_path / "caseload.xlsx"
    copy.write_bytes((CASELOADS / "rothacs" / "rothacs.xlsx").read_bytes())
    return copy


def people_on(desk: Desk) -> int:
    with desk.store.reading() as rows:
        return len(find(rows, Client))


def choose(page: BringingInPage, path: Path, layout: str = "rothacs") -> None:
    page.files.add([path])
    page.files.layout_pick.set_code(layout)


def test_without_a_file_the_page_says_what_is_missing(page: BringingInPage) -> None:
    assert not page.files.button.isEnabled()
    assert page.files._why.text() == "Choose a file first."
    assert page.files.choose.hasFocus() or page.files.isVisible()


def test_a_manager_brings_a_caseload_in_by_keyboard_and_sees_what_is_set_aside(
    desk: Desk,
    page: BringingInPage,
    keys: Keyboard,
    settled: Settled,
    workbook: Path,
) -> None:
    choose(page, workbook)
    page.files.start()
    keys.press(KEY.Key_Space)
    settled()

    assert page.steps.now() == 1
    assert people_on(desk) == 0
    aside = page.look.aside.rows
    assert ("Sessions", 1304, "Mins") in [(r.sheet, r.row, r.column) for r in aside]
    assert page.look.tabs.tabText(1) == f"Rows set aside: {len(aside)}"
    sheets = {line.sheet: line for line in page.look.sheets.rows}
    assert sheets["Referrals"].repeated == 4

    keys.press(KEY.Key_Space)
    settled()

    assert page.steps.now() == 2
    assert people_on(desk) == 562
    path = workbook.with_name("caseload - set aside.xlsx")
    assert path.exists()
    held = load_workbook(path, read_only=True)
    assert "Sessions" in held.sheetnames
    held.close()
    assert page.result.open_aside is not None
    assert page.result.open_aside.hasFocus()


def test_the_same_file_twice_says_nothing_new(
    desk: Desk, page: BringingInPage, settled: Settled, workbook: Path
) -> None:
    choose(page, workbook)
    page.look_at_files()
    settled()
    page.bring_in()
    settled()
    before = people_on(desk)

    page.result.again.emit()
    choose(page, workbook)
    page.look_at_files()
    settled()

    assert "Nothing new" in page.look._said.text()
    assert not page.look.button.isEnabled()
    assert people_on(desk) == before


def test_stopping_leaves_the_desk_as_before(
    desk: Desk, page: BringingInPage, settled: Settled, workbook: Path
) -> None:
    choose(page, workbook)
    page.look_at_files()
    settled()

    page.bring_in()
    assert page._task is not None
    page._task.cancel()
    settled()

    assert people_on(desk) == 0
    assert page.banner.isVisible()
    assert page.steps.now() == 1
    assert page.look.button.isEnabled()
    assert not workbook.with_name("caseload - set aside.xlsx").exists()


def test_a_file_that_is_no_workbook_is_told_in_words(
    page: BringingInPage, settled: Settled, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"this is no workbook")
    choose(page, broken)

    page.look_at_files()
    settled()

    assert page.banner.isVisible()
    assert "broken.xlsx" in page.banner.words
    assert page.steps.now() == 0


def test_files_can_be_dropped_and_taken_off_the_list(
    page: BringingInPage, tmp_path: Path
) -> None:
    for name in ("a.csv", "b.xlsx", "c.txt"):
        (tmp_path / name).write_text("")
    mime = QMimeData()
    names = ("a.csv", "b.xlsx", "c.txt", "a.csv")
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    page.files.dropEvent(event)
    both = [path.name for path in page.files.paths]
    page.files.list.setCurrentRow(0)
    page.files.remove_chosen()

    assert both == ["a.csv", "b.xlsx"]
    assert [path.name for path in page.files.paths] == ["b.xlsx"]


def test_other_files_make_what_was_looked_at_worthless(
    page: BringingInPage, settled: Settled, workbook: Path, tmp_path: Path
) -> None:
    choose(page, workbook)
    page.look_at_files()
    settled()
    reached = page.steps._group.button(1).isEnabled()

    page.files.add([tmp_path / "another.csv"])

    assert reached
    assert not page.steps._group.button(1).isEnabled()


@pytest.fixture
def small_layout(tmp_path: Path) -> Path:
    """A layout that does not say whether the day or the month comes first."""
    path = tmp_path / "small.toml"
    shipped = resources.read_text("layouts/rothacs.toml")
    path.write_text(
        shipped.replace('date_order = "dmy"', 'date_order = "unknown"'),
        encoding="utf-8",
    )
    return path


def test_dates_that_can_be_read_in_two_ways_are_asked_about(
    desk: Desk,
    page: BringingInPage,
    settled: Settled,
    workbook: Path,
    small_layout: Path,
) -> None:
    page.files.add([workbook])
    page.files.set_own_layout(small_layout)

    page.look_at_files()
    settled()
    assert page._view() is page.questions
    asked = dict(page.questions._groups)
    ready = page.questions.button.isEnabled()
    for group in asked.values():
        next(b for b in group.buttons() if b.property("order") == "dmy").click()
    page.questions.button.click()
    settled()

    assert asked
    assert not ready
    assert page._view() is page.look
    assert people_on(desk) == 0
    page.bring_in()
    settled()
    with desk.store.reading() as rows:
        assert len(find(rows, Referral)) > 500


def test_the_tables_keep_the_rules_of_a_model(
    page: BringingInPage, settled: Settled, workbook: Path
) -> None:
    testers = [
        QAbstractItemModelTester(model)
        for model in (page.look.sheets, page.look.aside, page.look.remarks)
    ]
    choose(page, workbook)
    page.look_at_files()
    settled()

    assert len(testers) == 3
    assert page.look.aside.rowCount() > 0


def test_two_layouts_come_with_the_program_and_one_may_be_ones_own(
    page: BringingInPage, small_layout: Path
) -> None:
    box = page.files.layout_pick.box
    before = [box.itemText(row) for row in range(box.count())]
    page.files.set_own_layout(small_layout)

    assert before == ["GROW files", "Rothacs workbook", "A layout file of your own …"]
    assert page.files.layout_path() == small_layout
    assert box.currentText() == "small.toml"
