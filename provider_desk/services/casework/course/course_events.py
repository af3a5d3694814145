"""Lines of the time line from the course of an episode."""

from collections.abc import Iterator, Sequence
from datetime import date

from provider_desk.model.fields import Record
from provider_desk.model.records import (
    ExitReview,
    ExtensionRequest,
    FrequencyChange,
    OnwardReferral,
    Pause,
)
from provider_desk.model.sealed_text import IN_LINE, IN_PLACE
from provider_desk.model.views import Event, EventKind
from provider_desk.services.saying import day, label


def of_episode(
    episode_id: str,
    pauses: Sequence[Pause],
    often: Sequence[FrequencyChange],
    reviews: Sequence[ExitReview],
    onward: Sequence[OnwardReferral],
    asked: Sequence[ExtensionRequest] = (),
) -> Iterator[Event]:
    """A line for each pause and its end, each agreement, review and onward referral."""
    for rest in pauses:
        yield from _of_pause(episode_id, rest)
    for each in often:
        by = f"approved by {each.approved_by}" if each.approved_by else ""
        title = f"How often: {label('frequency', each.frequency).lower()}"
        detail = _joined(by, _in_line(each.reason))
        yield _event(episode_id, each.from_on, title, detail, each)
    for look in reviews:
        together = {"Y": "with the person", "N": "without the person"}
        following = f"next {day(look.next_review_on)}" if look.next_review_on else ""
        detail = _joined(
            together.get(look.with_person or "", ""), following, _in_line(look.note)
        )
        title = "Exit strategy reviewed"
        yield _event(episode_id, look.reviewed_on, title, detail, look, EventKind.EXIT)
    for each_on in onward:
        agreed = "with the person's yes" if each_on.consent == "Y" else ""
        detail = _joined(each_on.made_to, agreed, _in_line(each_on.note))
        yield _event(episode_id, each_on.made_on, "Referred on", detail, each_on)

    for request in asked:
        yield from _of_request(episode_id, request)


def _of_request(episode_id: str, request: ExtensionRequest) -> Iterator[Event]:
    reason = label("exceptional_reason", request.reason)
    wait = "" if request.answered_on else "not answered yet"
    detail = _joined(reason, request.asked_by, wait, _in_line(request.evidence))
    title = "Asked to go past 12 months"
    yield _event(episode_id, request.asked_on, title, detail, request)
    if request.answered_on is not None and request.approved == "N":
        title = "Going past 12 months not approved"
        detail = _joined(reason, request.answered_by, _in_line(request.answer_note))
        yield _event(episode_id, request.answered_on, title, detail, request)


def _of_pause(episode_id: str, rest: Pause) -> Iterator[Event]:
    reason = label("pause_reason", rest.reason)
    again = f"ask again by {day(rest.back_by)}" if rest.back_by else ""
    note = _in_line(rest.note)
    title, detail = "Paused", _joined(reason, "" if rest.until_on else again, note)
    yield _event(episode_id, rest.from_on, title, detail, rest)
    if rest.until_on is not None:
        title, since = "Back after the pause", f"paused since {day(rest.from_on)}"
        yield _event(episode_id, rest.until_on, title, since, rest)


def _event(
    episode_id: str,
    on: date,
    title: str,
    detail: str,
    record: Record,
    kind: EventKind = EventKind.EPISODE,
) -> Event:
    return Event(kind, on, title, detail, record.TABLE, record.id, episode_id)


def _in_line(words: str) -> str:
    return IN_LINE if words == IN_PLACE else words


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
