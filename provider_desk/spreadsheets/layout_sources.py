"""Reads where the fields of one record come from."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import cast

from provider_desk.model.choices import choices
from provider_desk.model.fields import (
    Count,
    Day,
    Kind,
    OneOf,
    Record,
    Value,
    YesNo,
    problem_with,
)
from provider_desk.model.records import Referral
from provider_desk.spreadsheets.dates import ORDERS, Order
from provider_desk.spreadsheets.layout import (
    Condition,
    ContractLayout,
    RecordLayout,
    Source,
    fields_for,
    links_of,
)
from provider_desk.spreadsheets.layout_parts import Part, allowed, listed
from provider_desk.spreadsheets.tidy import key

#: Words for yes and no that every layout knows.
YES = ("y", "yes", "true", "x", "✓", "✔", "1")
NO = ("n", "no", "false", "0")

#: Needed by a record, but made here where no column gives it.
MADE_HERE = (
    ("client", "code"),
    ("referral", "area"),
    ("waiting_entry", "accepted_on"),
    ("episode", "started_on"),
)


def known_words(kind: Kind) -> dict[str, str]:
    """Tidied words that a field understands by itself → code."""
    if isinstance(kind, YesNo):
        return dict.fromkeys(YES, "Y") | dict.fromkeys(NO, "N")
    if not isinstance(kind, OneOf):
        return {}
    words: dict[str, str] = {}
    for choice in choices(kind.choices).values:
        for word in (choice.code, choice.label):
            words.setdefault(key(word), choice.code)
    return words


class RecordReader:
    """Reads the fields of a [[sheet.record]]."""

    def __init__(
        self,
        part: Part,
        record_type: type[Record],
        shared_words: Mapping[str, Mapping[str, object]],
        contracts: Sequence[ContractLayout],
        order: Order,
    ) -> None:
        self._part = part
        self._type = record_type
        self._shared = shared_words
        self._contracts = contracts
        self._order = order

    def record(
        self, when: tuple[Condition, ...], unless: tuple[Condition, ...]
    ) -> RecordLayout:
        """The whole record, with the mistakes noted."""
        links = {
            name: self._source(name, None)
            for name in links_of(self._type)
            if self._part.has(name)
        }
        sources = [
            self._source(name, field.kind)
            for name, field in fields_for(self._type).items()
            if self._part.has(name)
        ]
        given = {source.name for source in sources}
        for name, field in fields_for(self._type).items():
            made = (self._type.TABLE, name) in MADE_HERE
            if field.required and name not in given and not made:
                self._part.wrong(f"It is needed for every {self._type.TABLE}.", name)
        self._check_area(given)
        if self._type is Referral and "contract" not in links:
            self._check_contracts()
        return RecordLayout(self._type, tuple(sources), links, when, unless)

    def _check_area(self, given: set[str]) -> None:
        areas = {area for contract in self._contracts for area in contract.areas}
        if self._type is Referral and "area" not in given and len(areas) > 1:
            self._part.wrong(
                "The contracts pay for several areas: say which one a referral is "
                f"for. Areas: {listed(sorted(areas))}.",
                "area",
            )

    def _check_contracts(self) -> None:
        """Of several contracts the day decides, where one alone runs on each day."""
        starts = sorted(self._contracts, key=lambda each: each.starts_on or date.min)
        for first, second in pairwise(starts):
            if first.runs_on(second.starts_on or date.min):
                self._part.wrong(
                    f"The contracts {first.reference} and {second.reference} run at "
                    "the same time: say which one a referral belongs to. Or give each "
                    "contract starts_on and ends_on, one after the other; then the day "
                    "of the referral says it.",
                    "contract",
                )

    def _source(self, name: str, kind: Kind | None) -> Source:
        value = self._part.take(name)
        if isinstance(value, str) and value.strip():
            return Source(name, kind, (value,), date_order=self._order)
        if not isinstance(value, dict):
            self._part.wrong(
                f'Name a column: {name} = "Heading", or write a table: '
                f'{name} = {{ column = "Heading", … }} or {{ value = … }}.',
                name,
            )
            return Source(name, kind)
        return self._from_table(name, kind, value)

    def _from_table(self, name: str, kind: Kind | None, table: object) -> Source:
        part = Part(
            cast("Mapping[str, object]", table),
            f"{self._part.where}, {name}",
            self._part.mistakes,
        )
        ways = ("column", "columns", "first_of", "value")
        if sum(part.has(way) for way in ways) != 1:
            part.wrong(f"Give exactly one of {', '.join(ways)}.")
        columns = part.texts("column") + part.texts("columns") + part.texts("first_of")
        constant = self._value(part, "value", kind, name)
        words, shown = self._words(part, kind, name)
        source = Source(
            name=name,
            kind=kind,
            columns=columns,
            join=part.separator("join", " "),
            first=part.has("first_of"),
            constant=constant,
            words=words,
            shown=shown,
            others=self._value(part, "others", kind, name),
            if_empty=self._value(part, "if_empty", kind, name),
            date_order=cast("Order", part.choice("date_order", ORDERS, self._order)),
        )
        if part.has("date_order") and not isinstance(kind, Day):
            part.wrong("This field is not a date.", "date_order")
        part.done()
        return source

    def _words(
        self, part: Part, kind: Kind | None, name: str
    ) -> tuple[dict[str, Value] | None, tuple[str, ...]]:
        given = part.take("words")
        if given is None:
            return None, ()
        where = "words"
        if isinstance(given, str):
            where = f"[words.{given}]"
            if given not in self._shared:
                part.wrong(
                    f"There is no [words.{given}]. {allowed(given, self._shared)}",
                    "words",
                )
                return None, ()
            table: Mapping[str, object] = self._shared[given]
        elif isinstance(given, dict):
            table = given
        else:
            part.wrong(
                'Write words = { "your word" = "CODE" } or words = "name".', where
            )
            return None, ()
        words = {
            key(word): self._checked(part, value, kind, name, f"{where}, “{word}”")
            for word, value in table.items()
        }
        return words, tuple(table)

    def _value(self, part: Part, at: str, kind: Kind | None, name: str) -> Value:
        given = part.take(at)
        return None if given is None else self._checked(part, given, kind, name, at)

    def _checked(
        self, part: Part, given: object, kind: Kind | None, name: str, at: str
    ) -> Value:
        """A value that the layout itself gives, if the field can hold it."""
        if given == "":
            return ""
        if isinstance(given, bool) and isinstance(kind, YesNo):
            given = "Y" if given else "N"
        if isinstance(given, bool) or not isinstance(given, str | int | date):
            part.wrong("It can't be used here: write words, a number or a date.", at)
            return None
        if kind is None:
            return self._link(part, str(given), name, at)
        problem = problem_with(kind, given)
        if problem and isinstance(kind, OneOf):
            codes = choices(kind.choices).by_code
            problem = (
                f"“{given}” is not a code of the list “{kind.choices}”. "
                f"{allowed(str(given), codes)}"
            )
        elif problem and isinstance(kind, Count):
            problem += " Write the number without quotes."
        if problem:
            part.wrong(problem, at)
        return given

    def _link(self, part: Part, given: str, name: str, at: str) -> Value:
        references = [contract.reference for contract in self._contracts]
        if name == "contract" and given not in references:
            part.wrong(
                f"“{given}” is not the reference of a [[contract]]. "
                f"{allowed(given, references)}",
                at,
            )
        return given
