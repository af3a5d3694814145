"""local.key: the store's own key on this PC, wrapped under the desk's secret."""

from dataclasses import dataclass
from pathlib import Path

from provider_desk.keys import framing
from provider_desk.keys.slots import Box, Broken, OtherKey, seal, unseal

NAME = "local.key"


@dataclass(frozen=True, slots=True, repr=False)
class LocalKey:
    """What local.key holds.

    Attributes:
        store: the id of the desk.
        device: the id of this copy, 16 hexadecimal digits.
        key: 32 bytes, the store's raw key.
    """

    store: str
    device: str
    key: bytes


def write(folder: Path, local: LocalKey, secret: bytes) -> None:
    """Write local.key.

    Raises:
        DiskFull, ReadOnly, Missing, Trouble: the old one stands.
    """
    box = seal(
        secret,
        local.key,
        salt=b"",
        info=_info(local.device),
        about=_about(local.store),
    )
    body = {
        "store": local.store,
        "device": local.device,
        "under": "core|1",
        "commit": box.commit.hex(),
        "sealed": box.sealed.hex(),
    }
    framing.write(folder / NAME, framing.LOCAL_KEY, body)


def read(folder: Path, secret: bytes, store: str) -> LocalKey:
    """Read local.key of the desk ``store`` with the desk's secret.

    Raises:
        Missing, FromNewerVersion, Trouble: as ``framing.read``.
        Damaged: it is not as it was written, or belongs to another desk.
    """
    path = folder / NAME
    body = framing.read(path, framing.LOCAL_KEY)
    try:
        device = str(body["device"])
        box = Box(bytes.fromhex(body["commit"]), bytes.fromhex(body["sealed"]))
        if body["store"] != store:
            raise framing.damaged(path)
        key = unseal(secret, box, salt=b"", info=_info(device), about=_about(store))
    except (KeyError, TypeError, ValueError, OtherKey, Broken) as error:
        raise framing.damaged(path) from error
    return LocalKey(store, device, key)


def _info(device: str) -> str:
    return f"pd1/local|{device}"


def _about(store: str) -> bytes:
    return framing.head(framing.LOCAL_KEY) + store.encode()
