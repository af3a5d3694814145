"""The indicators: all are declared, and a mistake in one is named."""

import re

import pytest

from provider_desk.model.errors import Damaged
from provider_desk.model.months import Month
from provider_desk.model.waits import BANDS
from provider_desk.returns import measures
from provider_desk.returns.catalogue import MEASURES, catalogue, read_catalogue
from provider_desk.returns.facts.registry import FACTS
from provider_desk.returns.figure import span

GOOD = """
group = "Activity"
source = "here"

[[indicator]]
code = "X1"
label = "Sessions offered"
unit = "sessions"
fact = "sessions"
where = { attendance = { flag = "offered" } }
polarity = "o"
tier = 1
split = { by = "mode", words = "short" }

[[indicator.part]]
name = "late"
words = "late"
where = { attendance = ["CX_CLIENT_LATE"] }
"""


def read(text: str) -> None:
    read_catalogue({"x.toml": text})


def test_every_indicator_of_the_monthly_return_is_declared() -> None:
    declared = {figure.code for figure in catalogue().figures}
    wanted = {
        *(f"A{number}" for number in range(1, 11)),
        *(f"B{number}" for number in range(1, 9)),
        *(f"C{number}" for number in range(1, 15)),
        *(f"D{number}" for number in range(1, 13)),
        *(f"E{number}" for number in range(1, 8)),
        *("A3b", "A9b", "A9c", "B4b", "B5b", "B5c", "D1b", "D3b", "P1"),
        *("E3b", "E3c", "E5b", "E5c", *(f"E6{letter}" for letter in "abcde")),
        *("M1", "M2", "M3", "F1", "F2", "F3"),
        *(f"F{number}{letter}" for number in (1, 2, 3) for letter in "abcdef"),
    }
    assert wanted <= declared


def test_every_indicator_is_counted() -> None:
    later = {figure.code for figure in catalogue().figures if figure.later}
    assert later == set()


@pytest.mark.parametrize(
    ("code", "splits"),
    [
        ("B2", [*BANDS, "median", "longest"]),
        ("B3", [*BANDS, "median"]),
        ("A8", ["under 18", "18-24", "25+", "not known"]),
        ("C2", ["", "core", "step down"]),
        ("D1", ["", "planned", "unplanned"]),
        ("D5", ["", "with reason", "without reason"]),
        (
            "E2",
            [
                "",
                "improved",
                "no reliable change",
                "deteriorated",
                "no paired score",
            ],
        ),
        (
            "C8",
            [
                "face to face",
                "outreach",
                "phone",
                "video",
                "text",
                "other",
                "not in the list",
            ],
        ),
    ],
)
def test_parts_have_the_agreed_names_in_order(code: str, splits: list[str]) -> None:
    found = [figure.split for figure in catalogue().figures if figure.code == code]
    assert found == splits


def test_outcomes_and_equality_go_out_by_the_quarter_and_safeguarding_by_the_year() -> (
    None
):
    often = {figure.code: figure.every for figure in catalogue().figures}
    quarterly = {code for code, every in often.items() if every == "quarter"}
    assert quarterly == {"D2", *(code for code in often if code[0] in "EFM")}
    assert [code for code, every in often.items() if every == "year"] == ["D12"]


def test_inside_only_counts_of_outcomes_are_shown_by_the_month() -> None:
    for figure in catalogue().figures:
        if figure.code[0] in "EM" and figure.code != "E1":
            counted = figure.measure == "count"
            assert figure.inside == ("month" if counted else "quarter"), figure.code
        if figure.code[0] == "F":
            assert figure.inside == "quarter"


@pytest.mark.parametrize(
    ("month", "quarter", "year"),
    [
        (Month(2017, 6), [4, 5, 6], []),
        (Month(2017, 7), [], []),
        (Month(2018, 3), [1, 2, 3], [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]),
    ],
)
def test_quarters_end_in_june_and_the_year_in_march(
    month: Month, quarter: list[int], year: list[int]
) -> None:
    assert [each.number for each in span("quarter", month)] == quarter
    assert [each.number for each in span("year", month)] == year
    assert span("month", month) == (month,)


