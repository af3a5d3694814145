"""Declarations of fields, and what single values may be."""

from datetime import date, datetime

import pytest

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import (
    Count,
    Day,
    OneOf,
    Record,
    Reference,
    Text,
    TimeOfDay,
    Value,
    field_map,
    fields_of,
    problem_with,
    shown,
    value_problems,
)
from provider_desk.model.records import BY_TABLE, RECORDS, Client, Referral, Session


@pytest.mark.parametrize("record_type", RECORDS, ids=lambda each: each.TABLE)
def test_every_declaration_names_lists_and_tables_that_exist(
    record_type: type[Record],
) -> None:
    for field in fields_of(record_type):
        if isinstance(field.kind, OneOf):
            assert choices(field.kind.choices).values
        if isinstance(field.kind, Reference):
            assert field.kind.to in BY_TABLE
    for index in record_type.INDEXES:
        assert set(index) <= {
            *field_map(record_type),
            *("id", "created", "created_by", "changed_by"),
        }


@pytest.mark.parametrize("record_type", RECORDS, ids=lambda each: each.TABLE)
def test_every_default_is_a_value_that_may_be_saved(
    record_type: type[Record],
) -> None:
    for field in fields_of(record_type):
        if not field.required and field.default not in (None, ""):
            assert problem_with(field.kind, field.default) is None


def test_a_code_stands_once_in_its_list() -> None:
    for record_type in RECORDS:
        for field in fields_of(record_type):
            if isinstance(field.kind, OneOf):
                listed = choices(field.kind.choices)
                assert len(listed.by_code) == len(listed.values), listed.name


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Day(label="Date"), "2017-09-31", "must be a date"),
        (Day(label="Date"), datetime(2017, 9, 1), "must be a date"),  # noqa: DTZ001
        (Count(label="Length", low=5), 4, "from 5"),
        (Count(label="Length"), "fifty", "whole number"),
        (OneOf(label="How", choices="session_mode"), "PIGEON", "not in the list"),
        (TimeOfDay(label="Start"), "25:00", "must be a time"),
        (TimeOfDay(label="Start"), "9:00", "must be a time"),
        (Text(label="Note", longest=3), "four", "too long"),
        (Text(label="Note"), "half \ud83d", "half a letter"),
    ],
)
def test_a_wrong_value_is_said_in_words(kind: Day, value: Value, words: str) -> None:
    assert words in (problem_with(kind, value) or "")


def test_what_is_missing_or_unknown_is_named() -> None:
    found = {p.field: p.text for p in value_problems(Referral, {"colour": "red"})}

    assert found["received_on"] == "Received on is needed."
    assert "no field" in found["colour"]


def test_a_record_can_be_made_from_values_only_when_they_are_right() -> None:
    with pytest.raises(NotValid) as refused:
        Session.made({"referral_id": "1", "held_on": date(2017, 9, 5)})

    assert [problem.field for problem in refused.value.problems] == ["type"]


def test_a_printed_record_tells_nothing_about_the_person() -> None:
    client = Client(code="G-0001", given_names="Invented", family_name="Person")

    assert "Invented" not in repr(client)
    assert "G-0001" not in f"{client!r} {[client]}"


def test_values_are_shown_as_people_read_them() -> None:
    assert shown(Day(label=""), date(2026, 9, 5)) == "Sat 5 Sep 2026"
    mode = OneOf(label="", choices="attendance")
    assert shown(mode, "DNA") == "Did not come, no message"
    assert shown(mode, None) == ""


@pytest.mark.parametrize("year", [1, 202, 1899, 2200, 9999])
def test_a_year_that_nobody_means_is_asked_about(year: int) -> None:
    said = problem_with(Day(label="Heard on"), date(year, 5, 9))

    assert said == "Heard on: the year can't be right."
    assert problem_with(Day(label="Heard on"), date(1900, 5, 9)) is None
