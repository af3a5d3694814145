"""Reads and checks a layout file (TOML)."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import cast

from provider_desk.model.choices import choices
from provider_desk.model.errors import Missing
from provider_desk.model.fields import OneOf, Record
from provider_desk.model.records import (
    BY_TABLE,
    Client,
    Referral,
)
from provider_desk.spreadsheets.dates import ORDERS, Order
from provider_desk.spreadsheets.layout import (
    BRINGABLE,
    Check,
    ContractLayout,
    Layout,
    RecordLayout,
    SheetLayout,
    fields_for,
    links_of,
)
from provider_desk.spreadsheets.layout_parts import (
    LayoutNotValid,
    Mistake,
    Part,
    allowed,
)
from provider_desk.spreadsheets.layout_rows import (
    check_links,
    condition,
    numbered,
    share_links,
    skip,
    split,
)
from provider_desk.spreadsheets.layout_sources import RecordReader
from provider_desk.spreadsheets.tidy import key

_TABLES = tuple(each.TABLE for each in BRINGABLE)


def read_layout(path: Path) -> Layout:
    """A layout from its file.

    Raises:
        LayoutNotValid: something in it can't be used; every mistake is named.
        Missing: the file is not there or can't be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise Missing(
            f"The layout {path.name} can't be read.", "Choose it again."
        ) from None
    except UnicodeDecodeError:
        mistake = Mistake("the file", "Save it as UTF-8 text.")
        raise LayoutNotValid(path.name, [mistake]) from None
    return parse_layout(text, path.name)