@pytest.mark.parametrize(("code", "bands"), [("M1", 5), ("M2", 4), ("M3", 6)])
def test_a_matrix_has_a_cell_for_every_pair_of_bands(code: str, bands: int) -> None:
    figures = [figure for figure in catalogue().figures if figure.code == code]
    cells = [figure.split for figure in figures if " to " in figure.split]
    assert len(set(cells)) == bands**2
    ways = ["positive", "no change", "negative"]
    assert [f.split for f in figures if f.of_which] == ways


def test_sources_roll_up_to_eight_groups_and_the_services_own() -> None:
    groups = [
        figure.split
        for figure in catalogue().figures
        if figure.code == "A7" and not figure.when_any
    ]
    assert len(groups) == 9
    assert groups.count("Own service") == 1


def test_small_numbers_are_withheld_where_the_return_says_so() -> None:
    limits = {
        (figure.code, figure.split): figure.min_n
        for figure in catalogue().figures
        if figure.min_n
    }
    assert limits == {
        ("A6", ""): 5,
        ("B2", "median"): 5,
        ("B2", "longest"): 5,
        ("D3", ""): 5,
        ("D3", "median"): 5,
        ("D4", ""): 5,
        ("E5b", ""): 5,
        ("E5c", ""): 5,
        **{
            (figure.code, figure.split): 8
            for figure in catalogue().figures
            if figure.code == "E4"
        },
        **{(f"E6{letter}", "rate"): 10 for letter in "abcde"},
    }


def test_every_measure_that_may_be_named_exists() -> None:
    assert set(MEASURES) == {*measures.MEASURES, "capacity", "use"}


def test_facts_read_no_personal_words() -> None:
    for fact in FACTS.values():
        names = re.findall(r"\w+\.(\w+)", fact.sql)
        personal = {"known_as", "given_names", "family_name", "address", "note", "code"}
        assert not personal & set(names), fact.name


def test_the_hash_changes_with_the_definitions() -> None:
    one = read_catalogue({"x.toml": GOOD})
    same = read_catalogue({"x.toml": GOOD})
    other = read_catalogue({"x.toml": GOOD.replace("tier = 1", "tier = 2")})
    assert one.definitions == same.definitions
    assert one.definitions != other.definitions


def test_a_part_counts_within_its_indicator() -> None:
    part = read_catalogue({"x.toml": GOOD}).figure("X1", "late")
    assert [choose.column for choose in part.where] == ["attendance", "attendance"]
    assert part.label == "Sessions offered: late"
    assert part.of_which


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "X1"', "", "has no code"),
        ('label = "Sessions offered"', "", "label"),
        ('fact = "sessions"', 'fact = "sesions"', "no fact “sesions”"),
        ('"offered"', '"ofered"', "nothing fits"),
        ("{ attendance =", "{ attendence =", "no column “attendence”"),
        ("CX_CLIENT_LATE", "CX_LATE", "“CX_LATE” is not in the list"),
        ('by = "mode"', 'by = "mood"', "no column “mood”"),
        ('polarity = "o"', 'polarity = "?"', "polarity is"),
        ("tier = 1", "tier = 3", "tier is"),
        ("tier = 1", "teer = 1", "no key “teer”"),
        ("tier = 1", 'tier = 1\nmeasure = "sum"', "no measure “sum”"),
        ("tier = 1", 'tier = 1\nmeasure = "mean"', "no value “”"),
        ('words = "short"', 'wards = "short"', "no key “wards”"),
        ('group = "Activity"', 'group = "Activities"', "group must be"),
        ('words = "late"', "", "words"),
        ("tier = 1", 'tier = 1\nevery = "week"', "every and inside"),
        ('by = "mode"', 'by = "mode", matrix = "PHQ8"', "PHQ8"),
        ('name = "late"', 'name = "phone"', "declared twice"),
        ("[[indicator]]", "[[indicator]", "x.toml"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(Damaged, match=re.escape(said)) as raised:
        read(GOOD.replace(old, new))
    assert "No record is affected" in raised.value.advice
