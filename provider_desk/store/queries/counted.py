"""The rows behind a figure, with whose they are and what they are in words."""

from collections.abc import Sequence
from datetime import date

from provider_desk.model.fields import field_map, shown
from provider_desk.model.records import BY_TABLE
from provider_desk.model.rows import Rows
from provider_desk.model.views import CountedRow

_BATCH = 500

#: Table → the fields that tell one of its rows from another, for reading.
_WORDS: dict[str, tuple[str, ...]] = {
    "client": (),
    "referral": ("source", "decision"),
    "waiting_entry": ("accepted_on", "removal_reason"),
    "waiting_contact": ("method", "result"),
    "waiting_offer": ("response",),
    "episode": ("started_on", "frequency"),
    "phase": ("phase",),
    "session": ("type", "mode", "attendance"),
    "score": ("instrument",),
    "exit_strategy": ("status",),
    "exceptional": ("reason",),
    "closure": ("reason",),
    "goal": ("outcome", "reached"),
    "survey_answer": ("area", "occasion"),
    "support_tag": ("outcome",),
    "capacity": ("area", "weekly_slots"),
    "opening_balance": ("area", "on"),
}

_BY_REFERRAL = "LEFT JOIN referral r ON r.id = t.referral_id"
_BY_EPISODE = (
    "LEFT JOIN episode e ON e.id = t.episode_id "
    "LEFT JOIN referral r ON r.id = e.referral_id"
)
_CLIENT = "LEFT JOIN client c ON c.id = r.client_id"

#: Table → how to get from a row ``t`` to the person ``c``.
_ROUTES: dict[str, str] = {
    "client": "LEFT JOIN client c ON c.id = t.id",
    "referral": "LEFT JOIN client c ON c.id = t.client_id",
    **dict.fromkeys(
        (
            "waiting_entry",
            "waiting_contact",
            "waiting_offer",
            "episode",
            "session",
            "score",
            "goal",
            "survey_answer",
        ),
        f"{_BY_REFERRAL} {_CLIENT}",
    ),
    "support_tag": "LEFT JOIN session s ON s.id = t.session_id "
    f"LEFT JOIN referral r ON r.id = s.referral_id {_CLIENT}",
    **dict.fromkeys(
        ("phase", "exit_strategy", "exceptional", "closure"),
        f"{_BY_EPISODE} {_CLIENT}",
    ),
}

_PERSON = (
    "coalesce(c.id, ''), coalesce(c.code, ''), "
    "trim(CASE WHEN coalesce(c.known_as, '') <> '' THEN c.known_as "
    "ELSE coalesce(c.given_names, '') END || ' ' || coalesce(c.family_name, ''))"
)


def counted_rows(
    rows: Rows, table: str, found: Sequence[tuple[str, date | None]]
) -> list[CountedRow]:
    """Say whose the rows are and what they are.

    Args:
        rows: the store.
        table: the record's table.
        found: row id and the day that made it count, in the order to show.
    """
    described: dict[str, tuple[str, str, str, str]] = {}
    ids = [row_id for row_id, _ in found]
    for start in range(0, len(ids), _BATCH):
        described.update(_described(rows, table, ids[start : start + _BATCH]))
    empty = ("", "", "", "")
    return [
        CountedRow(
            table=table,
            row_id=row_id,
            client_id=person[0],
            code=person[1],
            name=person[2],
            on=day,
            words=person[3],
        )
        for row_id, day in found
        for person in (described.get(row_id, empty),)
    ]


def _described(
    rows: Rows, table: str, ids: Sequence[str]
) -> dict[str, tuple[str, str, str, str]]:
    record_type = BY_TABLE[table]
    declared = field_map(record_type)
    names = _WORDS.get(table, ())
    columns = "".join(f', t."{name}"' for name in names)
    route = _ROUTES.get(table)
    person = _PERSON if route else "'', '', ''"
    marks = ", ".join("?" * len(ids))
    sql = (
        f'SELECT t.id, {person}{columns} FROM "{table}" t {route or ""} '
        f"WHERE t.id IN ({marks})"
    )
    said = {}
    for row_id, client_id, code, name, *values in rows.rows(sql, ids):
        words = [
            shown(declared[field].kind, value)
            for field, value in zip(names, values, strict=True)
        ]
        said[row_id] = (client_id, code, name, ", ".join(filter(None, words)))
    return said
