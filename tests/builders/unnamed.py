"""Surveys without a name, in the box in which they wait for the end of their month."""

from provider_desk.model.records import SurveyAnswer
from provider_desk.services.desk import Desk
from provider_desk.store import survey_box


def unnamed(desk: Desk) -> list[SurveyAnswer]:
    """Those that wait."""
    with desk.store.reading() as rows:
        return survey_box.waiting(rows)
