"""Values in the op log: tagged text that is read back as it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.changes.hlc import Stamp
from provider_desk.changes.op import (
    Op,
    row_of,
    row_text,
    row_texts,
    value_of,
    value_text,
)
from provider_desk.model.fields import Value

values = st.one_of(st.none(), st.text(), st.integers(), st.dates())


@given(values)
def test_a_value_is_read_back_as_it_was(value: Value) -> None:
    found = value_of(value_text(value))

    assert (found, type(found)) == (value, type(value))


@given(st.dictionaries(st.sampled_from("abcdef"), values))
def test_a_row_is_read_back_without_what_was_empty(row: dict[str, Value]) -> None:
    assert row_of(row_text(row)) == {k: v for k, v in row.items() if v is not None}


def test_a_date_is_told_from_words_that_look_like_one() -> None:
    assert value_text(date(2017, 9, 5)) == '{"date":"2017-09-05"}'
    assert value_text("2017-09-05") == '"2017-09-05"'


@pytest.mark.parametrize("text", ['{"colour":"red"}', "[1]", '{"date":5}', "{"])
def test_an_unknown_tag_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        value_of(text)


def test_a_row_must_be_a_row() -> None:
    with pytest.raises(ValueError, match="no row"):
        row_of("[]")


def test_what_has_no_tag_is_not_written() -> None:
    with pytest.raises(TypeError, match="bytes can't stand"):
        value_text(b"x")  # type: ignore[arg-type]


def test_an_op_never_prints_its_value() -> None:
    op = Op(Stamp("0" * 32), "client", "a" * 32, "known_as", '"Zebedee"')

    assert "Zebedee" not in repr(op)
    assert "known_as" in repr(op)


@given(st.dictionaries(st.sampled_from("abcdef"), values))
def test_a_row_is_written_as_its_values_are_one_by_one(row: dict[str, Value]) -> None:
    said = [f'"{k}":{value_text(v)}' for k, v in row.items() if v is not None]

    assert row_text(row) == f"{{{','.join(said)}}}"


@given(st.lists(st.tuples(values, values, values)))
def test_rows_column_by_column_are_written_as_row_by_row(
    rows: list[tuple[Value, ...]],
) -> None:
    columns = dict(zip("abc", zip(*rows, strict=True), strict=False))

    assert row_texts(columns) == [
        row_text(dict(zip("abc", row, strict=True))) for row in rows
    ]


def test_values_that_are_equal_but_not_the_same_stay_apart() -> None:
    assert row_texts({"a": (1, True, 1.0, 0.0, -0.0, None)}) == [
        '{"a":1}',
        '{"a":true}',
        '{"a":1.0}',
        '{"a":0.0}',
        '{"a":-0.0}',
        "{}",
    ]
