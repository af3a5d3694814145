"""What a line of the log of who looked shows."""

from provider_desk.model.looks import LookKind, LookLine
from provider_desk.model.records import Client
from provider_desk.services.saying import at
from provider_desk.ui.tables.columns import Column, declared

#: Kinds that a manager looks at first.
_TONES = {
    LookKind.OUTSIDE: "warn",
    LookKind.WRONG_PASSWORD: "warn",
    LookKind.OLDER_DESK: "warn",
    LookKind.UNREADABLE: "bad",
}


def columns() -> list[Column[LookLine]]:
    """When, who, what, whom by code, and why."""
    # Together no wider than the page of a window of 1366 pixels without a panel.
    return [
        Column("When", _when, lambda line: line.at_ms, width=200, whole=True),
        Column("Who", lambda line: line.by or "nobody on this desk", width=162),
        Column("What", _what, tone=lambda line: _TONES.get(line.kind, ""), width=174),
        declared(Client, "code", lambda line: line.code, 78),
        declared(Client, "known_as", lambda line: line.name, 130),
        Column("About", lambda line: line.about, private=True, width=184, leaves=2),
        Column("Reason", lambda line: line.reason, private=True, width=184, leaves=1),
    ]


def _when(line: LookLine) -> str:
    return at(line.at_ms)


def _what(line: LookLine) -> str:
    return line.kind.value.capitalize()
