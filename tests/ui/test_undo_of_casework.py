"""Ctrl+Z right after a deed puts every record back, exactly, whatever went with it.

Every deed on the course of an episode and on care is done once on a full case, and so
is every change that the time line offers; then it is undone, and every record on the
desk is compared with what it said before.

The same case tells, for each role, that what is offered to it is not refused once the
panel was filled in.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta

import pytest

from provider_desk.model.changed import Changed
from provider_desk.model.choices import choices
from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import RECORDS
from provider_desk.model.views import PersonPage
from provider_desk.services import settings
from provider_desk.services.casework import (
    episodes,
    goals,
    people,
    surveys,
    undoing,
    waiting,
)
from provider_desk.services.casework.caring import courts
from provider_desk.services.casework.course import exits, lighter, pauses
from provider_desk.services.casework.course.also_ended import Also
from provider_desk.services.casework.measuring import gains, scores
from provider_desk.services.casework.referring import one_person
from provider_desk.services.casework.waiting_on import list_review, offers, triage
from provider_desk.services.desk import Desk
from provider_desk.services.rights import caseload
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.saying import UNDONE
from provider_desk.store.records import every
from provider_desk.ui.pages.caring import care_deeds, court_deeds
from provider_desk.ui.pages.change import Change
from provider_desk.ui.pages.change_event import CHANGES
from provider_desk.ui.pages.course import course_deeds
from provider_desk.ui.pages.deed import Deed
from tests.builders.caring import make_care, make_trial
from tests.builders.casework import (
    TODAY,
    episode_of,
    make_client,
    make_session,
    make_waiting,
    signed_in_as,
)
from tests.builders.course import make_course

SOON = TODAY + timedelta(30)
WHY = "by mistake"

#: What is typed into a field, whatever the deed; a field not named is left alone.
_TYPED: Mapping[str, Value] = {
    "answer_note": "not now", "approved_by": "Somebody", "area": "PES_AD",
    "agreed_on": TODAY, "answer": "NO",
    "approved_on": TODAY, "asked_by": "DEFENCE", "asked_for": "other records",
    "asked_on": TODAY, "back_by": SOON, "done_on": TODAY, "due_on": SOON,
    "ended_on": TODAY, "end_note": "over", "explained": "other words",
    "frequency": "THREE_WEEKLY", "from_on": TODAY, "held_by": "somebody else",
    "level": "WATCH", "made_by": "OT", "made_on": TODAY, "made_to": "another team",
    "name": "Dr Other", "next_review_on": SOON, "note": "another note", "on": SOON,
    "outcome": "3", "plan": "another plan", "purpose": "GP", "rating": 9,
    "reached": "Y", "result": "better", "review_by": SOON, "review_on": SOON,
    "reviewed_on": TODAY, "set_on": TODAY, "signed": "N", "success": "another way",
    "supervisor": "SV", "until_on": TODAY, "verdict": "NOT_GUILTY",
    "verdict_on": TODAY, "what": "something else", "with_worker": "OT",
    "withdrawn_on": TODAY, "words": "other words", "worker": "OT",
    "missed_talked_on": TODAY, "total": 7, "reference": "R-2",
}  # fmt: skip

#: What is typed for one deed or change otherwise, by its words and its table.
_HERE: Mapping[tuple[str, str], Mapping[str, Value]] = {
    ("Also supported by", "supported_by"): {"kind": "GP"},
    ("Court date", "court_date"): {"kind": "TRIAL"},
    ("Criminal justice status", "justice_step"): {"status": "CHARGED"},
    ("Change it", "justice_step"): {"status": "CHARGED"},
    ("Safeguarding referral", "safeguarding_referral"): {"made_to": "CSC"},
    ("Change it", "safeguarding_referral"): {"made_to": "CSC", "outcome": "ADVICE"},
    ("Outcome of safeguarding", "safeguarding_referral"): {
        "ended_on": TODAY,
        "outcome": "ADVICE",
    },
    ("Put it right", "pause"): {"back_by": SOON, "note": "another note"},
    ("Pause", "pause"): {"reason": "WISH"},
    ("Put it right", "waiting_contact"): {"result": "NO_ANSWER", "purpose": "CHECKIN"},
    ("Extend past 12 months", "exceptional"): {"reason": "HEALTH"},
    ("Refer on", "onward_referral"): {"consent": "Y"},
    ("Change it", "consent"): {
        "explained": "other words",
        "answer": "YES",
        "withdrawn_on": None,
    },
}


@pytest.fixture
def case(desk: Desk) -> PersonPage:
    """Somebody with a record of every kind; one trial has its verdict, one not."""
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id, area="PES_AD")
    for on in (date(2017, 10, 3), date(2018, 3, 6)):
        make_session(desk, referral_id, on, type="SUPPORT", note="a note")
    episode_id = episode_of(desk, referral_id).id
    plan: Mapping[str, Value] = {"success": "a way", "made_on": date(2017, 10, 3)}
    episodes.add_exit_strategy(desk, episode_id, plan)
    # An approval answers what is asked for: the request comes after it.
    reason: Mapping[str, Value] = {"reason": "TRIAL", "approved_on": TODAY}
    episodes.add_exceptional(desk, episode_id, reason)
    make_course(desk, episode_id)
    make_care(desk, client_id, referral_id, "word")
    first = make_trial(desk, client_id, date(2018, 4, 3))
    courts.give_verdict(
        desk, first, {"verdict": "GUILTY", "verdict_on": date(2018, 4, 9)}
    )
    goal: Mapping[str, Value] = {"words": "a goal", "set_on": date(2017, 10, 3)}
    goal_id, _ = goals.set_goal(desk, referral_id, goal)
    goals.rate_goal(desk, goal_id, {"rated_on": TODAY, "rating": 3})
    surveys.record_survey(desk, referral_id, {"words": "better"}, signed=True)
    gains.tick_gains(desk, referral_id, {"seen_on": TODAY}, codes=["SLEEP"])
    episodes.step_down(desk, episode_id, {"started_on": date(2018, 4, 20)})
    return people.person(desk, client_id)


def everything(desk: Desk) -> dict[str, dict[str, Mapping[str, Value]]]:
    """Every record that stands, by table and id."""
    with desk.store.reading() as rows:
        return {
            each.TABLE: {row.id: row.values() for row in every(rows, each)}
            for each in RECORDS
        }


def _back(desk: Desk, page: PersonPage) -> None:
    pauses.come_back(desk, page.part.items["pause_id"][0].row_id, {"until_on": TODAY})


def _core_again(desk: Desk, page: PersonPage) -> None:
    (phase,) = page.part.items["phase_id"]
    lighter.take_back_step_down(desk, phase.row_id, WHY)


def _no_review(desk: Desk, page: PersonPage) -> None:
    (look,) = [each for each in page.events if each.table == "exit_review"]
    exits.take_back_review(desk, look.row_id, WHY)


#: What has to be so before a deed or a change can be done.
_FIRST = {
    "Pause": _back,
    "Step down": _core_again,
    ("exit_strategy", "Take it back"): _no_review,
}


def _closed(desk: Desk, page: PersonPage) -> PersonPage:
    episodes.close_episode(
        desk, page.episodes[0].episode_id, {"reason": "STEPDOWN_DONE"}
    )
    return people.person(desk, page.client.id)


def _scored(desk: Desk, page: PersonPage) -> PersonPage:
    given: Mapping[str, Value] = {"instrument": "GAD7", "total": 4}
    scores.add_score(desk, page.referrals[0].referral.id, given)
    return people.person(desk, page.client.id)


def _together(desk: Desk, page: PersonPage) -> PersonPage:
    other_id = make_client(desk)
    make_waiting(desk, other_id)
    one_person.put_together(desk, page.client.id, other_id)
    return people.person(desk, page.client.id)


def _waiting(desk: Desk, page: PersonPage) -> PersonPage:
    settings.change_provider(desk, {"triage": "Y"})
    referral_id = make_waiting(desk, page.client.id, area="THER")
    spoke: Mapping[str, Value] = {"method": "F2F", "result": "SPOKE"}
    waiting.record_contact(desk, referral_id, spoke, next_on=SOON)
    offer_id, _ = waiting.record_offer(desk, referral_id, {"note": "a Tuesday"})
    offers.answered(desk, offer_id, {"response": "DECLINED", "note": "a Friday"})
    triage.set_triage(desk, referral_id, {"level": "SOON", "reason": "a trial"})
    kept: Mapping[str, Value] = {"outcome": "KEEP"}
    list_review.record_review(desk, referral_id, kept, method="F2F")
    return people.person(desk, page.client.id)


def _left(desk: Desk, page: PersonPage) -> PersonPage:
    referral_id = make_waiting(desk, page.client.id, area="THER")
    waiting.leave_list(desk, referral_id, TODAY, "MOVED")
    return people.person(desk, page.client.id)


#: What the case has not by itself, and how it comes to have it.
_MADE = {
    "closure": _closed,
    "list_review": _waiting,
    "person_merge": _together,
    "score": _scored,
    "triage": _waiting,
    "waiting_entry": _left,
    "waiting_contact": _waiting,
    "waiting_offer": _waiting,
}


def typed(words: str, table: str, names: tuple[str, ...]) -> dict[str, Value]:
    here = {**_TYPED, **_HERE.get((words, table), {})}
    return {name: here[name] for name in names if name in here}


def target(page: PersonPage, deed: Deed) -> str:
    """What a deed is done on, as its panel would offer it first."""
    first = {
        "client_id": page.client.id,
        "referral_id": page.referrals[0].referral.id,
        "episode_id": page.episodes[0].episode_id,
    }
    return first.get(deed.on) or page.part.items[deed.on][0].row_id


DONE = [
    deed
    for deed in (*course_deeds.DEEDS, *care_deeds.DEEDS, *court_deeds.DEEDS)
    if deed.panel is None
]


@pytest.mark.parametrize("deed", DONE, ids=lambda deed: deed.key.words)
def test_a_deed_is_undone_exactly(desk: Desk, case: PersonPage, deed: Deed) -> None:
    if first := _FIRST.get(deed.key.words):
        first(desk, case)
    before = everything(desk)
    values = typed(deed.key.words, deed.record_type.TABLE, deed.fields)

    done = deed.run(desk, target(case, deed), values)

    new_id, changed = done if isinstance(done, tuple) else ("", done)
    assert everything(desk) != before
    if deed.undo is None:
        _undone(desk, changed)
    else:
        assert deed.undo(desk, new_id).said
    assert everything(desk) == before


OFFERED = [
    (table, change)
    for table, changes in CHANGES.items()
    for change in changes
    if change.panel is None
    # A referral with sessions is not taken back.
    and (table, change.words) != ("referral", "Take it back")
]


@pytest.mark.parametrize(
    ("table", "change"), OFFERED, ids=lambda each: getattr(each, "words", each)
)
def test_a_change_is_undone_exactly(
    desk: Desk, case: PersonPage, table: str, change: Change
) -> None:
    title = "Verdict" if "verdict" in change.words else ""
    page = _MADE[table](desk, case) if table in _MADE else case
    event = next(
        e for e in page.events if e.table == table and e.title.startswith(title)
    )
    if first := _FIRST.get((table, change.words)):
        first(desk, case)
    before = everything(desk)
    rows = ((r,) if isinstance(r, str) else r for r in change.rows)
    names = tuple(name for row in rows for name in row)

    changed = change.run(desk, event, typed(change.words, table, names), "why")

    assert everything(desk) != before
    _undone(desk, changed)
    assert everything(desk) == before


def test_a_closing_with_all_that_ends_with_it_is_undone_exactly(
    desk: Desk, case: PersonPage
) -> None:
    """Goals, a pause, bookings, a measure, and where the person goes next."""
    card = case.episodes[0]
    make_session(desk, card.referral_id, SOON, "BOOKED", type="SUPPORT")
    before = everything(desk)
    also = Also(
        goals={each.goal_id: "Y" for each in case.goals},
        score={"instrument": "GAD7", "total": 4},
        onward={"made_to": "A group", "consent": "Y"},
        cancel=True,
    )

    closing_id, _ = episodes.close_episode(
        desk, card.episode_id, {"reason": "STEPDOWN_DONE"}, also
    )

    after = everything(desk)
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {
        "closure", "goal", "pause", "session", "score", "onward_referral"
    }  # fmt: skip
    episodes.take_back_closing(desk, closing_id, UNDONE)
    assert everything(desk) == before


ROLES = sorted(choices("role").by_code)


def colleague(desk: Desk, page: PersonPage, role: str) -> Desk:
    """Somebody of a role who may open the case."""
    other = signed_in_as(desk, role, "ZZ")
    if may(other, Permission.SEE_OWN):
        caseload.give_access(desk, page.client.id, other.user.id, SOON, WHY)
    return other


@pytest.mark.parametrize("role", ROLES)
def test_no_deed_is_offered_that_the_role_is_refused(
    desk: Desk, case: PersonPage, role: str
) -> None:
    """A follow-up was, to a student; nor is its undo, to whoever may do it."""
    other = colleague(desk, case, role)
    for deed in (each for each in DONE if not each.why_not(other)):
        values = typed(deed.key.words, deed.record_type.TABLE, deed.fields)
        try:
            done = deed.run(other, target(case, deed), values)
        except NotValid:
            continue
        new_id, changed = done if isinstance(done, tuple) else ("", done)
        if deed.undo is None:
            _undone(other, changed)
        else:
            assert deed.undo(other, new_id).said


@pytest.mark.parametrize("role", ROLES)
def test_no_change_is_offered_that_the_role_is_refused(
    desk: Desk, case: PersonPage, role: str
) -> None:
    other = colleague(desk, case, role)
    events = {event.table: event for event in case.events}
    for table, change in OFFERED:
        if table not in events or not change.may(other):
            continue
        rows = ((r,) if isinstance(r, str) else r for r in change.rows)
        names = tuple(name for row in rows for name in row)
        # What was taken off by the change before is not there any more.
        with suppress(NotValid, NotFound):
            change.run(other, events[table], typed(change.words, table, names), WHY)


def _undone(desk: Desk, changed: Changed) -> None:
    assert undoing.undo(desk, changed).said.startswith("Undone")
