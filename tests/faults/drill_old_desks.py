"""An old desk is put back in place of the newer one: noticed at signing in.

The whole folder, some of its files, or single pages of the store, each from an earlier
day on which the desk was closed; what the vault remembers is of the last day.
Source: security design, §2.5 and §4.2 (rollback of store, page).
"""

import random
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

from provider_desk.keys import calibration
from provider_desk.keys.vault import SessionVault, Vault
from provider_desk.model.errors import DeskError
from provider_desk.services.casework import people
from provider_desk.services.entry.sign_in import sign_in
from provider_desk.store import store as store_file
from tests.builders.desks import MANAGER, PASSWORD, made_desk
from tests.faults.desk_writer import CLOCK
from tests.faults.effort import Effort, Told

DAYS, PAGE = 4, 4_096
PARTS = (store_file.NAME, "roster.bin", "local.key", "fresh.bin")


def run(place: Path, effort: Effort) -> Told:
    """Put something old back, one thing a turn, and sign in."""
    told = Told()
    chance = effort.chance()
    wanted, calibration.TARGET_MS = calibration.TARGET_MS, 0
    try:
        vault = SessionVault()
        days = _days(place, vault)
        for _turn in effort:
            _put_back(place / "desk", days, chance, vault, told)
    finally:
        calibration.TARGET_MS = wanted
    return told


def _days(place: Path, vault: Vault) -> list[Path]:
    """The folder as it was closed on each day."""
    folder = place / "desk"
    made_desk(folder, CLOCK, vault).close()
    days = []
    for day in range(DAYS):
        with closing(sign_in(folder, MANAGER, PASSWORD, CLOCK, vault)) as desk:
            for number in range(3):
                name = f"N{day}{number}"
                people.add_person(desk, {"known_as": name, "born_on": date(1980, 1, 1)})
        days.append(place / f"day-{day}")
        shutil.copytree(folder, days[-1])
    return days


def _put_back(
    folder: Path, days: list[Path], chance: random.Random, vault: Vault, told: Told
) -> None:
    shutil.rmtree(folder)
    old = chance.choice(days[:-1])
    how = chance.choice(("folder", "files", "pages"))
    shutil.copytree(old if how == "folder" else days[-1], folder)
    if how == "files":
        for name in chance.sample(PARTS, chance.randrange(1, len(PARTS))):
            shutil.copy(old / name, folder / name)
    if how == "pages":
        _mix(folder / store_file.NAME, old / store_file.NAME, chance)
    if _same(folder, days[-1]):
        told.counts["nothing was different"] += 1
        return
    told.counts[f"old {how} put back"] += 1
    try:
        sign_in(folder, MANAGER, PASSWORD, CLOCK, vault).close()
    except DeskError:
        return
    told.wrong.append(f"old {how} of {old.name} put back, not noticed")


def _mix(path: Path, old: Path, chance: random.Random) -> None:
    """Some pages of the store as they were on an earlier day."""
    data, before = bytearray(path.read_bytes()), old.read_bytes()
    differ = [
        at
        for at in range(0, min(len(data), len(before)), PAGE)
        if data[at : at + PAGE] != before[at : at + PAGE]
    ]
    for at in chance.sample(differ, chance.randrange(1, min(4, len(differ)))):
        data[at : at + PAGE] = before[at : at + PAGE]
    path.write_bytes(data)


def _same(folder: Path, last: Path) -> bool:
    """Whether all that says anything of the desk is as it was closed last.

    fresh.bin alone says nothing new: the vault holds the same.
    """
    return all(
        (folder / name).read_bytes() == (last / name).read_bytes() for name in PARTS[:3]
    )
