"""The deeds of safety, consent and who else helps, declared."""

from collections.abc import Mapping

from provider_desk.model.caring_rules import grave
from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Consent,
    RiskFlag,
    SafeguardingReferral,
    SupportedBy,
)
from provider_desk.model.views import PersonPage
from provider_desk.services.casework.caring import (
    consents,
    helping,
    risk,
    safeguarding,
)
from provider_desk.services.casework.caring.page import NO_WORK
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.pages.deed import Deed, Done, Group, look_again_on

#: A plan is looked at again after so many days, unless another day is typed.
LOOK_AGAIN_DAYS = 14

RISK_ROWS = (
    "level",
    "raised_on",
    "reason",
    "plan",
    "review_on",
    "child_at_risk",
    "told",
    "agreed_to_tell",
    "override_reason",
)
SAFEGUARDING_ROWS = ("made_on", "made_to", "reason", "made_by")
CONSENT_ROWS = (
    "purpose",
    "with_whom",
    "asked_on",
    "answer",
    "explained",
    "evidence",
    "expires_on",
)
HELPER_ROWS = ("kind", "name", "reach", ("from_on", "until_on"), "note")


def follow_risk(form: RecordForm) -> None:
    """Ask who agreed only where others were told, and why where nobody did."""

    def follow() -> None:
        values = form.values()
        told = bool(values.get("told"))
        agreed = values.get("agreed_to_tell")
        form.show_fields(
            agreed_to_tell=told, override_reason=told and agreed in ("N", "NK")
        )
        needed = grave(str(values.get("level") or ""))
        for name in {"plan", "review_on"} & form.boxes.keys():
            form.boxes[name].want(needed)

    form.changed.connect(follow)
    follow()


def follow_consent(form: RecordForm) -> None:
    """Ask until when only where the answer was yes."""

    def follow() -> None:
        values = form.values()
        named = values.get("purpose") in ("SERVICE", "PERSON", "POLICE", "CARE")
        form.show_fields(with_whom=named, expires_on=values.get("answer") == "YES")

    form.changed.connect(follow)
    follow()


def _refer(desk: Desk, on: str, values: Mapping[str, Value]) -> Done:
    if on.startswith(NO_WORK):
        return safeguarding.refer_person(desk, on.removeprefix(NO_WORK), values)
    return safeguarding.refer_for(desk, on, values)


def _plan_stays(form: RecordForm) -> None:
    form.boxes["plan"].advise("Leave it empty where the plan stays as it is.")
    look_again_on(form)


def _end_risk(desk: Desk, on: str, values: Mapping[str, Value]) -> tuple[str, Changed]:
    return on, risk.end_flag(desk, on, values)


def _safeguarded(
    desk: Desk, on: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    return on, safeguarding.end_safeguarding(desk, on, values)


def _asked_again(page: PersonPage, on: str) -> Mapping[str, Value]:
    """The purpose of consent that ends and is asked for anew."""
    held = page.part.items.get("consent_id", ())
    return dict(next((item.again for item in held if item.row_id == on), {}))


def _withdraw(desk: Desk, on: str, values: Mapping[str, Value]) -> tuple[str, Changed]:
    return on, consents.withdraw_consent(desk, on, values)


def _from_flag(page: PersonPage, _on: str) -> Mapping[str, Value]:
    """Begin with the words of the gravest flag, where one stands."""
    words = [item.words for item in page.part.items.get("risk_words", ())]
    return {"reason": words[0]} if words else {}


DEEDS = (
    Deed(
        deeds.RISK,
        "Raise flag",
        RiskFlag,
        RISK_ROWS,
        "client_id",
        risk.raise_flag,
        Permission.READ_CLINICAL,
        today=("raised_on",),
        group=Group.CARE,
        follow=follow_risk,
        undo=lambda desk, new_id: risk.take_back_flag(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.RISK_LOOKED_AT,
        "Record that it was looked at",
        RiskFlag,
        ["review_on", "plan"],
        "risk_flag_id",
        risk.look_again,
        Permission.READ_CLINICAL,
        ahead={"review_on": LOOK_AGAIN_DAYS},
        group=Group.CARE,
        follow=_plan_stays,
        asked=("review_on",),
        nothing="no risk flag stands.",
    ),
    Deed(
        deeds.END_RISK,
        "End flag",
        RiskFlag,
        ["ended_on", "end_note"],
        "risk_flag_id",
        _end_risk,
        Permission.READ_CLINICAL,
        today=("ended_on",),
        asked=("ended_on",),
        group=Group.CARE,
        undo=risk.open_again,
        nothing="no risk flag stands.",
    ),
    Deed(
        deeds.SAFEGUARD,
        "Save safeguarding referral",
        SafeguardingReferral,
        SAFEGUARDING_ROWS,
        "safeguarding_for",
        _refer,
        Permission.READ_CLINICAL,
        today=("made_on",),
        own="made_by",
        group=Group.CARE,
        start=_from_flag,
        undo=lambda desk, new_id: safeguarding.take_back_safeguarding(
            desk, new_id, UNDONE
        ),
    ),
    Deed(
        deeds.SAFEGUARDED,
        "Save outcome",
        SafeguardingReferral,
        ["ended_on", "outcome"],
        "safeguarding_id",
        _safeguarded,
        Permission.READ_CLINICAL,
        today=("ended_on",),
        asked=("ended_on",),
        group=Group.CARE,
        undo=safeguarding.open_safeguarding_again,
        nothing="no safeguarding referral is open.",
    ),
    Deed(
        deeds.CONSENT,
        "Save consent",
        Consent,
        CONSENT_ROWS,
        "client_id",
        consents.record_consent,
        Permission.RECORD_REFERRALS,
        today=("asked_on",),
        group=Group.CARE,
        start=_asked_again,
        follow=follow_consent,
        undo=lambda desk, new_id: consents.take_back_consent(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.WITHDRAW,
        "Withdraw consent",
        Consent,
        ["withdrawn_on"],
        "consent_id",
        _withdraw,
        Permission.RECORD_REFERRALS,
        today=("withdrawn_on",),
        asked=("withdrawn_on",),
        group=Group.CARE,
        undo=consents.consent_stands_again,
        nothing="no consent stands.",
    ),
    Deed(
        deeds.HELPER,
        "Save who helps",
        SupportedBy,
        HELPER_ROWS,
        "client_id",
        helping.add_helper,
        Permission.RECORD_PEOPLE,
        group=Group.CARE,
        undo=lambda desk, new_id: helping.take_back_helper(desk, new_id, UNDONE),
    ),
)
