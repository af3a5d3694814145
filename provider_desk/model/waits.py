"""How long somebody waits: bands of days, the same on every list and return.

The edges catch the terms of the papers: 4 weeks, 8 weeks, 3 months, 18 weeks, 6 months
and a year. Source: monthly return, B2.
"""

from bisect import bisect_left

#: Last day of each band, itself in the band; the last band has no end.
EDGES: tuple[int, ...] = (28, 56, 91, 126, 182, 364)

#: Labels of the bands, shortest wait first: "0-28" … "365+".
BANDS: tuple[str, ...] = (
    *(
        f"{first}-{last}"
        for first, last in zip((0, *(e + 1 for e in EDGES)), EDGES, strict=False)
    ),
    f"{EDGES[-1] + 1}+",
)


def band_of(days: int) -> str:
    """The band that a wait of so many days belongs to; less than 0 counts as 0."""
    return BANDS[bisect_left(EDGES, days)]
