"""Making a desk: its keys in memory, the sheets on paper, then the desk.

::

    NewDesk.plan   names and password are looked at; nothing is on disk yet
    write_sheets   recovery sheets A and B as PDF
    confirm        parts of both, typed back from the paper
    make           the desk: whole, or not at all

A program that is ended within ``make`` leaves a note in the folder; then what lies
there is no desk, holds no record, and the next ``make`` clears it away.
Source: security design, §2.7.
"""

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path

from provider_desk.keys import desk_keys
from provider_desk.keys.desk_keys import Cost
from provider_desk.keys.password import password_problem
from provider_desk.keys.vault import Vault, secret_of
from provider_desk.model import files
from provider_desk.model.clock import Clock, today
from provider_desk.model.errors import DeskError, NotValid, Problem
from provider_desk.model.fields import Record, Value, value_problems
from provider_desk.model.looks import LookKind
from provider_desk.model.records import Provider, User
from provider_desk.model.rules import problems_of
from provider_desk.services.desk import Desk
from provider_desk.services.entry import before_sign_in, half_made, sheets
from provider_desk.services.entry.sheets import delete as delete_sheets
from provider_desk.services.entry.typed_back import Asked, asked_of, refuse_differing
from provider_desk.services.looking import looks
from provider_desk.services.rights.users import initials_of
from provider_desk.services.safety import freshness
from provider_desk.store.lock import NAME as LOCK
from provider_desk.store.lock import Lock
from provider_desk.store.store import Store

__all__ = ["Asked", "NewDesk", "delete_sheets"]

_LONGEST_CODE = 20


