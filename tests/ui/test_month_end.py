"""A manager's month end in the window: check, look, write, sign, and afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from provider_desk.model.records import IssuedReturn, ReturnSent
from provider_desk.model.to_do import ToDoKind
from provider_desk.services.desk import Desk
from provider_desk.services.returning import signing
from provider_desk.services.returning.standing import standing
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.monthly_return import MonthlyReturnPage
from provider_desk.ui.pages.returning.agreement_panel import AgreementPanel
from provider_desk.ui.pages.returning.file_panels import FilePanel, MergePanel
from provider_desk.ui.pages.returning.issue_panel import IssuePanel
from provider_desk.ui.pages.returning.sent_panel import NotSubmittedPanel, SentPanel
from provider_desk.ui.pages.returning.study_panel import StudyPanel
from provider_desk.ui.pages.to_do_line import ToDoLine
from provider_desk.ui.pages.today import TodayPage
from tests.builders.controls import cut_off, nameless
from tests.builders.issued_desks import contract_id, held, service_desk
from tests.builders.month_ends import MonthEnd
from tests.builders.signing_desks import (
    SEPTEMBER,
    issued_desk,
    mark_sessions,
    reader,
    ready_desk,
)
from tests.builders.windows import CTRL, opened_again, settle, view_of

KEY = Qt.Key
CHECK, LOOK, WRITE, SIGN = range(4)
Open = Callable[[Desk], MonthEnd]


@pytest.fixture
def month_end(qtbot: QtBot, light: None, tmp_path: Path) -> Iterator[Open]:
    """Opens a window on a desk; it is waited for at the end."""
    del light
    opened: list[MainWindow] = []

    def open_(desk: Desk) -> MonthEnd:
        made = MonthEnd(qtbot, desk, tmp_path / "window.ini")
        opened.append(made.window)
        return made

    yield open_
    for window in opened:
        window.close()


@pytest.fixture
def issued(tmp_path: Path) -> Desk:
    """September is issued and can be signed."""
    return issued_desk(tmp_path / "desk")


def button(inside: QWidget, words: str) -> QPushButton:
    """A button by its words."""
    found = [b for b in inside.findChildren(QPushButton) if b.text() == words]
    assert found, words
    return found[0]


def test_a_month_end_from_the_first_check_to_the_signature_by_keyboard(
    month_end: Open, tmp_path: Path
) -> None:
    desk = ready_desk(tmp_path / "desk")
    now = month_end(desk)
    page, keys = now.page, now.keys
    assert now.step_words(CHECK).endswith("to put right")

    mark_sessions(desk)
    page._count()
    now.settle()
    assert "to put right" not in now.step_words(CHECK)

    now.step(LOOK)
    assert "not issued yet" in page.look.row.issued.text()
    page.look.row.choose("sides")
    now.settle()
    sides = {(s.key.indicator, s.key.split): s for s in page.look.sides.model.rows}
    assert sides["A1", ""].published % 5 == 0
    page.look.row.choose("council")
    now.settle()
    keys.press(KEY.Key_I, CTRL | Qt.KeyboardModifier.ShiftModifier)
    now.settle()
    assert isinstance(now.view.panel, IssuePanel)
    now.save()
    assert len(held(desk, IssuedReturn)) == 1
    assert now.view.panel is None
    assert "are issued" in page.look.row.issued.text()

    now.step(WRITE)
    assert now.box().text.hasFocus()
    keys.type("In September {B1} people waited.")
    now.step(SIGN)
    assert now.stored()["WELL"] == "In September {B1} people waited."

    assert page.sign.sign.hasFocus()
    keys.press(KEY.Key_Space)
    now.settle()
    assert page.standing is not None
    assert page.standing.signed
    assert now.step_words(SIGN) == "to be sent"


def test_what_was_signed_is_exported_sent_and_known_again(
    month_end: Open, issued: Desk, tmp_path: Path
) -> None:
    signing.sign(issued, contract_id(issued), SEPTEMBER)
    now = month_end(issued)
    page, keys = now.page, now.keys
    now.step(SIGN)
    folder = tmp_path / "out"
    page.sign.export.folder.setText(str(folder))
    keys.press(KEY.Key_E, CTRL)
    now.settle()
    file = next(folder.glob("*.json"))

    keys.press(KEY.Key_H, CTRL | Qt.KeyboardModifier.ShiftModifier)
    now.settle()
    panel = now.view.panel
    assert isinstance(panel, SentPanel)
    values = {"sent_to": "Commissioning mailbox", "route": "SECURE_EMAIL"}
    panel.form.set_values({**panel.form.values(), **values})
    now.save()
    assert [each.sent_to for each in held(issued, ReturnSent)] == [
        "Commissioning mailbox"
    ]
    assert now.step_words(SIGN) == "✓ sent"

    button(page.sign, "Open a return file").click()
    now.settle()
    opened = now.view.panel
    assert isinstance(opened, FilePanel)
    opened.file.line.setText(str(file))
    now.save()
    assert "It is what was signed off" in opened.result.text()
    assert "It was sent on" in opened.result.text()


def test_a_file_that_was_changed_is_refused_beside_its_name(
    month_end: Open, issued: Desk, tmp_path: Path
) -> None:
    signing.sign(issued, contract_id(issued), SEPTEMBER)
    now = month_end(issued)
    now.page.sign.export.folder.setText(str(tmp_path / "out"))
    now.page.sign.export.export()
    now.settle()
    file = next((tmp_path / "out").glob("*.json"))
    file.write_bytes(file.read_bytes().replace(b'"final"', b'"draft"'))

    now.page._more("Open a return file")
    panel = now.view.panel
    assert isinstance(panel, FilePanel)
    panel.file.line.setText(str(file))
    now.save()

    assert panel.banner.isVisible()
    assert panel.result.text() == ""


def test_words_are_looked_over_as_they_are_typed(month_end: Open, issued: Desk) -> None:
    now = month_end(issued)
    now.step(WRITE)

    now.keys.type("{Z9} Call 07700 900123. There were 444 referrals received.")
    now.qtbot.waitUntil(lambda: len(now.box().links) >= 3, timeout=20_000)
    now.settle()

    said = [link.words.text() for link in now.box().links]
    assert said[0].startswith("▲ There is no figure “{Z9}”")
    assert any("444" in each for each in said)
    assert any("phone number" in each for each in said)
    now.box().links[0].setFocus()
    now.keys.press(KEY.Key_Return)
    assert now.box().text.textCursor().selectedText() == "{Z9}"
    assert now.box().text.hasFocus()


def test_a_long_finding_wraps_and_can_be_reached_with_tab(
    month_end: Open, issued: Desk
) -> None:
    now = month_end(issued)
    now.window.resize(900, 700)
    now.step(WRITE)
    now.keys.type("{Z9} {Q8}")
    now.qtbot.waitUntil(lambda: len(now.box().links) == 2, timeout=20_000)
    now.settle()

    link = now.box().links[0]
    link.resize(200, link.heightForWidth(200))
    assert link.heightForWidth(200) > link.heightForWidth(900)
    now.keys.press(KEY.Key_Tab)

    assert link.hasFocus()
    assert list(nameless(now.window)) == []


def test_a_figure_is_inserted_where_the_cursor_is(
    month_end: Open, issued: Desk
) -> None:
    now = month_end(issued)
    now.step(WRITE)
    now.keys.type("Waiting:")
    write = now.page.write
    at = next(
        at for at in range(write.figures.count())
        if write.figures.itemText(at).startswith("B1 ")
    )  # fmt: skip
    write.figures.setCurrentIndex(at)

    now.keys.press(KEY.Key_V, CTRL | Qt.KeyboardModifier.ShiftModifier)

    assert now.box().text.toPlainText() == "Waiting: {B1}"
    assert now.box().text.hasFocus()


def test_the_cursor_stays_in_its_box_while_others_change_the_desk(
    month_end: Open, issued: Desk
) -> None:
    now = month_end(issued)
    now.step(WRITE)
    now.keys.type("Half a sen")
    box = now.box()

    now.page._count()
    now.settle()
    now.keys.type("tence")

    assert now.box() is box
    assert box.text.toPlainText() == "Half a sentence"


def test_words_typed_last_are_there_after_locking(
    month_end: Open, issued: Desk
) -> None:
    key = issued.keys.key
    now = month_end(issued)
    now.step(WRITE)
    now.keys.type("Typed just before the lock.")

    now.window.lock()

    again = opened_again(issued, key)
    assert now.stored(again)["WELL"] == "Typed just before the lock."
    again.close()


def test_words_typed_last_are_there_after_closing(
    month_end: Open, issued: Desk
) -> None:
    key = issued.keys.key
    now = month_end(issued)
    now.step(WRITE)
    now.keys.type("Kept so far")
    now.box().keep()
    now.keys.type(", and a little more.")

    now.window.close()

    again = opened_again(issued, key)
    assert now.stored(again)["WELL"] == "Kept so far, and a little more."
    again.close()


def test_going_to_another_month_and_back_at_once_loses_no_word(
    month_end: Open, issued: Desk
) -> None:
    now = month_end(issued)
    now.step(WRITE)
    now.keys.type("Going elsewhere.")

    now.view.frame.go("return", month="2017-08")
    now.view.frame.go("return", month=str(SEPTEMBER))
    now.settle()
    now.view.frame.go("today")
    now.settle()

    assert now.stored()["WELL"] == "Going elsewhere."
    now.view.frame.go("return", month=str(SEPTEMBER))
    now.settle()
    assert now.box().text.toPlainText() == "Going elsewhere."


def test_a_month_without_a_narrative_says_when_the_next_one_is_due(
    month_end: Open, issued: Desk
) -> None:
    now = month_end(issued)
    now.view.frame.go("return", month="2017-08")
    now.settle()
    now.step(WRITE)

    assert now.step_words(WRITE) == "not this month"
    assert "September 2017" in now.page.write._none.text()
    assert not now.page.write.areas.isVisible()


def test_a_second_reader_reads_and_only_then_a_manager_signs(
    month_end: Open, tmp_path: Path
) -> None:
    desk = issued_desk(tmp_path / "desk", second_reader=True)
    other = reader(desk)
    now = month_end(desk)
    now.step(SIGN)

    now.page.sign._sign()
    now.settle()
    assert now.page.sign.banner.isVisible()
    assert "second person" in now.page.sign.banner.words

    signing.read_second(other, contract_id(desk), SEPTEMBER)
    now.page._count()
    now.settle()
    now.page.sign._sign()
    now.settle()
    assert standing(desk, contract_id(desk), SEPTEMBER).signed
    assert not now.page.sign.banner.isVisible()


def test_who_reads_second_has_a_button_for_it_and_none_to_sign(
    month_end: Open, tmp_path: Path
) -> None:
    other = reader(issued_desk(tmp_path / "desk", second_reader=True))
    now = month_end(other)
    now.step(SIGN)

    assert not now.page.sign.sign.isVisible()
    now.page.sign.read.click()
    now.settle()

    assert standing(other, contract_id(other), SEPTEMBER).reader_done


def test_a_quiet_month_is_confirmed_as_nil_and_taken_back(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    view = view_of(window)
    view.frame.go("return")
    settle(qtbot, window)
    page = view.page
    assert isinstance(page, MonthlyReturnPage)
    assert desk is view.frame.desk

    words = [b.text() for b in page.check._nil_row.findChildren(QPushButton)]
    assert words[-1] == "Counselling: nil, checked"
    button(page.check._nil_row, words[-1]).click()
    settle(qtbot, window)

    assert page.standing is not None
    assert page.standing.nil_confirmed == ("THER",)
    button(page.check._nil_row, "Counselling: take back “nil, checked”").click()
    settle(qtbot, window)
    assert not page.standing.nil_confirmed


def test_a_month_is_left_without_figures_and_has_them_again(
    month_end: Open, tmp_path: Path
) -> None:
    now = month_end(ready_desk(tmp_path / "desk"))
    now.page.check.left_out.click()
    panel = now.view.panel
    assert isinstance(panel, NotSubmittedPanel)
    panel.form.set_values({"reason": "The office was flooded."})
    now.save()

    assert now.step_words(SIGN) == "not submitted"
    assert not now.page.sign.sign.isVisible()
    assert not now.page.look.row.can_issue()
    now.page.check.left_out.click()
    now.settle()
    assert now.page.standing is not None
    assert now.page.standing.not_submitted == ""


def test_what_an_agreement_costs_is_shown_before_it_is_written_down(
    month_end: Open, issued: Desk
) -> None:
    now = month_end(issued)
    now.page._more("Agreement on exact totals")
    now.settle()
    panel = now.view.panel
    assert isinstance(panel, AgreementPanel)
    assert not panel.agree.isEnabled()

    panel.totals["A1"].click()
    now.save()

    assert panel.price.text()
    assert panel.agree.isEnabled()
    panel.totals["A2"].click()
    assert not panel.agree.isEnabled()


def test_two_providers_returns_are_put_together(
    month_end: Open, issued: Desk, tmp_path: Path
) -> None:
    files = []
    other = service_desk(tmp_path / "other", name="Other Invented Service", seed=3)
    for number, desk in enumerate((issued, other)):
        out = tmp_path / f"out{number}"
        now = month_end(desk)
        now.page.sign.export.folder.setText(str(out))
        now.page.sign.export.export()
        now.settle()
        files.append(str(next(out.glob("*.json"))))
    now.page._more("Put several providers' returns together")
    panel = now.view.panel
    assert isinstance(panel, MergePanel)
    panel.folder.line.setText(str(tmp_path / "merged"))

    panel.files.line.setText(files[0])
    now.save()
    assert panel.banner.isVisible()

    panel.files.line.setText("; ".join(files))
    now.save()
    assert "Merged: " in panel.result.text()
    assert {p.suffix for p in (tmp_path / "merged").iterdir()} >= {".xlsx", ".pdf"}


def test_every_control_of_every_step_has_a_name_and_room(
    month_end: Open, issued: Desk
) -> None:
    now = month_end(issued)
    found: list[tuple[object, str]] = []
    for number in range(4):
        now.step(number)
        found += [
            (number, name) for name in (*nameless(now.window), *cut_off(now.window))
        ]
    now.step(LOOK)
    for code in ("council", "sides", "impact", "questions", "restated"):
        now.page.look.row.choose(code)
        now.settle()
        found += [
            (code, name) for name in (*nameless(now.window), *cut_off(now.window))
        ]
    for offer in now.page.offers():
        offer.run()
        now.settle()
        found += [(offer.key.words, name) for name in nameless(now.window)]
        found += [(offer.key.words, name) for name in cut_off(now.window)]

    assert found == []


def test_today_opens_the_return_that_is_due(month_end: Open, issued: Desk) -> None:
    now = month_end(issued)
    now.view.frame.go("return", month="2017-08")
    now.settle()
    now.view.frame.go("today")
    now.settle()
    today = now.view.page
    assert isinstance(today, TodayPage)
    due = [line.todo for line in today.lines if isinstance(line, ToDoLine)]
    wanted = next(todo for todo in due if todo.kind is ToDoKind.RETURN_DUE)

    today.open_todo(wanted)
    now.settle()

    assert wanted.title == "Return for September 2017"
    assert now.page.loader.month == SEPTEMBER


def test_a_case_study_waits_for_consent_checklist_and_second_reader(
    month_end: Open, issued: Desk
) -> None:
    now = month_end(issued)
    now.step(WRITE)
    now.page.write.areas.setCurrentIndex(now.page.write.areas.count() - 1)
    now.page.write.studies.add.click()
    now.settle()
    panel = now.view.panel
    assert isinstance(panel, StudyPanel)
    panel.form.set_values({"kind": "STUDY", "words": "Somebody found their feet."})
    next(iter(panel.checks.values())).click()
    now.save()

    labels = [each.text() for each in now.page.write.studies.findChildren(QLabel)]
    assert "Somebody found their feet." in labels
    assert any(text.startswith("Consent to this use") for text in labels)
    assert "A second person has not read it." in labels
