"""The part of the help on layouts that lists every field, from the declarations.

``python -m provider_desk.spreadsheets.field_reference`` writes it into the help page;
a test sees to it that the page is up to date.
"""

from collections.abc import Iterator
from pathlib import Path

from provider_desk.model import resources
from provider_desk.model.choices import choices
from provider_desk.model.fields import (
    Count,
    Day,
    Field,
    Kind,
    OneOf,
    Record,
    TimeOfDay,
    YesNo,
)
from provider_desk.spreadsheets.layout import BRINGABLE, LINKS, fields_for, links_of
from provider_desk.spreadsheets.layout_sources import MADE_HERE

BEGIN = "<!-- fields: begin; written by provider_desk.spreadsheets.field_reference -->"
END = "<!-- fields: end -->"

#: What is done where a layout does not give a needed field.
_MADE = {
    ("client", "code"): "made by the program where no column gives it",
    ("referral", "area"): "not needed where the contracts have one area in all",
    ("waiting_entry", "accepted_on"): "the day of the decision",
    ("episode", "started_on"): "the first attended session that starts support",
}


def help_page() -> Path:
    """Where the help on layouts is."""
    return resources.path_of("help/layouts.md")


def reference() -> str:
    """Every record, field and value list that a layout can name, in Markdown."""
    lines = [BEGIN, ""]
    for record_type in BRINGABLE:
        lines += [*_record(record_type), ""]
    lines += ["### Value lists", ""]
    for name in _lists():
        lines += [*_list(name), ""]
    return "\n".join([*lines, END])


def up_to_date(page: str) -> str:
    """The help page with today's fields in it."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{reference()}{after}"


def _record(record_type: type[Record]) -> Iterator[str]:
    yield f"### `{record_type.TABLE}`: {record_type.LABEL}"
    yield ""
    for link in links_of(record_type):
        yield f"- `{link}`: {LINKS[link]}"
    for name, field in fields_for(record_type).items():
        yield f"- `{name}`: {_field(record_type, name, field)}"


def _field(record_type: type[Record], name: str, field: Field) -> str:
    said = [field.kind.label, _holds(field.kind)]
    at = (record_type.TABLE, name)
    if at in MADE_HERE:
        said.append(_MADE[at])
    elif field.required:
        said.append("**needed**")
    elif field.default:
        said.append(f"`{field.default}` where nothing is said")
    return "; ".join(each for each in said if each)


def _holds(kind: Kind) -> str:
    match kind:
        case OneOf():
            return f"a code of the list [{kind.choices}](#{kind.choices})"
        case Day():
            return "a date"
        case Count():
            unit = f" of {kind.unit}" if kind.unit else ""
            return f"a whole number{unit} from {kind.low} to {kind.high}"
        case YesNo():
            return "yes or no (`Y`, `N`)"
        case TimeOfDay():
            return "a time of day"
        case _:
            return "words"


def _lists() -> list[str]:
    kinds = [f.kind for each in BRINGABLE for f in fields_for(each).values()]
    return sorted({kind.choices for kind in kinds if isinstance(kind, OneOf)})


def _list(name: str) -> Iterator[str]:
    yield f"#### {name}"
    yield ""
    for choice in choices(name).values:
        if choice.offered:
            yield f"- `{choice.code}`: {choice.label}"


def write() -> None:
    """Bring the help page up to date."""
    page = help_page()
    text = up_to_date(page.read_text(encoding="utf-8"))
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
