"""Who may not read clinical words is told none, whatever function is called.

An administrator opens everybody and reads nothing clinical; a caseworker reads nothing
clinical of somebody whom they see only because that person waits.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotAllowed
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    RECORDS,
    ListReview,
    ProcessNote,
    Referral,
    Triage,
)
from provider_desk.services.casework import episodes, history, people, sessions
from provider_desk.services.casework.caring import risk, safeguarding
from provider_desk.services.casework.course import pauses
from provider_desk.services.casework.measuring import gains, scores
from provider_desk.services.desk import Desk
from provider_desk.services.rights.masking import fields_hidden
from provider_desk.store.queries.caseload import client_of
from provider_desk.store.records import every
from tests.builders.caring import make_care, make_flag
from tests.builders.casework import (
    TODAY,
    episode_of,
    make_client,
    make_episode,
    make_session,
    make_waiting,
    signed_in_as,
)
from tests.builders.course import make_course
from tests.builders.two_caseloads import (
    HERON,
    OTHER,
    Person,
    TwoCaseloads,
    _person,
    two_caseloads,
)
from tests.builders.walking import doors, told
from tests.unit.services.test_other_caseloads import LEFT_OUT, answers, known

#: In every reason that somebody typed.
REASON = "kingfisher"


@pytest.fixture
def two(desk: Desk) -> TwoCaseloads:
    """A desk of two caseloads."""
    return two_caseloads(desk)


def clinical_words(desk: Desk, client_id: str) -> set[str]:
    """What stands in the clinical fields of a person's records."""
    found: set[str] = set()
    with desk.store.reading() as rows:
        for record_type in RECORDS:
            names = fields_hidden(record_type)
            if not names or record_type is ProcessNote:
                continue
            for each in every(rows, record_type):
                if client_of(rows, record_type.TABLE, each.id) == client_id:
                    found |= {str(getattr(each, name)) for name in names}
    return found - {""}


def said_of(
    desk: Desk, person: Person, words: set[str], folder: Path
) -> dict[str, set[str]]:
    """Function → which of some words it told."""
    given = known(desk, person, folder)
    found = {}
    for door in doors():
        if door.inner or door.name in LEFT_OUT:
            continue
        answered = answers(desk, door, given, folder)
        leaked = {word for word in words if any(word in said for said in answered)}
        if leaked:
            found[door.name] = leaked
    return found


def put_everything_right(desk: Desk, person: Person) -> None:
    """Change clinical records, each with a reason that says more than it should."""
    (flag,) = person.rows["risk_flag"]
    risk.change_flag(desk, flag, {"plan": f"{REASON} plan"})
    risk.end_flag(desk, flag, {"end_note": f"{REASON} end"})
    risk.take_back_flag(desk, flag, f"{REASON} flag")
    (referred,) = person.rows["safeguarding_referral"]
    safeguarding.take_back_safeguarding(desk, referred, f"{REASON} referral")
    pauses.take_back_pause(desk, person.rows["pause"][0], f"{REASON} pause")
    first, *_ = person.rows["session"]
    changed = {"note": f"{REASON} note"}
    sessions.correct_session(desk, first, changed, f"{REASON} session")


def test_an_administrator_is_told_no_clinical_word(
    two: TwoCaseloads, tmp_path: Path
) -> None:
    words = clinical_words(two.manager, two.live.client_id)
    put_everything_right(two.manager, two.live)

    told_of = said_of(
        two.signed_in("ADMINISTRATOR"), two.live, words | {REASON}, tmp_path
    )

    assert told_of == {}
    assert len(words) > 8


