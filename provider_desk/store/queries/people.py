"""Finding people, and what a list or a person's page shows of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from provider_desk.model.rows import Rows
from provider_desk.model.views import PersonRow, Standing
from provider_desk.store.queries.caseload import EVERYBODY, Caseload
from provider_desk.store.queries.reading import (
    FURTHEST_OPEN,
    STANDING,
    born_in_words,
    codes_sql,
    marks,
    referral_with_all,
)
from provider_desk.store.search import NAME

#: So many matches are put in order of their names; of more the newest come first.
SORTED = 500

#: How many of the newest sessions tell who was active lately.
_LATELY = 1_000


def match_sql(words: Iterable[str], phone: str = "") -> str:
    """Words as FTS5 reads them: each the beginning of a word or of a row of words.

    A word without a letter or digit finds nothing by itself and is left out.

    Args:
        words: all of them must be there.
        phone: digits that will do instead of the words; "" for none.
    """
    every = " ".join(
        '"' + word.replace('"', '""') + '"*'
        for word in words
        if any(sign.isalnum() for sign in word)
    )
    if not phone:
        return every
    return f'({every}) OR "{phone}"*' if every else f'"{phone}"*'


def matching(
    rows: Rows,
    words: str,
    born: date | None,
    mine: Caseload = EVERYBODY,
    *,
    start: int,
    count: int,
) -> tuple[list[str], int]:
    """Ids of people who match all of it, and how many there are.

    Up to SORTED of them come in order of their names; where there are more, those
    whose rows are newest come first.

    Args:
        rows: the store.
        words: from ``match_sql``; "" asks for the date of birth alone.
        born: the date of birth; None where it is not asked for.
        mine: who may be found and counted.
        start: how many to leave out at the beginning.
        count: how many at most.
    """
    if not words:
        return _born_on(rows, born, mine, start=start, count=count)
    source = "person_words JOIN person_doc d ON d.doc = person_words.rowid"
    where, params = "person_words MATCH ?", [words]
    if born is not None:
        source += " JOIN client c ON c.id = d.client_id"
        where += " AND c.born_on = ?"
        params.append(born.isoformat())
    if mine is not EVERYBODY:
        where += f" AND {mine.test('d.client_id')}"
        params += mine.params
    found = rows.rows(
        f"SELECT d.client_id, d.name FROM {source} WHERE {where} "
        "ORDER BY person_words.rowid DESC LIMIT ?",
        (*params, max(SORTED + 1, start + count)),
    )
    if len(found) <= SORTED:
        return _by_name(found)[start : start + count], len(found)
    plain = born is None and mine is EVERYBODY
    (total,) = rows.rows(
        f"SELECT count(*) FROM {'person_words' if plain else source} WHERE {where}",
        params,
    )[0]
    return [row[0] for row in found[start : start + count]], int(total)


def _born_on(
    rows: Rows, born: date | None, mine: Caseload, *, start: int, count: int
) -> tuple[list[str], int]:
    if born is None:
        return [], 0
    found = rows.rows(
        "SELECT d.client_id, d.name FROM client c JOIN person_doc d "
        "ON d.client_id = c.id WHERE c.born_on = ? AND c.deleted IS NULL",
        (born.isoformat(),),
    )
    found = [row for row in found if mine.holds(row[0])]
    return _by_name(found)[start : start + count], len(found)


def _by_name(found: Iterable[Sequence[Any]]) -> list[str]:
    named = sorted(found, key=lambda row: (not row[1], str(row[1]).casefold()))
    return [row[0] for row in named]


def newest_activity(
    rows: Rows, today: date, mine: Caseload = EVERYBODY, *, start: int, count: int
) -> tuple[list[str], int]:
    """Ids of everybody: those seen or referred lately first, then the rest by code.

    "Lately" is told from the newest sessions, referrals and people, so that the
    first page does not read the whole desk. A caseload is put in order as a whole.
    """
    if mine.ids is not None:
        found = _of_caseload(rows, today, mine)
        return found[start : start + count], len(found)
    (total,) = rows.rows("SELECT count(*) FROM person_doc")[0]
    lately = _active_lately(rows, today)
    page = lately[start : start + count]
    if len(page) < count:
        page += _others_by_code(
            rows,
            lately,
            start=max(0, start - len(lately)),
            count=count - len(page),
        )
    return page, int(total)


def _of_caseload(rows: Rows, today: date, mine: Caseload) -> list[str]:
    """The people of a caseload: seen or referred last first, then by code."""
    found = rows.rows(
        f"""
        SELECT c.id FROM client c WHERE {mine.test("c.id")} AND c.deleted IS NULL
        ORDER BY coalesce((SELECT max(coalesce((SELECT max(s.held_on) FROM session s
                WHERE s.referral_id = r.id AND s.held_on <= ?
                AND s.deleted IS NULL), r.received_on))
            FROM referral r WHERE r.client_id = c.id AND r.deleted IS NULL), ?) DESC,
            c.code
        """,
        (*mine.params, today.isoformat(), today.isoformat()),
    )
    return [row[0] for row in found]


def _active_lately(rows: Rows, today: date) -> list[str]:
    found = rows.rows(
        """
        SELECT d.client_id FROM (
            SELECT r.client_id AS id, newest.held_on AS day FROM (
                SELECT held_on, referral_id FROM session
                WHERE held_on <= ? AND deleted IS NULL
                ORDER BY held_on DESC LIMIT ?) newest
            JOIN referral r ON r.id = newest.referral_id AND r.deleted IS NULL
            UNION ALL
            SELECT * FROM (SELECT client_id, received_on FROM referral
                WHERE deleted IS NULL ORDER BY received_on DESC LIMIT 500)
            UNION ALL
            SELECT * FROM (SELECT client_id, ? FROM person_doc
                WHERE doc > (SELECT max(doc) - 20 FROM person_doc)
                AND client_id NOT IN (
                    SELECT client_id FROM referral WHERE deleted IS NULL))
        ) a JOIN person_doc d ON d.client_id = a.id
        GROUP BY d.client_id ORDER BY max(a.day) DESC, d.doc DESC
        """,
        (today.isoformat(), _LATELY, today.isoformat()),
    )
    return [row[0] for row in found]


def _others_by_code(
    rows: Rows, lately: list[str], *, start: int, count: int
) -> list[str]:
    left_out = set(lately)
    others: list[str] = []
    # Reads in order of the code and stops as soon as the page is full.
    for (client_id,) in rows.each(
        "SELECT id FROM client WHERE deleted IS NULL ORDER BY code"
    ):
        if client_id in left_out:
            continue
        others.append(client_id)
        if len(others) >= start + count:
            break
    return others[start:]


def person_rows(rows: Rows, client_ids: Sequence[str]) -> list[PersonRow]:
    """Lines of a list for these people, in this order; retired ones are left out."""
    if not client_ids:
        return []
    people = rows.rows(
        f"""
        SELECT c.id, c.code, {NAME.format("c")}, c.born_on, c.birth_year, c.age_band
        FROM client c WHERE c.id IN ({marks(len(client_ids))}) AND c.deleted IS NULL
        """,
        client_ids,
    )
    stands = _standings(rows, client_ids)
    lines = {
        client_id: PersonRow(
            client_id,
            code,
            name,
            born_in_words(born_on, year, band),
            *stands.get(client_id, (Standing.NONE.value, "", "")),
        )
        for client_id, code, name, born_on, year, band in people
    }
    return [lines[each] for each in client_ids if each in lines]


def codes_and_names(
    rows: Rows, client_ids: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """Person's id → code and name, of those who were taken off the desk too."""
    ids = list(client_ids)
    if not ids:
        return {}
    found = rows.rows(
        f"SELECT c.id, c.code, {NAME.format('c')} FROM client c "
        f"WHERE c.id IN ({marks(len(ids))})",
        ids,
    )
    return {row[0]: (row[1] or "", row[2] or "") for row in found}


