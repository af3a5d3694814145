"""Bringing a file up to this version: numbered steps, then what is declared anew.

A step is for what adding a table, a column or an index cannot do. Tables and columns
come from the record declarations each time that those have changed.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from provider_desk.model.errors import FromNewerVersion
from provider_desk.model.fields import fields_of
from provider_desk.model.records import RECORDS
from provider_desk.store import driver, op_log, schema, search

if TYPE_CHECKING:
    from sqlite_utils import Database

#: The version that this program writes; a file with a higher one is refused.
VERSION = 2

Step = Callable[["Database"], None]

#: Number → what it does. Step n brings a file from version n - 1 to n; numbers are
#: never used again. Version 1 is the first. Version 2 has the log of who looked and
#: drafts, which are declared: nothing is left for a step, but a program that knows
#: version 1 alone would keep no such log, and is refused.
STEPS: Mapping[int, Step] = {}


def version_of(connection: driver.Connection) -> int:
    """The version of the file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(connection: driver.Connection, path: Path) -> None:
    """Let only files pass that this version understands.

    Raises:
        FromNewerVersion: the file was written by a newer version.
    """
    found = version_of(connection)
    if found > VERSION:
        raise FromNewerVersion(
            f"“{path.name}” was written by a newer version of this program "
            f"(its form is {found}; this version knows {VERSION}).",
            "Nothing was changed. Update the program on this computer, then open the "
            "desk again.",
        )


def declared() -> str:
    """A word that changes when what is declared changes."""
    return hashlib.sha256("\n".join(schema.all_statements()).encode()).hexdigest()


def make(connection: driver.Connection) -> None:
    """Make every table in an empty file."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in schema.all_statements():
        connection.execute(statement)
    connection.execute(search.FORGETFUL)
    connection.execute(op_log.PUT_SETTING, ("tables", declared()))
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def bring_up_to_date(
    connection: driver.Connection, steps: Mapping[int, Step] = STEPS
) -> bool:
    """Run the steps that a file lacks and add what is declared; all or nothing.

    Returns:
        Whether anything was done.
    """
    held = connection.execute("SELECT value FROM desk WHERE name = 'tables'").fetchone()
    version = version_of(connection)
    lacking = [number for number in sorted(steps) if number > version]
    if not lacking and held == (declared(),):
        return False
    database = driver.utils(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in lacking:
            steps[number](database)
        _add_declared(connection, database)
        connection.execute(op_log.PUT_SETTING, ("tables", declared()))
        connection.execute(
            f"PRAGMA user_version = {max(VERSION, version, *lacking, 0)}"
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return True


def _add_declared(connection: driver.Connection, database: "Database") -> None:
    there = set(database.table_names())
    for record_type in RECORDS:
        if record_type.TABLE not in there:
            continue
        held = {column.name for column in database.table(record_type.TABLE).columns}
        for field in fields_of(record_type):
            if field.name not in held:
                connection.execute(
                    f'ALTER TABLE "{record_type.TABLE}" '
                    f'ADD COLUMN "{field.name}" {schema.column_type(field)}'
                )
    _drop_derived(connection, database)
    for statement in (*schema.all_statements(), *search.REBUILD, search.FORGETFUL):
        connection.execute(statement)


def _drop_derived(connection: driver.Connection, database: "Database") -> None:
    """Drop what is made anew from the rows: the search index, stale indexes."""
    for trigger in database.triggers:
        if trigger.table not in schema.APPEND_ONLY:
            connection.execute(f'DROP TRIGGER "{trigger.name}"')
    for table in search.TABLES:
        connection.execute(f'DROP TABLE IF EXISTS "{table}"')
    wanted = {_squeezed(statement) for statement in schema.all_statements()}
    for name, sql in connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall():
        if _squeezed(sql) not in wanted:
            connection.execute(f'DROP INDEX "{name}"')


def _squeezed(sql: str) -> str:
    return "".join(sql.replace("IF NOT EXISTS", "").split())
