"""How long work tells how far it is, and asks whether to go on."""

from collections.abc import Callable

#: Told how much of how much is done.
Progress = Callable[[int, int], None]
#: Asked now and then whether the person stopped it.
Stopped = Callable[[], bool]


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def never() -> bool:
    """Nobody stops it."""
    return False
