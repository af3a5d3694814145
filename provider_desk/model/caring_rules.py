"""Rules for risk, safeguarding, consent, courts and requests for records.

Source: domain reference, A4, B13, D4, F4, F5; practices, P5, P28 to P30.
"""

from collections.abc import Callable, Mapping
from datetime import date

from provider_desk.model.asked import Asked
from provider_desk.model.choices import choices
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Day, Record, shown
from provider_desk.model.records import (
    Consent,
    CourtDate,
    DisclosureRequest,
    FollowUp,
    JusticeStep,
    RiskAnswer,
    RiskFlag,
    SafeContact,
    SafeguardingReferral,
    SupportedBy,
    TrialAgreement,
)

_DAY = Day(label="")
#: Who has to give the person a notice in writing before asking for records. Source:
#: Police, Crime, Sentencing and Courts Act 2022, s44A to 44F.
NOTICE_FROM = ("POLICE", "CPS")
_GIVEN = ("SUPPLY", "PART")

#: Said beside "notes of counselling are asked for". Source: domain reference, F5.
COUNSELLING = (
    "The law starts from this: notes of counselling are not needed. They may be asked "
    "for only if they are likely to have substantial probative value, that is, to "
    "prove something that matters in the case. Ask them to say what, in writing, and "
    "take advice before anything is given. (Police, Crime, Sentencing and Courts Act "
    "2022, s44A to 44F.)"
)

#: Said there while the answer is no, or open.
PRESUMED = "They are presumed not to be needed unless shown to be."

#: Said beside "written notice to the person seen". Source: domain reference, F5.
NOTICE = (
    "Ask for the written notice first. The police must tell the person in writing "
    "what they ask for, why, and how it will be handled. (Police, Crime, Sentencing "
    "and Courts Act 2022, s44A to 44F.)"
)


def grave(level: str) -> bool:
    """Whether a level of risk asks for a plan and a day to look at it again."""
    return level in choices("risk_level").codes_where("plan")


def risk_has_a_plan(asked: Asked) -> Problem | None:
    """An active or urgent concern has a plan."""
    match asked.record:
        case RiskFlag(level=level, plan="", ended_on=None) if grave(level):
            return Problem("plan", "Say what the plan is: who does what until when.")
    return None


def risk_has_a_review(asked: Asked) -> Problem | None:
    """An active or urgent concern has a day on which it is looked at again."""
    match asked.record:
        case RiskFlag(level=level, review_on=None, ended_on=None) if grave(level):
            return Problem("review_on", "Say on which day the plan is looked at again.")
        case RiskFlag(raised_on=raised, review_on=date() as on) if on < raised:
            return Problem("review_on", f"{_before(on, raised)} it was raised.")
        case RiskFlag(level=level, review_on=date(), ended_on=None) if (
            level and level not in choices("risk_level").codes_where("open")
        ):
            return Problem(
                "review_on",
                "Where there is no concern, Today does not ask on that day. To be "
                "asked, choose “Keep an eye on it”.",
                "warn",
            )
    return None


def told_with_leave(asked: Asked) -> Problem | None:
    """Others are told with the person's agreement, or the reason is on record."""
    match asked.record:
        case RiskFlag(told="") | RiskFlag(agreed_to_tell="Y"):
            return None
        case RiskFlag(agreed_to_tell=None):
            return Problem("agreed_to_tell", "Say whether the person agreed to this.")
        case RiskFlag(override_reason=""):
            return Problem(
                "override_reason",
                "The person did not agree, so say why others were told all the same: "
                "risk of serious harm, a child at risk, or a court order.",
            )
    return None


def risk_ends_after_it_begins(asked: Asked) -> Problem | None:
    """A flag ends on or after its first day, and says why."""
    match asked.record:
        case RiskFlag(raised_on=raised, ended_on=date() as on) if on < raised:
            return Problem("ended_on", f"{_before(on, raised)} it was raised.")
        case RiskFlag(ended_on=None, end_note=note) if note:
            return Problem("ended_on", "Say on which day it ended.")
        case RiskFlag(ended_on=date(), end_note=""):
            return Problem("end_note", "Say in a few words why it ended.", "warn")
    return None


def could_not_says_why(asked: Asked) -> Problem | None:
    """Where a risk item could not be followed up, it is said why. Source: D4."""
    why = choices("risk_answer").codes_where("why")
    match asked.record:
        case RiskAnswer(done=done, why="") if done in why:
            return Problem("why", "Say why it could not be followed up.")
    return None


def safeguarding_ends_with_an_outcome(asked: Asked) -> Problem | None:
    """An outcome has its day, a day its outcome, neither before it was made."""
    match asked.record:
        case SafeguardingReferral(made_on=made, ended_on=date() as on) if on < made:
            return Problem("ended_on", f"{_before(on, made)} it was made.")
        case SafeguardingReferral(ended_on=date(), outcome=None):
            return Problem("outcome", "Say what came of it; “Not known” is an answer.")
        case SafeguardingReferral(ended_on=None, outcome=str()):
            return Problem("ended_on", "Say on which day it ended.")
    return None


