"""The council's own workbook is filled in from what was issued."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from provider_desk.model.errors import Damaged, DeskError, Missing
from provider_desk.model.looks import LookKind
from provider_desk.services import monthly_return
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.returning.workbook import (
    check_council_workbook,
    fill_council_workbook,
)
from tests.builders.issued_desks import (
    SEPTEMBER,
    add_referrals,
    at,
    contract_id,
    issue,
    service_desk,
)
from tests.builders.templates import a_template


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Desk]:
    """A small service whose September is issued."""
    desk = service_desk(tmp_path / "service", people=120)
    issue(desk, SEPTEMBER)
    yield desk
    desk.close()


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "council.xlsx"
    path.write_bytes(a_template())
    return path


def referrals(path: Path) -> object:
    sheet = load_workbook(io.BytesIO(path.read_bytes()))["Monthly figures"]
    return sheet["C3"].value


def test_it_holds_what_was_issued_whatever_became_of_the_records(
    service: Desk, template: Path, tmp_path: Path
) -> None:
    contract, given = contract_id(service), template.read_bytes()
    issued = monthly_return.prepare(service, contract, SEPTEMBER, "council")
    add_referrals(service, date(2017, 9, 12), 60)
    at(service, date(2019, 2, 11))

    once = fill_council_workbook(
        service, contract, SEPTEMBER, template, tmp_path / "a.xlsx"
    )
    again = fill_council_workbook(
        service, contract, SEPTEMBER, template, tmp_path / "b.xlsx"
    )

    assert referrals(once.path) == issued.line("A1", "", "THER").now.value
    assert once.path.read_bytes() == again.path.read_bytes()
    assert (once.version, once.status) == (1, "draft")
    assert template.read_bytes() == given


def test_filling_it_in_is_written_down_first(
    service: Desk, template: Path, tmp_path: Path
) -> None:
    template.write_bytes(b"no workbook")

    with pytest.raises(Damaged, match="no workbook"):
        fill_council_workbook(
            service, contract_id(service), SEPTEMBER, template, tmp_path / "a.xlsx"
        )

    newest = looks.log(service).rows[0]
    assert newest.kind == LookKind.EXPORTED
    assert newest.about == "council workbook for September 2017"
    assert not (tmp_path / "a.xlsx").exists()


def test_a_month_that_is_not_issued_fills_nothing(
    service: Desk, template: Path, tmp_path: Path
) -> None:
    august = SEPTEMBER.plus(-1)

    with pytest.raises(DeskError, match="August 2017 is not issued yet"):
        fill_council_workbook(
            service, contract_id(service), august, template, tmp_path / "a.xlsx"
        )

    assert not (tmp_path / "a.xlsx").exists()


def test_the_template_is_never_written_over(service: Desk, template: Path) -> None:
    given = template.read_bytes()
    with pytest.raises(DeskError, match="take the place of the template"):
        fill_council_workbook(
            service, contract_id(service), SEPTEMBER, template, template
        )

    assert template.read_bytes() == given


def test_what_is_wrong_with_a_template_can_be_asked_before(
    service: Desk, template: Path, tmp_path: Path
) -> None:
    contract = contract_id(service)
    assert check_council_workbook(service, contract, SEPTEMBER, template) == []

    template.write_bytes(a_template({"PD_A1": "#REF!", "PD_X": "Front!$B$1"}))
    found = check_council_workbook(service, contract, SEPTEMBER, template)
    assert len(found) == 2

    with pytest.raises(Missing):
        check_council_workbook(service, contract, SEPTEMBER, tmp_path / "none.xlsx")


def test_a_mapping_file_says_where_figures_go(
    service: Desk, template: Path, tmp_path: Path
) -> None:
    template.write_bytes(a_template({}))
    mapping = tmp_path / "cells.csv"
    mapping.write_text("at,indicator,period\n'Monthly figures'!C3,A1,ytd\n")
    contract = contract_id(service)

    filled = fill_council_workbook(
        service, contract, SEPTEMBER, template, tmp_path / "a.xlsx", mapping
    )

    issued = monthly_return.prepare(service, contract, SEPTEMBER, "council")
    assert referrals(filled.path) == issued.line("A1", "", "THER").year_to_date.value
