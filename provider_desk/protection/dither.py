"""Which way a lone figure leans, by the provider's secret key.

The same figure leans the same way for the whole year and in every version of a return,
so that asking again does not average the rounding out. Source: disclosure, §2.
"""

import hashlib
import hmac

#: A lean is so many of these: 0 to 999 of a thousand.
PARTS = 1000


def lean(key: bytes, year: str, figure: str) -> int:
    """The dither u in thousandths, 0 to 999: half a thousandth more is meant.

    A figure whose remainder to the multiple below is r fifths is lifted where r fifths
    are above u; so a lone 0, 1, 2, 3, 4 becomes 0 with chance 100, 80, 60, 40, 20 %.

    Args:
        key: the provider's secret, 32 random bytes.
        year: the reporting year, "2017-18".
        figure: "area|indicator|split|part".
    """
    drawn = hmac.new(key, f"{year}|{figure}".encode(), hashlib.sha256).digest()
    return int.from_bytes(drawn, "big") % PARTS
