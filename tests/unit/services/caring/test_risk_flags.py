"""Risk flags: what they ask for, who sees what, and how they come back."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import (
    RiskAnswer,
    RiskFlag,
    SafeguardingReferral,
    Score,
)
from provider_desk.model.rules import problems_of
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services import saving
from provider_desk.services.casework import people, today, undoing
from provider_desk.services.casework.caring import risk, risk_answers, safeguarding
from provider_desk.services.casework.history import history, values_of
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from tests.builders.caring import REVIEW, flags_of, make_flag
from tests.builders.casework import TODAY, make_client, make_episode, signed_in_as

GRAVE: Mapping[str, Value] = {"level": "ACTIVE", "reason": "invented"}


def fields_at_fault(refused: pytest.ExceptionInfo[NotValid]) -> list[str]:
    return [problem.field for problem in refused.value.problems]


def of_kind(desk: Desk, kind: ToDoKind) -> list[ToDo]:
    return [each for each in today.things_to_do(desk).todos if each.kind is kind]


@pytest.mark.parametrize("level", ["ACTIVE", "URGENT"])
def test_a_grave_flag_asks_for_a_plan_and_a_review_day(desk: Desk, level: str) -> None:
    client_id = make_client(desk)

    with pytest.raises(NotValid) as refused:
        risk.raise_flag(desk, client_id, {"level": level})

    assert fields_at_fault(refused) == ["plan", "review_on"]
    assert flags_of(desk, client_id) == []


def test_a_watch_flag_needs_no_plan(desk: Desk) -> None:
    client_id = make_client(desk)

    _, changed = risk.raise_flag(desk, client_id, {"level": "WATCH"})

    assert changed.said == "Risk flag: Keep an eye on it."


def test_who_told_others_says_whether_the_person_agreed(desk: Desk) -> None:
    client_id = make_client(desk)
    told: Mapping[str, Value] = {"level": "WATCH", "told": "the GP"}

    with pytest.raises(NotValid) as first:
        risk.raise_flag(desk, client_id, told)
    with pytest.raises(NotValid) as second:
        risk.raise_flag(desk, client_id, {**told, "agreed_to_tell": "N"})
    override = {**told, "agreed_to_tell": "N", "override_reason": "serious harm"}
    risk.raise_flag(desk, client_id, override)

    assert fields_at_fault(first) == ["agreed_to_tell"]
    assert fields_at_fault(second) == ["override_reason"]
    assert len(flags_of(desk, client_id)) == 1


@given(
    level=st.sampled_from([each.code for each in choices("risk_level").values]),
    told=st.booleans(),
    agreed=st.sampled_from([None, "Y", "N", "NK"]),
    why=st.booleans(),
    plan=st.booleans(),
)
def test_only_what_is_missing_is_asked_for(
    level: str, *, told: bool, agreed: str | None, why: bool, plan: bool
) -> None:
    flag = RiskFlag(
        client_id="c",
        level=level,
        raised_on=TODAY,
        plan="plan" if plan else "",
        review_on=TODAY if plan else None,
        told="GP" if told else "",
        agreed_to_tell=agreed,
        override_reason="why" if why else "",
    )

    stops = {p.field for p in problems_of(flag, {}, TODAY) if p.severity == "stop"}

    grave = level in ("ACTIVE", "URGENT")
    assert ({"plan", "review_on"} <= stops) == (grave and not plan)
    assert ("agreed_to_tell" in stops) == (told and agreed is None)
    assert ("override_reason" in stops) == (told and agreed in ("N", "NK") and not why)


def test_several_flags_stand_the_gravest_first(desk: Desk) -> None:
    client_id = make_client(desk)
    make_flag(desk, client_id, "WATCH")
    make_flag(desk, client_id, "URGENT")
    make_flag(desk, client_id, "ACTIVE")

    card = people.person(desk, client_id).part.card
    words = [line.words for line in card if line.table == RiskFlag.TABLE]

    assert [each.split(" · ")[0] for each in words] == [
        "Act now",
        "Active concern, plan in place",
        "Keep an eye on it",
    ]
    assert all(line.hidden == "" for line in card)


def test_an_urgent_flag_is_on_top_of_today_for_all_who_carry_the_case(
    desk: Desk,
) -> None:
    carries = signed_in_as(desk, "COUNSELLOR", "CO")
    client_id = make_client(carries)
    make_flag(desk, client_id, "URGENT", review_on=TODAY + timedelta(30))

    for role in ("CLINICAL_LEAD", "MANAGER", "ADMINISTRATOR"):
        at_desk = signed_in_as(desk, role, role[:2])
        assert len(of_kind(at_desk, ToDoKind.RISK_URGENT)) == 1
    first = today.things_to_do(carries).todos[0]
    other = signed_in_as(desk, "COUNSELLOR", "XX")
    trustee = signed_in_as(desk, "TRUSTEE", "TR")

    assert (first.kind, first.client_id) == (ToDoKind.RISK_URGENT, client_id)
    assert of_kind(other, ToDoKind.RISK_URGENT) == []
    assert of_kind(trustee, ToDoKind.RISK_URGENT) == []


def test_a_review_is_asked_for_from_its_day_on(desk: Desk) -> None:
    make_flag(desk, make_client(desk), review_on=TODAY + timedelta(1))
    make_flag(desk, make_client(desk), review_on=TODAY)
    ended = make_flag(desk, make_client(desk), review_on=TODAY)
    risk.end_flag(desk, ended, {"end_note": "over"})

    (line,) = of_kind(desk, ToDoKind.RISK_REVIEW)

    assert line.due_on == TODAY
    assert "invented" not in f"{line.title} {line.detail}"


@pytest.mark.parametrize("words", ["", "  "])
def test_a_flag_does_not_end_without_a_reason(desk: Desk, words: str) -> None:
    client_id = make_client(desk)
    flag_id = make_flag(desk, client_id)

    with pytest.raises(NotValid) as refused:
        risk.end_flag(desk, flag_id, {"ended_on": TODAY, "end_note": words})

    assert fields_at_fault(refused) == ["end_note"]
    assert [flag.ended_on for flag in flags_of(desk, client_id)] == [None]


def test_a_review_day_without_a_concern_is_pointed_out(desk: Desk) -> None:
    values: dict[str, Value] = {"level": "NONE", "review_on": REVIEW}
    _, none = risk.raise_flag(desk, make_client(desk), values)
    _, watch = risk.raise_flag(desk, make_client(desk), {**values, "level": "WATCH"})

    assert [each.field for each in none.warnings] == ["review_on"]
    assert watch.warnings == ()


def test_a_flag_ends_and_stands_again(desk: Desk) -> None:
    client_id = make_client(desk)
    flag_id = make_flag(desk, client_id)
    risk.end_flag(desk, flag_id, {"ended_on": TODAY, "end_note": "safe now"})
    ended = people.person(desk, client_id)

    risk.open_again(desk, flag_id)
    again = people.person(desk, client_id)

    assert ended.part.items["risk_flag_id"] == ()
    assert [e.title for e in ended.events if e.row_id == flag_id] == [
        "Risk flag ended",
        "Risk flag",
    ]
    assert [item.row_id for item in again.part.items["risk_flag_id"]] == [flag_id]


def test_what_a_flag_said_before_stays_in_its_history(desk: Desk) -> None:
    flag_id = make_flag(desk, make_client(desk))

    risk.change_flag(desk, flag_id, {"level": "URGENT", "plan": "another plan"})

    lines = history(desk, RiskFlag.TABLE, flag_id)
    assert ("Plan", "invented plan", "another plan") in lines[-1].fields


def test_a_flag_that_was_a_mistake_is_taken_back_with_a_reason(desk: Desk) -> None:
    client_id = make_client(desk)
    flag_id = make_flag(desk, client_id)

    with pytest.raises(NotValid):
        risk.take_back_flag(desk, flag_id, " ")
    risk.take_back_flag(desk, flag_id, "wrong person")

    assert flags_of(desk, client_id) == []


def test_an_administrator_sees_the_level_and_no_words(desk: Desk) -> None:
    client_id = make_client(desk)
    more = {"told": "the GP", "agreed_to_tell": "Y"}
    flag_id = make_flag(desk, client_id, "URGENT", **more)
    office = signed_in_as(desk, "ADMINISTRATOR", "AD")

    page = people.person(office, client_id)
    told = [f"{event.title} {event.detail}" for event in page.events]
    values = values_of(office, RiskFlag.TABLE, flag_id)

    assert any("Act now" in line.words for line in page.part.card)
    assert not any("invented" in words or "the GP" in words for words in told)
    assert (values["reason"], values["plan"], values["told"]) == ("", "", "")
    assert [item.words for item in page.part.items["risk_flag_id"]] == ["Act now"]


def test_a_child_at_risk_asks_for_a_referral_and_no_name(desk: Desk) -> None:
    client_id = make_client(desk)
    _, first = risk.raise_flag(
        desk, client_id, {"level": "WATCH", "child_at_risk": "Y"}
    )
    safeguarding.refer_person(desk, client_id, {"made_to": "CSC"})

    _, second = risk.raise_flag(
        desk, client_id, {"level": "WATCH", "child_at_risk": "Y"}
    )

    assert [p.field for p in first.warnings] == ["child_at_risk"]
    assert second.warnings == ()


# --- the risk item of a measure


def answer(desk: Desk, client_id: str, done: str, why: str = "") -> RiskAnswer:
    """Save a score of three days ago whose risk item was answered above 0."""
    referral_id, _ = make_episode(desk, client_id)
    on = TODAY - timedelta(3)
    with desk.store.writing("measure", by=desk.user.id) as deed:
        given: Mapping[str, Value] = {
            "referral_id": referral_id,
            "instrument": "PHQ9",
            "scored_on": on,
            "total": 12,
        }
        score, _ = saving.add(desk, deed, Score, given)
        return risk_answers.answer_risk_item(
            desk, deed, score.id, client_id, done, why, on
        )


def test_a_positive_risk_item_opens_a_flag_to_watch(desk: Desk) -> None:
    client_id = make_client(desk)

    made = answer(desk, client_id, "DISCUSSED")

    (flag,) = flags_of(desk, client_id)
    assert (flag.level, flag.raised_on) == ("WATCH", TODAY - timedelta(3))
    assert flag.review_on == TODAY + timedelta(14)
    assert made.risk_flag_id == flag.id


def test_a_positive_risk_item_is_linked_to_the_gravest_flag_that_stands(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    make_flag(desk, client_id, "WATCH")
    urgent = make_flag(desk, client_id, "URGENT", review_on=REVIEW)

    made = answer(desk, client_id, "COULD_NOT", "no answer on the phone")

    flags = {flag.id: flag for flag in flags_of(desk, client_id)}
    assert len(flags) == 2
    assert made.risk_flag_id == urgent
    assert flags[urgent].review_on == TODAY + timedelta(1)
    assert flags[urgent].level == "URGENT"


@pytest.mark.parametrize(
    ("done", "field"), [("", "done"), ("NOTHING", "done"), ("COULD_NOT", "why")]
)
def test_nothing_is_saved_without_saying_what_was_done(
    desk: Desk, done: str, field: str
) -> None:
    client_id = make_client(desk)

    with pytest.raises(NotValid) as refused:
        answer(desk, client_id, done)

    with desk.store.reading() as rows:
        assert find(rows, RiskAnswer) == []
    assert fields_at_fault(refused) == [field]
    assert flags_of(desk, client_id) == []


# --- safeguarding


def test_a_safeguarding_referral_is_linked_to_the_flag_and_the_work(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id)
    flag_id = make_flag(desk, client_id)

    safeguarding.refer_for(desk, referral_id, {"made_to": "ASC", "reason": "words"})

    with desk.store.reading() as rows:
        (made,) = find(rows, SafeguardingReferral)
    assert (made.client_id, made.referral_id) == (client_id, referral_id)
    assert (made.risk_flag_id, made.made_on, made.made_by) == (flag_id, TODAY, "RI")


def test_somebody_with_a_referral_is_safeguarded_in_the_course_of_it(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)

    with pytest.raises(NotValid):
        safeguarding.refer_person(desk, client_id, {"made_to": "ASC"})


@pytest.mark.parametrize(("days", "asked"), [(89, 0), (90, 1), (400, 1)])
def test_after_90_days_it_is_asked_what_became_of_it(
    desk: Desk, days: int, asked: int
) -> None:
    client_id = make_client(desk)
    made_on = TODAY - timedelta(days)
    made_id, _ = safeguarding.refer_person(
        desk, client_id, {"made_to": "ASC", "made_on": made_on}
    )

    before = of_kind(desk, ToDoKind.SAFEGUARDING)
    safeguarding.end_safeguarding(desk, made_id, {"outcome": "SUPPORT"})
    after = of_kind(desk, ToDoKind.SAFEGUARDING)
    safeguarding.open_safeguarding_again(desk, made_id)

    assert (len(before), after) == (asked, [])
    assert len(of_kind(desk, ToDoKind.SAFEGUARDING)) == asked


def test_an_outcome_needs_its_day_and_a_day_its_outcome() -> None:
    def fields(**values: object) -> list[str]:
        made = SafeguardingReferral(
            client_id="c",
            made_on=date(2018, 4, 1),
            made_to="ASC",
            **values,  # type: ignore[arg-type]
        )
        return [p.field for p in problems_of(made, {}, TODAY)]

    assert fields(ended_on=TODAY) == ["outcome"]
    assert fields(outcome="SUPPORT") == ["ended_on"]
    assert fields(ended_on=date(2018, 3, 1), outcome="SUPPORT") == ["ended_on"]
    assert fields(ended_on=TODAY, outcome="SUPPORT") == []


def test_a_plan_that_was_looked_at_has_its_next_day_and_stays_where_none_is_new(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    values: Mapping[str, Value] = {
        "level": "ACTIVE",
        "plan": "Rings on Fridays",
        "review_on": TODAY,
    }
    flag_id, _ = risk.raise_flag(desk, client_id, values)
    next_on = TODAY + timedelta(14)

    _, looked = risk.look_again(desk, flag_id, {"review_on": next_on, "plan": ""})

    (flag,) = flags_of(desk, client_id)
    assert (flag.plan, flag.review_on) == ("Rings on Fridays", next_on)

    undoing.undo(desk, looked)
    (flag,) = flags_of(desk, client_id)
    assert flag.review_on == TODAY
    with pytest.raises(NotValid):
        undoing.undo(desk, looked)
    with pytest.raises(NotValid):
        risk.look_again(desk, flag_id, {"review_on": None})
