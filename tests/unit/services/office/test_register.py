"""The staff register: who sees what, when it is due, and the files for the council."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from provider_desk.model.errors import NotAllowed, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.looks import LookKind
from provider_desk.model.months import add_months
from provider_desk.model.office_rows import Standing
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.office import register, register_export
from provider_desk.services.saying import day
from tests.builders.casework import TODAY, signed_in_as


def train(desk: Desk, user_id: str, **values: Value) -> str:
    given: dict[str, Value] = {"kind": "SAFEGUARD_A", "done_on": TODAY, **values}
    return register.record_entry(desk, register.TRAINING, user_id, given)[0]


def lines(desk: Desk) -> list[ToDo]:
    found = things_to_do(desk)
    return [todo for todo in found.todos if todo.kind is ToDoKind.STAFF]


def test_until_when_training_counts_follows_from_its_kind(desk: Desk) -> None:
    train(desk, desk.user.id)
    train(desk, desk.user.id, kind="TRAUMA")
    train(desk, desk.user.id, kind="DATA", expires_on=TODAY + timedelta(9))

    by_kind = {e.what: e.next_on for e in register.register(desk).entries}

    assert by_kind["Safeguarding adults"] == add_months(TODAY, 36)
    assert by_kind["Trauma Matters"] is None
    assert by_kind["Data protection"] == TODAY + timedelta(9)


def test_the_newest_of_a_kind_says_how_it_stands(desk: Desk) -> None:
    train(desk, desk.user.id, done_on=add_months(TODAY, -40))
    (old,) = register.register(desk).entries
    assert old.standing is Standing.OVER

    train(desk, desk.user.id)

    found = register.register(desk).entries
    assert [(e.standing, e.newest) for e in found] == [
        (Standing.FINE, True),
        (Standing.FINE, False),
    ]


def test_what_is_due_is_told_to_whom_it_is_due_and_to_who_keeps_it(desk: Desk) -> None:
    counsellor = signed_in_as(desk, "COUNSELLOR", "CO")
    other = signed_in_as(desk, "COUNSELLOR", "XX")
    train(desk, counsellor.user.id, done_on=add_months(TODAY, -37))

    (own,) = lines(counsellor)
    (kept,) = lines(desk)

    assert own.title == "Safeguarding adults"
    assert kept.title == f"Safeguarding adults for {counsellor.user.name}"
    assert own.place == kept.place == "office/register"
    assert lines(other) == []


def test_supervision_is_asked_for_two_weeks_before_the_next(desk: Desk) -> None:
    values: dict[str, Value] = {"kind": "CLINICAL", "next_on": TODAY + timedelta(14)}
    register.record_entry(desk, register.SUPERVISION, desk.user.id, values)

    assert [todo.title for todo in lines(desk)] == ["Supervision: clinical"]


def test_everybody_sees_their_own_rows_alone(desk: Desk) -> None:
    counsellor = signed_in_as(desk, "COUNSELLOR", "CO")
    train(desk, desk.user.id)
    own = train(desk, counsellor.user.id, kind="FIRST_AID")

    found = register.register(counsellor)

    assert not found.whole
    assert [entry.record.id for entry in found.entries] == [own]
    with pytest.raises(NotAllowed):
        train(counsellor, counsellor.user.id)


def test_a_row_is_put_right_and_taken_back(desk: Desk) -> None:
    row_id = train(desk, desk.user.id)
    register.change_entry(
        desk, register.TRAINING, row_id, {"evidence": "Certificate 7"}
    )
    assert register.register(desk).entries[0].evidence == "Certificate 7"

    with pytest.raises(NotValid):
        register.take_back_entry(desk, register.TRAINING, row_id, "")
    register.take_back_entry(desk, register.TRAINING, row_id, "somebody else's")

    assert register.register(desk).entries == ()


def test_the_files_say_roles_and_no_names(desk: Desk, tmp_path: Path) -> None:
    train(desk, desk.user.id, kind="OTHER", title='=HYPERLINK("x")')

    paths = register_export.export_register(desk, tmp_path, ("csv", "pdf"))

    table, pages = paths
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert rows[0][0] == "Role"
    assert rows[1][1].startswith("'=")
    text = PdfReader(pages).pages[0].extract_text()
    for words in (table.read_text(encoding="utf-8-sig"), text):
        assert desk.user.name not in words
    assert "1 of 1 records are in date" in text


def test_days_are_days_to_a_spreadsheet_and_words_to_who_reads_the_pages(
    desk: Desk, tmp_path: Path
) -> None:
    train(desk, desk.user.id, kind="DATA")

    table, pages = register_export.export_register(desk, tmp_path, ("csv", "pdf"))

    (row,) = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))[1:]
    assert row[2:4] == [TODAY.isoformat(), add_months(TODAY, 12).isoformat()]
    words = " ".join(PdfReader(pages).pages[0].extract_text().split())
    assert day(TODAY) in words
    assert TODAY.isoformat() not in words


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", " =", "\t="])
def test_no_cell_of_the_table_runs_as_a_formula(
    desk: Desk, tmp_path: Path, sign: str
) -> None:
    train(desk, desk.user.id, kind="OTHER", title=f"{sign}1+1")

    (table,) = register_export.export_register(desk, tmp_path, ("csv",), "audit")

    for row in csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))):
        assert not [cell for cell in row if cell.lstrip()[:1] in tuple("=+-@")]


def test_names_stand_in_it_only_for_a_reason_that_is_written_down(
    desk: Desk, tmp_path: Path
) -> None:
    train(desk, desk.user.id)

    (path,) = register_export.export_register(
        desk, tmp_path, ("csv",), "the council's audit"
    )

    assert desk.user.name in path.read_text(encoding="utf-8-sig")
    (noted,) = looks.log(desk, 0, 5, kind=LookKind.EXPORTED).rows
    assert noted.reason == "the council's audit"


def test_without_a_kind_of_file_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotValid):
        register_export.export_register(desk, tmp_path, ())
