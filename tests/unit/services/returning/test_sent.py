"""A return counts as sent when somebody says so, and the log says what went."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.errors import DeskError, NotAllowed, NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.records import ReturnSent
from provider_desk.services import monthly_return
from provider_desk.services.desk import Desk
from provider_desk.services.returning.sent import (
    record_sent,
    sent_log,
    take_back_sent,
)
from provider_desk.services.returning.signing import read_return_file, sign
from provider_desk.store.records import find
from tests.builders.issued_desks import at, contract_id, second_contract
from tests.builders.signing_desks import SEPTEMBER, issued_desk, reader, stand

WENT: dict[str, Value] = {
    "sent_on": date(2017, 10, 3),
    "sent_to": "Commissioning mailbox",
    "route": "SECURE_EMAIL",
    "note": "",
}


@pytest.fixture
def signed(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose return of September is signed."""
    desk = issued_desk(tmp_path / "desk")
    sign(desk, contract_id(desk), SEPTEMBER)
    yield desk
    desk.close()


def test_an_export_is_not_sent_until_somebody_says_so(
    signed: Desk, tmp_path: Path
) -> None:
    monthly_return.export(
        signed, contract_id(signed), SEPTEMBER, "council", tmp_path / "o", ("json",)
    )
    assert not stand(signed).sent

    done = record_sent(signed, contract_id(signed), SEPTEMBER, WENT)

    assert stand(signed).sent
    assert all(step.done for step in stand(signed).steps if step.name != "Write")
    assert done.said == "The return for September 2017, version 1, was sent."
    assert done.warnings == ()


def test_the_log_says_when_to_whom_how_by_whom_and_what(signed: Desk) -> None:
    record_sent(signed, contract_id(signed), SEPTEMBER, WENT)

    (line,) = sent_log(signed)

    assert (line.sent_on, line.sent_to, line.route) == (
        date(2017, 10, 3), "Commissioning mailbox", "Secure email",
    )  # fmt: skip
    assert (line.month, line.version, line.status) == (SEPTEMBER, 1, "final")
    assert (line.by, line.sha256) == (signed.user.name, _signed_hash(signed))


def _signed_hash(desk: Desk) -> str:
    with desk.store.reading() as rows:
        found = rows.rows("SELECT sha256 FROM return_signed WHERE step = 'SIGNED'")
    return str(found[0][0])


def test_a_file_that_was_sent_is_recognised(signed: Desk, tmp_path: Path) -> None:
    done = monthly_return.export(
        signed, contract_id(signed), SEPTEMBER, "council", tmp_path / "o", ("json",)
    )
    record_sent(signed, contract_id(signed), SEPTEMBER, WENT)

    found = read_return_file(signed, done.paths[0].read_bytes())

    assert found.sent
    assert found.words[1] == "It was sent on Tue 3 Oct 2017 to Commissioning mailbox."


def test_a_draft_that_was_sent_is_logged_with_a_warning(tmp_path: Path) -> None:
    desk = issued_desk(tmp_path / "desk")
    done = monthly_return.export(
        desk, contract_id(desk), SEPTEMBER, "council", tmp_path / "o", ("json",)
    )

    said = record_sent(desk, contract_id(desk), SEPTEMBER, WENT)

    assert [problem.severity for problem in said.warnings] == ["warn"]
    assert sent_log(desk)[0].status == "draft"
    assert read_return_file(desk, done.paths[0].read_bytes()).sent
    desk.close()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sent_on", date(2017, 10, 4)),
        ("sent_on", date(2017, 10, 2)),
        ("sent_on", None),
        ("sent_to", " "),
        ("route", None),
        ("route", "PIGEON"),
    ],
)
def test_a_line_that_can_not_be_is_refused(
    signed: Desk, field: str, value: Value
) -> None:
    with pytest.raises(NotValid):
        record_sent(signed, contract_id(signed), SEPTEMBER, {**WENT, field: value})
    assert sent_log(signed) == []


def test_what_was_never_issued_was_never_sent(signed: Desk) -> None:
    with pytest.raises(DeskError, match="Nothing is issued"):
        record_sent(signed, contract_id(signed), SEPTEMBER.plus(-1), WENT)
    with pytest.raises(DeskError, match="version 2"):
        record_sent(signed, contract_id(signed), SEPTEMBER, WENT, version=2)


def test_a_line_entered_in_error_is_taken_out_with_a_reason(signed: Desk) -> None:
    record_sent(signed, contract_id(signed), SEPTEMBER, WENT)
    (line,) = sent_log(signed)

    with pytest.raises(NotValid):
        take_back_sent(signed, line.sent_id, " ")
    take_back_sent(signed, line.sent_id, "It was the wrong month.")

    assert sent_log(signed) == []
    assert not stand(signed).sent
    with pytest.raises(NotFound):
        take_back_sent(signed, line.sent_id, "again")


def test_the_log_is_newest_first_and_of_one_contract_or_all(signed: Desk) -> None:
    contract, other = contract_id(signed), second_contract(signed)
    record_sent(signed, contract, SEPTEMBER, WENT)
    at(signed, date(2017, 10, 9))
    record_sent(signed, contract, SEPTEMBER, {**WENT, "sent_on": date(2017, 10, 9)})

    assert [line.sent_on.day for line in sent_log(signed)] == [9, 3]
    assert len(sent_log(signed, contract)) == 2
    assert sent_log(signed, other) == []


def test_who_makes_no_returns_says_and_sees_nothing(signed: Desk) -> None:
    counsellor = reader(signed, "COUNSELLOR")

    with pytest.raises(NotAllowed):
        record_sent(counsellor, contract_id(signed), SEPTEMBER, WENT)
    with pytest.raises(NotAllowed):
        sent_log(counsellor)
    with signed.store.reading() as rows:
        assert find(rows, ReturnSent) == []
