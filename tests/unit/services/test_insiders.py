"""What a colleague with the store's key, SQL and the team secret can put in.

They can destroy, and write what is false. They open nothing by it, and what they put in
is told and hides nothing else. Everybody here is invented.
"""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from provider_desk.keys import fresh as record
from provider_desk.keys.sealing import Opener, Sealer
from provider_desk.keys.vault import SessionVault
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import Damaged, OlderDesk
from provider_desk.model.looks import LookKind
from provider_desk.model.records import Client, ProcessNote, User
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.notes import note_search
from provider_desk.services.notes import process_notes as notes
from provider_desk.services.notes.opening import PersonOpener
from provider_desk.services.safety import drafts, freshness
from provider_desk.store import fresh
from provider_desk.store.store import NAME, Store
from tests.builders.casework import make_client
from tests.builders.counselling import PROCESS
from tests.builders.keys import KEY, made_keys

STORE, DEVICE, USER = "5" * 32, "d" * 16, "u" * 32
#: What no reader of JSON takes in.
DEEP = "[" * 200_000


def put(desk: Desk, sql: str, *values: object) -> None:
    """Run SQL past the program, as somebody with the key and another tool would."""
    connection = desk.store.maintenance()
    connection.execute(sql, values)
    connection.close()


LOOK = "INSERT INTO look VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@pytest.mark.parametrize(
    "entry",
    [
        (3, "u", DEEP.encode(), b"p", b"h", b"s"),
        (2**62, "u", b"sealed", b"p", b"h", b"s"),
        (-(2**62), "u", "words", "p", "h", "s"),
        ("never", None, None, None, None, None),
    ],
    ids=["deep", "far off", "words", "nothing"],
)
def test_an_entry_of_who_looked_that_makes_no_sense_hides_no_other(
    desk: Desk, entry: Sequence[object]
) -> None:
    looks.note(desk, LookKind.SEARCHED, about="before")
    at, by, sealed, *rest = entry
    if sealed == DEEP.encode():
        bound = looks._bound_to(desk, desk.store.device, "u", 3)
        sealed = desk.keys.seal_to("admin", DEEP.encode(), bound)
    put(desk, LOOK, desk.store.device, 2, at, by, sealed, *rest)

    looks.note(desk, LookKind.SEARCHED, about="after")

    lines = looks.log(desk).rows
    assert {line.about for line in lines} == {"before", "", "after"}
    assert LookKind.UNREADABLE in {line.kind for line in lines}
    assert all(0 <= line.at_ms < 10**14 * 3 for line in lines)
    assert any("entry 2" in said for said in looks.verify(desk))


@pytest.mark.parametrize(
    "words",
    [DEEP, "[]", "no words of this program", "3"],
    ids=["deep", "list", "words", "number"],
)
def test_a_process_note_that_makes_no_sense_hides_no_other(
    desk: Desk, counsellor: Desk, words: str
) -> None:
    """Anybody can seal for a team: nobody needs its key for that."""
    client_id = make_client(counsellor)
    notes.write(counsellor, client_id, "The sea", PROCESS)
    forged = ProcessNote(
        client_id=client_id,
        thread="t" * 32,
        version=1,
        written_on=desk.today(),
        author=desk.user.id,
        compartment="counsel:main",
        sealed="",
    )
    about = notes.about_note(forged.id, client_id)
    sealed = Sealer(desk.keys, "counsel:main").seal(words, about)
    lead_note = replace(forged, sealed=sealed, author=counsellor.user.id)
    with desk.store.writing("forge") as deed:
        deed.add(lead_note)

    titles = {line.title for line in notes.of_person(counsellor, client_id)}
    found = note_search.NoteSearch(counsellor).find("sea")

    assert "The sea" in titles
    assert len(found) == 1
    with pytest.raises(Damaged):
        notes.read(counsellor, lead_note.id)


def test_a_note_that_names_another_author_than_it_was_sealed_by_is_not_shown(
    desk: Desk, counsellor: Desk, colleague: Desk
) -> None:
    client_id = make_client(counsellor)
    note_id, _ = notes.write(counsellor, client_id, "The sea", PROCESS)

    put(
        desk,
        "UPDATE process_note SET author = ? WHERE id = ?",
        *(colleague.user.id, note_id),
    )

    with pytest.raises(Damaged):
        notes.opened(_note(desk, note_id), PersonOpener(colleague))


def _note(desk: Desk, note_id: str) -> ProcessNote:
    with desk.store.reading() as rows:
        (found,) = rows.rows(
            "SELECT client_id, author, version, thread, compartment, sealed "
            "FROM process_note WHERE id = ?",
            (note_id,),
        )
    return ProcessNote(
        id=note_id,
        client_id=found[0],
        author=found[1],
        version=found[2],
        written_on=desk.today(),
        thread=found[3],
        compartment=found[4],
        sealed=found[5],
    )


@pytest.mark.parametrize("sealed", [b"PDd\x01", b"PDd\x01short", "words", None])
def test_a_draft_that_somebody_put_in_hides_no_other(
    desk: Desk, sealed: object
) -> None:
    drafts.keep(desk, {"panel": "typed"})

    put(
        desk,
        "INSERT INTO draft VALUES (?, ?, ?, ?)",
        *(desk.user.id, "x" * 32, 1, sealed),
    )

    (kept,) = drafts.kept(desk).drafts
    assert (kept.name, kept.text) == ("panel", "typed")


def test_a_record_of_freshness_that_a_colleague_wrote_does_not_hide_an_old_copy(
    folder: Path, clock: FixedClock, tmp_path: Path
) -> None:
    """They know the team secret, and give theirs the highest number."""
    vault = SessionVault()
    keys = made_keys(STORE, DEVICE, USER, "MANAGER")
    Store.create(folder, KEY, clock, STORE, DEVICE).close()
    for code in ("G-1", "G-2"):
        store = freshness.open_store(folder, keys, clock, vault).store
        with store.writing("add", by=USER) as deed:
            deed.add(Client(code=code, known_as="Invented"))
        user = User(name="Jo Invented", role="MANAGER", id=USER)
        freshness.close(Desk(store, user, clock, keys, vault))
        if code == "G-1":
            shutil.copytree(folder, tmp_path / "old")
    shutil.copy(tmp_path / "old" / NAME, folder / NAME)
    old = record.read(tmp_path / "old", STORE, keys.team_secret)
    assert old is not None
    assert old.digest == fresh.digest(folder / NAME)
    record.write(folder, replace(old, number=10**6), keys.team_secret)

    with pytest.raises(OlderDesk):
        freshness.open_store(folder, keys, clock, vault)


def test_what_is_sealed_beside_an_opened_root_belongs_to_its_author(
    desk: Desk, counsellor: Desk
) -> None:
    """Who writes without the key knows the root, and can seal under another name."""
    about = notes.about_note("n" * 32, "c" * 32)
    sealer = Sealer(desk.keys, "counsel:main")
    own = sealer.seal("own words", about)
    pretended = made_keys(desk.store.store_id, DEVICE, counsellor.user.id, "MANAGER")
    sealer._keys = pretended
    forged = sealer.seal("words of another", about)
    opener = Opener(counsellor.keys)

    assert opener.open(own, about) == "own words"
    with pytest.raises(Damaged):
        opener.open(forged, about)
