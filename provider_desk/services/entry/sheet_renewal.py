"""Recovery sheets of a desk that is in use: checked, and renewed.

A new sheet is printed and typed back in part first; only then does it take the place of
the old one. What is never finished changes nothing: the old sheet holds.
Source: security design, §2.7.
"""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from provider_desk.keys import desk_keys, sheet_code
from provider_desk.model.changed import Changed
from provider_desk.model.errors import DeskError
from provider_desk.model.looks import LookKind
from provider_desk.services.desk import Desk
from provider_desk.services.entry import sheets
from provider_desk.services.entry.typed_back import Asked, asked_of, refuse_differing
from provider_desk.services.looking import looks
from provider_desk.services.rights.permissions import (
    Permission,
    may,
    needs,
    refuse_without,
)
from provider_desk.services.safety import backups

#: Who renews which sheet.
_RENEWS = {"A": Permission.MANAGE_PEOPLE, "B": Permission.GIVE_COUNSEL_KEY}

#: What is left to do: only a backup made now opens with the new sheet.
AFTERWARDS = (
    "Backups that were made before open with the old sheet alone: see to it that a new "
    "one lies outside this computer too, then destroy the old sheet."
)


@needs(Permission.READ)
def check(desk: Desk, code: str) -> str:
    """Which recovery sheet of this desk a code is: "A" or "B"; it is written down.

    Raises:
        NotValid: the code is mistyped.
        WrongPassword: it is no sheet of this desk, or an older one.
    """
    raw = sheet_code.read(code)
    which = desk_keys.check_sheet(desk.folder, raw)
    looks.note(desk, LookKind.SHEET_CHECKED, about=f"recovery sheet {which}")
    return which


def desk_number(desk: Desk) -> str:
    """The number of the desk, as its sheets show it."""
    return sheets.fingerprint(desk.store.store_id)


def vault_words(desk: Desk) -> str:
    """Where this computer keeps the second secret, in words."""
    return desk.vault.words if desk.vault is not None else ""


class Renewal:
    """A new sheet that is about to take the place of the old one.

    Attributes:
        which: "A" or "B".
        asked: which groups are typed back.
    """

    def __init__(self, desk: Desk, which: str) -> None:
        """Make the code, in memory.

        Args:
            desk: the open desk.
            which: "A", by somebody who looks after accounts; "B", by the clinical lead.

        Raises:
            NotAllowed: this role renews no such sheet.
        """
        refuse_without(desk, _RENEWS[which])
        self.which = which
        self._desk = desk
        self._code = desk_keys.new_code()
        self._sheet = sheets.sheet_of(
            which, self._code, desk.provider().name, desk.store.store_id, desk.clock
        )
        self.asked: tuple[Asked, ...] = asked_of((self._sheet,))

    def __repr__(self) -> str:
        return f"<new sheet {self.which}>"

    def write(self, folder: Path) -> Path:
        """Write the sheet as PDF; returns the file.

        Raises:
            DeskError: there is such a file already; it was left as it is.
            DiskFull, ReadOnly, Missing, Trouble: nothing is left.
        """
        return sheets.write(folder, (self._sheet,))[0]

    def finish(self, answers: Mapping[str, str]) -> Changed:
        """Let the new sheet take the place of the old one, and make a backup.

        Args:
            answers: what was typed back, by the names in ``asked``.

        Raises:
            NotValid: something differs from the sheet; the old one holds.
            NotAllowed: the person has not taken up the key that the sheet opens.
            DiskFull, ReadOnly, Trouble: the old sheet holds.
        """
        refuse_differing((self._sheet,), self.asked, answers)
        desk, which = self._desk, self.which
        looks.note(desk, LookKind.RIGHTS, about=f"recovery sheet {which} renewed")
        desk_keys.renew_sheet(desk.folder, desk.keys, which, self._code)
        if may(desk, Permission.BACK_UP):
            # The sheet holds even where there is no room for a backup just now.
            with contextlib.suppress(DeskError):
                backups.back_up(desk)
        said = f"The new sheet {which} holds. {AFTERWARDS}"
        return Changed({"user": frozenset({desk.user.id})}, said)
