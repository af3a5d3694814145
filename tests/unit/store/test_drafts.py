"""Drafts are kept beside the op log, each person's for themselves."""

from pathlib import Path

from provider_desk.model.clock import FixedClock
from provider_desk.store import drafts
from provider_desk.store.store import Store


def names(store: Store, user: str = "jo") -> list[str]:
    with store.reading() as rows:
        return [draft.name for draft in drafts.listed(rows, user)]


def test_a_draft_is_there_after_opening_again(
    store: Store, folder: Path, key: bytes, clock: FixedClock
) -> None:
    drafts.keep(store, "jo", "session", 5, b"sealed")
    store.close()

    again = Store.open(folder, key, clock)
    with again.reading() as rows:
        found = drafts.take(rows, "jo", "session")
    assert found == drafts.Draft("jo", "session", 5, b"sealed")
    again.close()


def test_a_newer_draft_takes_the_place_of_the_older(store: Store) -> None:
    drafts.keep(store, "jo", "session", 5, b"old")
    drafts.keep(store, "jo", "session", 6, b"new")

    with store.reading() as rows:
        assert [each.sealed for each in drafts.listed(rows, "jo")] == [b"new"]


def test_the_newest_is_listed_first_and_nobody_sees_anothers(store: Store) -> None:
    drafts.keep_all(store, "jo", {"a": b"1", "b": b"2"}, 5)
    drafts.keep(store, "jo", "c", 9, b"3")
    drafts.keep(store, "sam", "d", 10, b"4")

    assert names(store) == ["c", "a", "b"]
    with store.reading() as rows:
        assert drafts.take(rows, "jo", "d") is None


def test_a_draft_is_dropped_by_name_or_all_of_a_person(store: Store) -> None:
    drafts.keep_all(store, "jo", {"a": b"1", "b": b"2", "c": b"3"}, 5)
    drafts.keep(store, "sam", "d", 5, b"4")

    assert drafts.drop(store, "jo", "a") == 1
    assert names(store) == ["b", "c"]
    assert drafts.drop(store, "jo") == 2
    assert names(store) == []
    assert names(store, "sam") == ["d"]


def test_a_draft_is_no_deed(store: Store) -> None:
    drafts.keep(store, "jo", "session", 5, b"sealed")

    with store.reading() as rows:
        assert rows.rows("SELECT count(*) FROM txn") == [(0,)]
        assert rows.rows("SELECT count(*) FROM op") == [(0,)]


def test_nothing_of_a_draft_is_printed() -> None:
    assert "secret" not in repr(drafts.Draft("jo", "session", 5, b"secret"))
