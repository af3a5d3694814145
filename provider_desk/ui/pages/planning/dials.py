"""Everything that a scenario assumes, to slide or to type."""

from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.planning.scenario import Scenario
from provider_desk.services.planning.own_figures import (
    FULL_COURSE,
    MEAN_SESSIONS,
    Own,
)
from provider_desk.ui.pages.planning.dial import Dial, DialKind
from provider_desk.ui.theme import px

#: Sessions that a post holds a week, where the desk has no workers' slots.
_A_POST = 20

_PEOPLE = ("waiting", "live")
_KINDS = (
    DialKind("slots", "Slots a week", 0, 300),
    DialKind("posts", "Posts", 0, 20, 1),
    DialKind("a_post", "Slots of a post, a week", 1, 40, 1),
    DialKind("own_share", "Of the slots, for this contract and area, %", 0, 100),
    DialKind("filled", "Of those, booked in a usual week, %", 0, 100),
    DialKind(
        "sessions",
        "Sessions that a person comes to",
        1,
        60,
        1,
        (
            (MEAN_SESSIONS, f"{MEAN_SESSIONS}: mean"),
            (FULL_COURSE, f"{FULL_COURSE}: full course"),
        ),
    ),
    DialKind(
        "every",
        "Weeks from one session to the next",
        0.5,
        8,
        1,
        ((1, "Weekly"), (2, "Two weeks"), (3, "Three weeks")),
    ),
    DialKind("referrals", "Referrals a month", 0, 60, 1),
    DialKind("starting", "Of referrals, come to a start, %", 0, 100),
    DialKind("missed", "Of booked sessions, did not come, %", 0, 90),
    DialKind("waiting", "People waiting today", 0, 200),
    DialKind("live", "People in support today", 0, 200),
    DialKind("price", "Price of a session, £ (0 for none)", 0, 300, 2),
)


class Dials(QWidget):
    """A column of dials; posts and slots follow each other.

    Attributes:
        changed: something was turned.
        dials: by name.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._spread = 1.0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(12), 0)
        column.setSpacing(px(12))
        self.dials: dict[str, Dial] = {}
        for kind in _KINDS:
            dial = Dial(kind)
            dial.turned.connect(lambda name=kind.name: self._turned(name))
            self.dials[kind.name] = dial
            column.addWidget(dial)
        column.addStretch(1)

    def fill(self, own: Own) -> None:
        """Show the desk's own figures; a price stays as it is typed."""
        price = self.dials["price"].value()
        workers = own.workers
        a_post = own.scenario.slots / workers if workers else Fraction(_A_POST)
        self.dials["a_post"].set_value(max(round(a_post), 1))
        self.show_scenario(replace(own.scenario, price=price or None))
        for name, dial in self.dials.items():
            dial.set_source(own.sources.get(name, ""))
        each = "Mean of the workers' slots." if workers else "An assumption."
        self.dials["a_post"].set_source(each)

    def show_scenario(self, assumed: Scenario) -> None:
        """Show a scenario."""
        self._spread = assumed.spread
        for name, dial in self.dials.items():
            value = getattr(assumed, name, None)
            if value is not None:
                dial.set_value(value)
        self._set_posts()

    def scenario(self) -> Scenario:
        """What the dials say."""
        value = {name: dial.value() for name, dial in self.dials.items()}
        return Scenario(
            waiting=int(value["waiting"]),
            live=int(value["live"]),
            slots=value["slots"],
            own_share=value["own_share"],
            filled=value["filled"],
            sessions=value["sessions"],
            every=value["every"],
            referrals=value["referrals"],
            starting=value["starting"],
            missed=value["missed"],
            spread=self._spread,
            price=value["price"] or None,
        )

    def cover(self, hidden: bool) -> None:  # noqa: FBT001
        """Say small numbers of people in words, or show them again."""
        for name, dial in self.dials.items():
            dial.hide_source(hidden=hidden)
            if name in _PEOPLE:
                dial.cover(hidden)

    def start(self) -> None:
        """Put the cursor into the first number."""
        self.dials["slots"].number.setFocus()
        self.dials["slots"].number.selectAll()

    def _turned(self, name: str) -> None:
        if name in ("posts", "a_post"):
            posts, each = self.dials["posts"].value(), self.dials["a_post"].value()
            self.dials["slots"].set_value(round(posts * each))
        elif name == "slots":
            self._set_posts()
        self.changed.emit()

    def _set_posts(self) -> None:
        each = self.dials["a_post"].value()
        self.dials["posts"].set_value(self.dials["slots"].value() / each)
