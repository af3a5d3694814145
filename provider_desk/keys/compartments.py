"""Compartments: what a group of people may open, epoch by epoch.

::

    core            everybody who signs in
    admin           managers
    counsel:TEAM    counsellors of a team, and the clinical lead; never managers

An epoch n of a compartment c has a random key E[c,n]. Its holders each have it sealed
to them (a grant). From it comes an X25519 key pair whose public half stands in the
roster, so that anybody can seal to the compartment; and under it the key of the epoch
before is sealed, so that one grant opens the whole past and no old grant need be kept.
"""

import secrets

from provider_desk.keys.boxes import Box, Broken, OtherKey, derived, seal, unseal
from provider_desk.keys.key_pairs import KEY_BYTES, public_of

CORE = "core"
ADMIN = "admin"
COUNSEL = "counsel:"
#: Stands for every counselling compartment, those to come too.
ALL_COUNSEL = "counsel:*"
FIRST_TEAM = "counsel:main"

_LONGEST = 60


def is_counsel(compartment: str) -> bool:
    """Whether managers never hold it."""
    return compartment.startswith(COUNSEL)


def is_name(compartment: str) -> bool:
    """Whether a compartment can be called so."""
    if compartment in (CORE, ADMIN):
        return True
    team = compartment.removeprefix(COUNSEL)
    good = team.replace("-", "").replace("_", "").isalnum() and team.isascii()
    return is_counsel(compartment) and good and len(compartment) <= _LONGEST


def sheet_of(compartment: str) -> str:
    """The recovery sheet that always holds it: "A" or "B"."""
    return "B" if is_counsel(compartment) else "A"


def fresh_key() -> bytes:
    """A key for a new epoch."""
    return secrets.token_bytes(KEY_BYTES)


def private_of(key: bytes, store: str, compartment: str, epoch: int) -> bytes:
    """The X25519 private key of an epoch."""
    return derived(key, info=f"pd1/compartment|{store}|{compartment}|{epoch}")


def public_key(key: bytes, store: str, compartment: str, epoch: int) -> bytes:
    """The X25519 public key of an epoch: anybody seals to it, holders open."""
    return public_of(private_of(key, store, compartment, epoch))


def grant_info(store: str, compartment: str, epoch: int, holder: str) -> str:
    """What a grant belongs to."""
    return f"pd1/grant|{store}|{compartment}|{epoch}|{holder}"


def seal_info(store: str, compartment: str, epoch: int, about: str) -> str:
    """What something sealed to a compartment belongs to."""
    return f"pd1/seal|{store}|{compartment}|{epoch}|{about}"


def with_earlier(
    key: bytes, earlier: bytes, store: str, compartment: str, epoch: int
) -> Box:
    """The key of the epoch before, sealed under that of this epoch."""
    info = f"pd1/earlier|{store}|{compartment}|{epoch}"
    return seal(key, earlier, salt=b"", info=info, about=b"")


def earlier_key(
    key: bytes, box: Box, store: str, compartment: str, epoch: int
) -> bytes:
    """The key of the epoch before.

    Raises:
        Broken: the box was changed, or this is not its key.
    """
    info = f"pd1/earlier|{store}|{compartment}|{epoch}"
    try:
        return unseal(key, box, salt=b"", info=info, about=b"")
    except OtherKey as error:
        raise Broken from error
