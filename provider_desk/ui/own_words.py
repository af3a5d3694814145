"""The provider's own word for a person, wherever the window says "person".

Words are written with "person" and "people" all over the program; ``own`` puts the
provider's word in their place, where something is shown. The word is kept with the
application, as its look is. The return for the council keeps its own words.
Source: practices, P49.
"""

from functools import cache

from PySide6.QtWidgets import QApplication

from provider_desk.model.choices import choices
from provider_desk.model.fields import OneOf, fields_of
from provider_desk.model.person_word import PersonWord, put_in

_KEPT = "word_for_person"

#: Between the parts of a line that says several things.
_DOT = " · "

#: What the program says in such a line beside the words of value lists.
_SAID = frozenset({"with the person", "without the person", "with the person's yes"})


def use(word: str) -> None:
    """Let the window call a person so from now on."""
    app = QApplication.instance()
    if app is not None:
        app.setProperty(_KEPT, word)


def word() -> PersonWord:
    """What the window calls a person now."""
    app = QApplication.instance()
    held = app.property(_KEPT) if app is not None else ""
    return PersonWord.of(str(held or ""))


def own(text: str) -> str:
    """Words of the program with the provider's word for a person in them."""
    return put_in(text, word())


def own_in_line(line: str) -> str:
    """A line with the provider's word in what the program says of it.

    What somebody wrote in their own words stays as it is written.
    """
    parts = line.split(_DOT)
    return _DOT.join(own(part) if part in _labels() else part for part in parts)


@cache
def _labels() -> frozenset[str]:
    """The words of all value lists, and what else is said in lines."""
    # Large, and not needed before the first painting.
    from provider_desk.model.records import RECORDS  # noqa: PLC0415

    lists = {
        field.kind.choices
        for record_type in RECORDS
        for field in fields_of(record_type)
        if isinstance(field.kind, OneOf)
    }
    found = {each.label for name in lists for each in choices(name).values}
    return frozenset(found | _SAID)
