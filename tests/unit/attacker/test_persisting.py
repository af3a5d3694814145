"""What follows from time itself: who waits on, waits longer."""

from provider_desk.attacker.attack import attack
from provider_desk.attacker.bounds import tightest
from provider_desk.attacker.persisting import time_passes
from provider_desk.attacker.reading import read
from provider_desk.attacker.world import (
    Cell,
    Contradiction,
    Link,
    Term,
    World,
    exact,
    suppressed,
)
from tests.unit.attacker.council_files import made_chain

BANDS = ("0-28", "29-56", "57-91", "92-126", "127-182", "183-364", "365+")
FLOWS = ("A2", "B4", "C1", "D1", "D8")


def waits(before: dict[str, int], now: dict[str, int], flows: dict[str, int]) -> World:
    """August and September of one area; bands that are not named are hidden."""
    cells = []
    for month, bands in (("2017-08", before), ("2017-09", now)):
        for band in BANDS:
            key = f"{month}|THER|B2|{band}|value"
            cells.append(exact(key, bands[band]) if band in bands else suppressed(key))
        none = [f"B3|{band}" for band in BANDS] + ["D5|", "D11|"]
        cells += [exact(f"{month}|THER|{name}|value", 0) for name in none]
        cells += [
            exact(f"{month}|THER|{code}||value", flows.get(code, 0)) for code in FLOWS
        ]
    world = World(tuple(cells), ())
    return world.with_links(time_passes(world))


def test_who_waited_long_then_waits_longer_now_unless_they_left() -> None:
    """Three had waited 57 days or more; nobody started, one left, none came."""
    before = {**dict.fromkeys(BANDS, 0), "57-91": 3}
    now = dict.fromkeys(("0-28", "29-56", "127-182", "183-364", "365+"), 0)
    world = waits(before, now, {"B4": 1})
    now_long = [f"2017-09|THER|B2|{band}|value" for band in ("57-91", "92-126")]
    found = tightest(world, now_long)
    assert found[now_long[1]].high == 3
    both = World(world.cells, (*world.links, _sum_at_most(now_long, 1)))
    assert not _possible(both)
    assert _possible(World(world.cells, (*world.links, _sum_at_most(now_long, 2))))


def test_nobody_waits_long_who_did_not_wait_before_or_come_meanwhile() -> None:
    world = waits(dict.fromkeys(BANDS, 0), {}, {"A2": 2})
    found = tightest(world, ["2017-09|THER|B2|92-126|value"])
    assert found["2017-09|THER|B2|92-126|value"].high == 2


def test_figures_of_months_that_do_not_follow_each_other_tell_nothing() -> None:
    cells = waits({}, {}, {}).cells
    august = tuple(cell for cell in cells if cell.key.startswith("2017-08"))
    october = tuple(
        Cell(cell.key.replace("-08", "-10"), cell.low, cell.high) for cell in august
    )
    assert time_passes(World((*august, *october), ())) == []


def test_returns_give_nothing_away_to_somebody_who_thinks_of_time() -> None:
    """Published bands need not respect time; the real ones in them still can't be."""
    chain = made_chain(("2017-04", "2017-05"), rate=9.5, seed=7, areas=("THER",))
    world = read(chain.files)
    assert time_passes(world)
    holding = {
        f"{month}|{key}": value
        for month, figures in chain.truth.items()
        for key, value in figures.items()
    }
    kept = [link for link in time_passes(world) if link.holds(holding)]
    verdict = attack(chain.files, truth=chain.truth, known=[lambda _world: kept])
    assert verdict.safe, (verdict.disclosed, verdict.faults)


def _sum_at_most(keys: list[str], most: int) -> Link:
    return Link("at most", tuple(Term(key) for key in keys), "<=", most)


def _possible(world: World) -> bool:
    try:
        tightest(world, [world.cells[0].key], every=False)
    except Contradiction:
        return False
    return True
