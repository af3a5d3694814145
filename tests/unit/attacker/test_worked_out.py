"""Shares, middles and arrows come from the published figures, or are found out."""

import json
from typing import Any

import pytest

from provider_desk.attacker.worked_out import not_from_published

BANDS = {"0-28": 5, "29-56": 0, "57-91": 10, "92-126": 5}


def figure(value: Any, **more: Any) -> dict[str, Any]:
    """A printed cell."""
    return {"state": "figure", "value": value, **more}


def line(split: str, kind: str, *cells: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A printed line of waits."""
    return {
        "area": "THER",
        "indicator": "B2",
        "split": split,
        "kind": kind,
        "months": list(cells),
        "year_to_date": cells[-1],
        **more,
    }


def sent(*lines: dict[str, Any]) -> list[bytes]:
    """A file of those lines."""
    months = ["2017-08", "2017-09"][-len(lines[0]["months"]) :]
    content = {"month": "2017-09", "months": months, "lines": list(lines)}
    return [json.dumps({"return": content}).encode()]


def bands() -> list[dict[str, Any]]:
    return [line(band, "stock", figure(many)) for band, many in BANDS.items()]


def middle(band: str) -> dict[str, Any]:
    cell = {"state": "band", "value": None, "note": f"{band} days"}
    return line("median", "median", cell)


def test_a_share_of_published_numbers_passes() -> None:
    share = figure(0.5, numerator=5, denominator=10)
    assert not_from_published(sent(line("", "ratio", share))) == ()


@pytest.mark.parametrize(
    "share",
    [figure(0.43, numerator=5, denominator=10), figure(0.43), figure(1, numerator=5)],
)
def test_a_share_of_anything_else_is_found(share: dict[str, Any]) -> None:
    [said] = not_from_published(sent(line("", "ratio", share)))
    assert said.startswith("A share does not follow")


def test_the_middle_of_the_published_bands_passes() -> None:
    assert not_from_published(sent(*bands(), middle("57-91"))) == ()


def test_a_middle_from_elsewhere_is_found() -> None:
    [said] = not_from_published(sent(*bands(), middle("29-56")))
    assert (
        said
        == "A median is not the middle of the published bands: B2 median THER, 2017-09."
    )


def test_a_median_in_days_and_a_mean_are_found() -> None:
    median = line("median", "median", figure(61))
    mean = line("", "mean", figure(7.5))
    said = not_from_published(sent(median, mean))
    assert [one.partition(":")[0] for one in said] == [
        "A median was not given as a band",
        "A figure was worked out that rounded figures can't give",
    ]


@pytest.mark.parametrize(
    ("before", "now", "arrow"), [(5, 5, "level"), (5, 0, "down"), (0, 5, "up")]
)
def test_an_arrow_follows_the_published_figures(
    before: int, now: int, arrow: str
) -> None:
    cells = figure(before), figure(now)
    assert not_from_published(sent(line("", "flow", *cells, direction=arrow))) == ()
    other = "up" if arrow != "up" else "down"
    [said] = not_from_published(sent(line("", "flow", *cells, direction=other)))
    assert said.startswith("An arrow does not follow")


def test_an_arrow_without_a_figure_is_found() -> None:
    cells = figure(5), {"state": "not_available", "value": None}
    [said] = not_from_published(sent(line("", "flow", *cells, direction="up")))
    assert said.startswith("An arrow without")


def test_an_arrow_of_april_follows_the_return_of_march() -> None:
    march = {
        "month": "2017-03",
        "months": ["2017-03"],
        "lines": [line("", "flow", figure(10))],
    }
    april = {
        "month": "2017-04",
        "months": ["2017-04"],
        "lines": [line("", "flow", figure(5), direction="up")],
    }
    files = [json.dumps({"return": content}).encode() for content in (april, march)]
    [said] = not_from_published(files)
    assert said.endswith("2017-04.")
    assert not_from_published(files[:1]) == ()
