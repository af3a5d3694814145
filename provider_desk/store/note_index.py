"""An index of opened notes that lives in memory alone and ends with it.

Sealed words never stand in the store's own index. After signing in they are opened
and put into this one; nothing of it is ever on a disk, and it needs no key, because
it leaves with the process. Source: security design, §2.6.
"""

import json
import re
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from provider_desk.store.driver import Connection, connect

_IN_MEMORY = Path(":memory:")
_TABLE = """
    CREATE VIRTUAL TABLE note USING fts5(
        words, tbl UNINDEXED, row_id UNINDEXED, client_id UNINDEXED, day UNINDEXED,
        title UNINDEXED, tokenize='unicode61 remove_diacritics 2', columnsize=0)
"""
_INSERT = (
    "INSERT INTO note(rowid, words, tbl, row_id, client_id, day, title) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_WORD = re.compile(r"\w+")
_SNIPPET_WORDS = 16


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """A note, opened.

    Attributes:
        table: the record's table.
        row_id: the record; of one record there may be several entries.
        client_id: whom it is about.
        on: its day.
        title: what it is, in words; not searched.
        words: what is searched.
    """

    table: str
    row_id: str
    client_id: str
    on: date
    title: str
    words: str


class NoteIndex:
    """Notes by the words in them; may be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places: dict[tuple[str, str], list[int]] = {}
        self._last = 0
        self._connection: Connection = connect(_IN_MEMORY)
        self._connection.execute("PRAGMA temp_store=MEMORY")
        self._connection.execute(_TABLE)

    def __repr__(self) -> str:
        return f"<index of {len(self._places)} notes>"

    def __len__(self) -> int:
        return len(self._places)

    def put(self, entries: Iterable[Entry]) -> None:
        """Add notes; what stood of the same records is to be dropped before."""
        with self._lock:
            self._connection.execute("BEGIN")
            self._connection.executemany(_INSERT, map(self._placed, entries))
            self._connection.execute("COMMIT")

    def _placed(self, entry: Entry) -> tuple[object, ...]:
        self._last += 1
        self._places.setdefault((entry.table, entry.row_id), []).append(self._last)
        day = entry.on.isoformat()
        about = (entry.table, entry.row_id, entry.client_id, day, entry.title)
        return (self._last, entry.words, *about)

    def drop(self, records: Iterable[tuple[str, str]]) -> None:
        """Take records out, by table and id."""
        with self._lock:
            for record in records:
                for place in self._places.pop(record, ()):
                    self._connection.execute("DELETE FROM note WHERE rowid=?", (place,))

    def drop_people(self, client_ids: Collection[str]) -> None:
        """Take out all that is about some people."""
        asked = json.dumps(sorted(client_ids))
        with self._lock:
            found = self._connection.execute(
                "SELECT DISTINCT tbl, row_id FROM note "
                "WHERE client_id IN (SELECT value FROM json_each(?))",
                (asked,),
            ).fetchall()
        self.drop(found)

    def find(
        self, text: str, people: Collection[str] | None, count: int
    ) -> list[Entry]:
        """Notes that hold all the words, newest first.

        Args:
            text: beginnings of words; capitals and accents do not matter.
            people: ids of those whose notes may be shown; None for everybody's.
            count: how many at most.

        Returns:
            Entries whose words are those found, with what stands round them.
        """
        words = _WORD.findall(text)
        if not words:
            return []
        # One letter begins too many words to be of use.
        asked = " AND ".join(f'"{w}"*' if len(w) > 1 else f'"{w}"' for w in words)
        limit, params = "", [asked]
        if people is not None:
            limit = "AND client_id IN (SELECT value FROM json_each(?))"
            params.append(json.dumps(sorted(people)))
        with self._lock:
            found = self._connection.execute(
                f"""
                SELECT tbl, row_id, client_id, day, title,
                    snippet(note, 0, '', '', '…', {_SNIPPET_WORDS})
                FROM note WHERE note MATCH ? {limit}
                ORDER BY day DESC, rowid DESC LIMIT {int(count)}
                """,
                params,
            ).fetchall()
        return [
            Entry(table, row_id, client_id, date.fromisoformat(day), title, words)
            for table, row_id, client_id, day, title, words in found
        ]

    def close(self) -> None:
        """Let go of everything; it can't be asked afterwards."""
        with self._lock:
            self._places.clear()
            self._connection.close()
