"""The register of a group: everybody who is a member on a day, one attendance each.

A group that no contract pays for is recorded with a kind of its own: it is seen on the
pages of the groups, and stands in no contract's return. Its meetings start no episode
and end no wait. Source: practices, P31; monthly return, §1 and C11.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from provider_desk.model.bank_holidays import name_of
from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.model.group_views import Register, RegisterLine
from provider_desk.model.records import Group, Referral, Session
from provider_desk.model.rows import Rows
from provider_desk.services import own_reasons, saving
from provider_desk.services.casework import session_deeds
from provider_desk.services.casework.booking import stepping
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import UNDONE, day, some
from provider_desk.store.queries import groups as questions
from provider_desk.store.records import get
from provider_desk.store.store import Deed

FUNDED, UNFUNDED = "GROUP", "GROUP_OWN"

#: Name of the deed that saves a register.
_TAKE = "take register"


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
        places = _places(rows, held, on)
        mine = caseload.among(desk, rows, (each.client_id for each in places))
        ended = _ended(rows, held, on, places)
    shown = [each for each in places if mine.holds(each.client_id)]
    lines = (
        RegisterLine(
            each.referral_id,
            each.client_id,
            each.code,
            each.name,
            each.session_id,
            each.attendance,
            None if each.session_id else ended.get(each.referral_id),
        )
        for each in shown
    )
    return Register(held, on, tuple(lines), len(places) - len(shown), name_of(on))


def _ended(
    rows: Rows, group: Group, on: date, places: Iterable[questions.Place]
) -> dict[str, date]:
    """Whose support ended before a day, in a group that a contract pays for."""
    if kind_of(group) != FUNDED:
        return {}
    return questions.closed_before(rows, (each.referral_id for each in places), on)


def _places(rows: Rows, group: Group, on: date) -> list[questions.Place]:
    """One line for a referral, also for who joined twice."""
    found = questions.places(rows, group, on)
    return list({each.referral_id: each for each in found}.values())


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
        The ids of the sessions that were added or put right, apart by blanks, and
        what changed.

    Raises:
        NotValid: nobody is marked, it is not right for one of them, or one is no
            member on that day; the code tells for whom.
        NotFound: the group is not there, or somebody is outside the caseload.
    """
    if not attendances:
        raise saving.stop("attendance", "Nobody is marked yet.")
    with desk.store.writing(_TAKE, by=desk.user.id) as deed:
        held = get(deed, Group, group_id)
        places = {each.referral_id: each for each in _places(deed, held, on)}
        warnings: list[Problem] = []
        for referral_id, code in attendances.items():
            caseload.within(desk, deed, Referral, referral_id)
            place = places.get(referral_id)
            note = (notes or {}).get(referral_id, "")
            try:
                more = _mark(desk, deed, held, on, place, code, note)
            except NotValid as error:
                raise NotValid(_named(place, error.problems)) from error
            warnings += _named(place, more)
        ids = _touched(deed, held, on, attendances)
        said = (
            f"Register of {held.name} saved: {day(on)}, "
            f"{some(len(attendances), 'person', 'people')}."
        )
        return " ".join(ids), saving.done(deed, said, dict.fromkeys(warnings))


def _touched(
    deed: Deed, group: Group, on: date, referral_ids: Iterable[str]
) -> list[str]:
    """Sessions that this deed added or put right, in the order of the people."""
    touched = deed.changed().records.get(Session.TABLE, frozenset())
    now = {each.referral_id: each.session_id for each in _places(deed, group, on)}
    return [now[each] for each in referral_ids if now.get(each) in touched]


def _mark(
    desk: Desk,
    deed: Deed,
    group: Group,
    on: date,
    place: questions.Place | None,
    code: str,
    note: str,
) -> list[Problem]:
    if place is None:
        raise saving.stop("referral_id", f"Not a member on {day(on)}.")
    said: dict[str, Value] = {"attendance": code}
    if note:
        said["note"] = note
    if place.session_id:
        if place.attendance == code and not note:
            return []
        _, _, more = session_deeds.put_right(
            desk, deed, place.session_id, said, own_reasons.REGISTER
        )
        return more
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
    return session_deeds.add(desk, deed, place.referral_id, values)[2]


def _named(place: questions.Place | None, problems: Iterable[Problem]) -> list[Problem]:
    """Of whom each of them is, by the code: a register is of many."""
    who = place.code if place else "Somebody"
    return [Problem(p.field, f"{who}: {p.text}", p.severity) for p in problems]


@needs(Permission.RECORD_SESSIONS)
def take_back_register(desk: Desk, session_ids: str, reason: str = UNDONE) -> Changed:
    """Take back a register: what it added goes, what it put right says what it said.

    Args:
        desk: who takes it back.
        session_ids: as ``take_register`` gave them, apart by blanks.
        reason: why.

    Raises:
        NotValid: other records hang on an episode that one of them started;
            something else was recorded of one of them since.
        NotFound: one is not there, or outside the caseload.
    """
    with desk.store.writing("take back register", by=desk.user.id) as deed:
        ids = session_ids.split()
        for each in ids:
            if stepping.was_added_last(deed, each, _TAKE):
                session_deeds.take_back(desk, deed, each, reason)
            else:
                stepping.step_back(desk, deed, each, (_TAKE,), reason)
        said = f"Register taken back for {some(len(ids), 'person', 'people')}."
        return saving.done(deed, said)
