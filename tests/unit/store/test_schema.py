"""Names of tables and fields are for ever: changes made by older versions name them."""

from pathlib import Path

from provider_desk.model.fields import fields_of
from provider_desk.model.records import RECORDS

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "schema.txt"


def declared() -> dict[str, str]:
    """Table and field → kind of field."""
    return {
        f"{each.TABLE}.{field.name}": type(field.kind).__name__
        for each in RECORDS
        for field in fields_of(each)
    }


def kept() -> dict[str, str]:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {name: kind for name, kind in pairs}  # noqa: C416


def test_no_field_that_ever_was_has_disappeared() -> None:
    assert [name for name in kept() if name not in declared()] == []


def test_no_field_has_become_another_kind() -> None:
    now = declared()

    assert {n: kind for n, kind in kept().items() if now.get(n, kind) != kind} == {}


def test_every_field_is_written_down() -> None:
    """A new field: add its line to tests/golden/schema.txt, and never take it out."""
    assert [name for name in declared() if name not in kept()] == []
