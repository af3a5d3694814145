"""Episodes: exit strategy, step-down, going past 12 months, closing.

Every deed here stops with NotFound where the episode is outside the caseload.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    Closure,
    Episode,
    Exceptional,
    ExitStrategy,
    Pause,
    Phase,
    Referral,
)
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.casework import starts
from provider_desk.services.casework.course import (
    also_ended,
    exits,
    extensions,
    how_often,
    lighter,
)
from provider_desk.services.casework.course.also_ended import Also
from provider_desk.services.casework.course.running import open_episode
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label, sentences, some
from provider_desk.store.queries import sessions as session_questions
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed


@needs(Permission.RUN_EPISODES)
def change_episode(desk: Desk, episode_id: str, values: Mapping[str, Value]) -> Changed:
    """Change worker, frequency or planned sessions; the start follows the sessions.

    Raises:
        NotValid: a value stops it, or the start was to be changed by hand.
    """
    if "started_on" in values or "referral_id" in values:
        raise saving.stop(
            "started_on",
            "The start is the first attended session. Put that session right instead.",
        )
    with desk.store.writing("change episode", by=desk.user.id) as deed:
        before = caseload.within(desk, deed, Episode, episode_id)
        often = values.get("frequency", before.frequency)
        if how_often.stretches(before.frequency, str(often or "")):
            raise saving.stop(
                "frequency",
                "Sessions would come further apart, and that has to be approved. "
                "Record it under “How often”, with who approved it.",
            )
        _, warnings = saving.change(desk, deed, Episode, episode_id, values)
        return saving.done(deed, "Episode saved.", warnings)


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL)
def add_exit_strategy(
    desk: Desk, episode_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Add a version of the exit strategy; the one before is marked as replaced.

    Raises:
        NotValid: a value or a rule stops it, or the episode is closed.
    """
    with desk.store.writing("add exit strategy", by=desk.user.id) as deed:
        open_episode(desk, deed, episode_id)
        given = {"made_on": desk.today(), **values, "episode_id": episode_id}
        made_on = given["made_on"]
        # A day ahead of today is refused below, and may be too far to count from.
        if (
            not given.get("review_on")
            and isinstance(made_on, date)
            and made_on <= desk.today()
        ):
            given["review_on"] = exits.next_review(made_on)
        before = find(deed, ExitStrategy, episode_id=episode_id)
        made, warnings = saving.add(desk, deed, ExitStrategy, given)
        for older in before:
            if (
                older.status not in ("DONE", "REPLACED")
                and older.made_on <= made.made_on
            ):
                deed.change(ExitStrategy, older.id, {"status": "REPLACED"})
        if any(each.made_on > made.made_on for each in before):
            # An older one, found and typed in later: the newest stays the one to keep.
            deed.change(ExitStrategy, made.id, {"status": "REPLACED"})
        said = f"Exit strategy of {day(made.made_on)} saved."
        return made.id, saving.done(deed, said, warnings)


@needs(Permission.RUN_EPISODES)
def step_down(
    desk: Desk, episode_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Begin step-down support; it is outside the 12 months.

    Raises:
        NotValid: a value or a rule stops it, the episode is closed, or stepped down
            already. Back to core support goes by a new referral.
    """
    with desk.store.writing("step down", by=desk.user.id) as deed:
        open_episode(desk, deed, episode_id)
        if find(deed, Phase, episode_id=episode_id, phase="STEP_DOWN"):
            raise saving.stop(
                "started_on",
                "This episode is in step-down already. Somebody who needs core support "
                "again gets a new referral, “step-up”.",
            )
        given = {"started_on": desk.today(), **values}
        given |= {"episode_id": episode_id, "phase": "STEP_DOWN"}
        begins = given["started_on"]
        if (
            not given.get("review_on")
            and isinstance(begins, date)
            and begins <= desk.today()
        ):
            given["review_on"] = begins + lighter.REVIEW
        phase, warnings = saving.add(desk, deed, Phase, given)
        said = f"Step-down begins on {day(phase.started_on)}."
        return phase.id, saving.done(deed, said, warnings)


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL, Permission.APPROVE)
def add_exceptional(
    desk: Desk, episode_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record that an episode may go past 12 months: why, who agreed, until when.

    Who may not approve asks for it instead: ``extensions.ask_extension``. Such a
    request that is open is answered with it.

    Raises:
        NotValid: a value or a rule stops it, or the episode is closed.
    """
    with desk.store.writing("add exceptional circumstance", by=desk.user.id) as deed:
        open_episode(desk, deed, episode_id)
        given = {"approved_on": desk.today(), **values, "episode_id": episode_id}
        row, warnings = saving.add(desk, deed, Exceptional, given)
        extensions.answer_all(desk, deed, row)
        warnings += lighter.wanting(row)
        said = f"Approval saved: {label('exceptional_reason', row.reason)}."
        return row.id, saving.done(deed, said, warnings)


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL)
def close_episode(
    desk: Desk,
    episode_id: str,
    values: Mapping[str, Value],
    also: Also | None = None,
) -> tuple[str, Changed]:
    """Close an episode; that evening the case is no longer live.

    What is missing is pointed out and stops nothing. An open pause ends with it.

    Args:
        desk: who closes it.
        episode_id: which one.
        values: by field name.
        also: what else is recorded in the same deed, and taken back with it.

    Raises:
        NotValid: a value or a rule stops it, it is closed already, or somebody was
            seen after the day. A field of ``also`` is named with its part before it.
    """
    with desk.store.writing("close episode", by=desk.user.id) as deed:
        episode = open_episode(desk, deed, episode_id)
        given = {"closed_on": desk.today(), **values, "episode_id": episode_id}
        on = given["closed_on"]
        said: list[str] = []
        warnings: list[Problem] = []
        saving.refuse(saving.check(desk, deed, Closure, given))
        if isinstance(on, date):
            said, warnings = also_ended.end_too(desk, deed, episode, on, also or Also())
        more = _after(deed, episode, on)
        closing, found = saving.add(desk, deed, Closure, given, more)
        words = (
            f"Closed on {day(closing.closed_on)}: "
            f"{label('closure_reason', closing.reason)}."
        )
        warnings = [*found, *warnings, *_wanting(deed, episode, closing)]
        return closing.id, saving.done(deed, sentences(words, *said), warnings)


