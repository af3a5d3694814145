"""Feedback names nobody, is listed open first, and can be put right."""

import pytest

from provider_desk.model.errors import NotAllowed, NotValid
from provider_desk.model.fields import Value
from provider_desk.services.desk import Desk
from provider_desk.services.office import feedback
from tests.builders.casework import TODAY, make_client, make_episode, signed_in_as

HEARD: dict[str, Value] = {"kind": "SAID", "heard": "The waiting room is too loud."}


def record(desk: Desk, **values: Value) -> str:
    return feedback.record_feedback(desk, {**HEARD, **values})[0]


def test_what_changed_nothing_yet_stands_first(desk: Desk) -> None:
    done = record(desk, what_changed="The radio is off.", changed_on=TODAY)
    open_still = record(desk, heard="Evening hours are wanted.")

    assert [row.id for row in feedback.feedback(desk)] == [open_still, done]


def test_saying_what_changed_gives_it_a_day(desk: Desk) -> None:
    row_id = record(desk)

    feedback.change_feedback(desk, row_id, {"what_changed": "The radio is off."})

    (row,) = feedback.feedback(desk)
    assert (row.what_changed, row.changed_on) == ("The radio is off.", TODAY)


@pytest.mark.parametrize(
    "words", ["Zelda said it.", "zelda liked it", "Ask Zelda's mum"]
)
def test_a_name_on_this_desk_is_not_saved(desk: Desk, words: str) -> None:
    make_client(desk, known_as="Zelda", family_name="Inventory")

    with pytest.raises(NotValid) as refused:
        record(desk, heard=words)

    assert [problem.field for problem in refused.value.problems] == ["heard"]
    assert feedback.feedback(desk) == []


def test_a_code_or_a_number_is_not_saved_either(desk: Desk) -> None:
    make_client(desk, code="Q-0042")

    for words in ("Q-0042 liked it.", "Ring 07700 900123.", "From a@example.org"):
        with pytest.raises(NotValid):
            record(desk, heard=words)


def test_a_name_is_looked_for_in_what_changed_too(desk: Desk) -> None:
    make_client(desk, known_as="Zelda")
    row_id = record(desk)

    with pytest.raises(NotValid) as refused:
        feedback.change_feedback(desk, row_id, {"what_changed": "We rang Zelda."})

    assert refused.value.problems[0].field == "what_changed"


def test_a_word_that_may_be_a_name_is_saved_and_pointed_out(desk: Desk) -> None:
    _, changed = feedback.record_feedback(desk, {**HEARD, "heard": "We heard Xanthi."})

    assert "Xanthi" in changed.warnings[0].text
    assert len(feedback.feedback(desk)) == 1


def test_nobody_finds_out_here_who_else_is_on_the_desk(desk: Desk) -> None:
    """A name outside the caseload is treated as one that is not on the desk at all."""
    make_episode(desk, make_client(desk, known_as="Grace", given_names="Grace"))
    student = signed_in_as(desk, "STUDENT", "ST")

    _, known = feedback.record_feedback(student, {**HEARD, "heard": "We met grace."})
    _, other = feedback.record_feedback(student, {**HEARD, "heard": "We met charm."})

    assert known.warnings == other.warnings == ()


def test_plain_words_are_saved_without_a_warning(desk: Desk) -> None:
    _, changed = feedback.record_feedback(desk, HEARD)

    assert changed.warnings == ()


def test_it_is_taken_back_with_a_reason_only(desk: Desk) -> None:
    row_id = record(desk)

    with pytest.raises(NotValid):
        feedback.take_back_feedback(desk, row_id, " ")
    feedback.take_back_feedback(desk, row_id, "written twice")

    assert feedback.feedback(desk) == []


def test_a_trustee_reads_none(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        feedback.feedback(signed_in_as(desk, "TRUSTEE"))
