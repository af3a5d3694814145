"""Run by the canary drill: types a word into everything there is, through the deeds.

``python canary_writer.py ROOT WHO`` makes the desk ROOT/data, prints the codes of its
sheets, does what an office does, prints "ready" and waits: to be killed, or to be told
by a line on standard input to close. What a person exports goes to ROOT/exports.
"""

import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from provider_desk.keys import calibration
from provider_desk.keys.vault import FileVault
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError
from provider_desk.model.fields import Record, Text, Value, fields_of
from provider_desk.model.ids import new_id
from provider_desk.model.looks import LookKind
from provider_desk.model.records import RECORDS, Contract, ContractArea
from provider_desk.services import bring_in
from provider_desk.services.casework import people, referrals, sessions
from provider_desk.services.desk import Desk
from provider_desk.services.entry.sign_in import sign_in
from provider_desk.services.looking import looks, looks_file
from provider_desk.services.notes import process_notes
from provider_desk.services.notes.note_search import NoteSearch
from provider_desk.services.rights import counsel_key, users
from provider_desk.services.safety import backups, drafts
from tests.builders.desks import planned
from tests.builders.sheets import CONTRACT, PEOPLE, PEOPLE_HEADINGS, text_file
from tests.faults.leaks import STEM
from tests.faults.writer import say

CLOCK = FixedClock.on(date(2018, 5, 1))
MANAGER, LEAD = f"{STEM} Manager", f"{STEM} Lead"
PASSWORD = f"{STEM} words quite long"
_REQUIRED: dict[str, object] = {"Day": date(2018, 4, 2), "Count": 7, "Moment": 1}


def word(*about: str) -> str:
    """A word of the stem, with what it was typed into behind it."""
    return f"{STEM} {' '.join(about)}"


def typed(record_type: type[Record]) -> Record:
    """A record with a word in every field that takes words."""
    values: dict[str, object] = {}
    for field in fields_of(record_type):
        if isinstance(field.kind, Text):
            values[field.name] = word(record_type.TABLE, field.name)
        elif field.required:
            values[field.name] = _REQUIRED.get(type(field.kind).__name__, new_id())
    return record_type(**values)  # type: ignore[arg-type]


def every_record(desk: Desk) -> None:
    """A row of each kind; then many, and a large sort that memory does not hold."""
    records = [typed(each) for each in RECORDS]
    with desk.store.writing(word("deed"), desk.user.id, word("reason")) as deed:
        deed.add_all(records)
    with desk.store.writing("more", desk.user.id) as deed:
        deed.add_all(replace(each, id=new_id()) for each in records * 150)
        deed.rows("SELECT * FROM client ORDER BY access_needs, known_as, id DESC")


def add_contract(desk: Desk) -> Contract:
    """A contract with two areas."""
    contract = Contract(reference="C-1", title=word(), starts_on=date(2016, 7, 1))
    with desk.store.writing("set up") as deed:
        deed.add(contract)
        for area in ("THER", "PES_AD"):
            deed.add(ContractArea(contract_id=contract.id, area=area))
    return contract


def office(desk: Desk, root: Path) -> None:
    """What an office does in a day."""
    contract = add_contract(desk)
    person, _ = people.add_person(
        desk, {"known_as": word("name"), "born_on": date(1985, 3, 2)}
    )
    looks.note(desk, LookKind.OPENED, row_id=person, about=word(), reason=word())
    received = {"contract_id": contract.id, "area": "THER", "source": "GP"}
    when = {"received_on": date(2017, 9, 1)}
    referral, _ = referrals.receive_referral(desk, person, {**received, **when})
    decided: dict[str, Value] = {"decision": "ACCEPTED", "decided_on": date(2017, 9, 5)}
    referrals.decide(desk, referral, decided)
    held: dict[str, Value] = {
        "held_on": date(2018, 4, 2),
        "type": "THERAPY",
        "attendance": "ATT",
    }
    session = {**held, "minutes": 50, "worker": "RI", "note": word("note")}
    with suppress(DeskError):
        sessions.log_session(desk, referral, session)
    for words in (word("name"), STEM, STEM[:6]):
        people.search(desk, words)
    drafts.keep(desk, {word("panel"): word("draft")})
    bring(desk, root / "exports")
    looks_file.export(desk, looks_file.Wanted(), root / "exports" / "looked.csv")
    backups.choose_folder(desk, root / "stick")
    backups.back_up(desk)


def bring(desk: Desk, folder: Path) -> None:
    """A spreadsheet is brought in; rows that won't do are set aside beside it."""
    rows = [PEOPLE_HEADINGS, ("P1", word("brought in"), "03/04/1985")]
    rows.append(("P2", word("set aside"), "31/09/1985"))
    layout = folder / "layout.toml"
    layout.write_text(CONTRACT.replace("C-1", "C-2") + PEOPLE)
    people_file = text_file(folder / "People.csv", rows)
    bring_in.bring_in(desk, layout, [people_file])


def counselling(manager: Desk, sheet_b: str, vault: FileVault) -> Desk:
    """A clinical lead takes the key up and writes what no manager may read."""
    users.add_user(manager, LEAD, "CLINICAL_LEAD", f"{PASSWORD} lead", initials="XY")
    folder = manager.folder
    manager.close()
    lead = sign_in(folder, LEAD, f"{PASSWORD} lead", CLOCK, vault)
    counsel_key.take_up(lead, sheet_b)
    with lead.store.reading() as rows:
        person = str(rows.rows("SELECT id FROM client LIMIT 1")[0][0])
    process_notes.write(lead, person, word("title"), word("process note") * 40)
    NoteSearch(lead).find(STEM)
    drafts.keep(lead, {word("panel"): word("draft")})
    users.change_password(lead, f"{PASSWORD} lead", f"{PASSWORD} other")
    return lead


def main(root_name: str, _who: str) -> None:
    """Do all of it."""
    calibration.TARGET_MS = 0
    root = Path(root_name)
    for each in ("exports", "stick"):
        (root / each).mkdir()
    vault = FileVault(root / "secret.txt")
    plan = planned(
        CLOCK, vault, provider=word("service"), user=MANAGER, password=PASSWORD
    )
    plan.write_sheets(root / "exports")
    plan.vouched()
    for sheet in plan.sheets:
        say(" ".join(sheet.groups))
    desk = plan.make(root / "data")
    with suppress(DeskError):
        sign_in(root / "data", word("nobody"), word("wrong password"), CLOCK, vault)
    every_record(desk)
    office(desk, root)
    lead = counselling(desk, " ".join(plan.sheets[1].groups), vault)
    say("ready")
    if sys.stdin.readline():
        lead.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