def _wanting(deed: Deed, episode: Episode, closing: Closure) -> list[Problem]:
    """What an ending lacks; it is closed all the same."""
    found = []
    if closing.reason == "PROV_ENDED" and not closing.decided_by:
        found.append(Problem("decided_by", "Say who decided that we end it.", "warn"))
    return [*found, *also_ended.still_open(deed, episode, closing)]


def _after(rows: Rows, episode: Episode, closed_on: Value) -> list[Problem]:
    """Sessions after the closing: none attended; those booked should be cancelled."""
    if not isinstance(closed_on, date):
        return []
    later = [
        each
        for each in session_questions.of_referral(rows, episode.referral_id)
        if each.held_on > closed_on and each.type not in starts.OUTSIDE
    ]
    seen = [each for each in later if starts.came(each.attendance)]
    open_ones = [each for each in later if each.attendance in ("BOOKED", "UNREC")]
    problems = [
        *_lighter_later(rows, episode, closed_on),
        *_agreed_later(rows, episode, closed_on),
    ]
    if seen:
        problems.append(
            Problem(
                "closed_on",
                f"A session was attended on {day(seen[-1].held_on)}, after this day. "
                "One of the two dates is wrong.",
            )
        )
    if open_ones:
        problems.append(
            Problem(
                "closed_on",
                f"{some(len(open_ones), 'session')} after this day still stand as "
                "booked. Cancel them.",
                "warn",
            )
        )
    return problems


def _lighter_later(rows: Rows, episode: Episode, closed_on: date) -> Iterator[Problem]:
    """Step-down does not begin after the end."""
    for phase in find(rows, Phase, episode_id=episode.id):
        if phase.phase != "CORE" and phase.started_on > closed_on:
            yield Problem(
                "closed_on",
                f"Step-down begins on {day(phase.started_on)}, after this day. "
                "One of the two dates is wrong.",
            )


def _agreed_later(rows: Rows, episode: Episode, closed_on: date) -> Iterator[Problem]:
    """What belongs to the support and is of a day after its end is pointed out."""
    days = {
        "A pause begins": [p.from_on for p in find(rows, Pause, episode_id=episode.id)],
        "An exit strategy was made": [
            v.made_on for v in find(rows, ExitStrategy, episode_id=episode.id)
        ],
    }
    for words, held in days.items():
        later = [on for on in held if on > closed_on]
        if later:
            said = f"{words} on {day(max(later))}, after this day. Is one of the two "
            yield Problem("closed_on", f"{said}dates wrong?", "warn")


@needs(Permission.RUN_EPISODES)
def reopen_episode(desk: Desk, episode_id: str, reason: str) -> Changed:
    """Take back a closing that was recorded by mistake, and what ended with it.

    Goals, a pause and bookings that the closing ended go on; a measure and an onward
    referral that were recorded with it are taken back. What was touched since stays.
    Somebody who comes back is not this: they get a new referral.

    Raises:
        NotValid: the reason is missing, the episode is not closed, another one is
            open in its area, or it was entered in error and its referral has gone
            another way since.
    """
    if not reason.strip():
        raise saving.stop("reason", "Say why the closing is taken back.")
    with desk.store.writing("take back closing", desk.user.id) as deed:
        episode = caseload.within(desk, deed, Episode, episode_id)
        closing = starts.closing_of(deed, episode_id)
        if closing is None:
            raise saving.stop("", "This episode is not closed.")
        starts.refuse_return(deed, closing)
        starts.refuse_second(deed, get(deed, Referral, episode.referral_id), "")
        why = saving.why_of(desk, deed, closing, reason)
        said = also_ended.take_back_too(desk, deed, closing, why)
        deed.retire(Closure, closing.id, why)
        words = "Closing taken back; the episode is live again."
        return saving.done(deed, sentences(words, *said))


@needs(Permission.RUN_EPISODES)
def take_back_closing(desk: Desk, closing_id: str, reason: str) -> Changed:
    """As ``reopen_episode``, by the closing: what was just done is undone.

    Raises:
        NotValid: the reason is missing.
    """
    with desk.store.reading() as rows:
        episode_id = caseload.within(desk, rows, Closure, closing_id).episode_id
    return reopen_episode(desk, episode_id, reason)
