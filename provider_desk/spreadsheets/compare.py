"""A row of a file beside the record that is there: what is new, what differs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from provider_desk.model.fields import Field, OneOf, Record, Value, field_map, shown
from provider_desk.model.sealed_text import is_sealed
from provider_desk.spreadsheets.tidy import reference_key

#: Codes that say as much as an empty field.
_SAY_NOTHING = {
    ("referral", "decision"): ("PENDING",),
    ("waiting_offer", "response"): ("PENDING",),
    ("session", "attendance"): ("UNREC", "BOOKED"),
    ("exit_strategy", "status"): ("DRAFT",),
}
_NOT_ANSWERED = ("NK", "NA")


@dataclass(slots=True)
class Comparison:
    """What a row adds to a record.

    Attributes:
        new: fields of which the record holds nothing.
        differs: field → (what is there, what the row says), in words.
    """

    new: dict[str, Value] = field(default_factory=dict)
    differs: dict[str, tuple[str, str]] = field(default_factory=dict)


def says_nothing(table: str, declared: Field, value: Value) -> bool:
    """Whether a value holds no information that could be lost."""
    if value is None or value == "":
        return True
    if value in _SAY_NOTHING.get((table, declared.name), ()):
        return True
    return isinstance(declared.kind, OneOf) and value in _NOT_ANSWERED


def _same(there: Value, said: Value) -> bool:
    """Whether two values are the same, capitals and spaces of words aside.

    Sealed words can't be compared, and stay as they are.
    """
    if is_sealed(there):
        return True
    if isinstance(there, str) and isinstance(said, str):
        return reference_key(there) == reference_key(said)
    return there == said


def compare(
    record: Record,
    values: Mapping[str, Value],
    given: Collection[str],
    edited: Collection[str] = (),
) -> Comparison:
    """What the given values add to a record.

    Args:
        record: what is there.
        values: what the row says.
        given: the fields that cells of the row filled; others are not compared.
        edited: fields that were changed since; empty ones stay empty.
    """
    result = Comparison()
    declared = field_map(type(record))
    for name in given:
        if name not in declared or name not in values:
            continue
        there, said = getattr(record, name), values[name]
        if _same(there, said) or says_nothing(record.TABLE, declared[name], said):
            continue
        if says_nothing(record.TABLE, declared[name], there) and name not in edited:
            result.new[name] = said
        else:
            kind = declared[name].kind
            result.differs[name] = (shown(kind, there), shown(kind, said))
    return result


def difference(record: Record, name: str, there: str, said: str, where: str) -> str:
    """The sentence for a field that differs."""
    label = field_map(type(record))[name].kind.label
    held = f"“{there}”" if there else "nothing"
    return f"{label}: the file says “{said}”, {where} {held}, and that stays."
