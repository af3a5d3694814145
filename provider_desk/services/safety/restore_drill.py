"""Practising a restore: a backup and sheet A bring the desk back, and it goes again.

It is the same work as on the day when it counts, into a folder of its own; afterwards
that folder is removed. Source: security design, §1; domain reference, F9.
"""

import shutil
from pathlib import Path

from provider_desk.keys import desk_keys, sheet_code
from provider_desk.model import files
from provider_desk.model.errors import DeskError
from provider_desk.model.looks import LookKind
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights.permissions import Permission, needs
from provider_desk.services.safety import restoring
from provider_desk.services.safety.backups import Sound

#: What the folder is called in which it is made.
NAME = "restore-practice"


@needs(Permission.BACK_UP)
def practise(
    desk: Desk,
    path: Path,
    folder: Path,
    code: str,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> Sound:
    """Bring a backup back with sheet A, look at it, and remove it again.

    Args:
        desk: the open desk; it is not touched.
        path: the backup.
        folder: in which a folder for the practice is made and removed.
        code: of recovery sheet A, as typed.
        progress: told how much of how much is done.
        cancelled: asked often; True stops.

    Returns:
        What came back: number of rows by table.

    Raises:
        NotValid: the code is mistyped.
        WrongPassword: it is not the sheet A that held when the backup was made.
        DeskError: the folder for the practice is there already; it is left alone.
        Damaged: the backup is not as it was made.
        Cancelled, DiskFull, ReadOnly, Missing, Trouble: nothing is left behind.
    """
    raw = sheet_code.read(code)
    sheet = desk_keys.by_sheet_a(restoring.roster_in(path), raw)
    looks.note(desk, LookKind.RESTORE, about="practised")
    target = folder / NAME
    if target.exists():
        raise DeskError(
            f"“{target}” is there already.",
            "It was left as it is. Move it away, or choose another folder.",
        )
    files.make_private_folder(target)
    try:
        return restoring.restore(path, target, sheet, progress, cancelled)
    finally:
        shutil.rmtree(target, ignore_errors=True)
