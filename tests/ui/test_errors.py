"""What is shown and written when something goes wrong: never a value of anybody."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from provider_desk.model.errors import DiskFull
from provider_desk.ui import clipboard, errors


@pytest.fixture
def hook() -> Iterator[None]:
    kept = sys.excepthook
    yield
    sys.excepthook = kept


def fault() -> Exception:
    try:
        int("Morgan Marsh, 07700 900123")
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_names_places_in_the_code_and_nobody() -> None:
    report = errors.report_on(fault())

    assert "ValueError" in report
    assert "test_errors.py" in report
    assert "Morgan" not in report
    assert "07700" not in report


@pytest.mark.usefixtures("hook")
def test_what_nobody_caught_is_reported_and_said_calmly(tmp_path: Path) -> None:
    said: list[tuple[str, str]] = []
    report = tmp_path / "new" / "faults.txt"
    errors.watch(report, lambda message, advice: said.append((message, advice)))
    error = fault()

    sys.excepthook(type(error), error, error.__traceback__)

    assert "ValueError" in report.read_text(encoding="utf-8")
    assert said == [errors.words_for(error)]
    assert "What you saved before is safe" in said[0][0]


def test_a_trouble_of_the_machine_keeps_its_own_words() -> None:
    error = DiskFull("The disk is full.", "What was saved is safe. Make some room.")

    assert errors.words_for(error) == (error.message, error.advice)


def test_a_report_that_can_not_be_written_troubles_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    errors.note(tmp_path, fault())

    assert "ValueError" in capsys.readouterr().err


def test_what_was_copied_asks_not_to_be_kept(qapp: QApplication) -> None:
    del qapp
    clipboard.copy("D-0007")

    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "D-0007"
    assert data.hasFormat("x-kde-passwordManagerHint")
