"""What can be done about a record of care that stands on the time line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from provider_desk.model.changed import Changed
from provider_desk.model.records import (
    Consent,
    CourtDate,
    DisclosureRequest,
    FollowUp,
    JusticeStep,
    RiskFlag,
    SafeguardingReferral,
    SupportedBy,
    TrialAgreement,
)
from provider_desk.services.casework.caring import (
    agreements,
    asks,
    consents,
    courts,
    follow_ups,
    helping,
    justice,
    requests,
    risk,
    safeguarding,
)
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.pages.caring.care_deeds import (
    CONSENT_ROWS,
    HELPER_ROWS,
    RISK_ROWS,
    SAFEGUARDING_ROWS,
    follow_consent,
    follow_risk,
)
from provider_desk.ui.pages.caring.court_deeds import (
    AGREEMENT_ROWS,
    ASKED_ROWS,
    COURT_ROWS,
    DECIDED_ROWS,
    FOLLOW_UP_ROWS,
    VERDICT_ROWS,
    follow_request,
    follow_verdict,
)
from provider_desk.ui.pages.change import Change, Run


def _change(
    words: str,
    rows: Sequence[Row],
    run: Run,
    needs: Permission,
    follow: Callable[[RecordForm], None] | None = None,
) -> Change:
    return Change(words, rows, reason=False, run=run, needs=needs, follow=follow)


def _take_back(
    run: Callable[[Desk, str, str], Changed],
    needs: Permission,
    words: str = "Take it back",
) -> Change:
    return Change(
        words,
        (),
        reason=True,
        run=lambda d, e, _, why: run(d, e.row_id, why),
        needs=needs,
    )


_CLINICAL, _PEOPLE = Permission.READ_CLINICAL, Permission.RECORD_PEOPLE
_CONSENT = Permission.RECORD_REFERRALS
_REQUEST = Permission.HANDLE_REQUESTS

CHANGES: Mapping[str, Sequence[Change]] = {
    RiskFlag.TABLE: (
        _change(
            asks.CHANGE,
            (*RISK_ROWS, "ended_on", "end_note"),
            lambda d, e, v, _: risk.change_flag(d, e.row_id, v),
            _CLINICAL,
            follow_risk,
        ),
        _take_back(risk.take_back_flag, _CLINICAL),
    ),
    SafeguardingReferral.TABLE: (
        _change(
            asks.CHANGE,
            (*SAFEGUARDING_ROWS, "ended_on", "outcome"),
            lambda d, e, v, _: safeguarding.change_safeguarding(d, e.row_id, v),
            _CLINICAL,
        ),
        _take_back(safeguarding.take_back_safeguarding, _CLINICAL),
    ),
    Consent.TABLE: (
        _change(
            asks.CHANGE,
            (*CONSENT_ROWS, "withdrawn_on"),
            lambda d, e, v, _: consents.change_consent(d, e.row_id, v),
            _CONSENT,
            follow_consent,
        ),
        _take_back(consents.take_back_consent, _CONSENT),
    ),
    SupportedBy.TABLE: (
        _change(
            asks.CHANGE,
            HELPER_ROWS,
            lambda d, e, v, _: helping.change_helper(d, e.row_id, v),
            _PEOPLE,
        ),
        _take_back(helping.take_back_helper, _PEOPLE),
    ),
    JusticeStep.TABLE: (
        _change(
            asks.CHANGE,
            ["from_on", "status"],
            lambda d, e, v, _: justice.change_status(d, e.row_id, v),
            _PEOPLE,
        ),
        _take_back(justice.take_back_status, _PEOPLE),
    ),
    CourtDate.TABLE: (
        _change(
            asks.CHANGE,
            COURT_ROWS,
            lambda d, e, v, _: courts.change_court_date(d, e.row_id, v),
            _PEOPLE,
        ),
        _change(
            "Change the verdict",
            VERDICT_ROWS,
            lambda d, e, v, _: courts.give_verdict(d, e.row_id, v),
            _PEOPLE,
            follow_verdict,
        ),
        _take_back(courts.take_back_verdict, _PEOPLE, "Take the verdict back"),
        _take_back(courts.take_back_court_date, _PEOPLE),
    ),
    FollowUp.TABLE: (
        replace(
            _change(
                asks.CHANGE,
                (*FOLLOW_UP_ROWS, ("done_on", "result")),
                lambda d, e, v, _: follow_ups.change_follow_up(d, e.row_id, v),
                _PEOPLE,
            ),
            needs_too=_CLINICAL,
        ),
        replace(
            _take_back(follow_ups.take_back_follow_up, _PEOPLE), needs_too=_CLINICAL
        ),
    ),
    TrialAgreement.TABLE: (
        _change(
            asks.CHANGE,
            AGREEMENT_ROWS,
            lambda d, e, v, _: agreements.change_agreement(d, e.row_id, v),
            _PEOPLE,
        ),
        _take_back(agreements.take_back_agreement, _PEOPLE),
    ),
    DisclosureRequest.TABLE: (
        _change(
            asks.GO_ON,
            (*DECIDED_ROWS, *ASKED_ROWS),
            lambda d, e, v, _: requests.change_request(d, e.row_id, v),
            _REQUEST,
            follow_request,
        ),
        _take_back(requests.take_back_request, _REQUEST),
    ),
}
