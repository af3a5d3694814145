"""Measures that Today asks for: the first by the third session, then every 8 weeks.

Quiet: only of one's own episodes of counselling, where measures are in use, and only
while the person comes. Source: domain reference, B10; the 8 weeks are ours.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from provider_desk.model.choices import choices
from provider_desk.model.records import Score
from provider_desk.model.rows import Rows
from provider_desk.model.to_do import ToDo, ToDoKind
from provider_desk.services.desk import Desk
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.saying import day
from provider_desk.store.queries import measuring as questions
from provider_desk.store.queries.caseload import Caseload

#: A measure is filled in again after so long.
AGAIN_AFTER = timedelta(weeks=8)

#: The words of the deed that settles it.
MEASURE = "Fill in a measure"

_COUNTS = "It counts as the first one up to the third session."
_TOO_LATE = (
    "The third session was on {third}: one from now on no longer counts as the first. "
    "One that was filled in by then still does; enter it with its own day."
)


def things(desk: Desk, rows: Rows, mine: Caseload) -> Iterator[ToDo]:
    """A line for each of one's own episodes that wants a measure."""
    me = desk.user.initials
    if not me or not may(desk, Permission.READ_CLINICAL):
        return
    areas = choices("service_area").codes_where("counselling")
    today = desk.today()
    for held in questions.own_measured(rows, me, areas, today):
        asked = _asked(held, today)
        if asked is not None and mine.holds(held.client_id):
            title, detail, due_on = asked
            yield ToDo(
                ToDoKind.MEASURE_DUE,
                title,
                detail,
                due_on,
                held.client_id,
                held.code,
                held.name,
                Score.TABLE,
                held.referral_id,
                deed=MEASURE,
            )


def _asked(held: questions.Measured, today: date) -> tuple[str, str, date] | None:
    """What is asked, more about it, and since when; None where nothing is."""
    if held.second_on is None or held.last_came_on is None:
        return None
    if held.last_score_on is None:
        third = held.third_on
        if third is None or today <= third:
            return "No first measure yet", _COUNTS, held.second_on
        return "No measure yet", _TOO_LATE.format(third=day(third)), held.second_on
    again = held.last_score_on + AGAIN_AFTER
    if again <= today and held.last_came_on > held.last_score_on:
        return "Fill in a measure again", f"last one {day(held.last_score_on)}", again
    return None
