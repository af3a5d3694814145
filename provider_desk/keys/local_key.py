"""local.key: the store's own key on this PC, wrapped under the desk's ``core`` key.

While the store is given a new key the file holds both, so that a crash between leaves
one of the two that opens it. Source: security design, §2.1 and §2.7.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provider_desk.keys import framing
from provider_desk.keys.boxes import Box, Broken, OtherKey, seal, unseal
from provider_desk.keys.compartments import CORE
from provider_desk.keys.key_pairs import KEY_BYTES

NAME = "local.key"

_DEVICE_BYTES = 8
_REFUSED = (KeyError, TypeError, ValueError, OverflowError, OtherKey, Broken)


@dataclass(frozen=True, slots=True, repr=False)
class LocalKey:
    """What local.key holds.

    Attributes:
        store: the id of the desk.
        device: the id of this copy, 16 hexadecimal digits.
        epoch: of ``core``, under whose key the file lies.
        key: 32 bytes, the store's raw key.
        next: 32 bytes, the key that the store is being given; b"" at other times.
    """

    store: str
    device: str
    epoch: int
    key: bytes
    next: bytes = b""


def fresh(store: str, epoch: int) -> LocalKey:
    """A random key for a new copy of a desk, with an id of its own."""
    return LocalKey(
        store, secrets.token_hex(_DEVICE_BYTES), epoch, secrets.token_bytes(KEY_BYTES)
    )


def write(folder: Path, local: LocalKey, core: bytes) -> None:
    """Write local.key under the ``core`` key of the epoch it names.

    Raises:
        DiskFull, ReadOnly, Missing, Trouble: the old one stands.
    """
    box = seal(
        core,
        local.key + local.next,
        salt=b"",
        info=_info(local.device),
        about=_about(local.store, local.epoch),
    )
    body = {
        "store": local.store,
        "device": local.device,
        "compartment": CORE,
        "epoch": local.epoch,
        "box": box.told(),
    }
    framing.write(folder / NAME, framing.LOCAL_KEY, body)


def read(folder: Path, store: str, core: Callable[[int], bytes | None]) -> LocalKey:
    """Read local.key of the desk ``store``.

    Args:
        folder: of the desk.
        store: the desk's id.
        core: tells the ``core`` key of an epoch, or None.

    Raises:
        Missing, FromNewerVersion, DeskError, Trouble: as ``framing.read``.
        Damaged: it is not as it was written, or belongs to another desk.
    """
    path = folder / NAME
    return checked(framing.read(path, framing.LOCAL_KEY), path, store, core)


def checked(
    body: dict[str, Any], path: Path, store: str, core: Callable[[int], bytes | None]
) -> LocalKey:
    """What the body of a local.key holds.

    Raises:
        Damaged: as ``read``.
    """
    try:
        device, epoch = str(body["device"]), int(body["epoch"])
        key = core(epoch)
        if body["store"] != store or body["compartment"] != CORE or key is None:
            raise framing.damaged(path)
        data = unseal(
            key,
            Box.read(body["box"]),
            salt=b"",
            info=_info(device),
            about=_about(store, epoch),
        )
    except _REFUSED as error:
        raise framing.damaged(path) from error
    if len(data) not in (KEY_BYTES, 2 * KEY_BYTES):
        raise framing.damaged(path)
    return LocalKey(store, device, epoch, data[:KEY_BYTES], data[KEY_BYTES:])


def _info(device: str) -> str:
    return f"pd1/local|{device}"


def _about(store: str, epoch: int) -> bytes:
    return framing.head(framing.LOCAL_KEY) + f"{store}|{CORE}|{epoch}".encode()
