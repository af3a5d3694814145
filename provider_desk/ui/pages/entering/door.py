"""What every way in needs: the folder, the clock, and where the team secret is kept."""

from pathlib import Path

from provider_desk.model.clock import Clock
from provider_desk.services.entry import vaults
from provider_desk.services.entry.vaults import Vault
from provider_desk.ui.tasks import Tasks


class Door:
    """Shared by the cards of one start of the program.

    Attributes:
        folder: of the desk.
        clock: what tells the time.
        tasks: work beside the window.
    """

    def __init__(
        self, folder: Path, clock: Clock, tasks: Tasks, team_secret: Path | None = None
    ) -> None:
        """Nothing is asked of the machine yet.

        Args:
            folder: of the desk.
            clock: what tells the time.
            tasks: work beside the window.
            team_secret: a file that holds the team secret instead of the system.
        """
        self.folder = folder
        self.clock = clock
        self.tasks = tasks
        self._file = team_secret
        self._vault: Vault | None = None

    def vault(self) -> Vault:
        """Where the team secret is kept; asks the system, so never in its thread.

        Raises:
            NoKeyring: the system offers no safe place, and nobody chose to do without.
        """
        if self._vault is None:
            self._vault = vaults.vault_for(self._file)
        return self._vault

    def tried_vault(self) -> Vault:
        """The same, after a value of full size was kept there and read back.

        Raises:
            NoKeyring: the system offers no safe place, or it does not keep what it
                is given.
        """
        vault = self.vault()
        vault.try_out()
        return vault

    def do_without(self) -> None:
        """Keep the team secret for as long as the program runs, and no longer."""
        self._vault = vaults.session_vault()
