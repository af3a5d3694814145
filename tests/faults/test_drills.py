"""The drills that go on for long by command, in short; and that they can fail."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from provider_desk.changes import hlc
from provider_desk.keys import slots
from provider_desk.services.safety import freshness
from tests.faults import (
    __main__,
    drill_clock,
    drill_desk_cuts,
    drill_guesses,
    drill_key_files,
    drill_old_desks,
    drill_spreadsheets,
)
from tests.faults.drill_power_cut import Writer
from tests.faults.effort import Effort, Told
from tests.faults.recording import can_record

recorded = pytest.mark.skipif(
    bool(can_record()), reason=can_record() or "calls can be recorded"
)


@recorded
@pytest.mark.parametrize("writer", drill_desk_cuts.WRITERS, ids=lambda each: each.task)
def test_a_desk_whose_power_was_cut_opens_and_holds_all(
    tmp_path: Path, writer: Writer
) -> None:
    effort = Effort(20180501, times=1)
    told = drill_desk_cuts.run(tmp_path / "cuts", effort, [replace(writer, cuts=3)])

    assert told.wrong == []
    assert told.counts["cuts"] == 3


def test_key_files_and_backups_that_were_changed_are_refused(tmp_path: Path) -> None:
    told = drill_key_files.run(tmp_path, Effort(20180501, times=200))

    assert told.wrong == []
    assert sum(told.counts[f"{name} damaged"] for name in drill_key_files.FILES) > 50


def test_an_old_desk_that_is_put_back_is_noticed(tmp_path: Path) -> None:
    told = drill_old_desks.run(tmp_path, Effort(20180501, times=12))

    assert told.wrong == []
    assert sum(told.counts.values()) == 12


def test_the_drill_of_old_desks_sees_one_that_is_let_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "_refuse", lambda _said, *, accept: accept)

    told = drill_old_desks.run(tmp_path, Effort(20180501, times=6))

    assert any("not noticed" in wrong for wrong in told.wrong)


def test_a_wrong_clock_loses_no_edit_and_is_told(tmp_path: Path) -> None:
    told = drill_clock.run(tmp_path, Effort(20180501, times=12))

    assert told.wrong == []
    assert told.counts["informed edits"] == 12 * 4 * 8


def test_the_drill_of_clocks_sees_stamps_that_go_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = hlc.series
    monkeypatch.setattr(
        hlc, "series", lambda _last, now, device: kept(hlc.NEVER, now, device)
    )

    told = drill_clock.run(tmp_path, Effort(20180501, times=3))

    assert "a stamp went back" in told.wrong


def test_spreadsheets_that_were_changed_are_read_or_refused(tmp_path: Path) -> None:
    told = drill_spreadsheets.run(tmp_path / "sheets", Effort(20180501, times=300))

    assert told.wrong == []


def test_nobody_makes_a_guess_cheaper(tmp_path: Path) -> None:
    told = drill_guesses.run(tmp_path, Effort(1, times=1))

    assert told.wrong == []
    assert told.counts["ways to make a guess cheaper"] == len(drill_guesses.CHEAPER)
    assert told.figures["H100: guesses a second, at most"] == "6,240"


def test_what_every_slot_must_cost_is_the_floor_of_the_design() -> None:
    assert slots.Cost(memory_kib=65_536, passes=3, lanes=4) == slots.FLOOR


def test_the_command_runs_a_drill_everywhere_and_tells_its_seed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = __main__.main(["--only", "clock", "--minutes", "0.02", "--seed", "7"])

    said = capsys.readouterr().out
    assert status == 0
    assert "seed 7" in said
    assert "== clock: sound" in said
    assert "informed edits" in said


def test_a_drill_that_dies_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false") or sys.executable)

    assert __main__.main(["--only", "clock", "--minutes", "0.01", "--seed", "7"]) == 1
    assert "FAILED: clock (seed 7)" in capsys.readouterr().out


def test_what_a_drill_tells_comes_through_to_another_process() -> None:
    told = Told(wrong=["something"], skipped="no right")
    told.counts["kills"] = 3
    told.figures["one guess"] = "125"

    again = Told.read(told.written())
    again.add(told)

    assert again.counts["kills"] == 6
    assert again.wrong == ["something", "something"]
    assert again.figures == told.figures
    assert again.skipped == "no right"
