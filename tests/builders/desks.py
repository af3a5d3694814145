"""Real desks for tests: with a password and sheets, at the least a guess may cost."""

from pathlib import Path

from provider_desk.keys.desk_keys import FLOOR
from provider_desk.keys.vault import SessionVault, Vault
from provider_desk.model.clock import Clock
from provider_desk.services.desk import Desk
from provider_desk.services.entry import sign_in
from provider_desk.services.entry.new_desk import NewDesk

PROVIDER, MANAGER = "Invented Counselling", "First Manager"
PASSWORD = "four invented words here"


def planned(
    clock: Clock,
    vault: Vault | None = None,
    *,
    provider: str = PROVIDER,
    user: str = MANAGER,
    password: str = PASSWORD,
) -> NewDesk:
    """A desk that is about to be, its sheets not typed back yet."""
    return NewDesk.plan(
        provider=provider,
        user=user,
        password=password,
        clock=clock,
        vault=vault or SessionVault(),
        cost=FLOOR,
    )


def made_desk(
    folder: Path,
    clock: Clock,
    vault: Vault | None = None,
    *,
    provider: str = PROVIDER,
    user: str = MANAGER,
    password: str = PASSWORD,
) -> Desk:
    """An open desk whose manager signed in with a password."""
    plan = planned(clock, vault, provider=provider, user=user, password=password)
    plan.vouched()
    return plan.make(folder)


def signed_in_again(desk: Desk, name: str = MANAGER, password: str = PASSWORD) -> Desk:
    """A desk that was closed, opened by somebody with a password."""
    assert desk.vault is not None
    return sign_in.sign_in(desk.folder, name, password, desk.clock, desk.vault)
