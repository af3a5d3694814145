"""Checks that ask for a look: what is late or missing, with its records.

None of them keeps a return from being signed. Source: monthly return, §4.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from provider_desk.changes import hlc
from provider_desk.model.choices import choices
from provider_desk.model.clock import day_start_ms
from provider_desk.model.months import Month
from provider_desk.model.records import (
    Client,
    Closure,
    Episode,
    Referral,
    Session,
    WaitingContact,
)
from provider_desk.model.rows import Rows
from provider_desk.model.score_change import FIRST_SCORE_BY_SESSION
from provider_desk.returns.contract import Agreement
from provider_desk.returns.counted import Counting
from provider_desk.returns.outline import SUM
from provider_desk.returns.table import Check
from provider_desk.returns.totals import repeated

#: So many months with sessions, and none in this one, are pointed out.
QUIET_AFTER = 3

_NOT_HELD = ("BOOKED", "UNREC")

#: Answers that a person gave, or was asked for, before the return's equality tables
#: say something. Source: monthly return, §2, F.
_EQUALITY = {
    "gender": "sex_gender",
    "ethnic_group": "ethnic_group",
    "disability": "disability_q1",
    "orientation": "sexual_orientation",
    "religion": "religion",
}
_NOT_ASKED = "NA"

#: Table → the day that makes its records belong to a month, and how they are called.
_LATE = (
    (Referral.TABLE, "received_on", "created", "referral", "referrals"),
    (Session.TABLE, "held_on", "changed", "session", "sessions"),
    (WaitingContact.TABLE, "held_on", "changed", "contact", "contacts"),
    (Closure.TABLE, "closed_on", "changed", "ending", "endings"),
)

_BY_REFERRAL = "CROSS JOIN referral AS r ON r.id = t.referral_id"
_ROUTES = {
    Referral.TABLE: "CROSS JOIN referral AS r ON r.id = t.id",
    Session.TABLE: _BY_REFERRAL,
    WaitingContact.TABLE: _BY_REFERRAL,
    Closure.TABLE: """CROSS JOIN episode AS e ON e.id = t.episode_id
        CROSS JOIN referral AS r ON r.id = e.referral_id""",
}


def more_checks(
    rows: Rows, counting: Counting, contract: Agreement, month: Month, today: date
) -> Iterator[Check]:
    """Points to look at before a return is signed, area by area.

    Args:
        rows: the transaction that the figures were counted in.
        counting: the figures; it holds this month.
        contract: whose return it is.
        month: the return's month.
        today: as the return is made with.
    """
    asking = _Looking(rows, contract, month)
    found = (asking.late(), asking.equality(), asking.first_scores())
    for area in contract.areas:
        for checks in found:
            yield from checks[area]
    yield asking.quiet_workers()
    yield from repeated(rows, counting, contract, month, today)


#: Area → its checks.
_ByArea = Mapping[str, list[Check]]


class _Looking:
    """Looks for what is late or missing in a month; each question once for all areas.

    The big tables are asked by day first, as their indexes have it; what hangs on the
    few rows that are left is looked up after that.
    """

    def __init__(self, rows: Rows, contract: Agreement, month: Month) -> None:
        self._rows = rows
        self._contract = contract
        self._month = month

    def late(self) -> _ByArea:
        """Records of the month that were made or changed after it had ended."""
        checks: dict[str, list[Check]] = {area: [] for area in self._contract.areas}
        after = _stamp_after(self._month)
        for table, column, moment, one, many in _LATE:
            found = self._by_area(
                f'SELECT r.area, t.id FROM "{table}" AS t {_ROUTES[table]} '
                f"WHERE t.{column} BETWEEN ? AND ? AND t.deleted IS NULL "
                f"AND t.{moment} >= ? AND r.contract_id = ? AND r.deleted IS NULL "
                f"ORDER BY t.{column}, t.id",
                [*_span(self._month), after, self._contract.contract_id],
            )
            for area, ids in found.items():
                were = "was" if len(ids) == 1 else "were"
                text = (
                    f"{_some(len(ids), one, many)} of this month {were} recorded or "
                    "changed after it had ended."
                )
                checks[area].append(_look("late", area, _LATE_TITLE, text, table, ids))
        return {
            area: held or [_look("late", area, _LATE_TITLE, "None was later.")]
            for area, held in checks.items()
        }

    def equality(self) -> _ByArea:
        """People referred in the month of whom an answer was never asked."""
        missing = " OR ".join(
            f"coalesce(k.{column}, '') IN ('', '{_NOT_ASKED}')" for column in _EQUALITY
        )
        found = self._by_area(
            "SELECT DISTINCT r.area, k.id FROM referral AS r "
            "CROSS JOIN client AS k ON k.id = r.client_id AND k.deleted IS NULL "
            "WHERE r.received_on BETWEEN ? AND ? AND r.contract_id = ? "
            f"AND r.deleted IS NULL AND ({missing} OR (k.born_on IS NULL "
            "AND k.birth_year IS NULL AND coalesce(k.age_band, 'NK') = 'NK')) "
            "ORDER BY k.code",
            [*_span(self._month), self._contract.contract_id],
        )
        return self._one_each(
            "missing-equality",
            "Everybody referred this month was asked the equality questions",
            ("Of {}", "person", "people"),
            "at least one answer is missing; “prefers not to say” is an answer.",
            Client.TABLE,
            found,
        )

    def first_scores(self) -> _ByArea:
        """Cases that reached the last session for a first score without one."""
        first, last = _span(self._month)
        delivered = _marks(_delivered())
        found = self._by_area(
            "WITH came AS MATERIALIZED (SELECT DISTINCT s.referral_id AS id "
            "FROM session AS s WHERE s.held_on BETWEEN ? AND ? "
            f"AND s.attendance IN ({delivered}) AND s.deleted IS NULL), "
            "third AS MATERIALIZED (SELECT e.id, e.referral_id, e.started_on "
            "FROM came CROSS JOIN episode AS e ON e.referral_id = came.id "
            "AND e.deleted IS NULL AND (SELECT s.held_on FROM session AS s "
            f"WHERE s.episode_id = e.id AND s.attendance IN ({delivered}) "
            "AND s.deleted IS NULL ORDER BY s.held_on LIMIT 1 OFFSET ?) "
            "BETWEEN ? AND ?) "
            "SELECT r.area, third.id FROM third "
            "CROSS JOIN referral AS r ON r.id = third.referral_id "
            "WHERE r.contract_id = ? AND r.deleted IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM score AS p WHERE p.referral_id = r.id "
            "AND p.scored_on <= ? AND p.deleted IS NULL) "
            "ORDER BY third.started_on, third.id",
            [
                *(first, last, *_delivered()),
                *(*_delivered(), FIRST_SCORE_BY_SESSION - 1, first, last),
                *(self._contract.contract_id, last),
            ],
        )
        return self._one_each(
            "missing-scores",
            f"Everybody has a first score by session {FIRST_SCORE_BY_SESSION}",
            ("{}", "case", "cases"),
            f"came to session {FIRST_SCORE_BY_SESSION} this month without one.",
            Episode.TABLE,
            found,
        )

    def quiet_workers(self) -> Check:
        """Workers with sessions in each of the months before and none in this one.

        Of the whole desk: somebody who worked for another contract was heard from.
        """
        quiet = self._workers(self._month.plus(-1)) - self._workers(self._month)
        for back in range(2, QUIET_AFTER + 1):
            quiet = quiet & self._workers(self._month.plus(-back)) if quiet else quiet
        by_worker = self._last_sessions(sorted(quiet - self._gone()))
        areas = self._contract.areas
        names = ", ".join(by_worker)
        return _look(
            "quiet-workers",
            areas[0] if len(areas) == 1 else SUM,
            f"Whoever held sessions in the last {QUIET_AFTER} months did this month",
            f"Nothing recorded this month by {names}. Perhaps they were away, or "
            "their work is not typed in yet."
            if names
            else _NOBODY,
            Session.TABLE,
            tuple(row_id for ids in by_worker.values() for row_id in ids),
        )

    def _workers(self, month: Month) -> set[str]:
        """Initials of all who recorded what came of a session in a month."""
        found = self._rows.rows(
            "SELECT DISTINCT worker FROM session WHERE held_on BETWEEN ? AND ? "
            f"AND attendance NOT IN ({_marks(_NOT_HELD)}) AND deleted IS NULL "
            "AND worker <> ''",
            [*_span(month), *_NOT_HELD],
        )
        return {worker for (worker,) in found}

    def _gone(self) -> set[str]:
        """Initials of those whose account had ended by the month's end."""
        found = self._rows.rows(
            "SELECT initials FROM user WHERE ends_on <= ? AND deleted IS NULL",
            [self._month.last_day.isoformat()],
        )
        return {initials for (initials,) in found}

    def _last_sessions(self, workers: Sequence[str]) -> dict[str, list[str]]:
        """Worker → ids of what they held under the contract in the month before."""
        if not workers:
            return {}
        found = self._rows.rows(
            "SELECT s.worker, s.id FROM session AS s "
            "CROSS JOIN referral AS r ON r.id = s.referral_id "
            "WHERE s.held_on BETWEEN ? AND ? AND s.deleted IS NULL "
            f"AND s.worker IN ({_marks(workers)}) AND r.contract_id = ? "
            "AND r.deleted IS NULL ORDER BY s.worker, s.held_on, s.id",
            [*_span(self._month.plus(-1)), *workers, self._contract.contract_id],
        )
        return _grouped(found)

    def _by_area(self, sql: str, params: Sequence[object]) -> dict[str, list[str]]:
        """Ids of a question's rows by area, those of the contract alone."""
        held = _grouped(self._rows.rows(sql, params))
        return {area: held[area] for area in self._contract.areas if area in held}

    def _one_each(
        self,
        code: str,
        title: str,
        counted: tuple[str, str, str],
        text: str,
        table: str,
        found: Mapping[str, list[str]],
    ) -> _ByArea:
        """One check for each area; ``counted`` says of how many, one and many."""
        words, one, many = counted
        checks = {}
        for area in self._contract.areas:
            ids = found.get(area, [])
            how_many = words.format(_some(len(ids), one, many))
            said = f"{how_many} {text}" if ids else _NOBODY
            checks[area] = [_look(code, area, title, said, table, ids)]
        return checks


_NOBODY = "Nobody is missing."
_LATE_TITLE = "What happened in the month was recorded by its end"


def _look(
    code: str,
    area: str,
    title: str,
    text: str,
    table: str = "",
    rows: Sequence[str] = (),
) -> Check:
    """A check that passes where it names no row, and never keeps from signing."""
    return Check(
        code=code,
        area=area,
        title=title,
        passed=not rows,
        blocking=False,
        text=text,
        table=table if rows else "",
        rows=tuple(rows),
    )


def _grouped(found: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    """First column → the second ones, in order."""
    grouped: dict[str, list[str]] = {}
    for name, row_id in found:
        grouped.setdefault(name, []).append(row_id)
    return grouped


def _span(month: Month) -> tuple[str, str]:
    return month.first_day.isoformat(), month.last_day.isoformat()


def _stamp_after(month: Month) -> str:
    """The first stamp that can be given after a month has ended."""
    return str(hlc.made(day_start_ms(month.plus(1).first_day), 0, "0" * 16))


def _delivered() -> tuple[str, ...]:
    return choices("attendance").codes_where("delivered")


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _some(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
