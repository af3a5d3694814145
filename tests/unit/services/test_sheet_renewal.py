"""Recovery sheets in use: checked, and renewed only once the new one is on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.keys import sheet_code
from provider_desk.keys.desk_keys import by_sheet_a
from provider_desk.keys.vault import SessionVault
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotAllowed, NotValid, WrongPassword
from provider_desk.services.desk import Desk
from provider_desk.services.entry import sheet_renewal
from provider_desk.services.entry.new_desk import NewDesk
from provider_desk.services.entry.sheet_renewal import Renewal
from provider_desk.services.safety import backups, restore_drill
from provider_desk.services.safety.restoring import roster_in
from tests.builders.casework import make_client
from tests.builders.desks import planned


@pytest.fixture
def plan(clock: FixedClock) -> NewDesk:
    made = planned(clock, SessionVault())
    made.vouched()
    return made


@pytest.fixture
def real(plan: NewDesk, folder: Path) -> Iterator[Desk]:
    made = plan.make(folder)
    yield made
    made.close()


def code_of(plan: NewDesk, which: str) -> str:
    (sheet,) = [each for each in plan.sheets if each.which == which]
    return " ".join(sheet.groups)


def answers(renewal: Renewal) -> dict[str, str]:
    groups = renewal._sheet.groups
    return {each.name: groups[each.group - 1] for each in renewal.asked}


def test_each_sheet_is_told_by_its_code(real: Desk, plan: NewDesk) -> None:
    found = [sheet_renewal.check(real, code_of(plan, which)) for which in "AB"]

    assert found == ["A", "B"]


def test_a_sheet_that_is_not_typed_back_changes_nothing(
    real: Desk, plan: NewDesk
) -> None:
    renewal = Renewal(real, "A")
    wrong = dict.fromkeys(answers(renewal), "0000")

    with pytest.raises(NotValid) as caught:
        renewal.finish(wrong)

    assert {p.field for p in caught.value.problems} <= set(wrong)
    assert sheet_renewal.check(real, code_of(plan, "A")) == "A"


def test_after_a_renewal_the_old_sheet_is_none_and_the_new_one_holds(
    real: Desk, plan: NewDesk, tmp_path: Path
) -> None:
    renewal = Renewal(real, "A")
    path = renewal.write(tmp_path / "stick")

    renewal.finish(answers(renewal))

    assert path.name == "recovery-sheet-A.pdf"
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(WrongPassword):
        sheet_renewal.check(real, code_of(plan, "A"))
    assert sheet_renewal.check(real, " ".join(renewal._sheet.groups)) == "A"


def test_a_manager_does_not_renew_sheet_b(real: Desk) -> None:
    with pytest.raises(NotAllowed):
        Renewal(real, "B")


def test_a_practice_brings_everybody_back_and_leaves_nothing(
    real: Desk, plan: NewDesk, tmp_path: Path
) -> None:
    for _ in range(3):
        make_client(real)
    made = backups.back_up(real, tmp_path).path

    found = restore_drill.practise(real, made, tmp_path, code_of(plan, "A"))

    assert found.rows["client"] == 3
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["desk"]
    make_client(real)


def test_a_practice_never_touches_a_folder_that_is_there(
    real: Desk, plan: NewDesk, tmp_path: Path
) -> None:
    made = backups.back_up(real, tmp_path).path
    kept = tmp_path / restore_drill.NAME
    kept.mkdir()
    (kept / "something").write_text("of somebody's")

    with pytest.raises(Exception, match="is there already"):
        restore_drill.practise(real, made, tmp_path, code_of(plan, "A"))

    assert (kept / "something").read_text() == "of somebody's"


def test_a_practice_needs_sheet_a_not_b(
    real: Desk, plan: NewDesk, tmp_path: Path
) -> None:
    made = backups.back_up(real, tmp_path).path

    with pytest.raises(WrongPassword):
        restore_drill.practise(real, made, tmp_path, code_of(plan, "B"))

    assert not (tmp_path / restore_drill.NAME).exists()


def test_what_the_old_sheet_is_still_needed_for_is_said(
    real: Desk, plan: NewDesk, tmp_path: Path
) -> None:
    before = backups.back_up(real).path
    renewal = Renewal(real, "A")

    said = renewal.finish(answers(renewal)).said

    new = " ".join(renewal._sheet.groups)
    with pytest.raises(WrongPassword):
        by_sheet_a(roster_in(before), sheet_code.read(new))
    by_sheet_a(roster_in(before), sheet_code.read(code_of(plan, "A")))
    assert "open with the old sheet alone" in said
    after = backups.back_up(real, tmp_path).path
    by_sheet_a(roster_in(after), sheet_code.read(new))


def test_a_backup_that_opens_with_the_new_sheet_is_made_at_once(
    real: Desk, plan: NewDesk
) -> None:
    renewal = Renewal(real, "A")
    renewal.finish(answers(renewal))

    (made,) = backups.listed(real)
    new, old = renewal._code, sheet_code.read(code_of(plan, "A"))
    assert by_sheet_a(roster_in(made.path), new).names()
    with pytest.raises(WrongPassword):
        by_sheet_a(roster_in(made.path), old)
