"""Risk flags: a concern for a person, its plan, who was told, and its end.

Several can stand at a time. What a flag said before stays in its history. Every deed
here stops with NotFound where the person is outside the caseload. Source: domain
reference, B13.
"""

from collections.abc import Iterable, Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, RiskFlag, SafeguardingReferral
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label, sentences
from provider_desk.store.records import find

_CHILD = "CSC"


def standing(flags: Iterable[RiskFlag]) -> list[RiskFlag]:
    """Flags that stand, the gravest first, and of those the newest."""
    levels = [each.code for each in choices("risk_level").values]
    open_levels = choices("risk_level").codes_where("open")
    return sorted(
        (flag for flag in flags if flag.ended_on is None and flag.level in open_levels),
        key=lambda flag: (levels.index(flag.level), flag.raised_on),
        reverse=True,
    )


def open_flags(rows: Rows, client_id: str) -> list[RiskFlag]:
    """A person's flags that stand, the gravest first."""
    return standing(find(rows, RiskFlag, client_id=client_id))


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def raise_flag(
    desk: Desk, client_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Raise a flag; an active or urgent one with its plan and a day to review it.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("raise risk flag", by=desk.user.id) as deed:
        caseload.within(desk, deed, Client, client_id)
        given = {"raised_on": desk.today(), **values, "client_id": client_id}
        flag, warnings = saving.add(desk, deed, RiskFlag, given)
        warnings += _child(deed, flag)
        return flag.id, saving.done(deed, _said(flag), warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def change_flag(desk: Desk, flag_id: str, values: Mapping[str, Value]) -> Changed:
    """Change a flag's level, plan or review day; what it said stays in its history.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change risk flag", by=desk.user.id) as deed:
        before = caseload.within(desk, deed, RiskFlag, flag_id)
        clinical = caseload.reads_clinical_of(desk, deed, before)
        given = masking.writable(RiskFlag, values, clinical=clinical)
        given.pop("client_id", None)
        flag, warnings = saving.change(desk, deed, RiskFlag, flag_id, given)
        warnings += _child(deed, flag)
        return saving.done(deed, _said(flag), warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def look_again(
    desk: Desk, flag_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record that a plan was looked at: the next day, and the plan where it is new.

    Returns:
        The flag's id, and what changed.

    Raises:
        NotValid: a value or a rule stops it.
    """
    if not values.get("review_on"):
        raise saving.stop("review_on", "Say when the plan is to be looked at again.")
    given = {name: value for name, value in values.items() if value}
    return flag_id, change_flag(desk, flag_id, given)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def end_flag(desk: Desk, flag_id: str, values: Mapping[str, Value]) -> Changed:
    """End a flag: the day and why. It stays on the time line.

    Raises:
        NotValid: the reason is missing, or a value or a rule stops it.
    """
    with desk.store.writing("end risk flag", by=desk.user.id) as deed:
        caseload.within(desk, deed, RiskFlag, flag_id)
        if not str(values.get("end_note") or "").strip():
            raise saving.stop("end_note", "Say in a few words why it ended.")
        given = {
            "ended_on": values.get("ended_on") or desk.today(),
            "end_note": values.get("end_note") or "",
        }
        flag, warnings = saving.change(desk, deed, RiskFlag, flag_id, given)
        on = day(flag.ended_on or desk.today())
        return saving.done(deed, f"Risk flag ended on {on}.", warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def open_again(desk: Desk, flag_id: str) -> Changed:
    """Take the end of a flag back; it stands again as it was.

    Raises:
        NotValid: a rule stops it.
    """
    with desk.store.writing("open risk flag again", by=desk.user.id) as deed:
        caseload.within(desk, deed, RiskFlag, flag_id)
        given: Mapping[str, Value] = {"ended_on": None, "end_note": ""}
        _, warnings = saving.change(desk, deed, RiskFlag, flag_id, given)
        return saving.done(deed, "The risk flag stands again.", warnings)


@needs(Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)
def take_back_flag(desk: Desk, flag_id: str, reason: str) -> Changed:
    """Take back a flag that was raised by mistake; its history stays.

    Raises:
        NotValid: the reason is missing.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back risk flag", desk.user.id) as deed:
        caseload.within(desk, deed, RiskFlag, flag_id)
        deed.retire(RiskFlag, flag_id, reason.strip())
        return saving.done(deed, "Risk flag taken back.")


def _said(flag: RiskFlag) -> str:
    review = f"Review on {day(flag.review_on)}." if flag.review_on else ""
    return sentences(f"Risk flag: {label('risk_level', flag.level)}.", review)


def _child(rows: Rows, flag: RiskFlag) -> list[Problem]:
    """A child at risk leads to a safeguarding referral; no more stands here."""
    if flag.child_at_risk != "Y":
        return []
    made = find(rows, SafeguardingReferral, client_id=flag.client_id)
    if any(each.made_to == _CHILD and each.ended_on is None for each in made):
        return []
    return [
        Problem(
            "child_at_risk",
            "No safeguarding referral to children's social care is open. Make one "
            "with the fewest facts that are needed; don't name the child here.",
            "warn",
        )
    ]
