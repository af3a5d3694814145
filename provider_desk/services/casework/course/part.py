"""What the course of each episode adds to a person's page: clocks, pauses, reviews."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from provider_desk.model.choices import choices
from provider_desk.model.months import add_months
from provider_desk.model.records import (
    Episode,
    Exceptional,
    ExitReview,
    ExitStrategy,
    ExtensionRequest,
    FrequencyChange,
    OnwardReferral,
    Pause,
    Phase,
)
from provider_desk.model.rows import Rows
from provider_desk.model.views import Bar, CardLine, EpisodeCard, Event, Item, Part
from provider_desk.services.casework.course import allowance, course_events, exits
from provider_desk.services.casework.course.allowance import Allowance
from provider_desk.services.casework.known import Known
from provider_desk.services.desk import Desk
from provider_desk.services.saying import day, label, some
from provider_desk.store.queries import course as questions
from provider_desk.store.records import find, get

_DAYS_A_WEEK = 7
_LONG_MONTHS, _YEAR_MONTHS = 24, 12
_MISSED = 2


@dataclass(frozen=True, slots=True)
class Held:
    """The records of one episode's course; clinical words left out where need be."""

    pauses: list[Pause]
    often: list[FrequencyChange]
    exits: list[ExitStrategy]
    reviews: list[ExitReview]
    approvals: list[Exceptional]
    asked: list[ExtensionRequest]
    phases: list[Phase]
    onward: list[OnwardReferral]
    allowance: Allowance
    missed: int
    missed_on: date | None
    talked_on: date | None


def part(desk: Desk, rows: Rows, known: Known) -> Part:
    """Time line, boxes, and what deeds can be done on."""
    del desk
    held = {card.episode_id: _held(rows, card, known) for card in known.episodes}
    live = [card for card in known.episodes if card.closed_on is None]
    return Part(
        events=tuple(_events(known, held)),
        items=_items(live, held),
        lines={
            card.episode_id: tuple(_lines(card, held[card.episode_id], known.today))
            for card in live
        },
        bars={
            card.episode_id: tuple(_bars(card, held[card.episode_id], known.today))
            for card in live
        },
    )


def _events(known: Known, held: dict[str, Held]) -> Iterator[Event]:
    """Lines of the time line; of one day, a return stands above its pause."""
    for card in known.episodes:
        of = held[card.episode_id]
        lines = course_events.of_episode(
            card.episode_id, of.pauses, of.often, of.reviews, of.onward, of.asked
        )
        yield from reversed(list(lines))


def _held(rows: Rows, card: EpisodeCard, known: Known) -> Held:
    of, person, shown = card.episode_id, known.client.id, known.reading.shown
    missed, missed_on = questions.missed_since(rows, card.referral_id, known.today)
    return Held(
        shown(find(rows, Pause, episode_id=of), person),
        sorted(
            shown(find(rows, FrequencyChange, episode_id=of), person),
            key=lambda each: each.from_on,
        ),
        find(rows, ExitStrategy, episode_id=of),
        shown(find(rows, ExitReview, episode_id=of), person),
        find(rows, Exceptional, episode_id=of),
        shown(find(rows, ExtensionRequest, episode_id=of), person),
        find(rows, Phase, episode_id=of),
        shown(find(rows, OnwardReferral, episode_id=of), person),
        allowance.of_referral(rows, card.referral_id),
        missed,
        missed_on,
        get(rows, Episode, of).missed_talked_on,
    )


def _items(
    live: Sequence[EpisodeCard], held: dict[str, Held]
) -> dict[str, tuple[Item, ...]]:
    """What can be come back from, and looked at again."""
    found: dict[str, list[Item]] = {"pause_id": [], "exit_strategy_id": []}
    found |= {"phase_id": [], "extension_id": []}
    for card in live:
        area, of = label("service_area", card.area), held[card.episode_id]
        for rest in of.pauses:
            if rest.until_on is None:
                words = f"{area}, paused since {day(rest.from_on)}"
                found["pause_id"].append(Item(rest.id, words))
        version = exits.current(of.exits)
        if version is not None and version.status not in ("DONE", "REPLACED"):
            words = f"{area}, made {day(version.made_on)}"
            found["exit_strategy_id"].append(Item(version.id, words))
        for request in of.asked:
            if request.answered_on is None:
                reason = label("exceptional_reason", request.reason)
                until = f" until {day(request.review_by)}" if request.review_by else ""
                words = f"{area}: {reason}{until}, asked by {request.asked_by}"
                found["extension_id"].append(Item(request.id, words))
        lighter = _step_down(of)
        if lighter is not None:
            words = f"{area}, since {day(lighter.started_on)}"
            found["phase_id"].append(Item(lighter.id, words))
    return {name: tuple(items) for name, items in found.items()}


def _step_down(held: Held) -> Phase | None:
    found = [each for each in held.phases if each.phase == "STEP_DOWN"]
    return max(found, key=lambda each: each.started_on) if found else None


