"""What the published definitions say of figures, in an outsider's own words.

Tables only: which breakdown adds up to which figure, which figure is part of which.
`public.py` makes relations of them.

Source: monthly return, §1.8 and §2.
"""

#: A figure: indicator, split, part.
Name = tuple[str, str, str]


def value(indicator: str, split: str = "") -> Name:
    """A count."""
    return indicator, split, "value"


def above(indicator: str, split: str = "") -> Name:
    """The upper number of a share."""
    return indicator, split, "numerator"


def below(indicator: str, split: str = "") -> Name:
    """The lower number of a share."""
    return indicator, split, "denominator"


#: The sum block.
ALL = "ALL"
#: People: a month and the year to date are counted anew, never added.
#: Source: monthly return, §1.4.
PEOPLE = "P1"
#: Shares of what is true at month end; their year to date adds up month ends.
STOCK_SHARES = frozenset({"B6", "D6"})
#: The sum block is counted anew, or is no count of anything that adds up.
NOT_ADDED = frozenset({PEOPLE, "C11b", "C12"})
#: No count about people at all: what a provider could offer.
NOT_PEOPLE = frozenset({"C12"})
#: Splits that are no counts.
NO_COUNTS = frozenset({"median", "longest", "mean", "range", "smallest", "largest"})
#: From one band to another.
TO = " to "

#: A breakdown of its own, and the figure it adds up to.
BREAKDOWNS = {
    "A7": value("A1"),
    "A8": value("A1"),
    "A3b": value("A3"),
    "B2": value("B1"),
    "B3": value("C1"),
    "B4b": value("B4"),
    "B5c": value("B5"),
    "C8": value("C4"),
    "C8b": value("C3"),
    "C8c": value("C5"),
    "C8d": value("C6"),
    "C8e": value("C7"),
    "D2": value("D1"),
    "C2": value("C2"),
    "D1": value("D1"),
    "D5": value("D5"),
    "D10": value("D10"),
    "E2": value("D1"),
    "E5": value("E5"),
    "E7": value("E7"),
    **{f"E6{domain}": value(f"E6{domain}") for domain in "abcde"},
    **{f"F1{question}": value("A1") for question in "abcdef"},
    **{f"F2{question}": value("C2") for question in "abcdef"},
    **{f"F3{question}": value("D1") for question in "abcdef"},
}
#: Splits that say "of which", not a share of the whole.
OF_WHICH = frozenset({("C6", "late"), ("D10", "over 8"), ("E5", "reached")})
#: What adds up: a figure, and what it is the sum of.
SUMS: tuple[tuple[Name, tuple[Name, ...]], ...] = (
    (value("C3"), (value("C4"), value("C5"), value("C6"))),
    (below("C10"), (value("C4"), value("C5"))),
    (below("B6"), (value("B1"),)),
    (above("C9"), (value("C4"),)),
    (below("C9"), (value("C3"),)),
    (above("C10"), (value("C5"),)),
    (above("C12", "use"), (value("C3"),)),
    (below("C12", "use"), (value("C12"),)),
    (above("D1b"), (value("D1", "planned"),)),
    (below("D1b"), (value("D1"),)),
    (below("D6"), (value("C2"),)),
    (below("D7"), (value("C1"),)),
    (value("D8b"), (value("C2", "step down"),)),
    (value("E2"), (value("D1"),)),
    (above("E3b"), (value("E3", "recovered"),)),
    (below("E3b"), (value("E3"),)),
    (above("E3c"), (value("E3", "reliably recovered"),)),
    (below("E3c"), (value("E3"),)),
    (above("E5b"), (value("E5", "reached"),)),
    (below("E5b"), (value("E5"),)),
    *((below(f"E6{one}", "rate"), (value(f"E6{one}"),)) for one in "abcde"),
    *((above(f"E6{one}", "rate"), (value(f"E6{one}", "improved"),)) for one in "abcde"),
    (above("E1", "PHQ-9"), (value("M1"),)),
    (above("E1", "GAD-7"), (value("M2"),)),
    (above("E1", "CORE-10"), (value("M3"),)),
    *((value("F1f", age), (value("A8", age),)) for age in ("under 18", "18-24", "25+")),
    (below("F1"), (value("A1"),)),
    (below("F2"), (value("C2"),)),
    (below("F3"), (value("D1"),)),
)
#: What is part of what; several wholes are taken together.
WITHIN: tuple[tuple[Name, tuple[Name, ...]], ...] = (
    (value("A9"), (value("A1"),)),
    (value("A9b"), (value("A9"),)),
    (value("A9c"), (value("A9"),)),
    (value("A9c"), (value("A7", "Own service"),)),
    (value("B7"), (value("B1"),)),
    (value("C6", "late"), (value("C6"),)),
    (value("C11b"), (value("C11"),)),
    (value("D3b"), (value("D1"),)),
    (value("D5"), (value("C2", "core"),)),
    (value("D9"), (value("C1"),)),
    (value("D10", "over 8"), (value("D10"),)),
    (value("D11"), (value("C2"),)),
    (value("E3"), (value("D1"),)),
    (value("E3", "recovered"), (value("E3"),)),
    (value("E3", "reliably recovered"), (value("E3", "recovered"),)),
    (value("E3", "reliably recovered"), (value("E2", "improved"),)),
    (value("E5", "reached"), (value("E5"),)),
    *((value(f"E6{domain}"), (value("E6"),)) for domain in "abcde"),
    (value("E6"), tuple(value(f"E6{domain}") for domain in "abcde")),
    # Every session that somebody attended counts a person at most once.
    (value(PEOPLE), (value("C4"), value("C11"), value("C14"))),
)
#: By mode: offered is attended, did not come and cancelled by the person.
BY_MODE = ("C8b", ("C8", "C8c", "C8d"))
#: Reasons of a planned ending; every other reason is unplanned.
#: Source: monthly return, §2, D1: by the flag of the reason.
PLANNED = frozenset(
    {
        "Support or therapy completed, goals reviewed",
        "Agreed ending before full course",
        "Step-down completed",
        "Planned move to another service (agreed, handed over)",
        "Agreed allocation used (e.g. 8 pre-trial), return after trial agreed",
        "12-month limit reached, exit strategy carried out",
    }
)
#: From-to tables and their bands, mildest first.
#: Source: monthly return, §4, impact page.
MATRICES = {
    "M1": ("minimal", "mild", "moderate", "moderately severe", "severe"),
    "M2": ("minimal", "mild", "moderate", "severe"),
    "M3": ("healthy", "low", "mild", "moderate", "moderate-severe", "severe"),
}
#: Of the from-to tables: above the threshold at first, below it at last.
#: Source: monthly return, §2, E3.
AT_CASENESS = {
    "M1": ("moderate", "moderately severe", "severe"),
    "M2": ("mild", "moderate", "severe"),
}
BELOW_CASENESS = ("minimal", "mild")
#: With both scores, somebody improved, stayed or deteriorated.
PAIRED = ("improved", "no reliable change", "deteriorated")
#: Answers that leave a question of equality open.
NOT_ANSWERED = frozenset({"not asked", "not known", "does not know"})
#: A stock, what comes in and what goes out.
#: Source: monthly return, §1.8.
STOCKS: tuple[tuple[Name, tuple[Name, ...], tuple[Name, ...]], ...] = (
    (value("A5"), (value("A1"),), (value("A2"), value("A3"), value("A4"))),
    (value("B1"), (value("A2"),), (value("C1"), value("B4"))),
    (value("C2"), (value("C1"),), (value("D1"),)),
)
