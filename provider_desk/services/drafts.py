"""Drafts of one person: sealed with their own key before they reach the store.

::

    name in the store = first 16 bytes of HMAC-SHA256(own key "names of drafts", name)
    sealed            = "PDd" | version 1 | nonce (12 bytes) | AES-256-GCM
    under               the own key "drafts"
    about               "pd1/draft|" store "|" user "|" name in the store
    of                  length (4 bytes, big end first) | text | zeros to whole KiB

Nobody else opens them, a manager no more than a thief: the key is made from the
person's private one. A person whose password was set anew by somebody else has another
key, so drafts from before can't be opened and are given up. Source: security design,
§2.6; domain reference, F6.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from provider_desk.services.desk import Desk
from provider_desk.services.permissions import Permission, needs
from provider_desk.store import drafts as kept_drafts

#: What the person's own key is asked for; another purpose is another key.
_PURPOSE, _NAMES = "drafts", "names of drafts"
_MARK = b"PDd\x01"
_NONCE_BYTES = 12
_STEP = 1024
_LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What was typed and not saved.

    Attributes:
        name: as the store knows it; it tells nobody whom the draft is about.
        at_ms: when it was kept, milliseconds since 1970 in UTC.
        text: what the window wrote.
    """

    name: str
    at_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """What was found.

    Attributes:
        drafts: newest first.
        lost: how many there were that no key of this person opens; they were given up.
    """

    drafts: tuple[Draft, ...] = ()
    lost: int = 0


@needs(Permission.READ)
def name_of(desk: Desk, name: str) -> str:
    """The name by which the store knows a draft: one way, and only with the key."""
    key = desk.keys.own_key(_NAMES)
    return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:32]


@needs(Permission.READ)
def keep(desk: Desk, texts: Mapping[str, str]) -> None:
    """Keep drafts in place of those of the same names; they are on the disk then.

    Args:
        desk: whose store it is.
        texts: names, as ``name_of`` gives them, and what to keep.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, Trouble: the older ones stand.
    """
    if not texts:
        return
    sealed = {name: _sealed(desk, name, text) for name, text in texts.items()}
    kept_drafts.keep_all(desk.store, desk.user.id, sealed, desk.clock.now_ms())


@needs(Permission.READ)
def kept(desk: Desk) -> Drafts:
    """The drafts of whoever is at the desk; those that can't be opened are dropped."""
    with desk.store.reading() as rows:
        found = kept_drafts.listed(rows, desk.user.id)
    opened: list[Draft] = []
    lost: list[str] = []
    for each in found:
        if not each.sealed.startswith(_MARK):
            # A newer version kept it, and can open it again.
            continue
        try:
            text = _opened(desk, each.name, each.sealed)
        except InvalidTag:
            lost.append(each.name)
        else:
            opened.append(Draft(each.name, each.at, text))
    for name in lost:
        kept_drafts.drop(desk.store, desk.user.id, name)
    return Drafts(tuple(opened), len(lost))


@needs(Permission.READ)
def drop(desk: Desk, name: str) -> None:
    """Give a draft up: it was saved, or thrown away."""
    kept_drafts.drop(desk.store, desk.user.id, name)


def _sealed(desk: Desk, name: str, text: str) -> bytes:
    """Mark, nonce, and the text padded to whole kibibytes, for this name only."""
    # Half a letter is no reason to lose the rest.
    plain = text.encode(errors="replace")
    padded = len(plain).to_bytes(_LENGTH_BYTES, "big") + plain
    padded += bytes(-len(padded) % _STEP)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = AESGCM(desk.keys.own_key(_PURPOSE))
    return _MARK + nonce + cipher.encrypt(nonce, padded, _about(desk, name))


def _opened(desk: Desk, name: str, sealed: bytes) -> str:
    """The text again.

    Raises:
        InvalidTag: another key sealed it, for another name or desk, or it is damaged.
    """
    nonce = sealed[len(_MARK) : len(_MARK) + _NONCE_BYTES]
    cipher = AESGCM(desk.keys.own_key(_PURPOSE))
    padded = cipher.decrypt(
        nonce, sealed[len(_MARK) + _NONCE_BYTES :], _about(desk, name)
    )
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + length].decode()


def _about(desk: Desk, name: str) -> bytes:
    return f"pd1/draft|{desk.store.store_id}|{desk.user.id}|{name}".encode()
