"""Whose records somebody may open: the people of a caseload, and whose a row is.

A caseload is never kept as a list of its own. It follows from the records each time
it is asked for: who runs the episode, who held a session, to whom a referral was
allocated, who recorded it, whose group somebody is a member of today, and leave that
was given for some days.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from provider_desk.model.fields import Reference, fields_of
from provider_desk.model.records import BY_TABLE, Client
from provider_desk.model.rows import Rows
from provider_desk.store.queries.reading import closed_in_error, not_started


@dataclass(frozen=True, slots=True)
class Scope:
    """How far somebody sees who may not open everybody.

    Attributes:
        user: the user's id; "" for a role that opens nobody.
        worker: the user's initials, as sessions and episodes name them; "" where the
            user has none.
        on: the day; leave to look is given from a day to a day.
        waiting: everybody on the waiting list is seen too.
    """

    user: str
    worker: str
    on: date
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Caseload:
    """The people who may be shown, as questions ask it.

    Attributes:
        ids: of the people; None for everybody.
        params: what ``test`` needs bound, in its place.
    """

    ids: frozenset[str] | None = None
    params: tuple[str, ...] = ()

    def holds(self, client_id: str) -> bool:
        """Whether a person may be shown."""
        return self.ids is None or client_id in self.ids

    def test(self, column: str) -> str:
        """SQL that is true of people who may be shown; takes ``params``."""
        if self.ids is None:
            return "1"
        return f"{column} IN (SELECT value FROM json_each(?))"


#: No limit.
EVERYBODY = Caseload()


def _made_by_hand(row: str) -> str:
    """Whether a row was recorded by itself, and did not come in with a spreadsheet.

    Whoever brought the old records in, as an administrator once, does not have all of
    them in their caseload.
    """
    return f"""
        EXISTS (SELECT 1 FROM op o JOIN txn t ON t.id = o."txn"
            WHERE o.hlc = unhex({row}.created)
            AND t.deed IN ('add person', 'receive referral'))
    """


#: Parameters of the questions below: ?1 user, ?2 initials, ?3 day.
_OWN_REFERRALS = f"""
    SELECT referral_id FROM episode WHERE worker = ?2 AND deleted IS NULL
    UNION SELECT referral_id FROM session WHERE worker = ?2 AND deleted IS NULL
    UNION SELECT id FROM referral WHERE allocated_to = ?2 AND deleted IS NULL
    UNION SELECT r.id FROM referral r
        WHERE r.created_by = ?1 AND r.deleted IS NULL AND {_made_by_hand("r")}
    UNION SELECT m.referral_id FROM support_group g
        CROSS JOIN group_member m ON m.group_id = g.id
        WHERE g.worker = ?2 AND g.deleted IS NULL AND m.deleted IS NULL
        AND m.joined_on <= ?3 AND coalesce(m.left_on, '9999') >= ?3
        AND coalesce(g.ends_on, '9999') >= ?3
"""

_OWN_PEOPLE = f"""
    SELECT c.id FROM client c WHERE c.created_by = ?1 AND {_made_by_hand("c")}
    UNION SELECT client_id FROM case_access
        WHERE user_id = ?1 AND from_on <= ?3 AND until_on >= ?3 AND deleted IS NULL
"""


def _waiting_referrals() -> str:
    """Who waits now; and whom one took off the list oneself, so as to put it right."""
    return f"""
    SELECT referral_id FROM ({not_started("'9999'")})
    UNION SELECT referral_id FROM waiting_entry
        WHERE changed_by = ?1 AND changed <> created AND removed_on IS NOT NULL
        AND deleted IS NULL
    """


def of_scope(rows: Rows, scope: Scope | None) -> Caseload:
    """The people of a scope; everybody where there is none."""
    if scope is None:
        return EVERYBODY
    if not scope.user:
        return Caseload(frozenset(), ("[]",))
    # Two questions, as most deeds change the answer to one of them alone.
    found = rows.rows(
        f"""
        SELECT client_id FROM referral
            WHERE id IN ({_OWN_REFERRALS}) AND deleted IS NULL
        UNION {_OWN_PEOPLE}
        EXCEPT SELECT id FROM client WHERE deleted IS NOT NULL
        """,
        _params(scope),
    )
    if scope.waiting:
        found += rows.rows(
            f"""
            SELECT client_id FROM referral
                WHERE id IN ({_waiting_referrals()}) AND deleted IS NULL
                AND client_id NOT IN (SELECT id FROM client WHERE deleted IS NOT NULL)
            """,
            _params(scope)[:1],
        )
    ids = frozenset(row[0] for row in found if row[0])
    return Caseload(ids, (json.dumps(sorted(ids)),))


def _params(scope: Scope) -> tuple[str, str | None, str]:
    # Nothing equals NULL, so nobody has the cases of those without a worker.
    return scope.user, scope.worker or None, scope.on.isoformat()


def is_own(rows: Rows, scope: Scope, client_id: str) -> bool:
    """Whether a person is of somebody's own caseload, not merely on the list."""
    return _is_one_of(rows, scope, client_id, "own")


