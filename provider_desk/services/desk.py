"""The open desk: what every deed gets as its first argument."""

import contextlib
import threading
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.keys.vault import Vault
from provider_desk.model.clock import Clock, today
from provider_desk.model.errors import DeskError, NotFound
from provider_desk.model.records import Provider, User
from provider_desk.services.looking.looked import Looked
from provider_desk.store.records import find
from provider_desk.store.store import Store


@dataclass(frozen=True, slots=True, repr=False)
class Desk:
    """A store that somebody signed in to.

    Attributes:
        store: the encrypted file.
        user: who signed in; every change carries this person's id.
        clock: what tells the time.
        keys: what this person may open, and can give to others.
        vault: where this computer keeps the team secret; None where nobody signed in
            with a password and nothing is remembered outside the folder.
        looked: what was looked at lately; for ``services.looking.looks`` alone.
    """

    store: Store
    user: User
    clock: Clock
    keys: DeskKeys
    vault: Vault | None = None
    looked: Looked = field(default_factory=Looked, init=False, compare=False)
    _closing: threading.Lock = field(
        default_factory=threading.Lock, init=False, compare=False
    )

    def __repr__(self) -> str:
        return f"<desk of {self.user!r}>"

    @property
    def folder(self) -> Path:
        """Where the desk's files are."""
        return self.store.path.parent

    def today(self) -> date:
        """The civil date in Britain."""
        return today(self.clock)

    def provider(self) -> Provider:
        """The service whose desk this is.

        Raises:
            NotFound: the desk was never set up to its end.
        """
        with self.store.reading() as rows:
            found = find(rows, Provider)
        if not found:
            raise NotFound(
                "This desk does not say whose it is.",
                "Type the name of the service in Settings.",
            )
        return found[0]

    def close(self) -> None:
        """Close the file; the desk can't be used afterwards. Safe to call again.

        What the desk looked like is remembered, so that an older copy put in its
        place is noticed at the next signing in.
        """
        if not self._closing.acquire(blocking=False):
            return
        # Both need the desk, so they can't be imported before it.
        from provider_desk.services.looking import looks  # noqa: PLC0415
        from provider_desk.services.safety import freshness  # noqa: PLC0415

        try:
            # A disk that is full keeps nobody from closing.
            with contextlib.suppress(DeskError):
                looks.finish(self)
        finally:
            freshness.close(self)
