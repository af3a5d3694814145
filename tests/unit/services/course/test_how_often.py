"""How often: a dated history, and an approver where sessions come further apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import Episode, FrequencyChange
from provider_desk.services.casework import episodes
from provider_desk.services.casework.course import how_often
from provider_desk.services.casework.course.dossier import dossier
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from tests.builders.casework import TODAY, make_episode, signed_in_as

CODES = st.sampled_from(tuple(choices("frequency").by_code))
WEEKLY: dict[str, Value] = {"from_on": date(2017, 10, 10), "frequency": "WEEKLY"}


def often_of(desk: Desk, episode_id: str) -> str | None:
    with desk.store.reading() as rows:
        return get(rows, Episode, episode_id).frequency


def own(desk: Desk) -> tuple[Desk, str]:
    """A caseworker and an episode of theirs."""
    worker = signed_in_as(desk, "CASEWORKER", "CW")
    _, episode_id = make_episode(worker, area="PES_AD")
    return worker, episode_id


@given(CODES, CODES)
def test_of_two_different_agreements_one_stretches_the_other(
    first: str, second: str
) -> None:
    both = how_often.stretches(first, second), how_often.stretches(second, first)

    assert sorted(both) == ([False, False] if first == second else [False, True])


def test_the_first_agreement_needs_nobody(desk: Desk) -> None:
    worker, episode_id = own(desk)

    _, changed = how_often.set_frequency(worker, episode_id, WEEKLY)

    assert changed.said == "Weekly from Tue 10 Oct 2017."
    assert changed.warnings == ()


def test_a_caseworker_names_whom_they_asked_before_sessions_come_further_apart(
    desk: Desk,
) -> None:
    worker, episode_id = own(desk)
    how_often.set_frequency(worker, episode_id, WEEKLY)

    with pytest.raises(NotValid, match="further apart") as told:
        how_often.set_frequency(worker, episode_id, {"frequency": "THREE_WEEKLY"})
    assert [p.field for p in told.value.problems] == ["approved_by"]
    assert often_of(desk, episode_id) == "WEEKLY"

    asked: dict[str, Value] = {"frequency": "THREE_WEEKLY", "approved_by": "The lead"}
    how_often.set_frequency(worker, episode_id, asked)
    assert often_of(desk, episode_id) == "THREE_WEEKLY"


def test_a_name_whose_role_approves_nothing_is_pointed_out(desk: Desk) -> None:
    worker, episode_id = own(desk)
    how_often.set_frequency(worker, episode_id, WEEKLY)
    asked: dict[str, Value] = {"frequency": "MONTHLY", "approved_by": "cw"}

    _, changed = how_often.set_frequency(worker, episode_id, asked)

    assert "this role doesn't approve" in changed.warnings[0].text


def test_a_lead_approves_by_recording_it(desk: Desk) -> None:
    _, episode_id = make_episode(desk)
    lead = signed_in_as(desk, "CLINICAL_LEAD", "CL")
    how_often.set_frequency(lead, episode_id, WEEKLY)

    made, _ = how_often.set_frequency(lead, episode_id, {"frequency": "FORTNIGHTLY"})

    with desk.store.reading() as rows:
        assert get(rows, FrequencyChange, made).approved_by == lead.user.name


def test_closer_together_needs_nobody_and_the_newest_holds(desk: Desk) -> None:
    worker, episode_id = own(desk)
    how_often.set_frequency(worker, episode_id, {**WEEKLY, "frequency": "MONTHLY"})
    how_often.set_frequency(worker, episode_id, {"frequency": "WEEKLY"})
    between: dict[str, Value] = {
        "from_on": date(2018, 1, 2),
        "frequency": "FORTNIGHTLY",
    }

    how_often.set_frequency(worker, episode_id, between)

    assert often_of(desk, episode_id) == "WEEKLY"


def test_what_was_agreed_before_the_first_change_stands_in_the_history(
    desk: Desk,
) -> None:
    _, episode_id = make_episode(desk, started_on=date(2017, 10, 3))
    episodes.change_episode(desk, episode_id, {"frequency": "WEEKLY"})
    asked: dict[str, Value] = {"frequency": "FORTNIGHTLY", "approved_by": "The lead"}

    how_often.set_frequency(desk, episode_id, asked)

    told = dossier(desk, episode_id).often
    assert [(e.on, e.title, e.words) for e in told] == [
        (TODAY, "Every two weeks", "approved by The lead"),
        (date(2017, 10, 3), "Weekly", ""),
    ]


def test_it_is_not_stretched_past_the_approval_by_changing_the_episode(
    desk: Desk,
) -> None:
    _, episode_id = make_episode(desk)
    episodes.change_episode(desk, episode_id, {"frequency": "WEEKLY"})

    with pytest.raises(NotValid, match="“How often”"):
        episodes.change_episode(desk, episode_id, {"frequency": "MONTHLY"})


def test_an_agreement_is_put_right_and_taken_back(desk: Desk) -> None:
    worker, episode_id = own(desk)
    how_often.set_frequency(worker, episode_id, WEEKLY)
    asked: dict[str, Value] = {"frequency": "MONTHLY", "approved_by": "The lead"}
    made, _ = how_often.set_frequency(worker, episode_id, asked)

    with pytest.raises(NotValid, match="further apart"):
        how_often.change_frequency(worker, made, {"approved_by": ""})
    how_often.change_frequency(worker, made, {"frequency": "FORTNIGHTLY"})
    assert often_of(desk, episode_id) == "FORTNIGHTLY"
    how_often.take_back_frequency(worker, made, "not agreed after all")

    assert often_of(desk, episode_id) == "WEEKLY"
    with desk.store.reading() as rows:
        assert len(find(rows, FrequencyChange)) == 1


def test_who_worked_with_the_person_is_told_with_dates(desk: Desk) -> None:
    _, episode_id = make_episode(desk, started_on=date(2017, 10, 3))
    new: dict[str, Value] = {"worker": "MO", "supervisor": "SU"}
    episodes.change_episode(desk, episode_id, new)

    told = dossier(desk, episode_id).people

    assert {(e.on, e.title, e.words) for e in told} == {
        (date(2017, 10, 3), "Worker: RI", ""),
        (TODAY, "Worker: MO", "before: RI"),
        (TODAY, "Supervisor: SU", ""),
    }
