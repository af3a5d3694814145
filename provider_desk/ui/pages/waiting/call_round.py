"""Calling through the list: whose turn it is, and how it went so far."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from provider_desk.model.choices import choices
from provider_desk.model.waiting_rows import WaitingRow


@dataclass(slots=True)
class CallRound:
    """A walk along the list, from one person to the next.

    Attributes:
        rows: those to contact, in the order of the list.
        at: whose turn it is; as many as there are rows once it is over.
    """

    rows: Sequence[WaitingRow] = ()
    at: int = 0
    _results: dict[str, str] = field(default_factory=dict)

    def begin(self, rows: Sequence[WaitingRow], at: int = 0) -> None:
        """Begin anew; a draft of an earlier round goes on in this one."""
        self.rows, self.at = rows, at
        self._results = {}

    @property
    def now(self) -> WaitingRow | None:
        """Whose turn it is, None when all had theirs."""
        return self.rows[self.at] if self.at < len(self.rows) else None

    def note(self, result: str) -> None:
        """Keep the code of a contact's result, and go on."""
        now = self.now
        if now is not None:
            self._results[now.referral_id] = result
        self.go_on()

    def go_on(self) -> None:
        """Go to the next person."""
        self.at = min(self.at + 1, len(self.rows))

    def go_back(self) -> None:
        """Go to the person before."""
        self.at = max(self.at - 1, 0)

    def forget(self, referral_id: str) -> None:
        """What was noted of somebody was taken back."""
        self._results.pop(referral_id, None)

    def position(self) -> str:
        """Where one is: "3 of 23"."""
        return f"{self.at + 1} of {len(self.rows)}"

    def report(self) -> str:
        """How it went, in a sentence."""
        made = choices("wait_contact_result").codes_where("counts_as_contact")
        reached = sum(1 for code in self._results.values() if code in made)
        tried = len(self._results) - reached
        left = len(self.rows) - len(self._results)
        tries = "1 try" if tried == 1 else f"{tried} tries"
        return f"{reached} reached, {tries} without reaching, {left} left for later."


#: Outcome of a review → how the summary puts it.
_CAME_TO = {
    "KEEP": "kept their place",
    "NOT_REACHED": "kept for now, not reached",
    "REDIRECT": "redirected",
    "WITHDRAW": "do not want to wait any more",
}
_FEW = 5


@dataclass(slots=True)
class ReviewRound(CallRound):
    """A walk along the list to review it.

    Attributes:
        show: opens the panel of whose turn it is, or the end.
    """

    show: Callable[[], None] = lambda: None

    def report(self) -> str:
        """How it went; small numbers in words, because others may see the screen."""
        counts = Counter(self._results.values())
        said = [
            f"{in_words(counts[code])} {words}"
            for code, words in _CAME_TO.items()
            if counts[code]
        ]
        left = len(self.rows) - len(self._results)
        said.append(f"{in_words(left)} left for later")
        return ", ".join(said).capitalize() + "."


def in_words(count: int) -> str:
    """A number of people; a small one in words."""
    if count == 0:
        return "nobody"
    return f"{count:,}" if count >= _FEW else f"fewer than {_FEW}"
