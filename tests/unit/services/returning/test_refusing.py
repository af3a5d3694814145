"""A month that can't be issued says why, and what was issued stays comparable."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model import resources
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError
from provider_desk.model.months import Month
from provider_desk.returns.catalogue import catalogue
from provider_desk.services.returning import issuing
from provider_desk.services.returning.ledger import months_issued
from tests.builders.issued_desks import SEPTEMBER, contract_id
from tests.builders.signing_desks import issued_desk

OCTOBER = Month(2017, 10)


@pytest.fixture
def edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], None]]:
    """Lets somebody write into a definitions file of the program."""

    def write() -> None:
        copied = tmp_path / "resources"
        shutil.copytree(resources.folder(), copied)
        file = copied / "indicators" / "referrals.toml"
        before = file.read_text("utf-8")
        after = before.replace('label = "Referrals received"', 'label = "Referrals in"')
        assert after != before
        file.write_text(after, "utf-8")
        monkeypatch.setattr(resources, "folder", lambda: copied)
        catalogue.cache_clear()

    yield write
    monkeypatch.undo()
    catalogue.cache_clear()


def test_a_definitions_file_edited_by_hand_is_refused_and_nothing_is_issued(
    tmp_path: Path, edit: Callable[[], None]
) -> None:
    desk = issued_desk(tmp_path / "desk")
    assert isinstance(desk.clock, FixedClock)
    desk.clock.ms = FixedClock.on(date(2017, 11, 6)).ms
    edit()

    with pytest.raises(DeskError, match="edited by hand") as refused:
        issuing.issue(desk, contract_id(desk), OCTOBER)

    assert refused.value.advice.startswith("Nothing was issued.")
    with desk.store.reading() as rows:
        assert months_issued(rows, contract_id(desk)) == {SEPTEMBER: 1}
    desk.close()
