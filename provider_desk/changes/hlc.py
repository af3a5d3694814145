"""The hybrid logical clock: stamps that sort in time order on every PC. No globals.

A stamp is 16 bytes, big end first: 48 bits of milliseconds since 1970 in UTC, a
16-bit counter for what happens within one millisecond, and the 8 bytes of the device
that made it. Its text is the same as 32 hexadecimal digits; both sort in time order.
A full counter runs over into the milliseconds.
"""

from collections.abc import Iterator
from typing import NewType

Stamp = NewType("Stamp", str)

#: Length of a device's id as text: 8 bytes.
DEVICE_DIGITS = 16

#: A stamp from another PC may push this clock at most that far ahead of wall time.
FURTHEST_AHEAD_MS = 24 * 60 * 60 * 1000

#: A stamp that is older than every other.
NEVER = Stamp("0" * 32)

_COUNTER_BITS = 16
_TICK_DIGITS = 16
_LAST_TICK = (1 << 64) - 1


def made(ms: int, counter: int, device: str) -> Stamp:
    """A stamp from its three parts.

    Raises:
        ValueError: a part does not fit into its bits.
    """
    if not 0 <= ms < 1 << 48 or not 0 <= counter < 1 << _COUNTER_BITS:
        raise ValueError("milliseconds or counter out of range")
    return _stamp((ms << _COUNTER_BITS) | counter, device)


def ms_of(stamp: Stamp) -> int:
    """When the stamp was made, milliseconds since 1970 in UTC."""
    return _tick(stamp) >> _COUNTER_BITS


def device_of(stamp: Stamp) -> str:
    """The device that made the stamp, 16 hexadecimal digits."""
    return stamp[_TICK_DIGITS:]


def to_blob(stamp: Stamp) -> bytes:
    """The 16 bytes of a stamp."""
    return bytes.fromhex(stamp)


def from_blob(blob: bytes) -> Stamp:
    """The stamp in 16 bytes."""
    return Stamp(blob.hex())


def send(last: Stamp, now_ms: int, device: str) -> Stamp:
    """The stamp of something that happens here now: later than ``last``, always.

    Args:
        last: the latest stamp that this device made or received.
        now_ms: wall time; may stand still or go back.
        device: this device's id.
    """
    return next(series(last, now_ms, device))


def series(last: Stamp, now_ms: int, device: str) -> Iterator[Stamp]:
    """Stamps for many things that happen here now, each later than the one before."""
    tick = max(_tick(last) + 1, now_ms << _COUNTER_BITS)
    while True:
        yield _stamp(tick, device)
        tick += 1


def receive(last: Stamp, incoming: Stamp, now_ms: int, device: str) -> Stamp:
    """The clock after a stamp arrived from another PC.

    A stamp from a clock that is far ahead is taken in, but does not pull this clock
    past now plus 24 hours; what is already beyond that stays where it is.
    """
    furthest = (now_ms + FURTHEST_AHEAD_MS) << _COUNTER_BITS
    tick = max(_tick(last), min(_tick(incoming), furthest), now_ms << _COUNTER_BITS)
    return _stamp(tick + 1 if tick == _tick(last) else tick, device)


def is_ahead(stamp: Stamp, now_ms: int) -> bool:
    """Whether a stamp lies over 24 hours ahead: the clock of its PC is wrong."""
    return ms_of(stamp) > now_ms + FURTHEST_AHEAD_MS


def _tick(stamp: Stamp) -> int:
    return int(stamp[:_TICK_DIGITS], 16)


def _stamp(tick: int, device: str) -> Stamp:
    if len(device) != DEVICE_DIGITS or tick > _LAST_TICK:
        raise ValueError("no stamp can be made of this")
    return Stamp(f"{tick:016x}{device}")
