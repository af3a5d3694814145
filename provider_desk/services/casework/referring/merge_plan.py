"""What putting two records together moved, so that it can be taken apart exactly."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.fields import Day, Value, field_map, fields_of
from provider_desk.model.records import Client, SafeContact

#: Permissions from the most careful one on: of two, the earlier one stays.
_CAREFUL = ("NO", "NK", "YES_RULES", "YES")

#: What all names of a person stand in; those that are not kept still find the person.
NAMES = ("known_as", "given_names", "family_name", "previous_names")


#: Fields to which each merge adds.
_ADDED = ("previous_names",)


@dataclass(frozen=True, slots=True, repr=False)
class MergePlan:
    """What one deed moved.

    Attributes:
        kept: id of the person that stayed.
        rows: table, field and id of each row that moved.
        retired: table and id of rows that were taken off, beside the person's own.
        fields: field of the person → what it said before, and what it says since.
    """

    kept: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    retired: list[tuple[str, str]] = field(default_factory=list)
    fields: dict[str, tuple[Value, Value]] = field(default_factory=dict)

    def text(self) -> str:
        """All of it as JSON, days as they are stored."""
        said = {
            name: [_plain(before), _plain(after)]
            for name, (before, after) in self.fields.items()
        }
        return json.dumps(
            {
                "kept": self.kept,
                "rows": self.rows,
                "retired": self.retired,
                "fields": said,
            }
        )


def read_plan(text: str) -> MergePlan:
    """What ``MergePlan.text`` wrote."""
    held = json.loads(text)
    return MergePlan(
        held["kept"],
        [(table, name, row) for table, name, row in held["rows"]],
        [(table, row) for table, row in held["retired"]],
        {
            name: (_back(name, before), _back(name, after))
            for name, (before, after) in held["fields"].items()
        },
    )


def _plain(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value


def _back(name: str, value: Value) -> Value:
    known = field_map(Client).get(name)
    is_day = known is not None and isinstance(known.kind, Day)
    return date.fromisoformat(value) if is_day and isinstance(value, str) else value


def combined(kept: Client, gone: Client, taken: Collection[str]) -> dict[str, Value]:
    """What the person's record says once the two are one, where that is new.

    Args:
        kept: the record that stays.
        gone: the other one.
        taken: fields in which the other one's is right; an empty field of the kept
            record is filled from the other one in any case.
    """
    mine, other = kept.values(), gone.values()
    found: dict[str, Value] = {}
    for each in fields_of(Client):
        if each.name in ("code", "previous_names"):
            continue
        filled = other[each.name] not in (None, "")
        if filled and (each.name in taken or mine[each.name] in (None, "")):
            found[each.name] = other[each.name]
    found["previous_names"] = _names(mine, other, {**mine, **found})
    return {name: value for name, value in found.items() if mine[name] != value}


def _names(
    mine: Mapping[str, Value], other: Mapping[str, Value], now: Mapping[str, Value]
) -> str:
    """Previous names, with every name of either record that is not shown any more."""
    shown = {str(now[name] or "").casefold() for name in NAMES[:3]}
    said = [str(mine["previous_names"] or ""), str(other["previous_names"] or "")]
    said += [str(held[name] or "") for held in (mine, other) for name in NAMES[:3]]
    kept: dict[str, str] = {}
    for words in said:
        if words and words.casefold() not in shown:
            kept.setdefault(words.casefold(), words)
    return ", ".join(kept.values())


def put_back(now: Value, was: Value, since: Value, name: str) -> Value:
    """What a field says once a merge is undone that others came after.

    Previous names are added to by each merge: those that came with this one go, those
    of the others stay. Anything else stays as it was said since.

    Args:
        now: what it says.
        was: what it said before that merge.
        since: what it said after it.
        name: the field.
    """
    if now == since:
        return was
    if name not in _ADDED:
        return now
    before = {each.casefold() for each in _apart(was)}
    came = {each.casefold() for each in _apart(since)} - before
    return ", ".join(each for each in _apart(now) if each.casefold() not in came)


def _apart(names: Value) -> list[str]:
    return [each for each in str(names or "").split(", ") if each]


def without(later: MergePlan, undone: MergePlan) -> MergePlan:
    """A later merge's plan, once an earlier one of the same person is undone."""
    fields = dict(later.fields)
    for name, (was, since) in undone.fields.items():
        if name in fields:
            before, after = fields[name]
            fields[name] = (
                put_back(before, was, since, name),
                put_back(after, was, since, name) if name in _ADDED else after,
            )
    return replace(later, fields=fields)


def ways_that_stay(
    kept: Mapping[str, SafeContact],
    gone: Mapping[str, SafeContact],
    whose: Mapping[str, Mapping[str, Value]],
) -> dict[str, SafeContact | None]:
    """Channel → the row that stays of the two records; None where none may.

    An answer is about a number: it stays only where its own number, address or email
    stays. “Never use” always stays, and of two answers the more careful one.

    Args:
        kept: channel → row of the record that stays.
        gone: the same of the other one.
        whose: "kept", "gone" and "now" → values of the person's fields.
    """
    found: dict[str, SafeContact | None] = {}
    for channel in kept.keys() | gone.keys():
        fields = choices("contact_channel").by_code[channel].flags.get("shows", ())

        def reach(who: str, names: tuple[str, ...] = tuple(fields)) -> list[str]:
            return [str(whose[who][name] or "") for name in names]

        standing = [
            way
            for who, way in (("kept", kept.get(channel)), ("gone", gone.get(channel)))
            if way is not None
            and (way.permission == "NO" or reach(who) == reach("now"))
        ]
        standing.sort(key=lambda way: _CAREFUL.index(way.permission))
        found[channel] = standing[0] if standing else None
    return found
