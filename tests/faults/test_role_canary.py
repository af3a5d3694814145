"""Words of a counsellor's work: who can read them, by whatever way, and who can't.

A word of its own is typed into everything that a counsellor writes about counselling.
Then everybody of the office, with the keys that their own password opens, reads every
table by SQL, every file, every export, the store inside a backup, and all that the
program shows them.
"""

import base64
import contextlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pypdf import PdfReader

from provider_desk.keys import sealing
from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.keys.sealing import About, Opener
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError, NotAllowed
from provider_desk.model.months import Month
from provider_desk.model.records import RECORDS
from provider_desk.model.sealed_text import MARK, is_sealed
from provider_desk.services import monthly_return
from provider_desk.services.bring_in import bring_in
from provider_desk.services.casework import people, referrals, today
from provider_desk.services.casework.history import history, values_of
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks_file
from provider_desk.services.notes import process_notes
from provider_desk.services.notes.counselling import (
    about_field,
    about_reason,
    clinical_fields,
)
from provider_desk.services.notes.note_search import NoteSearch
from provider_desk.services.rights import counsel_key, users
from provider_desk.services.safety import backups, drafts
from provider_desk.store.connection import open_connection
from provider_desk.store.queries.caseload import client_of, way_to_client
from provider_desk.store.queries.sealed import case_of
from tests.builders.casework import (
    TODAY,
    contract_of,
    signed_in_as,
)
from tests.builders.offices import made_office
from tests.builders.sheets import PEOPLE, REFERRALS, SESSIONS
from tests.builders.typed_work import Words, Work, typed_into_everything

HOLDERS = ("COUNSELLOR", "CLINICAL_LEAD", "STUDENT")
OTHERS = ("MANAGER", "ADMINISTRATOR", "CASEWORKER", "TRUSTEE")
_WORD = re.compile(rb"kestrel[a-z]+end", re.IGNORECASE)
_SEALED = re.compile(r"sealed1:([A-Za-z0-9+/=]+)")
_LONGEST_HEX = 100_000


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    """An office after a counsellor's work; no test of this file changes the words."""
    folder = tmp_path_factory.mktemp("office") / "desk"
    office = made_office(folder, FixedClock.on(TODAY))
    yield typed_into_everything(office)
    office.manager.close()


def words_in(held: Iterable[object]) -> set[str]:
    """The words that stand in values, plainly or in a way that anybody undoes."""
    found: set[str] = set()
    for value in held:
        for raw in _readings(value):
            found |= {word.lower().decode() for word in _WORD.findall(raw)}
    return found


def _readings(value: object) -> Iterator[bytes]:
    raw = value if isinstance(value, bytes) else str(value).encode()
    yield raw
    yield raw.replace(b"\0", b"")
    with contextlib.suppress(ValueError):
        yield bytes.fromhex(raw[:_LONGEST_HEX].decode("ascii"))
    if is_sealed(value):
        yield base64.b64decode(str(value).rpartition(":")[2])


def by_sql(desk: Desk) -> Iterator[tuple[str, str, str, object]]:
    """Table, row id, column and value of everything in the store."""
    with desk.store.reading() as rows:
        tables = rows.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables:
            columns = [row[1] for row in rows.rows(f'PRAGMA table_info("{table}")')]
            for row in rows.rows(f'SELECT * FROM "{table}"'):
                held = dict(zip(columns, row, strict=True))
                for column, value in held.items():
                    yield table, str(held.get("id", "")), column, value


def opened_by(desk: Desk) -> set[str]:
    """The words that a person's keys open, without asking the program's rules.

    Every sealed text of the store, its log of changes too, is tried at every place.
    """
    opener, found = Opener(desk.keys), []
    places = set(_places(desk))
    texts = {
        f"{MARK}{inside}"
        for *_, value in by_sql(desk)
        for inside in _SEALED.findall(str(value))
    }
    for text in texts:
        for about in places:
            with contextlib.suppress(DeskError):
                found.append(opener.open(text, about))
        found += _forced(desk.keys, text, places)
    return words_in(found)


def _places(desk: Desk) -> Iterator[About]:
    """Every place in which sealed words may stand."""
    kinds = {kind.TABLE: kind for kind in RECORDS if way_to_client(kind.TABLE)}
    for table, row_id, column, _ in by_sql(desk):
        if table not in kinds or column not in clinical_fields(kinds[table]):
            continue
        with desk.store.reading() as rows:
            person = client_of(rows, table, row_id)
            yield about_reason(case_of(rows, table, row_id), person)
        yield about_field(row_id, person, table, column)
        yield process_notes.about_note(row_id, person)


