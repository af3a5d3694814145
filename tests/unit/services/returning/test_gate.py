"""The gate: what gives somebody away is refused by the real outsider, and is named."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from provider_desk.attacker.verdict import Found, Verdict
from provider_desk.model.months import Month
from provider_desk.model.records import IssuedReturn, ReturnChecked
from provider_desk.returns.write_json import read_json
from provider_desk.services.desk import Desk
from provider_desk.services.returning import gate, issuing
from provider_desk.services.returning.drafting import Asked, draft
from provider_desk.services.returning.ledger import (
    Entry,
    Numbers,
    key_to_use,
    read_ledger,
)
from tests.builders.issued_desks import (
    SEPTEMBER,
    contract_id,
    held,
    issue,
    service_desk,
)

JULY, AUGUST = SEPTEMBER.plus(-2), SEPTEMBER.plus(-1)

Lines = dict[str, Any]
Exact = Mapping[str, int]
Sabotage = Callable[[Exact, Lines], None]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A small service whose July to September are issued."""
    made = service_desk(tmp_path_factory.mktemp("gate") / "desk")
    issue(made, JULY, AUGUST, SEPTEMBER)
    yield made
    made.close()


@pytest.fixture
def entries(desk: Desk) -> list[Entry]:
    return issue(desk, JULY, AUGUST, SEPTEMBER)


def small_cell(exact_figures: Mapping[str, int], lines: Lines) -> str:
    """A part of a breakdown that is truly 1 to 4 and published as 0."""
    for key, exact in exact_figures.items():
        area, _, split, part = key.split("|")
        if area == "ALL" or not split or part != "value" or not 1 <= exact <= 4:
            continue
        if key in lines and lines[key]["kind"] == "flow":
            cell = lines[key]["months"][-1]
            if cell["state"] == "figure" and cell["value"] == 0:
                return key
    raise AssertionError("no small figure")


def exact_leaked(exact: Exact, lines: Lines) -> None:
    """One true month count stands where its rounded one should."""
    key = small_cell(exact, lines)
    lines[key]["months"][-1]["value"] = exact[key]


def year_falls(_exact: Exact, lines: Lines) -> None:
    """A year to date is less than that of the month before."""
    key = next(
        key
        for key, line in lines.items()
        if line["kind"] == "flow" and (line["year_to_date"]["value"] or 0) >= 20
        and line["split"]
    )  # fmt: skip
    cells = lines[key]
    fall = sum(cell["value"] or 0 for cell in cells["months"])
    cells["year_to_date"]["value"] -= fall
    cells["months"][-1]["value"] -= fall


