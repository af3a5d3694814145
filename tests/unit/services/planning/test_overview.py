"""What planning begins with is counted as the return counts it."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from provider_desk.model.errors import Cancelled
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.records import SupportedBy, User, WorkerSlots
from provider_desk.planning.exact import rounded
from provider_desk.returns.table import LineKey, State
from provider_desk.services import settings
from provider_desk.services.casework import episodes
from provider_desk.services.casework.booking import groups, registers
from provider_desk.services.desk import Desk
from provider_desk.services.planning import slots, who
from provider_desk.services.planning.overview import Overview, overview
from provider_desk.services.returning import months, preparing
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
    signed_in_as,
)


def seen_of(desk: Desk) -> Overview:
    """The desk's contract."""
    return overview(desk, contract_of(desk).id)


def add_slots(desk: Desk, worker: str, weekly: int, from_on: date = TODAY) -> None:
    with desk.store.writing("say slots") as deed:
        deed.add(WorkerSlots(worker=worker, from_on=from_on, weekly_slots=weekly))


def add_capacity(desk: Desk, area: str, weekly: int) -> None:
    settings.set_capacity(
        desk,
        {
            "contract_id": contract_of(desk).id,
            "area": area,
            "from_on": date(2018, 1, 1),
            "weekly_slots": weekly,
        },
    )


def test_thirteen_full_months_are_told_and_the_running_one_is_apart(
    desk: Desk,
) -> None:
    make_referral(desk, received_on=date(2018, 4, 30))
    make_referral(desk, received_on=date(2018, 5, 1))

    seen = seen_of(desk)

    assert (seen.full[0], seen.full[-1]) == (Month(2017, 4), Month(2018, 4))
    cells = seen.told.cells[LineKey("A1", "", "THER")]
    assert [cells[-2].value, cells[-1].value] == [1, 1]


def test_each_figure_has_as_many_rows_as_it_says(desk: Desk) -> None:
    for day in (3, 9):
        make_episode(desk, received_on=date(2017, 9, 1), started_on=date(2018, 4, day))
    seen, contract = seen_of(desk), contract_of(desk).id

    for code in ("A1", "B1", "C2"):
        key = LineKey(code, "", "ALL")
        for month, cell in zip(seen.told.months, seen.told.cells[key], strict=True):
            rows = preparing.rows_behind(desk, contract, month, key)
            assert len(rows) == cell.value


def test_a_month_that_is_not_submitted_has_no_figure_and_is_in_no_mean(
    desk: Desk,
) -> None:
    contract = contract_of(desk).id
    for month in (2, 3, 4):
        make_referral(desk, received_on=date(2018, month, 5))
    months.mark_not_submitted(desk, contract, Month(2018, 3), "No paper was kept.")

    seen = seen_of(desk)

    cell = seen.told.cells[LineKey("A1", "", "THER")][seen.full.index(Month(2018, 3))]
    assert (cell.state, cell.value) == (State.NOT_SUBMITTED, None)
    own = seen.own["THER"]
    assert own.scenario.referrals == Fraction("0.2")
    assert own.sources["referrals"] == "2 referrals in 11 months."


def test_own_capacity_is_used_and_all_of_it_is_the_areas(desk: Desk) -> None:
    add_capacity(desk, "THER", 30)
    add_slots(desk, "RI", 107, date(2018, 1, 1))

    own = seen_of(desk).own["THER"]

    assert own.scenario.slots == 30
    assert own.scenario.own_share == 100
    assert own.slots_of == "this contract and area"


def test_slots_of_all_contracts_are_never_divided_among_one_in_silence(
    desk: Desk,
) -> None:
    """Nothing says how many of 107 slots are this area's: none are taken."""
    add_slots(desk, "RI", 107, date(2018, 1, 1))
    make_waiting(desk)

    own = seen_of(desk).own["THER"]

    assert own.scenario.slots == 107
    assert own.slots_of == "all contracts"
    assert own.scenario.own_share == own.scenario.own_slots == 0
    assert "not divided" in own.sources["own_share"]


