"""The exact numbers of a return: what is counted first, late, corrected, opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from provider_desk.model.errors import Cancelled, DeskError
from provider_desk.model.fields import Record
from provider_desk.model.months import Month
from provider_desk.model.records import (
    Capacity,
    Client,
    Contract,
    ContractArea,
    Provider,
    Referral,
    Session,
)
from provider_desk.model.rows import Rows
from provider_desk.returns.contract import agreement
from provider_desk.returns.council.template import (
    NOTHING_AGREED,
    Agreed,
    template,
)
from provider_desk.returns.council.truth import truth
from provider_desk.store.store import Store
from tests.builders.council_chains import TODAY, Step, chain, step
from tests.builders.record_desks import CONTRACT, Case, desk_of, service

APRIL, MAY, JUNE, JULY = (Month(2026, number) for number in (4, 5, 6, 7))


@contextmanager
def desk(
    folder: Path, *cases: Case, also: list[Record] | None = None
) -> Iterator[Store]:
    """A desk for THER, unless ``also`` sets up another."""
    records = list(also if also is not None else service("THER"))
    for case in cases:
        records += case.all()
    records.sort(key=lambda record: record.TABLE)
    with desk_of(folder, records) as store:
        yield store


def late(store: Store, *cases: Case) -> None:
    with store.writing("late") as deed:
        deed.add_all(record for case in cases for record in case.all())


def take(store: Store, month: Month, before: Step | None = None) -> Step:
    with store.reading() as rows:
        return step(rows, month, before.issued if before else None)


def numbers(made: Step, key: str = "THER|A1||value") -> tuple[int, int, int]:
    cell = made.truth.cells[key]
    return cell.month, cell.quarter, cell.year


def test_a_late_entry_belongs_to_the_return_that_first_counts_it(
    tmp_path: Path,
) -> None:
    with desk(tmp_path, Case(date(2026, 4, 3)), Case(date(2026, 5, 4))) as store:
        april = take(store, APRIL)
        late(store, Case(date(2026, 4, 29)), Case(date(2026, 3, 30)))
        may = take(store, MAY, april)
        june = take(store, JUNE, may)
    assert numbers(april) == (1, 1, 1)
    assert numbers(may) == (3, 4, 4)
    assert numbers(june) == (0, 4, 4)


def test_a_correction_is_taken_back_in_the_current_return(tmp_path: Path) -> None:
    gone, stays = Case(date(2026, 4, 3)), Case(date(2026, 4, 9))
    with desk(tmp_path, gone, stays) as store:
        april = take(store, APRIL)
        with store.writing("entered twice") as deed:
            deed.retire(Referral, gone.referral_id, "entered twice")
        may = take(store, MAY, april)
    assert numbers(april) == (2, 2, 2)
    assert numbers(may) == (-1, 1, 1)


def test_april_begins_a_new_year_and_carries_what_came_late(tmp_path: Path) -> None:
    cases = [Case(date(2026, 3, day)) for day in (2, 9)]
    with desk(tmp_path, *cases, Case(date(2026, 4, 5))) as store:
        february = take(store, Month(2026, 2))
        march = take(store, Month(2026, 3), february)
        late(store, Case(date(2026, 3, 20)))
        april = take(store, APRIL, march)
    assert numbers(march) == (2, 2, 2)
    assert numbers(april) == (2, 2, 2)
    assert april.truth.covered == (APRIL,)


def test_a_chain_begins_with_its_month_and_what_was_open_before(
    tmp_path: Path,
) -> None:
    waits = Case(date(2026, 2, 3)).accepted(date(2026, 4, 20))
    with desk(tmp_path, waits, Case(date(2026, 5, 4)).accepted()) as store:
        may = take(store, MAY)
    assert may.truth.opening
    assert may.issued.opening
    assert may.truth.covered == (MAY,)
    assert numbers(may) == (1, 1, 1)
    assert may.truth.openings == {
        "THER|A5||value": 0, "THER|B1||value": 1, "THER|C2||value": 0,
    }  # fmt: skip
    assert may.issued.cells["THER|B1||value|opening"].status == "hidden"


def test_after_a_month_that_was_not_sent_its_records_stay_out(tmp_path: Path) -> None:
    days = (date(2026, 4, 3), date(2026, 5, 4), date(2026, 5, 20), date(2026, 6, 8))
    with desk(tmp_path, *map(Case, days)) as store:
        april = take(store, APRIL)
        june = take(store, JUNE, april)
        july = take(store, JULY, june)
    assert june.truth.opening
    assert june.truth.covered == (APRIL, JUNE)
    assert numbers(june) == (1, 2, 2)
    assert july.truth.covered == (APRIL, JUNE, JULY)
    assert not july.truth.openings


def test_a_quarter_is_counted_from_the_last_quarterly_return_on(
    tmp_path: Path,
) -> None:
    days = [date(2026, month, 5) for month in (4, 5, 6, 7, 8)]
    with desk(tmp_path, *map(Case, days)) as store, store.reading() as rows:
        made = list(chain(rows, [APRIL.plus(each) for each in range(5)]))
    assert [numbers(each) for each in made] == [
        (1, 1, 1), (1, 2, 2), (1, 3, 3), (1, 1, 4), (1, 2, 5),
    ]  # fmt: skip


def test_what_was_held_back_for_some_months_is_in_the_next_return_that_sends_it(
    tmp_path: Path,
) -> None:
    days = [date(2026, month, 5) for month in (4, 5, 6, 7, 8, 9)]
    held_back = Agreed(quarterly=("A7",)), Agreed(left_out=("A7",))
    key = "THER|A7|Self or family|value"
    with desk(tmp_path, *map(Case, days)) as store, store.reading() as rows:
        made = step(rows, APRIL)
        for month, agreed in (
            (MAY, held_back[1]), (JUNE, held_back[1]), (JULY, held_back[0]),
            (Month(2026, 8), None), (Month(2026, 9), None),
        ):  # fmt: skip
            made = step(rows, month, made.issued, agreed=agreed or NOTHING_AGREED)
            target = {each.key: each for each in made.problem.targets}.get(key)
            assert (target is not None) == (agreed is None)
            if month == Month(2026, 8):
                assert target is not None
                assert (target.month, target.truth) == (4, 5)
                assert numbers(made, key) == (4, 4, 5)
    assert numbers(made, key) == (1, 5, 6)


def test_people_are_told_apart_in_the_month_and_in_the_year(tmp_path: Path) -> None:
    first = Case(date(2026, 4, 1)).accepted().started(date(2026, 4, 2))
    for day in (date(2026, 4, 2), date(2026, 4, 9), date(2026, 6, 4)):
        first.session(day)
    other = Case(date(2026, 4, 1), area="PES_AD", client=first.client)
    other.session(date(2026, 4, 3), kind="ASSESS").session(date(2026, 5, 3))
    areas = service("THER", "PES_AD")
    with desk(tmp_path, first, other, also=areas) as store, store.reading() as rows:
        april, june = list(chain(rows, (APRIL, JUNE)))
    told = {
        area: april.truth.cells[f"{area}|P1||value"].year
        for area in ("THER", "PES_AD", "ALL")
    }
    assert told == {"THER": 1, "PES_AD": 1, "ALL": 1}
    assert june.truth.cells["PES_AD|P1||value"].year == 0
    assert june.truth.cells["PES_AD|P1||value@ytd"].year == 1
    assert june.truth.cells["ALL|P1||value@ytd"].year == 1


def test_groups_run_and_capacity_add_up_over_months(tmp_path: Path) -> None:
    case = Case(date(2026, 4, 1)).accepted().started(date(2026, 4, 2))
    groups = [
        Session(
            referral_id=case.referral_id, episode_id=case.episode_id,
            held_on=date(2026, month, 2), type="GROUP", attendance="ATT",
            group_code=code,
        )
        for month, code in ((4, "A"), (4, "B"), (5, "A"))
    ]  # fmt: skip
    slots = Capacity(
        contract_id=CONTRACT, area="THER", from_on=date(2026, 4, 1), weekly_slots=7
    )
    records = [*service("THER"), *groups, slots]
    with desk(tmp_path, case, also=records) as store, store.reading() as rows:
        _, may = list(chain(rows, (APRIL, MAY)))
    assert numbers(may, "THER|C11b||value") == (1, 3, 3)
    assert numbers(may, "THER|C12||value") == (31, 61, 61)
    assert not may.truth.missing


def test_capacity_that_nobody_entered_is_missing_and_no_zero(tmp_path: Path) -> None:
    with desk(tmp_path, Case(date(2026, 4, 1))) as store:
        april = take(store, APRIL)
    assert april.truth.missing == {"THER|C12||value"}
    assert april.issued.cells["THER|C12||value"].status == "x"


def test_the_months_figures_are_those_of_the_internal_copy(tmp_path: Path) -> None:
    """Nothing late: what is counted first is what happened in the month."""
    from tests.builders.made_returns import made  # noqa: PLC0415

    case = Case(date(2026, 2, 5)).accepted().started(date(2026, 4, 7))
    case.session(date(2026, 4, 7)).session(date(2026, 4, 14), "DNA")
    case.called(date(2026, 4, 2)).closed(date(2026, 4, 30), "MOVED")
    with desk(tmp_path, case, Case(date(2026, 4, 9)).accepted()) as store:
        april = take(store, APRIL)
        with store.reading() as rows:
            internal = made(rows, APRIL, today=TODAY)
    for line in internal.lines:
        key = f"THER|{line.key.indicator}|{line.key.split}|value"
        if key in april.truth.cells and line.now.value is not None:
            assert april.truth.cells[key].month == line.now.value, key


def contract_with(ends_on: date) -> list[Record]:
    return [
        Provider(name="Invented Service", code="invented"),
        Contract(id=CONTRACT, reference="C-1", title="Support"),
        ContractArea(contract_id=CONTRACT, area="THER", ends_on=ends_on),
        ContractArea(contract_id=CONTRACT, area="PES_AD"),
    ]


def test_an_area_outside_its_life_is_nothing_and_something_there_is_refused(
    tmp_path: Path,
) -> None:
    also = contract_with(ends_on=date(2026, 4, 30))
    with desk(tmp_path, Case(date(2026, 4, 9)), also=also) as store:
        april = take(store, APRIL)
        with pytest.raises(DeskError, match="closed in May 2026"):
            take(store, MAY, april)


def test_an_area_that_closed_with_nothing_open_is_zero_from_then_on(
    tmp_path: Path,
) -> None:
    case = Case(date(2026, 4, 1)).accepted().started(date(2026, 4, 2))
    case.closed(date(2026, 4, 28))
    also = contract_with(ends_on=date(2026, 4, 30))
    with desk(tmp_path, case, also=also) as store:
        april = take(store, APRIL)
        may = take(store, MAY, april)
    assert numbers(april)[2] == numbers(may)[2] == 1
    published = {key: cell.published for key, cell in april.issued.cells.items()}
    for key, cell in may.issued.cells.items():
        if key.startswith("THER|") and cell.kind == "flow":
            assert cell.published == published[key]
            assert cell.published_month == 0
        if key.startswith("THER|") and cell.kind == "stock":
            assert cell.published == 0
    assert may.issued.cells["THER|A1||value"].status == "z"


def test_counting_can_be_stopped(tmp_path: Path) -> None:
    def asked(rows: Rows) -> None:
        leaving = template(agreement(rows, CONTRACT), APRIL)
        truth(rows, leaving, TODAY, None, lambda: True)

    with (
        desk(tmp_path, Case(date(2026, 4, 1))) as store,
        store.reading() as rows,
        pytest.raises(Cancelled),
    ):
        asked(rows)


def test_who_is_erased_after_two_years_does_not_come_off_this_month(
    tmp_path: Path,
) -> None:
    old = Case(date(2023, 5, 2), client=Client(code="OLD"))
    with desk(tmp_path, old, Case(date(2026, 4, 9)), also=[
        *service("THER"), old.client,
    ]) as store:  # fmt: skip
        april = take(store, APRIL)
        with store.writing("retention") as deed:
            deed.retire(Referral, old.referral_id, "retention")
        may = take(store, MAY, april)
    assert numbers(may) == (0, 1, 1)
