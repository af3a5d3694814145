"""Whether what is worked out in a return was worked out from what it publishes.

A share, a middle or an arrow that comes from the exact figures tells something of them,
however well the figures themselves are rounded.

Source: disclosure, profiles: medians, means, rates and percentages in anything that
leaves are worked out from the published figures, never from the truth.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

#: Of one file, so many are told.
_MANY = 10
_NEAR = 1e-6
#: Kinds of figures that can't be worked out from rounded counts.
_NEVER_SENT = frozenset({"mean", "range"})
#: How an arrow is written for less, as much and more than the month before.
_ARROWS = {-1: "down", 0: "level", 1: "up"}

_Line = Mapping[str, Any]


def not_from_published(files: Sequence[bytes]) -> tuple[str, ...]:
    """Sentences on what can't come from published figures; empty where all can."""
    contents = sorted(
        (json.loads(file)["return"] for file in files),
        key=lambda content: (str(content["month"]), int(content.get("version") or 1)),
    )
    found: list[str] = []
    ever: dict[tuple[str, ...], dict[str, int]] = {}
    for content in contents:
        every = [line for line in content["lines"] if isinstance(line, dict)]
        months = [str(month) for month in content.get("months") or ()]
        wrong: list[str] = []
        for line in every:
            held = ever.setdefault(_row(line), {})
            held |= _counts(line, months)
            said = (*_wrong(line, every), *_arrow(line, held, str(content["month"])))
            wrong += [f"{what}: {_name(line)}, {content['month']}." for what in said]
        found += dict.fromkeys(wrong[:_MANY])
    return tuple(found)


def _row(line: _Line) -> tuple[str, ...]:
    return tuple(str(line.get(part)) for part in ("area", "indicator", "split", "kind"))


def _counts(line: _Line, months: Sequence[str]) -> dict[str, int]:
    """The published counts of the months a line lists."""
    cells = list(line.get("months") or ())
    return {
        month: value
        for month, cell in zip(months, cells, strict=False)
        if isinstance(value := cell.get("value"), int)
    }


def _name(line: _Line) -> str:
    return " ".join(
        str(line.get(part) or "") for part in ("indicator", "split", "area")
    ).replace("  ", " ")


def _wrong(line: _Line, every: Sequence[_Line]) -> Iterator[str]:
    kind = str(line.get("kind"))
    cells = [*(line.get("months") or ()), line.get("year_to_date") or {}]
    for place, cell in enumerate(cells):
        value = cell.get("value")
        if kind == "ratio" and isinstance(value, int | float):
            if not _is_share(value, cell):
                yield "A share does not follow from its published numbers"
        elif kind in _NEVER_SENT and value is not None:
            yield "A figure was worked out that rounded figures can't give"
        elif kind == "median":
            yield from _middle(line, cell, place, every)


def _is_share(value: float, cell: _Line) -> bool:
    above, below = cell.get("numerator"), cell.get("denominator")
    if not isinstance(above, int) or not isinstance(below, int) or not below:
        return False
    return abs(value - above / below) < _NEAR


def _middle(
    line: _Line, cell: _Line, place: int, every: Sequence[_Line]
) -> Iterator[str]:
    """A median wait is the band in which the middle of the published bands lies."""
    if cell.get("value") is not None:
        yield "A median was not given as a band"
    if cell.get("state") != "band":
        return
    bands = {
        str(other["split"]): _at(other, place)
        for other in every
        if (other.get("area"), other.get("indicator"), other.get("kind"))
        in {(line.get("area"), line.get("indicator"), kind) for kind in _COUNTED}
        and other.get("split")
    }
    said = str(cell.get("note") or "").partition(" ")[0]
    if said not in _middles({band: many for band, many in bands.items() if many}):
        yield "A median is not the middle of the published bands"


_COUNTED = ("flow", "stock", "people")


def _at(line: _Line, place: int) -> int:
    cells = [*(line.get("months") or ()), line.get("year_to_date") or {}]
    value = cells[place].get("value") if place < len(cells) else None
    return value if isinstance(value, int) and value > 0 else 0


def _middles(bands: Mapping[str, int]) -> set[str]:
    """The bands of the one or two in the middle, bands in order of their days."""
    ordered = [
        band for band in sorted(bands, key=_first_day) for _ in range(bands[band])
    ]
    if not ordered:
        return set()
    return {ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]}


def _first_day(band: str) -> int:
    digits = band.rstrip("+").partition("-")[0]
    return int(digits) if digits.isdigit() else 0


def _arrow(line: _Line, held: Mapping[str, int], month: str) -> Iterator[str]:
    """The arrow of a count says how its last two published figures moved.

    Args:
        line: the line.
        held: its published figures by month, in all returns up to this one.
        month: of the return.
    """
    arrow = line.get("direction")
    if line.get("kind") not in _COUNTED or arrow not in _ARROWS.values():
        return
    if month not in held:
        yield "An arrow without a published figure"
    earlier = [one for one in held if one < month]
    if month in held and earlier:
        before, now = held[max(earlier)], held[month]
        if _ARROWS[(now > before) - (now < before)] != arrow:
            yield "An arrow does not follow from the published figures"