def _forced(keys: DeskKeys, text: str, places: Iterable[About]) -> Iterator[str]:
    """Try every key that the person has as if it were the right one."""
    blob = sealing._unpacked(text)
    tried = [keys.key, keys.team_secret, keys.own_key("drafts")]
    for compartment in keys.compartments():
        if not compartment.startswith("counsel:"):
            newest = keys.newest_epoch(compartment)
            tried += [keys.epoch_key(compartment, n) for n in range(1, newest + 1)]
    for root in tried:
        for about in places:
            key = sealing._note_key(root, about, blob.revision)
            bound = sealing._bound(keys.store_id, about, blob)
            with contextlib.suppress(InvalidTag):
                yield AESGCM(key).decrypt(blob.nonce, blob.box, bound).decode()


def shown_to(desk: Desk, client_id: str) -> set[str]:
    """The words in all that the program shows of a person."""
    said: list[object] = []
    with contextlib.suppress(DeskError):
        page = people.person(desk, client_id)
        said += [(event.title, event.detail) for event in page.events]
    search = NoteSearch(desk)
    with contextlib.suppress(DeskError):
        said += [(f.title, f.snippet) for f in search.find("kestrel", count=500)]
    for table, row_id, column, _ in by_sql(desk):
        if column != "id" or table not in {kind.TABLE for kind in RECORDS}:
            continue
        if way_to_client(table) is None:
            continue
        with contextlib.suppress(DeskError):
            lines = history(desk, table, row_id)
            said += [(line.reason, line.fields) for line in lines]
        with contextlib.suppress(DeskError):
            said += values_of(desk, table, row_id).values()
        with contextlib.suppress(DeskError):
            note = process_notes.read(desk, row_id)
            said += [(v.title, v.text, v.reason) for v in note.versions]
    with contextlib.suppress(DeskError):
        said.append(
            [(t.title, t.detail) for t in today.things_to_do(desk).todos],
        )
    return words_in(map(str, said))


def in_files(*folders: Path) -> set[str]:
    """The words in any file below some folders, as it is and unpacked."""
    held: list[object] = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                held += [path.name, *_inside(path)]
    return words_in(held)


def _inside(path: Path) -> Iterator[object]:
    raw = path.read_bytes()
    yield raw
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(path) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    if path.suffix == ".pdf":
        yield "\n".join(page.extract_text() for page in PdfReader(path).pages)


@pytest.mark.parametrize("role", OTHERS)
def test_who_was_never_given_the_key_reads_no_word_by_any_way(
    work: Work, role: str
) -> None:
    desk = work.office.signed_in(role)

    assert words_in(value for *_, value in by_sql(desk)) == set()
    assert opened_by(desk) == set()
    assert shown_to(desk, work.client_id) == set()


def test_the_team_reads_what_the_team_may_and_leads_read_process_notes(
    work: Work,
) -> None:
    """The same search finds all words where the key is held: so it can find them."""
    clinical, process = work.clinical.all, work.process.all
    gone = work.clinical.of("note taken back")
    counsellor = work.office.signed_in("COUNSELLOR")
    lead = work.office.signed_in("CLINICAL_LEAD")

    for desk in (counsellor, lead):
        assert words_in(value for *_, value in by_sql(desk)) == set()
        shown = shown_to(desk, work.client_id)
        assert clinical - gone <= shown
        assert process - work.process.of("taken back") <= shown
        assert not shown & work.never.all


def test_a_colleague_with_the_key_is_shown_only_their_own_caseload(
    work: Work,
) -> None:
    student = work.office.signed_in("STUDENT")

    assert student.keys.holds("counsel:main")
    assert shown_to(student, work.client_id) == set()


def test_a_colleague_of_the_caseload_is_shown_no_process_note(work: Work) -> None:
    student = work.office.signed_in("STUDENT")
    with work.office.manager.store.reading() as rows:
        (referral_id,) = rows.rows("SELECT id FROM referral")[0]
    mine = {"allocated_to": student.user.initials}
    referrals.change_referral(work.office.manager, referral_id, mine)

    shown = shown_to(student, work.client_id)

    referrals.change_referral(work.office.manager, referral_id, {"allocated_to": ""})
    assert shown & work.clinical.all
    assert not shown & work.process.all


def test_no_file_holds_a_word_neither_do_the_exports_of_a_manager(
    work: Work, tmp_path: Path
) -> None:
    manager = work.office.manager
    contract = contract_of(manager).id
    for copy, month in (("internal", Month(2018, 4)), ("council", Month(2017, 10))):
        monthly_return.export(manager, contract, month, copy, tmp_path / copy)
    looks_file.export(manager, looks_file.Wanted(), tmp_path / "looks.csv")

    assert len(list(tmp_path.rglob("*.*"))) > 8
    assert in_files(tmp_path, manager.folder) == set()


