"""Desks that hold one of the two caseloads, as their spreadsheets have them."""

import shutil
from datetime import date
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.model.records import Provider, User
from provider_desk.services import bring_in
from provider_desk.services.desk import Desk
from provider_desk.store.store import Store
from tests.builders.keys import KEY, made_keys

CASELOADS = Path(__file__).parent.parent / "caseloads"
#: Caseload → its files.
FILES = {
    "rothacs": ("rothacs.xlsx",),
    "grow": ("people.csv", "cases.csv", "visits.csv", "contact_while_waiting.csv"),
}


def caseload_desk(folder: Path, provider: str) -> Desk:
    """A desk on 8 May 2018 that a caseload was brought in to, a manager signed in.

    Args:
        folder: must not hold a desk.
        provider: one of ``FILES``.
    """
    clock = FixedClock.on(date(2018, 5, 8))
    store = Store.create(folder / "desk", KEY, clock, "0" * 32)
    user = User(name="Robin Invented", role="MANAGER", initials="RI")
    with store.writing("set up") as deed:
        deed.add(Provider(name=provider.title(), code=provider, invented="Y"))
        deed.add(user)
    keys = made_keys(store.store_id, store.device, user.id, user.role)
    desk = Desk(store, user, clock, keys)
    paths = [
        Path(shutil.copy(CASELOADS / provider / name, folder))
        for name in FILES[provider]
    ]
    bring_in.bring_in(desk, bring_in.layout_path(provider), paths)
    return desk
