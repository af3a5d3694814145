"""Coming back: a new referral from an old one, and stepping up again.

Nobody is put back onto a referral that has ended: coming back is a new referral, so
that it is counted, and nothing is typed twice. Stepping up from step-down support ends
the old episode and accepts the new referral in one deed; the next attended session
begins the new episode, without another assessment. Source: domain reference, B8,
step-up and come back; practices, P20, P21.
"""

from collections.abc import Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Closure,
    Contract,
    ContractArea,
    Episode,
    Phase,
    PresentingNeed,
    Referral,
    Session,
    WaitingEntry,
)
from provider_desk.model.rows import Rows
from provider_desk.services import own_reasons, saving
from provider_desk.services.casework import referrals, starts
from provider_desk.services.casework.course import also_ended
from provider_desk.services.casework.course.also_ended import Also
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, sentences, some
from provider_desk.store.queries import referrals as questions
from provider_desk.store.queries import sessions as session_questions
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed

#: What a new referral takes over from the old one.
_SAME = ("area", "held_by", "allocated_to")


@needs(Permission.RECORD_REFERRALS)
def refer_again(
    desk: Desk, referral_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Receive a new referral of somebody from one that has ended.

    Contract, area, source, who holds the person, and what they came for are taken
    over where nothing else is said; the earlier support is linked. It awaits its
    decision.

    Args:
        desk: who records it.
        referral_id: the earlier referral: closed, declined, withdrawn or left.
        values: fields of the new one that differ.

    Returns:
        The new referral's id, and what changed.

    Raises:
        NotValid: a value or a rule stops it, or the earlier one is still open.
    """
    with desk.store.writing("refer again", by=desk.user.id) as deed:
        before = caseload.within(desk, deed, Referral, referral_id)
        _refuse_open(deed, before)
        episode = starts.episode_of(deed, before.id)
        given = {"source": before.source, **_taken_over(deed, desk, before, values)}
        given["from_episode_id"] = episode.id if episode else None
        made, warnings = _receive(desk, deed, before, given)
        said = f"Referral of {day(made.received_on)} saved; it awaits its decision."
        return made.id, saving.done(deed, said, warnings)


def _refuse_open(rows: Rows, referral: Referral) -> None:
    episode = starts.episode_of(rows, referral.id)
    if episode is not None:
        if starts.closing_of(rows, episode.id) is None:
            raise saving.stop(
                "",
                f"Support is still open since {day(episode.started_on)}. Close the "
                "episode first; or step up again, where it is in step-down.",
            )
        return
    left = [
        entry
        for entry in find(rows, WaitingEntry, referral_id=referral.id)
        if entry.removed_on is not None
    ]
    if referral.decision in ("DECLINED", "WITHDRAWN") or left:
        return
    raise saving.stop(
        "",
        "This referral is still open: it awaits its decision or waits on the list. "
        "Go on with it instead.",
    )


def _taken_over(
    rows: Rows, desk: Desk, before: Referral, values: Mapping[str, Value]
) -> dict[str, Value]:
    held = before.values()
    given: dict[str, Value] = {name: held[name] for name in _SAME}
    given |= {"received_on": desk.today(), **values, "client_id": before.client_id}
    if not given.get("contract_id"):
        on = given["received_on"]
        given["contract_id"] = _contract_on(
            rows, before, str(given["area"]), on if isinstance(on, date) else None
        )
    return given


def _contract_on(rows: Rows, before: Referral, area: str, on: date | None) -> str:
    """The old contract while it runs; else the one that pays for the area that day."""
    paying = {each.contract_id for each in find(rows, ContractArea, area=area)}
    running = [
        each
        for each in find(rows, Contract)
        if each.id in paying
        and on is not None
        and (each.starts_on is None or each.starts_on <= on)
        and (each.ends_on is None or on <= each.ends_on)
    ]
    same = [each for each in running if each.id == before.contract_id]
    found = same or running
    return found[0].id if found else before.contract_id


def _receive(
    desk: Desk, deed: Deed, before: Referral, given: Mapping[str, Value]
) -> tuple[Referral, list[Problem]]:
    """The new referral with the needs of the old one."""
    given = {**given, **referrals.sent_on(given, desk.today())}
    more = [
        *referrals.covered(deed, given),
        *referrals.already_open(deed, before.client_id, given),
    ]
    made, warnings = saving.add(desk, deed, Referral, given, more)
    for need in find(deed, PresentingNeed, referral_id=before.id):
        values: dict[str, Value] = {"referral_id": made.id, "need": need.need}
        saving.add(desk, deed, PresentingNeed, values)
    return made, warnings


@needs(Permission.RECORD_REFERRALS, Permission.RUN_EPISODES)
def step_up(
    desk: Desk, episode_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Take somebody back into core support: a new referral, accepted the same day.

    Out of a live step-down phase the old episode is closed that day as “step-down
    completed”, and its later bookings go on under the new referral. The person is on
    the list from that day, and the next attended session begins the new episode; no
    assessment is needed. The hub is told.

    Args:
        desk: who records it.
        episode_id: the earlier support.
        values: fields of the new referral that differ; “received_on” is the day.

    Returns:
        The new referral's id, and what changed.

    Raises:
        NotValid: a value or a rule stops it, the episode is live and not in
            step-down, or somebody was seen in it after the day.
    """
    with desk.store.writing("step up", by=desk.user.id) as deed:
        episode = caseload.within(desk, deed, Episode, episode_id)
        before = get(deed, Referral, episode.referral_id)
        _refuse_twice(deed, before, episode)
        given = _taken_over(deed, desk, before, values)
        on = given["received_on"]
        given = {
            "hub_status": "SENT",
            "hub_sent_on": on,
            "allocated_to": episode.worker,
            **given,
            "source": "STEPUP",
            "from_episode_id": episode.id,
            "decision": "ACCEPTED",
            "decided_on": on,
        }
        given["allocated_to"] = given["allocated_to"] or episode.worker
        ended = _end(desk, deed, episode, on)
        made, warnings = _receive(desk, deed, before, given)
        moved = _move_bookings(deed, episode, made) if ended else 0
        referrals.keep_list(desk, deed, made)
        said = sentences(
            "Stepped up: a new referral, accepted.",
            "The earlier support is closed as step-down completed." if ended else "",
            f"{some(moved, 'booking')} moved to it." if moved else "",
            "The next attended session begins it.",
        )
        return made.id, saving.done(deed, said, warnings)


def _refuse_twice(rows: Rows, before: Referral, episode: Episode) -> None:
    """One step-up for one ending: a second one would be counted as a person more."""
    for each in find(rows, Referral, client_id=before.client_id):
        if each.source == "STEPUP" and each.from_episode_id == episode.id:
            raise saving.stop(
                "",
                f"They stepped up from this support on {day(each.received_on)} "
                "already. Go on with that referral, or take it back.",
            )


def _end(desk: Desk, deed: Deed, episode: Episode, on: Value) -> bool:
    """Close a live step-down episode, and its pause; False where it was closed."""
    closing = starts.closing_of(deed, episode.id)
    if not isinstance(on, date):
        raise saving.stop("received_on", "Say on which day the person steps up.")
    if closing is not None:
        if on < closing.closed_on:
            raise saving.stop(
                "received_on",
                f"The earlier support was closed on {day(closing.closed_on)}, after "
                "this day. One of the two dates is wrong.",
            )
        return False
    if not find(deed, Phase, episode_id=episode.id, phase="STEP_DOWN"):
        raise saving.stop(
            "",
            "This support is live and not in step-down, so there is nothing to step "
            "up from. It goes on as it is.",
        )
    _refuse_seen_later(deed, episode, on)
    values: dict[str, Value] = {
        "episode_id": episode.id,
        "closed_on": on,
        "reason": "STEPDOWN_DONE",
    }
    also_ended.end_too(desk, deed, episode, on, Also())
    saving.add(desk, deed, Closure, values)
    return True


def _refuse_seen_later(rows: Rows, episode: Episode, on: date) -> None:
    later = [
        each.held_on
        for each in session_questions.of_referral(rows, episode.referral_id)
        if each.held_on > on
        and each.type not in starts.OUTSIDE
        and starts.came(each.attendance)
    ]
    if later:
        raise saving.stop(
            "received_on",
            f"A session was attended on {day(max(later))}, after this day. One of the "
            "two dates is wrong.",
        )


def _move_bookings(deed: Deed, episode: Episode, made: Referral) -> int:
    """What is booked after the day goes on under the new referral."""
    moved = 0
    for each in session_questions.of_referral(deed, episode.referral_id):
        later = each.held_on > made.received_on and each.type not in starts.OUTSIDE
        if each.attendance == "BOOKED" and later:
            values: dict[str, Value] = {"referral_id": made.id, "episode_id": None}
            deed.addendum(Session, each.session_id, values, own_reasons.GOES_ON)
            moved += 1
    return moved


@needs(Permission.RECORD_REFERRALS)
def take_back_again(desk: Desk, referral_id: str, reason: str) -> Changed:
    """Take back a new referral of somebody who came back; a step-up whole.

    The earlier support is live again where stepping up had closed it, and bookings
    that went over come back.

    Raises:
        NotValid: the reason is missing, or something was recorded on it since.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why this is taken back.")
    with desk.store.writing("take back step-up", desk.user.id, reason) as deed:
        made = caseload.within(desk, deed, Referral, referral_id)
        back = _bookings_back(deed, made)
        live_again = _closing_back(desk, deed, made, reason.strip())
        referrals.retire_with(deed, made.id, reason.strip())
        said = sentences(
            f"Referral of {day(made.received_on)} taken back.",
            "The earlier support is live again." if live_again else "",
            f"{some(back, 'booking')} moved back." if back else "",
        )
        return saving.done(deed, said)


def _bookings_back(deed: Deed, made: Referral) -> int:
    if made.source != "STEPUP" or not made.from_episode_id:
        return 0
    episode = get(deed, Episode, made.from_episode_id)
    booked = [
        each
        for each in session_questions.of_referral(deed, made.id)
        if each.attendance == "BOOKED" and each.type not in starts.OUTSIDE
    ]
    for each in booked:
        values: dict[str, Value] = {
            "referral_id": episode.referral_id,
            "episode_id": episode.id,
        }
        deed.addendum(Session, each.session_id, values, own_reasons.GOES_ON)
    return len(booked)


def _closing_back(desk: Desk, deed: Deed, made: Referral, reason: str) -> bool:
    """Take back the closing that this step-up made; one made by itself stays."""
    if made.source != "STEPUP" or not made.from_episode_id:
        return False
    closing = starts.closing_of(deed, made.from_episode_id)
    if closing is None or not questions.made_in_one_deed(deed, closing.id, made.id):
        return False
    also_ended.take_back_too(desk, deed, closing, reason)
    deed.retire(Closure, closing.id, reason)
    return True
