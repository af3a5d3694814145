"""Making a desk: the plan, the sheets, typing back, and what is left when it fails."""

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

import pypdf
import pytest

from provider_desk.keys import desk_keys, sheet_code
from provider_desk.keys.vault import FileVault, SessionVault, Vault
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError, NoKeyring, NotValid
from provider_desk.services.entry import half_made, sheets, sign_in
from provider_desk.services.entry.new_desk import NewDesk, delete_sheets
from tests.builders.desks import (
    MANAGER,
    PASSWORD,
    PROVIDER,
    made_desk,
    planned,
    signed_in_again,
)
from tests.builders.processes import code_on


class Refusing(SessionVault):
    """A keyring that takes nothing."""

    def try_out(self) -> None:
        """Refuse."""
        raise NoKeyring("It is locked.")


def answers_of(plan: NewDesk) -> dict[str, str]:
    groups = {sheet.which: sheet.groups for sheet in plan.sheets}
    return {each.name: groups[each.sheet][each.group - 1] for each in plan.asked}


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_nothing_is_made_before_the_sheets_are_typed_back(
    folder: Path, clock: FixedClock
) -> None:
    vault = SessionVault()
    plan = planned(clock, vault)

    with pytest.raises(DeskError, match="not typed back"):
        plan.make(folder)

    assert not folder.exists()
    assert vault.__dict__["_kept"] == {}


def test_two_groups_of_each_sheet_are_asked_and_differ_from_desk_to_desk(
    clock: FixedClock,
) -> None:
    plans = [planned(clock) for _ in range(12)]

    for plan in plans:
        asked = [(each.sheet, each.group) for each in plan.asked]
        assert [sheet for sheet, _ in asked] == ["A", "A", "B", "B"]
        assert len(set(asked)) == 4
        assert all(1 <= group <= 8 for _, group in asked)
    assert len({plan.asked for plan in plans}) > 1


def test_a_desk_is_made_once_all_groups_are_right(
    folder: Path, clock: FixedClock
) -> None:
    plan = planned(clock)
    right = answers_of(plan)
    wrong = dict(right)
    first = plan.asked[0].name
    wrong[first] = "0000" if right[first] != "0000" else "1111"

    with pytest.raises(NotValid) as refused:
        plan.confirm(wrong)
    assert [problem.field for problem in refused.value.problems] == [first]
    with pytest.raises(NotValid) as refused:
        plan.confirm({})
    assert len(refused.value.problems) == 4
    plan.confirm({name: f" {text.lower()} " for name, text in right.items()})
    desk = plan.make(folder)

    assert desk.user.role == "MANAGER"
    assert desk.provider().code == "IC"
    desk.close()
    signed_in_again(desk).close()


def test_the_printed_codes_are_those_of_the_desk(
    folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    plan = planned(clock)
    paths = plan.write_sheets(tmp_path / "sheets")
    plan.vouched()
    desk = plan.make(folder)

    assert [path.name for path in paths] == [
        "recovery-sheet-A.pdf",
        "recovery-sheet-B.pdf",
    ]
    for path, which in zip(paths, "AB", strict=True):
        text = text_of(path)
        code = sheet_code.read(code_on(path))
        assert desk_keys.check_sheet(folder, code) == which
        assert f"Recovery sheet {which}" in text
        assert "Invented Counselling" in text
        assert "Tue 1 May 2018" in text
        assert sheets.fingerprint(desk.store.store_id) in text
        assert re.search(r"(is|are)\s+gone", text)
    desk.close()


def test_sheets_are_one_page_each_with_their_fonts_in_them(
    tmp_path: Path, clock: FixedClock
) -> None:
    for path in planned(clock).write_sheets(tmp_path):
        reader = pypdf.PdfReader(path)
        (page,) = reader.pages
        size = round(page.mediabox.width), round(page.mediabox.height)

        assert size == (595, 842)
        embedded = re.findall(rb"/FontFile2 \d+", path.read_bytes())
        assert len(embedded) == 3
        assert MANAGER not in str(reader.metadata)


def test_a_long_name_stays_on_the_page(tmp_path: Path, clock: FixedClock) -> None:
    plan = planned(clock, provider="Invented " * 20)

    for path in plan.write_sheets(tmp_path):
        assert len(pypdf.PdfReader(path).pages) == 1
        assert "initials" in text_of(path)


@pytest.mark.skipif(os.name == "nt", reason="rights are those of the folder there")
def test_sheets_are_readable_by_their_owner_alone(
    tmp_path: Path, clock: FixedClock
) -> None:
    for path in planned(clock).write_sheets(tmp_path / "sheets"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "sheets").stat().st_mode) == 0o700


def test_a_sheet_is_never_written_over(tmp_path: Path, clock: FixedClock) -> None:
    first = planned(clock)
    paths = first.write_sheets(tmp_path)
    before = [path.read_bytes() for path in paths]
    other = planned(clock)

    with pytest.raises(DeskError, match="never written over"):
        other.write_sheets(tmp_path)
    assert [path.read_bytes() for path in paths] == before
    paths[0].unlink()
    with pytest.raises(DeskError, match="never written over"):
        other.write_sheets(tmp_path)
    assert not paths[0].exists()

    delete_sheets(paths)
    delete_sheets(paths)
    assert list(tmp_path.iterdir()) == []


