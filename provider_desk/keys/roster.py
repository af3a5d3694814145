"""roster.bin: who can sign in and who holds what, for whoever can check it.

A log of signed statements, and a slot for each person. Nothing in it names anybody:
names are sealed under the team secret, ids are random. Reading it takes every statement
through the rules: a roster that is read is one that members and sheets have made.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from provider_desk.keys import framing, rules, statements
from provider_desk.keys.boxes import commitment
from provider_desk.keys.rules import Forbidden
from provider_desk.keys.slots import Slot, name_in, same_name
from provider_desk.keys.standing import Standing
from provider_desk.keys.statements import Author, Statement
from provider_desk.model.errors import Damaged, NotAllowed, NotFound, SecretNeeded

NAME = "roster.bin"

_MOST_STATEMENTS = 20_000
_REFUSED = (
    Forbidden,
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    OverflowError,
    RecursionError,
)


class Roster:
    """A roster as it was read, and what is added to it before it is written again.

    Attributes:
        log: all statements, the first one first.
        slots: by the person's id.
        now: what the statements come to.
    """

    __slots__ = ("log", "now", "slots")

    def __init__(self) -> None:
        self.log: list[Statement] = []
        self.slots: dict[str, Slot] = {}
        self.now = Standing()

    def __repr__(self) -> str:
        return f"<roster of desk {self.now.store}, revision {self.now.revision}>"

    @property
    def store(self) -> str:
        """Id of the desk."""
        return self.now.store

    def say(self, author: Author, deed: str, **told: Any) -> None:
        """Make the next statement. Where it is refused, the roster is of no use more.

        Raises:
            NotAllowed: the author may not say this, or it can't be.
        """
        said = statements.said(self.now.revision + 1, self.now.head, author, deed, told)
        try:
            rules.apply(self.now, said)
        except Forbidden as error:
            raise NotAllowed(
                "The keys that you hold do not allow this.",
                "Nothing was changed. A manager changes who signs in; a clinical lead "
                "gives the counselling key.",
            ) from error
        self.log.append(said)

    def again(self) -> "Roster":
        """A second one that holds the same statements, and no slots."""
        found = Roster()
        for said in self.log:
            rules.apply(found.now, said)
            found.log.append(said)
        return found

    def put_slot(self, author: Author, slot: Slot) -> None:
        """Give a person a slot; an older one goes.

        Raises:
            NotAllowed: it is somebody else's, and the author is no manager.
        """
        self.say(
            author,
            "slot",
            user=slot.user,
            version=slot.version,
            digest=_digest(slot.told()),
        )
        self.slots[slot.user] = slot

    def drop_slot(self, user: str) -> None:
        """Forget a slot whose person is gone, or has new keys."""
        self.slots.pop(user, None)

    def next_version(self, user: str) -> int:
        """The version of a person's next slot."""
        return self.now.versions.get(user, 0) + 1

    def check_team_secret(self, team_secret: bytes) -> None:
        """Look whether a team secret is this desk's.

        Raises:
            SecretNeeded: it is another's.
        """
        found = commitment(team_secret, salt=self.now.salt, info=TEAM_INFO)
        if found != self.now.commit:
            raise SecretNeeded(
                "The team secret on this computer is not that of this desk.",
                "Nothing was changed, and your password was not tried. Type the code "
                "of recovery sheet A.",
            )

    def names(self, team_secret: bytes) -> dict[str, str]:
        """What everybody signs in with, by id.

        Raises:
            Broken: the team secret is another, or a name was changed.
        """
        return {
            user: name_in(self.store, slot, team_secret)
            for user, slot in self.slots.items()
        }

    def named(self, name: str, team_secret: bytes) -> list[Slot]:
        """The slots of a name, or all of them where it is "".

        Raises:
            Broken: the team secret is another, or a name was changed.
        """
        if not name.strip():
            return list(self.slots.values())
        names = self.names(team_secret)
        return [s for u, s in self.slots.items() if same_name(names[u], name)]

    def active(self, user: str) -> None:
        """See that somebody is a member.

        Raises:
            NotFound: they are not, or no more.
        """
        if self.now.public_of(user) is None:
            raise NotFound(
                "This person can't sign in to the desk.",
                "Nothing was changed. Let them sign in first.",
            )

    def body(self) -> dict[str, Any]:
        """As it stands in the file."""
        return {
            "store": self.store,
            "log": [said.as_told() for said in self.log],
            "slots": [slot.told() for slot in self.slots.values()],
        }


#: Purpose of the team secret's commitment.
TEAM_INFO = "pd1/team-secret"


def read(folder: Path) -> Roster:
    """The roster of a folder, checked from its first statement to its last.

    Raises:
        Missing, FromNewerVersion, DeskError, Trouble: as ``framing.read``.
        Damaged: it is not as members and sheets have made it.
    """
    path = folder / NAME
    return _checked(framing.read(path, framing.ROSTER), path)


def parse(data: bytes) -> Roster:
    """The roster in the bytes of a roster.bin: a backup carries one.

    Raises:
        FromNewerVersion, DeskError, Damaged: as ``read``.
    """
    path = Path(NAME)
    return _checked(framing.parsed(data, path, framing.ROSTER), path)


def framed(roster: Roster) -> bytes:
    """The bytes of its roster.bin."""
    return framing.framed(framing.ROSTER, roster.body())


def write(folder: Path, roster: Roster) -> None:
    """Write the roster of a folder.

    Raises:
        DiskFull, ReadOnly, Missing, Trouble: the old one stands.
    """
    framing.write(folder / NAME, framing.ROSTER, roster.body())


def damaged(folder: Path) -> Damaged:
    """What to say of a roster that was changed."""
    return framing.damaged(folder / NAME)


def _checked(body: Mapping[str, Any], path: Path) -> Roster:
    found = Roster()
    try:
        for each in body["log"][:_MOST_STATEMENTS]:
            said = statements.read(each)
            rules.apply(found.now, said)
            found.log.append(said)
        for each in body["slots"]:
            slot = Slot.read(each)
            found.slots[slot.user] = slot
        _compare(found, body)
    except _REFUSED as error:
        raise framing.damaged(path) from error
    return found


def _compare(found: Roster, body: Mapping[str, Any]) -> None:
    """The slots are those that the log tells of, each as it was made."""
    marks = {
        user: (slot.version, _digest(slot.told())) for user, slot in found.slots.items()
    }
    told = {user: (mark.version, mark.digest) for user, mark in found.now.slots.items()}
    whole = len(body["log"]) == len(found.log) and len(body["slots"]) == len(marks)
    if marks != told or body["store"] != found.store or not found.log or not whole:
        raise Forbidden("slots that the log does not tell of")


def _digest(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(statements.canonical(told)).hexdigest()
