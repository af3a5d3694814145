"""The return page: prepared, looked at figure by figure, exported; by keyboard too."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from provider_desk.model.changed import Changed
from provider_desk.model.months import Month
from provider_desk.model.records import ReturnMade
from provider_desk.returns import words
from provider_desk.returns.charts.series import series_of
from provider_desk.returns.table import (
    Cell,
    Direction,
    Line,
    LineKey,
    Rating,
    State,
)
from provider_desk.services.desk import Desk
from provider_desk.services.returning import choosing
from provider_desk.store.records import find
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.monthly_return import MonthlyReturnPage
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.pages.returning import figure_rows
from provider_desk.ui.pages.returning.choose import months_to_offer
from provider_desk.ui.pages.returning.figure_rows import FigureRow
from provider_desk.ui.pages.returning.rows_panel import RowsPanel
from tests.builders.casework import (
    make_client,
    make_episode,
    make_session,
    make_waiting,
)
from tests.builders.windows import CTRL, Keyboard

KEY = Qt.Key
Settled = Callable[[], None]
APRIL = Month(2018, 4)


@pytest.fixture
def caseload(desk: Desk) -> str:
    """Two people who wait, one who started in March, and a session nobody marked."""
    make_waiting(
        desk, make_client(desk, known_as="Avery"), received_on=date(2018, 4, 3)
    )
    make_waiting(
        desk,
        make_client(desk, known_as="Blake"),
        received_on=date(2018, 2, 1),
        area="PES_AD",
    )
    client_id = make_client(desk, known_as="Casey Started")
    referral_id, _ = make_episode(
        desk, client_id, received_on=date(2018, 1, 8), started_on=date(2018, 3, 6)
    )
    make_session(desk, referral_id, date(2018, 4, 10))
    make_session(desk, referral_id, date(2018, 4, 17), "UNREC")
    return client_id


def opened(view: DeskView, settled: Settled, **what: object) -> MonthlyReturnPage:
    view.frame.go("return", **what)
    settled()
    shown = view.page
    assert isinstance(shown, MonthlyReturnPage)
    return shown


@pytest.fixture
def page(caseload: str, view: DeskView, settled: Settled) -> MonthlyReturnPage:
    assert caseload
    return opened(view, settled)


def index_of(page: MonthlyReturnPage, code: str, column: int = -1) -> QModelIndex:
    """The cell of an indicator; of the return's own month by default."""
    model = page.look.model
    at = model.now_column if column < 0 else column
    for number in range(model.rowCount()):
        row = model.row(model.index(number, 0))
        if row is not None and row.line is not None:
            key = row.line.key
            if (key.indicator, key.split) == (code, ""):
                return model.index(number, at)
    raise AssertionError(code)


def rows_panel(view: DeskView) -> RowsPanel:
    assert isinstance(view.panel, RowsPanel)
    return view.panel


def test_the_last_full_month_is_chosen_and_counted(page: MonthlyReturnPage) -> None:
    assert page.table is not None
    assert page.table.month == APRIL
    assert page.choose.month.box.currentText() == "April 2018"
    assert page.table.line("B1").now.value == 2


def test_the_steps_say_what_is_left(page: MonthlyReturnPage) -> None:
    texts = [button.text() for button in page.steps._group.buttons()]

    assert texts[0].startswith("1  Check\n")
    assert "to put right" in texts[0]
    assert texts[1].endswith(("over limits", "within limits"))
    assert texts[2] == "3  Write\nnot this month"
    assert texts[3] == "4  Sign\nto be signed"


def test_a_failed_check_comes_first_and_opens_the_rows_at_fault(
    view: DeskView, page: MonthlyReturnPage, settled: Settled
) -> None:
    checks = page.check.model.rows
    missing = next(c for c in checks if c.code == "outcome-missing" and not c.passed)

    page.open_check(missing)
    settled()

    assert not checks[0].passed
    assert checks[-1].passed
    panel = rows_panel(view)
    assert len(panel.model.rows) == 1
    assert panel.model.rows[0].name == "Casey Started"


def test_every_figure_opens_exactly_the_rows_it_counts(
    view: DeskView, page: MonthlyReturnPage, settled: Settled
) -> None:
    page.go_to_step(1)
    page.look.areas.setCurrentIndex(page.look.areas.count() - 1)
    page.look.figures.setCurrentIndex(index_of(page, "B1"))

    page.look._open()
    settled()

    panel = rows_panel(view)
    assert {row.name for row in panel.model.rows} == {"Avery", "Blake"}
    assert "2 referrals" in panel._said.text()


