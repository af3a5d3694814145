"""Pauses: an episode rests and goes on where it was; the 12 months run on."""

from datetime import date, timedelta

import pytest

from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Episode, Pause
from provider_desk.model.to_do import ToDoKind
from provider_desk.model.views import Event
from provider_desk.services.casework import episodes, people
from provider_desk.services.casework.course import pauses
from provider_desk.services.casework.today import things_to_do
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import TODAY, make_client, make_episode, make_session

RESTS: dict[str, Value] = {
    "from_on": date(2018, 4, 2),
    "back_by": date(2018, 4, 30),
    "reason": "WISH",
}


def held(desk: Desk, pause_id: str) -> Pause:
    with desk.store.reading() as rows:
        return get(rows, Pause, pause_id)


def lines(desk: Desk, client_id: str) -> list[str]:
    (card,) = people.person(desk, client_id).part.lines.values()
    return [line.words for line in card]


def test_what_was_agreed_holds_on_when_somebody_comes_back(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    episodes.change_episode(desk, episode_id, {"frequency": "FORTNIGHTLY"})
    with desk.store.reading() as rows:
        before = get(rows, Episode, episode_id)
    pause_id, _ = pauses.pause(desk, episode_id, RESTS)

    said = pauses.come_back(desk, pause_id, {}).said

    assert said == "Back since Tue 1 May 2018. As before: every two weeks."
    assert held(desk, pause_id).until_on == TODAY
    with desk.store.reading() as rows:
        assert get(rows, Episode, episode_id) == before


def test_the_12_months_run_on_while_somebody_is_paused(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id, started_on=date(2017, 10, 3))
    before = people.person(desk, client_id).episodes[0]
    pauses.pause(desk, episode_id, RESTS)

    after = people.person(desk, client_id).episodes[0]

    assert (after.week, after.over_on) == (before.week, before.over_on)
    assert after.over_on == date(2018, 10, 3)


def test_the_box_says_since_when_and_by_when_to_ask_again(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    pauses.pause(desk, episode_id, RESTS)

    said = lines(desk, client_id)

    assert "Paused since Mon 2 Apr 2018, ask again by Mon 30 Apr 2018" in said


@pytest.mark.parametrize(
    ("begins", "ends", "may"),
    [
        (date(2018, 3, 1), date(2018, 4, 2), True),
        (date(2018, 3, 1), date(2018, 4, 3), False),
        (date(2018, 4, 8), date(2018, 4, 20), False),
        (date(2018, 4, 9), date(2018, 4, 20), True),
        (date(2018, 3, 1), None, False),
    ],
)
def test_pauses_do_not_overlap(
    desk: Desk, begins: date, ends: date | None, *, may: bool
) -> None:
    _, episode_id = make_episode(desk)
    first, _ = pauses.pause(desk, episode_id, RESTS)
    pauses.come_back(desk, first, {"until_on": date(2018, 4, 9)})
    other: dict[str, Value] = {**RESTS, "from_on": begins, "until_on": ends}

    if may:
        assert pauses.pause(desk, episode_id, other)[0]
    else:
        with pytest.raises(NotValid, match="There is a pause from Mon 2 Apr 2018"):
            pauses.pause(desk, episode_id, other)


def test_an_open_pause_is_ended_before_another_begins(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    pauses.pause(desk, episode_id, RESTS)

    with pytest.raises(NotValid, match="Say first when the person came back"):
        pauses.pause(desk, episode_id, {**RESTS, "from_on": TODAY})


def test_a_pause_lies_in_its_episode_and_ends_after_it_begins(desk: Desk) -> None:
    _, episode_id = make_episode(desk, started_on=date(2017, 10, 3))

    with pytest.raises(NotValid, match="before the episode began"):
        pauses.pause(desk, episode_id, {**RESTS, "from_on": date(2017, 10, 2)})
    pause_id, _ = pauses.pause(desk, episode_id, RESTS)
    with pytest.raises(NotValid, match="before the pause begins"):
        pauses.come_back(desk, pause_id, {"until_on": date(2018, 4, 1)})


def test_bookings_in_a_pause_are_pointed_out(desk: Desk) -> None:
    referral_id, episode_id = make_episode(desk)
    make_session(desk, referral_id, TODAY + timedelta(7), "BOOKED")

    _, changed = pauses.pause(desk, episode_id, RESTS)

    assert "next on Tue 8 May 2018" in changed.warnings[0].text


def test_a_closed_episode_is_not_paused_and_a_second_return_is_refused(
    desk: Desk,
) -> None:
    _, episode_id = make_episode(desk)
    pause_id, _ = pauses.pause(desk, episode_id, RESTS)
    pauses.come_back(desk, pause_id, {})
    with pytest.raises(NotValid, match="was over on Tue 1 May 2018 already"):
        pauses.come_back(desk, pause_id, {})
    episodes.close_episode(desk, episode_id, {"reason": "COMPLETED"})

    with pytest.raises(NotValid, match="was closed"):
        pauses.pause(desk, episode_id, {"reason": "WISH"})


def test_it_is_asked_again_from_the_day_that_was_agreed(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    pause_id, _ = pauses.pause(desk, episode_id, {**RESTS, "back_by": TODAY})
    (todo,) = [t for t in things_to_do(desk).todos if t.kind is ToDoKind.PAUSE_OVER]
    assert (todo.row_id, todo.due_on) == (pause_id, TODAY)

    said = pauses.still_away(desk, pause_id, {}).said

    assert said == "Ask again by Tue 29 May 2018."
    assert things_to_do(desk).counts[ToDoKind.PAUSE_OVER] == 0
    with pytest.raises(NotValid, match="lies ahead"):
        pauses.still_away(desk, pause_id, {"back_by": TODAY})


def test_a_pause_and_a_return_are_undone_and_put_right(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    pause_id, _ = pauses.pause(desk, episode_id, RESTS)
    pauses.come_back(desk, pause_id, {})
    pauses.not_back(desk, pause_id)
    assert held(desk, pause_id).until_on is None

    pauses.change_pause(desk, pause_id, {"from_on": date(2018, 4, 5)})
    assert held(desk, pause_id).from_on == date(2018, 4, 5)
    with pytest.raises(NotValid, match="Say why"):
        pauses.take_back_pause(desk, pause_id, " ")
    pauses.take_back_pause(desk, pause_id, "the wrong person")

    with desk.store.reading() as rows:
        assert find(rows, Pause) == []
    assert people.person(desk, client_id).part.items["pause_id"] == ()


def test_the_time_line_shows_the_pause_and_the_return(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    pause_id, _ = pauses.pause(desk, episode_id, RESTS)
    pauses.come_back(desk, pause_id, {})

    events: list[Event] = [
        e for e in people.person(desk, client_id).events if e.row_id == pause_id
    ]

    assert [(e.title, e.on) for e in events] == [
        ("Back after the pause", TODAY),
        ("Paused", date(2018, 4, 2)),
    ]
    assert {e.episode_id for e in events} == {episode_id}


def test_a_return_on_the_day_of_the_pause_stands_above_it(desk: Desk) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    today = {"from_on": TODAY, "back_by": TODAY + timedelta(14)}
    pause_id, _ = pauses.pause(desk, episode_id, {**RESTS, **today})
    pauses.come_back(desk, pause_id, {})

    events = [e for e in people.person(desk, client_id).events if e.row_id == pause_id]

    assert [e.title for e in events] == ["Back after the pause", "Paused"]


def test_somebody_who_rests_again_or_left_since_is_not_still_away(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    first, _ = pauses.pause(desk, episode_id, {**RESTS, "from_on": date(2018, 1, 8)})
    pauses.come_back(desk, first, {"until_on": date(2018, 2, 5)})
    second, _ = pauses.pause(desk, episode_id, RESTS)

    with pytest.raises(NotValid, match="There is a pause"):
        pauses.not_back(desk, first)
    pauses.come_back(desk, second, {})
    episodes.close_episode(
        desk, episode_id, {"closed_on": TODAY, "reason": "COMPLETED"}
    )
    with pytest.raises(NotValid, match="was closed"):
        pauses.not_back(desk, second)
    assert held(desk, first).until_on == date(2018, 2, 5)
