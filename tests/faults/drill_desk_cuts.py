"""The power is cut while somebody works at a whole desk: it opens, and all is there.

People are added, a password is changed, somebody joins or leaves and the store gets a
new key, a backup is made, a desk comes to be. After the cut the manager signs in with
the password, no older desk is suspected, and what was said to be done is done.
Source: security design, §4.2 (power cut) and §2.7.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from provider_desk.keys import calibration
from provider_desk.keys.vault import FileVault, SessionVault
from provider_desk.model.errors import DeskError, WrongPassword
from provider_desk.model.files import make_private_folder
from provider_desk.model.records import Client, User
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.services.entry import recover
from provider_desk.services.entry.sign_in import desk_exists, sign_in
from provider_desk.services.rights import users
from provider_desk.services.safety import backups, desk_check
from provider_desk.store.records import find
from tests.builders.desks import MANAGER, PASSWORD, planned
from tests.faults.desk_writer import CLOCK, OTHER, OTHER_PASSWORD, PASSWORDS
from tests.faults.drill_power_cut import Writer, cut
from tests.faults.effort import Effort, Told
from tests.faults.recording import can_record

SCRIPT = Path(__file__).with_name("desk_writer.py")

#: Cuts of one recording: signing in stretches a password each time.
CUTS = 6


def run(place: Path, effort: Effort, writers: Sequence[Writer] = ()) -> Told:
    """Record each task in turn and cut its power."""
    told = Told(skipped=can_record())
    if told.skipped:
        return told
    wanted, calibration.TARGET_MS = calibration.TARGET_MS, 0
    try:
        cut(place, effort, writers or WRITERS, told)
    finally:
        calibration.TARGET_MS = wanted
    return told


def _make(folder: Path) -> None:
    """A desk with a manager; its sheet A's code lies beside it, for the drill."""
    plan = planned(CLOCK, FileVault(folder / "secret.txt"))
    plan.vouched()
    (folder / "sheet.txt").write_text("-".join(plan.sheets[0].groups))
    plan.make(folder / "data").close()


def _make_for_two(folder: Path) -> None:
    _make(folder)
    with closing(_signed_in(folder)) as desk:
        users.add_user(desk, OTHER, "CASEWORKER", OTHER_PASSWORD)


def _make_with_backup(folder: Path) -> None:
    _make(folder)
    with closing(_signed_in(folder)) as desk:
        people.add_person(desk, {"known_as": "One", "born_on": date(1980, 1, 1)})
        backups.back_up(desk)


def _nothing(_folder: Path) -> None:
    """A desk is about to be made."""


def _signed_in(folder: Path, name: str = MANAGER, password: str = PASSWORD) -> Desk:
    vault = FileVault(folder / "secret.txt")
    return sign_in(folder / "data", name, password, CLOCK, vault)


def _as_private(folder: Path) -> None:
    """What a cut leaves keeps its rights."""
    make_private_folder(folder)
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def check_work(folder: Path, said: Sequence[str]) -> Iterator[str]:
    """What is wrong with a desk after a cut; people who were added are there."""
    _as_private(folder)
    try:
        with closing(_signed_in(folder)) as desk:
            yield from _people_missing(desk, said)
            yield from desk_check.check(desk).faults
        # Signing in once more finds the desk as it was left.
        _signed_in(folder).close()
    except DeskError as error:
        yield f"{type(error).__name__}: {error}"


def _people_missing(desk: Desk, said: Sequence[str]) -> Iterator[str]:
    with desk.store.reading() as rows:
        there = {each.known_as for each in find(rows, Client)}
    for words in said:
        what, _, name = words.partition(" ")
        if what == "person" and name not in there:
            yield f"lost: {name}"


