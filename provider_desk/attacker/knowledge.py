"""What a reader may know besides: outside knowledge, as links between cells.

Each function makes a `Knowledge`: asked with a world, it answers with the further links
that hold to a reader who knows so much.

Source: disclosure, §4, outside knowledge, and §6, test 2 (e).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from provider_desk.attacker.definitions import ALL
from provider_desk.attacker.reading import YEAR
from provider_desk.attacker.truths import Truth, exact_figures
from provider_desk.attacker.world import Link, Term, World

Knowledge = Callable[[World], Sequence[Link]]
#: Figures are normally no further off than this.
#: Source: disclosure, §5.
_NORMALLY = 4


def exactly(figures: Mapping[str, int]) -> Knowledge:
    """Knows some cells exactly: keys of the world, "2017-09|THER|A1||value"."""
    return lambda _world: [_is(key, value) for key, value in figures.items()]


def within_four(truth: Truth) -> Knowledge:
    """Was told which figures are within 4 of the real one."""

    def known(world: World) -> list[Link]:
        figures = exact_figures(world, truth)
        links = []
        for cell in world.cells:
            real = figures.get(cell.key)
            if real is None or cell.shown is None or cell.exact:
                continue
            if abs(real - cell.shown) <= _NORMALLY:
                up, down = (Term(cell.key),), (Term(cell.key, -1),)
                links.append(Link("normal", up, "<=", cell.shown + _NORMALLY))
                links.append(Link("normal", down, "<=", _NORMALLY - cell.shown))
        return links

    return known


def provider_totals(truth: Truth) -> Knowledge:
    """Knows the provider's totals to date exactly, from its annual report."""
    return _knows(
        truth,
        lambda area, _indicator, split, part: (
            area == ALL and not split and part == f"value{YEAR}"
        ),
    )


def own_referrals(truth: Truth, source: str = "Social care") -> Knowledge:
    """Is the council: knows the referrals that it made itself."""
    return _knows(
        truth, lambda _a, indicator, split, _p: (indicator, split) == ("A7", source)
    )


def paid_sessions(truth: Truth) -> Knowledge:
    """Pays for every session: knows those offered and attended, by area and month."""
    return _knows(
        truth,
        lambda _a, indicator, split, part: (
            indicator in ("C3", "C4") and not split and not part.endswith(YEAR)
        ),
    )


def area_referrals(truth: Truth) -> Knowledge:
    """Knows the referrals received by area and month exactly."""
    return _knows(
        truth,
        lambda _a, indicator, _s, part: indicator == "A1" and not part.endswith(YEAR),
    )


def late_record(first: str, second: str, area: str, indicator: str = "A1") -> Knowledge:
    """Knows why a return was sent again: one more record, in that area.

    Args:
        first: label of the first version: "2017-09".
        second: of the second: "2017-09#2".
        area: where the record is.
        indicator: what it is a record of.
    """

    def known(world: World) -> list[Link]:
        keys = {cell.key for cell in world.cells}
        links = []
        for key in keys:
            label, _, figure = key.partition("|")
            before = f"{first}|{figure}"
            if label != second or before not in keys:
                continue
            more = (Term(key), Term(before, -1))
            if figure.removesuffix(YEAR) == f"{area}|{indicator}||value":
                links.append(Link("one more", more, "=", 1))
            less = (Term(before), Term(key, -1))
            stay = figure.startswith((f"{area}|", f"{ALL}|"))
            links.append(Link("at most one more", more, "<=", int(stay)))
            links.append(Link("none less", less, "<=", 0))
        return sorted(links, key=lambda link: link.terms[0].key)

    return known


def _knows(truth: Truth, which: Callable[[str, str, str, str], bool]) -> Knowledge:
    def known(world: World) -> list[Link]:
        figures = exact_figures(world, truth)
        return [
            _is(cell.key, figures[cell.key])
            for cell in world.cells
            if cell.key in figures and which(*_named(cell.key))
        ]

    return known


def _named(key: str) -> tuple[str, str, str, str]:
    parts = key.split("|")
    return ("", "", "", "") if len(parts) != len("mAISP") else (*parts[1:],)  # type: ignore[return-value]


def _is(key: str, value: int) -> Link:
    return Link("known", (Term(key),), "=", value)


def keys_of(links: Iterable[Link]) -> set[str]:
    """The cells that links fix by themselves."""
    return {
        link.terms[0].key
        for link in links
        if link.sense == "=" and len(link.terms) == 1
    }
