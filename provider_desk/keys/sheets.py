"""Recovery sheets: checked and renewed.

::

    A   member of core and admin, opens the team secret    held by the organisation
    B   member of counsel:*                                 held by the clinical lead

The code on a sheet is all that opens it; nothing of it is kept on any computer.
Source: security design, §2.7.
"""

import secrets
from pathlib import Path

from provider_desk.keys import epochs, roster
from provider_desk.keys.compartments import sheet_of
from provider_desk.keys.held import DeskKeys
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.new_keys import CODE_BYTES, say_sheet_a
from provider_desk.keys.roster import Roster
from provider_desk.model.errors import WrongPassword


def check_sheet(where: Path | Roster, code: bytes) -> str:
    """Which recovery sheet a code is: "A" or "B".

    Raises:
        WrongPassword: none of this desk's.
        Missing, Damaged, FromNewerVersion, Trouble: the roster can't be read.
    """
    listed = where if isinstance(where, Roster) else roster.read(where)
    for which, public in listed.now.sheets.items():
        if KeyPair.of_sheet(which, code).public() == public:
            return which
    raise no_sheet("A or B")


def new_code() -> bytes:
    """A random code for a sheet, 20 bytes."""
    return secrets.token_bytes(CODE_BYTES)


def renew_sheet(
    folder: Path, keys: DeskKeys, which: str, code: bytes | None = None
) -> bytes:
    """Put a new recovery sheet in place of one; returns its code, 20 bytes.

    The old sheet opens nothing that is sealed from now on. Print the new one and have
    it typed back first, then give its code: what is never printed opens nothing.

    Args:
        folder: of the desk.
        keys: for "A" of a manager, for "B" of a clinical lead.
        which: "A" or "B".
        code: from ``new_code``; made here where it is left out.

    Raises:
        NotAllowed: whoever asks may not renew this sheet.
        Missing, Damaged, FromNewerVersion, OlderDesk, DiskFull, ReadOnly, Trouble: the
            roster can't be read or written; the old sheet holds.
    """
    code = new_code() if code is None else code
    listed, pair = keys.current(folder), KeyPair.of_sheet(which, code)
    if which == "A":
        say_sheet_a(listed, keys.author(), pair, keys.team_secret)
    else:
        public = pair.public().told()
        listed.say(keys.author(), "sheet", which=which, public=public)
    touched = tuple(c for c in listed.now.compartments if sheet_of(c) == which)
    epochs.begin_due(listed, keys.author(), keys.ring(), touched)
    roster.write(folder, listed)
    keys.take(listed)
    return code


def is_first(folder: Path, keys: DeskKeys, which: str) -> bool:
    """Whether a sheet is still the one that the desk was made with.

    Sheet B should not be, once there is a clinical lead: whoever made the desk has had
    it in hand.

    Raises:
        Missing, Damaged, FromNewerVersion, OlderDesk, Trouble: the roster can't be
            read.
    """
    return keys.current(folder).now.sheet_since[which] == 1


def no_sheet(which: str) -> WrongPassword:
    """What to say of a code that opens no sheet of this desk."""
    return WrongPassword(
        f"This is not the code of recovery sheet {which} of this desk.",
        "Nothing was changed. Look whether it is the newest sheet, and that of this "
        "desk: the sheet shows the desk's number.",
    )
