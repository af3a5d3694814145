"""Exporting a return: its files, its number, and what is said beside it."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import Cancelled, DeskError, NotFound, ReadOnly
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.records import ReturnMade
from provider_desk.returns.write_json import read_json
from provider_desk.services import monthly_return, settings
from provider_desk.services.casework import people, referrals
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from tests.builders.casework import CONTRACT

MARCH = Month(2018, 3)


def contract(desk: Desk) -> str:
    return monthly_return.contract_of(desk, CONTRACT, MARCH)


def receive(desk: Desk, day: date) -> None:
    client, _ = people.add_person(desk, {"given_names": "Invented"})
    values: dict[str, Value] = {
        "contract_id": contract(desk),
        "area": "THER",
        "received_on": day,
    }
    referrals.receive_referral(desk, client, values)


def made(desk: Desk) -> list[ReturnMade]:
    with desk.store.reading() as rows:
        return find(rows, ReturnMade)


def test_the_same_figures_keep_their_number_and_other_ones_get_the_next(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    def export() -> monthly_return.Exported:
        return monthly_return.export(desk, contract(desk), MARCH, "internal", out)

    first = export()
    clock.ms += 86_400_000
    again = export()
    receive(desk, date(2018, 3, 5))
    changed = export()

    assert (first.version, again.version, changed.version) == (1, 1, 2)
    assert first.sha256 == again.sha256 != changed.sha256
    assert len(list(out.iterdir())) == 8
    assert [each.version for each in made(desk)] == [1, 1, 2]


def test_the_frozen_copy_reads_back_as_the_return_that_was_shown(
    desk: Desk, tmp_path: Path
) -> None:
    receive(desk, date(2018, 3, 5))
    shown = monthly_return.prepare(desk, contract(desk), MARCH, "council")

    done = monthly_return.export(
        desk, contract(desk), MARCH, "council", tmp_path / "out", ("json",)
    )

    kept = read_json(done.paths[0].read_bytes())
    assert kept.lines == shown.lines
    assert kept.line("A1").now.value == 1


def test_every_row_behind_a_figure_is_named(desk: Desk) -> None:
    receive(desk, date(2018, 3, 5))
    receive(desk, date(2018, 4, 5))
    table = monthly_return.prepare(desk, contract(desk), MARCH, "internal")
    line = table.line("A1", area="THER")

    rows = monthly_return.rows_behind(desk, contract(desk), MARCH, line.key)

    assert len(rows) == line.now.value == 1
    assert (rows[0].table, rows[0].on) == ("referral", date(2018, 3, 5))
    assert rows[0].name == "Invented"


def test_returns_of_two_contracts_do_not_overwrite_each_other(
    desk: Desk, tmp_path: Path
) -> None:
    values = {"reference": "NEW/2", "title": "A second one (invented)"}
    settings.add_contract(desk, values, ["THER"])
    both = [
        monthly_return.export(desk, id_, MARCH, "council", tmp_path, ("csv",)).paths[0]
        for id_ in (
            contract(desk),
            monthly_return.contract_of(desk, "new/2", MARCH),
        )
    ]

    assert both[0] != both[1]
    assert both[1].name == "return_IC-NEW-2_2018-03_v1.csv"
    assert all(path.parent == tmp_path for path in both)


def test_a_month_that_is_not_over_says_so(desk: Desk, clock: FixedClock) -> None:
    clock.ms = FixedClock.on(date(2018, 3, 31)).ms
    running = monthly_return.prepare(desk, contract(desk), MARCH, "internal")
    clock.ms = FixedClock.on(date(2018, 4, 1)).ms
    over = monthly_return.prepare(desk, contract(desk), MARCH, "internal")

    assert running.notes[0] == monthly_return.PROVISIONAL
    assert monthly_return.PROVISIONAL not in over.notes


def test_a_month_ahead_and_an_unknown_contract_are_refused(desk: Desk) -> None:
    with pytest.raises(DeskError, match="has not begun"):
        monthly_return.prepare(desk, contract(desk), Month(2018, 6), "internal")
    with pytest.raises(NotFound, match="RMBC-2016"):
        monthly_return.contract_of(desk, "RMBC-1999", MARCH)


def test_stopping_leaves_the_folder_as_it_was(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"

    with pytest.raises(Cancelled):
        monthly_return.export(
            desk,
            contract(desk),
            MARCH,
            "internal",
            out,
            cancelled=lambda: True,
        )

    assert not out.exists()
    assert made(desk) == []


@pytest.mark.skipif(os.name == "nt", reason="rights are given otherwise there")
def test_a_folder_that_is_a_file_is_refused_and_nothing_is_noted(
    desk: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.write_text("not a folder")

    with pytest.raises(DeskError):
        monthly_return.export(desk, contract(desk), MARCH, "internal", out)

    assert out.read_text() == "not a folder"
    assert made(desk) == []


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_read_only_folder_is_told(desk: Desk, tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(ReadOnly):
            monthly_return.export(
                desk, contract(desk), MARCH, "internal", tmp_path / "out"
            )
    finally:
        tmp_path.chmod(stat.S_IRWXU)
