"""Thirteen months as shapes, before anything draws them."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.returns.charts.months import (
    Form,
    Frame,
    Point,
    month_at,
    month_chart,
)
from provider_desk.returns.charts.shapes import (
    Area,
    Box,
    Dot,
    Shape,
    Stroke,
    Words,
)

NAMES = (
    *("Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"),
    *("Apr", "May", "Jun", "Jul", "Aug", "Sep"),
)


def measure(text: str, size: float) -> float:
    return 0.6 * size * len(text)


def frame(width: float = 380, height: float = 120, *, at: int = 12) -> Frame:
    return Frame(10, 20, width, height, 8, measure, at)


def points(*values: float | None, words: str = "not submitted") -> list[Point]:
    return [
        Point(name, f"{name} 2017", value, words if value is None else f"{value:g}")
        for name, value in zip(NAMES, values, strict=False)
    ]


def of(kind: type[Shape], shapes: Sequence[Shape]) -> list[Shape]:
    return [shape for shape in shapes if isinstance(shape, kind)]


def said(shapes: Sequence[Shape]) -> list[str]:
    return [shape.text for shape in shapes if isinstance(shape, Words)]


def test_bars_are_as_high_as_their_figures_and_stand_on_one_line() -> None:
    shapes = month_chart(points(10, 5, 0), "bars", frame(at=2))
    first, half, none = (x for x in of(Box, shapes) if isinstance(x, Box))
    assert first.height == pytest.approx(2 * half.height)
    assert 0 < none.height < 2
    assert len({round(bar.y + bar.height, 6) for bar in (first, half, none)}) == 1
    assert [bar.ink for bar in (first, half, none)] == ["pale", "pale", "accent"]


def test_a_line_is_broken_where_a_month_has_no_figure() -> None:
    shapes = month_chart(points(4, 5, None, 6, 7, None, 8), "line", frame(at=6))
    runs = [x.places for x in shapes if isinstance(x, Stroke) and x.ink == "accent"]
    assert [len(places) for places in runs] == [2, 2]
    dots = [x for x in shapes if isinstance(x, Dot)]
    assert len(dots) == 6  # five months, and a larger one on the month told apart


@pytest.mark.parametrize("form", ["bars", "line"])
def test_a_missing_month_is_a_gap_with_a_word_and_never_a_nil(form: Form) -> None:
    shapes = month_chart(points(4, None, 6), form, frame(300, at=2))
    texts = said(shapes)
    assert "not submitted" in texts
    assert "0" not in texts
    grounds = [x for x in shapes if isinstance(x, Box) and x.ink == "ground"]
    assert len(grounds) == 1
    marks = [x for x in shapes if isinstance(x, Dot | Box) and x.ink != "ground"]
    middle = grounds[0].x + grounds[0].width / 2
    assert all(
        abs((x.at.x if isinstance(x, Dot) else x.x + x.width / 2) - middle) > 30
        for x in marks
    )


@pytest.mark.parametrize(
    ("width", "height", "expected", "upright"),
    [
        (400, 120, ["not submitted"], False),
        (180, 120, ["not", "submitted"], False),
        (60, 120, ["not submitted"], True),
        (60, 50, ["[x]"], False),
    ],
)
def test_the_word_of_a_gap_is_set_as_it_fits(
    width: float,
    height: float,
    expected: list[str],
    upright: bool,  # noqa: FBT001  a case of the table
) -> None:
    shapes = month_chart(points(4, None, 5), "bars", frame(width, height, at=2))
    words = [x for x in shapes if isinstance(x, Words) and x.text in expected]
    assert [x.text for x in words] == expected
    assert {x.upright for x in words} == {upright}


def test_gaps_side_by_side_share_one_word() -> None:
    shapes = month_chart(points(4, None, None, None, 6), "bars", frame(at=4))
    assert said(shapes).count("not submitted") == 1


def test_months_of_different_states_keep_their_own_words() -> None:
    two = points(1, None, 3, None)
    two[3] = Point("Dec", "December 2017", None, "not sent")
    shapes = month_chart(two, "bars", frame(at=2))
    assert {"not submitted", "not sent"} <= set(said(shapes))


def test_the_month_told_apart_always_has_its_figure_and_no_two_touch() -> None:
    values = [1000.0 + number for number in range(13)]
    shapes = month_chart(points(*values), "bars", frame(200))
    texts = [x for x in shapes if isinstance(x, Words) and x.text.startswith("10")]
    assert any(x.text == "1012" and x.bold for x in texts)
    assert 2 <= len(texts) < 13
    spans = sorted(
        (x.at.x - measure(x.text, 8) / 2, x.at.x + measure(x.text, 8) / 2)
        for x in texts
    )
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_names_of_months_are_thinned_out_from_the_newest_back() -> None:
    texts = said(month_chart(points(*range(13)), "bars", frame(160)))
    shown = [text for text in texts if text in NAMES]
    assert shown[0] == "Sep"
    assert len(shown) < 13


def test_without_months_nothing_is_drawn() -> None:
    assert month_chart([], "bars", frame()) == []
    assert month_at([], frame(), 50) == 0


def test_a_place_is_in_the_month_that_is_drawn_there() -> None:
    known = points(*range(13))
    assert month_at(known, frame(), -100) == 0
    assert month_at(known, frame(), 10 + 380 / 13 * 3.5) == 3
    assert month_at(known, frame(), 9999) == 12


@given(
    st.lists(st.none() | st.integers(0, 10**6), min_size=1, max_size=13),
    st.sampled_from(["bars", "line"]),
    st.floats(60, 800),
    st.floats(40, 300),
)
def test_everything_stays_within_its_frame(
    values: list[int | None], form: Form, width: float, height: float
) -> None:
    given_frame = frame(width, height, at=len(values) - 1)
    for shape in month_chart(points(*values), form, given_frame):
        places = _corners(shape)
        assert all(10 - 1 <= x <= 10 + width + 1 for x, _ in places)
        assert all(20 - 12 <= y <= 20 + height + 1 for _, y in places)


def _corners(shape: Shape) -> list[tuple[float, float]]:
    match shape:
        case Box():
            return [
                (shape.x, shape.y),
                (shape.x + shape.width, shape.y + shape.height),
            ]
        case Area() | Stroke():
            return [(place.x, place.y) for place in shape.places]
        case Dot():
            return [(shape.at.x, shape.at.y)]
        case Words():
            return [(shape.at.x, shape.at.y)]
