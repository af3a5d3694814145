"""A roster that is older than one seen before, or another, is refused.

Source: security design, §2.5 and §2.7.
"""

from provider_desk.model.errors import OlderDesk


def refuse_older(hashes: tuple[str, ...], revision: int, head: str) -> None:
    """See that a roster holds a statement that was seen before, at its place.

    Args:
        hashes: of the roster's statements, the first one first.
        revision: how many there were when it was seen.
        head: hash of the last one then; "" where it is not known.

    Raises:
        OlderDesk: it is older, or another history.
    """
    if len(hashes) < revision:
        raise older(len(hashes), revision)
    if head and revision and hashes[revision - 1] != head:
        raise OlderDesk(
            "The list of who can sign in is not the one that this computer knows: "
            f"entry {revision} is another.",
            "Nothing was changed. Somebody put another copy of “roster.bin” in its "
            "place. Bring the newest one back from a backup, or ask who restored one.",
        )


def older(found: int, seen: int) -> OlderDesk:
    """What to say of a roster that lacks what was seen."""
    return OlderDesk(
        "The list of who can sign in is older than this computer remembers it: "
        f"{found} entries, and there were {seen}.",
        "Nothing was changed. An older copy of “roster.bin” was put in its place, and "
        "people who left could be on it again. Bring the newest one back from a "
        "backup, or ask who restored one.",
    )
