"""Two records of one person: put together, taken apart, nothing lost or forgotten."""

from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provider_desk.model.choices import choices
from provider_desk.model.errors import NotFound, NotValid
from provider_desk.model.fields import (
    Count,
    Day,
    Moment,
    OneOf,
    Record,
    Reference,
    TimeOfDay,
    Value,
    YesNo,
    fields_of,
)
from provider_desk.model.looks import LookKind
from provider_desk.model.months import Month
from provider_desk.model.records import (
    RECORDS,
    Client,
    PersonMerge,
    ProcessNote,
    SafeContact,
    Session,
)
from provider_desk.returns.table import LineKey
from provider_desk.services.casework import people, sessions
from provider_desk.services.casework.referring import one_person
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.notes import process_notes
from provider_desk.services.notes.note_search import NoteSearch
from provider_desk.services.notes.unsealing import DAMAGED
from provider_desk.services.returning.preparing import rows_behind
from provider_desk.services.settings import contracts
from provider_desk.store.queries import merged as questions
from provider_desk.store.queries.caseload import way_to_client
from provider_desk.store.records import every, find, get
from tests.builders.casework import (
    TODAY,
    make_client,
    make_desk,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
    signed_in_as,
)

BACK = "they are two people after all"


def pair(desk: Desk, **gone: Value) -> tuple[str, str]:
    """Two records of one invented person: who stays, and who goes."""
    kept = make_client(
        desk, known_as="Zed", family_name="Invented", mobile="07700 900111"
    )
    other: dict[str, Value] = {
        "known_as": "Zedda",
        "family_name": "Inventedly",
        "email": "zed@example.org",
        **gone,
    }
    return kept, make_client(desk, **other)


def whole(desk: Desk) -> dict[str, dict[str, tuple[object, ...]]]:
    """Every row of every table as it stands: fields and whether it is retired."""
    found = {}
    for each in RECORDS:
        if each is PersonMerge:
            continue
        names = ", ".join(f'"{f.name}"' for f in fields_of(each))
        with desk.store.reading() as rows:
            held = rows.rows(f'SELECT id, deleted IS NULL, {names} FROM "{each.TABLE}"')
        found[each.TABLE] = {row[0]: tuple(row[1:]) for row in held}
    return found


def filled(record_type: type[Record], client_id: str) -> Record:
    """A row of a type with every required field filled, and every way to the person."""
    values: dict[str, Value] = {}
    for each in fields_of(record_type):
        kind = each.kind
        if isinstance(kind, Reference):
            if kind.to == Client.TABLE:
                values[each.name] = client_id
            elif each.required:
                values[each.name] = "0" * 32
        elif each.required:
            values[each.name] = _some(kind)
    return record_type.made(values)


def _some(kind: object) -> Value:
    match kind:
        case Day():
            return TODAY
        case OneOf():
            return next(iter(choices(kind.choices).by_code))
        case YesNo():
            return "Y"
        case TimeOfDay():
            return "10:00"
        case Count() | Moment():
            return 1
        case _:
            return "words"


def to_client() -> list[type[Record]]:
    return [record_type for record_type, _ in questions.references()]


def test_every_record_type_that_refers_to_a_person_is_moved_and_comes_back(
    desk: Desk,
) -> None:
    kept, gone = pair(desk)
    with desk.store.writing("fill") as deed:
        for record_type in to_client():
            if record_type is not SafeContact:
                deed.add(filled(record_type, gone))
    before = whole(desk)

    merge_id, _ = one_person.put_together(desk, kept, gone)

    for record_type, field in questions.references():
        with desk.store.reading() as rows:
            assert questions.rows_of(rows, record_type, field, gone) == []
            if record_type is not SafeContact:
                assert questions.rows_of(rows, record_type, field, kept) != []
    one_person.take_apart(desk, merge_id, BACK)
    assert whole(desk) == before


def test_no_record_type_that_a_person_has_is_out_of_reach_of_a_merge() -> None:
    """Its first step towards the person, or the last one, is a declared reference."""
    moved = {record_type.TABLE for record_type in to_client()}
    for record_type in RECORDS:
        way = way_to_client(record_type.TABLE)
        if not way:
            continue
        tables = [record_type.TABLE, *(to for _, to in way)]
        assert tables[-2] in moved, record_type.TABLE


