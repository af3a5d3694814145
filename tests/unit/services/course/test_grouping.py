"""The time line by episodes: each event in exactly one group, newest first."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.choices import choices
from provider_desk.model.fields import Value
from provider_desk.model.records import Referral
from provider_desk.model.views import (
    EpisodeCard,
    Event,
    EventKind,
    ReferralCard,
    Standing,
)
from provider_desk.services.casework import episodes, people
from provider_desk.services.casework.course.grouping import EventGroup, groups
from provider_desk.services.desk import Desk
from tests.builders.casework import make_client, make_episode, make_session

THERAPY = choices("service_area").label("THER")
DAYS = st.dates(date(2017, 1, 1), date(2019, 12, 31))


def card(episode_id: str, started: date, closed: date | None) -> EpisodeCard:
    return EpisodeCard(
        episode_id=episode_id,
        referral_id=f"r{episode_id}",
        area="THER",
        worker="",
        started_on=started,
        week=1,
        over_on=started,
        phase="CORE",
        attended=1,
        exit_made_on=None,
        exceptional=False,
        exceptional_until=None,
        closed_on=closed,
        closure_reason="",
        planned=None,
    )


def referral(referral_id: str, received: date, episode_id: str = "") -> ReferralCard:
    made = Referral(
        id=referral_id,
        client_id="c",
        contract_id="k",
        area="THER",
        received_on=received,
        source="GP",
    )
    return ReferralCard(made, "", Standing.LIVE, 1, "", episode_id)


def event(on: date, episode_id: str = "", referral_id: str = "") -> Event:
    return Event(
        EventKind.SESSION, on, "t", "", "session", "x", episode_id,
        referral_id=referral_id,
    )  # fmt: skip


def keys(found: tuple[EventGroup, ...]) -> list[tuple[str, int]]:
    return [(each.title, len(each.events)) for each in found]


@given(
    st.lists(st.tuples(DAYS, st.integers(0, 200) | st.none()), max_size=3),
    st.lists(st.tuples(DAYS, st.sampled_from(["", "0", "1", "x"])), max_size=12),
)
def test_every_event_stands_in_exactly_one_group_in_its_order(
    spans: list[tuple[date, int | None]], said: list[tuple[date, str]]
) -> None:
    cards = [
        card(str(n), on, None if days is None else on + timedelta(days))
        for n, (on, days) in enumerate(spans)
    ]
    came = [referral(f"r{c.episode_id}", c.started_on, c.episode_id) for c in cards]
    events = [
        event(on, of, f"r{of}") for on, of in sorted(said, key=lambda each: each[0])
    ][::-1]

    found = groups(events, came, cards)

    assert sorted(e.on for g in found for e in g.events) == sorted(e.on for e in events)
    assert sum(len(g.events) for g in found) == len(events)
    for group in found:
        days = [e.on for e in group.events]
        assert days == sorted(days, reverse=True)
    begins = [group.begins for group in found]
    assert begins == sorted(begins, reverse=True)


def test_before_in_and_after_an_episode_stand_apart(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id, episode_id = make_episode(
        desk, client_id, received_on=date(2017, 9, 1), started_on=date(2017, 10, 3)
    )
    make_session(desk, referral_id, date(2017, 9, 19), "DNA")
    closed: dict[str, Value] = {"closed_on": date(2018, 1, 9), "reason": "COMPLETED"}
    episodes.close_episode(desk, episode_id, closed)
    make_session(desk, referral_id, date(2018, 4, 3), type="FOLLOWUP")
    page = people.person(desk, client_id)

    found = groups(page.events, page.referrals, page.episodes)

    assert keys(found) == [
        (f"After: {THERAPY}", 1),
        (THERAPY, 3),
        ("Referral and waiting", 3),
    ]


def test_what_hangs_on_the_person_goes_to_the_episode_that_ran(desk: Desk) -> None:
    del desk
    first = card("1", date(2017, 1, 10), date(2017, 6, 1))
    second = card("2", date(2018, 1, 10), None)
    came = [
        referral("r1", date(2017, 1, 1), "1"),
        referral("r2", date(2017, 12, 1), "2"),
    ]
    lines = [
        event(date(2018, 2, 1)),
        event(date(2017, 12, 5)),
        event(date(2017, 8, 1)),
        event(date(2017, 2, 1)),
        event(date(2016, 1, 1)),
    ]

    found = groups(lines, came, [second, first])

    assert [(g.key, len(g.events)) for g in found] == [
        ("2", 1),
        ("r2", 1),
        ("1 after", 1),
        ("1", 1),
        ("r1", 1),
    ]


def test_without_a_referral_there_is_one_group_and_without_events_none() -> None:
    (group,) = groups([event(date(2018, 1, 1))], [], [])

    assert group.title == ""
    assert groups([], [], []) == ()
