"""Where this computer keeps the team secret of a desk."""

from pathlib import Path

from provider_desk.keys.vault import FileVault, SessionVault, Vault, system_vault

__all__ = ["Vault", "session_vault", "vault_for"]


def vault_for(team_secret: Path | None = None) -> Vault:
    """The file that was named, or else the keyring of this computer.

    Args:
        team_secret: a file of this account's own (0600), for a machine without a
            keyring; it need not be there yet.

    Raises:
        NoKeyring: the system offers no safe place; nothing is ever kept in the clear
            instead.
    """
    return system_vault() if team_secret is None else FileVault(team_secret)


def session_vault() -> Vault:
    """Memory: recovery sheet A is typed each time the program starts."""
    return SessionVault()