def test_the_year_to_date_opens_the_rows_of_all_its_months(
    view: DeskView, desk: Desk, caseload: str, settled: Settled
) -> None:
    assert caseload
    page = opened(view, settled, month="2018-05")
    page.go_to_step(1)
    page.look.areas.setCurrentIndex(page.look.areas.count() - 1)
    year = page.look.model.year_column
    page.look.figures.setCurrentIndex(index_of(page, "A1", year))

    page.look._open()
    settled()

    panel = rows_panel(view)
    assert page.table is not None
    assert page.table.line("A1").now.value == 0
    assert [row.name for row in panel.model.rows] == ["Avery"]
    assert desk.today() == date(2018, 5, 1)


def test_a_ratio_tells_which_rows_count_above_the_line(
    view: DeskView, page: MonthlyReturnPage, settled: Settled
) -> None:
    page.go_to_step(1)
    page.look.areas.setCurrentIndex(page.look.areas.count() - 1)
    page.look.figures.setCurrentIndex(index_of(page, "B6"))

    page.look._open()
    settled()

    panel = rows_panel(view)
    heads = [column.header for column in panel.model.columns]
    assert "Counts" in heads
    assert panel._count.text() == "2 rows, of which 0 count above the line:"


def test_a_manager_prepares_looks_and_exports_the_month_by_keyboard_alone(
    desk: Desk,
    view: DeskView,
    caseload: str,
    page: MonthlyReturnPage,
    keys: Keyboard,
    settled: Settled,
    tmp_path: Path,
) -> None:
    """Checks, then a figure's rows and the person behind, back, then the files."""
    page.check.table.setFocus()
    keys.press(KEY.Key_Return)
    settled()
    assert isinstance(view.panel, RowsPanel)
    keys.press(KEY.Key_Escape)

    page.steps._group.button(0).setFocus()
    keys.press(KEY.Key_Right)
    keys.press(KEY.Key_Space)
    assert page.steps.now() == 1
    assert page.look.figures.hasFocus()
    for _ in range(3):
        keys.press(KEY.Key_Down)
    page.look.figures.setCurrentIndex(index_of(page, "C2"))
    page.look.areas.setCurrentIndex(page.look.areas.count() - 1)
    page.look.figures.setCurrentIndex(index_of(page, "C2"))
    keys.press(KEY.Key_Return)
    settled()
    keys.press(KEY.Key_Return)
    settled()
    person = view.page
    assert isinstance(person, PersonPageView)
    assert person.person_shown() == caseload

    keys.press(KEY.Key_Escape)
    settled()
    assert view.page is page
    keys.press(KEY.Key_4, CTRL)
    assert page.steps.now() == 3
    export = page.sign.export
    export.copy.set_code("internal")
    export.folder.setText(str(tmp_path / "out"))
    keys.press(KEY.Key_E, CTRL)
    settled()

    made = sorted(path.name for path in (tmp_path / "out").iterdir())
    stem = "return_IC_2018-04_internal_v1"
    assert made == [f"{stem}.{ending}" for ending in ("csv", "json", "pdf", "xlsx")]
    with (tmp_path / "out" / f"{stem}.csv").open(encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file))
    waiting = [
        line["value"]
        for line in lines
        if line["indicator"] == "B1" and not line["split"] and line["area"] == "ALL"
    ]
    assert waiting[-1] == "2"
    with desk.store.reading() as rows:
        (kept,) = find(rows, ReturnMade)
    assert kept.sha256 in export.result.findChildren(type(page.title))[-1].text()


