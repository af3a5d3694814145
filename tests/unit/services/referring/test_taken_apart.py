"""Records taken apart again: in another order, and what others learn of it."""

from pathlib import Path

from provider_desk.model.errors import NotAllowed
from provider_desk.model.fields import Value
from provider_desk.model.records import Client, PersonMerge
from provider_desk.services.casework import history, people
from provider_desk.services.casework.referring import one_person
from provider_desk.services.desk import Desk
from provider_desk.services.safety import desk_check
from provider_desk.store.records import get
from tests.builders.casework import make_client
from tests.builders.two_caseloads import two_caseloads
from tests.builders.walking import told
from tests.unit.services.test_other_caseloads import leaks

BACK = "they are two people after all"


def client(desk: Desk, client_id: str) -> dict[str, Value]:
    with desk.store.reading() as rows:
        return get(rows, Client, client_id).values()


def test_three_put_together_are_apart_again_in_either_order(desk: Desk) -> None:
    kept = make_client(desk, known_as="Ada", mobile="07700 900001")
    second = make_client(desk, known_as="Bea", mobile="07700 900002")
    third = make_client(desk, known_as="Cia", landline="01632 960001")
    before = [client(desk, each) for each in (kept, second, third)]

    first_merge, _ = one_person.put_together(desk, kept, second, ["mobile"])
    later_merge, _ = one_person.put_together(desk, kept, third)
    one_person.take_apart(desk, first_merge, BACK)

    assert client(desk, kept)["previous_names"] == "Cia"
    assert client(desk, kept)["mobile"] == "07700 900001"
    one_person.take_apart(desk, later_merge, BACK)
    assert [client(desk, each) for each in (kept, second, third)] == before


def test_what_was_said_of_two_stays_about_two_once_they_are_one(desk: Desk) -> None:
    kept, gone = make_client(desk), make_client(desk)
    one_person.different_people(desk, kept, gone)
    merge, _ = one_person.put_together(desk, kept, gone)

    assert desk_check.check(desk).remarks == ()
    one_person.take_apart(desk, merge, BACK)
    one_person.put_together(desk, gone, kept)

    assert desk_check.check(desk).remarks == ()


def test_a_name_that_somebody_added_since_stays_when_they_are_taken_apart(
    desk: Desk,
) -> None:
    kept = make_client(desk, known_as="Ada")
    merge, _ = one_person.put_together(desk, kept, make_client(desk, known_as="Bea"))
    people.change_person(desk, kept, {"previous_names": "Bea, Adelaide"})

    one_person.take_apart(desk, merge, BACK)

    assert client(desk, kept)["previous_names"] == "Adelaide"


def test_who_was_mistaken_for_somebody_is_not_told_of_their_record(
    desk: Desk, tmp_path: Path
) -> None:
    del tmp_path
    two = two_caseloads(desk)
    own, other = two.own.client_id, two.live.client_id
    merge, _ = one_person.put_together(desk, own, other, ["mobile"])
    people.change_person(desk, own, {"mobile": "07700 900003"})
    one_person.take_apart(desk, merge, BACK)
    worker = two.signed_in("CASEWORKER")

    said = set(told(people.person(worker, own)))
    said |= set(told(history.history(worker, Client.TABLE, own)))
    for read in (history.history, history.values_of):
        try:
            said |= set(told(read(worker, PersonMerge.TABLE, merge)))
        except NotAllowed as refused:
            said |= set(told(refused))

    assert leaks(said, two.live) == set()
    assert any("Taken apart" in each for each in said)
    assert leaks(set(told(history.history(desk, Client.TABLE, own))), two.live)


def test_the_history_of_a_merge_says_when_and_not_what_it_moved(desk: Desk) -> None:
    kept = make_client(desk, known_as="Ada")
    gone = make_client(desk, known_as="Bea")
    merge, _ = one_person.put_together(desk, kept, gone)

    (line,) = history.history(desk, PersonMerge.TABLE, merge)

    assert {label for label, _, _ in line.fields} == {"Person", "Put together on"}
    assert "moved" not in history.values_of(desk, PersonMerge.TABLE, merge)
