"""How often sessions are meant to be, from which day on, and who approved it.

Sessions that come further apart than before need the approval of the clinical lead or
a manager; a caseworker records whom they asked. The episode's frequency follows the
newest agreement. Source: domain reference, B3; practices, P33.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import Problem
from provider_desk.model.fields import Value
from provider_desk.model.records import Episode, FrequencyChange, User
from provider_desk.model.rows import Rows
from provider_desk.services import saving
from provider_desk.services.casework.course.running import open_episode, retired
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import (
    Permission,
    may,
    needs,
    permissions_of,
)
from provider_desk.services.saying import day, label
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed

#: Nothing said of the weeks between: it may be any number of them.
_ANY_WEEKS = 99


def weeks_between(code: str | None) -> int | None:
    """Weeks from one session to the next; None where nothing is agreed."""
    found = choices("frequency").by_code.get(code or "")
    if found is None:
        return None
    return int(found.flags.get("weeks", _ANY_WEEKS))


def stretches(before: str | None, after: str | None) -> bool:
    """Whether sessions come further apart than before."""
    old, new = weeks_between(before), weeks_between(after)
    return old is not None and new is not None and new > old


def agreed(rows: Rows, episode_id: str) -> list[FrequencyChange]:
    """Everything that was agreed, in the order in which it holds."""
    found = find(rows, FrequencyChange, episode_id=episode_id)
    return sorted(found, key=lambda each: each.from_on)


@needs(Permission.RUN_EPISODES)
def set_frequency(
    desk: Desk, episode_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Agree how often, from a day on.

    Raises:
        NotValid: a value or a rule stops it, the episode is closed, or sessions come
            further apart and nobody is named who approved it.
    """
    with desk.store.writing("agree how often", by=desk.user.id) as deed:
        episode = open_episode(desk, deed, episode_id)
        given = {"from_on": desk.today(), **values, "episode_id": episode_id}
        clinical = caseload.reads_clinical_of(desk, deed, episode)
        given = masking.writable(FrequencyChange, given, clinical=clinical)
        before = _before(deed, episode, given.get("from_on"), "")
        wider = stretches(before, str(given.get("frequency") or ""))
        if wider and not given.get("approved_by") and may(desk, Permission.APPROVE):
            given["approved_by"] = desk.user.name
        _keep_first(desk, deed, episode)
        more = _approved(deed, before, given)
        made, warnings = saving.add(desk, deed, FrequencyChange, given, more)
        _follow(desk, deed, episode_id)
        often = label("frequency", made.frequency)
        said = f"{often} from {day(made.from_on)}."
        return made.id, saving.done(deed, said, warnings)


def _keep_first(desk: Desk, deed: Deed, episode: Episode) -> None:
    """What was agreed before the first change stands in the history too."""
    if not episode.frequency or agreed(deed, episode.id):
        return
    first: dict[str, Value] = {
        "episode_id": episode.id,
        "from_on": episode.started_on,
        "frequency": episode.frequency,
    }
    saving.add(desk, deed, FrequencyChange, first)


def _before(rows: Rows, episode: Episode, on: Value, own_id: str) -> str | None:
    """What held until a day."""
    if not isinstance(on, date):
        return None
    held = [
        each
        for each in agreed(rows, episode.id)
        if each.from_on <= on and each.id != own_id
    ]
    if held:
        return held[-1].frequency
    return None if own_id else episode.frequency


def _approved(
    rows: Rows, before: str | None, given: Mapping[str, Value]
) -> Iterable[Problem]:
    after = str(given.get("frequency") or "")
    if not stretches(before, after):
        return
    by = str(given.get("approved_by") or "").strip()
    if not by:
        yield Problem(
            "approved_by",
            f"From “{label('frequency', before)}” to “{label('frequency', after)}” "
            "sessions come further apart. Ask the clinical lead or a manager, and say "
            "here who approved it.",
        )
        return
    user = _user_called(rows, by)
    if user is not None and Permission.APPROVE not in permissions_of(user.role):
        yield Problem(
            "approved_by",
            f"{label('role', user.role)}: this role doesn't approve sessions that come "
            "further apart. Ask the clinical lead or a manager too.",
            "warn",
        )


def _user_called(rows: Rows, words: str) -> User | None:
    """Who on this desk has this name or these initials."""
    wanted = words.casefold()
    return next(
        (
            user
            for user in find(rows, User)
            if wanted in (user.name.casefold(), (user.initials or "").casefold())
        ),
        None,
    )


def _follow(desk: Desk, deed: Deed, episode_id: str) -> None:
    """Let the episode say what the newest agreement says."""
    held = agreed(deed, episode_id)
    wanted = held[-1].frequency if held else None
    if held and get(deed, Episode, episode_id).frequency != wanted:
        saving.change(desk, deed, Episode, episode_id, {"frequency": wanted})


@needs(Permission.RUN_EPISODES)
def change_frequency(
    desk: Desk, agreed_id: str, values: Mapping[str, Value]
) -> Changed:
    """Put an agreement right: its day, how often, who approved it, why.

    Raises:
        NotValid: as ``set_frequency``.
    """
    with desk.store.writing("change how often", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, FrequencyChange, agreed_id)
        episode = get(deed, Episode, held.episode_id)
        given = {name: v for name, v in values.items() if name != "episode_id"}
        clinical = caseload.reads_clinical_of(desk, deed, held)
        given = masking.writable(FrequencyChange, given, clinical=clinical)
        after = {**held.values(), **given}
        before = _before(deed, episode, after["from_on"], agreed_id)
        more = _approved(deed, before, after)
        _, warnings = saving.change(desk, deed, FrequencyChange, agreed_id, given, more)
        _follow(desk, deed, held.episode_id)
        return saving.done(deed, "How often: saved.", warnings)


@needs(Permission.RUN_EPISODES)
def take_back_frequency(desk: Desk, agreed_id: str, reason: str) -> Changed:
    """Take back an agreement; the one before holds again.

    Raises:
        NotValid: the reason is missing.
    """
    with desk.store.writing("take back how often", desk.user.id) as deed:
        held = caseload.within(desk, deed, FrequencyChange, agreed_id)
        retired(desk, deed, held, reason)
        left = agreed(deed, held.episode_id)
        often = left[-1].frequency if left else None
        saving.change(desk, deed, Episode, held.episode_id, {"frequency": often})
        said = label("frequency", often) or "Nothing agreed"
        return saving.done(deed, f"Taken back. How often: {said.lower()}.")
