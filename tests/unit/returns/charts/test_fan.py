"""A line into what may come, with its band, as shapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from provider_desk.returns.charts.fan import Fan, fan_chart, step_of
from provider_desk.returns.charts.months import Frame
from provider_desk.returns.charts.shapes import Area, Dot, Shape, Stroke, Words
from provider_desk.returns.pdf.charts import _draw

LABELS = ("now", "", "", "3")
FAN = Fan((10, 8, 6, 4), (10, 12, 14, 16), (10, 18, 24, 30))
OTHER = Fan((1, 1, 1, 1), (2, 2, 2, 2), (3, 3, 3, 3))


def measure(text: str, size: float) -> float:
    return 0.6 * size * len(text)


def frame(at: int = 3) -> Frame:
    return Frame(10, 20, 300, 120, 8, measure, at)


def lines(shapes: list[Shape]) -> list[Stroke]:
    """The lines themselves, without the scale."""
    return [s for s in shapes if isinstance(s, Stroke) and len(s.places) > 2]


def test_the_band_goes_there_along_the_top_and_back_along_the_bottom() -> None:
    shapes = fan_chart(LABELS, [FAN], frame())
    (band,) = (shape for shape in shapes if isinstance(shape, Area))
    (line,) = lines(shapes)

    assert len(band.places) == 2 * len(LABELS)
    # Grown apart, and closed where nothing is uncertain.
    assert band.places[0] == band.places[-1] == line.places[0]
    assert band.places[3].y < line.places[3].y < band.places[4].y


def test_the_one_it_is_compared_with_is_dashed_and_on_the_same_scale() -> None:
    first, second = lines(fan_chart(LABELS, [FAN, OTHER], frame()))

    assert (first.dashed, second.dashed) == (False, True)
    assert all(b.y > a.y for a, b in zip(first.places, second.places, strict=True))


def test_a_line_that_nobody_knows_is_left_out_and_the_other_keeps_its_look() -> None:
    shapes = fan_chart(LABELS, [None, OTHER], frame())
    (line,) = lines(shapes)

    assert line.dashed
    assert not [s for s in shapes if isinstance(s, Area | Dot)]
    (line,) = lines(fan_chart(LABELS, [FAN, None], frame()))
    assert not line.dashed
    assert fan_chart(LABELS, [None, None], frame()) == []


def test_the_scale_begins_at_nothing_and_ends_above_the_band() -> None:
    shapes = fan_chart(LABELS, [FAN], frame())
    words = [shape.text for shape in shapes if isinstance(shape, Words)]

    assert words[:4] == ["0", "10", "20", "30"]
    assert words[4:] == ["now", "3"]


def test_what_is_above_the_most_is_cut_at_it() -> None:
    (line,) = lines(fan_chart(LABELS, [FAN], frame(), most=8))

    assert line.places[1].y == line.places[2].y == line.places[3].y


def test_the_point_told_apart_lies_on_the_line() -> None:
    shapes = fan_chart(LABELS, [FAN], frame(at=1))
    (dot,) = (shape for shape in shapes if isinstance(shape, Dot))

    assert dot.at == lines(shapes)[0].places[1]


def test_nothing_is_drawn_of_nothing() -> None:
    assert fan_chart((), [], frame()) == []


@given(st.floats(0, 1e6))
def test_three_steps_reach_the_top(top: float) -> None:
    assert step_of(top) * 3 >= top


@pytest.mark.parametrize("top", [1, 7, 40, 104])
def test_steps_are_round(top: float) -> None:
    assert step_of(top) in (1, 2, 5, 10, 20, 50)


def test_paper_draws_the_band_too(tmp_path: object) -> None:
    canvas = Canvas(f"{tmp_path}/fan.pdf")
    for shape in fan_chart(LABELS, [FAN], frame()):
        if isinstance(shape, Area):
            _draw(canvas, shape, 500)

    # Filled, and its edge is not drawn.
    assert canvas._code[-1].endswith(("f", "f*"))
