"""Nobody without clinical reading is told a clinical word, whatever is called."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from provider_desk.model.errors import DeskError, NotAllowed
from provider_desk.model.fields import Record, Text, Value, fields_of
from provider_desk.model.records import RECORDS, Client, Pause, ProcessNote, RiskFlag, SafeguardingReferral, Session
from provider_desk.services.casework import people, waiting
from provider_desk.services.casework.caring import risk, safeguarding
from provider_desk.services.desk import Desk
from provider_desk.services.notes.counselling import clinical_fields
from provider_desk.store.queries.caseload import client_of
from provider_desk.store.records import every
from tests.builders.casework import TODAY, make_client, make_session, make_waiting
from tests.builders.two_caseloads import Person, TwoCaseloads, two_caseloads
from tests.builders.walking import doors, told
from tests.unit.services.test_other_caseloads import LEFT_OUT, answers, known


@pytest.fixture
def two(desk: Desk) -> TwoCaseloads:
    """A desk of two caseloads."""
    return two_caseloads(desk)


def clinical_words(desk: Desk, client_id: str) -> set[str]:
    found = set()
    with desk.store.reading() as rows:
        for record_type in RECORDS:
            names = clinical_fields(record_type)
            if not names or record_type is ProcessNote:
                continue
            for each in every(rows, record_type):
                if client_of(rows, record_type.TABLE, each.id) == client_id:
                    found |= {str(getattr(each, n)) for n in names if getattr(each, n)}
    return found


def walked(desk: Desk, person: Person, words: set[str], folder: Path):
    given = known(desk, person, folder)
    found = {}
    for door in doors():
        if door.inner or door.name in LEFT_OUT:
            continue
        said = answers(desk, door, given, folder)
        leaked = {w for w in words for s in said if w.casefold() in s.casefold()}
        if leaked:
            found[door.name] = leaked
    return found


@pytest.mark.parametrize("role", ["ADMINISTRATOR"])
def test_admin(two: TwoCaseloads, tmp_path: Path, role: str) -> None:
    words = clinical_words(two.manager, two.live.client_id)
    print(words)
    # reasons
    m = two.manager
    for (flag,) in [two.live.rows["risk_flag"]]:
        risk.change_flag(m, flag, {"plan": "canary plan two"})
        risk.end_flag(m, flag, {"end_note": "canary end note"})
    words |= {"canary plan two", "canary end note"}
    from provider_desk.services.casework import sessions
    from provider_desk.services.casework.course import pauses, exits
    sessions.correct_session(m, two.live.rows["session"][0], {"note": "corrected canary note"}, "secretreason one")
    (sg,) = two.live.rows["safeguarding_referral"]
    safeguarding.take_back_safeguarding(m, sg, "secretreason two")
    pauses.take_back_pause(m, two.live.rows["pause"][0], "secretreason three")
    risk.take_back_flag(m, two.live.rows["risk_flag"][0], "secretreason four")
    words |= {"secretreason", "corrected canary note"}
    desk = two.signed_in(role)
    assert walked(desk, two.live, words, tmp_path) == {}


def test_caseworker_of_who_waits(two: TwoCaseloads, tmp_path: Path) -> None:
    m = two.manager
    client = two.waits.client_id
    risk.raise_flag(m, client, {"level": "ACTIVE", "reason": "grave heron concern", "plan": "heron plan", "review_on": TODAY + timedelta(7)})
    from tests.builders.two_caseloads import _person, _case, HERON, OTHER
    from tests.builders.caring import make_care
    from tests.builders.course import make_course
    from tests.builders.two_caseloads import _strategy_and_score, _episode
    from provider_desk.services.casework import episodes
    ref = make_waiting(m, client, received_on=date(2016, 9, 1), area="PES_AD")
    make_session(m, ref, date(2016, 10, 1), worker=OTHER, type="SUPPORT", note="old heron session note")
    from provider_desk.services.casework.measuring import scores
    _strategy_and_score(m, client, ref, "heron exit words")
    make_course(m, _episode(m, client, ref), "heron")
    make_care(m, client, ref, "heron")
    episodes.close_episode(m, _episode(m, client, ref), {"closed_on": date(2018, 4, 10), "reason": "COMPLETED", "note": "closing heron words"})
    person = _person(m, HERON, client)
    words = clinical_words(m, client)
    print(words)
    desk = two.signed_in("CASEWORKER")
    assert walked(desk, person, words, tmp_path) == {}
