"""Issuing: once, in order, from the records as they are, and never twice."""

import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.errors import Cancelled, DeskError, NotAllowed, NotValid
from provider_desk.model.months import Month
from provider_desk.model.records import (
    IssuedReturn,
    NotSubmitted,
    ReturnAgreement,
    ReturnKey,
    Session,
)
from provider_desk.returns.table import State
from provider_desk.returns.write_json import read_json
from provider_desk.services.desk import Desk
from provider_desk.services.returning import issuing, meaning, preparing
from provider_desk.services.returning.ledger import read_ledger
from provider_desk.services.safety import older_copy
from tests.builders.issued_desks import (
    SEPTEMBER,
    add_referrals,
    at,
    contract_id,
    held,
    issue,
    other_user,
    second_contract,
    service_desk,
)

AUGUST, OCTOBER = SEPTEMBER.plus(-1), SEPTEMBER.plus(1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A small service on 3 October 2017; nothing is issued."""
    made = service_desk(tmp_path / "desk")
    yield made
    made.close()


def figures(file: bytes) -> dict[tuple[str, str, str], int]:
    """Every count of the return's month, by line."""
    table = read_json(file)
    return {
        (line.key.area, line.key.indicator, line.key.split): int(line.now.value)
        for line in table.lines
        if line.kind in ("flow", "stock") and line.now.value is not None
    }


def test_a_return_is_issued_once_and_read_ever_after(desk: Desk) -> None:
    first = issuing.issue(desk, contract_id(desk), SEPTEMBER)
    again = issuing.issue(desk, contract_id(desk), SEPTEMBER)

    assert first.new
    assert not again.new
    assert first.entry.row.id == again.entry.row.id
    assert first.entry.file() == again.entry.file()
    assert len(held(desk, IssuedReturn)) == len(held(desk, ReturnKey)) == 1


def test_every_count_that_leaves_is_a_multiple_of_five(desk: Desk) -> None:
    found = figures(issue(desk, AUGUST, SEPTEMBER)[-1].file())

    assert len(found) > 300
    assert {value % 5 for value in found.values()} == {0}
    assert min(found.values()) >= 0
    assert len(set(found.values())) > 3


def test_every_figure_is_within_what_the_file_says(desk: Desk) -> None:
    for entry in issue(desk, AUGUST, SEPTEMBER):
        for key, cell in entry.issued().cells.items():
            if cell.status:
                continue
            assert abs(cell.published - cell.year) <= entry.row.bound, key
            if entry.month == AUGUST:
                # At a quarter's end some figures are the quarter's.
                assert abs(cell.published_month - cell.month) <= entry.row.bound, key


def test_what_is_shown_before_is_what_is_issued(desk: Desk) -> None:
    issue(desk, AUGUST)
    shown = preparing.prepare(desk, contract_id(desk), SEPTEMBER, "council")
    assert shown.status == preparing.PREVIEW
    assert preparing.NOT_ISSUED in shown.notes
    assert len(held(desk, IssuedReturn)) == 1

    (entry,) = issue(desk, SEPTEMBER)

    assert shown.lines == read_json(entry.file()).lines


def test_the_first_return_is_that_which_was_shown_before_there_was_a_key(
    desk: Desk,
) -> None:
    shown = preparing.prepare(desk, contract_id(desk), SEPTEMBER, "council")
    assert held(desk, ReturnKey) == []

    (entry,) = issue(desk, SEPTEMBER)

    assert shown.lines == read_json(entry.file()).lines


def test_the_same_records_and_key_give_the_same_bytes(tmp_path: Path) -> None:
    files = []
    for number in range(2):
        made = service_desk(tmp_path / str(number))
        files.append([e.file() for e in issue(made, AUGUST, SEPTEMBER)])
        made.close()

    assert files[0] == files[1]


def test_two_services_with_the_same_people_get_different_figures(
    tmp_path: Path,
) -> None:
    found = []
    for name in ("One Service", "Other Service"):
        made = service_desk(tmp_path / name, name=name)
        found.append(figures(issue(made, SEPTEMBER)[0].file()))
        made.close()

    assert found[0].keys() == found[1].keys()
    assert found[0] != found[1]


def test_a_month_that_is_not_over_is_refused_and_can_be_looked_at(desk: Desk) -> None:
    with pytest.raises(DeskError, match=r"not over yet.*1 Nov 2017"):
        issuing.issue(desk, contract_id(desk), OCTOBER)
    at(desk, date(2017, 9, 30))
    with pytest.raises(DeskError, match="not over yet"):
        issuing.issue(desk, contract_id(desk), SEPTEMBER)

    table = preparing.prepare(desk, contract_id(desk), SEPTEMBER, "council")

    assert preparing.PROVISIONAL in table.notes
    assert table.line("A1", area="THER").now.mark == "p"
    assert held(desk, IssuedReturn) == []


def test_a_month_before_the_newest_one_stays_not_submitted(desk: Desk) -> None:
    issue(desk, SEPTEMBER)

    with pytest.raises(DeskError, match=r"can't be issued any more.*September 2017"):
        issuing.issue(desk, contract_id(desk), AUGUST)
    with pytest.raises(DeskError, match="can't be issued any more"):
        preparing.prepare(desk, contract_id(desk), AUGUST, "council")

    assert len(held(desk, IssuedReturn)) == 1


def test_a_month_left_out_says_so_in_later_returns(desk: Desk) -> None:
    at(desk, date(2017, 11, 2))
    table = read_json(issue(desk, AUGUST, OCTOBER)[-1].file())

    states = [cell.state for cell in table.line("A1", area="THER").months]

    assert [str(month) for month in table.months][-3:] == [
        "2017-08",
        "2017-09",
        "2017-10",
    ]
    assert states[-3:] == [State.FIGURE, State.NOT_SUBMITTED, State.FIGURE]
    assert states[0] is State.NOT_SUBMITTED
    assert table.months_covered == 2


def test_a_month_that_is_marked_as_left_out_is_not_issued(desk: Desk) -> None:
    mark = NotSubmitted(
        contract_id=contract_id(desk), month=str(SEPTEMBER), reason="Server moved."
    )
    with desk.store.writing("mark", desk.user.id) as deed:
        deed.add(mark)

    with pytest.raises(DeskError, match=r"not submitted: Server moved\."):
        issuing.issue(desk, contract_id(desk), SEPTEMBER)


def test_a_month_before_the_records_is_refused(desk: Desk) -> None:
    with pytest.raises(DeskError, match="records begin on"):
        issuing.issue(desk, contract_id(desk), Month(2015, 6))


def test_late_records_count_in_the_return_that_first_counts_them(desk: Desk) -> None:
    before = issue(desk, AUGUST)[0].issued()
    add_referrals(desk, date(2017, 8, 14), 40)

    entry = issue(desk, SEPTEMBER)[0].issued()

    key = "THER|A1||value"
    real = entry.cells[key].month
    assert real >= 40
    assert abs(entry.cells[key].published_month - real) <= 9
    shown = read_json(issue(desk, SEPTEMBER)[0].file()).line("A1", area="THER")
    assert shown.months[-2].value == before.cells[key].published_month


def test_what_is_taken_back_is_taken_off_the_next_return(desk: Desk) -> None:
    issue(desk, AUGUST)
    august = [
        session
        for session in held(desk, Session)
        if session.held_on.month == 8
        and session.held_on.year == 2017
        and session.attendance == "ATT"
    ]
    with desk.store.writing("take back", desk.user.id) as deed:
        for session in august[:8]:
            deed.retire(Session, session.id, "Entered for somebody else.")
    september = preparing.prepare(desk, contract_id(desk), SEPTEMBER, "internal")

    cell = issue(desk, SEPTEMBER)[0].issued().cells["THER|C4||value"]

    real = int(september.line("C4", area="THER").now.value or 0)
    assert cell.month == real - 8


def test_the_year_to_date_is_the_sum_of_the_months(desk: Desk) -> None:
    issue(desk, Month(2017, 7), AUGUST)
    table = read_json(issue(desk, SEPTEMBER)[0].file())

    checked = 0
    for line in table.lines:
        months = [cell.value for cell in line.months if cell.state is State.FIGURE]
        if line.kind != "flow" or line.key.indicator == "P1" or len(months) != 3:
            continue
        assert line.year_to_date.value == sum(int(value or 0) for value in months)
        checked += 1
    assert checked > 100


def test_contracts_have_their_own_returns_and_one_key(desk: Desk) -> None:
    other = second_contract(desk)

    issue(desk, SEPTEMBER)
    issuing.issue(desk, other, AUGUST)
    issuing.issue(desk, other, SEPTEMBER)

    with desk.store.reading() as rows:
        mine = read_ledger(rows, contract_id(desk))
        theirs = read_ledger(rows, other)
    assert [e.name for e in mine.entries] == ["2017-09"]
    assert [e.name for e in theirs.entries] == ["2017-08", "2017-09"]
    assert len(held(desk, ReturnKey)) == 1


def test_in_april_the_year_begins_anew_and_stocks_go_on(desk: Desk) -> None:
    at(desk, date(2018, 5, 2))
    march, april = issue(desk, Month(2018, 3), Month(2018, 4))

    table = read_json(april.file())
    line = table.line("A1", area="THER")
    live = table.line("C2", area="THER")
    starts, ends = (table.line(c, area="THER").now for c in ("C1", "D1"))

    assert [str(month) for month in table.months] == ["2018-04"]
    assert line.now.value == line.year_to_date.value
    last = read_json(march.file()).line("C2", area="THER").now
    assert live.now.value == (
        int(last.value or 0) + int(starts.value or 0) - int(ends.value or 0)
    )


def test_stopping_leaves_nothing_behind(desk: Desk) -> None:
    with pytest.raises(Cancelled):
        issuing.issue(desk, contract_id(desk), SEPTEMBER, cancelled=lambda: True)

    assert held(desk, IssuedReturn) == held(desk, ReturnKey) == []


@pytest.mark.parametrize("role", ["TRUSTEE", "CASEWORKER"])
def test_who_makes_no_returns_issues_none(desk: Desk, role: str) -> None:
    with pytest.raises(NotAllowed):
        issuing.issue(other_user(desk, role), contract_id(desk), SEPTEMBER)

    assert held(desk, IssuedReturn) == []


def test_a_trustee_sees_what_was_issued_and_nothing_else(desk: Desk) -> None:
    """What is not issued was not attacked, and would step with each record."""
    issue(desk, AUGUST)
    trustee = other_user(desk, "TRUSTEE")

    issued = preparing.prepare(trustee, contract_id(desk), AUGUST, "council")

    assert issued.status == "draft"
    # A check says exact numbers: "2 + 1 - 1 = 2".
    assert issued.checks == ()
    with pytest.raises(DeskError, match="September 2017 is not issued yet"):
        preparing.prepare(trustee, contract_id(desk), SEPTEMBER, "council")
    with pytest.raises(NotAllowed):
        preparing.prepare(trustee, contract_id(desk), AUGUST, "internal")
    with pytest.raises(NotAllowed):
        preparing.side_by_side(trustee, contract_id(desk), AUGUST)


def test_exact_and_published_stand_side_by_side(desk: Desk) -> None:
    before = preparing.side_by_side(desk, contract_id(desk), SEPTEMBER)
    table = preparing.prepare(desk, contract_id(desk), SEPTEMBER, "internal")
    shown = {(s.key, s.part): s for s in before}

    line = table.line("A1", area="THER")
    side = shown[line.key, "value"]
    assert side.exact == line.now.value
    assert side.published % 5 == 0
    assert abs(side.published - side.exact) <= 9

    issue(desk, SEPTEMBER)

    assert preparing.side_by_side(desk, contract_id(desk), SEPTEMBER) == before


def test_what_issuing_means_is_said_before(desk: Desk) -> None:
    first = meaning.what_issuing_means(desk, contract_id(desk), AUGUST)
    issue(desk, AUGUST)
    at(desk, date(2018, 5, 2))
    later = meaning.what_issuing_means(desk, contract_id(desk), Month(2018, 4))
    again = meaning.what_issuing_means(desk, contract_id(desk), AUGUST)

    assert any("first return" in said and "secret key" not in said for said in first)
    assert any("secret key" in said for said in first)
    assert any("September 2017" in said and "March 2018" in said for said in later)
    assert any("new financial year" in said for said in later)
    assert len(again) == 1
    assert "with the same figures" in again[0]


def test_an_agreement_made_while_a_return_is_issued_stops_it(desk: Desk) -> None:
    """Otherwise it would stand there as agreed, and the return say something else."""

    def meanwhile(done: int, of: int) -> None:
        if done == of - 1:
            with desk.store.writing("agree", desk.user.id) as deed:
                deed.add(
                    ReturnAgreement(
                        contract_id=contract_id(desk),
                        agreed_on=date(2017, 9, 1),
                        from_month="2017-09",
                        exact="A1",
                    )
                )

    with pytest.raises(DeskError, match="changed while this return was being made"):
        issuing.issue(desk, contract_id(desk), SEPTEMBER, progress=meanwhile)

    assert held(desk, IssuedReturn) == []


def test_on_an_older_copy_of_the_desk_it_warns_of_returns_that_are_not_in_it(
    desk: Desk,
) -> None:
    """What was issued after the backup is in no ledger: it would be issued anew."""
    older_copy.begin(desk)
    over = meaning.what_issuing_means(desk, contract_id(desk), AUGUST)
    at(desk, date(2017, 11, 3))
    since = meaning.what_issuing_means(desk, contract_id(desk), Month(2017, 10))

    assert "other figures" in over[0]
    assert "August 2017" in over[0]
    assert not any("older copy" in said for said in since)


def test_a_return_takes_less_than_three_seconds(desk: Desk) -> None:
    issue(desk, Month(2017, 7), AUGUST)
    begun = time.process_time()

    issue(desk, SEPTEMBER)

    assert time.process_time() - begun < 3


def test_reissuing_needs_a_reason_the_newest_return_and_a_change(desk: Desk) -> None:
    with pytest.raises(DeskError, match="not issued yet"):
        issuing.reissue(desk, contract_id(desk), SEPTEMBER, "asked for")
    issue(desk, AUGUST, SEPTEMBER)

    with pytest.raises(NotValid, match="Say why"):
        issuing.reissue(desk, contract_id(desk), SEPTEMBER, "  ")
    with pytest.raises(DeskError, match="Only the newest"):
        issuing.reissue(desk, contract_id(desk), AUGUST, "asked for")
    with pytest.raises(DeskError, match=r"Nothing .* has changed"):
        issuing.reissue(desk, contract_id(desk), SEPTEMBER, "asked for")


def test_a_second_version_marks_what_changed_and_there_is_no_third(
    desk: Desk,
) -> None:
    first = issue(desk, AUGUST, SEPTEMBER)[-1]
    add_referrals(desk, date(2017, 9, 14), 20)

    second = issuing.reissue(desk, contract_id(desk), SEPTEMBER, "asked for").entry

    before, now = read_json(first.file()), read_json(second.file())
    line, old = now.line("A1", area="THER"), before.line("A1", area="THER")
    assert (now.version, line.now.mark) == (2, "r")
    assert f"Before: {old.now.value}." in line.now.note
    same = [x for x in now.lines if x.now == before.line(*_key(x)).now]
    assert all(each.now.mark == "" for each in same)
    assert len(same) > 100
    assert sorted(e.version for e in held(desk, IssuedReturn)) == [1, 1, 2]

    add_referrals(desk, date(2017, 9, 15), 20, area="PES_AD")
    with pytest.raises(DeskError, match="done once"):
        issuing.reissue(desk, contract_id(desk), SEPTEMBER, "asked for again")


def _key(line: object) -> tuple[str, str, str]:
    key = line.key  # type: ignore[attr-defined]
    return key.indicator, key.split, key.area


def test_the_return_after_a_second_version_goes_on_from_it(desk: Desk) -> None:
    issue(desk, AUGUST, SEPTEMBER)
    add_referrals(desk, date(2017, 9, 14), 20)
    second = issuing.reissue(desk, contract_id(desk), SEPTEMBER, "asked for").entry
    at(desk, date(2017, 11, 2))

    table = read_json(issue(desk, OCTOBER)[0].file())

    line = table.line("A1", area="THER")
    assert line.months[-2].value == (
        read_json(second.file()).line("A1", area="THER").now.value
    )
    assert line.year_to_date.value == sum(int(c.value or 0) for c in line.months[-3:])


def test_no_key_and_no_exact_figure_is_in_what_a_return_says_of_itself(
    desk: Desk,
) -> None:
    made = issuing.issue(desk, contract_id(desk), SEPTEMBER)
    (key,) = held(desk, ReturnKey)

    said = f"{made!r} {made.entry!r} {made.entry.row!r} {key!r} {made.changed!r}"
    file = made.entry.file().decode()

    assert key.secret not in said
    assert key.secret not in file
    assert "counted" not in json.loads(file)["return"]
    assert made.entry.row.body[:60] not in said
