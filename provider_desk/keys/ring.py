"""What one person, or one sheet, holds of a roster: their ring of keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from provider_desk.keys import compartments, roster
from provider_desk.keys.boxes import Broken
from provider_desk.keys.compartments import grant_info
from provider_desk.keys.key_pairs import KEY_BYTES, KeyPair
from provider_desk.keys.roster import Roster
from provider_desk.keys.standing import Compartment


@dataclass(frozen=True, slots=True, repr=False)
class Ring:
    """Keys of epochs, and what the roster said when they were taken; never printed.

    Attributes:
        epochs: for each compartment held, the keys by number of the epoch.
        newest: for each compartment of the desk, its newest epoch and public key.
        admin: whether the holder is a manager.
        lead: whether the holder is a clinical lead.
        password_given: whether somebody else chose the password and may know it.
        hashes: of the roster's statements, the first one first.
        slot_versions: version of each person's slot.
        signers: every public key that a person has signed with.
    """

    epochs: Mapping[str, Mapping[int, bytes]] = field(default_factory=dict)
    newest: Mapping[str, tuple[int, bytes]] = field(default_factory=dict)
    admin: bool = False
    lead: bool = False
    password_given: bool = False
    hashes: tuple[str, ...] = ()
    slot_versions: Mapping[str, int] = field(default_factory=dict)
    signers: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)


def opened_ring(listed: Roster, holder: str, pair: KeyPair) -> Ring:
    """What a person or sheet can open of a roster.

    Args:
        listed: as it was read.
        holder: a person's id, or "A" or "B".
        pair: the holder's.

    Raises:
        Damaged: a grant does not open, or gives another key than the roster tells of.
    """
    now = listed.now
    member, mark = now.members.get(holder), now.slots.get(holder)
    try:
        found = {
            name: _keys(listed.store, name, each, holder, pair)
            for name, each in now.compartments.items()
            if holder in each.grants
        }
    except Broken as error:
        raise roster.damaged(Path()) from error
    return Ring(
        epochs=found,
        newest={
            name: (len(each.epochs), each.epochs[-1].public)
            for name, each in now.compartments.items()
        },
        admin=member is not None and member.admin,
        lead=member is not None and member.lead,
        password_given=mark is not None and mark.given,
        hashes=tuple(now.hashes),
        slot_versions=dict(now.versions),
        signers=dict(now.signers),
    )


def _keys(
    store: str, name: str, held: Compartment, holder: str, pair: KeyPair
) -> dict[int, bytes]:
    """All keys of a compartment: the newest by grant, each opens the one before."""
    number = len(held.epochs)
    key = pair.open(held.grants[holder], grant_info(store, name, number, holder))
    found: dict[int, bytes] = {}
    while True:
        if len(key) != KEY_BYTES:
            raise Broken
        epoch = held.epochs[number - 1]
        if compartments.public_key(key, store, name, number) != epoch.public:
            raise Broken
        found[number] = key
        if epoch.earlier is None:
            return found
        key = compartments.earlier_key(key, epoch.earlier, store, name, number)
        number -= 1
