"""A day too far away to count from is told in a sentence, beside its field."""

from datetime import date
from functools import partial

import pytest

from provider_desk.model.errors import NotValid
from provider_desk.services.casework import episodes
from provider_desk.services.casework.course import exits, extensions
from provider_desk.services.desk import Desk
from tests.builders.casework import TODAY, make_client, make_episode

FAR = date(9999, 12, 31)


def test_no_deed_of_an_episode_fails_over_the_last_of_all_days(desk: Desk) -> None:
    _, episode_id = make_episode(desk, make_client(desk))
    exit_id, _ = episodes.add_exit_strategy(desk, episode_id, {"success": "a way"})

    deeds = {
        "made_on": partial(episodes.add_exit_strategy, desk, episode_id),
        "reviewed_on": partial(exits.review_exit, desk, exit_id),
        "started_on": partial(episodes.step_down, desk, episode_id),
    }
    for field, deed in deeds.items():
        with pytest.raises(NotValid) as refused:
            deed({field: FAR})
        assert refused.value.problems[0].field == field
        assert "the year can't be right" in refused.value.problems[0].text


def test_the_next_review_is_the_same_wherever_it_is_worked_out(desk: Desk) -> None:
    _, episode_id = make_episode(desk, make_client(desk))
    exit_id, _ = episodes.add_exit_strategy(desk, episode_id, {"success": "a way"})

    (version,) = exits.versions(desk, episode_id)

    assert version.review_on == exits.next_review(TODAY) == date(2018, 8, 1)
    assert exits.review_exit(desk, exit_id, {})[1].said.endswith("Wed 1 Aug 2018.")
    assert extensions.review_by(TODAY) == date(2018, 8, 1)
