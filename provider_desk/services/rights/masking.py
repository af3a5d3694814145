"""Clinical words: left out for those who may not read them, and never overwritten.

Which fields are clinical is said once, in their declaration (``Text.clinical``). What
is sealed for a counselling team is another matter: see ``services.notes.counselling``.
What is said of somebody who waits (``Text.condition``) is read more widely.
Source: domain reference, A6.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Record, Text, Value, fields_of
from provider_desk.model.records import (
    FunctionalGain,
    Goal,
    GoalRating,
    ProcessNote,
    RiskAnswer,
    Score,
    SurveyAnswer,
)
from provider_desk.services.desk import Desk
from provider_desk.services.notes.counselling import clinical_fields
from provider_desk.services.rights.permissions import Permission, may

R = TypeVar("R", bound=Record)

#: Records that are clinical as a whole.
WHOLE = (
    Score,
    ProcessNote,
    Goal,
    GoalRating,
    SurveyAnswer,
    FunctionalGain,
    RiskAnswer,
)

_REFUSED = (
    "Your role may not read clinical notes, so it can't write them here either. Leave "
    "this empty, or ask who works with the person."
)


def fields_hidden(
    record_type: type[Record], *, waiting: bool = False
) -> frozenset[str]:
    """Names of the fields that are not shown to who may not read clinical words.

    Args:
        record_type: of which records.
        waiting: whether what is said of people who wait is read all the same.
    """
    said = () if waiting else condition_fields(record_type)
    return frozenset((*clinical_fields(record_type), *said))


def condition_fields(record_type: type[Record]) -> tuple[str, ...]:
    """Names of the fields that say how somebody is who waits."""
    return tuple(
        field.name
        for field in fields_of(record_type)
        if isinstance(field.kind, Text) and field.kind.condition
    )


def reads_waiting(desk: Desk) -> bool:
    """Whether what is said of people who wait is read by the person at the desk.

    Their role reads clinical notes; whom they may open at all is asked elsewhere.
    """
    return may(desk, Permission.READ_CLINICAL)


def masked(record: R, *, clinical: bool, waiting: bool = False) -> R:
    """A record as somebody may read it.

    Args:
        record: as the store holds it.
        clinical: whether clinical words may be read.
        waiting: whether what is said of people who wait may be read without that.
    """
    hidden = () if clinical else fields_hidden(type(record), waiting=waiting)
    return replace(record, **dict.fromkeys(hidden, "")) if hidden else record


def all_masked(
    records: Iterable[R], *, clinical: bool, waiting: bool = False
) -> list[R]:
    """Records as somebody may read them; none where they are clinical as a whole."""
    return [
        masked(each, clinical=clinical, waiting=waiting)
        for each in records
        if clinical or not isinstance(each, WHOLE)
    ]


def writable(
    record_type: type[Record],
    values: Mapping[str, Value],
    *,
    clinical: bool,
    waiting: bool = False,
) -> dict[str, Value]:
    """Values that somebody may save; clinical fields left empty stay as they are.

    A form that was filled without the words it may not show must not wipe them out.

    Raises:
        NotValid: words were typed into a field that this person may not read.
    """
    if clinical:
        return dict(values)
    hidden = fields_hidden(record_type, waiting=waiting)
    typed = [name for name in values if name in hidden and values[name]]
    if typed:
        raise NotValid([Problem(name, _REFUSED) for name in typed])
    return {name: value for name, value in values.items() if name not in hidden}
