"""The two caseloads, brought in, give every figure of their expected.json.

Those figures are from before any protection: where the return withholds one, it is
worked out from the rows that the return opens for it.
"""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from provider_desk.model.clock import FixedClock
from provider_desk.model.months import Month
from provider_desk.model.records import Provider, User
from provider_desk.returns.behind import rows_of
from provider_desk.returns.table import LineKey, State
from provider_desk.services import bring_in, monthly_return
from provider_desk.services.desk import Desk
from provider_desk.store.store import Store
from tests.builders.casework import keys_for

CASELOADS = Path(__file__).parent.parent / "caseloads"
FILES = {
    "rothacs": ("rothacs.xlsx",),
    "grow": ("people.csv", "cases.csv", "visits.csv", "contact_while_waiting.csv"),
}

#: Figures whose parts have words of their own here: only the totals are compared.
BY_TOTAL = {"A7": "A7", "C8_attended_by_mode": "C8", "D2": "D2"}

#: Figures that are an indicator and a part: "B2_median" is B2's part "median".
PARTS = {
    name: (name.split("_", 1)[0], name.split("_", 1)[1].replace("_", " "))
    for name in (
        "B2_median",
        "B2_longest",
        "B3_median",
        "C2_step_down",
        "D1_planned",
        "D1_unplanned",
        "D5_with_reason",
        "D5_without_reason",
    )
}


def expected(provider: str) -> dict[str, Any]:
    text = (CASELOADS / provider / "expected.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


@pytest.fixture(scope="module", params=FILES)
def brought_in(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Desk]]:
    """A desk that holds one caseload."""
    provider = str(request.param)
    folder = tmp_path_factory.mktemp(provider)
    clock = FixedClock.on(date(2018, 5, 8))
    store = Store.create(folder / "desk", bytes(range(32)), clock, "0" * 32)
    user = User(name="Robin Invented", role="MANAGER", initials="RI")
    with store.writing("set up") as deed:
        deed.add(Provider(name=provider.title(), code=provider, invented="Y"))
        deed.add(user)
    desk = Desk(store, user, clock, keys_for(store, user))
    paths = [
        Path(shutil.copy(CASELOADS / provider / name, folder))
        for name in FILES[provider]
    ]
    bring_in.bring_in(desk, bring_in.layout_path(provider), paths)
    yield provider, desk
    store.close()


class Found:
    """A month's internal return, and the rows behind its figures."""

    def __init__(self, desk: Desk, month: str) -> None:
        self._desk = desk
        self._contract_id = monthly_return.contracts(desk)[0].id
        self._table = monthly_return.prepare(
            desk, self._contract_id, Month.parse(month), "internal"
        )
        self._area = self._table.areas[-1].code

    def value(self, code: str, split: str = "") -> Any:
        """A figure as expected.json has it: a number, or [n, d]."""
        cell = self._table.line(code, split, self._area).now
        if cell.state is State.WITHHELD:
            return self._withheld(LineKey(code, split, self._area))
        if cell.denominator is None:
            return cell.value
        return [cell.numerator, cell.denominator]

    def _withheld(self, key: LineKey) -> float:
        with self._desk.store.reading() as rows:
            behind = rows_of(rows, self._contract_id, key, self._table.month)
        values = [row.value for row in behind if row.value is not None]
        assert len(values) < 5
        return max(values) if key.split == "longest" else median(values)

    def total(self, code: str) -> float:
        """The sum of an indicator's parts."""
        return sum(
            line.now.value or 0
            for line in self._table.of_area(self._area)
            if line.key.indicator == code and line.key.split
        )

    def like(self, name: str, value: Any) -> Any:
        """What the return says where expected.json has ``value``, in its form."""
        if name in BY_TOTAL:
            same = self.total(BY_TOTAL[name]) == sum(value.values())
            return value if same else self.total(BY_TOTAL[name])
        if name in PARTS:
            return self.value(*PARTS[name])
        if isinstance(value, dict):
            return {part: self.value(name, part) for part in value}
        return self.value(name)


def test_every_flow_of_the_caseload_adds_up(brought_in: tuple[str, Desk]) -> None:
    provider, desk = brought_in
    contract_id = monthly_return.contracts(desk)[0].id
    broken = []
    for step in range(21):
        month = Month(2016, 7).plus(step)
        table = monthly_return.prepare(desk, contract_id, month, "internal")
        broken += [
            (str(month), check.text)
            for check in table.checks
            if check.code.startswith(("flow-", "sum-", "sessions-"))
            and not check.passed
        ]
    assert not broken, provider


def test_every_figure_is_as_expected(brought_in: tuple[str, Desk]) -> None:
    provider, desk = brought_in
    wrong = []
    compared = 0
    for figures in expected(provider)["figures"].values():
        for month, wanted in figures.items():
            table = Found(desk, month)
            for name, value in wanted.items():
                found = table.like(name, value)
                compared += 1
                if found != value:
                    wrong.append((month, name, found, value))
    assert not wrong
    assert compared >= 60