def _bars(card: EpisodeCard, held: Held, today: date) -> Iterator[Bar]:
    """The allowances that are in use, and step-down on its way to its review."""
    for bucket in choices("trial").by_code:
        used = held.allowance.used.get(bucket, 0)
        if used:
            over = "warn" if held.allowance.is_over(bucket) else ""
            words = held.allowance.words(bucket)
            yield Bar(words, used, held.allowance.limit, over)
    lighter = _step_down(held)
    if card.phase == "STEP_DOWN" and lighter is not None and lighter.review_on:
        week = max((today - lighter.started_on).days // _DAYS_A_WEEK + 1, 1)
        whole = max((lighter.review_on - lighter.started_on).days // _DAYS_A_WEEK, 1)
        words = f"Step-down week {week}, review {day(lighter.review_on)}"
        yield Bar(words, week, whole, "warn" if lighter.review_on <= today else "")


def _lines(card: EpisodeCard, held: Held, today: date) -> Iterator[CardLine]:
    yield from _pause_lines(held, today)
    yield from _missed_lines(held)
    yield from _often_lines(held)
    yield from _length_lines(card, held, today)
    yield from _asked_lines(held)
    yield exit_line(card, held.exits, held.reviews, today)


def _pause_lines(held: Held, today: date) -> Iterator[CardLine]:
    for rest in held.pauses:
        if rest.until_on is not None:
            continue
        again = f", ask again by {day(rest.back_by)}" if rest.back_by else ""
        over = rest.back_by is not None and rest.back_by <= today
        words = f"Paused since {day(rest.from_on)}{again}"
        yield CardLine(words, "warn" if over else "", words, Pause.TABLE, rest.id)


def _missed_lines(held: Held) -> Iterator[CardLine]:
    """Two missed in a row, until the person comes again. Source: domain, B6."""
    if held.missed < _MISSED or held.missed_on is None:
        return
    words = f"{held.missed} sessions missed in a row, the last on {day(held.missed_on)}"
    if held.talked_on is not None and held.talked_on >= held.missed_on:
        talked = f"talked over with the supervisor on {day(held.talked_on)}"
        yield CardLine(f"{words}; {talked}", "", words)
    elif not any(rest.from_on >= held.missed_on for rest in held.pauses):
        yield CardLine(f"{words}: talk it over with the supervisor", "warn", words)


def _often_lines(held: Held) -> Iterator[CardLine]:
    if not held.often:
        return
    newest = held.often[-1]
    by = f", approved by {newest.approved_by}" if newest.approved_by else ""
    often = label("frequency", newest.frequency)
    since = f"{often} since {day(newest.from_on)}"
    table = FrequencyChange.TABLE
    yield CardLine(f"{since}{by}", "", since, table, newest.id)


def _length_lines(card: EpisodeCard, held: Held, today: date) -> Iterator[CardLine]:
    """Over two years, and a reason that ran out. Source: domain reference, B8."""
    if today >= add_months(card.started_on, _LONG_MONTHS):
        years = today.year - card.started_on.year
        # Of 29 February a year is over on 28 February, as the 12 months are.
        years -= today < add_months(card.started_on, years * _YEAR_MONTHS)
        words = f"Over {some(years, 'year')} with us"
        yield CardLine(words, "", words)
    ended = [
        each for each in held.approvals if each.review_by and each.review_by < today
    ]
    core = card.phase == "CORE" and today >= card.over_on
    if core and ended and not card.exceptional:
        last = max(ended, key=lambda each: each.review_by or date.min)
        reason = label("exceptional_reason", last.reason)
        words = f"The reason “{reason}” ran out on {day(last.review_by or today)}"
        yield CardLine(words, "bad", words, Exceptional.TABLE, last.id)


def _asked_lines(held: Held) -> Iterator[CardLine]:
    for each in held.asked:
        if each.answered_on is None:
            reason = label("exceptional_reason", each.reason)
            words = (
                f"Asked on {day(each.asked_on)} to go past 12 months ({reason}): not "
                "answered yet"
            )
            yield CardLine(words, "warn", words, ExtensionRequest.TABLE, each.id)


def exit_line(
    card: EpisodeCard,
    versions: Sequence[ExitStrategy],
    reviews: Sequence[ExitReview],
    today: date,
) -> CardLine:
    """What is to be said of the exit strategy: how old, since day one, agreed, due."""
    version = exits.current(versions)
    if version is None:
        words = "No exit strategy yet"
        return CardLine(words, "bad", words)
    seen = [each.reviewed_on for each in reviews if each.exit_strategy_id == version.id]
    done, on = ("reviewed", max(seen)) if seen else ("made", version.made_on)
    words, tone = f"Exit strategy {done} {_ago(on, today)}", "good"
    first = min(each.made_on for each in versions)
    if first <= card.started_on:
        words += ", there from day one"
    if version.agreed_on is None:
        words, tone = f"{words}; not agreed with the person yet", "warn"
    if version.review_on is not None and version.review_on <= today:
        words, tone = f"{words}; review due since {day(version.review_on)}", "warn"
    return CardLine(words, tone, words, ExitStrategy.TABLE, version.id)


def _ago(on: date, today: date) -> str:
    days = (today - on).days
    return "today" if days <= 0 else f"{some(days, 'day')} ago"
