"""A survey without a name leads to nobody: not by who typed it, when, or in what order.

Source: domain reference, B10; practices, P27.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest

from provider_desk.changes.hlc import Stamp, ms_of
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.records import SurveyAnswer
from provider_desk.returns.table import LineKey
from provider_desk.services.casework import people, surveys
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.returning.preparing import rows_behind
from provider_desk.store import survey_box
from provider_desk.store.records import find
from provider_desk.store.store import Store
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_waiting,
    signed_in_as,
)

#: Nothing else on a desk looks like it.
WORDS = "zebra canary of a survey"
SAID: dict[str, Value] = {"health": "LOT", "words": WORDS}
NEXT_MONTH = FixedClock.on(date(2018, 6, 1))


def in_june(desk: Desk) -> Desk:
    return replace(desk, clock=NEXT_MONTH)


def standing(desk: Desk) -> list[SurveyAnswer]:
    with desk.store.reading() as rows:
        return find(rows, SurveyAnswer)


def everything(store: Store) -> Iterator[tuple[str, str]]:
    """Every value of every row on the desk, with its table."""
    with closing(store.maintenance()) as db:
        tables = db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT NULL"
        ).fetchall()
        for (table,) in tables:
            for row in db.execute(f'SELECT * FROM "{table}"').fetchall():
                yield from ((table, str(value)) for value in row)


def deeds_of(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.reading() as rows:
        return rows.rows('SELECT deed, "by" FROM txn ORDER BY id')


def test_no_deed_no_author_and_no_look_tells_of_it(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id, area="PES_AD")
    people.person(desk, client_id)
    before, seen = deeds_of(desk), len(looks.log(desk, 0, 50).rows)

    on = TODAY - timedelta(7)
    said = {**SAID, "answered_on": on}
    survey_id, _ = surveys.record_survey(desk, referral_id, said, signed=False)

    assert deeds_of(desk) == before
    assert len(looks.log(desk, 0, 50).rows) == seen
    told = [(table, value) for table, value in everything(desk.store) if value]
    assert {table for table, value in told if WORDS in value} == {"survey_box"}
    assert {table for table, value in told if value == survey_id} == {"survey_box"}
    box = [value for table, value in told if table == "survey_box"]
    # Its id, its answers and when all of this month come out: no user, no referral, no
    # moment, no day but the month's.
    assert len(box) == 3
    assert "2018-06-01" in box
    for secret in (desk.user.id, referral_id, client_id, on.isoformat()):
        assert secret not in "".join(box)


def test_after_its_month_it_stands_with_the_others_in_nobodys_name(desk: Desk) -> None:
    referral_id = make_waiting(desk, area="PES_AD")
    given: dict[str, Value] = {**SAID, "answered_on": TODAY}
    surveys.record_survey(desk, referral_id, given, signed=False)
    assert surveys.empty_box(desk) == 0
    assert standing(desk) == []

    assert surveys.empty_box(in_june(desk)) == 1

    (survey,) = standing(desk)
    assert (survey.answered_on, survey.referral_id) == (date(2018, 5, 1), None)
    with desk.store.reading() as rows:
        (row,) = rows.rows("SELECT created_by, changed_by FROM survey_answer")
        (txn,) = rows.rows('SELECT "by" FROM txn ORDER BY id DESC LIMIT 1')
        assert survey_box.waiting(rows) == []
    assert {*row, *txn} <= {"", None}
    # Once is enough, and it counts in its month.
    assert surveys.empty_box(in_june(desk)) == 0
    key = LineKey("E6", "", "PES_AD")
    (found,) = rows_behind(desk, contract_of(desk).id, Month(2018, 5), key)
    assert (found.client_id, found.code, found.name) == ("", "", "")


def test_the_day_is_kept_as_its_month_alone(desk: Desk) -> None:
    referral_id = make_waiting(desk, area="PES_AD")
    given: dict[str, Value] = {**SAID, "answered_on": date(2018, 3, 27)}

    surveys.record_survey(desk, referral_id, given, signed=False)
    # Of a month that is over already: it waits all the same, for those of this one.
    assert surveys.empty_box(desk) == 0

    surveys.empty_box(in_june(desk))

    assert [each.answered_on for each in standing(desk)] == [date(2018, 3, 1)]


def test_they_come_out_in_no_order_and_at_one_moment(desk: Desk) -> None:
    referral_id = make_waiting(desk, area="PES_AD")
    typed = [
        surveys.record_survey(desk, referral_id, SAID, signed=False)[0]
        for _ in range(9)
    ]

    surveys.empty_box(in_june(desk))

    with desk.store.reading() as rows:
        found = rows.rows(
            "SELECT \"row\", txn FROM op WHERE tbl = 'survey_answer' ORDER BY id"
        )
        held = rows.rows("SELECT DISTINCT created FROM survey_answer")
    assert {row for row, _ in found} == set(typed)
    # One in 362,880 that shuffling leaves them as they were.
    assert [row for row, _ in found] != typed
    assert len({txn for _, txn in found}) == 1
    assert len({ms_of(Stamp(stamp)) for (stamp,) in held}) == 1


def test_a_crash_half_way_leaves_each_standing_once(desk: Desk) -> None:
    referral_id = make_waiting(desk, area="PES_AD")
    survey_id, _ = surveys.record_survey(desk, referral_id, SAID, signed=False)
    with desk.store.reading() as rows:
        (held,) = survey_box.waiting(rows)
    surveys.empty_box(in_june(desk))
    survey_box.put_in(desk.store, held, TODAY)

    assert surveys.empty_box(in_june(desk)) == 1
    assert [each.id for each in standing(desk)] == [survey_id]


def test_it_is_taken_back_while_it_waits(desk: Desk) -> None:
    referral_id = make_waiting(desk, area="PES_AD")
    survey_id, changed = surveys.record_survey(desk, referral_id, SAID, signed=False)
    assert "Only Undo takes it back" in changed.said

    surveys.take_back_survey(desk, survey_id, "entered twice")

    assert surveys.empty_box(in_june(desk)) == 0
    with pytest.raises(NotFound):
        surveys.take_back_survey(desk, survey_id, "entered twice")


@pytest.mark.parametrize("words", ["Ask Brindle", "ring 07700 900123"])
def test_words_that_name_somebody_are_refused_beside_their_field(
    desk: Desk, words: str
) -> None:
    client_id = make_client(desk, known_as="Brindle")
    referral_id = make_waiting(desk, client_id, area="PES_AD")
    named = {**SAID, "words": words}

    with pytest.raises(NotValid) as raised:
        surveys.record_survey(desk, referral_id, named, signed=False)

    assert [p.field for p in raised.value.problems if p.severity == "stop"] == ["words"]
    # Signed, they may stand: the person wants it linked.
    surveys.record_survey(desk, referral_id, named, signed=True)


def test_it_asks_for_the_caseload_like_every_deed(desk: Desk) -> None:
    referral_id = make_waiting(desk, area="THER")
    other = signed_in_as(desk, "COUNSELLOR", "XX")

    with pytest.raises(NotFound):
        surveys.record_survey(other, referral_id, SAID, signed=False)