def parse_layout(text: str, name: str) -> Layout:
    """A layout from the words of its file.

    Raises:
        LayoutNotValid: something in it can't be used; every mistake is named.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        mistake = Mistake("the file", f"It is not valid TOML: {error}.")
        raise LayoutNotValid(name, [mistake]) from None
    mistakes: list[Mistake] = []
    layout = _Reader(Part(table, "", mistakes)).layout(name)
    if mistakes:
        raise LayoutNotValid(name, mistakes)
    return layout


class _Reader:
    """Reads the whole file; ``words`` are shared by its sheets."""

    def __init__(self, top: Part) -> None:
        self._top = top
        self._words: dict[str, Mapping[str, object]] = {}
        self._contracts: list[ContractLayout] = []

    def layout(self, name: str) -> Layout:
        """Everything, with the mistakes noted."""
        top = self._top
        title = top.text("title") or name
        order = cast("Order", top.choice("date_order", ORDERS, "unknown"))
        begin = top.day("records_begin")
        self._read_words()
        self._contracts = [self._contract(part) for part in top.parts("contract")]
        sheets = [self._sheet(part, order) for part in top.parts("sheet")]
        top.done()
        if not sheets:
            top.wrong("Describe at least one sheet: [[sheet]].", "sheet")
        takes_referrals = any(
            record.record_type is Referral
            for sheet in sheets
            for record in sheet.records
        )
        if takes_referrals and not self._contracts:
            top.wrong(
                "Say which contract referrals belong to: [[contract]].", "contract"
            )
        if len(sheets) > 1:
            for number, sheet in enumerate(sheets, start=1):
                if not sheet.name and not sheet.file:
                    top.wrong(
                        'It needs a name = "…" or a file = "…".', f"[[sheet]] {number}"
                    )
        return Layout(title, tuple(self._contracts), tuple(sheets), begin)

    def _read_words(self) -> None:
        words = self._top.take("words")
        if words is None:
            return
        if not isinstance(words, dict):
            self._top.wrong("Write tables: [words.decision].", "words")
            return
        for name, table in words.items():
            if isinstance(table, dict):
                self._words[name] = table
            else:
                self._top.wrong(
                    "Write it as a table: [words.decision].", f"words.{name}"
                )

    def _contract(self, part: Part) -> ContractLayout:
        reference = part.text("reference", needed=True)
        areas = part.texts("areas")
        codes = choices("service_area").by_code
        for area in areas:
            if area not in codes:
                part.wrong(
                    f"“{area}” is not a service area. {allowed(area, codes)}", "areas"
                )
        if not areas:
            part.wrong(f"Name the service areas. {allowed('', codes)}", "areas")
        contract = ContractLayout(
            reference=reference,
            title=part.text("title") or reference,
            commissioner=part.text("commissioner"),
            starts_on=part.day("starts_on"),
            ends_on=part.day("ends_on"),
            areas=areas,
        )
        first, last = contract.starts_on, contract.ends_on
        if isinstance(first, date) and isinstance(last, date) and last < first:
            part.wrong("The contract ends before it starts.", "ends_on")
        part.done()
        return contract

    def _sheet(self, part: Part, order: Order) -> SheetLayout:
        name, file = part.text("name"), part.text("file")
        if name or file:
            part.where = f"{part.where} “{name or file}”"
        own_order = cast("Order", part.choice("date_order", ORDERS, order))
        splits = tuple(split(each) for each in part.parts("split", "sheet.split"))
        records: list[RecordLayout] = []
        for each in part.parts("record", "sheet.record"):
            records += self._records(each, own_order)
        sheet = SheetLayout(
            name=name,
            file=file,
            records=share_links(records),
            skips=tuple(skip(each) for each in part.parts("skip", "sheet.skip")),
            splits=splits,
            checks=tuple(
                self._check(each, records)
                for each in part.parts("check", "sheet.check")
            ),
            header_row=part.number("header_row"),
            optional=frozenset(key(word) for word in part.texts("optional")),
            fill_down=part.texts("fill_down"),
            date_order=own_order,
        )
        part.done()
        if not part.has("record"):
            part.wrong("Say what its rows are: [[sheet.record]].", "record")
        check_links(part, sheet)
        return sheet

    def _records(self, part: Part, order: Order) -> list[RecordLayout]:
        table = part.text("record", needed=True)
        if table and table not in _TABLES:
            part.wrong(
                f"“{table}” is not a kind of record. {allowed(table, _TABLES)}",
                "record",
            )
        if table not in _TABLES:
            return []
        part.where = f"{part.where} ({table})"
        repeat = part.number("repeat")
        when = tuple(condition(each) for each in part.parts("when"))
        unless = tuple(condition(each) for each in part.parts("unless"))
        reader = RecordReader(
            part, BY_TABLE[table], self._words, self._contracts, order
        )
        read = reader.record(when, unless)
        part.done((*fields_for(BY_TABLE[table]), *links_of(BY_TABLE[table])))
        if repeat is None:
            return [read]
        if not any("{n}" in column for column in read.columns()):
            part.wrong(
                'Write {n} where the number stands: "Session {n} date".', "repeat"
            )
        return [numbered(read, number) for number in range(1, repeat + 1)]

    def _check(self, part: Part, records: list[RecordLayout]) -> Check:
        column = part.text("column", needed=True)
        table, _, field = part.text("field", needed=True).partition(".")
        record_type: type[Record] = BY_TABLE.get(table, Client)
        declared = fields_for(record_type).get(field)
        if declared is None or not isinstance(declared.kind, OneOf):
            part.wrong(
                "Name a record and one of its fields that holds a code: "
                '"closure.reason".',
                "field",
            )
        elif not any(record.record_type is record_type for record in records):
            part.wrong(f"This sheet holds no {table}.", "field")
        flag = part.text("flag", needed=True)
        if declared is not None and isinstance(declared.kind, OneOf) and flag:
            flags = {f for c in choices(declared.kind.choices).values for f in c.flags}
            if flag not in flags:
                part.wrong(
                    f"“{flag}” is not known. {allowed(flag, sorted(flags))}", "flag"
                )
        words = part.take("words")
        if not isinstance(words, dict) or not words:
            part.wrong('Say which word means what: words = { "P" = true }.', "words")
            words = {}
        severity = part.choice("severity", ("warn", "stop"), "warn")
        part.done()
        tidied = {key(word): value for word, value in words.items()}
        return Check(column, record_type, field, flag, tidied, severity == "stop")