def test_each_reference_to_a_person_is_found_by_an_index(desk: Desk) -> None:
    kept, _ = pair(desk)
    for record_type, field in questions.references():
        with desk.store.reading() as rows:
            plan = rows.rows(
                f'EXPLAIN QUERY PLAN SELECT id FROM "{record_type.TABLE}" '
                f'WHERE "{field}" = ? AND deleted IS NULL',
                (kept,),
            )
        assert "SEARCH" in plan[0][3], (record_type.TABLE, field)


def test_what_one_says_and_the_other_does_not_is_kept_without_asking(
    desk: Desk,
) -> None:
    kept, gone = pair(desk)

    two = one_person.side_by_side(desk, kept, gone)
    one_person.put_together(desk, kept, gone, ["family_name"])

    differing = [each.name for each in two.fields if each.differs]
    assert differing == ["known_as", "family_name"]
    with desk.store.reading() as rows:
        client = get(rows, Client, kept)
    assert (client.known_as, client.family_name) == ("Zed", "Inventedly")
    assert (client.mobile, client.email) == ("07700 900111", "zed@example.org")
    assert client.previous_names == "Invented, Zedda"
    assert [row.client_id for row in people.search(desk, "Zedda").rows] == [kept]


def test_the_code_of_the_record_that_is_gone_finds_the_person(desk: Desk) -> None:
    kept, gone = pair(desk)
    with desk.store.reading() as rows:
        code = get(rows, Client, gone).code

    merge_id, changed = one_person.put_together(desk, kept, gone)

    assert [row.client_id for row in people.search(desk, code).rows] == [kept]
    assert changed.said.startswith(f"{code} put together with")
    with pytest.raises(NotFound):
        people.person(desk, gone)
    one_person.take_apart(desk, merge_id, BACK)
    assert [row.client_id for row in people.search(desk, code).rows] == [gone]


def test_what_was_added_since_stays_with_the_person_that_was_kept(desk: Desk) -> None:
    kept, gone = pair(desk)
    referral_id = make_waiting(desk, gone)
    merge_id, _ = one_person.put_together(desk, kept, gone)
    later = make_referral(desk, kept, area="PES_AD")
    people.change_person(desk, kept, {"email": "new@example.org"})

    one_person.take_apart(desk, merge_id, BACK)

    assert [c.referral.id for c in people.person(desk, kept).referrals] == [later]
    assert [c.referral.id for c in people.person(desk, gone).referrals] == [referral_id]
    with desk.store.reading() as rows:
        assert get(rows, Client, kept).email == "new@example.org"
        assert get(rows, Client, gone).email == "zed@example.org"


def test_words_that_were_sealed_stay_readable_put_together_and_taken_apart(
    desk: Desk,
) -> None:
    kept, gone = pair(desk)
    referral_id, _ = make_episode(desk, gone)
    session_id = make_session(desk, referral_id, date(2018, 4, 3), note="sealed before")
    lead = signed_in_as(desk, "CLINICAL_LEAD")
    note_id, _ = process_notes.write(lead, gone, "", "process before")
    search = NoteSearch(lead)
    assert [each.client_id for each in search.find("sealed")] == [gone]

    merge_id, _ = one_person.put_together(desk, kept, gone)

    assert told(lead, kept) == {"sealed before"}
    assert process_notes.read(lead, note_id).versions[0].text == "process before"
    assert [each.client_id for each in search.find("sealed")] == [kept]
    values: dict[str, Value] = {"note": "sealed while together"}
    sessions.correct_session(lead, session_id, values, "more to say")
    assert told(lead, kept) == {"sealed while together"}

    one_person.take_apart(desk, merge_id, BACK)

    assert told(lead, gone) == {"sealed while together"}
    assert process_notes.read(lead, note_id).versions[0].text == "process before"
    assert told(lead, kept) == set()


def told(desk: Desk, client_id: str) -> set[str]:
    """What the notes of sessions say on a person's page."""
    events = people.person(desk, client_id).events
    details = [e.detail for e in events if e.table == Session.TABLE and e.detail]
    return {
        words for each in details for words in each.split(" · ") if "sealed" in words
    }


