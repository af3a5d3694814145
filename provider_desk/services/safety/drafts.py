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

import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from provider_desk.model.errors import DeskError
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, needs
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
        name: as the window calls it. The store has another, which tells nobody whom
            the draft is about.
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


#: Makes a person's own key for a purpose.
OwnKey = Callable[[str], bytes]


@needs(Permission.READ)
def keep(desk: Desk, texts: Mapping[str, str]) -> None:
    """Keep drafts in place of those of the same names; they are on the disk then.

    Args:
        desk: whose store it is.
        texts: names, as the window calls them, and what to keep.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, Trouble: the older ones stand.
    """
    if not texts:
        return
    own = desk.keys.own_key
    sealed = dict(_sealed(desk, own, name, text) for name, text in texts.items())
    kept_drafts.keep_all(desk.store, desk.user.id, sealed, desk.clock.now_ms())


@needs(Permission.READ)
def kept(desk: Desk) -> Drafts:
    """The drafts of whoever is at the desk; those that can't be opened are dropped."""
    with desk.store.reading() as rows:
        found = kept_drafts.listed(rows, desk.user.id)
    opened: list[Draft] = []
    lost: list[str] = []
    for each in found:
        if not _is_ours(each.sealed):
            # A newer version kept it, and can open it again.
            continue
        try:
            name, text = _opened(desk, each.name, each.sealed)
        except (InvalidTag, ValueError):
            lost.append(each.name)
        else:
            opened.append(Draft(name, each.at, text))
    for name in lost:
        kept_drafts.drop(desk.store, desk.user.id, name)
    return Drafts(tuple(opened), len(lost))


@needs(Permission.READ)
def drop(desk: Desk, name: str) -> None:
    """Give a draft up: it was saved, or thrown away."""
    stored = _stored_name(desk.keys.own_key, name)
    kept_drafts.drop(desk.store, desk.user.id, stored)


def carry_over(desk: Desk, own_key: OwnKey, change: Callable[[], None]) -> None:
    """Keep one's drafts while one gets new keys: part of changing one's password.

    They lie in the store under both keys until the new ones hold. After a crash
    between, those under the keys that hold are found, and the others given up.

    Args:
        desk: of whoever gets new keys.
        own_key: makes their own key from the new ones.
        change: lets the new keys hold.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, Trouble: the old keys hold.
    """
    with desk.store.reading() as rows:
        listed = kept_drafts.listed(rows, desk.user.id)
    found = [each for each in listed if _is_ours(each.sealed)]
    both: dict[str, str] = {}
    try:
        for each in found:
            with contextlib.suppress(InvalidTag, ValueError):
                name, text = _opened(desk, each.name, each.sealed)
                stored, sealed = _sealed(desk, own_key, name, text)
                both[each.name] = stored
                kept_drafts.keep(desk.store, desk.user.id, stored, each.at, sealed)
        change()
    except BaseException:
        _drop_all(desk, both.values())
        raise
    _drop_all(desk, both)


def _drop_all(desk: Desk, stored: Iterable[str]) -> None:
    """What can't be dropped now is given up when drafts are listed again."""
    for name in stored:
        with contextlib.suppress(DeskError):
            kept_drafts.drop(desk.store, desk.user.id, name)


def _is_ours(sealed: object) -> bool:
    """Whether this version kept it; whoever holds the store's key can put in more."""
    return isinstance(sealed, bytes) and sealed.startswith(_MARK)


def _stored_name(own_key: OwnKey, name: str) -> str:
    """The name by which the store knows a draft: one way, and only with the key."""
    return hmac.new(own_key(_NAMES), name.encode(), hashlib.sha256).hexdigest()[:32]


def _sealed(desk: Desk, own_key: OwnKey, name: str, text: str) -> tuple[str, bytes]:
    """The store's name of a draft, and name and text sealed for it alone.

    Mark, nonce, and both padded to whole kibibytes.
    """
    stored = _stored_name(own_key, name)
    # Half a letter is no reason to lose the rest.
    parts = (each.encode(errors="replace") for each in (name, text))
    padded = b"".join(len(each).to_bytes(_LENGTH_BYTES) + each for each in parts)
    padded += bytes(-len(padded) % _STEP)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = AESGCM(own_key(_PURPOSE))
    return stored, _MARK + nonce + cipher.encrypt(nonce, padded, _about(desk, stored))


def _opened(desk: Desk, stored: str, sealed: bytes) -> tuple[str, str]:
    """Name and text again.

    Raises:
        InvalidTag: another key sealed it, for another name or desk, or it is damaged.
        ValueError: it is too short.
    """
    nonce = sealed[len(_MARK) : len(_MARK) + _NONCE_BYTES]
    cipher = AESGCM(desk.keys.own_key(_PURPOSE))
    rest = cipher.decrypt(
        nonce, sealed[len(_MARK) + _NONCE_BYTES :], _about(desk, stored)
    )
    name, rest = _part(rest)
    return name, _part(rest)[0]


def _part(data: bytes) -> tuple[str, bytes]:
    end = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES])
    return data[_LENGTH_BYTES:end].decode(), data[end:]


def _about(desk: Desk, stored: str) -> bytes:
    return f"pd1/draft|{desk.store.store_id}|{desk.user.id}|{stored}".encode()
