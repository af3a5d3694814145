"""Run by the power cuts on whole desks, recorded: does deeds, says what is done.

``python desk_writer.py TASK FOLDER KEY SEED``; FOLDER holds ``data``, the desk, and
``secret.txt``, the vault. Each task is a function here.
"""

import random
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path

from provider_desk.keys import calibration
from provider_desk.keys.vault import FileVault, SessionVault
from provider_desk.model.clock import FixedClock
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.services.entry import recover
from provider_desk.services.entry.sign_in import sign_in
from provider_desk.services.rights import users
from provider_desk.services.safety import backups, freshness
from tests.builders.desks import MANAGER, PASSWORD, planned
from tests.faults.writer import say

CLOCK = FixedClock.on(date(2018, 5, 1))
OTHER, OTHER_PASSWORD = "Other Invented", "purple ladder winter spoon"
PASSWORDS = (PASSWORD, "orchard velvet pencil storm", "copper river button sleeve")


@contextmanager
def at_desk(folder: Path) -> Iterator[Desk]:
    """The manager is signed in."""
    vault = FileVault(folder / "secret.txt")
    with closing(sign_in(folder / "data", MANAGER, PASSWORD, CLOCK, vault)) as desk:
        yield desk


def work(folder: Path, seed: int) -> None:
    """Two days: people are added, what must be remembered outside is remembered."""
    chance = random.Random(seed)  # noqa: S311
    for day in range(2):
        with at_desk(folder) as desk:
            for number in range(chance.randrange(1, 5)):
                name = f"N{day}{number}"
                people.add_person(desk, {"known_as": name, "born_on": date(1980, 1, 1)})
                say(f"person {name}")
                if chance.random() < 0.4:
                    freshness.remember(desk)


def password(folder: Path, _seed: int) -> None:
    """The manager's password is changed, twice."""
    with at_desk(folder) as desk:
        for before, after in pairwise(PASSWORDS):
            users.change_password(desk, before, after)
            say(f"password {PASSWORDS.index(after)}")


def joining(folder: Path, _seed: int) -> None:
    """Somebody is added."""
    with at_desk(folder) as desk:
        users.add_user(desk, OTHER, "CASEWORKER", OTHER_PASSWORD)
        say("joined")


def leaving(folder: Path, _seed: int) -> None:
    """Somebody is let go; at the next signing in the store gets its new key."""
    with at_desk(folder) as desk:
        user = next(each for each in users.users(desk) if each.name == OTHER)
        users.let_go(desk, user.id, "invented")
        say("left")
    with at_desk(folder) as desk:
        people.add_person(desk, {"known_as": "After", "born_on": date(1980, 1, 1)})
        say("person After")


def backup(folder: Path, _seed: int) -> None:
    """A backup is made, twice on one day."""
    with at_desk(folder) as desk:
        for number in range(2):
            name = f"N{number}"
            people.add_person(desk, {"known_as": name, "born_on": date(1980, 1, 1)})
            say(f"person {name}")
            say(f"backup {backups.back_up(desk).path.name}")


def restore(folder: Path, _seed: int) -> None:
    """A desk is brought back from its backup, beside the first."""
    (path,) = (folder / "data" / "backups").glob("*.pdbackup")
    code = (folder / "sheet.txt").read_text()
    recover.restore(path, folder / "back", code, SessionVault(), CLOCK)
    say("restored")


def new(folder: Path, _seed: int) -> None:
    """A desk is made."""
    plan = planned(CLOCK, FileVault(folder / "secret.txt"))
    plan.vouched()
    plan.make(folder / "data").close()
    say("made")


TASKS = {
    each.__name__: each
    for each in (work, password, joining, leaving, backup, restore, new)
}


def main(task: str, folder: str, _key: str, seed: str) -> None:
    """Do one of the tasks; a guess costs the floor."""
    calibration.TARGET_MS = 0
    TASKS[task](Path(folder), int(seed))


if __name__ == "__main__":
    main(*sys.argv[1:])
