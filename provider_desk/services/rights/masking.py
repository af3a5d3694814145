"""Clinical words: left out for those who may not read them, and never overwritten.

Which fields are clinical is said once, in their declaration (``Text.clinical``). What
is sealed for a counselling team is another matter: see ``services.notes.counselling``.
Source: domain reference, A6.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Record, Value
from provider_desk.model.records import (
    FunctionalGain,
    Goal,
    GoalRating,
    ProcessNote,
    RiskAnswer,
    Score,
    SurveyAnswer,
)
from provider_desk.services.notes.counselling import clinical_fields

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


def fields_hidden(record_type: type[Record]) -> frozenset[str]:
    """Names of the fields that are clinical words."""
    return frozenset(clinical_fields(record_type))


def masked(record: R, *, clinical: bool) -> R:
    """A record as somebody may read it.

    Args:
        record: as the store holds it.
        clinical: whether clinical words may be read.
    """
    hidden = () if clinical else fields_hidden(type(record))
    return replace(record, **dict.fromkeys(hidden, "")) if hidden else record


def all_masked(records: Iterable[R], *, clinical: bool) -> list[R]:
    """Records as somebody may read them; none where they are clinical as a whole."""
    return [
        masked(each, clinical=clinical)
        for each in records
        if clinical or not isinstance(each, WHOLE)
    ]


def writable(
    record_type: type[Record], values: Mapping[str, Value], *, clinical: bool
) -> dict[str, Value]:
    """Values that somebody may save; clinical fields left empty stay as they are.

    A form that was filled without the words it may not show must not wipe them out.

    Raises:
        NotValid: words were typed into a field that this person may not read.
    """
    if clinical:
        return dict(values)
    hidden = fields_hidden(record_type)
    typed = [name for name in values if name in hidden and values[name]]
    if typed:
        raise NotValid([Problem(name, _REFUSED) for name in typed])
    return {name: value for name, value in values.items() if name not in hidden}
