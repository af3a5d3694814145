"""The attack as the release gate: what it lets pass, and what it refuses."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import provider_desk.attacker
from provider_desk.attacker.attack import attack
from provider_desk.attacker.judge import judge
from provider_desk.attacker.knowledge import late_record
from provider_desk.attacker.patience import Patience
from provider_desk.attacker.reading import read
from provider_desk.attacker.truths import checked
from provider_desk.attacker.verdict import Found
from provider_desk.model.errors import Cancelled
from tests.unit.attacker.council_files import Chain, issue, made_chain, return_file

MONTHS = ("2017-04", "2017-05", "2017-06")


@pytest.fixture(scope="module")
def chain() -> Chain:
    """Three returns of a usual provider, rounded as they should be."""
    return made_chain(MONTHS, rate=9.5, seed=1)


def spoilt(chain: Chain, **cells: Any) -> bytes:
    """The last return with some month figures changed by hand."""
    whole = json.loads(chain.files[-1])
    for line in whole["return"]["lines"]:
        key = f"{line['area']}|{line['indicator']}|{line['split']}|value"
        if key in cells:
            line["months"][-1] |= cells[key]
    return json.dumps(whole).encode()


def truly(chain: Chain, value: int, shown: int, indicator: str = "A7") -> str:
    """A figure of the last month that is truly so much, and shown so."""
    last = MONTHS[-1]
    return next(
        key
        for key, real in chain.truth[last].items()
        if real == value
        and chain.months[last].get(key) == shown
        and key.split("|")[1] == indicator
    )


def test_three_returns_give_nothing_away(chain: Chain) -> None:
    verdict = attack(chain.files, truth=chain.truth)
    assert verdict.safe, (verdict.disclosed, verdict.faults)
    assert verdict.tried > 900
    assert verdict.unsure == ()


def test_without_the_truth_every_figure_that_may_be_small_is_attacked(
    chain: Chain,
) -> None:
    verdict = attack(chain.files)
    assert verdict.safe
    assert verdict.tried > 2000


def test_small_groups_are_attacked_as_well(chain: Chain) -> None:
    alone = attack(chain.files, truth=chain.truth)
    grouped = attack(chain.files, truth=chain.truth, effort="whole")
    assert grouped.safe
    assert grouped.tried > alone.tried + 100


def test_one_true_month_count_that_leaked_is_found(chain: Chain) -> None:
    key = truly(chain, 3, 5)
    leaked = spoilt(chain, **{key: {"value": 3}})
    verdict = attack([*chain.files[:-1], leaked], truth=chain.truth)
    found = {(one.month, one.key): one for one in verdict.disclosed}
    assert found[MONTHS[-1], key] == Found(MONTHS[-1], key, 3, 3, 1, exact=True)
    assert any("not rounded" in fault for fault in verdict.faults)
    assert not verdict.safe


def test_a_leaked_count_is_found_without_the_truth_too(chain: Chain) -> None:
    key = truly(chain, 3, 5)
    leaked = spoilt(chain, **{key: {"value": 3}})
    verdict = attack([*chain.files[:-1], leaked])
    assert (MONTHS[-1], key) in {(one.month, one.key) for one in verdict.disclosed}


def test_a_year_to_date_that_falls_is_refused(chain: Chain) -> None:
    key = truly(chain, 1, 0)
    fallen = spoilt(chain, **{key: {"value": -5, "never": [-14, 4]}})
    verdict = attack([*chain.files[:-1], fallen], truth=chain.truth)
    assert not verdict.safe
    assert any("falls without a correction" in fault for fault in verdict.faults)


def test_a_year_to_date_that_falls_by_a_correction_is_not(chain: Chain) -> None:
    """An erased referral of an earlier month: x is -1, and one figure falls by 5."""
    key = truly(chain, 0, 0)
    truth = json.loads(json.dumps(chain.truth))
    truth[MONTHS[-1]][key] = -1
    fallen = spoilt(chain, **{key: {"value": -5, "never": [-14, 4]}})
    verdict = attack([*chain.files[:-1], fallen], truth=truth)
    assert not any("falls" in fault for fault in verdict.faults)


def test_figures_each_rounded_to_the_nearest_5_are_refused() -> None:
    """Conventional rounding: sums fail, and what is 2 off at most is soon unpicked."""
    months = MONTHS
    chain = made_chain(months, rate=5, seed=2, areas=("THER",))
    for month in months:
        for key, real in chain.truth[month].items():
            if not key.endswith("@ytd"):
                chain.months[month][key] = nearest(real)
        chain.years[month] = {
            key: nearest(real) for key, real in chain.sums(month).items()
        }
    files = [chain.write(month, bound=2) for month in months]
    verdict = attack(files, truth=chain.truth)
    assert any("do not add up" in fault for fault in verdict.faults)
    assert len(verdict.disclosed) > verdict.tried / 2
    assert any(one.left == 1 for one in verdict.disclosed)
    assert all(one.proven for one in verdict.disclosed)


def nearest(value: int) -> int:
    """The multiple of 5 nearest to a number."""
    return (value + 2) // 5 * 5


def test_what_is_found_is_true(chain: Chain) -> None:
    """Every interval that the attack derives holds the real figure."""
    key = truly(chain, 3, 5)
    leaked = spoilt(chain, **{key: {"value": 3}})
    verdict = attack([*chain.files[:-1], leaked], truth=chain.truth)
    for one in verdict.disclosed:
        if one.key.endswith("@ytd"):
            real = chain.sums(one.month)[one.key.removesuffix("@ytd")]
        else:
            real = chain.truth[one.month][one.key]
        assert one.low <= real <= (one.high or real)
        assert 1 <= real <= 4


def test_a_figure_further_off_than_the_file_says_is_refused(chain: Chain) -> None:
    truth = json.loads(json.dumps(chain.truth))
    truth[MONTHS[-1]][truly(chain, 3, 5)] = 40
    verdict = attack(chain.files, truth=truth)
    assert any("further from the real figure" in fault for fault in verdict.faults)
    assert verdict.unsure


def test_a_resubmission_with_one_known_late_record_gives_nothing_away() -> None:
    chain = made_chain(MONTHS[:2], rate=9.5, seed=3)
    last = MONTHS[1]
    first, area, more = dict(chain.truth[last]), "THER", ("A1||", "A7|Health|")
    for key in (*more, "A8|25+|", "A5||"):
        for one in (area, "ALL"):
            chain.truth[last][f"{one}|{key}value"] += 1
    del chain.files[-1]
    before = chain.months[last], chain.years[last]
    version_1 = return_file(last, {**chain.months, last: before[0]}, before[1])
    issue(chain, last)
    version_2 = chain.write(last, version=2)
    truth = {**chain.truth, last: first, f"{last}#2": chain.truth[last]}
    verdict = attack(
        [chain.files[0], version_1, version_2],
        truth=truth,
        known=[late_record(last, f"{last}#2", area)],
    )
    assert verdict.faults == ()
    assert verdict.unsure == ()
    assert not any(one.exact for one in verdict.disclosed)
    assert len(verdict.disclosed) <= verdict.tried / 100


def test_returns_across_the_turn_of_the_year_give_nothing_away() -> None:
    chain = made_chain(("2018-02", "2018-03", "2018-04"), rate=3.5, seed=4)
    verdict = attack(chain.files, truth=chain.truth)
    assert verdict.safe, (verdict.disclosed, verdict.faults)
    assert verdict.unsure == ()


def test_a_provider_with_one_area_has_no_sum_block() -> None:
    chain = made_chain(MONTHS, rate=6, seed=5, areas=("THER",))
    verdict = attack(chain.files, truth=chain.truth)
    assert verdict.safe, (verdict.disclosed, verdict.faults)


def test_it_can_be_stopped_and_tells_how_far_it_is(chain: Chain) -> None:
    told: list[tuple[int, int]] = []
    attack(chain.files, progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0
    with pytest.raises(Cancelled):
        attack(chain.files, cancelled=lambda: True)


def test_what_time_did_not_allow_to_decide_counts_as_given_away(chain: Chain) -> None:
    world = read(chain.files, far=False)
    held = checked(world, chain.truth)
    wanted = {
        key: real
        for key, real in held.figures.items()
        if 1 <= real <= 4 and "|A7|" in key
    }
    found = judge(held.world, wanted, Patience(seconds=-1.0))
    assert {f"{one.month}|{one.key}" for one in found} == set(wanted)
    assert not any(one.proven for one in found)
    assert judge(held.world, wanted, Patience()) == []


def test_the_solver_is_loaded_only_when_it_is_asked() -> None:
    asked = (
        "import sys, provider_desk.attacker.attack, provider_desk.attacker.knowledge;"
        "print('numpy' in sys.modules, 'highspy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == ["False", "False"]


def test_the_outsider_never_sees_the_code_that_protects() -> None:
    [folder] = provider_desk.attacker.__path__
    for file in Path(folder).glob("*.py"):
        text = file.read_text(encoding="utf-8")
        for other in ("protection", "returns", "services", "store"):
            assert f"provider_desk.{other}" not in text, file.name
