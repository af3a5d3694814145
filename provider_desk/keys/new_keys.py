"""The keys of a desk that is about to be: planned in memory, then written at once."""

import secrets
from pathlib import Path

from provider_desk.keys import epochs, local_key, people_in, roster, vault
from provider_desk.keys.boxes import SALT_BYTES, commitment
from provider_desk.keys.calibration import calibrated
from provider_desk.keys.compartments import ADMIN, CORE, FIRST_TEAM
from provider_desk.keys.held import DeskKeys
from provider_desk.keys.key_pairs import KEY_BYTES, KeyPair, seal_for
from provider_desk.keys.local_key import LocalKey
from provider_desk.keys.ring import opened_ring
from provider_desk.keys.roster import TEAM_INFO, Roster
from provider_desk.keys.slots import Cost, Login
from provider_desk.keys.statements import Author
from provider_desk.keys.vault import Vault
from provider_desk.model import files
from provider_desk.model.errors import DeskError

#: Bytes of a recovery sheet's code.
CODE_BYTES = 20


class NewKeys:
    """A desk's keys before it exists; ends with the program, or becomes a desk.

    Attributes:
        sheet_a: the code of recovery sheet A, 20 bytes.
        sheet_b: the code of recovery sheet B, 20 bytes.
    """

    __slots__ = ("_author", "_roster", "_team_secret", "sheet_a", "sheet_b")

    def __init__(self, team_secret: bytes = b"") -> None:
        """Make them.

        Args:
            team_secret: 32 bytes that the vault gives to every desk; a random one
                where it is left out.
        """
        self.sheet_a = secrets.token_bytes(CODE_BYTES)
        self.sheet_b = secrets.token_bytes(CODE_BYTES)
        self._team_secret = team_secret or secrets.token_bytes(KEY_BYTES)
        self._author = Author("A", KeyPair.of_sheet("A", self.sheet_a))
        sheet_b = KeyPair.of_sheet("B", self.sheet_b)
        salt = secrets.token_bytes(SALT_BYTES)
        self._roster = Roster()
        self._roster.say(
            self._author,
            "desk",
            salt=salt.hex(),
            commit=commitment(self._team_secret, salt=salt, info=TEAM_INFO).hex(),
            sheets={
                "A": self._author.pair.public().told(),
                "B": sheet_b.public().told(),
            },
        )

    def __repr__(self) -> str:
        return f"<keys of the new desk {self.store_id}>"

    @property
    def store_id(self) -> str:
        """The id of the desk to be: its fingerprint, which the sheets carry."""
        return self._roster.store

    def write(
        self,
        folder: Path,
        vault: Vault,
        user_id: str,
        name: str,
        password: str,
        cost: Cost | None = None,
    ) -> DeskKeys:
        """Make the key files, with one manager who can sign in.

        roster.bin comes last: without it there is no desk.

        Raises:
            NotValid: the name or the password won't do.
            DeskError: the folder holds keys already; they are left as they are.
            NoKeyring, DiskFull, ReadOnly, Trouble: nothing is left behind.
        """
        people_in.refuse_weak(name, password)
        refuse_existing(folder)
        pair = KeyPair.fresh()
        listed = self._roster.again()
        login = Login(name, password, self._team_secret)
        self._fill(listed, user_id, pair, login, cost or calibrated())
        ring = opened_ring(listed, user_id, pair)
        local = local_key.fresh(self.store_id, 1)
        files.make_private_folder(folder)
        self._keep(folder, vault, listed, local, ring.epochs[CORE][1])
        return DeskKeys(
            store_id=self.store_id,
            device=local.device,
            user=user_id,
            key=local.key,
            team_secret=self._team_secret,
            pair=pair,
            ring=ring,
        )

    def _fill(
        self, listed: Roster, user_id: str, pair: KeyPair, login: Login, cost: Cost
    ) -> None:
        author, public = self._author, pair.public()
        listed.say(author, "member", user=user_id, public=public.told(), admin=True)
        epochs.begin(listed, author, CORE, {})
        epochs.begin(listed, author, ADMIN, {})
        # No manager ever holds it: sheet B alone, until a clinical lead takes it up.
        epochs.begin(listed, author, FIRST_TEAM, {}, ["B"])
        say_sheet_a(listed, author, author.pair, self._team_secret)
        author = Author(user_id, pair)
        people_in.put_slot(listed, author, user_id, pair, login, cost)

    def _keep(
        self, folder: Path, place: Vault, listed: Roster, local: LocalKey, core: bytes
    ) -> None:
        text = vault.secret_text(self._team_secret)
        place.put(self.store_id, "team-secret", text)
        try:
            local_key.write(folder, local, core)
            roster.write(folder, listed)
        except BaseException:
            # One without the other would bar the way to a desk that never was.
            (folder / local_key.NAME).unlink(missing_ok=True)
            place.forget(self.store_id, "team-secret")
            raise


def plan(team_secret: bytes = b"") -> NewKeys:
    """The keys of a new desk, in memory: nothing is on disk or in the keyring yet."""
    return NewKeys(team_secret)


def exist(folder: Path) -> bool:
    """Whether a folder holds keys of a desk.

    local.key with nothing beside it is left from a crash while a desk was being made:
    no desk ever was.
    """
    if (folder / roster.NAME).exists():
        return True
    return (folder / local_key.NAME).exists() and any(
        each.name != local_key.NAME and ".part-" not in each.name
        for each in folder.iterdir()
    )


def refuse_existing(folder: Path) -> None:
    """See that a folder holds no keys.

    Raises:
        DeskError: it does.
    """
    if exist(folder):
        raise DeskError(
            f"There are keys of a desk in “{folder}” already.",
            "They were left as they are, because without them that desk could never be "
            "opened again. Choose an empty folder.",
        )


def say_sheet_a(
    listed: Roster, author: Author, sheet: KeyPair, team_secret: bytes
) -> None:
    """Say what sheet A is now, with the team secret sealed to it."""
    public = sheet.public()
    info = team_info(listed.store)
    listed.say(
        author,
        "sheet",
        which="A",
        public=public.told(),
        team=seal_for(public.seals, team_secret, info).hex(),
    )


def team_info(store: str) -> str:
    """What the team secret that is sealed to sheet A belongs to."""
    return f"pd1/team|{store}|A"
