"""An invented desk with something in every place, for a screen reader to meet."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from provider_desk.model.clock import Clock
from provider_desk.model.fields import Value
from provider_desk.services.casework import safe_contact
from provider_desk.services.casework.booking import groups
from provider_desk.services.casework.measuring import scores
from provider_desk.services.desk import Desk
from tests.builders.caring import make_care
from tests.builders.casework import (
    TODAY,
    contract_of,
    episode_of,
    make_client,
    make_desk,
    make_episode,
    make_session,
    make_waiting,
)
from tests.builders.course import make_course

__all__ = ["TODAY", "made_desk"]


def made_desk(folder: Path, clock: Clock) -> tuple[Desk, str]:
    """The desk, and the id of the person whose page shows most."""
    desk = make_desk(folder, clock)
    person = make_client(desk, known_as="Morgan Marsh", mobile="07700 900123")
    referral_id, _ = make_episode(desk, person)
    make_waiting(desk, person, area="PES_AD")
    rules = {"permission": "YES_RULES", "rules": "After six. Say it is Sam."}
    safe_contact.set_safe_contact(desk, person, "MOBILE", rules)
    for days, total in ((60, 17), (0, 9)):
        score: Mapping[str, Value] = {
            "instrument": "PHQ9",
            "scored_on": TODAY - timedelta(days=days),
            "total": total,
            "risk_item": "0",
        }
        scores.add_score(desk, referral_id, score)
    make_session(desk, referral_id, TODAY, "BOOKED", starts_at="10:00", type="THERAPY")
    make_care(desk, person, referral_id, "invented")
    make_course(desk, episode_of(desk, referral_id).id)
    _make_group(desk)
    return desk, person


def _make_group(desk: Desk) -> None:
    values: dict[str, Value] = {
        "name": "Moving on",
        "contract_id": contract_of(desk).id,
        "area": "PES_AD",
        "funded": "N",
        "worker": "RI",
        "weekday": "TUE",
        "starts_on": date(2018, 1, 2),
    }
    made, _ = groups.add_group(desk, values)
    member = make_client(desk, known_as="Anna First", code="A-0001")
    referral_id, _ = make_episode(desk, member, area="PES_AD")
    groups.join(desk, referral_id, {"group_id": made, "joined_on": TODAY})
