"""Charts reach back over thirteen months: counted inside, as issued outside."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.months import Month
from provider_desk.returns.charts.series import NOT_HERE, charted
from provider_desk.services import monthly_return
from provider_desk.services.desk import Desk
from tests.builders.issued_desks import (
    add_referrals,
    at,
    contract_id,
    issue,
    service_desk,
)

MARCH, APRIL = Month(2018, 3), Month(2018, 4)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Desk]:
    """A small service whose February to April are issued."""
    desk = service_desk(tmp_path / "service", people=120)
    at(desk, date(2018, 5, 3))
    issue(desk, MARCH.plus(-1), MARCH, APRIL)
    yield desk
    desk.close()


def months(desk: Desk, copy: str) -> dict[str, tuple[float | None, str]]:
    """Month → figure and words of the first chart of April's return."""
    table = monthly_return.prepare(desk, contract_id(desk), APRIL, copy)
    return {p.name: (p.value, p.words) for p in charted(table, "THER")[0].points}


def test_the_internal_copy_counts_the_months_before_april(service: Desk) -> None:
    drawn = months(service, "internal")
    march = monthly_return.prepare(service, contract_id(service), MARCH, "internal")

    assert len(drawn) == 13
    assert drawn["March 2018"][0] == march.line("A1", "", "THER").now.value
    assert drawn["November 2017"][0] is not None


@pytest.mark.parametrize("copy", ["council", "public"])
def test_a_copy_that_leaves_has_only_what_was_issued(service: Desk, copy: str) -> None:
    drawn = months(service, copy)
    march = monthly_return.prepare(service, contract_id(service), MARCH, copy)

    assert drawn["March 2018"][0] == march.line("A1", "", "THER").now.value
    assert drawn["January 2018"] == (None, "not submitted")
    assert all((value or 0) % 5 == 0 for value, _ in drawn.values())


def test_what_was_issued_later_or_recorded_later_changes_no_chart(
    service: Desk, tmp_path: Path
) -> None:
    contract = contract_id(service)

    def exported(folder: str) -> bytes:
        done = monthly_return.export(
            service, contract, APRIL, "council", tmp_path / folder, ("pdf",)
        )
        return done.paths[0].read_bytes()

    before = exported("before")
    add_referrals(service, date(2018, 3, 5), 40)
    at(service, date(2018, 6, 3))
    issue(service, APRIL.plus(1))

    assert exported("after") == before


def test_without_an_earlier_return_months_before_april_are_said_not_to_be_here(
    tmp_path: Path,
) -> None:
    desk = service_desk(tmp_path / "first", people=60)
    at(desk, date(2018, 5, 3))
    issue(desk, APRIL)
    drawn = months(desk, "council")
    desk.close()

    assert drawn["March 2018"] == (None, NOT_HERE)
    assert drawn["April 2018"][0] is not None
