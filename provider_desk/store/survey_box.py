"""Surveys without a name until the month is over: no order, no time, no author.

A deed carries who did it and when to the millisecond, and so would lead from a survey
to whoever was looked at just before. What waits here is no deed yet: a random id, the
answers, and the month from which it may come out, which is one and the same for all
that were typed in a month; in the order of the ids. Source: domain reference, B10.
"""

from collections.abc import Collection
from datetime import date

from provider_desk.changes.op import row_of, row_text
from provider_desk.model.records import SurveyAnswer
from provider_desk.model.rows import Rows
from provider_desk.store import ballast
from provider_desk.store.store import Store


def put_in(store: Store, survey: SurveyAnswer, from_on: date) -> None:
    """Put a survey into the box; it is on the disk when this returns.

    Args:
        store: of the desk.
        survey: without a name.
        from_on: the first day of the month from which it may come out.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, Trouble: it is not in it.
    """

    def write() -> None:
        with store.aside() as aside:
            aside.run(
                "INSERT INTO survey_box(id, held, from_on) VALUES (?, ?, ?)",
                (survey.id, row_text(survey.values()), from_on.isoformat()),
            )

    ballast.twice(store.path.parent, write)


def waiting(rows: Rows, on: date = date.max) -> list[SurveyAnswer]:
    """The surveys in the box that may come out on a day, by their random id; or all."""
    found = rows.rows(
        "SELECT id, held FROM survey_box WHERE from_on <= ? ORDER BY id",
        (on.isoformat(),),
    )
    return [SurveyAnswer.made(row_of(held), row_id) for row_id, held in found]


def take_out(store: Store, ids: Collection[str]) -> int:
    """Take surveys out of the box; returns how many were in it.

    Raises:
        DiskFull, InUse, ReadOnly, Damaged, Trouble: all of them stay.
    """

    def write() -> int:
        with store.aside() as aside:
            sql = "DELETE FROM survey_box WHERE id = ?"
            return sum(aside.run(sql, (each,)) for each in ids)

    return ballast.twice(store.path.parent, write)