def check_password(folder: Path, said: Sequence[str]) -> Iterator[str]:
    """The last password that was acknowledged opens, or the one after it."""
    _as_private(folder)
    last = int(said[-1].split()[1]) if said else 0
    for typed in PASSWORDS[last : last + 2]:
        with suppress(WrongPassword):
            try:
                _signed_in(folder, password=typed).close()
            except WrongPassword:
                raise
            except DeskError as error:
                yield f"{type(error).__name__}: {error}"
            return
    yield "neither the old password nor the new one opens the desk"


def check_joining(folder: Path, said: Sequence[str]) -> Iterator[str]:
    """Who was said to have joined signs in; who was not can be added again."""
    yield from check_work(folder, said)
    try:
        with closing(_signed_in(folder)) as desk:
            with desk.store.reading() as rows:
                there = bool(find(rows, User, name=OTHER))
            if "joined" in said and not there:
                yield "lost: who joined"
            if not there:
                users.add_user(desk, OTHER, "CASEWORKER", OTHER_PASSWORD)
        _signed_in(folder, OTHER, OTHER_PASSWORD).close()
    except DeskError as error:
        yield f"who joins: {type(error).__name__}: {error}"


def check_leaving(folder: Path, said: Sequence[str]) -> Iterator[str]:
    """Who was let go does not sign in; everybody else does."""
    yield from check_work(folder, said)
    if "left" not in said:
        return
    try:
        _signed_in(folder, OTHER, OTHER_PASSWORD).close()
    except DeskError:
        return
    yield "who was let go still signs in"


def check_backup(folder: Path, said: Sequence[str]) -> Iterator[str]:
    """Every backup that was acknowledged brings back a desk, by sheet A alone."""
    yield from check_work(folder, said)
    code = (folder / "sheet.txt").read_text()
    for number, words in enumerate(said):
        what, _, name = words.partition(" ")
        if what == "backup":
            back = folder / f"back-{number}"
            path = folder / "data" / "backups" / name
            try:
                recover.restore(path, back, code, SessionVault(), CLOCK)
            except DeskError as error:
                yield f"backup: {type(error).__name__}: {error}"


def check_restore(folder: Path, said: Sequence[str]) -> Iterator[str]:
    """There is a desk that opens, or none, and then it can be brought back."""
    _as_private(folder)
    (path,) = (folder / "data" / "backups").glob("*.pdbackup")
    back, code = folder / "back", (folder / "sheet.txt").read_text()
    vault = SessionVault()
    try:
        if desk_exists(back):
            recover.bring_back_secret(back, code, vault, CLOCK)
        elif said:
            yield "lost: the desk that was brought back"
        else:
            recover.restore(path, back, code, vault, CLOCK)
        with closing(sign_in(back, MANAGER, PASSWORD, CLOCK, vault)) as desk:
            yield from _people_missing(desk, ["person One"])
            yield from desk_check.check(desk).faults
    except DeskError as error:
        yield f"{type(error).__name__}: {error}"


def check_new(folder: Path, said: Sequence[str]) -> Iterator[str]:
    """There is a desk that opens, or none, and then one can be made."""
    _as_private(folder)
    try:
        if desk_exists(folder / "data"):
            _signed_in(folder).close()
            return
        if said:
            yield "lost: the desk"
        plan = planned(CLOCK, FileVault(folder / "secret.txt"))
        plan.vouched()
        plan.make(folder / "data").close()
    except DeskError as error:
        yield f"{type(error).__name__}: {error}"


WRITERS = (
    Writer("work", _make, check_work, SCRIPT, CUTS),
    Writer("password", _make, check_password, SCRIPT, CUTS),
    Writer("joining", _make, check_joining, SCRIPT, CUTS),
    Writer("leaving", _make_for_two, check_leaving, SCRIPT, CUTS),
    Writer("backup", _make, check_backup, SCRIPT, CUTS),
    Writer("restore", _make_with_backup, check_restore, SCRIPT, CUTS),
    Writer("new", _nothing, check_new, SCRIPT, CUTS),
)