def planned_with(clock: FixedClock, values: Mapping[str, str]) -> NewDesk:
    usual = {"provider": PROVIDER, "user": MANAGER, "password": PASSWORD}
    given = {**usual, **values}
    return planned(
        clock,
        provider=given["provider"],
        user=given["user"],
        password=given["password"],
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"provider": "  "}, "provider"),
        ({"user": ""}, "user"),
        ({"user": "x" * 81}, "user"),
        ({"password": "short"}, "password"),
        ({"password": "password1234"}, "password"),
        ({"password": "firstmanager1"}, "password"),
        ({"password": "Invented Counselling"}, "password"),
    ],
)
def test_what_will_not_do_is_told_beside_its_field(
    clock: FixedClock, values: dict[str, str], field: str
) -> None:
    with pytest.raises(NotValid) as refused:
        planned_with(clock, values)

    assert field in {problem.field for problem in refused.value.problems}


def test_a_keyring_that_refuses_is_told_before_any_sheet_is_printed(
    clock: FixedClock,
) -> None:
    with pytest.raises(NoKeyring, match="locked"):
        planned(clock, Refusing())


def test_a_folder_with_a_desk_is_left_as_it_is(folder: Path, clock: FixedClock) -> None:
    made_desk(folder, clock).close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(DeskError, match="a desk in"):
        made_desk(folder, clock)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_desk_that_could_not_be_made_leaves_nothing(
    folder: Path, clock: FixedClock, tmp_path: Path
) -> None:
    vault = FileVault(tmp_path / "secret")
    (folder / "store.db.part" / "in the way").mkdir(parents=True)

    with pytest.raises(DeskError):
        made_desk(folder, clock, vault)

    assert not sign_in.desk_exists(folder)
    assert not (tmp_path / "secret").exists()
    (folder / "store.db.part" / "in the way").rmdir()
    (folder / "store.db.part").rmdir()
    made_desk(folder, clock, vault).close()


def test_a_folder_that_was_not_there_is_not_left_behind(
    folder: Path, clock: FixedClock, tmp_path: Path
) -> None:
    vault = FileVault(tmp_path / "secret")
    plan = planned(clock, vault)
    plan.vouched()
    (tmp_path / "secret").mkdir(mode=0o700)

    with pytest.raises(NoKeyring):
        plan.make(folder)

    assert not folder.exists()


STEPS = ("being-made", "local.key", "roster.bin", "store.db.part", "store.db", "deed")


def stopped_at(folder: Path, clock: FixedClock, vault: Vault, step: str) -> None:
    """What a kill at a step of making leaves: a copy, taken of a desk being made."""
    desk = made_desk(folder, clock, vault)
    store_id = desk.store.store_id
    desk.close()
    half_made.begin(folder, store_id)
    for name in STEPS[STEPS.index(step) + 1 :]:
        (folder / name).unlink(missing_ok=True)


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_while_a_desk_is_made_leaves_no_desk_and_bars_no_way(
    folder: Path, clock: FixedClock, tmp_path: Path, step: str
) -> None:
    vault = FileVault(tmp_path / "secret")
    stopped_at(folder, clock, vault, step)

    assert not sign_in.desk_exists(folder)
    with pytest.raises(DeskError, match="no desk in"):
        sign_in.sign_in(folder, MANAGER, PASSWORD, clock, vault)
    desk = made_desk(folder, clock, vault)
    desk.close()
    signed_in_again(desk).close()
    assert not (folder / half_made.NAME).exists()


def test_a_note_that_is_about_another_desk_removes_nothing(
    folder: Path, clock: FixedClock
) -> None:
    desk = made_desk(folder, clock)
    desk.close()
    half_made.begin(folder, "0" * 32)

    with pytest.raises(DeskError, match="a desk in"):
        made_desk(folder, clock)

    signed_in_again(desk).close()


def test_two_desks_may_share_a_file_with_a_team_secret(
    tmp_path: Path, clock: FixedClock
) -> None:
    vault = FileVault(tmp_path / "secret")
    one = made_desk(tmp_path / "one", clock, vault)
    other = made_desk(tmp_path / "other", clock, vault)
    one.close()
    other.close()

    signed_in_again(one).close()
    signed_in_again(other).close()


def test_neither_code_nor_password_is_in_the_words_for_a_plan(
    clock: FixedClock,
) -> None:
    plan = planned(clock)

    words = repr(plan) + repr(plan.sheets) + repr(plan.asked)

    assert PASSWORD not in words
    for sheet in plan.sheets:
        # An id or an address in memory can look like one group of a code by chance.
        shown = [group for group in sheet.groups if group in words]
        assert len(shown) < len(sheet.groups) / 2
