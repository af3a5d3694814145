"""Sealed words: text encrypted a second time, under a key that managers never hold.

::

    root = E[compartment, epoch]             where the writer holds it            tag 1
    root = 32 random bytes, sealed by HPKE to the compartment's public key        tag 2
    K    = HKDF-SHA256(root, salt = row id, info = "pd1/note|field|revision")
    box  = AES-256-GCM(K, nonce, padded words,
           AAD = store|compartment|epoch|row|person|author|revision|field)
    blob = tag ‖ compartment ‖ author ‖ revision ‖ epoch ‖ tag 2: sealed root ‖
           nonce ‖ box
    text = mark ‖ base64(blob)               what stands in the record's field

Somebody who does not hold the compartment can seal, but not read back. The revision
is 16 random bytes, another one at each sealing. Padding to whole KiB keeps the length
of what was written from telling what it is. Every part of the AAD has its length in
front, so that no two sets of parts read alike.

Source: security design, §2.6.
"""

import base64
import binascii
import secrets
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from provider_desk.model.errors import Damaged, FromNewerVersion, NotAllowed
from provider_desk.model.sealed_text import MARK

#: Words are padded to a multiple of this many bytes.
STEP = 1_024

_KEY_BYTES = 32
_NONCE_BYTES = 12
_REVISION_BYTES = 16
_NUMBER_BYTES = 4
_HELD, _ENVELOPE = 1, 2


class Keys(Protocol):
    """What of a person's keys sealing asks for."""

    @property
    def store_id(self) -> str:
        """The id that all copies of the desk share."""
        ...

    @property
    def user(self) -> str:
        """Id of who signed in."""
        ...

    def holds(self, compartment: str) -> bool:
        """Whether this person reads a compartment."""
        ...

    def newest_epoch(self, compartment: str) -> int:
        """The number of its newest key."""
        ...

    def epoch_key(self, compartment: str, epoch: int) -> bytes:
        """A key of it; NotAllowed where it is not held."""
        ...

    def seal_to(self, compartment: str, data: bytes, about: str) -> bytes:
        """Seal to its public key; the epoch's number stands in front."""
        ...

    def open_sealed(self, compartment: str, sealed: bytes, about: str) -> bytes:
        """Open what ``seal_to`` made; NotAllowed where it is not held."""
        ...


@dataclass(frozen=True, slots=True)
class About:
    """What sealed words belong to; they open nowhere else.

    Attributes:
        row: id of the row, or of the referral for a reason that goes with many rows.
        person: id of the person they are about.
        field: "session.note".
    """

    row: str
    person: str
    field: str


class _Blob(NamedTuple):
    tag: int
    compartment: str
    author: str
    revision: bytes
    epoch: int
    sealed_root: bytes
    nonce: bytes
    box: bytes


class Sealer:
    """Seals words of one deed for a compartment, whether or not its writer holds it."""

    def __init__(self, keys: Keys, compartment: str) -> None:
        """Take the newest key, or make a root and seal it to the compartment.

        Raises:
            NotFound: there is no such compartment.
        """
        self._keys = keys
        self._compartment = compartment
        self._tag, self._sealed_root = _HELD, b""
        self._epoch = keys.newest_epoch(compartment)
        try:
            self._root = keys.epoch_key(compartment, self._epoch)
        except NotAllowed:
            self._tag = _ENVELOPE
            self._root = secrets.token_bytes(_KEY_BYTES)
            about = _about_root(keys.store_id, compartment, keys.user)
            sealed = keys.seal_to(compartment, self._root, about)
            self._epoch = int.from_bytes(sealed[:_NUMBER_BYTES], "big")
            self._sealed_root = sealed[_NUMBER_BYTES:]

    def __repr__(self) -> str:
        return f"<sealer for {self._compartment}>"

    def seal(self, words: str, about: About) -> str:
        """The text that stands in the field instead of the words."""
        revision = secrets.token_bytes(_REVISION_BYTES)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        blob = _Blob(
            self._tag,
            self._compartment,
            self._keys.user,
            revision,
            self._epoch,
            self._sealed_root,
            nonce,
            b"",
        )
        key = _note_key(self._root, about, revision)
        bound = _bound(self._keys.store_id, about, blob)
        box = AESGCM(key).encrypt(nonce, _padded(words), bound)
        return MARK + base64.b64encode(_packed(blob._replace(box=box))).decode()


