"""The key files and a backup changed byte by byte: refused in words, or no difference.

Twice over: as damage, which the hash of the file finds; and as an attacker would who
makes the hash fit again, against whom stand the signatures, commitments and seals.
Source: security design, §4.2 (bit flips, fuzzed imports).
"""

import hashlib
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from provider_desk.keys import calibration, fresh, local_key, roster, unlocking
from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.keys.vault import SessionVault
from provider_desk.model.errors import DeskError
from provider_desk.services.casework import people
from provider_desk.services.entry import recover
from provider_desk.services.rights import users
from provider_desk.services.safety import backups
from tests.builders.desks import planned
from tests.faults.desk_writer import CLOCK, OTHER, OTHER_PASSWORD
from tests.faults.effort import Effort, Told
from tests.faults.mutations import flip, mutated

_HASH_BYTES, _HEAD_BYTES = 32, 4
BACKUP = "one.pdbackup"
FILES = (roster.NAME, local_key.NAME, fresh.NAME, BACKUP)


class Scene:
    """A desk of two people and its backup, and how each file is read.

    Attributes:
        folder: where the files are.
        sound: what they hold, by name.
        before: what reading each gives as long as it is sound.
    """

    def __init__(self, folder: Path) -> None:
        vault = SessionVault()
        plan = planned(CLOCK, vault)
        plan.vouched()
        self.sheet = "-".join(plan.sheets[0].groups)
        with closing(plan.make(folder)) as desk:
            users.add_user(desk, OTHER, "CASEWORKER", OTHER_PASSWORD)
            people.add_person(desk, {"known_as": "One"})
            made = backups.back_up(desk)
            self.keys: DeskKeys = desk.keys
        shutil.copy(made.path, folder / BACKUP)
        self.folder = folder
        self.sound = {name: (folder / name).read_bytes() for name in FILES}
        self.before = {name: self.read(name) for name in FILES}

    def read(self, name: str) -> object:
        """What is in a file, as the program reads it; a password is not asked for."""
        readers: dict[str, Callable[[], object]] = {
            roster.NAME: self._roster,
            local_key.NAME: self._local_key,
            fresh.NAME: lambda: fresh.read(
                self.folder, self.keys.store_id, self.keys.team_secret
            ),
            BACKUP: self._backup,
        }
        return readers[name]()

    def _roster(self) -> object:
        listed = roster.read(self.folder)
        listed.check_team_secret(self.keys.team_secret)
        keys = unlocking.opened(
            self.folder,
            listed,
            self.keys.user,
            self.keys.author().pair,
            self.keys.team_secret,
        )
        names = listed.names(self.keys.team_secret)
        slots = sorted(str(slot.told()) for slot in listed.slots.values())
        return listed.now.head, names, slots, keys.key, keys.compartments()

    def _local_key(self) -> object:
        core = {1: self.keys.epoch_key("core", 1)}
        return local_key.read(self.folder, self.keys.store_id, core.get)

    def _backup(self) -> object:
        back = self.folder.with_name("back")
        try:
            vault = SessionVault()
            return recover.restore(self.folder / BACKUP, back, self.sheet, vault, CLOCK)
        finally:
            shutil.rmtree(back, ignore_errors=True)


def run(place: Path, effort: Effort) -> Told:
    """Change one file a turn and read it."""
    told = Told()
    chance = effort.chance()
    wanted, calibration.TARGET_MS = calibration.TARGET_MS, 0
    try:
        scene = Scene(place / "desk")
    finally:
        calibration.TARGET_MS = wanted
    for turn in effort:
        name = FILES[turn % len(FILES)]
        forged = name != BACKUP and chance.random() < 0.6
        sound = scene.sound[name]
        changed = _forged(sound, chance) if forged else _damaged(sound, chance)
        if changed == sound:
            continue
        (scene.folder / name).write_bytes(changed)
        _hold(scene, name, "forged" if forged else "damaged", told)
        if told.wrong:
            (place / f"kept-{name}").write_bytes(changed)
            break
        (scene.folder / name).write_bytes(sound)
    return told


def _damaged(data: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.7:
        held = bytearray(data)
        flip(held, chance)
        return bytes(held)
    return mutated(data, chance)


def _forged(data: bytes, chance: random.Random) -> bytes:
    """Changed within, and the hash made to fit."""
    text = mutated(data[_HEAD_BYTES:-_HASH_BYTES], chance)
    whole = data[:_HEAD_BYTES] + text
    return whole + hashlib.sha256(whole).digest()


def _hold(scene: Scene, name: str, how: str, told: Told) -> None:
    told.counts[f"{name} {how}"] += 1
    try:
        found = scene.read(name)
    except DeskError:
        told.counts[f"{name} {how}: refused in words"] += 1
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is no sentence
        told.wrong.append(f"{name} {how}: {type(error).__name__}: {error}")
        return
    same = found == scene.before[name]
    told.expect(same and how == "forged", f"{name} {how}: taken for sound")