def test_the_store_inside_a_backup_holds_no_word(work: Work, tmp_path: Path) -> None:
    manager = work.office.manager
    made = backups.back_up(manager, tmp_path)
    inside = tmp_path / "inside.db"
    key, _ = backups.take_out(made.path, inside, manager.keys)

    connection = open_connection(inside, key, writes=False, cache_kb=1_000)
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    values = [
        value
        for (table,) in tables.fetchall()
        for row in connection.execute(f'SELECT * FROM "{table}"')
        for value in row
    ]
    connection.close()

    assert sum(map(is_sealed, values)) > 20
    assert words_in(values) == set()
    assert in_files(tmp_path) == set()


def test_notes_that_are_brought_in_are_sealed_and_can_be_brought_in_again(
    work: Work, tmp_path: Path
) -> None:
    """The file itself is not sealed; neither are its rows that are set aside."""
    admin, brought = work.office.signed_in("ADMINISTRATOR"), Words("b")
    note = brought.new("brought in")
    layout = tmp_path / "mine.toml"
    layout.write_text(
        f'title = "Mine"\ndate_order = "dmy"\n[[contract]]\n'
        f'reference = "{contract_of(admin).reference}"\nareas = ["THER"]\n'
        + PEOPLE
        + REFERRALS.replace('source = "By"', 'source = "By"\narea = "Area"')
        + SESSIONS.replace('minutes = "Mins"', 'minutes = "Mins"\nnote = "Note"'),
        encoding="utf-8",
    )
    paths = [tmp_path / f"{name}.csv" for name in ("People", "Referrals", "Sessions")]
    paths[0].write_text("No,Name,Born\nP77,Bea Invented,03/04/1985\n")
    paths[1].write_text(
        "No,Ref,Received,By,Area,Decision,Decided,Started,Closed,Reason\n"
        "P77,R77,01/09/2017,GP,THER,ACCEPTED,05/09/2017,03/10/2017,,\n"
    )
    paths[2].write_text(
        f"Ref,Date,Type,Came,Mins,Note\nR77,03/10/2017,THERAPY,ATT,50,{note}\n"
    )

    done = bring_in(admin, layout, paths)
    again = bring_in(admin, layout, paths)

    assert [row.text for row in done.look.batch.set_aside] == []
    assert again.look.nothing_new
    assert again.look.batch.differs == []
    assert words_in(value for *_, value in by_sql(admin)) == set()
    for role in OTHERS:
        assert opened_by(work.office.signed_in(role)) == set()
    assert note in opened_by(work.office.signed_in("CLINICAL_LEAD"))


def test_a_manager_who_makes_themselves_a_counsellor_reads_no_word(
    work: Work,
) -> None:
    """The role is a rule, the key is none of it."""
    manager = work.office.manager
    for role in HOLDERS:
        other = signed_in_as(manager, role, role[:3])
        with_their_keys = Desk(
            manager.store, other.user, manager.clock, manager.keys, manager.vault
        )
        assert shown_to(with_their_keys, work.client_id) == set()


def test_a_manager_who_sets_a_counsellors_password_reads_no_word(work: Work) -> None:
    office, lead = work.office, work.office.signed_in("CLINICAL_LEAD")
    name, password = "Cole Invented", "linen compass winter rocket"
    users.add_user(office.manager, name, "COUNSELLOR", password)
    taken = office.unlocked(name, password)
    counsel_key.give(lead, taken.user.id)
    before = office.unlocked(name, password)
    drafts.keep(before, {"a draft": "kestrel"})

    users.reset_password(office.manager, taken.user.id, "another four invented words")
    pretender = office.unlocked(name, "another four invented words")

    assert opened_by(before) >= work.clinical.all
    assert not pretender.keys.holds("counsel:main")
    assert opened_by(pretender) == set()
    assert drafts.kept(pretender).drafts == ()
    with pytest.raises(NotAllowed):
        pretender.keys.epoch_key("counsel:main", 1)


def test_who_joins_after_a_new_key_began_reads_what_was_written_before(
    work: Work,
) -> None:
    office, lead = work.office, work.office.signed_in("CLINICAL_LEAD")
    gone, came = "Gail Invented", "Nora Invented"
    password = "hollow ribbon cedar planet"
    for name in (gone, came):
        users.add_user(office.manager, name, "COUNSELLOR", password)
    leaver = office.unlocked(gone, password).user.id
    counsel_key.give(lead, leaver)
    before = lead.keys.newest_epoch("counsel:main")

    counsel_key.take_away(lead, leaver, "left the team")
    counsel_key.give(lead, office.unlocked(came, password).user.id)

    assert lead.keys.newest_epoch("counsel:main") == before + 1
    assert opened_by(office.unlocked(came, password)) >= work.clinical.all
    assert opened_by(office.unlocked(gone, password)) == set()
