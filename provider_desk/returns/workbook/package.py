"""What is inside an .xlsx: its parts, sheets, names; read with care, never run."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from xml.etree import ElementTree as ET

from provider_desk.model.errors import Damaged, DeskError

#: Bytes of all parts unpacked, at most.
MOST_BYTES = 300_000_000

_NOTHING = "Nothing was written."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_SHEET_KIND = "/worksheet"
_WORKBOOK_KIND = "/officeDocument"
#: How a file begins that Excel has put a password on.
_LOCKED = b"\xd0\xcf\x11\xe0"
_ONE_CELL = re.compile(
    r"^(?P<sheet>'(?:[^']|'')+'|[^'!:]+)!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d+)$"
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell of a workbook.

    Attributes:
        sheet: name of the sheet.
        column: its letters.
        row: its number.
    """

    sheet: str
    column: str
    row: int

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"

    @property
    def cell(self) -> str:
        """Within its sheet: "B5"."""
        return f"{self.column}{self.row}"


@dataclass(frozen=True, slots=True)
class Named:
    """A defined name.

    Attributes:
        name: as it is written.
        refers: what it points to, as it is written.
        sheet: the sheet that it holds for, "" for the whole workbook.
    """

    name: str
    refers: str
    sheet: str

    def place(self) -> Place | None:
        """The one cell that it points to; None where it is none, or several."""
        return place_of(self.refers)


def place_of(text: str) -> Place | None:
    """A cell from "Sheet1!$B$5", or None."""
    text = text.strip().removeprefix("=")
    before, _, after = text.rpartition(":")
    if before and before.rpartition("!")[2] == after:
        text = before
    found = _ONE_CELL.match(text)
    if not found:
        return None
    sheet = found["sheet"]
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return Place(sheet, found["column"].upper(), int(found["row"]))


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook that was read.

    Attributes:
        parts: name → bytes, in the order of the file.
        infos: of each part, as the file has them.
        workbook: name of the main part.
        sheets: name of a sheet → its part; sheets without cells are left out.
        names: the defined names.
        locked: style number → whether cells of it are locked.
    """

    parts: Mapping[str, bytes]
    infos: Mapping[str, zipfile.ZipInfo]
    workbook: str
    sheets: Mapping[str, str]
    names: tuple[Named, ...]
    locked: tuple[bool, ...]

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """The file with some parts changed; all others as they were."""
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            for name, content in self.parts.items():
                was = self.infos[name]
                info = zipfile.ZipInfo(name, was.date_time)
                info.compress_type = was.compress_type
                info.external_attr = was.external_attr
                info.create_system = was.create_system
                info.comment = was.comment
                archive.writestr(info, changed.get(name, content))
        return written.getvalue()


def read_package(content: bytes) -> Package:
    """Read a workbook.

    Raises:
        Damaged: it is no workbook, or not whole.
        DeskError: it has a password or a signature, or is too large.
    """
    if content.startswith(_LOCKED):
        raise DeskError(
            "The template has a password, or is a workbook of the old kind (.xls).",
            f"{_NOTHING} Save it as .xlsx without a password, then try again.",
        )
    try:
        parts, infos = _parts(content)
        return _read(parts, infos)
    except (
        *(zipfile.BadZipFile, zlib.error, ET.ParseError, EOFError, OSError),
        *(LookupError, RuntimeError, NotImplementedError, ValueError),
    ) as error:
        raise Damaged(
            "The template is no workbook (.xlsx), or is not whole.",
            f"{_NOTHING} Ask for the file again.",
        ) from error


def _parts(content: bytes) -> tuple[dict[str, bytes], dict[str, zipfile.ZipInfo]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        listed = archive.infolist()
        if sum(info.file_size for info in listed) > MOST_BYTES:
            raise DeskError(
                "The template is larger than can be filled in.",
                f"{_NOTHING} Ask for a smaller one.",
            )
        if len({info.filename for info in listed}) != len(listed):
            raise ValueError("two parts have one name")
        if any(info.filename.startswith("_xmlsignatures/") for info in listed):
            raise DeskError(
                "The template is signed; filling it in would break the signature.",
                f"{_NOTHING} Ask for a copy without a signature.",
            )
        parts = {info.filename: archive.read(info) for info in listed}
        return parts, {info.filename: info for info in listed}


def _read(parts: dict[str, bytes], infos: dict[str, zipfile.ZipInfo]) -> Package:
    workbook = next(
        target
        for kind, target in _relations(parts, "").values()
        if kind.endswith(_WORKBOOK_KIND)
    )
    root = parsed(parts[workbook])
    related = _relations(parts, workbook)
    sheets = {}
    order = []
    for sheet in _all(root, "sheet"):
        number = sheet.get(f"{{{_OFFICE}}}id") or sheet.get(f"{{{_STRICT}}}id") or ""
        kind, target = related[number]
        order.append(sheet.attrib["name"])
        if kind.endswith(_SHEET_KIND):
            sheets[sheet.attrib["name"]] = target
    names = tuple(
        Named(
            each.attrib["name"],
            (each.text or "").strip(),
            order[int(each.attrib["localSheetId"])]
            if "localSheetId" in each.attrib
            else "",
        )
        for each in _all(root, "definedName")
    )
    styles = [t for kind, t in related.values() if kind.endswith("/styles")]
    locked = tuple(_locked(parsed(parts[styles[0]]))) if styles else ()
    return Package(parts, infos, workbook, sheets, names, locked)


def _locked(styles: ET.Element) -> Iterator[bool]:
    """Of every cell style, whether its cells are locked on a protected sheet."""
    for styled in _all(styles, "cellXfs"):
        for each in styled:
            said = [p.get("locked", "1") for p in _all(each, "protection")]
            yield said[0] not in ("0", "false") if said else True


def _relations(parts: Mapping[str, bytes], part: str) -> dict[str, tuple[str, str]]:
    """Id → kind and target of what a part points to; "" for the whole file."""
    folder = dirname(part)
    name = join(folder, "_rels", f"{part.rpartition('/')[2]}.rels")
    found = {}
    for each in parsed(parts[name]):
        if each.get("TargetMode") == "External":
            continue
        target = each.attrib["Target"]
        path = target[1:] if target.startswith("/") else normpath(join(folder, target))
        found[each.attrib["Id"]] = (each.attrib["Type"], path)
    return found


def _all(root: ET.Element, name: str) -> Iterator[ET.Element]:
    """Every element of that name, whatever its namespace."""
    return (x for x in root.iter() if x.tag.rpartition("}")[2] == name)


def parsed(xml: bytes) -> ET.Element:
    """A part's XML.

    Raises:
        ValueError: it declares entities, as no workbook does.
        ParseError: it is no XML.
    """
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ValueError("a part declares entities")
    return ET.fromstring(xml)  # noqa: S314  entities are refused above