def _standings(
    rows: Rows, client_ids: Sequence[str]
) -> dict[str, tuple[str, str, str]]:
    """Client id → standing, area and worker of the referral that is furthest open."""
    found = rows.rows(
        f"""
        SELECT r.client_id, {STANDING}, r.area, coalesce(e.worker, '')
        FROM {referral_with_all()}
        WHERE r.client_id IN ({marks(len(client_ids))}) AND r.deleted IS NULL
        ORDER BY r.received_on
        """,
        client_ids,
    )
    rank = {standing.value: place for place, standing in enumerate(FURTHEST_OPEN)}
    best: dict[str, tuple[str, str, str]] = {}
    for client_id, standing, area, worker in found:
        held = best.get(client_id)
        if held is None or rank[standing] <= rank[held[0]]:
            best[client_id] = (standing, area or "", worker)
    return best


def highest_number(rows: Rows, prefix: str) -> int:
    """The highest number in codes of the form prefix, hyphen, digits; 0 if none.

    Codes of retired people count: a code is never given twice.
    """
    found = rows.rows(
        "SELECT max(CAST(substr(code, ?) AS INTEGER)) FROM client "
        "WHERE code > ? AND code < ? AND substr(code, ?) NOT GLOB '*[^0-9]*'",
        (len(prefix) + 2, f"{prefix}-", f"{prefix}.", len(prefix) + 2),
    )
    return int(found[0][0] or 0)


