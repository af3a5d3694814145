"""What holds after the statements of a roster's log: who is a member and holds what.

The statements are taken one by one by ``rules``, which knows who may say what.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from provider_desk.keys.boxes import Box
from provider_desk.keys.compartments import ADMIN, CORE, is_counsel, sheet_of
from provider_desk.keys.key_pairs import Public

SHEETS = ("A", "B")


@dataclass(frozen=True, slots=True)
class Member:
    """A person who can, or could, sign in.

    Attributes:
        public: their public keys now.
        admin: a manager: holds ``admin``, says who is a member.
        lead: a clinical lead: gives counselling keys.
        disabled: gone; what they sign from then on is refused.
    """

    public: Public
    admin: bool = False
    lead: bool = False
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class SlotMark:
    """What the log says of a person's slot.

    Attributes:
        version: one more with each new password.
        digest: SHA-256 of the slot.
        given: somebody else chose the password and may know it.
    """

    version: int
    digest: str
    given: bool


@dataclass(frozen=True, slots=True)
class Epoch:
    """What the log says of an epoch's key.

    Attributes:
        public: X25519.
        earlier: the key of the epoch before, sealed; None for the first.
    """

    public: bytes
    earlier: Box | None


@dataclass(slots=True)
class Compartment:
    """A compartment now.

    Attributes:
        epochs: all, the first one first.
        grants: the newest epoch's key, sealed to each holder.
        due: somebody who is no holder any more knows the newest key.
    """

    epochs: list[Epoch] = field(default_factory=list)
    grants: dict[str, bytes] = field(default_factory=dict)
    due: bool = False


@dataclass(slots=True)
class Standing:
    """What the statements so far come to.

    Attributes:
        store: id of the desk.
        salt: 16 bytes, of the team secret's commitment.
        commit: 32 bytes, tell whether a team secret is this desk's.
        team: the team secret, sealed to sheet A.
        sheets: public keys of "A" and "B".
        sheet_since: revision at which each of them became the sheet.
        members: by id.
        compartments: by name.
        slots: by id of the person.
        versions: the version of each person's newest slot, gone ones too.
        hashes: of all statements.
        signers: every public key that a person has signed with, by id.
        once_sheets: what sheets signed with that others took the place of.
    """

    store: str = ""
    salt: bytes = b""
    commit: bytes = b""
    team: bytes = b""
    sheets: dict[str, Public] = field(default_factory=dict)
    sheet_since: dict[str, int] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    compartments: dict[str, Compartment] = field(default_factory=dict)
    slots: dict[str, SlotMark] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    hashes: list[str] = field(default_factory=list)
    signers: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    once_sheets: set[bytes] = field(default_factory=set)

    @property
    def revision(self) -> int:
        """How many statements were made."""
        return len(self.hashes)

    @property
    def head(self) -> str:
        """Hash of the last statement, 64 digits."""
        return self.hashes[-1] if self.hashes else ""

    def active(self) -> Iterator[tuple[str, Member]]:
        """Everybody who is not gone."""
        return ((u, m) for u, m in self.members.items() if not m.disabled)

    def is_office(self, who: str) -> bool:
        """Whether it is a manager or sheet A."""
        member = self.members.get(who)
        manages = member is not None and member.admin and not member.disabled
        return who == "A" or manages

    def is_clinic(self, who: str) -> bool:
        """Whether it is a clinical lead or sheet B."""
        member = self.members.get(who)
        leads = member is not None and member.lead and not member.disabled
        return who == "B" or leads

    def may_give(self, who: str, compartment: str) -> bool:
        """Whether somebody may give the key of a compartment."""
        return self.is_clinic(who) if is_counsel(compartment) else self.is_office(who)

    def holds_counsel(self, user: str) -> bool:
        """Whether somebody holds the newest key of any counselling compartment."""
        return any(
            is_counsel(name) and user in each.grants
            for name, each in self.compartments.items()
        )

    def entitled(self, compartment: str) -> list[str]:
        """Whoever gets the key of a new epoch: persons, and always the sheet."""
        if compartment == CORE:
            found = [user for user, _ in self.active()]
        elif compartment == ADMIN:
            found = [user for user, member in self.active() if member.admin]
        else:
            held = self.compartments.get(compartment, Compartment()).grants
            found = [u for u, m in self.active() if m.lead or u in held]
        return [*found, sheet_of(compartment)]

    def public_of(self, holder: str) -> Public | None:
        """The public keys of a person or sheet; None where there is nobody, or gone."""
        if holder in self.sheets:
            return self.sheets[holder]
        member = self.members.get(holder)
        return None if member is None or member.disabled else member.public
