"""Invented process notes of a demo desk's counsellor; nobody in them exists.

They go through the deeds that real ones go through, each on the day of its session.
"""

from dataclasses import replace
from datetime import timedelta

from provider_desk.model import resources
from provider_desk.model.clock import FixedClock
from provider_desk.model.records import Referral, Session
from provider_desk.services.desk import Desk
from provider_desk.services.notes import process_notes
from provider_desk.store.records import find, get

_ATTENDED = "ATT"
_EVENING = 18


def write_notes(desk: Desk) -> None:
    """Write them, one about each of some people; the first one is continued.

    Args:
        desk: open, in the counsellor's hands.
    """
    words = resources.read_toml("demo/notes.toml")
    latest = _latest_sessions(desk)[: len(words["process"])]
    written = []
    for (client, session), (title, text) in zip(latest, words["process"], strict=False):
        then = _on_the_day(desk, session)
        written.append(
            process_notes.write(then, client, title, text, session_id=session.id)[0]
        )
    if written:
        title, text = words["process"][0]
        more = f"{text}\n\n{words['continued']}"
        process_notes.continue_note(desk, written[0], title, more)


def _latest_sessions(desk: Desk) -> list[tuple[str, Session]]:
    """Each person's last session that was attended, the latest of them first."""
    found: dict[str, Session] = {}
    with desk.store.reading() as rows:
        mine = find(rows, Session, worker=desk.user.initials, attendance=_ATTENDED)
        for session in sorted(mine, key=lambda each: (each.held_on, each.id)):
            client = get(rows, Referral, session.referral_id).client_id
            found.pop(client, None)
            found[client] = session
    return list(reversed(found.items()))


def _on_the_day(desk: Desk, session: Session) -> Desk:
    yesterday = desk.today() - timedelta(days=1)
    day = min(session.held_on, yesterday)
    return replace(desk, clock=FixedClock.on(day, hour=_EVENING))
