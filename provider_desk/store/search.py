"""The index behind the search box: names, codes and telephone digits of people.

It is derived from the client rows by triggers, so that it changes in the transaction
that changes the row, whoever wrote it. Retired people are not in it. It holds no more
than the client rows do, and lies in the same encrypted file.
"""

from provider_desk.model.rows import Rows

#: Tables of the index; neither records nor part of the op log.
TABLES = ("person_doc", "person_words")

#: What a person is called on screen; reads a row of client under the alias {0}.
NAME = (
    "CASE WHEN coalesce({0}.known_as, '') <> '' THEN {0}.known_as ELSE "
    "trim(coalesce({0}.given_names, '') || ' ' || coalesce({0}.family_name, '')) END"
)

_READ = (
    "code",
    "known_as",
    "given_names",
    "family_name",
    "previous_names",
    "born_on",
    "birth_year",
    "mobile",
    "landline",
    "deleted",
)

_PUNCTUATION = ("' '", "'-'", "'('", "')'", "'.'", "'/'")


def _digits(column: str) -> str:
    """SQL for a telephone number as digits, +44 written as 0."""
    plain = f"coalesce({column}, '')"
    for sign in _PUNCTUATION:
        plain = f"replace({plain}, {sign}, '')"
    return (
        f"CASE WHEN {plain} LIKE '+44%' THEN '0' || substr({plain}, 4) "
        f"ELSE replace({plain}, '+', '') END"
    )


def _closed_up(column: str) -> str:
    """SQL for names without apostrophes and hyphens: "O'Brien" as "OBrien" too."""
    plain = f"coalesce({column}, '')"
    for sign in ("''''", "'\u2019'", "'-'"):
        plain = f"replace({plain}, {sign}, '')"
    return plain


def _document(row: str) -> str:
    """SQL for the name, words and digits of a client row under an alias."""
    words = " || ' ' || ".join(
        (
            *(f"coalesce({row}.{name}, '')" for name in _READ[:5]),
            _closed_up(f"{row}.given_names"),
            _closed_up(f"{row}.family_name"),
            _closed_up(f"{row}.previous_names"),
            f"coalesce(substr({row}.born_on, 1, 4), {row}.birth_year, '')",
        )
    )
    digits = f"{_digits(f'{row}.mobile')} || ' ' || {_digits(f'{row}.landline')}"
    return f"{NAME.format(row)}, {words}, {digits}"


_FORGET = """
    INSERT INTO person_words(person_words, rowid, words, digits)
        SELECT 'delete', doc, words, digits FROM person_doc WHERE client_id = {id};
    DELETE FROM person_doc WHERE client_id = {id};
"""

_LEARN = f"""
    INSERT INTO person_doc(client_id, name, words, digits)
        SELECT new.id, {_document("new")} WHERE new.deleted IS NULL;
    INSERT INTO person_words(rowid, words, digits)
        SELECT doc, words, digits FROM person_doc WHERE client_id = new.id;
"""

#: Makes the index and its triggers; safe to run again.
STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE IF NOT EXISTS person_doc (
        doc INTEGER PRIMARY KEY, client_id TEXT UNIQUE,
        name TEXT, words TEXT, digits TEXT)
    """,
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS person_words USING fts5(
        words, digits, content='person_doc', content_rowid='doc',
        tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')
    """,
    f"""
    CREATE TRIGGER IF NOT EXISTS person_added AFTER INSERT ON client
    BEGIN {_FORGET.format(id="new.id")} {_LEARN} END
    """,
    f"""
    CREATE TRIGGER IF NOT EXISTS person_changed AFTER UPDATE OF {", ".join(_READ)}
    ON client BEGIN {_FORGET.format(id="old.id")} {_LEARN} END
    """,
    f"""
    CREATE TRIGGER IF NOT EXISTS person_gone AFTER DELETE ON client
    BEGIN {_FORGET.format(id="old.id")} END
    """,
)

#: Keeps no words of somebody changed or removed; once, when the file is made.
FORGETFUL = "INSERT INTO person_words(person_words, rank) VALUES('secure-delete', 1)"

#: Makes the index anew from the client rows; to be run in a write transaction.
REBUILD: tuple[str, ...] = (
    "DELETE FROM person_doc",
    f"""
    INSERT INTO person_doc(client_id, name, words, digits)
    SELECT c.id, {_document("c")} FROM client c WHERE c.deleted IS NULL
    """,
    "INSERT INTO person_words(person_words) VALUES('rebuild')",
)


def read_anew(rows: Rows) -> None:
    """Let a connection know the index as it is in its transaction.

    It keeps what it read of the index at its last search. A search asks whether that
    still holds; the file's own check does not, and takes what others wrote since for
    damage.
    """
    rows.rows("SELECT rowid FROM person_words LIMIT 1")


def astray(rows: Rows) -> int:
    """How many people the index lacks or knows wrongly; 0 when it is sound."""
    (missing,) = rows.rows(
        "SELECT count(*) FROM client c LEFT JOIN person_doc d ON d.client_id = c.id "
        "WHERE (c.deleted IS NULL) <> (d.doc IS NOT NULL) "
        f"OR (d.doc IS NOT NULL AND (d.name, d.words, d.digits) <> ({_document('c')}))"
    )[0]
    (left_over,) = rows.rows(
        "SELECT count(*) FROM person_doc WHERE client_id NOT IN (SELECT id FROM client)"
    )[0]
    return int(missing) + int(left_over)
