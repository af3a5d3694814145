"""Who else helps, and the log of requests for records."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from provider_desk.model.errors import NotAllowed, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import DisclosureRequest
from provider_desk.model.to_do import ToDoKind
from provider_desk.services.casework import people, today
from provider_desk.services.casework.caring import helping, requests
from provider_desk.services.casework.history import history, values_of
from provider_desk.services.desk import Desk
from tests.builders.casework import TODAY, make_client, signed_in_as

ASKED: Mapping[str, Value] = {
    "asked_by": "POLICE",
    "asked_for": "invented words",
    "notice_seen": "Y",
}


def fields(problems: object) -> list[str]:
    return [p.field for p in problems]  # type: ignore[attr-defined]


def test_who_helps_stands_on_the_card_until_they_stop(desk: Desk) -> None:
    client_id = make_client(desk)
    helping.add_helper(desk, client_id, {"kind": "EMERGENCY", "name": "Invented Ann"})
    gone, _ = helping.add_helper(desk, client_id, {"kind": "GP", "name": "Dr Made-Up"})

    def card() -> list[str]:
        lines = people.person(desk, client_id).part.card
        return [x.words for x in lines if x.heading == "Also supported by"]

    before = card()
    helping.change_helper(desk, gone, {"until_on": TODAY - timedelta(1)})

    assert before == ["GP: Dr Made-Up", "Emergency contact: Invented Ann"]
    assert card() == ["Emergency contact: Invented Ann"]


def test_a_request_shows_what_the_law_asks_for(desk: Desk) -> None:
    client_id = make_client(desk)
    asked: Mapping[str, Value] = {"asked_by": "POLICE", "counselling": "Y"}

    _, changed = requests.record_request(desk, client_id, asked)

    assert fields(changed.warnings) == ["notice_seen", "counselling"]
    words = " ".join(problem.text for problem in changed.warnings)
    assert "substantial probative value" in words
    assert "written notice" in words


def test_a_decision_has_its_day_and_who_decided(desk: Desk) -> None:
    request_id, _ = requests.record_request(desk, make_client(desk), ASKED)

    with pytest.raises(NotValid) as first:
        requests.change_request(desk, request_id, {"decision": "REFUSE"})
    with pytest.raises(NotValid) as second:
        requests.change_request(
            desk, request_id, {"decision": "REFUSE", "decided_on": TODAY}
        )

    assert fields(first.value.problems) == ["decided_on"]
    assert fields(second.value.problems) == ["decided_by"]


def test_what_is_given_without_telling_the_person_is_pointed_out(desk: Desk) -> None:
    request_id, _ = requests.record_request(desk, make_client(desk), ASKED)
    given: Mapping[str, Value] = {
        "decision": "PART",
        "decided_on": TODAY,
        "decided_by": "Robin Invented",
    }

    first = requests.change_request(desk, request_id, given)
    second = requests.change_request(desk, request_id, {"redacted": "Y"})
    third = requests.change_request(desk, request_id, {"told_on": TODAY})

    found = [fields(each.warnings) for each in (first, second, third)]
    assert found == [["redacted"], ["told_on"], []]


def test_others_see_only_that_a_request_is_open(desk: Desk) -> None:
    other = signed_in_as(desk, "CASEWORKER", "CW")
    client_id = make_client(other)
    request_id, _ = requests.record_request(desk, client_id, ASKED)

    page = people.person(other, client_id)
    told = [f"{event.title} {event.detail}" for event in page.events]

    assert "A request for records is open" in [line.words for line in page.part.card]
    assert not any("request" in words.casefold() for words in told)
    for look in (history, values_of):
        with pytest.raises(NotAllowed):
            look(other, DisclosureRequest.TABLE, request_id)
    with pytest.raises(NotAllowed):
        requests.change_request(other, request_id, {"why": "words"})


def test_an_open_request_stands_on_today_of_who_answers_it(desk: Desk) -> None:
    other = signed_in_as(desk, "CASEWORKER", "CW")
    client_id = make_client(other)
    request_id, _ = requests.record_request(desk, client_id, ASKED)

    def open_for(at: Desk) -> list[str]:
        todos = today.things_to_do(at).todos
        return [x.row_id for x in todos if x.kind is ToDoKind.REQUEST_OPEN]

    before = open_for(desk), open_for(other)
    requests.take_back_request(desk, request_id, "a test of the post")

    assert before == ([request_id], [])
    assert open_for(desk) == []
