"""How wide the columns of a table are in the room that there is.

Where room is short, each of these is tried before the next: columns are as wide as
their words need; long words give a quarter of their width; the least important columns
are left out, as their declaration allows; words are cut; the table scrolls sideways.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Words that are longer than declared by more than this share are cut at any width, so
#: they give as much before a column is left out.
_GIVES = 0.25


@dataclass(frozen=True, slots=True)
class Need:
    """What a column needs, in pixels.

    Attributes:
        heading: for the words above it.
        words: for the longest words of its rows.
        wanted: as declared, or as somebody left it.
        chosen: somebody left it so: it is made no wider.
        whole: its words are never cut, as of dates and numbers.
        leaves: 0 stays; where room is short the highest is left out first.
    """

    heading: int
    words: int
    wanted: int
    chosen: bool = False
    whole: bool = False
    leaves: int = 0

    @property
    def content(self) -> int:
        """What heading and words need."""
        return max(self.heading, self.words)

    @property
    def good(self) -> int:
        """Its width where there is room."""
        if self.chosen:
            return self.wanted
        return max(self.heading, self.wanted, self.words if self.whole else 0)

    @property
    def tight(self) -> int:
        """Its width where room is short."""
        if self.chosen:
            return min(self.wanted, self.content)
        if self.whole:
            return self.content
        if self.content <= self.wanted * (1 + _GIVES):
            return self.content
        return max(self.heading, round(self.wanted * (1 - _GIVES)))


def fitted(needs: Sequence[Need], room: int, least: int) -> dict[int, int]:
    """Widths of the columns that are shown, by number.

    Args:
        needs: of each column.
        room: pixels; the last shown column takes what is over.
        least: pixels below which no words are cut.

    Returns:
        Nothing for a column that is left out.
    """
    # In place of one that is too wide, the next one that has room may stay.
    staying = [n for n, need in enumerate(needs) if not need.leaves]
    leaving = [n for n, need in enumerate(needs) if need.leaves]
    used = sum(needs[number].tight for number in staying)
    for number in sorted(leaving, key=lambda each: (needs[each].leaves, each)):
        if used + needs[number].tight <= room:
            staying.append(number)
            used += needs[number].tight
    shown = {number: needs[number] for number in sorted(staying)}
    tight = {number: need.tight for number, need in shown.items()}
    fits = used <= room
    widths = _spread(shown, tight, room) if fits else _cut(shown, tight, room, least)
    return _filled(widths, room)


def _spread(
    shown: Mapping[int, Need], tight: dict[int, int], room: int
) -> dict[int, int]:
    """What is over goes to declared widths, then to words that are still cut."""
    widths = dict(tight)
    _give({n: max(0, need.good - widths[n]) for n, need in shown.items()}, widths, room)
    lacks = {n: 0 if need.chosen else need.content for n, need in shown.items()}
    _give({n: max(0, lacks[n] - widths[n]) for n in shown}, widths, room)
    return widths


def _give(lacks: Mapping[int, int], widths: dict[int, int], room: int) -> None:
    """Give each what it lacks, the least first, in equal shares of what is over."""
    asking = sorted((lack, number) for number, lack in lacks.items() if lack > 0)
    for place, (lack, number) in enumerate(asking):
        over = room - sum(widths.values())
        widths[number] += min(lack, over // (len(asking) - place))


def _cut(
    shown: Mapping[int, Need], tight: dict[int, int], room: int, least: int
) -> dict[int, int]:
    """Cut the widest words down until all fits, or until no more can be cut."""
    whole = sum(tight[number] for number, need in shown.items() if need.whole)
    cuttable = sorted(tight[number] for number, need in shown.items() if not need.whole)
    left, most = room - whole, least
    for place, width in enumerate(cuttable):
        share = left // (len(cuttable) - place)
        if width > share:
            most = max(least, share)
            break
        left -= width
    return {
        number: tight[number] if need.whole else min(tight[number], most)
        for number, need in shown.items()
    }


def _filled(widths: dict[int, int], room: int) -> dict[int, int]:
    if not widths:
        return widths
    last = max(widths)
    widths[last] += max(0, room - sum(widths.values()))
    return widths