def to_the_nearest(exact: Exact, lines: Lines) -> None:
    """Every figure rounded for itself, as is usual."""
    for key, line in lines.items():
        for cell, real in (
            (line["months"][-1], exact.get(key)),
            (line["year_to_date"], exact.get(f"{key}@ytd", exact.get(key))),
        ):
            if real is not None and cell["state"] == "figure":
                cell["value"] = 5 * ((max(real, 0) + 2) // 5)


def sabotaged(numbers: Numbers, how: Sabotage) -> bytes:
    whole = json.loads(numbers.frozen)
    lines = {
        f"{line['area']}|{line['indicator']}|{line['split']}|value": line
        for line in whole["return"]["lines"]
    }
    how(numbers.exact, lines)
    return json.dumps(whole).encode()


def numbers_of(entry: Entry) -> Numbers:
    return Numbers(entry.issued(), entry.exact(), entry.file())


def judged(entries: list[Entry], file: bytes) -> Verdict:
    *sent, last = entries
    return gate.ask(sent, (last.name, file, last.exact()))


def test_what_was_issued_gives_nobody_away(entries: list[Entry]) -> None:
    verdict = judged(entries, entries[-1].file())

    assert verdict.safe, (verdict.disclosed, verdict.faults)
    assert verdict.tried > 50


@pytest.mark.parametrize("how", [exact_leaked, year_falls, to_the_nearest])
def test_a_sabotaged_return_is_refused(entries: list[Entry], how: Sabotage) -> None:
    verdict = judged(entries, sabotaged(numbers_of(entries[-1]), how))

    assert not verdict.safe
    with pytest.raises(gate.GivesAway) as refused:
        gate.refuse_unsafe(verdict, read_json(entries[-1].file()))
    assert "Nothing was issued" in refused.value.advice


def test_the_refusal_names_table_and_area_and_no_number(entries: list[Entry]) -> None:
    verdict = judged(entries, sabotaged(numbers_of(entries[-1]), exact_leaked))

    with pytest.raises(gate.GivesAway) as refused:
        gate.refuse_unsafe(verdict, read_json(entries[-1].file()))

    table = read_json(entries[-1].file())
    areas = [area.label for area in table.areas]
    assert refused.value.tables
    for named in refused.value.tables:
        assert any(named.endswith(area) for area in areas), named
    found = str(refused.value)
    assert not any(f" {each.low} " in found for each in verdict.disclosed)


def test_a_refused_return_is_not_written_and_can_be_made_anew(tmp_path: Path) -> None:
    made = service_desk(tmp_path / "desk")
    sent = issue(made, JULY, AUGUST)
    with made.store.reading() as rows:
        asked = Asked(
            contract_id(made),
            SEPTEMBER,
            made.today(),
            key_to_use(made, rows),
            read_ledger(rows, contract_id(made)),
        )
        drawn = draft(rows, asked)
    numbers = drawn.numbers()
    leaking = replace(numbers, frozen=sabotaged(numbers, exact_leaked))

    with pytest.raises(gate.GivesAway):
        issuing._through_gate(drawn, leaking, sent)

    assert sorted(row.month for row in held(made, IssuedReturn)) == [
        "2017-07",
        "2017-08",
    ]
    assert issuing.issue(made, contract_id(made), SEPTEMBER).entry.file() == (
        numbers.frozen
    )
    made.close()


def test_the_whole_chain_is_attacked_and_the_result_is_kept(desk: Desk) -> None:
    seen: list[tuple[int, int]] = []

    verdict = gate.check_chain(
        desk, contract_id(desk), lambda done, of: seen.append((done, of))
    )

    assert verdict is not None
    assert verdict.disclosed == 0
    assert verdict.up_to_date
    assert verdict.tried > 100
    assert seen
    assert gate.chain_checked(desk, contract_id(desk)) == verdict
    assert len(held(desk, ReturnChecked)) == 1


def test_nothing_issued_is_nothing_to_attack(tmp_path: Path) -> None:
    made = service_desk(tmp_path / "desk")

    assert gate.check_chain(made, contract_id(made)) is None
    assert gate.chain_checked(made, contract_id(made)) is None
    made.close()


def test_a_result_is_old_once_another_return_is_issued(tmp_path: Path) -> None:
    made = service_desk(tmp_path / "desk", people=20)
    issue(made, AUGUST)
    gate.check_chain(made, contract_id(made))

    issue(made, SEPTEMBER)

    kept = gate.chain_checked(made, contract_id(made))
    assert kept is not None
    assert not kept.up_to_date
    assert Month.parse(kept.month) == AUGUST
    made.close()


def test_a_return_for_which_time_ran_out_is_refused_in_words_of_its_own(
    entries: list[Entry],
) -> None:
    key = "THER|A7|Health|value"
    found = Found(str(SEPTEMBER), key, 0, 9, 9, exact=False, proven=False)

    with pytest.raises(gate.GivesAway, match="not enough time") as refused:
        gate.refuse_unsafe(
            Verdict((found,), tried=1, seconds=60.0), read_json(entries[-1].file())
        )

    assert "Try again" in refused.value.advice
    assert "(A7)" in refused.value.message
