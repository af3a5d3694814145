"""The frozen copy of a return."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.errors import Damaged, FromNewerVersion
from provider_desk.model.months import Month
from provider_desk.returns.table import (
    Cell,
    Check,
    Earlier,
    Line,
    LineKey,
    Protection,
    Restated,
    ReturnTable,
    State,
    Told,
)
from provider_desk.returns.write_json import (
    SCHEMA,
    fingerprint,
    read_json,
    without_ids,
    write_json,
)
from tests.builders.return_tables import (
    RECORD_ID,
    a_line,
    a_return_table,
    a_small_table,
    figure,
)

#: What schema 2 says and schema 1 did not.
UNSAID_IN_FIRST = (
    "contact",
    "earlier",
    "protection",
    "restated",
    "signed",
    "status",
    "told",
)


@pytest.mark.parametrize("copy", ["internal", "council"])
@pytest.mark.parametrize("months", [1, 6, 12])
def test_a_frozen_copy_reads_back_as_the_return_it_was_made_of(
    copy: str, months: int
) -> None:
    table = a_return_table(copy=copy, months=months)
    assert read_json(write_json(table)) == without_ids(table)


def test_freezing_what_was_read_gives_the_same_bytes() -> None:
    written = write_json(a_return_table(copy="council"))
    assert write_json(read_json(written)) == written


def test_it_is_canonical_and_says_what_it_is() -> None:
    written = write_json(a_return_table())
    whole = json.loads(written)
    assert list(whole) == sorted(whole)
    assert (whole["format"], whole["schema"]) == ("provider-desk return", SCHEMA)
    assert whole["sha256"] == fingerprint(a_return_table())
    plain = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert written == f"{plain}\n".encode()


@pytest.mark.parametrize(
    ("kind", "elsewhere"),
    [
        (ReturnTable, {"_by_key"}),
        (Line, {"key"}),
        (Check, {"rows"}),
        (Cell, set[str]()),
    ],
)
def test_every_field_of_the_return_is_in_the_frozen_copy(
    kind: Any, elsewhere: set[str]
) -> None:
    body = json.loads(write_json(a_return_table()))["return"]
    line = next(x for x in body["lines"] if x["months"][-1]["state"] == "figure")
    held = {
        ReturnTable: body,
        Line: line,
        Check: body["checks"][0],
        Cell: line["months"][-1],
    }[kind]
    assert {field.name for field in fields(kind)} - elsewhere <= set(held)


def test_a_return_of_schema_1_is_still_read() -> None:
    from provider_desk.returns import write_json as module  # noqa: PLC0415

    table = a_return_table(months=2)
    body = json.loads(write_json(table))["return"]
    for name in UNSAID_IN_FIRST:
        del body[name]
    cells = [cell for line in body["lines"] for cell in line["months"]]
    for cell in (*cells, *(line["year_to_date"] for line in body["lines"])):
        del cell["exact"], cell["mark"]
    made = {"schema": 1, "return": body, "sha256": module._sha256(body)}
    assert read_json(json.dumps(made).encode()) == without_ids(table)


def test_what_leaves_says_of_every_cell_how_near_it_is() -> None:
    exact = replace(figure(7), exact=True)
    share = figure(0.5, 5, 10)
    unsent = Cell(State.NOT_SENT, note="Not worked out.")
    lines = [
        a_line((figure(0),)),
        a_line((figure(20),)),
        a_line((figure(-5),)),
        a_line((exact,)),
        a_line((share,), kind="ratio"),
        a_line((unsent,)),
    ]
    protection = Protection(bound=14, exact=("A1",))
    table = replace(a_small_table(*lines, copy="council"), protection=protection)
    body = json.loads(write_json(table))["return"]
    said = [line["months"][-1] for line in body["lines"]]
    assert [cell["normally"] for cell in said] == [
        [0, 4], [16, 24], [-9, -1], None, None, None,
    ]  # fmt: skip
    assert [cell["never"] for cell in said] == [
        [0, 14], [6, 34], [-19, 9], None, None, None,
    ]  # fmt: skip
    assert [cell["status"] for cell in said] == ["", "", "", "", "", "[x]"]
    assert said[4]["numerator"] == 5
    known = body["protection"]
    assert (known["base"], known["normally_within"]) == (5, 4)
    assert (known["method"], known["never_more_than"]) == ("controlled rounding", 14)
    assert "never more than 14 away" in " ".join(known["how_to_read"])


def test_words_restatements_and_earlier_months_are_frozen_too() -> None:
    key = LineKey("A1", "", "THER")
    table = replace(
        a_return_table(months=1),
        told=(Told("ALL", "WELL", "Working well", "Much.\n\nMore."),),
        restated=(Restated(key, Month(2017, 3), 4, 5, "late record"),),
        earlier=(Earlier(key, (Month(2017, 3),), (figure(4),)),),
        signed=("Signed off on 4 October 2017, Manager",),
        contact="Service manager",
        status="final",
    )
    assert read_json(write_json(table)) == without_ids(table)
    council = replace(table, copy="council", lines=())
    assert read_json(write_json(council)).restated == ()


def test_the_same_figures_have_the_same_fingerprint_and_others_another() -> None:
    table = a_return_table()
    assert fingerprint(table) == fingerprint(a_return_table())
    assert fingerprint(table) != fingerprint(replace(table, version=2))
    assert fingerprint(table) != fingerprint(a_return_table(months=5))


def test_no_id_of_a_record_is_frozen_but_how_many_there_were() -> None:
    written = write_json(a_return_table())
    assert RECORD_ID.encode() not in written
    checks = json.loads(written)["return"]["checks"]
    assert [check["at_fault"] for check in checks[:3]] == [0, 2, 1]
    council = json.loads(write_json(a_return_table(copy="council")))
    assert council["return"]["checks"] == []


def test_a_withheld_cell_keeps_its_figure_to_itself() -> None:
    hidden = Cell(State.WITHHELD, 4711, 4711, 4712, "Too few people.")
    written = write_json(a_small_table(a_line((hidden,))))
    assert b"471" not in written
    assert read_json(written).lines[0].now == Cell(
        State.WITHHELD, note="Too few people."
    )


@given(st.data())
def test_a_changed_byte_is_noticed(data: st.DataObject) -> None:
    written = write_json(a_small_table(a_line((Cell(State.WITHHELD),))))
    body = range(written.index(b'"return"'), written.index(b'"schema"'))
    place = data.draw(st.sampled_from(body))
    wrong = data.draw(st.integers(0, 255).filter(lambda byte: byte != written[place]))
    changed = written[:place] + bytes([wrong]) + written[place + 1 :]
    with pytest.raises(Damaged):
        read_json(changed)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"schema": true}',
        b'{"schema": "1"}',
        b'{"schema": 1, "return": 3}',
        b"[" * 100_000,
        write_json(a_return_table(months=1))[:-100],
    ],
)
def test_what_is_no_frozen_return_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Damaged) as refused:
        read_json(content)
    assert refused.value.advice


def test_a_frozen_return_with_something_missing_is_refused_in_words() -> None:
    from provider_desk.returns import write_json as module  # noqa: PLC0415

    whole = json.loads(write_json(a_return_table(months=1)))
    for name in list(whole["return"]):
        body = {key: worth for key, worth in whole["return"].items() if key != name}
        made = {"schema": SCHEMA, "return": body, "sha256": module._sha256(body)}
        with pytest.raises(Damaged, match="misses something"):
            read_json(json.dumps(made).encode())


def test_a_return_of_a_newer_program_is_refused_in_words() -> None:
    whole = json.loads(write_json(a_return_table(months=1)))
    whole["schema"] = SCHEMA + 1
    with pytest.raises(FromNewerVersion, match="newer version"):
        read_json(json.dumps(whole).encode())
