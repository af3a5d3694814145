"""Conditions, splits and repeats of a layout, and what its records belong to."""

from collections.abc import Sequence
from dataclasses import replace

from provider_desk.model.records import (
    Client,
    Closure,
    Episode,
    Referral,
    SafeContact,
    WaitingEntry,
)
from provider_desk.spreadsheets.layout import (
    TESTS,
    Condition,
    RecordLayout,
    SheetLayout,
    Skip,
    Source,
    Split,
    Test,
    links_of,
)
from provider_desk.spreadsheets.layout_parts import Part, allowed
from provider_desk.spreadsheets.tidy import key

#: A row can be one of these at most.
_ONE_A_ROW = (Client, Referral, WaitingEntry, Episode, Closure)


def share_links(records: Sequence[RecordLayout]) -> tuple[RecordLayout, ...]:
    """Give each record the links that another one of its rows gives."""
    shared: dict[str, Source] = {}
    for record in records:
        if not record.when and not record.unless:
            shared = {**record.links, **shared}
    return tuple(
        replace(
            record,
            number=number,
            links={
                name: source
                for name, source in {**shared, **record.links}.items()
                if name in links_of(record.record_type)
                and (name != "contract" or name in record.links)
            },
        )
        for number, record in enumerate(records)
    )


def check_links(part: Part, sheet: SheetLayout) -> None:
    """Name the records of a sheet that do not say what they belong to."""
    types = [record.record_type for record in sheet.records]
    for record in sheet.records:
        record_type = record.record_type
        where = f"[[sheet.record]] {record.number + 1} ({record_type.TABLE})"
        of_client = record_type in (Referral, SafeContact)
        parents = {Client} if of_client else {Client, Referral}
        link = "client" if of_client else "referral"
        linked = link in record.links or (record.links and not of_client)
        if record_type is not Client and not linked and not parents & {*types}:
            part.wrong(f'Say what it belongs to: {link} = "Heading".', where)
        always = not record.when and not record.unless
        if types.count(record_type) > 1 and record_type in _ONE_A_ROW and always:
            part.wrong(
                f"A row can be one {record_type.TABLE} only: say which rows with "
                "when = { column = …, is = … }.",
                where,
            )


def condition(part: Part) -> Condition:
    """One condition."""
    column = part.text("column", needed=True)
    given = [test for test in TESTS if part.has(test)]
    if len(given) != 1:
        part.wrong(f"Ask exactly one thing of the cell: {', '.join(TESTS)}.")
    test: Test = given[0] if given else "empty"
    words: tuple[str, ...] = ()
    pattern = None
    wanted = True
    if test == "empty":
        wanted = part.flag("empty", default=True)
    elif test == "matches":
        pattern = part.pattern("matches")
    else:
        words = tuple(key(word) for word in part.texts(test))
    part.done(TESTS)
    return Condition(column, test, words, pattern, wanted)


def skip(part: Part) -> Skip:
    """Rows to leave out, and why."""
    because = part.text("because")
    asked = condition(part)
    said = because or f"“{asked.column}” says so"
    return Skip(asked, said)


def split(part: Part) -> Split:
    """One column made into several."""
    column = part.text("column", needed=True)
    at = part.separator("at", "")
    pattern = part.pattern("pattern")
    into = part.texts("into")
    otherwise = part.text("otherwise")
    if bool(at) == (pattern is not None):
        part.wrong('Say where to split: at = "," or pattern = "…", one of the two.')
    if pattern is not None and not into:
        into = tuple(pattern.groupindex)
        if not into:
            part.wrong("Name each part in the pattern: (?P<Given>…).", "pattern")
    elif pattern is not None and set(into) - set(pattern.groupindex):
        part.wrong("Every part must be a named group of the pattern.", "into")
    elif at and not into:
        part.wrong('Name the parts: into = ["Family", "Given"].', "into")
    if otherwise and otherwise not in into:
        part.wrong(
            f"It is not one of the parts. {allowed(otherwise, into)}", "otherwise"
        )
    part.done()
    return Split(column, into, at, pattern, otherwise)


def numbered(record: RecordLayout, number: int) -> RecordLayout:
    """One of a repeated record: {n} in headings is its number."""

    def named(text: str) -> str:
        return text.replace("{n}", str(number))

    def asked(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return tuple(replace(c, column=named(c.column)) for c in conditions)

    return replace(
        record,
        sources=tuple(
            replace(s, columns=tuple(named(c) for c in s.columns))
            for s in record.sources
        ),
        links={
            name: replace(s, columns=tuple(named(c) for c in s.columns))
            for name, s in record.links.items()
        },
        when=asked(record.when),
        unless=asked(record.unless),
        repeated=True,
    )
