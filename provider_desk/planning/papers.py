"""Figures of published papers, worked out again, each with what it comes to and why.

Source: domain reference, C6, H4, H5, H11; practices, mistakes 4 and 5.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from provider_desk.model.months import Month
from provider_desk.planning.exact import percent, rounded, whole, written
from provider_desk.planning.same_period import Expected, compare, months_between
from provider_desk.planning.scenario import weeks_to_clear


@dataclass(frozen=True, slots=True)
class PaperFigure:
    """A figure that was printed, and what it comes to.

    Attributes:
        what: the figure.
        printed: as it was printed.
        exact: as it is worked out.
        words: the same for reading, with its unit.
        differs: whether what was printed can't come from it.
        why: what it was worked out from.
    """

    what: str
    printed: str
    exact: Fraction
    words: str
    differs: bool
    why: str


def worked_again(held: Mapping[str, Any]) -> tuple[PaperFigure, ...]:
    """Every figure of a file of papers; those that differ come first.

    Args:
        held: what resources/planning/papers_2018.toml says.
    """
    found = [
        figure(each) for kind, figure in _KINDS.items() for each in held.get(kind, ())
    ]
    return tuple(sorted(found, key=lambda each: not each.differs))


def _compared(said: Mapping[str, Any]) -> PaperFigure:
    """What came in some months, against what was expected for the same ones."""
    months = months_between(Month.parse(said["first"]), Month.parse(said["last"]))
    estimates = [
        Expected(Month.parse(each["first"]), Month.parse(each["last"]), each["people"])
        for each in said["estimates"]
    ]
    # Only their sum was printed; it is the sum that is compared.
    came: dict[Month, int | None] = dict.fromkeys(months, 0)
    came[months[0]] = int(said["came"])
    found = compare(estimates, came)
    more = percent(found.actual - found.expected, found.expected)
    printed = Fraction(str(said["printed_percent"]))
    return PaperFigure(
        said["what"],
        said["printed"],
        more,
        f"{written(abs(more))} % {'more' if more >= 0 else 'fewer'}",
        abs(more - printed) >= 1,
        said["why"].format(expected=written(found.expected, 2)),
    )


def _share(said: Mapping[str, Any]) -> PaperFigure:
    exact = Fraction(said["of"] * said["percent"], 100)
    return PaperFigure(
        said["what"],
        f"{said['printed']:,}",
        exact,
        written(exact, 2),
        said["printed"] != whole(exact),
        said["why"],
    )


def _cleared(said: Mapping[str, Any]) -> PaperFigure:
    slots = Fraction(said["slots"])
    weeks = weeks_to_clear(said["waiting"], Fraction(said["sessions"]), slots)
    exact = rounded(weeks or Fraction(0))
    words = f"{written(exact)} weeks"
    return _plain(said, exact, words)


def _rising(said: Mapping[str, Any]) -> PaperFigure:
    exact = Fraction(said["then"] - said["at"], said["months"])
    return _plain(said, exact, f"{written(exact)} more a month")


def _price(said: Mapping[str, Any]) -> PaperFigure:
    exact = Fraction(said["cost"], said["people"] * said["sessions"])
    return _plain(said, exact, f"£{float(exact):,.2f} a session")


def _plain(said: Mapping[str, Any], exact: Fraction, words: str) -> PaperFigure:
    """One that agrees, or of which nothing was printed to differ from."""
    return PaperFigure(
        said["what"], said["printed"], exact, words, differs=False, why=said["why"]
    )


_KINDS: Mapping[str, Callable[[Mapping[str, Any]], PaperFigure]] = {
    "shares": _share,
    "compared": _compared,
    "cleared": _cleared,
    "rising": _rising,
    "prices": _price,
}
