"""Surveys: anonymous by default, with the person's name only where they sign it.

An anonymous one keeps the contract, the area, the day and the answers, and nothing that
leads to a person. Source: domain reference, B10; practices, P26, P27.
"""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Contract, Referral, SurveyAnswer
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store.records import get


@needs(Permission.RECORD_SESSIONS)
def record_survey(
    desk: Desk, referral_id: str, values: Mapping[str, Value], *, signed: bool
) -> tuple[str, Changed]:
    """Record a survey of somebody's case.

    Args:
        desk: who records it.
        referral_id: of its contract and area.
        values: the answers, by field name.
        signed: whether the person wants it linked to them.

    Raises:
        NotValid: a value or a rule stops it.
        NotFound: the referral is outside the caseload.
    """
    with desk.store.writing("record survey", by=desk.user.id) as deed:
        referral = caseload.within(desk, deed, Referral, referral_id)
        given = {
            "answered_on": desk.today(),
            **values,
            "contract_id": referral.contract_id,
            "area": referral.area,
            "referral_id": referral_id if signed else None,
        }
        survey, warnings = saving.add(desk, deed, SurveyAnswer, given)
        said = "Survey saved." if signed else "Survey saved, without a name."
        return survey.id, saving.done(deed, said, warnings)


@needs(Permission.RECORD_SESSIONS)
def record_anonymous_survey(
    desk: Desk, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record a survey that came in without a name; nothing leads to a person.

    Args:
        desk: who records it.
        values: contract, area, day and answers, by field name.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("record survey", by=desk.user.id) as deed:
        given = {"answered_on": desk.today(), **values, "referral_id": None}
        if given.get("contract_id"):
            get(deed, Contract, str(given["contract_id"]))
        survey, warnings = saving.add(desk, deed, SurveyAnswer, given)
        said = "Survey saved, without a name."
        return survey.id, saving.done(deed, said, warnings)


@needs(Permission.RECORD_SESSIONS)
def take_back_survey(desk: Desk, survey_id: str, reason: str) -> Changed:
    """Take back a survey that was recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
        NotFound: it is not there, or signed by somebody outside the caseload.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back survey", desk.user.id) as deed:
        if get(deed, SurveyAnswer, survey_id).referral_id is not None:
            caseload.within(desk, deed, SurveyAnswer, survey_id)
        deed.retire(SurveyAnswer, survey_id, reason.strip())
        return saving.done(deed, "Survey taken back.")