def test_slots_of_all_contracts_are_shared_by_sessions_offered(desk: Desk) -> None:
    add_slots(desk, "RI", 100, date(2018, 1, 1))
    for area, count in (("THER", 3), ("PES_AD", 1)):
        referral_id, _ = make_episode(desk, area=area, started_on=date(2018, 3, 1))
        for day in range(2, 1 + count):
            make_session(desk, referral_id, date(2018, 3, day))

    own = seen_of(desk).own

    assert own["THER"].scenario.own_share == 75
    assert own["PES_AD"].scenario.own_share == 25
    assert own["ALL"].scenario.own_share == 100


def test_a_sum_without_all_its_areas_capacity_is_not_taken_for_whole(
    desk: Desk,
) -> None:
    add_capacity(desk, "THER", 30)

    assert seen_of(desk).own["ALL"].scenario.slots == 0
    add_capacity(desk, "PES_AD", 12)
    assert seen_of(desk).own["ALL"].scenario.slots == 42


def test_frequency_is_what_the_desk_does(desk: Desk) -> None:
    for _ in range(13):
        make_episode(desk, started_on=date(2018, 4, 3))

    own = seen_of(desk).own["THER"]

    # Thirteen sessions in three months are one a week; thirteen are in support.
    assert own.offered is not None
    assert rounded(own.offered) == 1
    assert own.scenario.every == 8
    assert own.scenario.live == 13


def test_too_few_endings_take_the_mean_of_the_bids(desk: Desk) -> None:
    own = seen_of(desk).own["THER"]

    assert own.scenario.sessions == 11
    assert "bids of 2017" in own.sources["sessions"]


def test_every_number_says_where_it_comes_from(desk: Desk) -> None:
    for own in seen_of(desk).own.values():
        assert own.sources.keys() == {
            "slots", "own_share", "filled", "sessions", "every", "referrals",
            "starting", "missed", "waiting", "live",
        }  # fmt: skip


def test_counting_can_be_stopped(desk: Desk) -> None:
    with pytest.raises(Cancelled):
        overview(desk, contract_of(desk).id, lambda: True)


def test_ages_are_those_on_the_day_of_referral(desk: Desk) -> None:
    for born in (date(2000, 5, 2), date(1995, 1, 1), date(1980, 1, 1)):
        make_referral(
            desk, make_client(desk, born_on=born), received_on=date(2018, 4, 30)
        )

    ages = [s for s in who.who_uses(desk, seen_of(desk), "ALL") if s.group == who.AGE]

    assert [(each.words, each.share) for each in ages] == [
        ("Under 18", "1/3 (33.3%)"),
        ("18 to 24", "1/3 (33.3%)"),
        ("25 and over", "1/3 (33.3%)"),
        ("Adults: 18 and over", "2/3 (66.7%)"),
    ]


def test_other_services_count_people_in_support_and_no_relatives(desk: Desk) -> None:
    busy, alone = make_client(desk), make_client(desk)
    for client_id in (busy, alone):
        make_episode(desk, client_id)
    make_client(desk)
    kinds = {"GP": busy, "ISVA": busy, "FAMILY": alone}
    with desk.store.writing("say helpers") as deed:
        for kind, client_id in kinds.items():
            deed.add(SupportedBy(client_id=client_id, kind=kind))
        deed.add(SupportedBy(client_id=alone, kind="GP", until_on=date(2018, 4, 1)))

    found = who.who_uses(desk, seen_of(desk), "THER")
    services = [each.share for each in found if each.group == who.SERVICES]

    assert services == ["1/2 (50%)", "1/2 (50%)", "0/2 (0%)"]


def test_slots_of_who_has_left_count_in_no_scenario(desk: Desk) -> None:
    for worker, weekly in (("RI", 12), ("LV", 30)):
        add_slots(desk, worker, weekly)
    leaver = signed_in_as(desk, "COUNSELLOR", "LV").user
    with desk.store.writing("set last day") as deed:
        deed.change(User, leaver.id, {"ends_on": TODAY})

    own = seen_of(desk).own["ALL"]

    assert (own.workers, own.scenario.slots) == (1, Fraction(12))


