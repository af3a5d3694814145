"""What is kept of a panel that somebody typed into: where it was, and the letters.

How a panel is opened again is declared once for each kind of deed, in ``KINDS``. A
panel says of which kind it is::

    panel.opening = Opening("deed", {"client_id": client_id, "deed": key.words})

and the function of that kind opens the same panel again; the letters are put back by
``Drafts`` when a panel of the same draft name appears.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

from provider_desk.ui.deeds import Key

if TYPE_CHECKING:
    from provider_desk.ui.frame import Frame

_VERSION = 1
_DAY = "day:"


@dataclass(frozen=True, slots=True)
class Opening:
    """How a panel is opened.

    Attributes:
        kind: one of ``KINDS``; "" where it can't be opened again by itself.
        args: what the function of that kind needs, as words.
    """

    kind: str = ""
    args: Mapping[str, str] = field(default_factory=dict)

    def open(self, frame: "Frame", gone: Callable[[], None]) -> None:
        """Open it; ``gone`` is called where that can't be."""
        kind = KINDS.get(self.kind)
        if kind is None:
            gone()
            return
        module = import_module(f"provider_desk.ui.pages.{kind.module}")
        reopen: Reopen = getattr(module, kind.function)
        reopen(frame, self.args, gone)


def deed_opening(key: Key, client_id: str) -> Opening:
    """How a deed for a person is opened again."""
    return Opening("deed", {"deed": key.words, "client_id": client_id})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of panel that can be opened again.

    Attributes:
        module: below ``provider_desk.ui.pages``.
        function: opens the panel; gets the window, what the panel needs, and whom to
            call where what it was about is gone.
    """

    module: str
    function: str = "reopen"


Reopen = Callable[["Frame", Mapping[str, str], Callable[[], None]], None]

KINDS: Mapping[str, Kind] = {
    "session": Kind("log_session"),
    "book": Kind("diarying.book_panel"),
    "person": Kind("add_person"),
    "deed": Kind("person_deeds"),
    "survey": Kind("unnamed_survey"),
    "change": Kind("event_panel"),
    "contact": Kind("waiting.contact_panel"),
    "process note": Kind("noting.write_panel"),
    "continue note": Kind("noting.write_panel", "reopen_continue"),
    "study": Kind("returning.study_panel"),
    "contract": Kind("setting.contracts"),
    "by contract": Kind("setting.by_contract"),
    "user": Kind("setting.staff_panels"),
    "feedback": Kind("officing.feedback"),
    "planning": Kind("planning.panels"),
    "register": Kind("officing.register_panel"),
    "group register": Kind("grouping.register_panel"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """A panel that was left with something typed.

    Attributes:
        name: of the draft; the same deed on the same thing has the same.
        words: what the panel is called.
        subject: the code of whom or what it is about.
        opening: how it is opened again.
        place, what: the page that it stood beside.
        typed: "table.field" or a label → the letters.
    """

    name: str
    words: str
    subject: str = ""
    opening: Opening = Opening()
    place: str = "today"
    what: Mapping[str, Any] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    def open(self, frame: "Frame", gone: Callable[[], None]) -> None:
        """Go where it was and open it; ``gone`` is called where that can't be."""
        frame.go(self.place, **self.what)
        self.opening.open(frame, gone)

    def text(self) -> str:
        """All of it as JSON."""
        return json.dumps(
            {
                "version": _VERSION,
                "name": self.name,
                "words": self.words,
                "subject": self.subject,
                "kind": self.opening.kind,
                "args": dict(self.opening.args),
                "place": self.place,
                "what": {n: _plain(v) for n, v in self.what.items() if _fits(v)},
                "typed": dict(self.typed),
            },
            sort_keys=True,
        )


def read(text: str) -> Kept | None:
    """What ``Kept.text`` wrote; None for what a newer version wrote, and for no draft.

    One that can't be made sense of must not stand in the way of the others.
    """
    try:
        held = json.loads(text)
    except ValueError:
        return None
    if not isinstance(held, dict) or held.get("version") != _VERSION:
        return None
    return Kept(
        name=held["name"],
        words=held["words"],
        subject=held["subject"],
        opening=Opening(held["kind"], held["args"]),
        place=held["place"],
        what={name: _back(value) for name, value in held["what"].items()},
        typed=held["typed"],
    )


def _fits(value: Any) -> bool:
    return isinstance(value, str | int | bool | date)


def _plain(value: Any) -> Any:
    """A day as words; what else a page is opened with is plain already."""
    return _DAY + value.isoformat() if isinstance(value, date) else value


def _back(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_DAY):
        return date.fromisoformat(value.removeprefix(_DAY))
    return value
