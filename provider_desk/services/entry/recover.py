"""Recovery sheet A at work: a lost secret, a forgotten password, an empty computer.

The code is read here, so that a mistype is told beside its field, before a file is
looked at. Source: security design, §2.7.
"""

import contextlib
from pathlib import Path

from provider_desk.keys import desk_keys, sheet_code, sheet_use, tries
from provider_desk.keys.password import password_problem
from provider_desk.keys.vault import Vault
from provider_desk.model import files
from provider_desk.model.clock import Clock, moment
from provider_desk.model.errors import DeskError, NotValid
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.services.entry import half_made
from provider_desk.services.safety import restoring
from provider_desk.services.saying import at
from provider_desk.store import store as store_file
from provider_desk.store.lock import Lock


def bring_back_secret(folder: Path, sheet_a: str, vault: Vault, clock: Clock) -> None:
    """Bring the team secret back to a computer that has lost it.

    That it was brought back is in the log of who looked from the next signing in on.

    Raises:
        NotValid: the code is mistyped, field "code".
        WrongPassword: it is not this desk's sheet A.
        NoKeyring: the secret can't be kept there.
        Missing, Damaged, FromNewerVersion, ReadOnly, Trouble: the desk can't be read.
    """
    code = sheet_code.read(sheet_a)
    _refuse_no_desk(folder)
    sheet = desk_keys.by_sheet_a(folder, code)
    vault.try_out()
    sheet.keep_secret(vault)
    sheet_use.remember(folder, sheet.store_id, sheet.team_secret, clock.now_ms())


def new_password_by_sheet(
    folder: Path, sheet_a: str, name: str, password: str, clock: Clock, vault: Vault
) -> None:
    """Set a new password for a manager who has forgotten theirs.

    What was sealed for this manager alone, drafts, opens no more; the desk does.

    Raises:
        NotValid: the code is mistyped, or the password won't do.
        WrongPassword: it is not this desk's sheet A, or no manager has that name.
        TooManyTries: it is too soon after wrong codes.
        NoKeyring: the secret can't be kept on this computer.
        InUse: the desk is open; its manager can set passwords there.
        Missing, Damaged, FromNewerVersion, DiskFull, ReadOnly, Trouble: the old
            password holds.
    """
    code = sheet_code.read(sheet_a)
    weak = password_problem(password, (name,))
    if weak is not None:
        raise NotValid([weak])
    _refuse_no_desk(folder)
    lock = Lock(folder)
    try:
        with tries.counted(folder, clock):
            sheet = desk_keys.by_sheet_a(folder, code)
            user_id = sheet.manager_named(name)
        sheet.keep_secret(vault)
        sheet.new_password(folder, user_id, password)
    finally:
        lock.release()


def restore(
    backup: Path,
    folder: Path,
    sheet_a: str,
    vault: Vault,
    clock: Clock,
    *,
    set_aside: bool = False,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> str:
    """Bring a desk back from a backup, with recovery sheet A alone.

    Everybody signs in with the password they had when the backup was made.

    Args:
        backup: the file.
        folder: where the desk will be.
        sheet_a: the code.
        vault: where this computer will keep the team secret.
        clock: what tells the time.
        set_aside: a desk that is there is moved to a folder beside it first.
        progress: told how far it is.
        cancelled: asked whether to stop.

    Returns:
        What was brought back, and what was set aside, in words.

    Raises:
        NotValid: the code is mistyped, field "code".
        WrongPassword: it is not sheet A of the backup's desk.
        DeskError: there is a desk in the folder and it is not to be set aside.
        Cancelled, NoKeyring, Damaged, FromNewerVersion, Trouble: nothing was changed;
            a desk set aside is back.
    """
    code = sheet_code.read(sheet_a)
    sheet = desk_keys.by_sheet_a(restoring.roster_in(backup), code)
    vault.try_out()
    moved = _set_aside(folder, clock) if set_aside else None
    try:
        source = _now_at(backup, folder, moved)
        held = restoring.restore(source, folder, sheet, progress, cancelled)
        sheet.keep_secret(vault)
    except BaseException:
        if moved is not None:
            _put_back(moved, folder)
        raise
    said = f"The desk of {at(held.made_ms)} is back."
    return said if moved is None else f"{said} What was there is in “{moved}”."


def _refuse_no_desk(folder: Path) -> None:
    if not half_made.is_desk(folder):
        raise store_file.no_store(folder)


def _set_aside(folder: Path, clock: Clock) -> Path | None:
    """Move the desk of a folder beside it; returns where it is now."""
    if not half_made.is_desk(folder):
        return None
    # While somebody has it open it stays.
    Lock(folder).release()
    day = moment(clock.now_ms()).date().isoformat()
    for number in range(1, 1_000):
        aside = folder.with_name(f"{folder.name} set aside {day} {number}")
        if not aside.exists():
            break
    try:
        folder.rename(aside)
    except OSError as error:
        raise files.in_words(error, folder) from error
    return aside


def _now_at(backup: Path, folder: Path, moved: Path | None) -> Path:
    """Where a backup is: the desk's own ones were set aside with it."""
    backup, folder = backup.absolute(), folder.absolute()
    if moved is None or not backup.is_relative_to(folder):
        return backup
    return moved / backup.relative_to(folder)


def _put_back(aside: Path, folder: Path) -> None:
    with contextlib.suppress(OSError, DeskError):
        if folder.exists() and not half_made.is_desk(folder):
            for left in folder.iterdir():
                left.unlink()
            folder.rmdir()
        aside.rename(folder)