def test_two_groups_of_one_name_after_each_other_count_no_attendance_twice(
    desk: Desk,
) -> None:
    referral_id, _ = make_episode(desk, area="PES_AD")
    days = ((date(2017, 10, 1), date(2017, 12, 31)), (date(2018, 1, 1), None))
    for first, last in days:
        group: dict[str, Value] = {
            "name": "Moving on",
            "contract_id": contract_of(desk).id,
            "area": "PES_AD",
            "funded": "Y",
            "starts_on": first,
            "ends_on": last,
        }
        group_id, _ = groups.add_group(desk, group)
        on = first + timedelta(20)
        groups.join(desk, referral_id, {"group_id": group_id, "joined_on": on})
        registers.take_register(desk, group_id, on, {referral_id: "ATT"})

    found = who.who_uses(desk, seen_of(desk), "ALL")

    shares = [each.share for each in found if each.group == who.GROUPS]
    assert shares == ["2/2 (100%)", "0/2 (0%)"]


def test_unplanned_endings_are_told_by_where_the_support_stood(desk: Desk) -> None:
    """The stages together are the closures of the return."""
    began = date(2017, 10, 3)
    for seen, lighter, reason in (
        (1, False, "DISENGAGED"),
        (3, False, "COMPLETED"),
        (3, False, "MOVED"),
        (4, True, "DISENGAGED"),
        (1, False, "ERROR"),
    ):
        referral_id, episode_id = make_episode(desk, started_on=began)
        for week in range(1, seen):
            make_session(desk, referral_id, began + timedelta(7 * week))
        if lighter:
            episodes.step_down(desk, episode_id, {"started_on": date(2018, 2, 1)})
        closed: dict[str, Value] = {"closed_on": date(2018, 3, 1), "reason": reason}
        episodes.close_episode(desk, episode_id, closed)

    seen_now = seen_of(desk)
    found = who.who_uses(desk, seen_now, "ALL")

    endings = [each for each in found if each.group == who.ENDINGS]
    assert [(each.count, each.of) for each in endings] == [(1, 1), (1, 2), (1, 1)]
    told = [
        seen_now.told.sums[LineKey("D1", split, "ALL")]
        for split in ("unplanned", "planned")
    ]
    unplanned, planned = (int(cell.value or 0) for cell in told if cell is not None)
    assert sum(each.count for each in endings) == unplanned
    assert sum(each.of for each in endings) == unplanned + planned


def test_slots_and_bookings_are_counted_week_by_week(desk: Desk) -> None:
    """1 May 2018 is a Tuesday."""
    add_slots(desk, "RI", 2, date(2018, 1, 1))
    add_slots(desk, "RI", 1, date(2018, 5, 14))
    referral_id, _ = make_episode(desk)
    for day in (2, 3, 9, 16):
        make_session(desk, referral_id, date(2018, 5, day), "BOOKED")
    make_session(desk, referral_id, date(2018, 4, 30), "CX_PROV")
    make_session(desk, referral_id, date(2018, 5, 4), "BOOKED", type="ASSESS")

    found = slots.booked(desk)
    weeks = found.workers[0].weeks

    assert found.mondays[0] == date(2018, 4, 30)
    assert [(w.slots, w.booked, w.free) for w in weeks[:4]] == [
        (2, 2, 0),
        (2, 1, 1),
        (1, 1, 0),
        (1, 0, 1),
    ]
    assert (weeks[0].assessments, weeks[1].assessments) == (1, 0)
    assert found.all.weeks[0].booked == 2


def test_workers_without_slots_are_told_apart_from_those_with_none(
    desk: Desk,
) -> None:
    referral_id, _ = make_episode(desk)
    make_session(desk, referral_id, date(2018, 5, 2), "BOOKED", worker="")

    found = slots.booked(desk)

    assert [each.worker for each in found.workers] == [slots.NOBODY]
    assert found.workers[0].weeks[0].free is None
    assert found.all.weeks[0].slots is None
