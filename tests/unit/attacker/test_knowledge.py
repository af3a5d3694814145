"""What a reader who knows more besides gets out of returns.

Source: disclosure, §4, outside knowledge; §6, test 2 (e): no new exact figure.
"""

from collections.abc import Callable

import pytest

from provider_desk.attacker.attack import attack
from provider_desk.attacker.knowledge import (
    Knowledge,
    area_referrals,
    exactly,
    own_referrals,
    paid_sessions,
    provider_totals,
    within_four,
)
from provider_desk.attacker.reading import read
from provider_desk.attacker.truths import Truth, checked
from tests.unit.attacker.council_files import Chain, made_chain

MONTHS = ("2017-04", "2017-05")
#: Of 1,630 figures 53 fell in the worst scenario of the trial.
MOST_SHARE = 0.06


@pytest.fixture(scope="module")
def chain() -> Chain:
    """Three returns of a usual provider."""
    return made_chain(MONTHS, rate=9.5, seed=6, areas=("PES_AD", "THER"))


@pytest.mark.parametrize(
    "scenario", [provider_totals, own_referrals, paid_sessions, area_referrals]
)
def test_outside_knowledge_makes_no_new_figure_exact(
    chain: Chain, scenario: Callable[[Truth], Knowledge]
) -> None:
    known = [within_four(chain.truth), scenario(chain.truth)]
    verdict = attack(chain.files, truth=chain.truth, known=known)
    assert verdict.faults == ()
    assert not any(one.exact for one in verdict.disclosed)
    assert len(verdict.disclosed) <= verdict.tried * MOST_SHARE


def test_what_follows_from_the_knowledge_alone_is_not_new(chain: Chain) -> None:
    """A total known to be small leaves its parts no room, whatever is published."""
    month = MONTHS[0]
    key = next(
        key
        for key, real in chain.truth[month].items()
        if real == 1
        and key.split("|")[1] == "A7"
        and chain.truth[month][f"{key.split('|')[0]}|A3||value"] >= 0
    )
    area = key.split("|")[0]
    whole = f"{area}|A1||value"
    known = exactly({f"{month}|{whole}": chain.truth[month][whole]})
    sources = {
        f"{month}|{one}": real
        for one, real in chain.truth[month].items()
        if one.startswith(f"{area}|A7|") and one != key
    }
    verdict = attack(chain.files, truth=chain.truth, known=[known, exactly(sources)])
    assert (month, key) in {(one.month, one.key) for one in verdict.anyway}
    assert (month, key) not in {(one.month, one.key) for one in verdict.disclosed}


def test_a_figure_known_besides_is_not_itself_attacked(chain: Chain) -> None:
    every = attack(chain.files, truth=chain.truth)
    small = next(k for k, real in chain.truth[MONTHS[1]].items() if real == 2)
    known = exactly({f"{MONTHS[1]}|{small}": 2})
    verdict = attack(chain.files, truth=chain.truth, known=[known])
    assert verdict.tried == every.tried - 1


def test_knowledge_that_contradicts_the_figures_is_a_fault(chain: Chain) -> None:
    key = next(k for k, shown in chain.months[MONTHS[1]].items() if shown == 0)
    known = exactly({f"{MONTHS[1]}|{key}": 30})
    verdict = attack(chain.files, truth=chain.truth, known=[known])
    assert not verdict.safe
    assert any("contradict" in fault for fault in verdict.faults)


def test_agreed_totals_are_known_to_every_reader_and_no_fault(chain: Chain) -> None:
    last = MONTHS[-1]
    agreed = {
        key: real
        for key, real in chain.truth[last].items()
        if key.split("|")[1] == "A1" and not key.startswith("ALL")
    }
    file = chain.write(last, exact=agreed)
    verdict = attack([*chain.files[:-1], file], truth=chain.truth)
    assert verdict.faults == ()
    assert not any(one.exact for one in verdict.disclosed)
    assert not {one.key for one in verdict.disclosed} & set(agreed)


def test_the_truth_fits_the_world_that_the_files_tell(chain: Chain) -> None:
    """Every relation and every bound, on the exact figures of every month."""
    held = checked(read(chain.files), chain.truth)
    assert held.unsure == ()
    assert held.outside == ()
    assert len(held.figures) >= len(held.world.cells)
