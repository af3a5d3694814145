"""Saving a record: its values, then its rules, then the store, in that order.

Every deed saves through here, so that a form, a shortcut and a later merge all get
the same sentences. What stops is raised with the field it belongs to and nothing is
written; what warns is saved and handed back. Clinical text of counselling is sealed
on its way to the store.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import (
    Record,
    Text,
    Value,
    field_map,
    value_problems,
)
from provider_desk.model.rows import Rows
from provider_desk.model.rules import problems_of
from provider_desk.model.sealed_text import is_sealed
from provider_desk.services.desk import Desk
from provider_desk.services.notes.counselling import Sealing, really_new
from provider_desk.store.records import get, parents_of
from provider_desk.store.store import Deed

R = TypeVar("R", bound=Record)


def tidied(record_type: type[Record], values: Mapping[str, Value]) -> dict[str, Value]:
    """Values as they are kept: words without blanks round them, defaults filled in.

    A required field that was left empty stays empty, so that it is asked for.
    """
    declared = field_map(record_type)
    kept: dict[str, Value] = {}
    for name, given in values.items():
        # The mark of sealed words begins with what counts as a blank.
        blank = isinstance(given, str) and not is_sealed(given)
        value = str(given).strip() if blank else given
        field = declared.get(name)
        if field is not None and value in (None, "") and not field.required:
            value = field.default
        if field is not None and value is None and isinstance(field.kind, Text):
            value = ""
        kept[name] = value
    return kept


def check(
    desk: Desk,
    rows: Rows,
    record_type: type[Record],
    values: Mapping[str, Value],
    row_id: str | None = None,
) -> list[Problem]:
    """What is wrong with values that are about to be saved.

    Args:
        desk: whose date counts as today.
        rows: the store, to look up what the record refers to.
        record_type: what is saved.
        values: what was typed, by field name.
        row_id: the row that is changed; its other values stay as they are.
    """
    kept = tidied(record_type, values)
    if row_id is not None:
        kept = {**get(rows, record_type, row_id).values(), **kept}
    found = value_problems(record_type, kept)
    if found:
        return found
    record = record_type.made(kept, row_id)
    return problems_of(record, parents_of(rows, record), desk.today())


def refuse(problems: Iterable[Problem]) -> list[Problem]:
    """Hand back the warnings.

    Raises:
        NotValid: something stops; it carries the warnings too.
    """
    found = _once(problems)
    if any(problem.severity == "stop" for problem in found):
        raise NotValid(found)
    return found


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """The same sentence beside the same field is said once, at its gravest."""
    kept: dict[tuple[str, str], Problem] = {}
    for each in problems:
        key = (each.field, each.text)
        if key not in kept or each.severity == "stop":
            kept[key] = each
    return list(kept.values())


def stop(field: str, text: str) -> NotValid:
    """An error about one field, to be raised."""
    return NotValid([Problem(field, text)])


def changed_since(what: str, instead: str) -> NotValid:
    """An error to be raised: nothing is taken back over what came later.

    Args:
        what: was changed since: “The referral”.
        instead: what to do, in a sentence.
    """
    words = f"{what} was changed since, so this can't be taken back by itself."
    return stop("", f"{words} {instead}")


def add(
    desk: Desk,
    deed: Deed,
    record_type: type[R],
    values: Mapping[str, Value],
    more: Iterable[Problem] = (),
) -> tuple[R, list[Problem]]:
    """Add a row.

    Args:
        desk: who saves.
        deed: the transaction.
        record_type: what is saved.
        values: by field name.
        more: what the deed itself found wrong, told together with the rest.

    Returns:
        The record, and the warnings it was saved with.

    Raises:
        NotValid: a value or a rule stops it.
    """
    warnings = refuse([*check(desk, deed, record_type, values), *more])
    record = record_type.made(tidied(record_type, values))
    deed.add(Sealing(desk, deed).record(record))
    return record, warnings


def change(
    desk: Desk,
    deed: Deed,
    record_type: type[R],
    row_id: str,
    values: Mapping[str, Value],
    more: Iterable[Problem] = (),
) -> tuple[R, list[Problem]]:
    """Change some values of a row; those that stay the same write nothing.

    Raises:
        NotValid: a value or a rule stops it.
        NotFound: the row is not there.
    """
    before = get(deed, record_type, row_id)
    warnings = refuse([*check(desk, deed, record_type, values, row_id), *more])
    different = really_new(desk, deed, before, tidied(record_type, values))
    if different:
        sealed = Sealing(desk, deed).values(before, different)
        deed.change(record_type, row_id, sealed)
    return _after(before, different), warnings


def put_right(
    desk: Desk,
    deed: Deed,
    record_type: type[R],
    row_id: str,
    values: Mapping[str, Value],
    reason: str,
    more: Iterable[Problem] = (),
) -> tuple[R, list[Problem]]:
    """Add to a fact what was wrong with it, with the reason.

    The reason is sealed where the words of the record are.

    Raises:
        NotValid: a value or a rule stops it, or the reason is missing.
        NotFound: the row is not there.
    """
    if not reason.strip():
        raise stop("reason", "Say why this is put right.")
    before = get(deed, record_type, row_id)
    warnings = refuse([*check(desk, deed, record_type, values, row_id), *more])
    different = really_new(desk, deed, before, tidied(record_type, values))
    if different:
        sealing = Sealing(desk, deed)
        why = sealing.reason(before, reason)
        deed.addendum(record_type, row_id, sealing.values(before, different), why)
    return _after(before, different), warnings


def why_of(desk: Desk, deed: Deed, record: Record, reason: str) -> str:
    """A reason as it is stored: sealed where the clinical text of the record is.

    Called once for each deed, and its answer given to all that the deed does, so that
    one reason stays one.
    """
    return Sealing(desk, deed).reason(record, reason)


def _after(before: R, values: Mapping[str, Value]) -> R:
    return type(before).made({**before.values(), **values}, before.id)


def done(deed: Deed, said: str, warnings: Iterable[Problem] = ()) -> Changed:
    """What a deed hands back: what it touched, a line that says so, and warnings."""
    return replace(deed.changed(said), warnings=tuple(warnings))
