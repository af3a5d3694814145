"""What leaves: the same lines in every return, each number under one name."""

from dataclasses import replace
from datetime import date

import pytest

from provider_desk.model.months import Month
from provider_desk.returns.catalogue import catalogue
from provider_desk.returns.contract import Agreement
from provider_desk.returns.council.template import (
    NEVER,
    Agreed,
    Template,
    leaves,
    template,
)

AREAS = ("PES_YP", "PES_AD", "THER")
CONTRACT = Agreement("c" * 32, "C-1", "Support", None, AREAS)
ONE_AREA = replace(CONTRACT, areas=("THER",))
JULY, SEPTEMBER, MARCH = Month(2017, 7), Month(2017, 9), Month(2018, 3)


def sent(made: Template) -> set[str]:
    return {key for key, spec in made.specs.items() if spec.sent}


def test_every_return_has_the_same_lines_in_the_same_order() -> None:
    july, march = template(CONTRACT, JULY), template(CONTRACT, MARCH)
    assert [line.key for line in july.lines] == [line.key for line in march.lines]
    assert list(july.specs) == list(march.specs)
    assert july.id == march.id


def test_every_category_stands_in_every_return() -> None:
    held = {
        (line.key.indicator, line.key.split) for line in template(ONE_AREA, JULY).lines
    }
    assert held == {(figure.code, figure.split) for figure in catalogue().figures}


@pytest.mark.parametrize("contract", [CONTRACT, ONE_AREA])
def test_every_number_that_a_line_shows_is_counted(contract: Agreement) -> None:
    made = template(contract, SEPTEMBER)
    shown = {key for keys in made.shown.values() for key in keys}
    shown |= {key for line in made.lines for key in line.bands}
    assert shown <= sent(made)
    beside = {key.removesuffix("@ytd") for key in sent(made)}
    assert beside == shown


def test_quarterly_tables_leave_at_the_ends_of_quarters_alone() -> None:
    july, september = (template(ONE_AREA, month) for month in (JULY, SEPTEMBER))
    quarterly = sent(september) - sent(july)
    assert sent(july) < sent(september)
    codes = {key.split("|")[1] for key in quarterly}
    assert {"D2", "E1", "E2", "M1", "F1a", "F3e"} <= codes
    assert not codes & {"A1", "A7", "A8", "B2", "C8", "D1", "P1"}
    assert leaves("year", MARCH)
    assert not leaves("year", SEPTEMBER)
    ends = [m for m in range(1, 13) if leaves("quarter", Month(2017, m))]
    assert ends == [3, 6, 9, 12]


def test_the_finest_tables_stand_in_the_sum_block_alone() -> None:
    made = template(CONTRACT, SEPTEMBER)
    areas = {line.key.area for line in made.lines if line.key.indicator[0] in "FM"}
    assert areas == {"ALL"}
    assert {line.key.area for line in made.lines} == {*AREAS, "ALL"}
    alone = template(ONE_AREA, SEPTEMBER)
    assert {line.key.area for line in alone.lines} == {"THER"}


def test_what_is_no_count_is_not_sent_and_a_wait_is_told_by_its_bands() -> None:
    made = template(ONE_AREA, SEPTEMBER)
    never = {
        f"{line.key.indicator} {line.key.split}".strip()
        for line in made.lines
        if line.every == NEVER and not line.figure.later
    }
    assert {"A6", "A10 median", "B2 longest", "D3", "D3 median", "D4"} <= never
    assert {"E4 PHQ-9", "E5c"} <= never
    assert "B2 median" not in never
    bands = {line.key.indicator: line.bands for line in made.lines if line.bands}
    assert set(bands) == {"B2", "B3"}
    assert bands["B2"][0] == "THER|B2|0-28|value"
    assert len(bands["B2"]) == 7


def test_a_number_under_two_names_is_counted_once() -> None:
    shown = template(ONE_AREA, SEPTEMBER).shown
    assert shown["THER|D8b||value"] == ("THER|C2|step down|value",)
    assert shown["THER|M1||value"] == ("THER|E1|PHQ-9|numerator",)
    assert shown["THER|F1f|under 18|value"] == ("THER|A8|under 18|value",)
    assert shown["THER|C9||numerator"] == ("THER|C4||value",)
    assert shown["THER|C10||denominator"] == ("THER|C4||value", "THER|C5||value")
    assert shown["THER|E1|GAD-7|denominator"] == ("THER|D1||value",)
    assert shown["THER|B6||numerator"] == ("THER|B6||numerator",)


def test_totals_weigh_more_than_parts_and_the_sum_more_than_areas() -> None:
    specs = template(CONTRACT, SEPTEMBER).specs
    weights = {
        key: specs[key].weight
        for key in (
            "THER|A7|Health|value", "ALL|A7|Health|value", "THER|A1||value",
            "ALL|A1||value", "THER|B6||numerator", "ALL|P1||value@ytd",
        )
    }  # fmt: skip
    assert list(weights.values()) == [1, 2, 3, 4, 1, 4]
    assert template(ONE_AREA, JULY).specs["THER|A1||value"].weight == 4


def test_people_have_a_number_of_their_own_for_the_year_to_date() -> None:
    specs = template(ONE_AREA, JULY).specs
    assert specs["THER|P1||value"].kind == "people"
    assert specs["THER|P1||value@ytd"].kind == "people"
    assert specs["THER|C11b||value"].kind == "flow"
    assert specs["THER|C12||value"].kind == "flow"
    assert specs["THER|C2||value"].kind == "stock"


def test_an_agreement_makes_tables_quarterly_or_leaves_them_out() -> None:
    agreed = Agreed(exact=("A1",), quarterly=("A7",), left_out=("B5c", "C9"))
    july = template(ONE_AREA, JULY, agreed)
    plain = template(ONE_AREA, JULY)
    gone = {key.split("|")[1] for key in sent(plain) - sent(july)}
    assert gone == {"A7", "B5c"}
    assert "THER|C4||value" in sent(july)
    assert "THER|C9||numerator" not in july.shown
    september = template(ONE_AREA, SEPTEMBER, agreed)
    assert "THER|A7|Health|value" in sent(september)
    assert "THER|B5c|Letter|value" not in sent(september)
    assert len({made.id for made in (july, plain)}) == 2
    assert [line.key for line in july.lines] == [line.key for line in plain.lines]


def test_an_area_outside_its_life_stays_in_as_structural_zeros() -> None:
    lives = (("THER", date(2017, 8, 1), date(2018, 2, 28)),)
    contract = replace(CONTRACT, lives=lives)
    closed = {
        month: template(contract, month).closed
        for month in (JULY, Month(2017, 8), Month(2018, 2), MARCH)
    }
    assert list(closed.values()) == [{"THER"}, set(), set(), {"THER"}]
    made = template(contract, JULY)
    assert {spec.area for spec in made.specs.values() if spec.zero} == {"THER"}
    assert list(made.specs) == list(template(CONTRACT, JULY).specs)
    assert made.id != template(CONTRACT, JULY).id
