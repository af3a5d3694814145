"""Rosters that were edited or forged by whoever can write a desk's folder."""

from pathlib import Path
from typing import Any

from provider_desk.keys import framing, roster, statements
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.statements import Author

Body = dict[str, Any]
#: Somebody who is not on the desk.
MALLORY = KeyPair.fresh()


def body_of(folder: Path) -> Body:
    """What a folder's roster.bin holds."""
    return framing.read(folder / roster.NAME, framing.ROSTER)


def put(folder: Path, body: Body) -> None:
    """Write a roster.bin with a right hash."""
    framing.write(folder / roster.NAME, framing.ROSTER, body)


def forged(folder: Path, by: str, pair: KeyPair, deed: str, **told: Any) -> None:
    """Add a statement to the file that no rule was asked about."""
    listed = roster.read(folder)
    said = statements.said(
        listed.now.revision + 1, listed.now.head, Author(by, pair), deed, told
    )
    body = body_of(folder)
    body["log"].append(said.as_told())
    put(folder, body)


def said(body: Body, deed: str, user: str = "") -> Body:
    """A statement in a body."""
    return next(
        each
        for each in body["log"]
        if each["deed"] == deed and user in ("", each["told"].get("user"))
    )