class NewDesk:
    """A desk that is about to be; made by ``plan``.

    Attributes:
        sheets: recovery sheets A and B.
        asked: which groups of them are to be typed back.
    """

    def __init__(
        self,
        service: Provider,
        first: User,
        password: str,
        clock: Clock,
        vault: Vault,
        cost: Cost | None,
    ) -> None:
        self._service = service
        self._first = first
        self._password = password
        self._clock = clock
        self._vault = vault
        self._cost = cost
        shared = vault.shared()
        self._keys = desk_keys.plan(secret_of(shared) if shared else b"")
        codes = {"A": self._keys.sheet_a, "B": self._keys.sheet_b}
        self.sheets = tuple(
            sheets.sheet_of(which, code, service.name, self._keys.store_id, clock)
            for which, code in codes.items()
        )
        self.asked = asked_of(self.sheets)
        self._confirmed = False

    def __repr__(self) -> str:
        return f"<new desk {self._keys.store_id}>"

    @classmethod
    def plan(
        cls,
        *,
        provider: str,
        user: str,
        password: str,
        clock: Clock,
        vault: Vault,
        provider_code: str = "",
        cost: Cost | None = None,
    ) -> "NewDesk":
        """Look at what was typed, and make the keys in memory.

        Args:
            provider: the service's name.
            user: name of the first person, a manager, to sign in with.
            password: at least 12 characters, and not easy to guess.
            clock: what tells the time.
            vault: where this computer will keep the team secret; it is tried out.
            provider_code: used in file names; made from the name where left out.
            cost: of a guess of the password; measured on this PC where left out.

        Raises:
            NotValid: a name or the password won't do; fields "provider", "user",
                "code", "password".
            NoKeyring: the team secret can't be kept there.
        """
        name, service_name = " ".join(user.split()), " ".join(provider.split())
        code = provider_code.strip() or _code_of(provider)
        first = {"name": name, "role": "MANAGER", "initials": initials_of(name)}
        service = {"name": service_name, "code": code}
        problems = [
            *_problems(Provider, service, {"name": "provider"}, clock),
            *_problems(User, first, {"name": "user"}, clock),
        ]
        weak = password_problem(password, (service_name, name))
        if weak is not None:
            problems.append(weak)
        if problems:
            raise NotValid(problems)
        vault.try_out()
        made = Provider.made(service), User.made(first)
        return cls(*made, password, clock, vault, cost)

    def write_sheets(self, folder: Path) -> tuple[Path, ...]:
        """Write both sheets as PDF; returns the files.

        Raises:
            DeskError: one is there already; none was written.
            DiskFull, ReadOnly, Missing, Trouble: none is left.
        """
        return sheets.write(folder, self.sheets)

    def confirm(self, answers: Mapping[str, str]) -> None:
        """Compare what was typed back with the sheets.

        Args:
            answers: what was typed, by the names in ``asked``.

        Raises:
            NotValid: something differs; a problem for each such field.
        """
        refuse_differing(self.sheets, self.asked, answers)
        self._confirmed = True

    def is_right(self, asked: Asked, typed: str) -> bool:
        """Whether one group was typed as it stands on its sheet."""
        try:
            refuse_differing(self.sheets, (asked,), {asked.name: typed})
        except NotValid:
            return False
        return True

    def vouched(self) -> None:
        """Somebody vouches that both sheets are kept: nothing is typed back."""
        self._confirmed = True

    def make(self, folder: Path, fill: Callable[[Desk], None] | None = None) -> Desk:
        """Make the desk and sign its first person in.

        Args:
            folder: of the desk; made where it is not there.
            fill: called before the desk counts as made, to put invented records in;
                for the demo desk only.

        Raises:
            DeskError: the sheets were not typed back; or the folder holds a desk
                already, which is left as it is.
            NoKeyring, InUse, ReadOnly, DiskFull, Trouble: nothing is left behind.
        """
        if not self._confirmed:
            raise DeskError(
                "The recovery sheets were not typed back.",
                "No desk was made. Print both and type the groups that are asked.",
            )
        half_made.refuse_desk(folder)
        there = folder.exists()
        files.make_private_folder(folder)
        lock = Lock(folder)
        try:
            half_made.clear(folder, self._vault)
            half_made.begin(folder, self._keys.store_id)
            desk = self._made(folder, lock, fill)
        except BaseException:
            with contextlib.suppress(DeskError):
                half_made.clear(folder, self._vault)
            lock.release()
            if not there:
                _remove_empty(folder)
            raise
        self._password = ""
        return desk

    def _made(
        self, folder: Path, lock: Lock, fill: Callable[[Desk], None] | None
    ) -> Desk:
        first = self._first
        keys = self._keys.write(
            folder, self._vault, first.id, first.name, self._password, self._cost
        )
        store = Store.create(
            folder, keys.key, self._clock, keys.store_id, keys.device, lock=lock
        )
        try:
            with store.writing("set up the desk", by=first.id) as deed:
                deed.add(self._service)
                deed.add(first)
            desk = Desk(store, first, self._clock, keys, self._vault)
            looks.note(desk, LookKind.SIGNED_IN, about="the desk was made")
            before_sign_in.begin(desk)
            if fill is not None:
                fill(desk)
            # What can't be remembered now is when the desk is closed.
            with contextlib.suppress(DeskError):
                freshness.remember(desk)
            half_made.end(folder)
        except BaseException:
            store.close()
            raise
        return desk


def _problems(
    kind: type[Record], values: Mapping[str, Value], named: dict[str, str], clock: Clock
) -> list[Problem]:
    """What stops a record, each problem with the name of the field that was typed."""
    found = value_problems(kind, values)
    if not found:
        found = problems_of(kind.made(values), {}, today(clock))
    stops = [each for each in found if each.severity == "stop"]
    return [Problem(named.get(each.field, each.field), each.text) for each in stops]


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        (folder / LOCK).unlink(missing_ok=True)
        folder.rmdir()


def _code_of(provider: str) -> str:
    """Initials of a name of several words; a single word as it is."""
    words = ["".join(filter(str.isalnum, word)) for word in provider.split()]
    words = [word for word in words if word]
    if len(words) == 1:
        return words[0][:_LONGEST_CODE]
    return "".join(word[0].upper() for word in words)[:_LONGEST_CODE]
