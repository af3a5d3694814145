"""Rows that stand in several files or sheets of the same shape, word for word."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from provider_desk.spreadsheets.grids import Cell
from provider_desk.spreadsheets.matching import Table

#: Row's number, its cells, and cells tidied → the row that it repeats and where that
#: stands; (0, "") where it repeats none.
Asked = Callable[[int, Sequence[Cell], Mapping[Cell, Cell]], tuple[int, str]]

_Words = tuple[Cell, ...]
_NONE = (0, "")
#: A row's number, where it stands in words, and the id of its table.
_Row = tuple[int, str, int]


class SeenRows:
    """Remembers rows of sheets that the same [[sheet]] of a layout describes.

    Only columns that the layout uses are compared, so that a sheet's own numbering of
    its rows makes no difference. A row that one sheet holds twice and another one
    once counts twice.

    Attributes:
        repeats: sheet → rows of other sheets that it repeats, as (sheet, number);
            sheets by the id of their table. Sheets beside others have an entry.
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        self._times = Counter(id(table.layout) for table in tables)
        self._seen: defaultdict[int, dict[_Words, list[_Row]]]
        self._seen = defaultdict(dict)
        self.repeats: dict[int, set[tuple[int, int]]] = {}

    def beside(self, table: Table) -> Asked | None:
        """What tells the repeated rows of a sheet; None where it is the only one."""
        layout = table.layout
        if self._times[id(layout)] == 1:
            return None
        columns = dict.fromkeys(layout.columns())
        columns |= dict.fromkeys(c for r in layout.records for c in r.columns())
        places = [table.place(column) for column in columns]
        seen = self._seen[id(layout)]
        repeats = self.repeats.setdefault(id(table), set())
        own: Counter[_Words] = Counter()
        where = f" of {table.grid.title}"
        if not table.grid.is_text:
            where += f" in {table.grid.file}"

        def asked(
            number: int, cells: Sequence[Cell], tidied: Mapping[Cell, Cell]
        ) -> tuple[int, str]:
            words = tuple(tidied[cells[p]] if p < len(cells) else "" for p in places)
            before = seen.setdefault(words, [])
            nth = own[words]
            own[words] += 1
            if nth < len(before):
                first, said, sheet = before[nth]
                repeats.add((sheet, first))
                return first, said
            before.append((number, where, id(table)))
            return _NONE

        return asked
