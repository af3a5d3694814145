"""Surveys: anonymous by default, with the person's name only where they sign it.

An anonymous one keeps the contract, the area, the month and the answers, and nothing
that leads to a person: neither who typed it in nor when. It waits in a box until the
month in which it was typed is over, be it of that month or of an earlier one, and then
comes among the others, all at once and shuffled.
Source: domain reference, B10; practices, P26, P27.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from secrets import SystemRandom

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Contract, Referral, SurveyAnswer
from provider_desk.services import saving, telling_who
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.store import survey_box
from provider_desk.store.records import exists, get

_UNNAMED = (
    "Survey saved, without a name. It counts when this month is over. Only Undo takes "
    "it back."
)


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
        NotValid: a value or a rule stops it; or its words tell who it is, though no
            name is to stand in it.
        NotFound: the referral is outside the caseload.
    """
    given = {"answered_on": desk.today(), **values}
    if not signed:
        with desk.store.reading() as rows:
            referral = caseload.within(desk, rows, Referral, referral_id)
        return _without_a_name(desk, given, referral.contract_id, referral.area)
    with desk.store.writing("record survey", by=desk.user.id) as deed:
        referral = caseload.within(desk, deed, Referral, referral_id)
        given |= {
            "contract_id": referral.contract_id,
            "area": referral.area,
            "referral_id": referral_id,
        }
        survey, warnings = saving.add(desk, deed, SurveyAnswer, given)
        return survey.id, saving.done(deed, "Survey saved.", warnings)


@needs(Permission.RECORD_SESSIONS)
def record_anonymous_survey(
    desk: Desk, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record a survey that came in without a name; nothing leads to a person.

    Args:
        desk: who records it.
        values: contract, area, day and answers, by field name.

    Raises:
        NotValid: a value or a rule stops it, or its words tell who it is.
    """
    given = {"answered_on": desk.today(), **values}
    contract_id = given.get("contract_id")
    if contract_id:
        with desk.store.reading() as rows:
            get(rows, Contract, str(contract_id))
    return _without_a_name(desk, given, contract_id, given.get("area"))


def _without_a_name(
    desk: Desk, values: Mapping[str, Value], contract_id: Value, area: Value
) -> tuple[str, Changed]:
    """Put a survey into the box, by its month; no deed says who did it and when."""
    given = {
        **values,
        "contract_id": contract_id,
        "area": area,
        "referral_id": None,
    }
    with desk.store.reading() as rows:
        found = saving.check(desk, rows, SurveyAnswer, given)
        found += telling_who.problems(desk, rows, given, ("words",))
    warnings = saving.refuse(found)
    survey = SurveyAnswer.made(saving.tidied(SurveyAnswer, given))
    # The day would lead to whoever had a session on it; the return asks for months.
    survey = replace(survey, answered_on=survey.answered_on.replace(day=1))
    survey_box.put_in(desk.store, survey, _month_after(desk.today()))
    touched = {SurveyAnswer.TABLE: frozenset({survey.id})}
    return survey.id, Changed(touched, _UNNAMED, tuple(warnings))


def empty_box(desk: Desk) -> int:
    """Let the surveys that were typed before this month stand with others, shuffled.

    The program does it at a sign-in, in nobody's name; returns how many there were.
    One that was typed late, for a month that is over, comes out with those of the
    month in which it was typed: alone, it would lead to whoever was seen that day.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, Trouble: those that are left come the next
            time.
    """
    with desk.store.reading() as rows:
        over = survey_box.waiting(rows, desk.today())
        stand = exists(rows, SurveyAnswer, [each.id for each in over])
    if not over:
        return 0
    SystemRandom().shuffle(over)
    # A crash between the two leaves some in both places: they stand once.
    _let_stand(desk, [each for each in over if each.id not in stand])
    return survey_box.take_out(desk.store, [each.id for each in over])


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1)


def _let_stand(desk: Desk, surveys: Sequence[SurveyAnswer]) -> None:
    with desk.store.writing("surveys without a name, a month") as deed:
        deed.add_all(surveys)


@needs(Permission.RECORD_SESSIONS)
def take_back_survey(desk: Desk, survey_id: str, reason: str) -> Changed:
    """Take back a survey that was recorded by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
        NotFound: it is not there, or signed by somebody outside the caseload.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    if survey_box.take_out(desk.store, [survey_id]):
        touched = {SurveyAnswer.TABLE: frozenset({survey_id})}
        return Changed(touched, "Survey taken back.")
    with desk.store.writing("take back survey", desk.user.id) as deed:
        survey = get(deed, SurveyAnswer, survey_id)
        if survey.referral_id is not None:
            caseload.within(desk, deed, SurveyAnswer, survey_id)
        why = saving.why_of(desk, deed, survey, reason)
        deed.retire(SurveyAnswer, survey_id, why)
        return saving.done(deed, "Survey taken back.")
