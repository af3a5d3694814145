"""The published needs analysis and its neighbours come out, and where they are off."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from provider_desk.model import resources
from provider_desk.model.months import Month
from provider_desk.model.records import NeedModel
from provider_desk.planning.exact import percent, rounded, written
from provider_desk.planning.forecasting import straight
from provider_desk.planning.needs import year_name, years_of
from provider_desk.planning.printed import PrintedYear, findings
from provider_desk.planning.same_period import Expected, compare, months_between
from provider_desk.planning.scenario import weeks_to_clear
from provider_desk.services.planning import needs

PUBLISHED: dict[str, Any] = json.loads(
    Path(__file__).with_name("published.json").read_text(encoding="utf-8")
)
MODEL = PUBLISHED["needs_model"]


def shipped() -> NeedModel:
    """The needs analysis that the program ships, as a record."""
    return NeedModel.made({**needs.published(), "made_on": date(2018, 6, 5)})


def test_what_ships_is_what_was_published() -> None:
    assumed = needs.assumptions_of(shipped())
    printed = shipped().printed.split()

    assert assumed.legacy == MODEL["legacy"]
    assert assumed.excluded == MODEL["legacy_excluded_pct"]
    assert list(assumed.legacy_shares) == MODEL["help_seeking_pct_by_year"]
    assert list(assumed.new_people) == list(MODEL["new_cases"].values())
    assert assumed.therapy == MODEL["therapy_pct"]
    assert assumed.unaccounted == 0
    assert " ".join(printed) == " ".join(
        f"{', '.join(map(str, row['cells']))}; {row['published_total']}; "
        f"{row['published_therapy']}"
        for row in MODEL["rows"]
    )


def test_the_table_of_2015_comes_out_cell_by_cell_but_for_one() -> None:
    years = years_of(needs.assumptions_of(shipped()))
    off = {
        (year.name, number): (row["cells"][number], printed)
        for year, row in zip(years, MODEL["rows"], strict=True)
        for number, printed in enumerate(year.printed_cells)
        if row["cells"][number] != printed
    }

    assert [year.name for year in years] == [row["year"] for row in MODEL["rows"]]
    # A fifth of the 75 people new in 2018/19 would come in their second year.
    assert off == {("2019/20", 4): (8, 15)}
    assert [year.printed_people for year in years[:4]] == [510, 370, 213, 133]


def test_therapy_is_off_in_the_first_and_the_last_year_by_its_own_row() -> None:
    printed = [
        PrintedYear(tuple(r["cells"]), r["published_total"], r["published_therapy"])
        for r in MODEL["rows"]
    ]
    found = findings(needs.assumptions_of(shipped()), printed)
    by_row = {
        f.year: (f.printed, float(f.exact))
        for f in found
        if f.column == "Therapy" and f.source == "the printed row" and f.differs
    }

    assert by_row == {"2015/16": (155, 153.0), "2019/20": (38, 36.3)}
    assert by_row == {
        r["year"]: (r["published_therapy"], r["therapy_30pct_exact"])
        for r in MODEL["rows"]
        if not r["therapy_agrees"]
    }
    assert not [f for f in found if f.column == "Total" and f.source.endswith("row")]


def test_the_last_years_therapy_is_that_of_the_total_its_assumptions_give() -> None:
    last = years_of(needs.assumptions_of(shipped()))[-1]

    # 38 is no slip of its own: 30 % of 127.5. The slip is the 8 in the table.
    assert (last.people, written(last.therapy, 2)) == (Fraction("127.5"), "38.25")
    assert last.printed_people == 128


def test_what_is_only_rounded_is_told_apart() -> None:
    worked = needs.worked_out(shipped())
    rounded_only = {
        (f.year, f.column, f.printed, float(f.exact))
        for f in worked.findings
        if not f.differs and f.column.startswith("New")
    }

    assert rounded_only == {
        ("2017/18", "New in 2017/18", 23, 22.5),
        ("2018/19", "New in 2018/19", 23, 22.5),
        ("2019/20", "New in 2017/18", 8, 7.5),
    }
    assert worked.checked == 5


def test_anticipated_numbers_add_up() -> None:
    for row in PUBLISHED["anticipated_need"]["rows"]:
        assert row["y1"] + row["y2"] + row["y3"] == row["total"]


def came(months: tuple[Month, ...], total: int) -> dict[Month, int | None]:
    """A total shared out over months somehow; only their sum is published."""
    each, over = divmod(total, len(months))
    return {m: each + (number < over) for number, m in enumerate(months)}


def month_of(text: str) -> Month:
    return Month.parse(text[:7])


def test_counselling_is_compared_over_the_same_fifteen_months() -> None:
    row = next(r for r in PUBLISHED["referrals"] if r.get("vs_3yr_estimate"))
    anticipated = PUBLISHED["anticipated_need"]["rows"][1]
    months = months_between(month_of(row["from"]), month_of(row["to"]))
    # The first year of the contract had nine months, July to March.
    estimates = [
        Expected(Month(2016, 7), Month(2017, 3), anticipated["y1"]),
        Expected(Month(2017, 4), Month(2018, 3), anticipated["y2"]),
        Expected(Month(2018, 4), Month(2019, 3), anticipated["y3"]),
    ]

    found = compare(estimates, came(months, row["value"]))

    assert len(found.months) == 15
    assert found.expected == 110 + Fraction(75, 2)
    assert (found.actual, found.more) == (413, Fraction(180))
    # What the paper did: fifteen months against three years.
    more = percent(row["value"] - row["vs_3yr_estimate"], row["vs_3yr_estimate"])
    assert more == Fraction(str(row["pct_more_recomputed"]))


def test_support_is_compared_with_nine_months_of_its_year() -> None:
    row = PUBLISHED["referrals"][0]
    first, last = map(month_of, row["compare_period"].split("/"))
    months = months_between(month_of(row["from"]), month_of(row["to"]))

    found = compare([Expected(first, last, row["compare"])], came(months, row["value"]))

    assert len(found.months) == 9
    assert found.expected == Fraction(251 * 9, 12)
    assert found.more == Fraction("-41.6")


def test_half_a_year_is_half_of_the_years_estimate() -> None:
    half, doubled = PUBLISHED["referrals"][1], PUBLISHED["referrals"][2]
    months = months_between(Month(2017, 4), Month(2017, 9))

    found = compare(
        [Expected(Month(2017, 4), Month(2018, 3), doubled["anticipated"])],
        came(months, half["value"]),
    )

    assert half["value"] * 2 == doubled["forecast"]
    assert found.expected == Fraction("67.5")
    assert found.more == percent(114 - 135, 135)


@pytest.mark.parametrize("row", PUBLISHED["closures"]["rows"], ids=["PES", "THER"])
def test_planned_and_unplanned_shares_come_out(row: dict[str, Any]) -> None:
    total = row["planned"] + row["unplanned"]

    assert total == row["total"]
    assert percent(row["planned"], total) == Fraction(str(row["planned_pct"]))
    assert percent(row["unplanned"], total) == Fraction(str(row["unplanned_pct"]))


@pytest.mark.parametrize("row", PUBLISHED["session_costs"]["rows"])
def test_both_bids_are_exactly_101_pounds_a_session(row: dict[str, Any]) -> None:
    price = Fraction(row["cost"], row["clients"] * row["sessions"])

    assert price == Fraction(str(row["per_session"])) == 101


def test_clearing_the_list_with_every_slot_takes_11_6_weeks() -> None:
    waiting = PUBLISHED["waiting"][0]["value"]
    slots = PUBLISHED["capacity"]["weekly_sessions_all_areas"]
    weeks = weeks_to_clear(waiting, Fraction(11), Fraction(slots))

    assert weeks is not None
    assert rounded(weeks) == Fraction("11.6")
    assert weeks_to_clear(waiting, Fraction(11), Fraction(0)) is None


def test_the_forecast_of_219_needs_35_more_people_a_month() -> None:
    now, then = PUBLISHED["waiting"][0], PUBLISHED["waiting"][2]
    a_month = Fraction(then["forecast"] - now["value"], 3)

    assert written(a_month) == "35.3"
    assert straight(now["value"], a_month, 3) == 219


def test_the_page_shows_where_the_papers_are_off_and_why() -> None:
    shown = {each.what: each for each in needs.papers()}
    differs = {each.what.split(",")[0]: each for each in shown.values() if each.differs}

    assert {what: (f.printed, f.words) for what, f in differs.items()} == {
        "Therapy 2015/16": ("155", "153"),
        "Therapy 2019/20": ("38", "36.3"),
        "Counselling": ("72 % more", "180 % more"),
        "Support": ("110 against 251", "41.6 % fewer"),
    }
    # Those that differ come first, each with what it was worked out from.
    assert [each.differs for each in needs.papers()][:4] == [True] * 4
    assert "15 months against 240" in differs["Counselling"].why
    assert "same 15 months: 147.5" in differs["Counselling"].why
    assert "188.25" in differs["Support"].why
    agreeing = [each.words for each in shown.values() if not each.differs]
    assert agreeing == [
        "15.6 % fewer",
        "11.6 weeks",
        "35.3 more a month",
        "£101.00 a session",
        "£101.00 a session",
    ]


def test_what_the_page_shows_of_the_papers_is_what_they_printed() -> None:
    """The resource holds the published inputs and no others."""
    held = resources.read_toml("planning/papers_2018.toml")
    counselling, support, half = held["compared"]
    referrals, anticipated = PUBLISHED["referrals"], PUBLISHED["anticipated_need"]

    assert counselling["came"] == referrals[3]["value"]
    assert counselling["printed_percent"] == referrals[3]["pct_more_published"]
    assert [e["people"] for e in counselling["estimates"]] == [
        anticipated["rows"][1][year] for year in ("y1", "y2", "y3")
    ]
    assert (
        sum(e["people"] for e in counselling["estimates"])
        == (referrals[3]["vs_3yr_estimate"])
    )
    assert (support["came"], half["came"]) == (
        referrals[0]["value"], referrals[1]["value"],
    )  # fmt: skip
    assert [support["estimates"][0]["people"], half["estimates"][0]["people"]] == [
        anticipated["rows"][0]["y1"],
        anticipated["rows"][0]["y2"],
    ]
    (cleared,), (rising,) = held["cleared"], held["rising"]
    assert cleared["waiting"] == rising["at"] == PUBLISHED["waiting"][0]["value"]
    assert rising["then"] == PUBLISHED["waiting"][2]["forecast"]
    assert cleared["slots"] == PUBLISHED["capacity"]["weekly_sessions_all_areas"]
    assert cleared["sessions"] == PUBLISHED["session_costs"]["mean_sessions"]
    assert [(s["of"], s["printed"]) for s in held["shares"]] == [
        (r["published_total"], r["published_therapy"])
        for r in MODEL["rows"]
        if not r["therapy_agrees"]
    ]
    assert [(p["people"], p["sessions"], p["cost"]) for p in held["prices"]] == [
        (r["clients"], r["sessions"], r["cost"])
        for r in PUBLISHED["session_costs"]["rows"]
    ]


def test_a_financial_year_is_named_by_both_its_years() -> None:
    assert [year_name(1999), year_name(2015)] == ["1999/00", "2015/16"]
