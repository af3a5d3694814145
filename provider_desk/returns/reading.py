"""How the figures of a council copy are to be read, in the words that were agreed.

Source: disclosure, §1, §5, §7.
"""

from provider_desk.returns.table import Protection

#: The heading above the paragraphs.
TITLE = "How to read these figures"

_FIGURES = (
    "They describe a small number of people, so every figure has been rounded to a "
    "multiple of {base} to protect them. 0 does not mean nobody: it means 0 to "
    "{normally} (very rarely up to {bound}). {five}, and so on: each figure is "
    "normally within {normally} of the real one and never more than {bound} away. No "
    "figure has been left out to protect anyone."
)
_SHORTHAND = (
    "[z] not applicable: this service does not offer this. [x] not available: not "
    "recorded or not ready; it will be in a later return."
)
_SUMS = (
    "The tables add up exactly, across tables, service areas and months. They were "
    "made to, and subtracting one figure from another gives another rounded figure, "
    "not an exact one."
)
_MONTHS = (
    "“Month” counts what was first recorded for this return, including late entries "
    "for earlier months; “year to date” is the sum of the months. Exporting this "
    "return again gives the same figures. Corrections appear in the next return."
)
_ASKING = (
    "Please do not ask for exact versions of single figures by e-mail; talk to us "
    "about a data sharing agreement."
)
_RATES = (
    "Shares are worked out from the rounded figures; a median is given as the band it "
    "falls in."
)
_AGREED = "By written agreement these totals are exact: {codes}."


def how_to_read(known: Protection) -> tuple[str, ...]:
    """The paragraphs of "How to read these figures"; the bound is the one enforced."""
    figures = _FIGURES.format(
        base=known.base,
        normally=known.normally,
        bound=known.bound,
        five=_steps(known),
    )
    agreed = (_AGREED.format(codes=", ".join(known.exact)),) if known.exact else ()
    return (figures, *agreed, _SHORTHAND, _SUMS, _MONTHS, _RATES, _ASKING)


def normally_means(value: int, known: Protection) -> str:
    """Between which counts a published figure normally lies: "6 to 14"."""
    low, high = normal_range(value, known)
    return f"{low} to {high}"


def normal_range(value: int, known: Protection) -> tuple[int, int]:
    """Lowest and highest count that a published figure normally stands for.

    Below 0 only where the figure itself is: it takes back what was counted before.
    """
    low = value - known.normally
    return low if value < 0 else max(low, 0), value + known.normally


def _steps(known: Protection) -> str:
    first, second = known.base, 2 * known.base
    return (
        f"{first} means {normally_means(first, known)}, "
        f"{second} means {normally_means(second, known)}"
    )
