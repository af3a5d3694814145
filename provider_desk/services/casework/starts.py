"""When an episode starts, and what follows when that day turns out to be another.

An episode starts on the day of the first attended session of a kind that starts one.
It is made by logging that session, moves when an earlier one comes to light, and goes
again when it turns out that nobody came. Sessions from the start on belong to the
episode; what was booked or missed before belongs to the referral alone.
Source: domain reference, B3.
"""

from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid
from provider_desk.model.records import (
    Closure,
    Episode,
    Phase,
    Referral,
    Session,
    WaitingEntry,
)
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.desk import Desk
from provider_desk.services.saying import day, label
from provider_desk.store.queries import episodes, sessions
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed

#: Kinds of session that belong to the referral even while an episode runs.
OUTSIDE = ("ASSESS", "FOLLOWUP", "GROUP_OWN")


def starts(kind: object, attendance: object) -> bool:
    """Whether a session of this kind with this attendance can start an episode."""
    kinds = choices("session_type").codes_where("starts")
    return kind in kinds and came(attendance)


def came(attendance: object) -> bool:
    """Whether the person was seen."""
    return attendance in choices("attendance").codes_where("delivered")


def episode_of(rows: Rows, referral_id: str) -> Episode | None:
    """The episode that came of a referral; of several the earliest.

    One that was entered in error, as its closing says, is none.
    """
    found = [
        each
        for each in find(rows, Episode, referral_id=referral_id)
        if not in_error(closing_of(rows, each.id))
    ]
    return min(found, key=lambda each: each.started_on) if found else None


def closing_of(rows: Rows, episode_id: str) -> Closure | None:
    """How an episode ended; None while it is open."""
    found = find(rows, Closure, episode_id=episode_id)
    return found[0] if found else None


def in_error(closing: Closure | None) -> bool:
    """Whether a closing says that the episode was entered in error."""
    wrong = choices("closure_reason").codes_where("counted", value=False)
    return closing is not None and closing.reason in wrong


def belongs_to(episode: Episode | None, kind: object, held_on: date) -> bool:
    """Whether a session belongs to the episode rather than to the referral alone."""
    return episode is not None and kind not in OUTSIDE and held_on >= episode.started_on


def begin(desk: Desk, deed: Deed, referral: Referral, on: date, worker: str) -> Episode:
    """Make the episode and its core phase; the wait ends with that day.

    Raises:
        NotValid: the referral is not accepted, the person has left the list, or has
            an open episode in this area.
    """
    _may_begin(deed, referral)
    episode, _ = saving.add(
        desk,
        deed,
        Episode,
        {"referral_id": referral.id, "started_on": on, "worker": worker},
    )
    saving.add(
        desk,
        deed,
        Phase,
        {"episode_id": episode.id, "phase": "CORE", "started_on": on},
    )
    return episode


def _may_begin(rows: Rows, referral: Referral) -> None:
    _refuse_off_list(rows, referral, "attendance", "held_on")
    refuse_second(rows, referral, "held_on")


def _refuse_off_list(rows: Rows, referral: Referral, seen: str, on: str) -> None:
    """Stop where nobody waits for a start: not accepted, or off the list again."""
    if referral.decision != "ACCEPTED":
        raise saving.stop(
            seen,
            "This referral is not accepted, so support can't start yet. Record the "
            "decision first; until then only assessments can be attended.",
        )
    for entry in find(rows, WaitingEntry, referral_id=referral.id):
        if entry.removed_on is not None and entry.removal_reason != "STARTED":
            raise saving.stop(
                on,
                f"This person left the waiting list on {day(entry.removed_on)}. Put "
                "them back on the list first, or record a new referral.",
            )


def refuse_return(rows: Rows, closing: Closure) -> None:
    """Stop where an episode entered in error can't be one after all.

    Its referral was decided otherwise since, the person left the list, or support
    has started in another episode.

    Raises:
        NotValid: one of these is so.
    """
    if not in_error(closing):
        return
    episode = get(rows, Episode, closing.episode_id)
    referral = get(rows, Referral, episode.referral_id)
    _refuse_off_list(rows, referral, "", "")
    if referral.decided_on is not None and referral.decided_on > episode.started_on:
        raise saving.stop(
            "",
            f"The referral is accepted since {day(referral.decided_on)}, and the "
            f"episode began on {day(episode.started_on)}. Put that decision right "
            "first.",
        )
    other = episode_of(rows, episode.referral_id)
    if other is not None:
        raise saving.stop(
            "",
            f"Support of this referral started on {day(other.started_on)} in another "
            "episode since. Take back the sessions of that one first.",
        )


