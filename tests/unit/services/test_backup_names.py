"""Which backups are kept, and what their names tell."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.clock import moment
from provider_desk.services.safety.backup_names import day_in, kept, name_of

DAY_MS = 24 * 60 * 60 * 1000


def test_a_year_of_daily_backups_leaves_the_newest_of_each_time() -> None:
    first = datetime(2025, 11, 23, 18, tzinfo=UTC)
    made = [int((first + timedelta(days=n)).timestamp() * 1000) for n in range(365)]

    stay = sorted(moment(ms).date() for ms in kept(made))

    newest = date(2026, 11, 22)
    assert stay[-7:] == [newest - timedelta(days=n) for n in reversed(range(7))]
    assert date(2026, 11, 15) in stay
    assert date(2026, 11, 8) in stay
    assert date(2026, 11, 1) in stay
    assert [day for day in stay if day < date(2026, 11, 1)] == [
        date(2025, 12, 31),
        *(date(2026, month, 1) - timedelta(days=1) for month in range(2, 12)),
    ]


@given(st.lists(st.integers(0, 4_000 * DAY_MS), max_size=60))
def test_the_newest_is_always_kept_and_there_are_never_many(made: list[int]) -> None:
    stay = kept(made)

    assert stay <= set(made)
    assert not made or max(made) in stay
    assert len(stay) <= 7 + 4 + 12
    # What is kept stays so: nothing more goes when it is asked again.
    assert kept(stay) == stay


@given(st.integers(0, 4_000 * DAY_MS), st.integers(0, 3))
def test_the_day_is_told_by_the_name_and_nothing_else(ms: int, again: int) -> None:
    name = name_of("ab" * 16, ms, again)

    assert day_in(name, "ab" * 16) == moment(ms).date()
    assert day_in(name, "cd" * 16) is None
    assert day_in(f"copy of {name}", "ab" * 16) is None
    assert day_in(name.removesuffix(".pdbackup"), "ab" * 16) is None