class Opener:
    """Opens sealed words for one person; keeps roots that it has opened."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._roots: dict[tuple[str, str, int, bytes], bytes] = {}

    def __repr__(self) -> str:
        return "<opener of sealed words>"

    def can_open(self, text: str) -> bool:
        """Whether these words are sealed for a compartment that is held."""
        return self._keys.holds(compartment_of(text))

    def open(self, text: str, about: About) -> str:
        """The words.

        Raises:
            NotAllowed: they are sealed for others, or under a key that was not given.
            Damaged: they were changed, or belong to another row.
            FromNewerVersion: a newer version of the program sealed them.
        """
        blob = _unpacked(text)
        key = _note_key(self._root(blob), about, blob.revision)
        bound = _bound(self._keys.store_id, about, blob)
        try:
            return _words(AESGCM(key).decrypt(blob.nonce, blob.box, bound))
        except (InvalidTag, ValueError) as error:
            raise damaged() from error

    def _root(self, blob: _Blob) -> bytes:
        if blob.tag == _HELD:
            return self._keys.epoch_key(blob.compartment, blob.epoch)
        whose = (blob.compartment, blob.author, blob.epoch, blob.sealed_root)
        found = self._roots.get(whose)
        if found is None:
            about = _about_root(self._keys.store_id, blob.compartment, blob.author)
            number = blob.epoch.to_bytes(_NUMBER_BYTES, "big")
            found = self._keys.open_sealed(
                blob.compartment, number + blob.sealed_root, about
            )
            self._roots[whose] = found
        return found


def compartment_of(text: str) -> str:
    """For whom words are sealed.

    Raises:
        Damaged, FromNewerVersion: the text can't be read.
    """
    return _unpacked(text).compartment


def author_of(text: str) -> str:
    """Id of who sealed them; not to be relied on before they were opened.

    Raises:
        Damaged, FromNewerVersion: the text can't be read.
    """
    return _unpacked(text).author


def damaged() -> Damaged:
    """What to say of sealed words that do not open though the key is held."""
    return Damaged(
        "These sealed words are not as they were written.",
        "Nothing was changed. Tell a manager: the newest backup may hold them.",
    )


def _about_root(store_id: str, compartment: str, author: str) -> str:
    return f"pd1/note-root|{store_id}|{compartment}|{author}"


def _note_key(root: bytes, about: About, revision: bytes) -> bytes:
    info = f"pd1/note|{about.field}|{revision.hex()}".encode()
    made = HKDF(hashes.SHA256(), _KEY_BYTES, salt=about.row.encode(), info=info)
    return made.derive(root)


def _bound(store_id: str, about: About, blob: _Blob) -> bytes:
    """The AAD: everything that the words must stay with."""
    parts = (
        store_id,
        blob.compartment,
        str(blob.epoch),
        about.row,
        about.person,
        blob.author,
        blob.revision.hex(),
        about.field,
    )
    return b"".join(_framed(part.encode()) for part in parts)


def _framed(part: bytes) -> bytes:
    return len(part).to_bytes(2, "big") + part


def _padded(words: str) -> bytes:
    plain = words.encode()
    framed = len(plain).to_bytes(_NUMBER_BYTES, "big") + plain
    return framed + bytes(-len(framed) % STEP)


def _words(padded: bytes) -> str:
    length = int.from_bytes(padded[:_NUMBER_BYTES], "big")
    return padded[_NUMBER_BYTES : _NUMBER_BYTES + length].decode()


def _packed(blob: _Blob) -> bytes:
    return b"".join(
        (
            bytes((blob.tag,)),
            _framed(blob.compartment.encode()),
            _framed(blob.author.encode()),
            blob.revision,
            blob.epoch.to_bytes(_NUMBER_BYTES, "big"),
            _framed(blob.sealed_root) if blob.tag == _ENVELOPE else b"",
            blob.nonce,
            blob.box,
        )
    )


def _unpacked(text: str) -> _Blob:
    try:
        rest = _Rest(base64.b64decode(text.removeprefix(MARK), validate=True))
        tag = rest.take(1)[0]
        if tag not in (_HELD, _ENVELOPE):
            raise FromNewerVersion(
                "A newer version of this program sealed these words.",
                "Nothing was changed. Bring this computer's program up to date.",
            )
        return _Blob(
            tag,
            rest.framed().decode(),
            rest.framed().decode(),
            rest.take(_REVISION_BYTES),
            int.from_bytes(rest.take(_NUMBER_BYTES), "big"),
            rest.framed() if tag == _ENVELOPE else b"",
            rest.take(_NONCE_BYTES),
            rest.all(),
        )
    except (binascii.Error, ValueError) as error:
        raise damaged() from error


class _Rest:
    """What of a blob was not read yet."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        found = self._data[self._at : self._at + count]
        if len(found) != count:
            raise ValueError("the blob ends too early")
        self._at += count
        return found

    def framed(self) -> bytes:
        return self.take(int.from_bytes(self.take(2), "big"))

    def all(self) -> bytes:
        return self.take(len(self._data) - self._at)
