"""An invented course of an episode: pause, how often, review, more time, onward."""

from datetime import date

from provider_desk.model.fields import Value
from provider_desk.model.records import ExitStrategy
from provider_desk.services.casework.course import (
    exits,
    extensions,
    how_often,
    onward,
    pauses,
)
from provider_desk.services.desk import Desk
from provider_desk.store.records import find


def make_course(desk: Desk, episode_id: str, word: str = "invented") -> None:
    """A record of each kind, with a word in each that can be written into."""
    often: dict[str, Value] = {
        "from_on": date(2018, 2, 5),
        "frequency": "WEEKLY",
        "reason": f"how often {word} words",
    }
    how_often.set_frequency(desk, episode_id, often)
    resting: dict[str, Value] = {
        "from_on": date(2018, 3, 5),
        "back_by": date(2018, 3, 26),
        "reason": "WISH",
        "note": f"pause {word} words",
    }
    pauses.pause(desk, episode_id, resting)
    with desk.store.reading() as rows:
        held = find(rows, ExitStrategy, episode_id=episode_id)
    for each in held:
        look: dict[str, Value] = {
            "reviewed_on": date(2018, 1, 9),
            "note": f"review {word} words",
        }
        exits.review_exit(desk, each.id, look)
    more: dict[str, Value] = {"reason": "TRIAL", "evidence": f"asked {word} words"}
    extensions.ask_extension(desk, episode_id, more)
    onwards: dict[str, Value] = {
        "made_on": date(2018, 4, 2),
        "made_to": f"somebody {word}",
        "consent": "Y",
        "note": f"onward {word} words",
    }
    onward.refer_on(desk, episode_id, onwards)
