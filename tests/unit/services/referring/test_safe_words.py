"""How somebody is reached: one sentence for every place that shows it."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import SafeContact
from provider_desk.model.to_do import ToDoKind
from provider_desk.services.casework import today
from provider_desk.services.casework.safe_contact import (
    RULES,
    asked_in_words,
    number_for,
    rules_of,
    set_safe_contact,
)
from provider_desk.services.desk import Desk
from tests.builders.casework import TODAY, make_client, make_waiting

SAID: dict[str, Value] = {
    "rules": "Never on Fridays",
    "hours": "After six",
    "answered_by": "Only the person",
    "we_say": "Sam",
    "code_word": "bluebell",
    "message": "Sam rang",
    "if_other": "Ask for the library",
    "must_not_know": "Her brother",
}


def way(values: Mapping[str, Value], channel: str = "MOBILE") -> SafeContact:
    given: dict[str, Value] = {
        "client_id": "0" * 32,
        "channel": channel,
        "permission": "YES_RULES",
        **values,
    }
    return SafeContact.made(given)


def test_every_rule_that_is_declared_is_said() -> None:
    assert set(SAID) == set(RULES)

    said = rules_of(way(SAID))

    assert all(str(words) in said for words in SAID.values())
    assert rules_of(way({})) == ""


def test_no_message_means_that_none_may_be_left() -> None:
    assert rules_of(way({"hours": "After six"})).endswith("Leave no message.")
    assert "message" not in rules_of(way({"hours": "Mondays"}, "LETTER"))
    assert rules_of(way({"rules": "Any time"})) == "Any time"


@pytest.mark.parametrize(
    ("days", "again"), [(0, False), (28, False), (29, True), (None, True)]
)
def test_an_answer_is_asked_again_after_four_weeks(
    days: int | None, *, again: bool
) -> None:
    on: date | None = None if days is None else TODAY - timedelta(days)

    assert asked_in_words(way({"checked_on": on}), TODAY).endswith("ask again") is again


@pytest.mark.parametrize("name", RULES)
def test_safe_with_rules_needs_one_of_them(desk: Desk, name: str) -> None:
    client_id = make_client(desk)
    with pytest.raises(NotValid):
        set_safe_contact(desk, client_id, "MOBILE", {"permission": "YES_RULES"})

    given: dict[str, Value] = {"permission": "YES_RULES", name: "words"}
    set_safe_contact(desk, client_id, "MOBILE", given)


def test_the_number_and_the_line_of_today_come_with_every_rule(desk: Desk) -> None:
    client_id = make_client(desk, mobile="07700 900123")
    make_waiting(desk, client_id)
    set_safe_contact(desk, client_id, "MOBILE", {"permission": "YES_RULES", **SAID})

    rules = number_for(desk, client_id, "MOBILE").rules
    lines = today.things_to_do(desk).todos
    (line,) = [each for each in lines if each.kind is ToDoKind.CONTACT_DUE]

    for words in SAID.values():
        assert str(words) in rules
        assert str(words) in line.private
    assert "07700" not in line.private