def test_words_of_a_stranger_do_not_open_under_another_name(desk: Desk) -> None:
    """Only records that were put together lend each other their seal."""
    kept, gone = pair(desk)
    note_id, _ = process_notes.write(signed_in_as(desk, "CLINICAL_LEAD"), gone, "", "t")
    lead = signed_in_as(desk, "CLINICAL_LEAD", "L2")
    with desk.store.writing("move by hand") as deed:
        deed.addendum(ProcessNote, note_id, {"client_id": kept}, "by hand")

    (line,) = process_notes.of_person(lead, kept)

    assert line.begins == DAMAGED


def test_records_put_together_in_a_row_come_apart_from_the_last_one_on(
    desk: Desk,
) -> None:
    first, second = pair(desk)
    third = make_client(desk, known_as="Zedda")
    referral_id = make_waiting(desk, third)
    before = whole(desk)
    inner, _ = one_person.put_together(desk, second, third)
    outer, _ = one_person.put_together(desk, first, second)

    (card,) = people.person(desk, first).referrals
    assert card.referral.id == referral_id
    with pytest.raises(NotValid, match="Take those two apart first"):
        one_person.take_apart(desk, inner, BACK)
    one_person.take_apart(desk, outer, BACK)
    assert people.person(desk, second).referrals[0].referral.id == referral_id
    one_person.take_apart(desk, inner, BACK)
    assert whole(desk) == before
    with pytest.raises(NotValid, match="two records already"):
        one_person.take_apart(desk, inner, BACK)


def test_what_a_later_merge_put_back_does_not_change_what_an_earlier_one_says(
    desk: Desk,
) -> None:
    first, second = pair(desk, born_on=date(1986, 4, 3))
    kept = make_client(desk, known_as="Zedda")
    with desk.store.reading() as rows:
        born_on = get(rows, Client, kept).born_on
    earlier, _ = one_person.put_together(desk, kept, second, ["born_on"])
    later, _ = one_person.put_together(desk, kept, first, ["born_on"])

    one_person.take_apart(desk, later, BACK)
    one_person.take_apart(desk, earlier, BACK)

    with desk.store.reading() as rows:
        assert get(rows, Client, kept).born_on == born_on


#: For each merge: who stays and who goes, of three; and what is taken from whom.
MERGES = st.lists(
    st.tuples(
        st.permutations(range(3)),
        st.lists(st.sampled_from(["known_as", "family_name", "mobile", "born_on"])),
    ),
    min_size=1,
    max_size=3,
)


@given(MERGES)
@settings(max_examples=15)
def test_whatever_is_put_together_comes_apart_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    merges: list[tuple[list[int], list[str]]],
) -> None:
    with closing(make_desk(tmp_path_factory.mktemp("desk") / "desk")) as desk:
        first, second = pair(desk, mobile="07700 900222", born_on=date(1986, 4, 3))
        people_ids = [first, second, make_client(desk, known_as="Zedda")]
        for number, client_id in enumerate(people_ids):
            make_waiting(desk, client_id)
            permission = ("YES", "NO", "NK")[number]
            set_safe_contact(desk, client_id, "MOBILE", {"permission": permission})
        before = whole(desk)
        done, gone = [], set[int]()

        for (stays, goes, _), taken in merges:
            if gone & {stays, goes}:
                continue
            merge_id, _ = one_person.put_together(
                desk, people_ids[stays], people_ids[goes], taken
            )
            done.append(merge_id)
            gone.add(goes)
            (kept, *others) = [i for n, i in enumerate(people_ids) if n not in gone]
            held = [len(people.person(desk, i).referrals) for i in (kept, *others)]
            assert sum(held) == len(people_ids)
        for merge_id in reversed(done):
            one_person.take_apart(desk, merge_id, BACK)

        assert whole(desk) == before


def way(desk: Desk, client_id: str, channel: str) -> str:
    ways = people.person(desk, client_id).safe_contacts
    return next(each.permission for each in ways if each.channel == channel)


