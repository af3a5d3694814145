"""All deeds for a person in one menu, under their headings, each with its key.

A deed that can't be done now stays there and says why. Source: the screen, "A person".
"""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from provider_desk.ui import deeds
from provider_desk.ui.deeds import Offer
from provider_desk.ui.own_words import own
from provider_desk.ui.pages.deed import Group


class DeedMenu(QMenu):
    """Filled anew each time it opens; letters and arrows move in it, Enter does it."""

    def __init__(self, offers: Callable[[], Sequence[Offer]], parent: QWidget) -> None:
        super().__init__(parent)
        self._offers = offers
        self.setAccessibleName(own(deeds.MORE.words))
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Deeds under their headings: first what can be done, then what can't."""
        self.clear()
        offers = [each for each in self._offers() if each.key is not deeds.MORE]
        for letter, heading in zip("REOSPC", Group, strict=True):
            mine = [o for o in offers if (o.group or Group.RECORD) == heading]
            if mine:
                self._add_group(f"{_marked(heading.value, letter)}", mine)

    def _add_group(self, heading: str, offers: Sequence[Offer]) -> None:
        menu = self.addMenu(heading)
        for offer in offers:
            if not offer.why_not:
                action = menu.addAction(
                    f"{own(offer.key.words)}\t{_keys(offer.key.key)}"
                )
                action.triggered.connect(lambda _checked=False, run=offer.run: run())
        refused = [offer for offer in offers if offer.why_not]
        if not refused:
            return
        menu.addSection("Not now")
        for offer in refused:
            action = menu.addAction(own(_why(offer)))
            action.setEnabled(False)


def _marked(words: str, letter: str) -> str:
    """Words with the letter that opens them."""
    at = words.casefold().find(letter.casefold())
    return words if at < 0 else f"{words[:at]}&{words[at:]}"


def _why(offer: Offer) -> str:
    """The deed and why it can't be done, once each."""
    words, why = offer.key.words, offer.why_not.rstrip(".")
    if why.startswith(words):
        return why
    return f"{words}: {why[:1].lower()}{why[1:]}"


def _keys(key: str) -> str:
    """A key of two, as it is pressed: "Ctrl+G P"."""
    return key.replace(", ", " ")
