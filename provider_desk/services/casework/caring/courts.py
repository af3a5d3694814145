"""Court dates and verdicts, and what is to be done after one.

A verdict moves the criminal justice status, and makes two follow-ups: to meet soon, and
to ask again after three months. Every deed here stops with NotFound where the person is
outside the caseload. Source: domain reference, A4; practices, P28, P29.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.months import add_months
from provider_desk.model.records import Client, CourtDate, FollowUp, JusticeStep
from provider_desk.services import own_reasons, saving
from provider_desk.services.casework.caring import justice
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label, sentences, some
from provider_desk.store.records import find
from provider_desk.store.store import Deed

#: After a verdict it is asked again after so many months. Source: practices, P29.
LATER_MONTHS = 3

_LATER = "Ask how things are, three months after the verdict"
_VERDICT = ("verdict", "verdict_on", "status_after")


@needs(Permission.RECORD_PEOPLE)
def add_court_date(
    desk: Desk, client_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record a day in court or with the police.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("court date", by=desk.user.id) as deed:
        client = caseload.within(desk, deed, Client, client_id)
        given = {n: v for n, v in values.items() if n not in _VERDICT}
        clinical = caseload.reads_clinical_of(desk, deed, client)
        given = masking.writable(CourtDate, given, clinical=clinical)
        given["client_id"] = client_id
        court, warnings = saving.add(desk, deed, CourtDate, given)
        said = f"{label('court_event', court.kind)}: {day(court.on)}."
        return court.id, saving.done(deed, said, warnings)


@needs(Permission.RECORD_PEOPLE)
def change_court_date(
    desk: Desk, court_id: str, values: Mapping[str, Value]
) -> Changed:
    """Change a court date; the verdict is recorded by ``give_verdict``.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change court date", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, CourtDate, court_id)
        given = {n: v for n, v in values.items() if n not in (*_VERDICT, "client_id")}
        clinical = caseload.reads_clinical_of(desk, deed, held)
        given = masking.writable(CourtDate, given, clinical=clinical)
        _, warnings = saving.change(desk, deed, CourtDate, court_id, given)
        return saving.done(deed, "Court date saved.", warnings)


@needs(Permission.RECORD_PEOPLE)
def take_back_court_date(desk: Desk, court_id: str, reason: str) -> Changed:
    """Take back a court date recorded by mistake, with what its verdict led to.

    Raises:
        NotValid: the reason is missing.
    """
    why = reason.strip()
    if not why:
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back court date", by=desk.user.id) as deed:
        court = caseload.within(desk, deed, CourtDate, court_id)
        _undo_verdict(desk, deed, court, why)
        deed.retire(CourtDate, court_id, why)
        return saving.done(deed, "Court date taken back.")


@needs(Permission.RECORD_PEOPLE)
def give_verdict(desk: Desk, court_id: str, values: Mapping[str, Value]) -> Changed:
    """Record a verdict, or put one right; the status and the follow-ups are made anew.

    What was done already of an earlier verdict's follow-ups stays.

    Args:
        desk: who records it.
        court_id: the day in court.
        values: ``verdict``, ``verdict_on``, and ``status_after`` where the status does
            not simply follow from the verdict, because another case is still open.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("verdict", by=desk.user.id) as deed:
        before = caseload.within(desk, deed, CourtDate, court_id)
        given = {n: v for n, v in values.items() if n in _VERDICT}
        given.setdefault("verdict", before.verdict)
        given["verdict_on"] = (
            given.get("verdict_on") or before.verdict_on or desk.today()
        )
        if not given["verdict"]:
            raise saving.stop("verdict", "Say how the trial ended.")
        chosen = choices("verdict").by_code.get(str(given["verdict"]))
        if not given.get("status_after") and chosen is not None:
            given["status_after"] = str(chosen.flags["status"])
        _undo_verdict(desk, deed, before, own_reasons.VERDICT)
        court, warnings = saving.change(desk, deed, CourtDate, court_id, given)
        step = justice.add_step(
            desk,
            deed,
            court.client_id,
            {
                "from_on": court.verdict_on,
                "status": court.status_after,
                "court_date_id": court.id,
            },
        )
        made = list(_follow_ups(desk, deed, court))
        status = label("criminal_justice_status", step.status)
        said = sentences(
            f"Verdict saved; criminal justice status: {status}.",
            f"{some(len(made), 'follow-up')} made." if made else "",
        )
        return saving.done(deed, said, warnings)


@needs(Permission.RECORD_PEOPLE)
def take_back_verdict(desk: Desk, court_id: str, reason: str) -> Changed:
    """Take a verdict back, with the status and the open follow-ups it led to.

    Raises:
        NotValid: the reason is missing.
    """
    why = reason.strip()
    if not why:
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back verdict", by=desk.user.id) as deed:
        court = caseload.within(desk, deed, CourtDate, court_id)
        _undo_verdict(desk, deed, court, why)
        none: Mapping[str, Value] = dict.fromkeys(_VERDICT)
        saving.change(desk, deed, CourtDate, court_id, none)
        return saving.done(deed, "Verdict taken back.")


def _undo_verdict(desk: Desk, deed: Deed, court: CourtDate, why: str) -> None:
    for step in find(deed, JusticeStep, client_id=court.client_id):
        if step.court_date_id == court.id:
            justice.retire_step(desk, deed, step, why)
    for follow_up in find(deed, FollowUp, court_date_id=court.id):
        if follow_up.done_on is None:
            deed.retire(FollowUp, follow_up.id, why)


def _follow_ups(desk: Desk, deed: Deed, court: CourtDate) -> Iterator[FollowUp]:
    """Make what is to be done after a verdict; what is long past is not."""
    chosen = choices("verdict").by_code.get(court.verdict or "")
    given_on = court.verdict_on
    if chosen is None or given_on is None:
        return
    later = add_months(given_on, LATER_MONTHS)
    soon = given_on + timedelta(int(chosen.flags["days"]))
    wanted: list[tuple[str, date, date]] = [
        (str(chosen.flags["meet"]), soon, later),
        (_LATER, later, add_months(later, LATER_MONTHS)),
    ]
    held = find(deed, FollowUp, court_date_id=court.id)
    done = {each.what for each in held if each.done_on is not None}
    for what, due_on, too_late in wanted:
        if desk.today() < too_late and what not in done:
            values: Mapping[str, Value] = {
                "client_id": court.client_id,
                "court_date_id": court.id,
                "what": what,
                "due_on": due_on,
                "worker": court.with_worker or desk.user.initials,
            }
            yield saving.add(desk, deed, FollowUp, values)[0]
