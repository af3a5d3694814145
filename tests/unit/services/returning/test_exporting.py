"""Exporting: the ledger is the only source of what leaves; the internal copy counts."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import (
    Cancelled,
    Damaged,
    DeskError,
    NotFound,
    ReadOnly,
)
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.records import (
    IssuedReturn,
    ReturnMade,
    ReturnSigned,
    Session,
)
from provider_desk.returns.write_json import read_json
from provider_desk.services import monthly_return, settings
from provider_desk.services.casework import people, referrals
from provider_desk.services.desk import Desk
from provider_desk.services.returning import narrating, signing
from provider_desk.store.records import find
from tests.builders.casework import CONTRACT
from tests.builders.issued_desks import (
    SEPTEMBER,
    add_referrals,
    at,
    contract_id,
    held,
    issue,
    reopened,
    service_desk,
)

MARCH = Month(2018, 3)
AUGUST, OCTOBER = SEPTEMBER.plus(-1), SEPTEMBER.plus(1)


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


@pytest.fixture(scope="module")
def issued_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small service, closed, whose August and September are issued."""
    folder = tmp_path_factory.mktemp("issued") / "service"
    desk = service_desk(folder)
    issue(desk, AUGUST, SEPTEMBER)
    desk.close()
    return folder


@pytest.fixture
def service(issued_once: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of it, open."""
    desk = reopened(Path(shutil.copytree(issued_once, tmp_path / "service")))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def files(
    issued_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """The council's files for September, made on the day of issue."""
    folder = tmp_path_factory.mktemp("files")
    desk = reopened(Path(shutil.copytree(issued_once, folder / "service")))
    found = exported(desk, folder / "out")
    desk.close()
    return found


def exported(
    desk: Desk,
    out: Path,
    month: Month = SEPTEMBER,
    formats: tuple[str, ...] = monthly_return.FORMATS,
) -> dict[str, bytes]:
    """Name → content of the council's files of a month."""
    done = monthly_return.export(
        desk, contract_id(desk), month, "council", out, formats
    )
    return {path.name: path.read_bytes() for path in done.paths}


def another_day(desk: Desk, _folder: Path) -> Desk:
    at(desk, date(2019, 2, 11))
    return desk


def other_records(desk: Desk, _folder: Path) -> Desk:
    add_referrals(desk, date(2017, 9, 12), 60)
    with desk.store.writing("rename", desk.user.id) as deed:
        provider = desk.provider()
        deed.change(type(provider), provider.id, {"name": "Quite Another Name"})
    return desk


def restarted(desk: Desk, folder: Path) -> Desk:
    del folder
    desk.close()
    return reopened(desk.folder)


def another_machine(desk: Desk, folder: Path) -> Desk:
    desk.close()
    return reopened(Path(shutil.copytree(desk.folder, folder / "elsewhere")))


def months_later(desk: Desk, _folder: Path) -> Desk:
    at(desk, date(2017, 12, 4))
    issue(desk, OCTOBER, OCTOBER.plus(1))
    return desk


@pytest.mark.parametrize(
    "what", [another_day, other_records, restarted, another_machine, months_later]
)
def test_an_issued_return_gives_the_same_bytes_ever_after(
    service: Desk,
    files: dict[str, bytes],
    tmp_path: Path,
    what: Callable[[Desk, Path], Desk],
) -> None:
    desk = what(service, tmp_path)
    after = exported(desk, tmp_path / "after")
    desk.close()

    assert set(files) == {f"return_IS_2017-09_v1.{e}" for e in monthly_return.FORMATS}
    assert after == files


def test_exporting_issues_what_was_not_issued_and_says_so(
    service: Desk, tmp_path: Path
) -> None:
    at(service, date(2017, 11, 3))

    first = monthly_return.export(
        service, contract_id(service), OCTOBER, "council", tmp_path, ("json",)
    )
    again = monthly_return.export(
        service, contract_id(service), OCTOBER, "council", tmp_path, ("json",)
    )

    assert first.issued_now
    assert not again.issued_now
    assert first.changed.touches("issued_return")
    assert first.sha256 == again.sha256
    assert len(held(service, IssuedReturn)) == 3
    table = read_json(first.paths[0].read_bytes())
    assert table.made_on == "2017-11-03"
    assert table.status == "draft"
    assert monthly_return.UNSIGNED in first.open_points


def test_the_next_return_carries_what_was_changed(
    service: Desk, tmp_path: Path
) -> None:
    add_referrals(service, date(2017, 9, 12), 60)
    at(service, date(2017, 11, 3))
    exported(service, tmp_path, OCTOBER, ("json",))

    table = read_json((tmp_path / "return_IS_2017-10_v1.json").read_bytes())

    assert int(table.line("A1", area="THER").now.value or 0) >= 50
    with service.store.reading():
        internal = monthly_return.prepare(
            service, contract_id(service), SEPTEMBER, "internal"
        )
    assert int(internal.line("A1", area="THER").now.value or 0) >= 60


def test_the_public_copy_is_made_of_the_issued_one_alone(
    service: Desk, tmp_path: Path
) -> None:
    at(service, date(2017, 11, 3))
    with pytest.raises(DeskError, match="not issued yet"):
        monthly_return.export(
            service, contract_id(service), OCTOBER, "public", tmp_path
        )
    done = monthly_return.export(
        service, contract_id(service), SEPTEMBER, "public", tmp_path
    )
    council = read_json(issue(service, SEPTEMBER)[0].file())

    public = read_json(next(p for p in done.paths if p.suffix == ".json").read_bytes())
    assert done.paths[0].name == "return_IS_2017-09_public_v1.csv"
    assert public.line("A1", area="THER").months == (
        council.line("A1", area="THER").months
    )
    split = next(
        line
        for line in council.lines
        if line.kind == "flow" and line.key.split and any(c.value for c in line.months)
    )
    key = split.key
    whole = public.line(key.indicator, key.split, key.area)
    two = [int(cell.value or 0) for cell in split.months[-2:]]
    assert whole.now.value == sum(two)
    assert whole.now.note == "Covers 2 of 3 months."
    assert whole.months[-2].value is None
    assert len(held(service, IssuedReturn)) == 2


def test_the_same_figures_keep_their_number_and_other_ones_get_the_next(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    def export() -> monthly_return.Exported:
        formats = ("csv", "json")
        return monthly_return.export(
            desk, contract(desk), MARCH, "internal", out, formats
        )

    first = export()
    clock.ms += 86_400_000
    again = export()
    receive(desk, date(2018, 3, 5))
    changed = export()

    assert (first.version, again.version, changed.version) == (1, 1, 2)
    assert first.sha256 == again.sha256 != changed.sha256
    assert len(list(out.iterdir())) == 4
    assert [each.version for each in made(desk)] == [1, 1, 2]


def test_the_frozen_copy_reads_back_as_the_return_that_was_shown(
    desk: Desk, tmp_path: Path
) -> None:
    receive(desk, date(2018, 3, 5))
    shown = monthly_return.prepare(desk, contract(desk), MARCH, "internal")

    done = monthly_return.export(
        desk, contract(desk), MARCH, "internal", tmp_path / "out", ("json",)
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
    for copy in ("internal", "council"):
        with pytest.raises(DeskError, match="has not begun"):
            monthly_return.prepare(desk, contract(desk), Month(2018, 6), copy)
    with pytest.raises(NotFound, match="RMBC-2016"):
        monthly_return.contract_of(desk, "RMBC-1999", MARCH)


@pytest.mark.parametrize("copy", ["internal", "council"])
def test_stopping_leaves_the_folder_as_it_was(
    desk: Desk, tmp_path: Path, copy: str
) -> None:
    out = tmp_path / "out"

    with pytest.raises(Cancelled):
        monthly_return.export(
            desk, contract(desk), MARCH, copy, out, cancelled=lambda: True
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
        monthly_return.export(desk, contract(desk), MARCH, "internal", out, ("json",))

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
                desk, contract(desk), MARCH, "internal", tmp_path / "out", ("json",)
            )
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_what_was_signed_is_written_again_with_the_words_of_that_day(
    service: Desk, tmp_path: Path
) -> None:
    box = narrating.boxes(service, contract_id(service), SEPTEMBER)[0]

    def say(words: str) -> None:
        narrating.write_box(
            service, contract_id(service), SEPTEMBER, box.area, box.box, words
        )

    say("Groups began again.")
    draft = exported(service, tmp_path / "draft", formats=("json",))
    sign_off(service, SEPTEMBER)
    signed = exported(service, tmp_path / "signed")
    say("Something else altogether.")
    at(service, date(2018, 1, 9))
    again = exported(service, tmp_path / "again")

    name = "return_IS_2017-09_v1.json"
    assert read_json(draft[name]).status == "draft"
    assert read_json(signed[name]).status == "final"
    assert read_json(signed[name]).told[0].words == "Groups began again."
    assert again == signed


def sign_off(desk: Desk, month: Month) -> None:
    """Record the outcomes that the checks ask for, then sign."""
    with desk.store.writing("outcomes", desk.user.id) as deed:
        for session in find(deed, Session, attendance="UNREC"):
            deed.addendum(Session, session.id, {"attendance": "DNA"}, "a test")
    signing.sign(desk, contract_id(desk), month)


def test_a_signed_copy_that_was_changed_is_not_written(
    service: Desk, tmp_path: Path
) -> None:
    sign_off(service, SEPTEMBER)
    with service.store.writing("tamper", service.user.id) as deed:
        (row,) = find(deed, ReturnSigned)
        other = {"frozen": row.frozen.replace('"numerator":5', '"numerator":10', 1)}
        deed.addendum(ReturnSigned, row.id, other, "a test")

    with pytest.raises(Damaged):
        exported(service, tmp_path / "out")

    assert not (tmp_path / "out").exists()
