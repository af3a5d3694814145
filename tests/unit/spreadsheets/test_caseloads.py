"""Both caseloads as providers keep them give what their expected.json says.

Nobody in these files exists.
"""

import gc
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from provider_desk.model import resources
from provider_desk.model.fields import value_problems
from provider_desk.model.records import (
    Client,
    Episode,
    Phase,
    Referral,
    Score,
    Session,
    WaitingContact,
)
from provider_desk.model.rules import problems_of, stopping
from provider_desk.spreadsheets.batch import Batch
from provider_desk.spreadsheets.layout_file import read_layout
from provider_desk.spreadsheets.read import read
from provider_desk.spreadsheets.set_aside import write_set_aside
from tests.builders.sheets import DESK_ID, made

CASELOADS = Path(__file__).resolve().parents[2] / "caseloads"
TODAY = date(2026, 9, 1)

#: What expected.json calls a fault → what the program says of it.
SAID = {
    "the same row twice": "The same row twice",
    "no such client: RO9999": "There is no person RO9999",
    "no such day: 31/09/2017": "“31/09/2017”: There is no such day",
    "decided before it was received": "before it was received",
    "no such referral: R-88888": "There is no referral R-88888",
    "before the referral was received": "is before the referral was received",
    "minutes is not a number": "“fifty” is not a number",
    "PHQ-9 is 0 to 27": "PHQ-9 is 0 to 27",
    "no such day: 30-Feb-17": "“30-Feb-17”: There is no such day",
    "unknown decision: Acepted": "“Acepted” is not a word known for “Decision”",
    "minutes below zero": "below zero",
}


def expected(provider: str) -> dict[str, Any]:
    text = (CASELOADS / provider / "expected.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def brought(provider: str, *paths: Path) -> Batch:
    files = paths or sorted(
        path
        for path in (CASELOADS / provider).iterdir()
        if path.suffix in (".csv", ".xlsx")
    )
    layout = read_layout(resources.path_of(f"layouts/{provider}.toml"))
    return read(layout, files, today=TODAY, desk_id=DESK_ID)


@pytest.fixture(scope="module")
def rothacs() -> Batch:
    return brought("rothacs")


@pytest.fixture(scope="module")
def grow() -> Batch:
    return brought("grow")


@pytest.fixture(params=["rothacs", "grow"])
def caseload(request: pytest.FixtureRequest) -> tuple[str, Batch]:
    return request.param, request.getfixturevalue(request.param)


def test_a_caseload_holds_as_many_as_expected(caseload: tuple[str, Batch]) -> None:
    provider, batch = caseload

    score_days = {(s.referral_id, s.scored_on) for s in made(batch, Score)}
    held = {
        "people": len(made(batch, Client)),
        "referrals": len(made(batch, Referral)),
        "sessions": len(made(batch, Session)),
        "waiting_contacts": len(made(batch, WaitingContact)),
        "score_days": len(score_days),
    }
    wanted = expected(provider)
    assert held == {name: wanted[name] for name in held}


def test_a_caseload_sets_aside_the_rows_that_are_wrong(
    caseload: tuple[str, Batch],
) -> None:
    provider, batch = caseload
    wanted = Counter((r["where"], r["why"]) for r in expected(provider)["bad_rows"])

    found = Counter(
        (aside.place.sheet, why)
        for aside in batch.set_aside
        for why, words in SAID.items()
        if words in aside.text
    )

    assert found == wanted
    assert len(batch.set_aside) == wanted.total()


def test_every_column_of_a_caseload_is_used(caseload: tuple[str, Batch]) -> None:
    _, batch = caseload

    assert batch.unused_columns == []
    assert batch.unread_sheets == batch.missing_sheets == []
    assert batch.records_begin == date(2016, 7, 1)


def test_counts_of_each_sheet_add_up(caseload: tuple[str, Batch]) -> None:
    _, batch = caseload

    for sheet in batch.sheets:
        assert sheet.read == sheet.good + sheet.set_aside + sum(sheet.skipped.values())
    assert sum(sheet.set_aside for sheet in batch.sheets) == len(batch.set_aside)


def test_all_that_comes_in_could_be_saved_in_the_window(
    caseload: tuple[str, Batch],
) -> None:
    """The reader checks cell by cell; on saving, records are asked as a whole."""
    _, batch = caseload
    by_id = {record.id: record for record in batch.records}

    for record in batch.records:
        assert value_problems(type(record), record.values()) == []
        links = [v for n, v in record.values().items() if n.endswith("_id") and v]
        parents = {by_id[str(link)].TABLE: by_id[str(link)] for link in links}
        assert stopping(problems_of(record, parents, TODAY)) == []


def test_the_rows_set_aside_are_set_aside_again_until_they_are_corrected(
    caseload: tuple[str, Batch], tmp_path: Path
) -> None:
    provider, batch = caseload
    path = tmp_path / "set aside.xlsx"
    path.write_bytes(write_set_aside(batch))
    files = [p for p in (CASELOADS / provider).iterdir() if p.suffix != ".json"]

    again = brought(provider, *files, path)

    assert {r.id for r in again.records} == {r.id for r in batch.records}
    assert len(again.set_aside) == 2 * len(batch.set_aside)


def test_names_and_birthdays_of_the_text_files_are_read(grow: Batch) -> None:
    people = {client.code: client for client in made(grow, Client)}

    swit = next(p for p in people.values() if p.previous_names)
    assert (swit.family_name, swit.previous_names) == ("Swit", "Cole")
    assert swit.given_names == "Ruth"
    assert "Zoë" in {person.given_names for person in people.values()}
    assert people["GR0001"].born_on == date(1974, 3, 8)
    assert all(p.born_on and p.born_on.year < 2010 for p in people.values())


def test_support_is_core_from_the_start_and_lighter_from_step_down(
    grow: Batch,
) -> None:
    phases = Counter(phase.phase for phase in made(grow, Phase))

    assert phases == {"CORE": len(made(grow, Episode)), "STEP_DOWN": 22}


def test_only_sessions_of_an_episode_belong_to_it(rothacs: Batch) -> None:
    episodes = {episode.id: episode for episode in made(rothacs, Episode)}

    for session in made(rothacs, Session):
        if session.episode_id:
            assert session.type == "THERAPY"
            assert session.held_on >= episodes[session.episode_id].started_on
        else:
            assert session.type == "ASSESS"


def test_reading_leaves_nothing_behind_that_only_a_collector_can_free() -> None:
    gc.collect()
    gc.disable()
    try:
        batch = brought("rothacs")
        left_behind = gc.collect()
    finally:
        gc.enable()

    assert left_behind < len(batch.records) / 100
