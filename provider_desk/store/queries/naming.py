"""Every name and code that stands on the desk, to look for in words that leave."""

from collections.abc import Iterator

from provider_desk.model.records import Client, Provider, User
from provider_desk.model.rows import Rows


def names_of_people(rows: Rows) -> Iterator[tuple[str, str]]:
    """All the names of each person in one string, and their code."""
    yield from rows.each(
        "SELECT trim(coalesce(known_as, '') || ' ' || coalesce(given_names, '') || ' ' "
        "|| coalesce(family_name, '') || ' ' || coalesce(previous_names, '')), "
        f"coalesce(code, '') FROM {Client.TABLE} WHERE deleted IS NULL"
    )


def names_of_staff(rows: Rows) -> Iterator[str]:
    """The names of everybody who signs in or once did."""
    for (name,) in rows.each(f"SELECT coalesce(name, '') FROM {User.TABLE}"):
        yield name


def name_of_service(rows: Rows) -> str:
    """The service's own name and short name."""
    found = rows.rows(
        f"SELECT name || ' ' || code FROM {Provider.TABLE} WHERE deleted IS NULL "
        "LIMIT 1"
    )
    return str(found[0][0]) if found else ""
