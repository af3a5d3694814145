"""The notice period: at the boundary, and in the nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.clock import LOCAL
from provider_desk.model.errors import NotValid
from provider_desk.services.casework.booking import notice
from provider_desk.services.casework.booking.notice import local_ms, proposed
from provider_desk.services.desk import Desk
from tests.builders.casework import TODAY, make_episode, make_session

HOUR, MINUTE = 3_600_000, 60_000
ON, AT = date(2018, 5, 3), "10:00"


def test_exactly_the_period_is_in_good_time_and_a_minute_less_is_late() -> None:
    starts = local_ms(ON, AT)

    at = proposed(starts - 24 * HOUR, ON, AT, 24)
    under = proposed(starts - 24 * HOUR + MINUTE, ON, AT, 24)

    assert (at.code, under.code) == ("CX_CLIENT", "CX_CLIENT_LATE")
    assert at.words == (
        "Told 24 hours before the session; the notice period is 24 hours: in good time."
    )
    assert under.words == (
        "Told 23 hours 59 minutes before the session; the notice period is 24 hours: "
        "late."
    )


def test_after_the_session_began_it_is_late_whatever_the_period() -> None:
    told = local_ms(ON, "10:05")

    assert proposed(told, ON, AT, 0).code == "CX_CLIENT_LATE"
    assert proposed(local_ms(ON, AT), ON, AT, 0).code == "CX_CLIENT"


@pytest.mark.parametrize(
    ("sunday", "hours"),
    [(date(2018, 3, 25), 23), (date(2018, 10, 28), 25), (date(2018, 4, 8), 24)],
)
def test_hours_are_those_that_pass_when_the_clocks_change(
    sunday: date, hours: int
) -> None:
    """From ten on Saturday to ten on Sunday are 23, 25 or 24 hours."""
    told = local_ms(sunday - timedelta(days=1), AT)

    assert proposed(told, sunday, AT, hours).code == "CX_CLIENT"
    assert proposed(told, sunday, AT, hours + 1).code == "CX_CLIENT_LATE"


def test_without_a_time_it_is_told_only_where_any_hour_gives_the_same() -> None:
    early = local_ms(date(2018, 5, 1), "23:00")
    same_day = local_ms(ON, "08:00")
    between = local_ms(date(2018, 5, 2), "12:00")

    assert proposed(early, ON, "", 24).code == "CX_CLIENT"
    assert proposed(same_day, ON, "", 24).code == "CX_CLIENT_LATE"
    assert proposed(between, ON, "", 24).code == ""
    assert "say yourself" in proposed(between, ON, "", 24).words


@given(
    st.integers(0, 168),
    st.datetimes(datetime(2017, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    st.integers(-200, 200),
)
def test_it_is_late_exactly_where_less_than_the_period_is_left(
    hours: int, civil: datetime, before: int
) -> None:
    starts = civil.replace(second=0, microsecond=0, tzinfo=LOCAL)
    told = starts.astimezone(UTC) - timedelta(hours=before)

    said = proposed(
        int(told.timestamp() * 1000), starts.date(), f"{starts:%H:%M}", hours
    )

    in_time = before >= hours and before >= 0
    assert said.code == ("CX_CLIENT" if in_time else "CX_CLIENT_LATE")


def test_the_desk_asks_its_own_clock_and_period(desk: Desk) -> None:
    """The tests' clock stands at ten in the morning, summer time."""
    referral_id, _ = make_episode(desk)
    tomorrow = TODAY + timedelta(days=1)
    same_hour = make_session(desk, referral_id, tomorrow, "BOOKED", starts_at="10:00")
    earlier = make_session(
        desk, referral_id, tomorrow, "BOOKED", starts_at="09:00", type="REVIEW"
    )

    assert notice.notice_of(desk, same_hour).code == "CX_CLIENT"
    assert notice.notice_of(desk, earlier).code == "CX_CLIENT_LATE"
    assert notice.notice_of(desk, earlier, TODAY, "08:30").code == "CX_CLIENT"
    with pytest.raises(NotValid, match="lies ahead"):
        notice.notice_of(desk, earlier, tomorrow, "08:30")
