"""A sheet's XML: where its cells stand in the bytes, and other values put there.

Only the bytes of the cells that are set change, and what formulas remember.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

#: What is put into a cell: a number, or words.
Value = Decimal | str

_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
#: Characters that no XML may hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BASE = 26


@dataclass(slots=True)
class CellSpan:
    """A cell in the bytes.

    Attributes:
        start: where its element begins.
        end: one past it.
        attributes: its own.
        formula: whether it holds one.
    """

    start: int
    end: int
    attributes: dict[str, str]
    formula: bool = False


@dataclass(slots=True)
class RowSpan:
    """A row in the bytes; ``inner`` is where its cells end, -1 in an empty tag."""

    start: int
    end: int
    inner: int
    style: str
    cells: dict[int, CellSpan] = field(default_factory=dict)


@dataclass(slots=True)
class SheetXml:
    """A sheet that was scanned.

    Attributes:
        xml: its bytes.
        prefix: before the names of its elements: "" or "x:".
        data: where ``sheetData`` begins and ends, and where its rows end, -1 in an
            empty tag.
        rows: by number.
        merged: first and last column and row of each merged range.
        arrays: the same of each formula over several cells.
        protected: whether locked cells can't be changed.
        remembered: where the cell of each formula begins, and the span of the result
            that it remembers.
        columns: first and last column with a style of its own, and that style.
    """

    xml: bytes
    prefix: str = ""
    data: tuple[int, int, int] = (-1, -1, -1)
    rows: dict[int, RowSpan] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    arrays: list[tuple[int, int, int, int]] = field(default_factory=list)
    protected: bool = False
    remembered: list[tuple[int, int, int]] = field(default_factory=list)
    columns: list[tuple[int, int, str]] = field(default_factory=list)

    def cell(self, column: int, row: int) -> CellSpan | None:
        """A cell that the bytes hold, or None."""
        held = self.rows.get(row)
        return held.cells.get(column) if held else None

    def style_of(self, column: int, row: int) -> str:
        """The style number that a cell has, of its own, its row's or its column's."""
        cell = self.cell(column, row)
        if cell is not None:
            return cell.attributes.get("s", "")
        held = self.rows.get(row)
        if held is not None and held.style:
            return held.style
        return next((s for a, b, s in self.columns if a <= column <= b), "")

    def is_merged(self, column: int, row: int) -> bool:
        """Whether a cell is part of a merged range."""
        return _within(self.merged, column, row)

    def is_array(self, column: int, row: int) -> bool:
        """Whether a cell's value comes from a formula over several cells."""
        return _within(self.arrays, column, row)

    def filled(self, values: Mapping[tuple[int, int], Value]) -> bytes:
        """The sheet with other values, (column, row) → value."""
        known = [self.cell(column, row) for column, row in values]
        starts = {cell.start for cell in known if cell is not None}
        edits = [
            (start, end, b"")
            for cell, start, end in self.remembered
            if cell not in starts
        ]
        by_row: dict[int, dict[int, Value]] = {}
        for (column, row), value in sorted(values.items(), key=lambda x: x[0][::-1]):
            by_row.setdefault(row, {})[column] = value
        new_rows = {}
        for row, cells in by_row.items():
            held = self.rows.get(row)
            if held is None:
                new_rows[row] = self._new_row(row, cells)
            else:
                edits += self._in_row(row, held, cells)
        return _spliced(self.xml, edits + self._put_rows(new_rows))

    def _in_row(
        self, row: int, held: RowSpan, cells: Mapping[int, Value]
    ) -> list[tuple[int, int, bytes]]:
        if held.inner < 0:
            tag = self.xml[held.start : held.end].rstrip()
            opened = tag.removesuffix(b"/>").rstrip() + b">"
            inside = b"".join(self._cell(c, row, v) for c, v in cells.items())
            closing = f"</{self.prefix}row>".encode()
            return [(held.start, held.end, opened + inside + closing)]
        edits = []
        for column, value in cells.items():
            known = held.cells.get(column)
            written = self._cell(column, row, value)
            if known is not None:
                edits.append((known.start, known.end, written))
                continue
            after = [c.start for number, c in held.cells.items() if number > column]
            at = min(after, default=held.inner)
            edits.append((at, at, written))
        return edits

    def _put_rows(self, rows: Mapping[int, bytes]) -> list[tuple[int, int, bytes]]:
        if not rows:
            return []
        start, end, inner = self.data
        if inner < 0:
            tag = self.xml[start:end].rstrip().removesuffix(b"/>").rstrip() + b">"
            closing = f"</{self.prefix}sheetData>".encode()
            return [(start, end, tag + b"".join(rows.values()) + closing)]
        edits = []
        for number, written in rows.items():
            after = [held.start for other, held in self.rows.items() if other > number]
            at = min(after, default=inner)
            edits.append((at, at, written))
        return edits

    def _new_row(self, row: int, cells: Mapping[int, Value]) -> bytes:
        inside = b"".join(self._cell(c, row, v) for c, v in cells.items())
        opened = f'<{self.prefix}row r="{row}">'.encode()
        return opened + inside + f"</{self.prefix}row>".encode()

    def _cell(self, column: int, row: int, value: Value) -> bytes:
        known = self.cell(column, row)
        attributes = dict(known.attributes) if known else {}
        attributes |= {"r": f"{letters(column)}{row}"}
        style = self.style_of(column, row)
        if style:
            attributes["s"] = style
        for gone in ("t", "cm", "vm"):
            attributes.pop(gone, None)
        p = self.prefix
        if isinstance(value, str):
            attributes["t"] = "inlineStr"
            text = escape(_FORBIDDEN.sub(" ", value))
            inside = f'<{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is>'
        else:
            inside = f"<{p}v>{value:f}</{p}v>"
        said = "".join(f" {name}={quoteattr(v)}" for name, v in attributes.items())
        return f"<{p}c{said}>{inside}</{p}c>".encode()


