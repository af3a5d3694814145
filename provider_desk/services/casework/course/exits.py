"""Exit strategies after they were made: versions side by side, agreed, looked at again.

A version is never overwritten by the next: what changed between two stands beside them.
Each look is a record of its own. Source: domain reference, B7; practices, P17, P18.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value, field_map
from provider_desk.model.months import add_months
from provider_desk.model.records import Episode, ExitReview, ExitStrategy
from provider_desk.services import saving
from provider_desk.services.casework.course.running import open_episode, retired
from provider_desk.services.desk import Desk
from provider_desk.services.notes.unsealing import Unsealer
from provider_desk.services.rights import caseload, masking
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.saying import day, label
from provider_desk.store.queries.caseload import client_of
from provider_desk.store.records import find, get
from provider_desk.store.store import Deed

#: An exit strategy is looked at 3, 6 and 9 months on. Source: domain reference, B7.
REVIEW_MONTHS = 3

#: What a version says, in the order in which it is read.
WORDS = (
    "success",
    "signs",
    "support_after",
    "step_down_plan",
    "warning_signs",
    "way_back",
)

_OVER = ("DONE", "REPLACED")


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """One question of a version, as it can be read here.

    Attributes:
        label: the question.
        words: the answer, "" where there is none.
        changed: it says something else than the version before.
    """

    label: str
    words: str
    changed: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Look:
    """A review: when, with whom, what was seen."""

    row_id: str
    on: date
    with_person: bool | None
    note: str
    following: date | None


@dataclass(frozen=True, slots=True, repr=False)
class Version:
    """A version of an exit strategy, with what was said of it later.

    Attributes:
        number: 1 for the first.
        on_day_one: made on or before the first session, as the contract wants it.
        looks: its reviews, newest first.
    """

    row_id: str
    number: int
    made_on: date
    status: str
    agreed_on: date | None
    review_on: date | None
    on_day_one: bool
    said: tuple[Said, ...]
    looks: tuple[Look, ...]


@needs(Permission.READ_CLINICAL)
def versions(desk: Desk, episode_id: str) -> list[Version]:
    """Every version of an episode's exit strategy, newest first.

    Raises:
        NotFound: the episode is not there, or outside the caseload.
    """
    with desk.store.reading() as rows:
        episode = caseload.within(desk, rows, Episode, episode_id)
        person = client_of(rows, Episode.TABLE, episode_id)
        clinical = caseload.sees_clinical(desk, rows, person)
        unsealer = Unsealer(desk)
        held = sorted(
            find(rows, ExitStrategy, episode_id=episode_id), key=lambda v: v.made_on
        )
        seen = find(rows, ExitReview, episode_id=episode_id)
        shown = unsealer.records(masking.all_masked(held, clinical=clinical), person)
        looks = unsealer.records(masking.all_masked(seen, clinical=clinical), person)
    return list(reversed(list(_versions(episode, shown, looks))))


def _versions(
    episode: Episode, held: Sequence[ExitStrategy], seen: Sequence[ExitReview]
) -> Iterator[Version]:
    before: ExitStrategy | None = None
    declared = field_map(ExitStrategy)
    for number, each in enumerate(held, 1):
        yield Version(
            row_id=each.id,
            number=number,
            made_on=each.made_on,
            status=label("exit_strategy_status", each.status),
            agreed_on=each.agreed_on,
            review_on=each.review_on,
            on_day_one=each.made_on <= episode.started_on,
            said=tuple(
                Said(
                    declared[name].kind.label,
                    getattr(each, name),
                    before is not None and getattr(before, name) != getattr(each, name),
                )
                for name in WORDS
            ),
            looks=tuple(_looks(each.id, seen)),
        )
        before = each


def _looks(exit_id: str, seen: Sequence[ExitReview]) -> Iterator[Look]:
    mine = [each for each in seen if each.exit_strategy_id == exit_id]
    for each in sorted(mine, key=lambda look: look.reviewed_on, reverse=True):
        together = None if each.with_person is None else each.with_person == "Y"
        yield Look(each.id, each.reviewed_on, together, each.note, each.next_review_on)


def next_review(on: date) -> date:
    """When an exit strategy is looked at again that was made or reviewed on a day."""
    return add_months(on, REVIEW_MONTHS)


def current(held: Sequence[ExitStrategy]) -> ExitStrategy | None:
    """The version that holds: the newest, of several of a day the last one written.

    Args:
        held: all versions, in the order in which they were written.
    """

    def newest(each: ExitStrategy) -> tuple[date, bool]:
        return each.made_on, each.status not in _OVER

    return max(reversed(held), key=newest) if held else None


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL)
def review_exit(
    desk: Desk, exit_id: str, values: Mapping[str, Value]
) -> tuple[str, Changed]:
    """Record a look at an exit strategy: it still holds, and the next look.

    Raises:
        NotValid: a value or a rule stops it, the episode is closed, or a newer version
            has replaced it.
    """
    with desk.store.writing("review exit strategy", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, ExitStrategy, exit_id)
        open_episode(desk, deed, held.episode_id)
        if held.status in _OVER:
            raise saving.stop(
                "exit_strategy_id",
                "A newer version has replaced this one. Review that.",
            )
        today = desk.today()
        given = {"reviewed_on": today, **values}
        given |= {"episode_id": held.episode_id, "exit_strategy_id": exit_id}
        on = given["reviewed_on"]
        # A day ahead of today is refused below, and may be too far to count from.
        if not given.get("next_review_on") and isinstance(on, date) and on <= today:
            given["next_review_on"] = next_review(on)
        made, warnings = saving.add(desk, deed, ExitReview, given)
        _follow(desk, deed, exit_id)
        said = "Exit strategy reviewed."
        if made.next_review_on:
            said += f" Next review {day(made.next_review_on)}."
        return made.id, saving.done(deed, said, warnings)


def _follow(desk: Desk, deed: Deed, exit_id: str) -> None:
    """Let the strategy say what its newest review says."""
    held = get(deed, ExitStrategy, exit_id)
    seen = sorted(
        find(deed, ExitReview, exit_strategy_id=exit_id),
        key=lambda each: each.reviewed_on,
    )
    if seen:
        values: dict[str, Value] = {
            "status": "REVIEWED",
            "review_on": seen[-1].next_review_on,
        }
    else:
        values = {
            "status": "AGREED" if held.agreed_on else "DRAFT",
            "review_on": next_review(held.made_on),
        }
    saving.change(desk, deed, ExitStrategy, exit_id, values)


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL)
def take_back_review(desk: Desk, look_id: str, reason: str) -> Changed:
    """Take back a review that was recorded by mistake.

    Raises:
        NotValid: the reason is missing.
    """
    with desk.store.writing("take back review", desk.user.id) as deed:
        held = caseload.within(desk, deed, ExitReview, look_id)
        retired(desk, deed, held, reason)
        _follow(desk, deed, held.exit_strategy_id)
        return saving.done(deed, "Review taken back.")


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL)
def agree_exit(desk: Desk, exit_id: str, values: Mapping[str, Value]) -> Changed:
    """Record that the person agreed to a version, and on which day.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("agree exit strategy", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, ExitStrategy, exit_id)
        given: dict[str, Value] = {"agreed_on": desk.today()}
        given |= {n: v for n, v in values.items() if n == "agreed_on" and v}
        more = {"status": "AGREED"} if held.status == "DRAFT" else {}
        made, warnings = saving.change(
            desk, deed, ExitStrategy, exit_id, {**given, **more}
        )
        on = made.agreed_on or desk.today()
        return saving.done(deed, f"Agreed with the person on {day(on)}.", warnings)


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL)
def change_exit(desk: Desk, exit_id: str, values: Mapping[str, Value]) -> Changed:
    """Put a version right; what it said before stays in its history.

    A plan that changes is a new version instead.

    Raises:
        NotValid: a value or a rule stops it.
    """
    with desk.store.writing("change exit strategy", by=desk.user.id) as deed:
        held = caseload.within(desk, deed, ExitStrategy, exit_id)
        clinical = caseload.reads_clinical_of(desk, deed, held)
        given = {name: v for name, v in values.items() if name != "episode_id"}
        given = masking.writable(ExitStrategy, given, clinical=clinical)
        _, warnings = saving.change(desk, deed, ExitStrategy, exit_id, given)
        return saving.done(deed, "Exit strategy saved.", warnings)


@needs(Permission.RUN_EPISODES, Permission.READ_CLINICAL)
def take_back_exit(desk: Desk, exit_id: str, reason: str) -> Changed:
    """Take back a version; the one before holds again.

    Raises:
        NotValid: the reason is missing, or it was reviewed since.
    """
    with desk.store.writing("take back exit strategy", desk.user.id) as deed:
        held = caseload.within(desk, deed, ExitStrategy, exit_id)
        if find(deed, ExitReview, exit_strategy_id=exit_id):
            raise saving.stop(
                "reason",
                "This version was reviewed since. Take the review back first.",
            )
        retired(desk, deed, held, reason)
        left = current(find(deed, ExitStrategy, episode_id=held.episode_id))
        if left is not None and left.status == "REPLACED":
            seen = find(deed, ExitReview, exit_strategy_id=left.id)
            agreed = "AGREED" if left.agreed_on else "DRAFT"
            status = "REVIEWED" if seen else agreed
            saving.change(desk, deed, ExitStrategy, left.id, {"status": status})
        return saving.done(deed, "Exit strategy taken back.")
