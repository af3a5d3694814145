"""Consent: not asked means no, the newest answer counts, and no stops what names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.model.errors import NotValid
from provider_desk.model.months import Month
from provider_desk.model.records import Consent
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services.casework import people, today
from provider_desk.services.casework.caring import consents
from provider_desk.services.casework.course import onward
from provider_desk.services.casework.referring import life
from provider_desk.services.desk import Desk
from provider_desk.services.returning import case_studies
from tests.builders.caring import consents_of, make_consent
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_episode,
    make_referral,
)


def may(desk: Desk, client_id: str, purpose: str, on: date = TODAY) -> consents.Answer:
    with desk.store.reading() as rows:
        return consents.may_share(rows, client_id, purpose, on)


def card_of(desk: Desk, client_id: str) -> list[str]:
    card = people.person(desk, client_id).part.card
    return [line.words for line in card if line.heading == "Consent"]


def ending(desk: Desk) -> list[ToDo]:
    todos = today.things_to_do(desk).todos
    return [each for each in todos if each.kind is ToDoKind.CONSENT_ENDS]


def test_not_asked_is_no(desk: Desk) -> None:
    answer = may(desk, make_client(desk), "GP")

    assert not answer.yes
    assert answer.words == "Share with the GP: the person was not asked, so no."


@pytest.mark.parametrize("said", ["NO", "LATER"])
def test_only_yes_is_yes(desk: Desk, said: str) -> None:
    client_id = make_client(desk)
    make_consent(desk, client_id, "GP", said)

    assert not may(desk, client_id, "GP").yes


def test_the_newest_answer_counts(desk: Desk) -> None:
    client_id = make_client(desk)
    make_consent(desk, client_id, "GP", "NO", asked_on=TODAY - timedelta(9))
    make_consent(desk, client_id, "GP", "YES", asked_on=TODAY - timedelta(5))
    make_consent(desk, client_id, "HUB", "NO", asked_on=TODAY)

    assert may(desk, client_id, "GP").yes
    assert not may(desk, client_id, "GP", TODAY - timedelta(7)).yes
    assert not may(desk, client_id, "HUB").yes


@given(
    answer=st.sampled_from(["YES", "NO", "LATER"]),
    asked=st.integers(-50, 50),
    expires=st.none() | st.integers(-50, 50),
    withdrawn=st.none() | st.integers(-50, 50),
)
def test_yes_holds_from_the_asking_until_it_ends_or_is_withdrawn(
    answer: str, asked: int, expires: int | None, withdrawn: int | None
) -> None:
    def day(offset: int | None) -> date | None:
        return None if offset is None else TODAY + timedelta(offset)

    row = Consent(
        client_id="c",
        purpose="GP",
        answer=answer,
        asked_on=TODAY + timedelta(asked),
        expires_on=day(expires),
        withdrawn_on=day(withdrawn),
    )

    found = consents.answer_of([row], "GP", TODAY)

    assert found.yes == (
        answer == "YES"
        and asked <= 0
        and (expires is None or expires >= 0)
        and (withdrawn is None or withdrawn > 0)
    )
    assert found.words.startswith("Share with the GP")


def test_consent_for_one_service_holds_for_no_other(desk: Desk) -> None:
    client_id = make_client(desk)
    make_consent(desk, client_id, "SERVICE", with_whom="Invented Advice")

    with desk.store.reading() as rows:
        named = [
            consents.may_share(rows, client_id, "SERVICE", TODAY, whom).yes
            for whom in ("invented advice", "Somebody Else")
        ]

    assert named == [True, False]


def test_sharing_with_a_service_names_it(desk: Desk) -> None:
    with pytest.raises(NotValid) as refused:
        make_consent(desk, make_client(desk), "SERVICE")

    assert [problem.field for problem in refused.value.problems] == ["with_whom"]


def test_a_yes_is_withdrawn_and_stands_again(desk: Desk) -> None:
    client_id = make_client(desk)
    consent_id = make_consent(desk, client_id, "HUB")

    consents.withdraw_consent(desk, consent_id, {})
    withdrawn = may(desk, client_id, "HUB")
    consents.consent_stands_again(desk, consent_id)

    assert (withdrawn.yes, may(desk, client_id, "HUB").yes) == (False, True)
    assert "withdrawn Tue 1 May 2018" in withdrawn.words


def test_a_no_is_not_withdrawn(desk: Desk) -> None:
    consent_id = make_consent(desk, make_client(desk), "HUB", "NO")

    with pytest.raises(NotValid):
        consents.withdraw_consent(desk, consent_id, {})


@pytest.mark.parametrize(("days", "asked"), [(0, 1), (30, 1), (31, 0), (-1, 0)])
def test_consent_that_ends_is_asked_for_30_days_ahead(
    desk: Desk, days: int, asked: int
) -> None:
    make_consent(
        desk,
        make_client(desk),
        asked_on=TODAY - timedelta(60),
        expires_on=TODAY + timedelta(days),
    )

    assert len(ending(desk)) == asked


def test_consent_that_was_asked_anew_does_not_end(desk: Desk) -> None:
    client_id = make_client(desk)
    soon = TODAY + timedelta(3)
    make_consent(desk, client_id, asked_on=TODAY - timedelta(60), expires_on=soon)
    make_consent(desk, client_id, asked_on=TODAY)

    assert ending(desk) == []


def test_the_card_says_in_short_what_is_allowed(desk: Desk) -> None:
    client_id = make_client(desk)
    before = card_of(desk, client_id)
    make_consent(desk, client_id, "GP")
    make_consent(desk, client_id, "SERVICE", with_whom="Invented Advice")
    make_consent(desk, client_id, "POLICE", "NO")

    assert before == ["Nothing was asked yet (counts as no)"]
    assert card_of(desk, client_id) == [
        "Yes: GP, Invented Advice",
        "No: police or ISVA",
        "Anything else: not asked (counts as no)",
    ]


def test_a_row_is_put_right_or_taken_back(desk: Desk) -> None:
    client_id = make_client(desk)
    consent_id = make_consent(desk, client_id, "GP", "NO")

    consents.change_consent(desk, consent_id, {"answer": "YES"})
    changed = may(desk, client_id, "GP").yes
    consents.take_back_consent(desk, consent_id, "asked somebody else")

    assert changed
    assert consents_of(desk, client_id) == []


def test_a_no_on_record_stops_a_referral_on_in_words(desk: Desk) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)
    episode_id = people.person(desk, client_id).episodes[0].episode_id
    whom = "Invented Advice"
    consent_id = make_consent(desk, client_id, "SERVICE", with_whom=whom)
    consents.withdraw_consent(desk, consent_id, {})
    values = {"made_to": "invented advice", "consent": "Y"}

    with pytest.raises(NotValid) as refused:
        onward.refer_on(desk, episode_id, values)
    onward.refer_on(desk, episode_id, {**values, "made_to": "Somebody Else"})
    make_consent(desk, client_id, "SERVICE", with_whom=whom)
    onward.refer_on(desk, episode_id, values)

    (problem,) = refused.value.problems
    assert problem.field == "consent"
    assert "withdrawn Tue 1 May 2018" in problem.text


def test_an_onward_referral_is_not_put_right_into_one_that_was_refused(
    desk: Desk,
) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    make_consent(desk, client_id, "SERVICE", "NO", with_whom="Invented Advice")
    made, _ = onward.refer_on(
        desk, episode_id, {"made_to": "Somebody Else", "consent": "Y"}
    )

    with pytest.raises(NotValid, match="Ask again"):
        onward.change_onward(desk, made, {"made_to": "invented advice"})
    onward.change_onward(desk, made, {"note": "by phone"})


def test_the_card_and_the_yes_to_withdraw_go_by_the_newest_answer(desk: Desk) -> None:
    client_id = make_client(desk)
    for answer, whom, on in (("YES", "Haven", 2), ("NO", "haven ", 9)):
        asked_on = date(2018, 1, on)
        make_consent(
            desk, client_id, "SERVICE", answer, with_whom=whom, asked_on=asked_on
        )

    said = card_of(desk, client_id)
    items = people.person(desk, client_id).part.items["consent_id"]

    assert said == ["No: haven", "Anything else: not asked (counts as no)"]
    assert items == ()


def test_telling_the_referrer_without_consent_is_pointed_out(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_referral(desk, client_id)
    _, before = life.referrer_told(desk, referral_id, {})
    make_consent(desk, client_id, "REFERRER")

    _, after = life.referrer_told(desk, referral_id, {})

    assert [problem.severity for problem in before.warnings] == ["warn"]
    assert after.warnings == ()


def test_a_case_study_about_one_person_waits_for_their_consent(desk: Desk) -> None:
    client_id = make_client(desk, code="I-4711")
    month = Month(2018, 6)
    contract_id = contract_of(desk).id
    values = {
        "contract_id": contract_id,
        "month": str(month),
        "kind": "QUOTE",
        "words": "It helped.",
    }

    def missing() -> list[str]:
        (study,) = case_studies.studies(desk, contract_id, month)
        assert study.person == "I-4711"
        return [each for each in study.missing if "I-4711" in each]

    with pytest.raises(NotValid):
        case_studies.write_study(desk, values, person="I-0000")
    case_studies.write_study(desk, values, person="I-4711")
    before = missing()
    consent_id = make_consent(desk, client_id, "CASE_STUDY")
    given = missing()
    consents.withdraw_consent(desk, consent_id, {})

    assert len(before) == 1
    assert given == []
    assert "withdrawn" in missing()[0]