def _within(ranges: list[tuple[int, int, int, int]], column: int, row: int) -> bool:
    return any(
        left <= column <= right and top <= row <= foot
        for left, right, top, foot in ranges
    )


def _spliced(xml: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """The bytes with pieces replaced; what is put at one place keeps its order."""
    pieces = []
    at = 0
    for start, end, written in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [xml[at:start], written]
        at = end
    return b"".join([*pieces, xml[at:]])


def scan(xml: bytes) -> SheetXml:
    """Find everything in a sheet's XML.

    Raises:
        ValueError: it is not written in UTF-8, or declares entities.
        ExpatError: it is no XML.
    """
    if xml[:2] in (b"\xfe\xff", b"\xff\xfe"):
        raise ValueError("a sheet is not written in UTF-8")
    return _Scan(xml).sheet


class _Scan:
    """Walks through the XML once, noting where things stand."""

    def __init__(self, xml: bytes) -> None:
        self.sheet = SheetXml(xml)
        self._row = self._column = 0
        self._open: CellSpan | None = None
        self._value = -1
        self._data_opened = self._row_opened = 0
        self._cell_opened = self._value_opened = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _no_doctype
        self._parser.Parse(xml, True)  # noqa: FBT003  expat's own

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        prefix, _, local = name.rpartition(":")
        match local:
            case "sheetData":
                self.sheet.prefix = f"{prefix}:" if prefix else ""
                self.sheet.data = (at, -1, -1)
                self._data_opened = self._opened(at)
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
                own = attributes.get("customFormat") in ("1", "true")
                style = attributes.get("s", "") if own else ""
                self.sheet.rows[self._row] = RowSpan(at, -1, -1, style)
                self._row_opened = self._opened(at)
            case "c":
                self._begin_cell(at, attributes)
            case "f" if self._open is not None:
                self._open.formula = True
                if attributes.get("t") in ("array", "dataTable"):
                    self.sheet.arrays.append(_range(attributes["ref"]))
            case "v":
                self._value, self._value_opened = at, self._opened(at)
            case _:
                self._beside(local, attributes)

    def _opened(self, at: int) -> int:
        """One past the opening tag; negative where it closes itself as well."""
        after = _after_tag(self.sheet.xml, at)
        return -after if self.sheet.xml[after - 2] == ord("/") else after

    def _closed(self, opened: int) -> int:
        """One past the end of the element that ends now."""
        if opened < 0:
            return -opened
        return _after_tag(self.sheet.xml, self._parser.CurrentByteIndex)

    def _beside(self, local: str, attributes: dict[str, str]) -> None:
        """What stands around the cells."""
        if local == "mergeCell":
            self.sheet.merged.append(_range(attributes["ref"]))
        elif local == "sheetProtection":
            self.sheet.protected = attributes.get("sheet", "0") in ("1", "true")
        elif local == "col" and "style" in attributes:
            ends = int(attributes["min"]), int(attributes["max"])
            self.sheet.columns.append((*ends, attributes["style"]))

    def _begin_cell(self, at: int, attributes: dict[str, str]) -> None:
        found = _CELL.fullmatch(attributes.get("r", ""))
        self._column = number(found[1]) if found else self._column + 1
        self._open = CellSpan(at, -1, dict(attributes))
        self._cell_opened = self._opened(at)
        self.sheet.rows[self._row].cells[self._column] = self._open

    def _end(self, name: str) -> None:
        at = self._parser.CurrentByteIndex
        local = name.rpartition(":")[2]
        if local == "c" and self._open is not None:
            self._open.end = self._closed(self._cell_opened)
            self._open = None
        elif local == "v" and self._open is not None and self._open.formula:
            end = self._closed(self._value_opened)
            self.sheet.remembered.append((self._open.start, self._value, end))
        elif local == "row":
            row = self.sheet.rows[self._row]
            row.end = self._closed(self._row_opened)
            row.inner = -1 if self._row_opened < 0 else at
        elif local == "sheetData":
            empty = self._data_opened < 0
            end = self._closed(self._data_opened)
            self.sheet.data = (self.sheet.data[0], end, -1 if empty else at)


def _no_doctype(*_: object) -> None:
    raise ValueError("a sheet declares entities")


def _after_tag(xml: bytes, start: int) -> int:
    """One past the tag that begins there; a quoted “>” does not end it."""
    end = xml.find(b">", start)
    if end >= 0 and not any(xml.count(q, start, end) % 2 for q in (b'"', b"'")):
        return end + 1
    quote = 0
    for at in range(start, len(xml)):
        letter = xml[at]
        if quote:
            quote = 0 if letter == quote else quote
        elif letter in b"\"'":
            quote = letter
        elif letter == ord(">"):
            return at + 1
    raise ValueError("a tag does not end")


def _range(text: str) -> tuple[int, int, int, int]:
    """First and last column, first and last row of "B2:D5"."""
    first, _, last = text.partition(":")
    ends = [_CELL.fullmatch(each.replace("$", "")) for each in (first, last or first)]
    if ends[0] is None or ends[1] is None:
        raise ValueError("a merged range is none")
    columns = number(ends[0][1]), number(ends[1][1])
    return (*columns, int(ends[0][2]), int(ends[1][2]))


def number(column: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    total = 0
    for letter in column.upper():
        total = total * _BASE + ord(letter) - ord("A") + 1
    return total


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    said = ""
    while column:
        column, rest = divmod(column - 1, _BASE)
        said = chr(ord("A") + rest) + said
    return said