@pytest.mark.parametrize(
    ("mine", "other", "taken", "stays"),
    [
        ("YES", "NO", (), "NO"),
        ("NO", "YES", ("mobile",), "NO"),
        ("YES", "YES", ("mobile",), "YES"),
        ("NK", "YES", (), "NK"),
        ("YES", "NK", ("mobile",), "NK"),
    ],
)
def test_an_answer_stays_only_with_its_own_number_and_never_use_always(
    desk: Desk, mine: str, other: str, taken: tuple[str, ...], stays: str
) -> None:
    kept, gone = pair(desk, mobile="07700 900222")
    for client_id, permission in ((kept, mine), (gone, other)):
        set_safe_contact(desk, client_id, "MOBILE", {"permission": permission})
    before = whole(desk)

    merge_id, _ = one_person.put_together(desk, kept, gone, taken)

    assert way(desk, kept, "MOBILE") == stays
    with desk.store.reading() as rows:
        assert len(find(rows, SafeContact, client_id=kept, channel="MOBILE")) <= 1
    one_person.take_apart(desk, merge_id, BACK)
    assert whole(desk) == before


def test_a_safe_answer_about_a_number_that_is_not_kept_is_not_kept(desk: Desk) -> None:
    kept, gone = pair(desk, mobile="07700 900222")
    set_safe_contact(desk, gone, "MOBILE", {"permission": "YES"})

    one_person.put_together(desk, kept, gone)

    assert way(desk, kept, "MOBILE") == "NK"


def test_two_open_referrals_for_one_area_are_pointed_out(desk: Desk) -> None:
    kept, gone = pair(desk)
    make_waiting(desk, kept)
    make_referral(desk, gone)

    two = one_person.side_by_side(desk, kept, gone)
    _, changed = one_person.put_together(desk, kept, gone)

    assert any("open referral" in words for words in two.notes)
    assert "2 referrals" in changed.warnings[0].text
    card = people.person(desk, kept).part.card
    assert any("2 open referrals" in line.words for line in card)


FIGURES: Mapping[str, LineKey] = {
    code: LineKey(code, "", "ALL") for code in ("A1", "B1", "C1")
}


def test_figures_count_the_same_rows_before_and_after(desk: Desk) -> None:
    kept, gone = pair(desk)
    make_episode(desk, kept)
    make_waiting(desk, gone, area="PES_AD")
    (contract,) = contracts(desk)

    def counted() -> dict[str, set[str]]:
        month = Month(2017, 9)
        return {
            code: {row.row_id for row in rows_behind(desk, contract.id, month, key)}
            for code, key in FIGURES.items()
        }

    before = counted()
    one_person.put_together(desk, kept, gone)

    assert counted() == before
    assert any(before.values())


def test_who_looked_at_the_record_that_is_gone_is_told_of_the_kept_one(
    desk: Desk,
) -> None:
    kept, gone = pair(desk)
    people.person(desk, gone)
    with desk.store.reading() as rows:
        code = get(rows, Client, kept).code

    one_person.put_together(desk, kept, gone)

    lines = looks.log(desk, client_id=kept, kind=LookKind.OPENED).rows
    assert {line.code for line in lines} == {code}
    assert sum(line.about == "two records put together" for line in lines) == 2
    assert looks.verify(desk) == []


def test_who_is_two_people_is_said_once_and_can_be_taken_back(desk: Desk) -> None:
    kept, gone = pair(desk)

    mark, changed = one_person.different_people(desk, kept, gone)

    assert "two people" in changed.said
    assert people.person(desk, kept).part.events == ()
    with pytest.raises(NotValid):
        one_person.take_apart(desk, mark, BACK)
    one_person.take_back_different(desk, mark, BACK)
    with desk.store.reading() as rows:
        assert list(every(rows, PersonMerge)) == []


def test_one_record_is_never_put_together_with_itself(desk: Desk) -> None:
    kept, gone = pair(desk)

    for deed in (
        lambda: one_person.put_together(desk, kept, kept),
        lambda: one_person.side_by_side(desk, kept, kept),
        lambda: one_person.different_people(desk, kept, kept),
        lambda: one_person.put_together(desk, kept, gone, ["code"]),
    ):
        with pytest.raises(NotValid):
            deed()
    merge_id, _ = one_person.put_together(desk, kept, gone)
    with pytest.raises(NotValid, match="Say why"):
        one_person.take_apart(desk, merge_id, " ")


def test_differing_days_of_birth_are_pointed_out(desk: Desk) -> None:
    kept, gone = pair(desk, born_on=date(1985, 3, 2) + timedelta(1))

    two = one_person.side_by_side(desk, kept, gone)

    assert two.notes[0].startswith("The dates of birth differ.")