def consent_in_order(asked: Asked) -> Problem | None:
    """Consent ends after it is asked, and only what was given is withdrawn."""
    match asked.record:
        case Consent(asked_on=begun, withdrawn_on=date() as on) if on < begun:
            return Problem("withdrawn_on", f"{_before(on, begun)} it was asked.")
        case Consent(withdrawn_on=date(), answer=answer) if answer != "YES":
            return Problem("withdrawn_on", "Only a yes can be withdrawn.")
        case Consent(asked_on=begun, expires_on=date() as on) if on < begun:
            return Problem("expires_on", f"{_before(on, begun)} it was asked.")
    return None


def consent_says_with_whom(asked: Asked) -> Problem | None:
    """Sharing with a service or a person names which."""
    match asked.record:
        case Consent(purpose="SERVICE" | "PERSON", with_whom=""):
            return Problem("with_whom", "Say with whom: a yes holds for them only.")
    return None


def consent_was_explained(asked: Asked) -> Problem | None:
    """Consent to sharing is given in full knowledge of why. Source: F4."""
    sharing = choices("consent_purpose").codes_where("sharing")
    match asked.record:
        case Consent(answer="YES", explained="", purpose=purpose):
            if purpose in sharing:
                return Problem(
                    "explained",
                    "Say what was explained: what is shared, with whom, and why.",
                    "warn",
                )
    return None


def helper_in_order(asked: Asked) -> Problem | None:
    """Somebody's help does not end before it begins, and they have a name."""
    match asked.record:
        case SupportedBy(from_on=date() as begun, until_on=date() as on):
            if on < begun:
                return Problem("until_on", f"{_before(on, begun)} it began.")
        case SupportedBy(name="", reach=""):
            return Problem("name", "Without a name nobody can be reached.", "warn")
    return None


def verdict_has_its_day(asked: Asked) -> Problem | None:
    """A verdict has its day, and a day its verdict."""
    match asked.record:
        case CourtDate(verdict=str(), verdict_on=None):
            return Problem("verdict_on", "Say on which day the verdict was given.")
        case CourtDate(verdict=None, verdict_on=date()):
            return Problem("verdict", "There is a day of verdict, but no verdict.")
        case CourtDate(on=begun, verdict_on=date() as on) if on < begun:
            return Problem("verdict_on", f"{_before(on, begun)} court began.")
    return None


def follow_up_done_has_its_day(asked: Asked) -> Problem | None:
    """A result has the day on which it was done."""
    match asked.record:
        case FollowUp(done_on=None, result=result) if result:
            return Problem("done_on", "Say on which day it was done.")
    return None


def agreement_names_its_form(asked: Asked) -> Problem | None:
    """A signed agreement says which version of the form was signed."""
    match asked.record:
        case TrialAgreement(signed="Y", version=""):
            return Problem("version", "Say which version of the form it is.", "warn")
    return None


def request_decided(asked: Asked) -> Problem | None:
    """A decision about a request has its day and who decided."""
    record = asked.record
    if not isinstance(record, DisclosureRequest):
        return None
    if record.decision in choices("request_decision").codes_where("open"):
        return None
    if record.decided_on is None:
        return Problem("decided_on", "Say on which day this was decided.")
    if record.decided_on < record.received_on:
        said = _before(record.decided_on, record.received_on)
        return Problem("decided_on", f"{said} it was received.")
    if not record.decided_by:
        return Problem("decided_by", "Say who decided.")
    return None


def request_shows_notice(asked: Asked) -> Problem | None:
    """Whoever has to give the person a written notice shows it."""
    match asked.record:
        case DisclosureRequest(asked_by=by, notice_seen=seen) if by in NOTICE_FROM:
            return None if seen == "Y" else Problem("notice_seen", NOTICE, "warn")
    return None


def request_for_counselling(asked: Asked) -> Problem | None:
    """Notes of counselling are presumed not to be needed."""
    match asked.record:
        case DisclosureRequest(counselling="Y"):
            return Problem("counselling", COUNSELLING, "warn")
    return None


def request_given_with_care(asked: Asked) -> Problem | None:
    """Before anything is given the person is told; others' details are taken out."""
    record = asked.record
    if not isinstance(record, DisclosureRequest) or record.decision not in _GIVEN:
        return None
    if record.redacted != "Y":
        return Problem(
            "redacted",
            "Other people's details are to be taken out before anything is given.",
            "warn",
        )
    if record.told_on is None:
        return Problem(
            "told_on",
            "Nothing says that the person was told and asked what they say to it.",
            "warn",
        )
    return None


def _before(on: date, other: date) -> str:
    """The first part of a sentence about two days in the wrong order."""
    return f"{shown(_DAY, on)} is before {shown(_DAY, other)}, when"


#: Record type → its rules, beside the one that nothing past lies ahead.
CARING: Mapping[type[Record], tuple[Callable[[Asked], Problem | None], ...]] = {
    RiskFlag: (
        risk_has_a_plan,
        risk_has_a_review,
        told_with_leave,
        risk_ends_after_it_begins,
    ),
    SafeguardingReferral: (safeguarding_ends_with_an_outcome,),
    RiskAnswer: (could_not_says_why,),
    SafeContact: (),
    Consent: (consent_in_order, consent_says_with_whom, consent_was_explained),
    SupportedBy: (helper_in_order,),
    JusticeStep: (),
    CourtDate: (verdict_has_its_day,),
    FollowUp: (follow_up_done_has_its_day,),
    TrialAgreement: (agreement_names_its_form,),
    DisclosureRequest: (
        request_decided,
        request_shows_notice,
        request_for_counselling,
        request_given_with_care,
    ),
}
