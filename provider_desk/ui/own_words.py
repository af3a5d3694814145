"""The provider's own word for a person, wherever the window says "person".

Words are written with "person" and "people" all over the program; ``own`` puts the
provider's word in their place, where something is shown. The word is kept with the
application, as its look is. The return for the council keeps its own words.
Source: practices, P49.
"""

from PySide6.QtWidgets import QApplication

from provider_desk.model.person_word import PersonWord, put_in

_KEPT = "word_for_person"


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
