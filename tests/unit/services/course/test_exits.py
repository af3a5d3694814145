"""Exit strategies: versions kept, agreed, looked at again; what changed between two."""

from datetime import date, timedelta

import pytest

from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import ExitReview, ExitStrategy
from provider_desk.model.sealed_text import IN_PLACE
from provider_desk.model.to_do import ToDoKind
from provider_desk.services.casework import episodes, people
from provider_desk.services.casework.course import exits
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_session,
    signed_in_as,
)

STARTED = date(2017, 10, 3)
FIRST: dict[str, Value] = {
    "made_on": STARTED,
    "agreed_on": STARTED,
    "success": "Sleeps through",
    "way_back": "Ring the office",
}


def held(desk: Desk, exit_id: str) -> ExitStrategy:
    with desk.store.reading() as rows:
        return get(rows, ExitStrategy, exit_id)


def exit_line(desk: Desk, client_id: str) -> tuple[str, str]:
    (lines,) = people.person(desk, client_id).part.lines.values()
    return lines[-1].words, lines[-1].tone


def test_versions_stand_side_by_side_and_say_what_changed(desk: Desk) -> None:
    _, episode_id = make_episode(desk, area="PES_AD")
    episodes.add_exit_strategy(desk, episode_id, FIRST)
    on = date(2018, 1, 9)
    again: dict[str, Value] = {
        "made_on": on,
        "agreed_on": on,
        "success": "Back at college",
    }
    second = {**FIRST, **again}
    episodes.add_exit_strategy(desk, episode_id, second)

    newest, first = exits.versions(desk, episode_id)

    assert (newest.number, first.number) == (2, 1)
    changed = {s.label for s in newest.said if s.changed}
    assert changed == {"What success means"}
    assert [s.words for s in first.said if s.words] == [
        "Sleeps through",
        "Ring the office",
    ]
    assert not any(s.changed for s in first.said)
    assert (first.status, first.on_day_one) == ("Replaced by newer version", True)
    assert not newest.on_day_one


def test_a_look_is_a_record_of_its_own_and_sets_the_next(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    exit_id, _ = episodes.add_exit_strategy(desk, episode_id, FIRST)
    look: dict[str, Value] = {"reviewed_on": date(2018, 4, 19), "with_person": "Y"}

    review_id, changed = exits.review_exit(desk, exit_id, look)

    assert changed.said == "Exit strategy reviewed. Next review Thu 19 Jul 2018."
    assert held(desk, exit_id).status == "REVIEWED"
    assert held(desk, exit_id).review_on == date(2018, 7, 19)
    (version,) = exits.versions(desk, episode_id)
    assert [(each.row_id, each.with_person) for each in version.looks] == [
        (review_id, True)
    ]
    assert exit_line(desk, client_id) == (
        "Exit strategy reviewed 12 days ago, there from day one",
        "good",
    )


def test_a_review_taken_back_is_asked_for_again(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    exit_id, _ = episodes.add_exit_strategy(desk, episode_id, FIRST)
    assert things_to_do(desk).counts[ToDoKind.REVIEW_DUE] == 1
    review_id, _ = exits.review_exit(desk, exit_id, {})
    assert things_to_do(desk).counts[ToDoKind.REVIEW_DUE] == 0

    exits.take_back_review(desk, review_id, "the wrong person")

    assert things_to_do(desk).counts[ToDoKind.REVIEW_DUE] == 1
    assert (held(desk, exit_id).status, held(desk, exit_id).review_on) == (
        "AGREED",
        date(2018, 1, 3),
    )
    with desk.store.reading() as rows:
        assert find(rows, ExitReview) == []


def test_a_review_comes_after_the_making_and_before_the_next(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    exit_id, _ = episodes.add_exit_strategy(desk, episode_id, FIRST)

    with pytest.raises(NotValid, match="before it was made"):
        exits.review_exit(desk, exit_id, {"reviewed_on": STARTED - timedelta(1)})
    with pytest.raises(NotValid, match="comes after this one"):
        exits.review_exit(desk, exit_id, {"next_review_on": TODAY})


def test_a_version_that_was_replaced_is_not_reviewed(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    old, _ = episodes.add_exit_strategy(desk, episode_id, FIRST)
    episodes.add_exit_strategy(desk, episode_id, {"made_on": TODAY})

    with pytest.raises(NotValid, match="newer version"):
        exits.review_exit(desk, old, {})


def test_of_two_versions_of_a_day_the_one_written_last_holds(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id, area="PES_AD")
    made = [
        episodes.add_exit_strategy(desk, episode_id, {"success": words})[0]
        for words in ("Sleeps", "College")
    ]

    shown = people.person(desk, client_id)

    assert [each.row_id for each in shown.part.items["exit_strategy_id"]] == [made[1]]
    exits.review_exit(desk, made[1], {})


def test_a_version_taken_back_lets_the_one_before_hold_again(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    old, _ = episodes.add_exit_strategy(desk, episode_id, FIRST)
    new, _ = episodes.add_exit_strategy(desk, episode_id, {"made_on": TODAY})

    exits.take_back_exit(desk, new, "undone at once")

    assert held(desk, old).status == "AGREED"
    exits.review_exit(desk, old, {})
    with pytest.raises(NotValid, match="Take the review back first"):
        exits.take_back_exit(desk, old, "not this one")


def test_it_is_said_that_the_person_has_not_agreed_yet(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    draft: dict[str, Value] = {"made_on": date(2018, 4, 24)}
    exit_id, _ = episodes.add_exit_strategy(desk, episode_id, draft)
    before = exit_line(desk, client_id)

    said = exits.agree_exit(desk, exit_id, {"agreed_on": date(2018, 4, 25)}).said

    assert before == (
        "Exit strategy made 7 days ago; not agreed with the person yet",
        "warn",
    )
    assert said == "Agreed with the person on Wed 25 Apr 2018."
    assert held(desk, exit_id).status == "AGREED"
    assert exit_line(desk, client_id)[1] == "good"


def test_the_words_of_counselling_stay_sealed_for_a_manager(desk: Desk) -> None:
    counsellor = signed_in_as(desk, "COUNSELLOR", "CO")
    _, episode_id = make_episode(counsellor)
    exit_id, _ = episodes.add_exit_strategy(counsellor, episode_id, FIRST)
    look: dict[str, Value] = {"note": "Warning signs talked through"}
    exits.review_exit(counsellor, exit_id, look)

    (seen,) = exits.versions(counsellor, episode_id)
    (hidden,) = exits.versions(desk, episode_id)

    assert (seen.said[0].words, seen.looks[0].note) == (
        "Sleeps through",
        "Warning signs talked through",
    )
    assert (hidden.said[0].words, hidden.looks[0].note) == (IN_PLACE, IN_PLACE)


def test_after_the_first_session_the_exit_strategy_comes_next(desk: Desk) -> None:
    referral_id, episode_id = make_episode(desk)
    (todo,) = [t for t in things_to_do(desk).todos if t.kind is ToDoKind.EXIT_MISSING]

    assert (todo.row_id, todo.deed) == (episode_id, "Exit strategy")
    episodes.add_exit_strategy(desk, episode_id, FIRST)
    make_session(desk, referral_id, TODAY)
    assert things_to_do(desk).counts[ToDoKind.EXIT_MISSING] == 0