def is_in(rows: Rows, scope: Scope, client_id: str) -> bool:
    """Whether a person is within a scope; by id, so that no list is made for it."""
    if _is_one_of(rows, scope, client_id, "own"):
        return True
    return scope.waiting and _is_one_of(rows, scope, client_id, "waiting")


def among(rows: Rows, scope: Scope | None, client_ids: Iterable[str]) -> Caseload:
    """Those of some people who are within a scope; the rest of it is never read."""
    if scope is None:
        return EVERYBODY
    asked = sorted(set(client_ids)) if scope.user else []
    if not asked:
        return Caseload(frozenset(), ("[]",))
    waits = f"OR {_waits('asked.value')}" if scope.waiting else ""
    found = rows.rows(
        f"""
        SELECT asked.value FROM json_each(?4) asked
        WHERE asked.value NOT IN (SELECT id FROM client WHERE deleted IS NOT NULL)
            AND ({_own("asked.value")} {waits})
        """,
        (*_params(scope), json.dumps(asked)),
    )
    ids = frozenset(row[0] for row in found)
    return Caseload(ids, (json.dumps(sorted(ids)),))


def _own(client: str) -> str:
    """SQL that is true of a person of one's own caseload."""
    return f"""
        EXISTS (SELECT 1 FROM client c
            WHERE c.id = {client} AND c.created_by = ?1 AND {_made_by_hand("c")})
        OR EXISTS (SELECT 1 FROM case_access a
            WHERE a.client_id = {client} AND a.user_id = ?1
            AND a.from_on <= ?3 AND a.until_on >= ?3 AND a.deleted IS NULL)
        OR EXISTS (SELECT 1 FROM referral r
            WHERE r.client_id = {client} AND r.deleted IS NULL
            AND ((r.created_by = ?1 AND {_made_by_hand("r")})
                OR r.allocated_to = ?2
                OR EXISTS (SELECT 1 FROM episode e
                    WHERE e.referral_id = r.id AND e.worker = ?2
                    AND e.deleted IS NULL)
                OR EXISTS (SELECT 1 FROM group_member m
                    CROSS JOIN support_group g ON g.id = m.group_id
                    WHERE m.referral_id = r.id AND g.worker = ?2
                    AND m.deleted IS NULL AND g.deleted IS NULL
                    AND m.joined_on <= ?3 AND coalesce(m.left_on, '9999') >= ?3
                    AND coalesce(g.ends_on, '9999') >= ?3)
                OR EXISTS (SELECT 1 FROM session s
                    WHERE s.worker = ?2 AND s.referral_id = r.id
                    AND s.deleted IS NULL)))
"""


def _waits(client: str) -> str:
    """SQL that is true of a person who waits, or whom one took off the list."""
    return f"""
        EXISTS (SELECT 1 FROM referral r
        JOIN waiting_entry w ON w.referral_id = r.id AND w.deleted IS NULL
        WHERE r.client_id = {client} AND r.deleted IS NULL
            AND ((w.changed_by = ?1 AND w.changed <> w.created
                AND w.removed_on IS NOT NULL) OR (w.removed_on IS NULL AND NOT EXISTS (
                SELECT 1 FROM episode e WHERE e.referral_id = r.id
                AND e.deleted IS NULL AND e.id NOT IN ({closed_in_error()})))))
    """


def _is_one_of(rows: Rows, scope: Scope, client_id: str, how: str) -> bool:
    if not scope.user or not client_id:
        return False
    test = _own("?4") if how == "own" else _waits("?4")
    return bool(rows.rows(f"SELECT {test}", (*_params(scope), client_id))[0][0])


def client_of(rows: Rows, table: str, row_id: str) -> str:
    """Whose a row is, retired or not; "" where it is not there.

    Raises:
        LookupError: rows of this table belong to nobody.
    """
    way = way_to_client(table)
    if way is None:
        raise LookupError(table)
    source, column = f'"{table}" t0', "t0.id"
    for number, (name, to) in enumerate(way):
        column = f't{number}."{name}"'
        if to != Client.TABLE:
            source += f' JOIN "{to}" t{number + 1} ON t{number + 1}.id = {column}'
    found = rows.rows(f"SELECT {column} FROM {source} WHERE t0.id = ?", (row_id,))
    return str(found[0][0] or "") if found else ""


@cache
def way_to_client(table: str) -> tuple[tuple[str, str], ...] | None:
    """The references that lead from a table to the person, the shortest way.

    Returns:
        (field, table that it refers to), in order; () for the person's own table;
        None where no way leads there.
    """
    asking: list[tuple[str, tuple[tuple[str, str], ...]]] = [(table, ())]
    seen = set()
    for at, way in asking:
        if at == Client.TABLE:
            return way
        if at in seen:
            continue
        seen.add(at)
        asking += [
            (field.kind.to, (*way, (field.name, field.kind.to)))
            for field in fields_of(BY_TABLE[at])
            if isinstance(field.kind, Reference)
        ]
    return None
