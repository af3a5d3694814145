"""The invented caseload follows the rules that real records must follow."""

from datetime import date

from provider_desk.model.fields import Record, Reference, fields_of, value_problems
from provider_desk.model.rules import problems_of
from provider_desk.services.demo.demo_caseload import Setting, demo_records

SETTING = Setting(today=date(2026, 11, 22), desk_id="desk", people=80)


def _parents(record: Record, by_id: dict[str, Record]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for field in fields_of(type(record)):
        parent = by_id.get(str(getattr(record, field.name)))
        if isinstance(field.kind, Reference) and parent is not None:
            found[field.kind.to] = parent
            found |= _parents(parent, by_id)
    return found


def test_nothing_in_it_breaks_a_rule() -> None:
    by_id: dict[str, Record] = {}
    for record in demo_records(SETTING):
        assert value_problems(type(record), record.values()) == []
        parents = _parents(record, by_id)
        assert problems_of(record, parents, SETTING.today) == [], record.TABLE
        by_id[record.id] = record


def test_the_same_seed_gives_the_same_people() -> None:
    assert list(demo_records(SETTING)) == list(demo_records(SETTING))


def test_every_kind_of_case_is_there() -> None:
    tables = {record.TABLE for record in demo_records(SETTING)}

    assert {"closure", "exceptional", "waiting_contact", "score"} <= tables
    assert {"goal", "goal_rating", "survey_answer", "support_tag"} <= tables
