"""What subtracting one publication from another gives away.

Source: disclosure, §14, the differencing cases of the test vectors.
"""

from provider_desk.attacker.bounds import tightest
from provider_desk.attacker.world import (
    Cell,
    Link,
    Term,
    World,
    at_most,
    exact,
    suppressed,
    total,
)


def only(world: World, key: str) -> tuple[int, ...]:
    """Every possible value of a cell."""
    return tightest(world, [key])[key].values


def test_a_hidden_month_below_a_shown_year_to_date() -> None:
    cells = (exact("Apr", 6), suppressed("May"), exact("Jun", 9), exact("ytd", 18))
    link = total("ytd", "ytd", ("Apr", "May", "Jun"))
    assert only(World(cells, (link,)), "May") == (3,)


def test_a_year_to_date_shown_every_month_with_all_months_hidden() -> None:
    shown = {"Apr": 6, "May": 9, "Jun": 18}
    months = list(shown)
    cells = [suppressed(month) for month in months]
    cells += [exact(f"{month} to date", value) for month, value in shown.items()]
    links = [
        total(month, f"{month} to date", months[: place + 1])
        for place, month in enumerate(months)
    ]
    assert only(World(tuple(cells), tuple(links)), "May") == (3,)


def test_a_month_sent_again_after_one_late_record_tells_whose_it_is() -> None:
    cells = (
        exact("White 1", 30),
        exact("White 2", 30),
        exact("Asian 1", 8),
        exact("Asian 2", 9),
        suppressed("late White"),
        suppressed("late Asian"),
    )
    links = tuple(
        total(name, f"{name} 2", (f"{name} 1", f"late {name}"))
        for name in ("White", "Asian")
    )
    assert only(World(cells, links), "late Asian") == (1,)
    assert only(World(cells, links), "late White") == (0,)


def test_a_roll_up_beside_one_of_its_two_areas() -> None:
    cells = (exact("PES", 12), exact("PES_AD", 9), suppressed("PES_YP"))
    link = total("PES", "PES", ("PES_AD", "PES_YP"))
    assert only(World(cells, (link,)), "PES_YP") == (3,)


def test_three_providers_and_a_borough_total() -> None:
    cells = (
        suppressed("GROW", 1, 4),
        exact("RISE", 14),
        exact("ROTHACS", 22),
        exact("borough", 39),
    )
    link = total("borough", "borough", ("GROW", "RISE", "ROTHACS"))
    assert only(World(cells, (link,)), "GROW") == (3,)


def test_a_whole_percentage_of_a_known_base() -> None:
    """3 % of 39, rounded half up: 250 <= 10,000 n / 39 < 350."""
    cells = (exact("base", 39), Cell("n", 0, 39), at_least_one("n"))
    links = (
        Link("not less", (Term("base", 250), Term("n", -10_000)), "<="),
        Link("not more", (Term("n", 10_000), Term("base", -350)), "<=", -1),
        at_most("share", "n", "base"),
    )
    assert only(World(cells, links), "n") == (1,)


def at_least_one(key: str) -> Cell:
    """Somebody is there: the share is not 0 %."""
    return Cell(key, 1, None)


def test_a_mean_of_two_to_somebody_who_knows_one_of_them() -> None:
    """A mean of 7.5 sessions over 2 people is 15 sessions; one of them had 10."""
    cells = (exact("sessions", 15), exact("known", 10), suppressed("other"))
    link = total("sessions", "sessions", ("known", "other"))
    assert only(World(cells, (link,)), "other") == (5,)
