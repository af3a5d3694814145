"""What an outsider makes of the files themselves."""

import json
from typing import Any

import pytest

from provider_desk.attacker.public import relations
from provider_desk.attacker.reading import read
from provider_desk.attacker.sheet import Series
from provider_desk.attacker.world import Link, World
from provider_desk.model.errors import NotValid
from tests.unit.attacker.council_files import Chain, return_file

KEYS = ("THER|A1||value", "THER|A7|Health|value", "THER|A7|Self or family|value")


def small_chain() -> Chain:
    """Two months of referrals by source."""
    chain = Chain()
    chain.truth = {
        "2017-04": dict(zip(KEYS, (5, 3, 2), strict=True)),
        "2017-05": dict(zip(KEYS, (4, 4, 0), strict=True)),
    }
    chain.months = {
        "2017-04": dict(zip(KEYS, (5, 5, 0), strict=True)),
        "2017-05": dict(zip(KEYS, (5, 0, 5), strict=True)),
    }
    chain.years = {
        "2017-04": dict(zip(KEYS, (5, 5, 0), strict=True)),
        "2017-05": dict(zip(KEYS, (10, 5, 5), strict=True)),
    }
    chain.files = [chain.write("2017-04"), chain.write("2017-05")]
    return chain


def links_with(world: World, *keys: str) -> list[Link]:
    """The links between exactly those cells."""
    return [link for link in world.links if {t.key for t in link.terms} == set(keys)]


def test_a_rounded_figure_lies_within_its_bound_and_not_below_0() -> None:
    world = read(small_chain().files)
    cells = {cell.key: cell for cell in world.cells}
    cell = cells["2017-05|THER|A1||value"]
    assert (cell.low, cell.high, cell.shown) == (0, 14, 5)
    assert cells["2017-05|THER|A1||value@ytd"].high == 19


def test_sources_add_up_and_the_year_follows_from_the_months() -> None:
    world = read(small_chain().files)
    assert links_with(world, *(f"2017-05|{key}" for key in KEYS))
    key = KEYS[1]
    [to_date] = links_with(
        world, f"2017-05|{key}", f"2017-04|{key}@ytd", f"2017-05|{key}@ytd"
    )
    numbers = {
        f"2017-05|{key}": 4,
        f"2017-04|{key}@ytd": 3,
        f"2017-05|{key}@ytd": 7,
    }
    assert to_date.sense == "="
    assert to_date.holds(numbers)


def test_a_file_alone_still_tells_of_the_months_it_lists() -> None:
    last = small_chain().files[1:]
    near, far = read(last, far=False), read(last)
    assert "2017-04|THER|A1||value@ytd" in {cell.key for cell in near.cells}
    assert "2017-04|THER|A1||value" not in {cell.key for cell in near.cells}
    assert "2017-04|THER|A1||value" in {cell.key for cell in far.cells}


def test_a_wider_bound_is_believed_where_the_file_says_so() -> None:
    chain = small_chain()
    file = return_file(
        "2017-05",
        {one: chain.months[one] for one in ("2017-04", "2017-05")},
        chain.years["2017-05"],
        bound=14,
    )
    cells = {cell.key: cell for cell in read([file]).cells}
    assert cells["2017-05|THER|A1||value"].high == 19


def test_a_figure_that_is_no_multiple_of_5_is_exact() -> None:
    chain = small_chain()
    chain.months["2017-05"][KEYS[1]] = 4
    cells = {cell.key: cell for cell in read([chain.write("2017-05")]).cells}
    cell = cells[f"2017-05|{KEYS[1]}"]
    assert (cell.low, cell.high, cell.exact, cell.agreed) == (4, 4, True, False)


def test_an_agreed_figure_is_exact_and_known_to_be() -> None:
    chain = small_chain()
    file = chain.write("2017-05", exact={KEYS[0]: 4})
    cells = {cell.key: cell for cell in read([file]).cells}
    cell = cells[f"2017-05|{KEYS[0]}"]
    assert (cell.low, cell.high, cell.agreed) == (4, 4, True)


def test_a_second_version_is_a_return_of_its_own() -> None:
    chain = small_chain()
    again = chain.write("2017-05", version=2)
    keys = {cell.key for cell in read([*chain.files, again]).cells}
    assert {"2017-05|THER|A1||value", "2017-05#2|THER|A1||value"} <= keys


def test_a_line_nobody_knows_is_read_with_bounds_only() -> None:
    def add(content: dict[str, Any]) -> None:
        line = {
            "area": "THER",
            "indicator": "Z9",
            "split": "new",
            "kind": "never seen",
            "months": [{"state": "figure", "value": 5}] * 2,
            "year_to_date": {"state": "figure", "value": 10},
        }
        content["lines"].append(line)
        content["lines"].append({**line, "indicator": "Z8", "months": None})

    world = read([small_chain().write("2017-05", change=add)])
    cells = {cell.key: cell for cell in world.cells}
    assert cells["2017-05|THER|Z9|new|value"].high == 14
    assert not links_with(world, "2017-05|THER|Z9|new|value", "2017-05|THER|A1||value")


def test_what_is_not_offered_counts_as_none() -> None:
    def never_offered(content: dict[str, Any]) -> None:
        line = content["lines"][2]
        none = {"state": "not_applicable", "value": None, "status": "[z]"}
        line["months"] = [none, none]
        line["year_to_date"] = none

    world = read([small_chain().write("2017-05", change=never_offered)])
    keys = {cell.key for cell in world.cells}
    assert f"2017-05|{KEYS[2]}" not in keys
    assert links_with(world, f"2017-05|{KEYS[0]}", f"2017-05|{KEYS[1]}")


def test_a_table_that_is_missing_for_a_month_does_not_break_the_others() -> None:
    def missing(content: dict[str, Any]) -> None:
        for line in content["lines"]:
            if line["indicator"] == "A7":
                line["months"][-1] = {"state": "not_available", "status": "[x]"}
                line["year_to_date"] |= {"value": 0, "note": "covers 1 of 2 months"}

    world = read([small_chain().write("2017-05", change=missing)])
    assert not links_with(world, *(f"2017-05|{key}@ytd" for key in KEYS))
    assert links_with(world, *(f"2017-04|{key}" for key in KEYS))


@pytest.mark.parametrize(
    "file",
    [b"", b"{}", b"[]", b"\xff\xfe", b'{"format": "provider-desk return"}', b"1"],
)
def test_a_file_that_is_no_return_is_refused_in_words(file: bytes) -> None:
    with pytest.raises(NotValid, match="not a council return"):
        read([file])


def test_a_return_with_a_broken_month_is_refused_in_words() -> None:
    whole = json.loads(small_chain().files[0])
    whole["return"]["month"] = "September"
    with pytest.raises(NotValid):
        read([json.dumps(whole).encode()])


def test_no_returns_tell_nothing() -> None:
    assert read([]) == World((), ())


def test_more_sessions_can_be_offered_than_there_is_capacity_for() -> None:
    parts = ("numerator", "denominator")
    shares = (("C9", ""), ("C12", "use"))
    held = [Series("THER", *share, part) for share in shares for part in parts]
    found = relations(held, ["THER"])
    assert [one.name for one in found] == ["C9 is part of C9, THER"]
