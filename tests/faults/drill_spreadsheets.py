"""Spreadsheets changed byte by byte: a sentence or a plan, never a crash.

Text files, workbooks of Excel and of LibreOffice; the parts inside a workbook are
changed too, and some are made to swell when they are unpacked.
Source: security design, §4.2 (fuzzed imports).
"""

import io
import sys
import zipfile
from pathlib import Path

from provider_desk.model.errors import DeskError
from provider_desk.spreadsheets.batch import NeedsAnswer
from tests.builders.sheets import (
    ANN,
    CONTRACT,
    PEOPLE,
    PEOPLE_HEADINGS,
    REFERRAL_HEADINGS,
    REFERRALS,
    STARTED,
    Rows,
    plan,
    text_file,
    workbook,
)
from tests.faults.effort import Effort, Told
from tests.faults.mutations import mutated

#: Most memory that reading small files may take beyond what was taken before.
MOST_BYTES = 200_000_000

_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="People">{rows}
</table:table></office:spreadsheet></office:body></office:document-content>"""
_CELL = (
    '<table:table-cell table:number-columns-repeated="1" office:value-type="string">'
    "<text:p>{}</text:p></table:table-cell>"
)
_ROW = '<table:table-row table:number-rows-repeated="1">{}</table:table-row>'
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" '
    'manifest:media-type="text/xml"/></manifest:manifest>'
)


def run(place: Path, effort: Effort) -> Told:
    """Read changed spreadsheets, one a turn."""
    told = Told()
    chance = effort.chance()
    place.mkdir(parents=True, exist_ok=True)
    sound = _sound(place)
    for path in sound:
        plan(_layout(path), *sound[path])
    most = before = _memory()
    for _turn in effort:
        path = chance.choice(list(sound))
        changed = place / f"changed{path.suffix}"
        changed.write_bytes(mutated(path.read_bytes(), chance))
        files = [changed if each == path else each for each in sound[path]]
        _read(_layout(path), files, path.suffix, told)
        most = max(most, _memory())
        if told.wrong:
            keep = place.with_name(f"kept-{path.name}")
            keep.write_bytes(changed.read_bytes())
            break
    told.figures["most memory taken, MB"] = str((most - before) // 1_000_000)
    told.expect(most - before < MOST_BYTES, f"{most - before:,} bytes of memory taken")
    return told


def _layout(path: Path) -> str:
    return CONTRACT + PEOPLE + ("" if path.suffix == ".ods" else REFERRALS)


def _read(layout: str, files: list[Path], kind: str, told: Told) -> None:
    told.counts[f"{kind} files"] += 1
    try:
        plan(layout, *files)
    except (DeskError, NeedsAnswer):
        told.counts[f"{kind} files refused in words"] += 1
    except BaseException as error:
        # The reader is written in Rust: what it panics with is no Exception.
        if isinstance(error, KeyboardInterrupt):
            raise
        told.wrong.append(f"{kind}: {type(error).__name__}: {str(error)[:200]}")


def _sound(place: Path) -> dict[Path, list[Path]]:
    """The files to change → what is read together with them."""
    people = [PEOPLE_HEADINGS, ANN]
    referrals = [REFERRAL_HEADINGS, STARTED]
    book = workbook(place / "book.xlsx", {"People": people, "Referrals": referrals})
    one = text_file(place / "People.csv", people)
    two = text_file(place / "Referrals.csv", referrals, encoding="utf-16")
    free = place / "book.ods"
    free.write_bytes(ods(people))
    return {book: [book], one: [one, two], two: [one, two], free: [free]}


def ods(rows: Rows) -> bytes:
    """A workbook of LibreOffice with one sheet, "People"."""
    made = io.BytesIO()
    body = "".join(
        _ROW.format("".join(_CELL.format(cell) for cell in row)) for row in rows
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        packed.writestr("META-INF/manifest.xml", _MANIFEST)
        packed.writestr("content.xml", _ODS.format(rows=body))
    return made.getvalue()


def _memory() -> int:
    """The most memory that this process ever took, bytes; 0 where nobody tells."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
