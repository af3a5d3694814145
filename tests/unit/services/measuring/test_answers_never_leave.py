"""Answers to questions, the risk item's first of all, are in no file of a return."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.records import RiskAnswer, RiskFlag, Score
from provider_desk.services import monthly_return
from provider_desk.services.casework import episodes
from provider_desk.services.casework.measuring import gains, scores
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from tests.builders.casework import (
    CONTRACT,
    make_client,
    make_episode,
    make_session,
)
from tests.builders.written_returns import pages_of

MARCH = Month(2018, 3)
FIRST, LAST, END = date(2018, 1, 10), date(2018, 3, 14), date(2018, 3, 20)
#: Nothing else on a desk looks like these.
ANSWERS: list[int | None] = [3, 1, 3, 0, 2, 2, 3, 0, 3]
WRITTEN = "3,1,3,0,2,2,3,0,3"
WHY, SCALE = "zebra reason canary", "Zebra scale canary"


@pytest.fixture
def measured(desk: Desk) -> Desk:
    """A desk with an ending measured by its questions, with a positive risk item."""
    referral_id, episode_id = make_episode(desk, make_client(desk))
    for day in (FIRST, LAST):
        make_session(desk, referral_id, day)
    for day in (FIRST, LAST):
        asked: dict[str, Value] = {"instrument": "PHQ9", "scored_on": day}
        scores.add_score(
            desk, referral_id, asked, answers=ANSWERS, done="COULD_NOT", why=WHY
        )
        asked = {"instrument": "STAR", "scored_on": day, "total": 3}
        scores.add_score(desk, referral_id, {**asked, "scale_name": SCALE})
    gains.tick_gains(desk, referral_id, {"seen_on": LAST}, codes=("SELF_HARM",))
    ending: dict[str, Value] = {"closed_on": END, "reason": "COMPLETED"}
    episodes.close_episode(desk, episode_id, ending)
    return desk


def texts(path: Path) -> Iterator[str]:
    """All words of a file, those inside a workbook and on pages too."""
    content = path.read_bytes()
    yield content.decode("utf-8", "replace")
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for name in book.namelist():
                yield book.read(name).decode("utf-8", "replace")
    if path.suffix == ".pdf":
        yield from pages_of(content)


def test_no_file_of_the_exact_copy_holds_an_answer(
    measured: Desk, tmp_path: Path
) -> None:
    contract_id = monthly_return.contract_of(measured, CONTRACT, MARCH)
    folder = tmp_path / "out"
    done = monthly_return.export(measured, contract_id, MARCH, "internal", folder)

    with measured.store.reading() as rows:
        flags, told = find(rows, RiskFlag), find(rows, RiskAnswer)
        ids = {each.id for each in (*find(rows, Score), *flags, *told)}
    assert (len(flags), len(told)) == (1, 2)
    secrets = {WRITTEN, WHY, SCALE, flags[0].reason, *ids}
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {
        (path.suffix, secret)
        for path in files
        for text in texts(path)
        for secret in secrets
        if secret.casefold() in text.casefold()
    }
    assert found == set()
    assert {path.suffix for path in files} >= {".csv", ".json", ".xlsx", ".pdf"}
    assert done.version == 1


def test_the_ending_is_counted_all_the_same(measured: Desk) -> None:
    contract_id = monthly_return.contract_of(measured, CONTRACT, MARCH)
    table = monthly_return.prepare(measured, contract_id, MARCH, "internal")

    line = table.line("E1", "PHQ-9", "ALL")
    other = table.line("E1", "Other licensed scale", "ALL")
    assert line.now.numerator == other.now.numerator == 1


def test_scales_of_different_names_are_no_pair(desk: Desk) -> None:
    referral_id, episode_id = make_episode(desk, make_client(desk))
    for day, name in ((FIRST, "Sleep scale"), (LAST, "Work scale")):
        make_session(desk, referral_id, day)
        asked: dict[str, Value] = {"instrument": "STAR", "scored_on": day, "total": 3}
        scores.add_score(desk, referral_id, {**asked, "scale_name": name})
    ending: dict[str, Value] = {"closed_on": END, "reason": "COMPLETED"}
    episodes.close_episode(desk, episode_id, ending)

    contract_id = monthly_return.contract_of(desk, CONTRACT, MARCH)
    table = monthly_return.prepare(desk, contract_id, MARCH, "internal")

    assert table.line("E1", "", "ALL").now.numerator == 0
    assert table.line("E1", "", "ALL").now.denominator == 1
