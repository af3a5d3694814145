"""Everybody on the desk by what tells people apart, for finding who is there twice."""

from collections.abc import Iterator
from dataclasses import dataclass

from provider_desk.model.rows import Rows
from provider_desk.store.search import NAME


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """What tells somebody from others; words are as they were typed.

    Attributes:
        name: what they are called on the screen.
        names: all their names in one text.
        born_on: "1985-03-02", "" where the day is not known.
    """

    client_id: str
    code: str
    name: str
    first: str
    family: str
    names: str
    born_on: str
    birth_year: int | None
    age_band: str
    mobile: str
    landline: str
    email: str


def identities(rows: Rows) -> Iterator[Identity]:
    """Everybody who stands, one by one, by their code."""
    sql = f"""
        SELECT c.id, c.code, {NAME.format("c")},
            coalesce(nullif(c.given_names, ''), c.known_as, ''),
            coalesce(c.family_name, ''),
            coalesce(c.known_as, '') || ' ' || coalesce(c.given_names, '') || ' '
                || coalesce(c.family_name, '') || ' ' || coalesce(c.previous_names, ''),
            coalesce(c.born_on, ''), c.birth_year, coalesce(c.age_band, ''),
            coalesce(c.mobile, ''), coalesce(c.landline, ''), coalesce(c.email, '')
        FROM client c WHERE c.deleted IS NULL ORDER BY c.code
    """
    for row in rows.each(sql):
        yield Identity(*row)


def how_many(rows: Rows) -> int:
    """How many people stand."""
    return int(rows.rows("SELECT count(*) FROM person_doc")[0][0])


def known_pairs(rows: Rows) -> set[frozenset[str]]:
    """Pairs of which somebody has said already that they are two people."""
    found = rows.rows(
        "SELECT client_id, gone_id FROM person_merge "
        "WHERE undone_on IS NOT NULL AND deleted IS NULL"
    )
    return {frozenset(row) for row in found}