def test_a_folder_that_refuses_is_told_in_words(
    page: MonthlyReturnPage, settled: Settled, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    page.go_to_step(3)
    export = page.sign.export
    export.copy.set_code("internal")
    export.folder.setText(str(blocked / "out"))

    export.export()
    settled()

    assert export.banner.isVisible()
    assert export.button.isEnabled()
    assert export.result.isHidden()


def test_what_cannot_be_worked_out_from_rounded_figures_says_so(
    page: MonthlyReturnPage, settled: Settled
) -> None:
    page.go_to_step(1)
    page.look.row.choose("council")
    settled()

    model = page.look.model
    assert model.data(index_of(page, "A6")) == "not sent"
    assert model.data(index_of(page, "B1")) in ("0", "5")


def test_a_breakdown_without_its_whole_stands_below_its_own_name(
    page: MonthlyReturnPage,
) -> None:
    model = page.look.model
    page.look.zeros.click()
    said = [
        (model.index(at, 0).data(), model.index(at, 1).data())
        for at in range(model.rowCount())
    ]

    heads = [code for code, _ in said if code]
    assert "A7" in heads
    assert len(heads) == len(set(heads))


def test_the_figures_keep_the_rules_of_a_model(page: MonthlyReturnPage) -> None:
    tester = QAbstractItemModelTester(page.look.model)
    assert page.table is not None
    page.look.zeros.click()

    assert tester.model() is page.look.model
    assert page.look.model.rowCount() > 60


def test_lines_with_only_zeros_come_when_asked_for(page: MonthlyReturnPage) -> None:
    before = page.look.model.rowCount()
    page.look.zeros.click()

    assert page.look.model.rowCount() > before
    assert page.look.zeros.text().startswith("Lines with only zeros: ")


def test_a_figure_is_copied_with_headings(page: MonthlyReturnPage) -> None:
    page.go_to_step(1)
    select = QItemSelectionModel.SelectionFlag.ClearAndSelect
    page.look.figures.selectionModel().setCurrentIndex(index_of(page, "A1"), select)
    page.look.figures.copy()

    head, line = QGuiApplication.clipboard().text().splitlines()
    assert head.startswith("No\tIndicator\tApr 2018\tYear to date")
    assert line.startswith("A1\tReferrals received\t")


def test_charts_show_the_four_indicators_of_the_year(page: MonthlyReturnPage) -> None:
    names = [chart.accessibleName() for chart in page.look.charts.charts]

    assert names == [
        "Referrals received",
        "People waiting at month end",
        "Live at month end",
        "Episodes closed",
    ]


def test_a_desk_without_a_contract_says_what_to_do(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    contract = choosing.contracts(desk)[0]
    with desk.store.writing("take away", by=desk.user.id) as deed:
        deed.retire(type(contract), contract.id, "no contract in this test")

    page = opened(view, settled)

    assert page._nothing.isVisible()
    assert not page._views.isVisible()


def test_after_a_change_the_return_is_counted_again(
    desk: Desk, view: DeskView, page: MonthlyReturnPage, settled: Settled
) -> None:
    page.go_to_step(1)
    view.frame.write(
        view,
        lambda: _referral(desk),
    )
    settled()

    assert page.table is not None
    assert page.table.line("A1").now.value == 2
    assert page.steps.now() == 1


def _referral(desk: Desk) -> tuple[str, Changed]:
    made = make_waiting(desk, received_on=date(2018, 4, 20))
    return made, Changed({"referral": frozenset({made})}, "Saved.")


def a_line(*cells: Cell, kind: str = "flow", split: str = "") -> Line:
    return Line(
        key=LineKey("A1", split, "ALL"),
        group="Referrals",
        label="Referrals received" if not split else f"Referrals received: {split}",
        unit="referrals",
        kind=kind,
        tier=1,
        months=cells,
        year_to_date=cells[-1],
        direction=Direction.UP,
        rating=Rating.NONE,
    )


def test_a_state_is_said_in_words_and_once_where_all_months_share_it() -> None:
    gap = Cell(State.NOT_SUBMITTED, note="Before the records begin.")
    mixed = a_line(gap, Cell(State.FIGURE, 3))
    same = a_line(gap, gap)

    assert figure_rows.month_text(mixed, 0) == "not submitted"
    assert figure_rows.month_text(same, 0) == "[x]"
    assert figure_rows.month_text(same, 1) == "not submitted"
    assert figure_rows.cell_tip(mixed, gap, "April 2018") == (
        "Referrals received, April 2018: not submitted. Before the records begin."
    )


def test_a_breakdown_stands_indented_below_its_whole() -> None:
    part = a_line(Cell(State.FIGURE, 1), split="self or family")

    assert figure_rows.label_of(FigureRow(line=part, part=True)).strip() == (
        "self or family"
    )
    assert figure_rows.label_of(FigureRow(title="Referrals")) == "Referrals"


def test_only_breakdowns_without_anybody_are_left_out() -> None:
    zero = Cell(State.FIGURE, 0)

    assert figure_rows.only_zeros(a_line(zero, split="self"))
    assert not figure_rows.only_zeros(a_line(zero))
    assert not figure_rows.only_zeros(a_line(Cell(State.NOT_SUBMITTED), split="self"))


def test_a_state_at_month_end_counts_the_newest_month_only() -> None:
    months = (Month(2018, 4), Month(2018, 5))

    stock = a_line(Cell(State.FIGURE, 1), kind="stock")
    flow = a_line(Cell(State.FIGURE, 1))
    assert figure_rows.months_behind(stock, months) == (Month(2018, 5),)
    assert figure_rows.months_behind(flow, months) == months


def test_a_month_without_a_figure_is_a_gap_on_the_chart(
    page: MonthlyReturnPage,
) -> None:
    assert page.table is not None
    line = a_line(Cell(State.NOT_SUBMITTED))

    point = series_of(page.table, line).points[-1]

    assert point.value is None
    assert point.words == words.STATE_WORDS[State.NOT_SUBMITTED]


def test_months_run_from_this_one_back_to_the_first() -> None:
    offered = months_to_offer(Month(2018, 2), Month(2018, 5))

    assert [str(month) for month in offered] == [
        "2018-05",
        "2018-04",
        "2018-03",
        "2018-02",
    ]
    assert len(months_to_offer(None, Month(2018, 5))) == 25