def holder_of_code(rows: Rows, code: str) -> str:
    """Id of the person with that code, retired or not; "" where it is free."""
    found = rows.rows("SELECT id FROM client WHERE code = ? LIMIT 1", (code,))
    return str(found[0][0]) if found else ""


def id_of_code(rows: Rows, code: str) -> str:
    """Id of the person on the desk with exactly that code; "" where there is none.

    A code typed in small letters is found where it is written in capitals.
    """
    found = rows.rows(
        "SELECT id FROM client WHERE code IN (?, ?) AND deleted IS NULL LIMIT 1",
        (code, code.upper()),
    )
    return str(found[0][0]) if found else ""


def named_and_born(rows: Rows, born: date) -> list[tuple[str, str, str, str]]:
    """Id, known-as, first names and family name of people born on a day."""
    found = rows.rows(
        "SELECT id, coalesce(known_as, ''), coalesce(given_names, ''), "
        "coalesce(family_name, '') FROM client WHERE born_on = ? AND deleted IS NULL",
        (born.isoformat(),),
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]


def with_names(rows: Rows, words: str, *, count: int) -> list[str]:
    """Ids of people in whose names and codes all these words begin."""
    if not words:
        return []
    found = rows.rows(
        "SELECT d.client_id FROM person_words "
        "JOIN person_doc d ON d.doc = person_words.rowid "
        "WHERE person_words MATCH ? ORDER BY person_words.rowid DESC LIMIT ?",
        (words, count),
    )
    return [row[0] for row in found]


def called(rows: Rows, words: str, name: str, *, count: int) -> list[str]:
    """Ids of people who are called exactly so on the screen; capitals don't matter."""
    if not words:
        return []
    found = rows.rows(
        "SELECT d.client_id, d.name FROM person_words "
        "JOIN person_doc d ON d.doc = person_words.rowid "
        "WHERE person_words MATCH ? ORDER BY person_words.rowid DESC LIMIT ?",
        (words, count),
    )
    return [row[0] for row in found if str(row[1]).casefold() == name.casefold()]


def with_email(rows: Rows, email: str) -> list[str]:
    """Ids of people with this email, as typed or in small letters."""
    found = rows.rows(
        "SELECT id FROM client WHERE email IN (?, ?) AND deleted IS NULL",
        (email, email.casefold()),
    )
    return [row[0] for row in found]


def born_that_day(rows: Rows, born: date) -> list[tuple[str, str]]:
    """Id and all the names, in one text, of people born on a day."""
    found = rows.rows(
        "SELECT d.client_id, d.words FROM client c JOIN person_doc d "
        "ON d.client_id = c.id WHERE c.born_on = ? AND c.deleted IS NULL",
        (born.isoformat(),),
    )
    return [(row[0], row[1]) for row in found]


def referral_ids(rows: Rows, client_id: str) -> list[str]:
    """A person's referrals, newest first."""
    found = rows.rows(
        "SELECT id FROM referral WHERE client_id = ? AND deleted IS NULL "
        "ORDER BY received_on DESC, created DESC",
        (client_id,),
    )
    return [row[0] for row in found]


#: Deeds that put right what somebody had recorded; marking attendance is none.
CORRECTIONS = ("correct session", "correct score", "correct contact")


def corrected(rows: Rows, ids: Sequence[str]) -> set[str]:
    """Those of the rows that somebody put right after they were recorded."""
    if not ids:
        return set()
    found = rows.rows(
        'SELECT DISTINCT o."row" FROM op o JOIN txn t ON t.id = o."txn" '
        f'WHERE o."row" IN ({marks(len(ids))}) AND o.col IS NOT NULL '
        f"AND t.deed IN ({codes_sql(CORRECTIONS)})",
        ids,
    )
    return {row[0] for row in found}
