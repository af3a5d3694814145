"""The open desk: what every deed gets as its first argument."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.model.clock import Clock, today
from provider_desk.model.errors import NotFound
from provider_desk.model.records import Provider, User
from provider_desk.store.records import find
from provider_desk.store.store import Store


@dataclass(frozen=True, slots=True, repr=False)
class Desk:
    """A store that somebody signed in to.

    Attributes:
        store: the encrypted file.
        user: who signed in; every change carries this person's id.
        clock: what tells the time.
        keys: what lets one more person sign in; None for a desk without passwords.
    """

    store: Store
    user: User
    clock: Clock
    keys: DeskKeys | None = None

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
        """Close the file; the desk can't be used afterwards."""
        self.store.close()
