"""New keys of compartments, and one more holder of the newest."""

from collections.abc import Mapping

from provider_desk.keys import compartments
from provider_desk.keys.compartments import grant_info
from provider_desk.keys.key_pairs import seal_for
from provider_desk.keys.ring import Ring
from provider_desk.keys.roster import Roster
from provider_desk.keys.statements import Author
from provider_desk.model.errors import NotAllowed


def begin(
    roster: Roster,
    author: Author,
    compartment: str,
    held: Mapping[int, bytes],
    holders: list[str] | None = None,
) -> bytes:
    """Say a new epoch of a compartment; returns its key, 32 bytes.

    Args:
        roster: gets the statement.
        author: who may give this key.
        compartment: a new one, or one that the author holds.
        held: its keys so far, by number.
        holders: who gets the key; whoever is entitled where it is left out.

    Raises:
        NotAllowed: the author may not give this key.
    """
    listed = roster.now.compartments.get(compartment)
    epoch = 1 if listed is None else len(listed.epochs) + 1
    key, store = compartments.fresh_key(), roster.store
    earlier = None
    if epoch > 1:
        box = compartments.with_earlier(key, held[epoch - 1], store, compartment, epoch)
        earlier = box.told()
    if holders is None:
        holders = roster.now.entitled(compartment)
    grants = {
        holder: _sealed(roster, compartment, epoch, holder, key) for holder in holders
    }
    roster.say(
        author,
        "epoch",
        compartment=compartment,
        epoch=epoch,
        public=compartments.public_key(key, store, compartment, epoch).hex(),
        earlier=earlier,
        grants=grants,
    )
    return key


def begin_due(
    roster: Roster, author: Author, ring: Ring, among: tuple[str, ...] = ()
) -> list[str]:
    """Say a new epoch of every compartment that is due and that the author may give.

    Args:
        roster: gets the statements.
        author: who says it.
        ring: the author's keys.
        among: these are renewed whether they are due or not.

    Returns:
        The names of the compartments.
    """
    done = []
    for name, each in roster.now.compartments.items():
        wanted = each.due or name in among
        if wanted and name in ring.epochs and roster.now.may_give(author.name, name):
            begin(roster, author, name, ring.epochs[name])
            done.append(name)
    return done


def give(
    roster: Roster, author: Author, ring: Ring, compartment: str, user: str
) -> None:
    """Say that somebody holds the newest key of a compartment too.

    Raises:
        NotAllowed: the author does not hold it, or may not give it to this person.
    """
    listed = roster.now.compartments.get(compartment)
    epoch = 0 if listed is None else len(listed.epochs)
    key = ring.epochs.get(compartment, {}).get(epoch)
    if key is None:
        raise NotAllowed(
            "You do not hold this key yourself, so you can't give it.",
            "Nothing was changed. A clinical lead gives the counselling key; a manager "
            "the others.",
        )
    roster.say(
        author,
        "grant",
        compartment=compartment,
        epoch=epoch,
        user=user,
        sealed=_sealed(roster, compartment, epoch, user, key),
    )


def to_oneself(roster: Roster, user: str, public: bytes, ring: Ring) -> dict[str, str]:
    """The newest keys that a person holds, sealed to a new key of their own."""
    found = {}
    for name, keys in ring.epochs.items():
        epoch = len(roster.now.compartments[name].epochs)
        info = grant_info(roster.store, name, epoch, user)
        found[name] = seal_for(public, keys[epoch], info).hex()
    return found


def _sealed(
    roster: Roster, compartment: str, epoch: int, holder: str, key: bytes
) -> str:
    public = roster.now.public_of(holder)
    if public is None:
        raise NotAllowed(
            "This person can't sign in to the desk, so no key can be given to them.",
            "Nothing was changed.",
        )
    info = grant_info(roster.store, compartment, epoch, holder)
    return seal_for(public.seals, key, info).hex()
