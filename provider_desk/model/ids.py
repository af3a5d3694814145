"""Identifiers: random, or derived from what a file calls a row."""

import hashlib
import uuid


def new_id() -> str:
    """A random row id: 32 hexadecimal digits of a UUID."""
    return uuid.uuid4().hex


def derived_id(secret: str, *words: str) -> str:
    """The row id that a row of a spreadsheet gets, the same at each bringing in.

    Args:
        secret: the desk's own id, so that the ids of two desks can't be compared.
        words: what names the row: kind, and the provider's own reference or the
            cells that tell it from its neighbours. Order counts.
    """
    digits = hashlib.sha256("\x1f".join((secret, *words)).encode()).hexdigest()
    # A UUID of version 5, put together by hand: hundreds of thousands are needed.
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:12]}5{digits[13:16]}{variant}{digits[17:32]}"
