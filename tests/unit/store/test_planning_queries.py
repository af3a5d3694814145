"""Questions of planning read indexes, and count what they say."""

from datetime import date

from provider_desk.model.records import Group, SupportedBy, WorkerSlots
from provider_desk.services.desk import Desk
from provider_desk.store.queries import planning
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_episode,
    make_session,
)
from tests.unit.store.test_queries import Explained

AREAS = ("THER", "PES_AD")


def test_questions_of_planning_read_indexes(desk: Desk) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id)
    make_session(desk, referral_id, date(2018, 5, 3), "BOOKED")
    contract_id = contract_of(desk).id
    with desk.store.writing("set up") as deed:
        deed.add(SupportedBy(client_id=client_id, kind="GP"))
        deed.add(WorkerSlots(worker="RI", from_on=date(2018, 1, 1), weekly_slots=9))
    with desk.store.reading() as reader:
        rows = Explained(reader)

        assert planning.worker_slots(rows)[0].weekly == 9
        assert planning.booked_by_week(rows, date(2018, 4, 30), 2) == {
            ("RI", 0): (1, 0)
        }
        assert planning.offered_everywhere(rows, date(2017, 10, 1), TODAY) == 1
        assert planning.other_services(rows, contract_id, AREAS, TODAY) == {1: 1}
        assert planning.group_work(rows, contract_id, AREAS, TODAY, TODAY) == []
        assert rows.scans == []


def test_groups_are_told_apart_by_who_pays(desk: Desk) -> None:
    contract_id = contract_of(desk).id
    with desk.store.writing("set up") as deed:
        for name, funded in (("Moving on", "Y"), ("Mums", "N")):
            deed.add(
                Group(
                    name=name,
                    contract_id=contract_id,
                    area="THER",
                    funded=funded,
                    starts_on=date(2018, 1, 1),
                )
            )
    referral_id, _ = make_episode(desk)
    for name, day in (("Moving on", 3), ("Moving on", 10), ("Mums", 4), ("Tea", 5)):
        make_session(
            desk, referral_id, date(2018, 4, day), type="GROUP", group_code=name
        )
    make_session(
        desk, referral_id, date(2018, 4, 9), "DNA", type="GROUP", group_code="Mums"
    )

    with desk.store.reading() as rows:
        found = planning.group_work(
            rows, contract_id, AREAS, date(2018, 4, 1), date(2018, 4, 30)
        )

    assert {each.funded: (each.groups, each.attendances) for each in found} == {
        "Y": (1, 2),
        "N": (1, 1),
        "": (1, 1),
    }
