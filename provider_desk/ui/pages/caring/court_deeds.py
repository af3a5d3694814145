"""The deeds of police and court, and requests for records, declared."""

from collections.abc import Mapping

from provider_desk.model.caring_rules import (
    COUNSELLING,
    NOTICE,
    NOTICE_FROM,
    PRESUMED,
)
from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    CourtDate,
    DisclosureRequest,
    FollowUp,
    JusticeStep,
    TrialAgreement,
)
from provider_desk.services.casework.caring import (
    agreements,
    courts,
    follow_ups,
    justice,
    requests,
)
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.pages.deed import Deed, Group

COURT_ROWS = ("kind", "on", "place", "with_worker", "note")
VERDICT_ROWS = ("verdict", "verdict_on", "status_after")
FOLLOW_UP_ROWS = ("what", ("due_on", "worker"))
AGREEMENT_ROWS = ("signed", ("signed_on", "version"), "note")
ASKED_ROWS = (
    "received_on",
    "asked_by",
    "reference",
    "notice_seen",
    "asked_for",
    "period",
    "why",
    "counselling",
)
DECIDED_ROWS = (
    "told_on",
    "their_view",
    "advice",
    "decision",
    ("decided_on", "decided_by"),
    "redacted",
    ("pages", "sent_how"),
    "challenge",
)


def follow_verdict(form: RecordForm) -> None:
    """Let the status follow from the verdict for as long as nobody chose another."""
    status = {c.code: c.flags["status"] for c in choices("verdict").values}
    last: list[Value] = [form.values().get("verdict")]

    def follow() -> None:
        verdict = form.values().get("verdict")
        if verdict == last[0]:
            return
        last[0] = verdict
        form.fill({"status_after": status.get(str(verdict))})

    form.changed.connect(follow)


def follow_request(form: RecordForm) -> None:
    """Say what the law asks for beside its field, and ask of a decision what it needs.

    Source: domain reference, F5.
    """
    given = ("SUPPLY", "PART")
    still_open = choices("request_decision").codes_where("open")

    def follow() -> None:
        values = form.values()
        police = values.get("asked_by") in NOTICE_FROM
        no_notice = police and values.get("notice_seen") != "Y"
        form.boxes["notice_seen"].advise(NOTICE if no_notice else "")
        form.boxes["counselling"].advise(
            COUNSELLING if values.get("counselling") == "Y" else PRESUMED
        )
        decided = values.get("decision") not in still_open
        handed = values.get("decision") in given
        form.show_fields(
            decided_on=decided,
            decided_by=decided,
            redacted=handed,
            pages=handed,
            sent_how=handed,
            challenge=decided,
        )

    form.changed.connect(follow)
    follow()


def _verdict(desk: Desk, on: str, values: Mapping[str, Value]) -> tuple[str, Changed]:
    return on, courts.give_verdict(desk, on, values)


def _done(desk: Desk, on: str, values: Mapping[str, Value]) -> tuple[str, Changed]:
    return on, follow_ups.finish_follow_up(desk, on, values)


DEEDS = (
    Deed(
        deeds.JUSTICE,
        "Save status",
        JusticeStep,
        ["from_on", "status"],
        "client_id",
        justice.record_status,
        Permission.RECORD_PEOPLE,
        today=("from_on",),
        group=Group.COURT,
        undo=lambda desk, new_id: justice.take_back_status(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.COURT_DATE,
        "Save court date",
        CourtDate,
        COURT_ROWS,
        "client_id",
        courts.add_court_date,
        Permission.RECORD_PEOPLE,
        own="with_worker",
        group=Group.COURT,
        undo=lambda desk, new_id: courts.take_back_court_date(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.VERDICT,
        "Save verdict",
        CourtDate,
        VERDICT_ROWS,
        "court_date_id",
        _verdict,
        Permission.RECORD_PEOPLE,
        today=("verdict_on",),
        group=Group.COURT,
        follow=follow_verdict,
        undo=lambda desk, on: courts.take_back_verdict(desk, on, UNDONE),
        asked=("verdict", "verdict_on"),
        nothing="no hearing that can end in a verdict is recorded. Add a court date.",
    ),
    Deed(
        deeds.FOLLOW_UP,
        "Plan follow-up",
        FollowUp,
        FOLLOW_UP_ROWS,
        "client_id",
        follow_ups.add_follow_up,
        Permission.RECORD_PEOPLE,
        needs_too=Permission.READ_CLINICAL,
        own="worker",
        group=Group.COURT,
        undo=lambda desk, new_id: follow_ups.take_back_follow_up(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.FOLLOWED_UP,
        "Follow-up done",
        FollowUp,
        ["done_on", "result"],
        "follow_up_id",
        _done,
        Permission.RECORD_PEOPLE,
        needs_too=Permission.READ_CLINICAL,
        today=("done_on",),
        asked=("done_on",),
        group=Group.COURT,
        undo=follow_ups.open_follow_up_again,
        nothing="nothing is left to follow up.",
    ),
    Deed(
        deeds.AGREEMENT,
        "Save agreement",
        TrialAgreement,
        AGREEMENT_ROWS,
        "client_id",
        agreements.record_agreement,
        Permission.RECORD_PEOPLE,
        today=("signed_on",),
        group=Group.COURT,
        undo=lambda desk, new_id: agreements.take_back_agreement(desk, new_id, UNDONE),
    ),
    Deed(
        deeds.REQUEST,
        "Save request",
        DisclosureRequest,
        (*ASKED_ROWS, *DECIDED_ROWS),
        "client_id",
        requests.record_request,
        Permission.HANDLE_REQUESTS,
        today=("received_on",),
        group=Group.COURT,
        follow=follow_request,
        undo=lambda desk, new_id: requests.take_back_request(desk, new_id, UNDONE),
    ),
)
