"""An open desk with real key files, for backups and what is brought back from them."""

import shutil
from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.model.records import Client, User
from provider_desk.services.desk import Desk
from provider_desk.store.store import Store
from tests.builders.keys import NAME, RealDesk


def open_with_people(made: RealDesk, folder: Path, clock: FixedClock) -> Desk:
    """An open desk of 200 people in a folder, whose manager is signed in.

    Args:
        made: key files, which are copied: making them costs time.
        folder: must not be there.
        clock: of the desk.
    """
    shutil.copytree(made.folder, folder)
    keys = made.keys
    store = Store.create(folder, keys.key, clock, keys.store_id, keys.device)
    user = User(name=NAME, role="MANAGER", id=keys.user)
    with store.writing("set up") as deed:
        deed.add(user)
        deed.add_all(Client(code=f"G-{n}", known_as="Invented") for n in range(200))
    return Desk(store, user, clock, keys)
