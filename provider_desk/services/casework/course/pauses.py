"""Pauses: an episode rests, and goes on where it was. The 12 months run on.

Nothing that was agreed is asked again when somebody comes back: worker, frequency,
goals and exit strategy stay. Source: domain reference, B3; practices, P21.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from provider_desk.model.changed import Changed
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import Pause
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.casework.course.running import open_episode, retired
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label, sentences
from provider_desk.store.queries import course as questions
from provider_desk.store.records import find, get

#: After so long a person is asked again, where nobody says otherwise.
ASK_AGAIN = timedelta(weeks=4)


def open_pause(rows: Rows, episode_id: str) -> Pause | None:
    """The pause that nobody came back from yet."""
    found = [
        each for each in find(rows, Pause, episode_id=episode_id) if not each.until_on
    ]
    return max(found, key=lambda each: each.from_on) if found else None


@needs(Permission.RUN_EPISODES)
def pause(
    desk: Desk, episode_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Let an episode rest from a day on.

    Raises:
        NotValid: a value or a rule stops it, the episode is closed, or another pause
            covers the day.
    """
    with desk.store.writing("pause", by=desk.user.id) as deed:
        episode = open_episode(desk, deed, episode_id)
        given = {"from_on": desk.today(), **values, "episode_id": episode_id}
        given = _writable(desk, deed, episode_id, given)
        more = _overlaps(deed, episode_id, given, "")
        made, warnings = saving.add(desk, deed, Pause, given, more)
        booked = questions.booked_after(deed, episode.referral_id, made.from_on)
        if booked and made.until_on is None:
            warnings.append(
                Problem(
                    "from_on",
                    f"Sessions are still booked, the next on {day(booked[0][1])}. "
                    "Cancel those that lie in the pause.",
                    "warn",
                )
            )
        again = f"Ask again by {day(made.back_by)}." if made.back_by else ""
        said = f"Paused since {day(made.from_on)}; the 12 months run on."
        return made.id, saving.done(deed, sentences(said, again), warnings)


def _writable(
    desk: Desk, rows: Rows, episode_id: str, values: Mapping[str, Value]
) -> dict[str, Value]:
    episode = open_episode(desk, rows, episode_id)
    clinical = caseload.reads_clinical_of(desk, rows, episode)
    return masking.writable(Pause, values, clinical=clinical)


def _overlaps(
    rows: Rows, episode_id: str, given: Mapping[str, Value], own_id: str
) -> Iterable[Problem]:
    """One pause at a time."""
    begun, back = given.get("from_on"), given.get("until_on")
    if not isinstance(begun, date):
        return
    last = back if isinstance(back, date) else date.max
    for other in find(rows, Pause, episode_id=episode_id):
        if other.id == own_id:
            continue
        if begun < (other.until_on or date.max) and other.from_on < last:
            until = f" to {day(other.until_on)}" if other.until_on else ""
            open_words = (
                "" if other.until_on else " Say first when the person came back."
            )
            yield Problem(
                "from_on",
                f"There is a pause from {day(other.from_on)}{until} already."
                f"{open_words}",
            )
            return


@needs(Permission.RUN_EPISODES)
def come_back(desk: Desk, pause_id: str, values: Mapping[str, Value]) -> Changed:
    """End a pause; everything that was agreed holds on.

    Raises:
        NotValid: a value or a rule stops it, or the pause is over already.
    """
    with desk.store.writing("come back", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, Pause, pause_id)
        episode = open_episode(desk, deed, held.episode_id)
        if held.until_on is not None:
            raise saving.stop(
                "until_on", f"This pause was over on {day(held.until_on)} already."
            )
        given: dict[str, Value] = {"until_on": desk.today()}
        given |= {n: v for n, v in values.items() if n == "until_on" and v}
        made, warnings = saving.change(desk, deed, Pause, pause_id, given)
        often = label("frequency", episode.frequency).lower()
        agreed = f"As before: {often}." if often else "What was agreed stays."
        on = made.until_on or desk.today()
        said = f"Back since {day(on)}. {agreed}"
        return saving.done(deed, said, warnings)


@needs(Permission.RUN_EPISODES)
def still_away(desk: Desk, pause_id: str, values: Mapping[str, Value]) -> Changed:
    """Somebody was asked and stays away for now: when they are asked again.

    Raises:
        NotValid: a rule stops it, the episode is closed, or the day is not ahead.
    """
    again = values.get("back_by") or desk.today() + ASK_AGAIN
    if isinstance(again, date) and again <= desk.today():
        raise saving.stop("back_by", "Choose a day that lies ahead.")
    with desk.store.writing("ask again later", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, Pause, pause_id)
        open_episode(desk, deed, held.episode_id)
        made, warnings = saving.change(desk, deed, Pause, pause_id, {"back_by": again})
        said = f"Ask again by {day(made.back_by)}." if made.back_by else "Saved."
        return saving.done(deed, said, warnings)


@needs(Permission.RUN_EPISODES)
def change_pause(desk: Desk, pause_id: str, values: Mapping[str, Value]) -> Changed:
    """Put the days, the reason or the note of a pause right.

    Raises:
        NotValid: a value or a rule stops it, or another pause covers the days.
    """
    with desk.store.writing("change pause", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, Pause, pause_id)
        given = {name: v for name, v in values.items() if name != "episode_id"}
        clinical = caseload.reads_clinical_of(desk, deed, held)
        given = masking.writable(Pause, given, clinical=clinical)
        after = {**held.values(), **given}
        more = _overlaps(deed, held.episode_id, after, pause_id)
        _, warnings = saving.change(desk, deed, Pause, pause_id, given, more)
        return saving.done(deed, "Pause saved.", warnings)


@needs(Permission.RUN_EPISODES)
def not_back(desk: Desk, pause_id: str) -> Changed:
    """Undo that somebody came back.

    Raises:
        NotValid: the episode was closed since, or rests again since.
    """
    with desk.store.writing("not back yet", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, Pause, pause_id)
        open_episode(desk, deed, held.episode_id)
        given: dict[str, Value] = {"until_on": None}
        after = {**held.values(), **given}
        more = _overlaps(deed, held.episode_id, after, pause_id)
        saving.change(desk, deed, Pause, pause_id, given, more)
        return saving.done(deed, "The pause goes on.")


@needs(Permission.RUN_EPISODES)
def take_back_pause(desk: Desk, pause_id: str, reason: str) -> Changed:
    """Take back a pause that was recorded by mistake.

    Raises:
        NotValid: the reason is missing.
    """
    with desk.store.writing("take back pause", desk.user.id) as deed:
        caseload.within(desk, deed, Pause, pause_id)
        retired(desk, deed, get(deed, Pause, pause_id), reason)
        return saving.done(deed, "Pause taken back.")