def refuse_second(rows: Rows, referral: Referral, field: str) -> None:
    """Stop where the person of a referral has an open episode in its area.

    Raises:
        NotValid: there is one; the field is named with it.
    """
    running = episodes.open_in_area(rows, referral.client_id, referral.area)
    for _, _, started_on in running:
        what = "Log the session there, or close" if field else "Close"
        raise saving.stop(
            field,
            f"This person has an open episode in "
            f"{label('service_area', referral.area)} since {day(started_on)}. "
            f"{what} that episode first.",
        )


def follow(
    desk: Desk,
    deed: Deed,
    referral: Referral,
    session: Session,
    reason: str,
    *,
    was_start: bool,
) -> str:
    """Bring the episode in line after a session was put right.

    Args:
        desk: who does it.
        deed: the transaction, in which the session is put right already.
        referral: the session's referral.
        session: as it is now.
        reason: why it was put right; goes with what follows from it.
        was_start: the session, as it was, made the episode's first day.

    Returns:
        A sentence about what moved, "" where nothing did.

    Raises:
        NotValid: support can't start, or an episode that other records hang on
            would be without an attended session.
    """
    episode = episode_of(deed, referral.id)
    first = sessions.first_attended_on(deed, referral.id, since=referral.decided_on)
    can_start = starts(session.type, session.attendance)
    said = ""
    if episode is None and can_start:
        on = first or session.held_on
        episode = begin(desk, deed, referral, on, session.worker)
        said = started_in_words(on, session.held_on)
    elif episode is None:
        pass
    elif can_start and session.held_on < episode.started_on:
        episode, said = move(desk, deed, episode, session.held_on)
    elif was_start and first is None:
        said = _take_back(deed, episode, reason)
        episode = None
    elif was_start and first is not None and first != episode.started_on:
        episode, said = move(desk, deed, episode, first)
    place(deed, referral, episode, reason, "" if said else session.id)
    return said


def started_in_words(on: date, held_on: date) -> str:
    """The sentence that tells of a start made by a session."""
    return f"The episode starts on {'this day' if on == held_on else day(on)}."


def move(desk: Desk, deed: Deed, episode: Episode, on: date) -> tuple[Episode, str]:
    """Let an episode start on another day, and its first phase with it.

    Raises:
        NotValid: the new day lies before the decision or after the closing.
    """
    closing = closing_of(deed, episode.id)
    if closing is not None and on > closing.closed_on:
        raise saving.stop(
            "held_on",
            f"The episode was closed on {day(closing.closed_on)}, and would then "
            "start after that. Correct the closing first.",
        )
    moved, _ = saving.change(desk, deed, Episode, episode.id, {"started_on": on})
    for phase in find(deed, Phase, episode_id=episode.id):
        if phase.phase == "CORE" and phase.started_on == episode.started_on:
            saving.change(desk, deed, Phase, phase.id, {"started_on": on})
    return moved, f"The episode now starts on {day(on)}."


def _take_back(deed: Deed, episode: Episode, reason: str) -> str:
    hanging = episodes.hanging_on(deed, episode.id)
    if hanging.pop("phase") > 1 or any(hanging.values()):
        raise NotValid(
            saving.stop(
                "attendance",
                "This is the only attended session of the episode, and an exit "
                "strategy, a phase, an approval or a closing hangs on it. Log the "
                "session with which support did start; then put this one right.",
            ).problems
        )
    for phase in find(deed, Phase, episode_id=episode.id):
        deed.retire(Phase, phase.id, reason)
    deed.retire(Episode, episode.id, reason)
    return "No session is attended now: the episode is taken back, the person waits."


def place(
    deed: Deed,
    referral: Referral,
    episode: Episode | None,
    reason: str,
    only: str = "",
) -> None:
    """Let sessions of a referral belong to the episode, or to no episode.

    Args:
        deed: the transaction.
        referral: whose sessions.
        episode: None where there is none any more.
        reason: why sessions come to belong elsewhere.
        only: id of the one session to look at; "" for all.
    """
    for each in sessions.of_referral(deed, referral.id):
        after = episode is not None and each.held_on >= episode.started_on
        stays = each.type == "FOLLOWUP" and after
        if stays or only not in ("", each.session_id):
            continue
        inside = belongs_to(episode, each.type, each.held_on)
        wanted = episode.id if episode is not None and inside else None
        if (each.episode_id or None) != wanted:
            deed.addendum(Session, each.session_id, {"episode_id": wanted}, reason)
