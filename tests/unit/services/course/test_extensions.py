"""Asking to go past 12 months: who asks, who approves, and what counts meanwhile."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from provider_desk.model.errors import NotAllowed, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Exceptional, ExtensionRequest
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.model.views import EpisodeCard
from provider_desk.services.casework import episodes, people, undoing
from provider_desk.services.casework.course import extensions, lighter
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.desk import Desk
from provider_desk.store.records import get
from tests.builders.casework import (
    TODAY,
    episode_of,
    make_client,
    make_session,
    make_waiting,
    signed_in_as,
)

LONG_AGO = date(2017, 3, 13)
WHY: Mapping[str, Value] = {
    "reason": "TRIAL",
    "review_by": TODAY + timedelta(60),
    "evidence": "in July",
}


@pytest.fixture
def caseworker(desk: Desk) -> Desk:
    """Somebody who runs the episode and may not approve."""
    return signed_in_as(desk, "CASEWORKER", "OW")


@pytest.fixture
def late(desk: Desk) -> tuple[str, str]:
    """Somebody over 12 months with us: the person and the episode."""
    client_id = make_client(desk)
    referral_id = make_waiting(
        desk, client_id, received_on=date(2017, 3, 6), area="PES_AD"
    )
    make_session(desk, referral_id, LONG_AGO, type="SUPPORT", worker="OW")
    return client_id, episode_of(desk, referral_id).id


def card(desk: Desk, client_id: str) -> EpisodeCard:
    return people.person(desk, client_id).episodes[0]


def lines(desk: Desk, kind: ToDoKind) -> list[ToDo]:
    return [each for each in things_to_do(desk).todos if each.kind is kind]


def test_what_is_asked_for_stands_on_the_approvers_today_and_allows_nothing_yet(
    desk: Desk, caseworker: Desk, late: tuple[str, str]
) -> None:
    client_id, episode_id = late

    asked_id, changed = extensions.ask_extension(caseworker, episode_id, WHY)

    assert "Who approves sees it on Today" in changed.said
    assert not card(desk, client_id).exceptional
    (line,) = lines(desk, ToDoKind.EXTENSION_ASKED)
    assert (line.row_id, line.client_id) == (asked_id, client_id)
    assert line.deed
    assert line.other
    assert lines(caseworker, ToDoKind.EXTENSION_ASKED) == []
    (still,) = lines(caseworker, ToDoKind.WITHOUT_REASON)
    assert "not answered yet" in still.detail
    (said,) = [
        each.words
        for each in people.person(caseworker, client_id).part.lines[episode_id]
        if "not answered yet" in each.words
    ]
    assert "Asked on" in said


def test_once_approved_the_reason_holds_until_its_review(
    desk: Desk, caseworker: Desk, late: tuple[str, str]
) -> None:
    client_id, episode_id = late
    asked_id, _ = extensions.ask_extension(caseworker, episode_id, WHY)

    _, approved = extensions.approve_extension(desk, asked_id, {})

    assert card(desk, client_id).exceptional_until == WHY["review_by"]
    assert lines(desk, ToDoKind.EXTENSION_ASKED) == []
    assert lines(caseworker, ToDoKind.WITHOUT_REASON) == []
    with pytest.raises(NotValid, match="answered on"):
        extensions.decline_extension(desk, asked_id, {"answer_note": "no"})
    undoing.undo(desk, approved)
    assert not card(desk, client_id).exceptional
    assert len(lines(desk, ToDoKind.EXTENSION_ASKED)) == 1


def test_what_is_not_approved_says_why_to_who_asked(
    desk: Desk, caseworker: Desk, late: tuple[str, str]
) -> None:
    client_id, episode_id = late
    asked_id, _ = extensions.ask_extension(caseworker, episode_id, WHY)
    with pytest.raises(NotValid, match="what is to be done instead"):
        extensions.decline_extension(desk, asked_id, {})

    extensions.decline_extension(desk, asked_id, {"answer_note": "step down first"})

    (told,) = [
        event.detail
        for event in people.person(caseworker, client_id).events
        if event.title == "Going past 12 months not approved"
    ]
    assert "step down first" in told
    assert not card(desk, client_id).exceptional
    assert lines(desk, ToDoKind.EXTENSION_ASKED) == []
    # It may be asked for again.
    assert extensions.ask_extension(caseworker, episode_id, WHY)[0] != asked_id


def test_a_caseworker_approves_nothing_and_asks_once(
    desk: Desk, caseworker: Desk, late: tuple[str, str]
) -> None:
    _, episode_id = late
    asked_id, _ = extensions.ask_extension(
        caseworker, episode_id, {**WHY, "approved_by": "me", "answered_on": TODAY}
    )

    with desk.store.reading() as rows:
        assert get(rows, ExtensionRequest, asked_id).answered_on is None
    with pytest.raises(NotValid, match="asked for on"):
        extensions.ask_extension(caseworker, episode_id, WHY)
    with pytest.raises(NotAllowed):
        extensions.approve_extension(caseworker, asked_id, {})
    with pytest.raises(NotAllowed):
        extensions.decline_extension(caseworker, asked_id, {"answer_note": "no"})
    with pytest.raises(NotAllowed):
        episodes.add_exceptional(caseworker, episode_id, WHY)
    _, approved = extensions.approve_extension(desk, asked_id, {})
    (approval_id,) = approved.records[Exceptional.TABLE]
    with pytest.raises(NotAllowed):
        lighter.change_exceptional(caseworker, approval_id, {"review_by": TODAY})
    with pytest.raises(NotAllowed):
        lighter.take_back_exceptional(caseworker, approval_id, "not any more")
    undoing.undo(desk, approved)
    extensions.take_back_request_to_extend(caseworker, asked_id, "stepping down")
    assert lines(desk, ToDoKind.EXTENSION_ASKED) == []


def test_more_time_is_not_asked_for_until_a_day_that_is_past(
    caseworker: Desk,
    late: tuple[str, str],
) -> None:
    with pytest.raises(NotValid, match="before this was asked for"):
        extensions.ask_extension(
            caseworker, late[1], {**WHY, "review_by": TODAY - timedelta(1)}
        )


def test_an_approval_taken_back_lets_what_was_asked_for_wait_again(
    desk: Desk, caseworker: Desk, late: tuple[str, str]
) -> None:
    asked, _ = extensions.ask_extension(caseworker, late[1], WHY)
    approval, _ = extensions.approve_extension(desk, asked, {})

    said = lighter.take_back_exceptional(desk, approval, "the wrong person").said

    assert said.endswith("What was asked for waits for an answer again.")
    with desk.store.reading() as rows:
        held = get(rows, ExtensionRequest, asked)
    assert (held.answered_on, held.approved, held.exceptional_id) == (None, None, None)
    assert len(lines(desk, ToDoKind.EXTENSION_ASKED)) == 1


def test_an_approval_given_without_the_request_answers_it_too(
    desk: Desk, caseworker: Desk, late: tuple[str, str]
) -> None:
    client_id, episode_id = late
    asked_id, _ = extensions.ask_extension(caseworker, episode_id, WHY)
    more: dict[str, Value] = {"reason": "TRIAL", "approved_by": "Robin Invented"}

    approval_id, changed = episodes.add_exceptional(desk, episode_id, more)

    with desk.store.reading() as rows:
        asked = get(rows, ExtensionRequest, asked_id)
    assert (asked.approved, asked.exceptional_id) == ("Y", approval_id)
    assert lines(desk, ToDoKind.EXTENSION_ASKED) == []
    undoing.undo(desk, changed)
    (again,) = lines(desk, ToDoKind.EXTENSION_ASKED)
    assert again.row_id == asked_id
    assert not card(desk, client_id).exceptional
