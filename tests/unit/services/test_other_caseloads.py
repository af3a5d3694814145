"""A limited role is told nothing of another caseload, whatever function is called."""

import dataclasses
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import pytest

from provider_desk.model.errors import DeskError, NotAllowed, NotFound
from provider_desk.model.fields import Record
from provider_desk.model.looks import LookKind
from provider_desk.model.months import Month
from provider_desk.model.records import RECORDS, Group
from provider_desk.returns.table import Check, LineKey
from provider_desk.services import settings
from provider_desk.services.casework.waiting_on.letters import LetterOrder
from provider_desk.services.desk import Desk
from provider_desk.services.notes.note_search import NoteSearch
from provider_desk.services.office import register
from provider_desk.services.rights.permissions import may, needed_for
from provider_desk.store.records import find
from tests.builders.casework import TODAY, contract_of
from tests.builders.two_caseloads import Person, TwoCaseloads, two_caseloads
from tests.builders.walking import Door, calls, doors, told

#: Functions that are not called here, and why.
LEFT_OUT = {
    "caseload.ask_for_access": "gives access, with a reason: test_caseload",
    "drafts.carry_over": "part of a new password: test_new_keys",
    "freshness.close": "ends the desk",
}


@pytest.fixture
def two(desk: Desk) -> TwoCaseloads:
    """A desk of two caseloads, whose waiting list is sorted."""
    settings.change_provider(desk, {"triage": "Y"})
    return two_caseloads(desk)


#: Functions that ask for more than a walk gives before they ask whose it is, or that
#: are about nobody; what they say to a stranger's id is looked at all the same.
ABOUT_NOBODY = {
    "backups.daily", "call_sheet.make_call_sheet", "choosing.contract_of",
    "counsel_key.standing", "demo_notes.write_notes", "demo_staff.let_in",
    "demo_staff.signed_in", "feedback.change_feedback", "feedback.record_feedback",
    "feedback.take_back_feedback", "groups.add_group", "groups.take_back_group",
    "letters.make_letters", "mistaken.put_back", "sheet_renewal.check",
    "surveys.record_anonymous_survey",
    "upkeep.see_to", "users.change_password",
}  # fmt: skip


def known(desk: Desk, person: Person, folder: Path) -> dict[str, list[object]]:
    """What to give for parameters by name: everything points to that person."""
    pairs = [(table, row_id) for table, ids in person.rows.items() for row_id in ids]
    with desk.store.reading() as rows:
        (given, family, born, phone) = rows.rows(
            "SELECT given_names, family_name, born_on, mobile FROM client WHERE id = ?",
            (person.client_id,),
        )[0]

    def first(table: str) -> list[object]:
        return [*person.rows[table][:1], "0" * 32]

    return {
        "client_id": first("client"),
        "referral_id": [*person.rows["referral"], "0" * 32],
        "episode_id": [*person.rows["episode"], "0" * 32],
        "session_id": [*person.rows["session"], "0" * 32],
        "contact_id": first("waiting_contact"),
        "offer_id": first("waiting_offer"),
        "entry_id": first("waiting_entry"),
        "review_id": first("list_review"),
        "triage_id": first("triage"),
        "referral_ids": [person.rows["referral"]],
        "order": [LetterOrder("keep_in_touch", _LETTER, rules_read=True)],
        "exit_id": first("exit_strategy"),
        "look_id": first("exit_review"),
        "pause_id": first("pause"),
        "agreed_id": first("frequency_change"),
        "phase_id": first("phase"),
        "approval_id": first("exceptional"),
        "asked_id": first("extension_request"),
        "kept": [register.TRAINING, register.SUPERVISION],
        "onward_id": first("onward_referral"),
        "closing_id": first("closure"),
        "score_id": first("score"),
        "goal_id": first("goal"),
        "rating_id": first("goal_rating"),
        "survey_id": first("survey_answer"),
        "gain_ids": ["0" * 32],
        "note_id": first("process_note"),
        "group_id": [*_ids_of(desk, Group), "0" * 32],
        "member_id": first("group_member"),
        "slots_id": ["0" * 32],
        "session_ids": [" ".join(person.rows["session"][:2])],
        "days": [(TODAY + timedelta(days=3),)],
        "on": [TODAY, date(2018, 4, 17)],
        "access_id": first("case_access"),
        "flag_id": first("risk_flag"),
        "safeguarding_id": first("safeguarding_referral"),
        "consent_id": first("consent"),
        "helper_id": first("supported_by"),
        "step_id": first("justice_step"),
        "court_id": first("court_date"),
        "follow_id": first("follow_up"),
        "agreement_id": first("trial_agreement"),
        "request_id": first("disclosure_request"),
        "merge_id": first("person_merge"),
        "other_id": first("client"),
        "user_id": [desk.user.id],
        "sent_id": ["0" * 32],
        "study_id": ["0" * 32],
        "feedback_id": ["0" * 32],
        "training_id": ["0" * 32],
        "supervision_id": ["0" * 32],
        "why_names": ["", "asked for"],
        "contract_id": [contract_of(desk).id],
        "model_id": ["0" * 32],
        "estimate_id": ["0" * 32],
        "area": ["THER", "ALL"],
        "table": [table for table, _ in pairs],
        "row_id": [row_id for _, row_id in pairs],
        "text": ["", given, f"{given[:3]} {family[:3]}", born, phone, "zz", "1971"],
        "values": [
            {},
            {"note": "typed", "permission": "YES", "attendance": "DNA"},
            {"born_on": born, "given_names": given, "family_name": family},
            {
                "attendance": "CX_CLIENT",
                "hub_status": "RETURNED",
                "response": "DECLINED",
                "review_on": TODAY + timedelta(days=7),
                "level": "SOON",
            },
        ],
        "letters.post.kind": ["keep_in_touch"],
        "gains.tick_gains.codes": [("SLEEP",)],
        "attendances": [{person.rows["referral"][0]: "ATT"}],
        "channel": ["MOBILE"],
        "as_of": [TODAY],
        "month": [Month(2018, 3)],
        "copy": ["council", "internal"],
        "formats": [("csv",)],
        "key": [LineKey("A1", "", "ALL")],
        "check": [_check(person)],
        "response": ["DECLINED"],
        "code": ["ATT"],
        "worker": ["OW"],
        "from_initials": ["XX"],
        "to_initials": ["OW"],
        "folder": [folder / "out"],
        "kind": [LookKind.PRINTED],
    }


