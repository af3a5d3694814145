"""Needs analyses with assumptions that anybody can change, and what they give.

Source: practices, P35; domain reference, C6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from provider_desk.model import resources
from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value, field_map
from provider_desk.model.records import NeedModel
from provider_desk.planning.exact import numbers_of
from provider_desk.planning.needs import Assumptions, Year, column_names, years_of
from provider_desk.planning.papers import PaperFigure, worked_again
from provider_desk.planning.printed import Finding, findings, printed_of
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.records import find, get

_PUBLISHED = "planning/needs_2015.toml"
_PAPERS = "planning/papers_2018.toml"


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A needs analysis worked out.

    Attributes:
        columns: names of a year's cells.
        years: the table.
        unaccounted: percent of earlier people who neither come nor are excluded.
        findings: of the printed table, what differs and what is rounded; () where
            none was typed.
        checked: how many printed rows were checked.
    """

    columns: tuple[str, ...]
    years: tuple[Year, ...]
    unaccounted: Fraction
    findings: tuple[Finding, ...]
    checked: int


def published() -> dict[str, Value]:
    """The needs analysis of 2015 as it was published, as values of a ``NeedModel``."""
    held = resources.read_toml(_PUBLISHED)
    return {name: held[name] for name in field_map(NeedModel) if name in held}


def papers() -> tuple[PaperFigure, ...]:
    """What the council papers of 2017 and 2018 printed, worked out again."""
    return worked_again(resources.read_toml(_PAPERS))


def assumptions_of(model: NeedModel) -> Assumptions:
    """What a needs analysis assumes, as numbers.

    Raises:
        ValueError: a list holds what is no number; its rules see to that.
    """
    return Assumptions(
        first_year=model.first_year,
        legacy=model.legacy,
        excluded=Fraction(model.excluded_percent),
        legacy_shares=numbers_of(model.legacy_shares),
        new_people=numbers_of(model.new_people),
        new_shares=numbers_of(model.new_shares),
        therapy=Fraction(model.therapy_percent),
    )


def worked_out(model: NeedModel) -> WorkedOut:
    """The table of a needs analysis, and the check of the printed one."""
    assumed = assumptions_of(model)
    printed = printed_of(model.printed)
    return WorkedOut(
        column_names(assumed),
        years_of(assumed),
        assumed.unaccounted,
        findings(assumed, printed),
        len(printed),
    )


@needs(Permission.PLAN)
def need_models(desk: Desk) -> list[NeedModel]:
    """Every needs analysis, newest first."""
    with desk.store.reading() as rows:
        found = find(rows, NeedModel)
    return sorted(found, key=lambda each: each.made_on, reverse=True)


@needs(Permission.PLAN)
def add_need_model(desk: Desk, values: Mapping[str, Value]) -> tuple[str, Changed]:
    """Keep a needs analysis.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("add needs analysis", by=desk.user.id) as deed:
        given = {"made_on": desk.today(), **values}
        model, warnings = saving.add(desk, deed, NeedModel, given)
        return model.id, saving.done(deed, "Needs analysis saved.", warnings)


@needs(Permission.PLAN)
def change_need_model(
    desk: Desk, model_id: str, values: Mapping[str, Value]
) -> Changed:
    """Change the assumptions of a needs analysis; what they were stays in its history.

    Raises:
        NotValid: a value or a rule stops it.
        NotFound: it is not there.
    """
    with desk.store.writing("change needs analysis", by=desk.user.id) as deed:
        _, warnings = saving.change(desk, deed, NeedModel, model_id, values)
        return saving.done(deed, "Needs analysis saved.", warnings)


@needs(Permission.PLAN)
def take_back_need_model(desk: Desk, model_id: str) -> Changed:
    """Take a needs analysis off the desk; its history stays.

    Raises:
        NotFound: it is not there.
    """
    with desk.store.writing("take back needs analysis", by=desk.user.id) as deed:
        model = get(deed, NeedModel, model_id)
        deed.retire(NeedModel, model_id, "Not needed any more.")
        return saving.done(deed, f"“{model.title}” was taken off the desk.")


@needs(Permission.PLAN)
def put_back_need_model(desk: Desk, model_id: str) -> Changed:
    """Put a needs analysis back that was taken off the desk.

    Raises:
        NotFound: it was not taken off.
    """
    with desk.store.writing("put back needs analysis", by=desk.user.id) as deed:
        deed.put_back(NeedModel, model_id)
        return saving.done(deed, "The needs analysis is back.")
