"""Council returns of the two caseloads: none gives anybody away, all add up.

A few windows of months here; all 22 returns and the attack on the whole chain are in
tests/bench/bench_issuing.py.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from provider_desk.attacker.attack import attack
from provider_desk.model.months import Month
from provider_desk.services.returning import issuing
from provider_desk.services.returning.choosing import contracts
from provider_desk.services.returning.ledger import Entry, files_of, truth_of
from tests.builders.caseload_desks import FILES, caseload_desk

#: The first returns, a quarter's end, and the turn of the year.
MONTHS = [Month(2016, 7), Month(2016, 8), Month(2016, 9), Month(2018, 2),
          Month(2018, 3), Month(2018, 4)]  # fmt: skip
TURN = MONTHS[3:]


@pytest.fixture(scope="module", params=FILES)
def issued(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Entry]]:
    """The ledger of one caseload after some months."""
    provider = str(request.param)
    desk = caseload_desk(tmp_path_factory.mktemp(provider), provider)
    contract_id = contracts(desk)[0].id
    yield [issuing.issue(desk, contract_id, month).entry for month in MONTHS]
    desk.close()


def lines(entry: Entry) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(entry.file())["return"]["lines"]
    return read


def counts(line: dict[str, Any]) -> Iterator[int]:
    """Every published count of a line."""
    for cell in (*line["months"], line["year_to_date"]):
        for part in ("value", "numerator", "denominator"):
            if part == "value" and line["kind"] not in ("flow", "stock"):
                continue
            if cell.get(part) is not None:
                yield cell[part]


def test_every_return_was_issued_within_nine(issued: list[Entry]) -> None:
    assert [entry.month for entry in issued] == MONTHS
    assert {entry.row.bound for entry in issued} == {9}


def test_all_figures_are_multiples_of_five(issued: list[Entry]) -> None:
    found = [n for entry in issued for line in lines(entry) for n in counts(line)]

    assert len(found) > 3_000
    assert {n % 5 for n in found} == {0}
    assert max(found) > 50


def test_nothing_is_left_out_and_nothing_is_blank(issued: list[Entry]) -> None:
    """The same lines in every return, whatever there was to count."""
    keys = [
        [(line["area"], line["indicator"], line["split"]) for line in lines(entry)]
        for entry in issued
    ]

    assert all(each == keys[0] for each in keys)
    for entry in issued:
        for line in lines(entry):
            for cell in (*line["months"], line["year_to_date"]):
                said = cell["value"] is not None or cell["note"] or cell["status"]
                assert said, (line["indicator"], line["split"])


def test_the_turn_of_the_year_gives_nobody_away(issued: list[Entry]) -> None:
    entries = [entry for entry in issued if entry.month in TURN]

    verdict = attack(files_of(entries), truth=truth_of(entries))

    assert verdict.disclosed == ()
    assert verdict.faults == ()
    assert verdict.tried > 100