_LETTER = {"phone": "01632 960000", "ask_for": "Sam"}


def _ids_of(desk: Desk, record_type: type[Record]) -> list[str]:
    with desk.store.reading() as rows:
        return [each.id for each in find(rows, record_type)]


def _check(person: Person) -> Check:
    return Check(
        code="c", area="ALL", title="t", passed=False, blocking=True, text="t",
        table="session", rows=person.rows["session"],
    )  # fmt: skip


def answers(
    desk: Desk, door: Door, given: dict[str, list[object]], folder: Path
) -> set[str]:
    """All words that a function answers or refuses with, however it is called."""
    found: set[str] = set()
    for arguments in calls(door, given, folder):
        try:
            answer = door.call(desk, **arguments)
            found |= set(told(answer))
        except DeskError as refused:
            found |= set(told(refused))
    return found


def leaks(words: set[str], person: Person) -> set[str]:
    """What of a person's words is in some others."""
    return {
        secret
        for secret in person.words
        for said in words
        if secret.casefold() in said.casefold()
    }


def walked(
    desk: Desk, person: Person, folder: Path, only: Collection[str] = ()
) -> dict[str, set[str]]:
    """Function → what it told of a person, of every function that told something."""
    given = known(desk, person, folder)
    found = {}
    for door in doors():
        if door.inner or door.name in LEFT_OUT or (only and door.name not in only):
            continue
        leaked = leaks(answers(desk, door, given, folder), person)
        if leaked:
            found[door.name] = leaked
    return found


def notes_found(desk: Desk, person: Person) -> set[str]:
    """What a search for words in sealed notes tells of a person."""
    try:
        return leaks(set(told(NoteSearch(desk).find("canary"))), person)
    except NotAllowed:
        return set()


def rows_of(desk: Desk, person: Person) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a person, as it stands, and how many hang on them."""
    found = {}
    for record_type in RECORDS:
        ids = person.rows.get(record_type.TABLE, ())
        marks = ", ".join("?" * len(ids))
        with desk.store.reading() as rows:
            found[record_type.TABLE] = rows.rows(
                f'SELECT * FROM "{record_type.TABLE}" WHERE id IN ({marks})', ids
            )
    return found


@pytest.mark.parametrize("role", ["COUNSELLOR", "CASEWORKER", "STUDENT", "TRUSTEE"])
def test_no_function_tells_a_limited_role_of_another_caseload(
    two: TwoCaseloads, tmp_path: Path, role: str
) -> None:
    before = rows_of(two.manager, two.live)

    desk = two.signed_in(role)

    assert walked(desk, two.live, tmp_path) == {}
    assert notes_found(desk, two.live) == set()
    assert rows_of(two.manager, two.live) == before


@pytest.mark.parametrize("role", ["COUNSELLOR", "STUDENT", "TRUSTEE"])
def test_who_waits_is_told_to_nobody_but_those_who_see_the_list(
    two: TwoCaseloads, tmp_path: Path, role: str
) -> None:
    person = dataclasses.replace(
        two.waits,
        rows={table: ids or ("0" * 32,) for table, ids in two.waits.rows.items()},
    )

    assert walked(two.signed_in(role), person, tmp_path) == {}


def test_the_walk_would_see_what_is_told(two: TwoCaseloads, tmp_path: Path) -> None:
    """The same functions tell the counsellor whose caseload it is."""
    telling = {
        "duplicates.likely_duplicates",
        "history.history",
        "history.values_of",
        "people.person",
        "people.search",
        "process_notes.mine",
        "process_notes.of_person",
        "process_notes.read",
        "safe_contact.number_for",
        "safe_contact.safe_ways",
        "sessions.cases",
        "sessions.cases_of_person",
        "sessions.unrecorded",
        "today.things_to_do",
        "offers.open_offer",
    }

    assert walked(two.other, two.live, tmp_path, telling).keys() == telling
    assert notes_found(two.other, two.live)


def stops_at_the_caseload(
    desk: Desk, door: Door, given: dict[str, list[object]], folder: Path
) -> bool:
    """Whether a call came as far as to ask whose it is, or was answered."""
    for arguments in calls(door, given, folder):
        try:
            door.call(desk, **arguments)
        except NotFound as refused:
            if "caseload" in str(refused):
                return True
        except DeskError:
            continue
        else:
            return True
    return False


def test_the_walk_comes_as_far_as_the_question_whose_it_is(
    two: TwoCaseloads, tmp_path: Path
) -> None:
    """A function that stops before, at a missing value, would not have been tried."""
    desk = two.signed_in("CASEWORKER")
    given = known(desk, two.live, tmp_path)
    stopped_before = {
        door.name
        for door in doors()
        if not door.inner
        and door.name not in LEFT_OUT
        and all(may(desk, each) for each in needed_for(door.call))
        and not stops_at_the_caseload(desk, door, given, tmp_path)
    }

    assert stopped_before <= ABOUT_NOBODY
