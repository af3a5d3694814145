"""Eight sessions before a trial and eight after; more with a reason, never blocked."""

from datetime import date, timedelta

import pytest

from provider_desk.model.fields import Value
from provider_desk.model.records import Provider
from provider_desk.services import settings
from provider_desk.services.casework import people, sessions
from provider_desk.services.casework.course.allowance import allowance
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from tests.builders.casework import make_client, make_episode, make_session

FIRST = date(2017, 11, 7)


def before_trial(desk: Desk, referral_id: str, count: int, code: str = "ATT") -> None:
    for number in range(count):
        on = FIRST + timedelta(7 * number)
        make_session(desk, referral_id, on, code, trial="PRE")


def test_only_sessions_that_the_person_came_to_use_the_allowance(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    before_trial(desk, referral_id, 5)
    make_session(desk, referral_id, date(2018, 2, 6), "DNA", trial="PRE")
    make_session(desk, referral_id, date(2018, 2, 13), "CX_PROV", trial="PRE")
    make_session(desk, referral_id, date(2018, 2, 20), trial="POST")

    held = allowance(desk, referral_id)

    assert held.words("PRE") == "5 of 8 before trial"
    assert held.words("POST") == "1 of 8 after trial"
    assert not held.is_used("PRE")


def test_the_box_of_the_episode_shows_them_as_bars(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id, episode_id = make_episode(desk, client_id)
    before_trial(desk, referral_id, 5)

    (bar,) = people.person(desk, client_id).part.bars[episode_id]

    assert (bar.words, bar.done, bar.of) == ("5 of 8 before trial", 5, 8)


def test_the_ninth_asks_why_and_is_saved_all_the_same(desk: Desk) -> None:
    referral_id, _ = make_episode(desk, area="PES_AD")
    before_trial(desk, referral_id, 8)
    values: dict[str, Value] = {
        "held_on": date(2018, 3, 6),
        "type": "SUPPORT",
        "attendance": "ATT",
        "trial": "PRE",
    }

    _, changed = sessions.log_session(desk, referral_id, values)

    assert [p.field for p in changed.warnings] == ["trial_reason"]
    assert "9 of 8 before trial" in changed.warnings[0].text


@pytest.mark.parametrize("area", ["PES_AD", "THER"])
def test_one_reason_holds_for_all_that_follow_sealed_or_not(
    desk: Desk, area: str
) -> None:
    referral_id, _ = make_episode(desk, area=area)
    before_trial(desk, referral_id, 8)
    why: dict[str, Value] = {"trial": "PRE", "trial_reason": "The hearing was put off"}
    first: dict[str, Value] = {
        "held_on": date(2018, 3, 6),
        "type": "SUPPORT",
        "attendance": "ATT",
    }
    second: dict[str, Value] = {**first, "held_on": date(2018, 3, 13), "trial": "PRE"}

    _, with_reason = sessions.log_session(desk, referral_id, {**first, **why})
    _, after_it = sessions.log_session(desk, referral_id, second)

    assert with_reason.warnings == ()
    assert after_it.warnings == ()


def test_how_many_are_agreed_stands_in_the_settings(desk: Desk) -> None:
    referral_id, _ = make_episode(desk)
    with desk.store.reading() as rows:
        assert find(rows, Provider)[0].trial_sessions == 8
    settings.change_provider(desk, {"trial_sessions": 6})

    assert allowance(desk, referral_id).words("PRE") == "0 of 6 before trial"
