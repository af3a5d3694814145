"""Groups and their registers: who is a member, what it counts for, who may see it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.model.records import Contract, Session
from provider_desk.returns.table import LineKey
from provider_desk.services import saving
from provider_desk.services.casework import episodes, people
from provider_desk.services.casework.booking import groups, registers, week
from provider_desk.services.desk import Desk
from provider_desk.services.returning.preparing import rows_behind
from provider_desk.store.records import find
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_episode,
    make_waiting,
    signed_in_as,
)

#: Tuesdays, as the day of the tests is one.
MET = date(2018, 4, 24)
JOINED = date(2018, 4, 3)


def make_group(desk: Desk, **values: Value) -> str:
    given: dict[str, Value] = {
        "name": "Moving on",
        "contract_id": contract_of(desk).id,
        "area": "PES_AD",
        "funded": "Y",
        "worker": "RI",
        "weekday": "TUE",
        "starts_at": "14:00",
        "minutes": 90,
        "starts_on": date(2018, 1, 2),
        **values,
    }
    return groups.add_group(desk, given)[0]


def member(
    desk: Desk, group_id: str, referral_id: str, joined_on: date = JOINED
) -> str:
    values: dict[str, Value] = {"group_id": group_id, "joined_on": joined_on}
    return groups.join(desk, referral_id, values)[0]


def sessions_of(desk: Desk, referral_id: str) -> list[Session]:
    with desk.store.reading() as rows:
        return find(rows, Session, referral_id=referral_id)


def counted(desk: Desk, code: str) -> int:
    """How many rows are behind a figure of the month of the meeting."""
    key = LineKey(code, "", "ALL")
    return len(rows_behind(desk, contract_of(desk).id, Month(2018, 4), key))


def test_the_register_saves_a_session_for_each_and_one_undo_takes_all(
    desk: Desk,
) -> None:
    group_id = make_group(desk)
    first, _ = make_episode(desk, area="PES_AD")
    second, _ = make_episode(desk, area="PES_AD")
    for each in (first, second):
        member(desk, group_id, each)

    marks = {first: "ATT", second: "DNA"}
    ids, changed = registers.take_register(desk, group_id, MET, marks, {first: "facts"})

    (held,) = [s for s in sessions_of(desk, first) if s.held_on == MET]
    assert (held.type, held.group_code, held.attendance) == (
        "GROUP",
        "Moving on",
        "ATT",
    )
    assert (held.starts_at, held.minutes, held.worker) == ("14:00", 90, "RI")
    assert held.note == "facts"
    assert changed.said == ("Register of Moving on saved: Tue 24 Apr 2018, 2 people.")
    register = registers.register(desk, group_id, MET)
    assert {line.referral_id: line.attendance for line in register.lines} == marks

    registers.take_back_register(desk, ids)

    assert [s for s in sessions_of(desk, first) if s.held_on == MET] == []


def test_a_register_is_put_right_and_nobody_is_there_twice(desk: Desk) -> None:
    group_id = make_group(desk)
    referral_id, _ = make_episode(desk, area="PES_AD")
    member(desk, group_id, referral_id)
    registers.take_register(desk, group_id, MET, {referral_id: "DNA"})

    ids, _ = registers.take_register(desk, group_id, MET, {referral_id: "ATT_LATE"})

    (held,) = [s for s in sessions_of(desk, referral_id) if s.held_on == MET]
    assert held.attendance == "ATT_LATE"
    assert ids == held.id


def test_only_who_is_a_member_that_day_is_on_the_register(desk: Desk) -> None:
    group_id = make_group(desk)
    before, _ = make_episode(desk, area="PES_AD")
    after, _ = make_episode(desk, area="PES_AD")
    place = member(desk, group_id, before)
    member(desk, group_id, after, MET + timedelta(days=1))
    groups.leave(desk, place, MET - timedelta(days=1))

    assert registers.register(desk, group_id, MET).lines == ()
    with pytest.raises(NotValid, match="Not a member on Tue 24 Apr 2018"):
        registers.take_register(desk, group_id, MET, {before: "ATT"})
    groups.leave(desk, place, MET, back=True)
    (line,) = registers.register(desk, group_id, MET).lines
    assert line.referral_id == before
    with pytest.raises(NotValid, match="Nobody is marked"):
        registers.take_register(desk, group_id, MET, {})


def test_a_funded_group_is_in_the_return_as_group_attendance(desk: Desk) -> None:
    group_id = make_group(desk)
    referral_id, _ = make_episode(desk, area="PES_AD")
    member(desk, group_id, referral_id)

    registers.take_register(desk, group_id, MET, {referral_id: "ATT"})

    assert [counted(desk, code) for code in ("C11", "C4", "P1")] == [1, 0, 1]


def test_a_group_that_no_contract_pays_for_changes_no_figure_and_is_seen(
    desk: Desk,
) -> None:
    """It starts no episode and ends no wait; the page of groups counts it."""
    group_id = make_group(desk, funded="N")
    waits = make_waiting(desk, area="PES_AD")
    member(desk, group_id, waits)
    figures = ("C1", "C3", "C4", "C11", "C11b", "C13", "C14", "B1", "P1")
    before = [counted(desk, code) for code in figures]

    registers.take_register(desk, group_id, MET, {waits: "ATT"})

    assert [counted(desk, code) for code in figures] == before
    (held,) = sessions_of(desk, waits)
    assert (held.type, held.episode_id) == ("GROUP_OWN", None)
    (row,) = groups.groups(desk)
    assert (row.funded, row.meetings, row.attendances, row.people) == (False, 1, 1, 1)
    (chosen,) = groups.groups(desk, counted=False)
    assert replace(row, meetings=0, attendances=0, people=0, last_on=None) == replace(
        chosen, members=row.members
    )
    with desk.store.reading() as rows:
        client_id = find(rows, Session, id=held.id)[0].referral_id
    assert client_id == waits


def test_a_funded_group_takes_only_referrals_of_its_own_contract(desk: Desk) -> None:
    with desk.store.writing("another contract") as deed:
        other, _ = saving.add(
            desk,
            deed,
            Contract,
            {"reference": "OTHER", "title": "Other (invented)", "starts_on": MET},
        )
    theirs = make_group(desk, contract_id=other.id, starts_on=date(2018, 4, 1))
    unpaid = make_group(
        desk, name="Mums", funded="N", contract_id=other.id, starts_on=date(2018, 4, 1)
    )
    referral_id, _ = make_episode(desk, area="PES_AD")

    with pytest.raises(NotValid, match="Another contract pays"):
        member(desk, theirs, referral_id)
    assert member(desk, unpaid, referral_id)


def test_name_and_who_pays_stay_once_a_register_was_taken(desk: Desk) -> None:
    group_id = make_group(desk)
    groups.change_group(desk, group_id, {"name": "Moving on up"})
    referral_id, _ = make_episode(desk, area="PES_AD")
    member(desk, group_id, referral_id)
    registers.take_register(desk, group_id, MET, {referral_id: "ATT"})

    for change in ({"name": "Other"}, {"funded": "N"}):
        with pytest.raises(NotValid, match="were recorded so"):
            groups.change_group(desk, group_id, change)
    groups.change_group(desk, group_id, {"ends_on": TODAY, "places": 8})
    with pytest.raises(NotValid, match="Another group has this name"):
        make_group(desk, name="Moving on up", starts_on=TODAY)
    assert make_group(desk, name="Moving on up", starts_on=TODAY + timedelta(1))


def test_places_and_joining_twice_are_pointed_out(desk: Desk) -> None:
    group_id = make_group(desk, places=1)
    first, _ = make_episode(desk, area="PES_AD")
    second, _ = make_episode(desk, area="PES_AD")
    place = member(desk, group_id, first)

    with pytest.raises(NotValid, match="a member of the group already"):
        member(desk, group_id, first)
    values: dict[str, Value] = {"group_id": group_id, "joined_on": JOINED}
    _, changed = groups.join(desk, second, values)
    assert "1 place, all taken" in changed.warnings[0].text
    with pytest.raises(NotValid, match="does not meet before Tue 2 Jan 2018"):
        member(desk, group_id, make_episode(desk)[0], date(2017, 12, 1))
    with pytest.raises(NotValid, match="before they joined"):
        groups.leave(desk, place, JOINED - timedelta(days=1))
    groups.take_back_place(desk, place)
    assert len(groups.group(desk, group_id).members) == 1


def test_the_next_meetings_follow_from_the_weekday(desk: Desk) -> None:
    group_id = make_group(desk, weekday="MON", ends_on=date(2018, 5, 28))

    days = groups.group(desk, group_id).next_days

    assert days == (
        (date(2018, 5, 7), "Early May bank holiday"),
        (date(2018, 5, 14), ""),
        (date(2018, 5, 21), ""),
        (date(2018, 5, 28), "Spring bank holiday"),
    )


def test_who_runs_a_group_sees_its_members_while_they_are_members(desk: Desk) -> None:
    mine = make_group(desk, worker="OW")
    theirs = make_group(desk, name="Theirs", worker="XX")
    client_id = make_client(desk, known_as="Membra Inmine")
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    elsewhere = make_client(desk, known_as="Membra Elsewhere")
    other, _ = make_episode(desk, elsewhere, area="PES_AD")
    place = member(desk, mine, referral_id)
    member(desk, theirs, other)
    worker = signed_in_as(desk, "COUNSELLOR", "OW")

    assert people.person(worker, client_id).client.known_as == "Membra Inmine"
    assert [row.client_id for row in people.search(worker, "").rows] == [client_id]
    assert len(registers.register(worker, mine, MET).lines) == 1
    with pytest.raises(NotFound):
        people.person(worker, elsewhere)
    register = registers.register(worker, theirs, MET)
    assert (register.lines, register.hidden) == ((), 1)
    with pytest.raises(NotFound):
        registers.take_register(worker, theirs, MET, {other: "ATT"})

    groups.leave(desk, place, TODAY - timedelta(days=1))

    with pytest.raises(NotFound):
        people.person(worker, client_id)
    assert people.search(worker, "").total == 0


def test_who_is_yet_to_join_is_not_seen_and_a_group_that_is_over_shows_nobody(
    desk: Desk,
) -> None:
    group_id = make_group(desk, worker="OW")
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    member(desk, group_id, referral_id, TODAY + timedelta(days=1))
    worker = signed_in_as(desk, "COUNSELLOR", "OW")
    with pytest.raises(NotFound):
        people.person(worker, client_id)

    desk.clock.ms += 86_400_000  # type: ignore[attr-defined]
    assert people.person(worker, client_id).client.id == client_id
    groups.change_group(desk, group_id, {"ends_on": TODAY + timedelta(days=1)})
    desk.clock.ms += 86_400_000  # type: ignore[attr-defined]

    with pytest.raises(NotFound):
        people.person(worker, client_id)


def test_nobody_takes_a_group_over_to_see_its_members(desk: Desk) -> None:
    group_id = make_group(desk, worker="XX")
    nobody = signed_in_as(desk, "COUNSELLOR", "OW")
    runs = signed_in_as(desk, "COUNSELLOR", "XX")

    with pytest.raises(NotValid, match="hands it over"):
        groups.change_group(nobody, group_id, {"worker": "OW"})
    groups.change_group(runs, group_id, {"worker": "OW"})
    assert groups.groups(nobody)[0].group.worker == "OW"


def test_a_meeting_stands_in_the_diary_of_who_runs_it(desk: Desk) -> None:
    group_id = make_group(desk)
    referral_id, _ = make_episode(desk, area="PES_AD")
    member(desk, group_id, referral_id)

    (meeting,) = week.week(desk, TODAY).meetings

    assert (meeting.held_on, meeting.starts_at, meeting.members) == (TODAY, "14:00", 1)
    assert not meeting.taken
    registers.take_register(desk, group_id, TODAY, {referral_id: "ATT"})
    assert week.week(desk, TODAY).meetings[0].taken


def test_a_group_added_by_mistake_goes_and_one_with_members_stays(desk: Desk) -> None:
    empty = make_group(desk, name="Mistake")
    groups.take_back_group(desk, empty)
    assert groups.groups(desk) == ()
    with pytest.raises(NotValid, match="last day is before"):
        make_group(desk, ends_on=date(2017, 1, 1))
    full = make_group(desk)
    member(desk, full, make_episode(desk, area="PES_AD")[0])
    with pytest.raises(NotValid, match="has members"):
        groups.take_back_group(desk, full)


def test_undoing_that_somebody_left_gives_them_no_second_place(desk: Desk) -> None:
    group_id = make_group(desk)
    referral_id = make_waiting(desk, area="PES_AD")
    first = member(desk, group_id, referral_id)
    groups.leave(desk, first, date(2018, 4, 10))
    member(desk, group_id, referral_id, date(2018, 4, 17))

    with pytest.raises(NotValid, match="another place"):
        groups.leave(desk, first, TODAY, back=True)

    assert groups.group(desk, group_id).row.members == 1


def test_nobody_learns_from_a_register_who_came_to_another_caseloads_group(
    desk: Desk,
) -> None:
    group_id = make_group(desk)
    referral_id = make_waiting(desk, area="PES_AD")
    member(desk, group_id, referral_id)
    registers.take_register(desk, group_id, MET, {referral_id: "ATT"})
    other = signed_in_as(desk, "COUNSELLOR", "OT")

    for code in ("ATT", "DNA", "nothing"):
        with pytest.raises(NotFound):
            registers.take_register(other, group_id, MET, {referral_id: code})


def test_a_group_keeps_the_days_on_which_its_members_joined(desk: Desk) -> None:
    group_id = make_group(desk)
    member(desk, group_id, make_episode(desk, area="PES_AD")[0])

    with pytest.raises(NotValid, match="1 member joined after Mon 2 Apr") as ended:
        groups.change_group(desk, group_id, {"ends_on": JOINED - timedelta(days=1)})
    with pytest.raises(NotValid, match="Somebody joined on Tue 3 Apr") as begun:
        groups.change_group(desk, group_id, {"starts_on": JOINED + timedelta(days=1)})

    assert [p.field for p in ended.value.problems] == ["ends_on"]
    assert [p.field for p in begun.value.problems] == ["starts_on"]
    groups.change_group(desk, group_id, {"ends_on": JOINED})
    with pytest.raises(NotValid, match="The group ended on Tue 3 Apr 2018"):
        member(desk, group_id, make_episode(desk, area="PES_AD")[0], MET)


def test_support_that_ended_is_told_where_a_group_that_is_paid_for_would_go_on(
    desk: Desk,
) -> None:
    paid, free = make_group(desk), make_group(desk, name="Peers", funded="N")
    referral_id, episode_id = make_episode(desk, area="PES_AD")
    for each in (paid, free):
        member(desk, each, referral_id)
    ending: dict[str, Value] = {"closed_on": date(2018, 4, 10), "reason": "COMPLETED"}
    episodes.close_episode(desk, episode_id, ending)

    (line,) = registers.register(desk, paid, MET).lines
    assert line.closed_on == date(2018, 4, 10)
    with pytest.raises(NotValid, match="Refer again") as stopped:
        registers.take_register(desk, paid, MET, {referral_id: "ATT"})
    assert "Support ended on Tue 10 Apr 2018" in stopped.value.problems[0].text
    with pytest.raises(NotValid, match="Refer again"):
        member(desk, make_group(desk, name="Third"), referral_id, MET)
    (line,) = registers.register(desk, free, MET).lines
    assert line.closed_on is None
    registers.take_register(desk, free, MET, {referral_id: "ATT"})


def test_a_warning_of_a_register_says_of_whom_it_is(desk: Desk) -> None:
    group_id = make_group(desk)
    marks, codes = {}, []
    for name in ("Kim", "Sam"):
        client_id = make_client(desk, known_as=name)
        referral_id, _ = make_episode(desk, client_id, area="PES_AD")
        member(desk, group_id, referral_id)
        marks[referral_id] = "DNA"
        codes.append(people.person(desk, client_id).client.code)
    registers.take_register(desk, group_id, date(2018, 4, 17), marks)

    _, changed = registers.take_register(desk, group_id, MET, marks)

    assert [each.text for each in changed.warnings] == [
        f"{code}: Two sessions in a row were missed: talk it over with your supervisor."
        for code in codes
    ]
