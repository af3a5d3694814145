"""The register of a group: everybody who is a member on a day, one attendance each.

A group that no contract pays for is recorded with a kind of its own: it is seen on the
pages of the groups, and stands in no contract's return. Its meetings start no episode
and end no wait. Source: practices, P31; monthly return, §1 and C11.
"""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.bank_holidays import name_of
from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.model.group_views import Register, RegisterLine
from provider_desk.model.records import Group, Referral
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.casework import session_deeds
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import UNDONE, day, some
from provider_desk.store.queries import groups as questions
from provider_desk.store.records import get
from provider_desk.store.store import Deed

FUNDED, UNFUNDED = "GROUP", "GROUP_OWN"
_PUT_RIGHT = "register put right"


def kind_of(group: Group) -> str:
    """The kind of a group's sessions, by who pays for it."""
    return FUNDED if group.funded == "Y" else UNFUNDED


@needs(Permission.RECORD_SESSIONS)
def register(desk: Desk, group_id: str, on: date) -> Register:
    """The register of a group on a day; members outside the caseload are counted only.

    Raises:
        NotFound: the group is not there.
    """
    with desk.store.reading() as rows:
        held = get(rows, Group, group_id)
        mine = caseload.of_desk(desk, rows)
        places = _once(questions.places(rows, held, on))
    shown = [each for each in places if mine.holds(each.client_id)]
    lines = (
        RegisterLine(
            each.referral_id,
            each.client_id,
            each.code,
            each.name,
            each.session_id,
            each.attendance,
        )
        for each in shown
    )
    return Register(held, on, tuple(lines), len(places) - len(shown), name_of(on))


def _once(places: list[questions.Place]) -> list[questions.Place]:
    """One line for a referral, also for who joined twice."""
    return list({each.referral_id: each for each in places}.values())


@needs(Permission.RECORD_SESSIONS)
def take_register(
    desk: Desk,
    group_id: str,
    on: date,
    attendances: Mapping[str, str],
    notes: Mapping[str, str] | None = None,
) -> tuple[str, Changed]:
    """Save the register of a day: one session for each person, all or none.

    Whoever has a session of this group on that day already has it put right.

    Args:
        desk: who takes it.
        group_id: which group.
        on: the day.
        attendances: referral id → attendance code.
        notes: referral id → a short factual note; only where there is one.

    Returns:
        The ids of the sessions that were added, apart by blanks, and what changed.

    Raises:
        NotValid: nobody is marked, it is not right for one of them, or one is no
            member on that day; the code tells for whom.
        NotFound: the group is not there, or somebody is outside the caseload.
    """
    if not attendances:
        raise saving.stop("attendance", "Nobody is marked yet.")
    with desk.store.writing("take register", by=desk.user.id) as deed:
        held = get(deed, Group, group_id)
        places = {each.referral_id: each for each in questions.places(deed, held, on)}
        added: list[str] = []
        warnings: list[Problem] = []
        for referral_id, code in attendances.items():
            caseload.within(desk, deed, Referral, referral_id)
            place = places.get(referral_id)
            note = (notes or {}).get(referral_id, "")
            try:
                new_id, more = _mark(desk, deed, held, on, place, code, note)
            except NotValid as error:
                raise _named(place, error) from error
            warnings += more
            added += [new_id] if new_id else []
        said = (
            f"Register of {held.name} saved: {day(on)}, "
            f"{some(len(attendances), 'person', 'people')}."
        )
        return " ".join(added), saving.done(deed, said, dict.fromkeys(warnings))


def _mark(
    desk: Desk,
    deed: Deed,
    group: Group,
    on: date,
    place: questions.Place | None,
    code: str,
    note: str,
) -> tuple[str, list[Problem]]:
    if place is None:
        raise saving.stop("referral_id", f"Not a member on {day(on)}.")
    said: dict[str, Value] = {"attendance": code}
    if note:
        said["note"] = note
    if place.session_id:
        if place.attendance == code and not note:
            return "", []
        _, _, more = session_deeds.put_right(
            desk, deed, place.session_id, said, _PUT_RIGHT
        )
        return "", more
    values: dict[str, Value] = {
        **said,
        "held_on": on,
        "starts_at": group.starts_at,
        "minutes": group.minutes,
        "type": kind_of(group),
        "mode": "F2F",
        "worker": group.worker or desk.user.initials,
        "group_code": group.name,
    }
    session, _, more = session_deeds.add(desk, deed, place.referral_id, values)
    return session.id, more


def _named(place: questions.Place | None, error: NotValid) -> NotValid:
    who = place.code if place else "Somebody"
    return NotValid(
        [Problem(p.field, f"{who}: {p.text}", p.severity) for p in error.problems]
    )


@needs(Permission.RECORD_SESSIONS)
def take_back_register(desk: Desk, session_ids: str, reason: str = UNDONE) -> Changed:
    """Take back sessions that a register added.

    Args:
        desk: who does it.
        session_ids: as ``take_register`` gave them, apart by blanks.
        reason: why.

    Raises:
        NotValid: other records hang on an episode that one of them started.
        NotFound: one is not there, or outside the caseload.
    """
    with desk.store.writing("take back register", by=desk.user.id) as deed:
        ids = session_ids.split()
        for each in ids:
            session_deeds.take_back(desk, deed, each, reason)
        said = f"Register taken back for {some(len(ids), 'person', 'people')}."
        return saving.done(deed, said)


@needs(Permission.RECORD_SESSIONS)
def unfunded_work(desk: Desk, first: date, last: date) -> tuple[int, int]:
    """Meetings and attendances of groups that no contract pays for, in a span.

    Counts alone, of all of them: they name nobody.
    """
    with desk.store.reading() as rows:
        return _unfunded(rows, first, last)


def _unfunded(rows: Rows, first: date, last: date) -> tuple[int, int]:
    return questions.unfunded_in(rows, first, last)
