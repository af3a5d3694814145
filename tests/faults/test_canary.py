"""Words typed into every field are found in no file of the desk's folder."""

import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from provider_desk.keys import desk_keys
from provider_desk.model.clock import FixedClock
from provider_desk.model.fields import Record, Text, fields_of
from provider_desk.model.ids import new_id
from provider_desk.model.records import RECORDS
from provider_desk.store.records import find
from provider_desk.store.store import Store

NAME, PASSWORD = "Canaryname Invented", "canarypassword1234"
REQUIRED: dict[str, object] = {"Day": date(2018, 4, 2), "Count": 7, "Moment": 1}


def word(table: str, field: str) -> str:
    """A word that stands nowhere else, for a field."""
    return f"canary{zlib.crc32(f'{table}.{field}'.encode()):08x}word"


def typed(record_type: type[Record]) -> Record:
    """A record with a word of its own in every field that takes words."""
    values: dict[str, object] = {}
    for field in fields_of(record_type):
        kind = type(field.kind).__name__
        if isinstance(field.kind, Text):
            values[field.name] = word(record_type.TABLE, field.name)
        elif field.required:
            values[field.name] = REQUIRED.get(kind, new_id())
    return record_type(**values)  # type: ignore[arg-type]


def hits(folder: Path, words: list[str]) -> list[tuple[str, str]]:
    found = []
    for path in folder.rglob("*"):
        held = path.read_bytes().lower() if path.is_file() else b""
        for each in words:
            codes = (
                each.encode(),
                each.encode("utf-16-le"),
                each.encode().hex().encode(),
            )
            found += [(path.name, each) for code in codes if code in held]
    return found


def test_nothing_typed_is_readable_in_any_file(folder: Path, clock: FixedClock) -> None:
    keys = desk_keys.create(folder, new_id(), NAME, PASSWORD)
    store = Store.create(folder, keys.key, clock, keys.store_id, keys.device)
    records = [typed(each) for each in RECORDS]
    with store.writing("canarydeed", reason="canaryreason") as deed:
        deed.add_all(records)
    with store.writing("sort") as deed:
        deed.add_all(replace(each, id=new_id()) for each in records * 200)
        deed.rows("SELECT * FROM client ORDER BY access_needs, known_as")
    words = [
        word(each.TABLE, field.name)
        for each in RECORDS
        for field in fields_of(each)
        if isinstance(field.kind, Text)
    ]
    words += ["canaryname", PASSWORD, "canarydeed", "canaryreason"]

    assert hits(folder, words) == []
    with store.reading() as rows:
        assert find(rows, RECORDS[0])[0] == records[0]
    store.close()
    assert hits(folder, words) == []


def test_the_search_for_words_does_find_them(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_bytes("x canarydeed".encode("utf-16-le"))

    assert hits(tmp_path, ["canarydeed"]) == [("plain.txt", "canarydeed")]
