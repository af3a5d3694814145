"""What somebody signed in has looked at lately, in memory.

So that the log of who looked holds one entry for one look, not one for each key that
was pressed.
"""

import threading
from dataclasses import dataclass, field

#: A person who stays open, or is opened again, counts as one look for so long.
ONE_LOOK_MS = 10 * 60 * 1000

#: Letters typed one after the other are one search; it is written again after so long.
ONE_SEARCH_MS = 5_000


@dataclass(slots=True, repr=False)
class Looked:
    """Of one signed-in person; changed under its lock.

    Attributes:
        opened: what was looked at → when that was written down last.
        typed: the search that is being typed; "" for none.
        begun_ms: when it was written down last.
        unwritten: what was typed since then, "" where that is written too.
    """

    opened: dict[str, int] = field(default_factory=dict)
    typed: str = ""
    begun_ms: int = 0
    unwritten: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)

    def is_new(self, what: str, now_ms: int) -> bool:
        """Whether a look is to be written down; a clock that went back says yes."""
        last = self.opened.get(what)
        return last is None or not 0 <= now_ms - last < ONE_LOOK_MS

    def goes_on(self, text: str, now_ms: int) -> bool:
        """Whether a search text only goes on from the one before, letter by letter."""
        near = text.startswith(self.typed) or self.typed.startswith(text)
        return (
            bool(self.typed)
            and near
            and bool(text)
            and 0 <= now_ms - self.begun_ms < ONE_SEARCH_MS
        )
