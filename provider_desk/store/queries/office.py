"""What the office asks: feedback, names in words, training and supervision."""

from collections.abc import Iterable
from typing import TypeVar

from provider_desk.model.fields import Record
from provider_desk.model.records import Feedback, Supervision, Training
from provider_desk.model.rows import Rows
from provider_desk.store.queries.caseload import Caseload
from provider_desk.store.shapes import read_records, shape_of

R = TypeVar("R", bound=Record)


def feedback(rows: Rows, *, most: int) -> list[Feedback]:
    """Feedback, what has changed nothing yet first, then the newest.

    Args:
        rows: the store.
        most: so many at most.
    """
    shape = shape_of(Feedback)
    found = rows.rows(
        f"SELECT {shape.columns} FROM {Feedback.TABLE} WHERE deleted IS NULL "
        "ORDER BY changed_on IS NOT NULL, heard_on DESC, created DESC LIMIT ?",
        (most,),
    )
    return read_records(Feedback, found)


def names_among(rows: Rows, words: Iterable[str], mine: Caseload) -> set[str]:
    """Those of some words that are a name or a code of somebody who may be shown.

    Args:
        rows: the store.
        words: whole words; each is looked up in the index of names by itself.
        mine: whose names count.
    """
    sql = (
        "SELECT EXISTS (SELECT 1 FROM person_words w "
        "JOIN person_doc d ON d.doc = w.rowid "
        f"WHERE person_words MATCH ? AND {mine.test('d.client_id')})"
    )
    found = set()
    for word in words:
        asked = 'words : "' + word.replace('"', "") + '"'
        if rows.rows(sql, (asked, *mine.params))[0][0]:
            found.add(word)
    return found


def training_of(
    rows: Rows, user_id: str = "", *, newest: bool = False
) -> list[Training]:
    """Training of somebody, or of everybody, the newest first.

    With ``newest`` of each declared kind that alone; of others, which only their title
    tells apart, all.
    """
    return _of_staff(rows, Training, "done_on", user_id, newest=newest)


def supervision_of(
    rows: Rows, user_id: str = "", *, newest: bool = False
) -> list[Supervision]:
    """Supervision of somebody, or of everybody, the newest first; see training."""
    return _of_staff(rows, Supervision, "held_on", user_id, newest=newest)


def _of_staff(
    rows: Rows, record_type: type[R], on: str, user_id: str, *, newest: bool
) -> list[R]:
    shape, table = shape_of(record_type), record_type.TABLE
    whose = "AND t.user_id = ?" if user_id else ""
    last = f"""
        AND (t.kind = 'OTHER' OR NOT EXISTS (SELECT 1 FROM {table} later
            WHERE later.user_id = t.user_id AND later.kind = t.kind
            AND later.deleted IS NULL
            AND (later.{on}, later.created) > (t.{on}, t.created)))
    """
    found = rows.rows(
        f"SELECT {shape.columns} FROM {table} t WHERE t.deleted IS NULL "
        f"{whose} {last if newest else ''} ORDER BY t.{on} DESC, t.created DESC",
        (user_id,) if user_id else (),
    )
    return read_records(record_type, found)