def test_a_caseworker_is_told_no_clinical_word_of_somebody_who_waits(
    two: TwoCaseloads, tmp_path: Path
) -> None:
    manager, client_id = two.manager, two.waits.client_id
    before = make_waiting(
        manager, client_id, received_on=date(2016, 9, 1), area="PES_AD"
    )
    make_session(
        manager,
        before,
        date(2016, 10, 1),
        worker=OTHER,
        type="SUPPORT",
        note="heron session",
    )
    episode_id = episode_of(manager, before).id
    episodes.add_exit_strategy(
        manager, episode_id, {"made_on": date(2016, 10, 1), "success": "heron exit"}
    )
    make_course(manager, episode_id, HERON)
    make_care(manager, client_id, before, HERON)
    closing: Mapping[str, Value] = {
        "closed_on": date(2018, 4, 10),
        "reason": "COMPLETED",
        "note": "heron closing",
    }
    episodes.close_episode(manager, episode_id, closing)
    words = clinical_words(manager, client_id)

    told_of = said_of(
        two.signed_in("CASEWORKER"), _person(manager, HERON, client_id), words, tmp_path
    )

    assert told_of == {}
    assert len(words) > 8


def test_an_administrator_sees_that_a_reason_was_given_and_not_which(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    flag = make_flag(desk, client_id)
    risk.take_back_flag(desk, flag, f"{REASON} words")
    other = signed_in_as(desk, "ADMINISTRATOR", "AD")

    (_, shown) = history.history(other, "risk_flag", flag)
    (_, whole) = history.history(desk, "risk_flag", flag)

    assert shown.reason == history.KEPT_BACK
    assert whole.reason == f"{REASON} words"


def test_what_was_done_about_a_risk_item_and_gains_are_clinical_as_a_whole(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id)
    gain_id, _ = gains.tick_gains(
        desk, referral_id, {"seen_on": TODAY}, codes=["SLEEP"]
    )
    could_not = choices("risk_answer").values[-1].code
    scores.add_score(
        desk,
        referral_id,
        {"instrument": "PHQ9", "scored_on": TODAY},
        answers=[1] * 8 + [2],
        done=could_not,
        why=f"{REASON} why",
    )
    person = _person(desk, REASON, client_id)
    (answer_id,) = person.rows["risk_answer"]
    other = signed_in_as(desk, "ADMINISTRATOR", "AD")

    for table, row_id in (("functional_gain", gain_id), ("risk_answer", answer_id)):
        for read in (history.history, history.values_of):
            with pytest.raises(NotAllowed):
                read(other, table, row_id)
            assert read(desk, table, row_id)
    assert not any("Sleeps" in said for said in told(people.person(other, client_id)))


def test_the_reason_of_a_session_is_not_told_with_what_follows_from_it(
    desk: Desk,
) -> None:
    """Its episode goes with it, for the same reason, and holds no clinical words."""
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id, area="PES_AD")
    session_id = make_session(desk, referral_id, TODAY - timedelta(7), type="SUPPORT")
    episode_id = episode_of(desk, referral_id).id
    sessions.take_back_session(desk, session_id, f"{REASON} words")
    other = signed_in_as(desk, "ADMINISTRATOR", "AD")

    reasons = {line.reason for line in history.history(other, "episode", episode_id)}

    assert not any(REASON in reason for reason in reasons)


def test_who_works_the_waiting_list_reads_why_somebody_should_start_soon(
    two: TwoCaseloads,
) -> None:
    """An administrator, who opens everybody, doesn't."""
    with two.manager.store.writing("triage", two.manager.user.id) as deed:
        (entry,) = [
            each
            for each in every(deed, Referral)
            if each.client_id == two.waits.client_id
        ]
        made = Triage(
            referral_id=entry.id, set_on=TODAY, level="SOON", reason=f"{REASON} now"
        )
        review = ListReview(
            referral_id=entry.id,
            reviewed_on=TODAY,
            outcome="KEEP",
            note=f"{REASON} note",
        )
        deed.add(made)
        deed.add(review)
    duty, office = two.signed_in("CASEWORKER"), two.signed_in("ADMINISTRATOR")

    for row, name in ((made, "reason"), (review, "note")):
        said = f"{REASON} {'now' if name == 'reason' else 'note'}"
        assert history.values_of(duty, row.TABLE, row.id)[name] == said
        assert history.values_of(office, row.TABLE, row.id)[name] == ""
    page, other = (people.person(each, two.waits.client_id) for each in (duty, office))
    assert any(REASON in event.detail for event in page.events)
    assert not any(REASON in said for said in told(other))
