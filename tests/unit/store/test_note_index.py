"""The index of opened notes: in memory alone, whole words and their beginnings."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.store.note_index import Entry, NoteIndex


def entry(row_id: str, words: str, *, person: str = "p", day: int = 1) -> Entry:
    return Entry("session", row_id, person, date(2018, 5, day), "Session: note", words)


def found(index: NoteIndex, text: str, people: set[str] | None = None) -> list[str]:
    return [each.row_id for each in index.find(text, people, 50)]


@pytest.fixture
def index() -> NoteIndex:
    """Three notes of two people."""
    made = NoteIndex()
    made.put(
        [
            entry("a", "Zoë spoke of the harbour", day=1),
            entry("b", "the harbour again, and Zoe's walk", day=3),
            entry("c", "nothing of the kind", person="q", day=2),
        ]
    )
    return made


def test_beginnings_of_all_the_words_are_found_newest_first(index: NoteIndex) -> None:
    assert found(index, "harb") == ["b", "a"]
    assert found(index, "HARBOUR zoe") == ["b", "a"]
    assert found(index, "harbour walk") == ["b"]
    assert found(index, "the") == ["b", "c", "a"]
    assert found(index, "arbour") == []
    assert found(index, " -- ") == []


def test_one_letter_is_a_word_and_no_beginning(index: NoteIndex) -> None:
    assert found(index, "h") == []
    assert found(index, "s walk") == ["b"]


def test_only_notes_of_the_people_asked_for_are_found(index: NoteIndex) -> None:
    assert found(index, "the", {"q"}) == ["c"]
    assert found(index, "the", set()) == []


def test_what_was_dropped_is_found_no_more(index: NoteIndex) -> None:
    index.drop([("session", "a"), ("session", "not there")])
    index.drop_people({"q"})

    assert found(index, "the") == ["b"]
    assert len(index) == 1


def test_a_snippet_holds_the_words_found_and_not_the_whole_note() -> None:
    index = NoteIndex()
    index.put([entry("a", f"{'before ' * 200}the harbour{' after' * 200}")])

    (only,) = index.find("harbour", None, 10)

    assert "harbour" in only.words
    assert len(only.words) < 200


@given(st.text(max_size=40))
def test_no_search_text_breaks_the_index(text: str) -> None:
    index = NoteIndex()
    index.put([entry("a", text)])

    assert set(found(index, text)) <= {"a"}


def test_nothing_of_it_is_written_to_a_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    index = NoteIndex()

    index.put(entry(str(number), f"canary {number} " * 200) for number in range(2_000))
    assert len(index.find("canary", None, 2_000)) == 2_000

    assert list(tmp_path.iterdir()) == []
    index.close()
