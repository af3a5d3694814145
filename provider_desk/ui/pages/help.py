"""Help for every page, and the list of keys."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTextBrowser

from provider_desk.model import resources
from provider_desk.ui import deeds
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.page import Page
from provider_desk.ui.pages.deed_list import DEEDS
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.places import LISTED
from provider_desk.ui.theme import px

_KEYS = "keys"
_START = "start"

#: Longer lines are hard to read.
_READABLE = 760


class HelpPage(Page):
    """Shows the file of the page that one came from; the others are one click away."""

    TITLE = "Help"
    HELP = _START

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        links = Flow(px(8))
        names = [(_START, "Start here"), (_KEYS, deeds.KEYS.words)]
        names += [(place.name, own(place.words)) for place in LISTED]
        names += [("lock", "Lock and privacy"), ("recovery", "Recovery sheets")]
        names += [("month_end", "The month's end"), ("referrals", "Referrals")]
        names += [
            ("care", "Safety, consent and courts"),
            ("outcomes", "Outcomes and equality"),
            ("roles", "Roles and caseloads"),
        ]
        names += [("layouts", "Writing a layout")]
        for name, words in names:
            links.addWidget(quiet(words, lambda name=name: self._show(name)))  # type: ignore[misc]
        self.body.addLayout(links)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Help text")
        self.text.setOpenLinks(False)
        self.text.setMaximumWidth(px(_READABLE))
        self.body.addWidget(self.text, 1)
        self.head.addWidget(quiet("Back", frame.back))

    def opened(self, **what: Any) -> None:
        """Show the help of ``page``."""
        self._show(str(what.get("page") or _START))
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, name: str) -> None:
        if name == _KEYS:
            self.text.setMarkdown(keys_in_words())
            return
        path = f"help/{name}.md"
        known = resources.path_of(path).exists()
        self.text.setMarkdown(resources.read_text(path if known else "help/start.md"))


def keys_in_words() -> str:
    """The list of keys, from where they are declared."""
    lines = ["# Keys", "", _TWO]
    for heading, keys in _groups().items():
        lines += ["", f"## {own(heading)}", "", "| Key | What it does |", "|---|---|"]
        lines += [f"| {_key(key)} | {own(key.words)} |" for key in keys]
    lines += ["", "## Places", "", "| Key | Where to |", "|---|---|"]
    lines += [f"| {place.key} | {own(place.words)} |" for place in LISTED]
    return "\n".join(lines)


_TWO = (
    "Keys with a comma are pressed one after the other: **Ctrl+G**, then the letter. "
    "While the letter is waited for, what can follow is shown. **Esc** leaves."
)


def _groups() -> dict[str, list[deeds.Key]]:
    """Heading → its keys; deeds for a person stand as they do in their menu."""
    of_person = {deed.key: deed.group.value for deed in DEEDS}
    found: dict[str, list[deeds.Key]] = {}
    for key in deeds.ALL:
        group = of_person.get(key, "")
        heading = f"{key.where}: {group.lower()}" if group else key.where
        found.setdefault(heading, []).append(key)
    order = list(dict.fromkeys(key.where for key in deeds.ALL))
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[1][0].where)))


def _key(key: deeds.Key) -> str:
    return _written(key.key) or f"{_written(deeds.SEARCH.key)}, then its name"


def _written(key: str) -> str:
    parts = [QKeySequence(part).toString() or part for part in key.split(", ")]
    return ", ".join(parts).replace("Return", "Enter")
