"""The room that a desk holds in reserve on its disk, for the day the disk is full."""

from provider_desk.services.desk import Desk
from provider_desk.store import ballast


def keep(desk: Desk) -> None:
    """Take the reserve where the disk has room for it, also after it was given up.

    Called by the window a moment after somebody signed in, and each minute.
    """
    ballast.take(desk.folder)
