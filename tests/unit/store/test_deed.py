"""Writing: rows, their ops, and which ops an op replaced."""

from datetime import date

import pytest

from provider_desk.changes.hlc import Stamp
from provider_desk.changes.merge import row_as_shown
from provider_desk.changes.op import Op
from provider_desk.model.errors import DeskError, NotAllowed, NotFound, NotValid
from provider_desk.model.ids import new_id
from provider_desk.model.records import Client, Referral, Session
from provider_desk.store import op_log
from provider_desk.store.records import find, get
from provider_desk.store.store import Store

USER = new_id()


@pytest.fixture
def client(store: Store) -> Client:
    made = Client(code="G-0001", known_as="Invented Zed", born_on=date(1990, 2, 3))
    with store.writing("add person", by=USER) as deed:
        deed.add(made)
    return made


@pytest.fixture
def session(store: Store) -> Session:
    made = Session(referral_id=new_id(), held_on=date(2018, 4, 2), type="THERAPY")
    with store.writing("log session", by=USER) as deed:
        deed.add(made)
    return made


def ops(store: Store, row_id: str, table: str = "client") -> list[Op]:
    with store.reading() as rows:
        return op_log.ops_of_row(rows, table, row_id)


def test_a_new_row_is_one_op(store: Store, client: Client) -> None:
    (op,) = ops(store, client.id)

    assert (op.column, op.bases) == (None, frozenset())
    shown = row_as_shown([op])
    assert shown == {k: v for k, v in client.values().items() if v is not None}


def test_a_row_says_who_made_it_and_when(store: Store, client: Client) -> None:
    (op,) = ops(store, client.id)

    with store.reading() as rows:
        found = rows.rows(
            "SELECT created, created_by, changed, changed_by, deleted FROM client"
        )
    assert found == [(op.hlc, USER, op.hlc, USER, None)]


def test_a_change_is_one_op_per_column_that_replaces_the_making(
    store: Store, client: Client
) -> None:
    other = new_id()
    with store.writing("change person", by=other) as deed:
        deed.change(Client, client.id, {"known_as": "Zoe", "born_on": None})

    made, *changes = ops(store, client.id)
    assert {op.column for op in changes} == {"known_as", "born_on"}
    assert all(op.bases == {made.hlc} for op in changes)
    with store.reading() as rows:
        after = get(rows, Client, client.id)
        own = rows.rows("SELECT created_by, changed, changed_by FROM client")
    assert (after.known_as, after.born_on, after.code) == ("Zoe", None, "G-0001")
    assert own == [(USER, changes[-1].hlc, other)]


def test_a_second_change_replaces_only_the_first(store: Store, client: Client) -> None:
    for name in ("Zoe", "Zara"):
        with store.writing("change person") as deed:
            deed.change(Client, client.id, {"known_as": name})

    _, first, second = ops(store, client.id)
    assert second.bases == {first.hlc}


def test_a_change_replaces_every_head_of_its_cell(store: Store, client: Client) -> None:
    """As after a merge: two edits that did not know of each other."""
    with store.writing("change person") as deed:
        deed.change(Client, client.id, {"known_as": "Zoe"})
    made, first = ops(store, client.id)
    foreign = Stamp(first.hlc[:16] + "f" * 16)
    with store.writing("as if merged") as deed:
        deed.add(Client(code="G-0002"))
        deed._run(
            op_log.INSERT_OP,
            (bytes.fromhex(foreign), 1, "client", client.id, "known_as", '"Zia"'),
        )
        deed._run_many(op_log.INSERT_BASE, op_log.base_pairs(foreign, [made.hlc]))

    with store.writing("choose") as deed:
        deed.change(Client, client.id, {"known_as": "Zoe Zia"})

    assert ops(store, client.id)[-1].bases == {first.hlc, foreign}


def test_a_column_that_was_empty_is_replaced_from_the_making(
    store: Store, client: Client
) -> None:
    with store.writing("change person") as deed:
        deed.change(Client, client.id, {"birth_year": 1990})

    made, change = ops(store, client.id)
    assert change.bases == {made.hlc}


def test_values_that_are_so_already_write_nothing(store: Store, client: Client) -> None:
    with store.writing("change person") as deed:
        deed.change(Client, client.id, client.values())
        assert deed.changed().records == {}

    assert len(ops(store, client.id)) == 1


def test_a_deed_sees_what_it_wrote(store: Store, client: Client) -> None:
    with store.writing("change person") as deed:
        deed.change(Client, client.id, {"known_as": "Zoe"})
        deed.change(Client, client.id, {"known_as": "Zara"})

        assert get(deed, Client, client.id).known_as == "Zara"
    _, first, second = ops(store, client.id)
    assert second.bases == {first.hlc}


def test_facts_are_not_edited(store: Store, session: Session) -> None:
    with pytest.raises(NotAllowed, match="not edited"), store.writing("x") as deed:
        deed.change(Session, session.id, {"minutes": 40})


def test_an_addendum_puts_a_fact_right_and_keeps_both(
    store: Store, session: Session
) -> None:
    with store.writing("correct session") as deed:
        deed.addendum(Session, session.id, {"held_on": date(2018, 4, 3)}, "wrong day")

    made, right = ops(store, session.id, "session")
    with store.reading() as rows:
        assert get(rows, Session, session.id).held_on == date(2018, 4, 3)
        reasons = rows.rows("SELECT reason FROM txn ORDER BY id")
    assert '{"date":"2018-04-02"}' in made.value
    assert right.value == '{"date":"2018-04-03"}'
    assert reasons == [("",), ("wrong day",)]


def test_an_addendum_needs_a_reason(store: Store, session: Session) -> None:
    with pytest.raises(NotValid, match="Say why"), store.writing("x") as deed:
        deed.addendum(Session, session.id, {"minutes": 5}, "  ")


def test_only_facts_have_addenda(store: Store, client: Client) -> None:
    with pytest.raises(NotAllowed), store.writing("x") as deed:
        deed.addendum(Client, client.id, {"known_as": "Zoe"}, "misheard")


def test_a_retired_row_is_gone_but_for_its_history(
    store: Store, client: Client
) -> None:
    with store.writing("remove person") as deed:
        deed.retire(Client, client.id, "entered twice")

    with store.reading() as rows:
        assert find(rows, Client) == []
        assert rows.rows("SELECT deleted FROM client") == [("entered twice",)]
    assert (ops(store, client.id)[-1].column, ops(store, client.id)[-1].value) == (
        "deleted",
        '"entered twice"',
    )


def test_a_retired_row_can_not_be_changed(store: Store, client: Client) -> None:
    with store.writing("remove person") as deed:
        deed.retire(Client, client.id, "entered twice")

    with pytest.raises(NotFound), store.writing("change person") as deed:
        deed.change(Client, client.id, {"known_as": "Zoe"})


def test_wrong_values_are_refused_before_anything_is_written(
    store: Store, client: Client
) -> None:
    wrong = {"born_on": "1990-02-03", "colour": "red", "code": ""}
    with pytest.raises(NotValid) as caught, store.writing("change person") as deed:
        deed.change(Client, client.id, wrong)

    assert {problem.field for problem in caught.value.problems} == set(wrong)


def test_a_second_row_with_the_same_id_is_refused(store: Store, client: Client) -> None:
    with (
        pytest.raises(DeskError, match="already"),
        store.writing("add person") as deed,
    ):
        deed.add(Client(id=client.id, code="G-0002"))

    assert len(ops(store, client.id)) == 1


def test_many_rows_of_several_kinds_go_in_together(store: Store) -> None:
    clients = [Client(code=f"G-{number}") for number in range(2_500)]
    sessions = [
        Session(referral_id=new_id(), held_on=date(2018, 4, 2), type="THERAPY")
        for _ in range(10)
    ]
    with store.writing("bring in") as deed:
        count = deed.add_all([*clients, *sessions, Client(code="last")])
        touched = deed.changed("Brought in.")

    assert count == 2_511
    assert {t: len(ids) for t, ids in touched.records.items()} == {
        "client": 2_501,
        "session": 10,
    }
    with store.reading() as rows:
        assert rows.rows("SELECT count(*) FROM op") == [(2_511,)]
        assert {c.id for c in find(rows, Client)} >= {c.id for c in clients}


def test_a_record_without_its_parent_is_kept(store: Store) -> None:
    """Rows arrive in any order once several PCs merge."""
    with store.writing("receive referral") as deed:
        deed.add(
            Referral(
                client_id=new_id(),
                contract_id=new_id(),
                area="THER",
                received_on=date(2018, 4, 1),
            )
        )

    with store.reading() as rows:
        assert len(find(rows, Referral)) == 1


def test_a_retired_row_can_stand_again(store: Store, client: Client) -> None:
    with store.writing("take off") as deed:
        deed.retire(Client, client.id, "a mistake")
    with store.writing("put back") as deed:
        deed.put_back(Client, client.id)

    with store.reading() as rows:
        assert get(rows, Client, client.id) == client
    shown = row_as_shown(ops(store, client.id))
    assert shown is not None
    assert shown["deleted"] is None
    with pytest.raises(NotFound), store.writing("put back") as deed:
        deed.put_back(Client, client.id)
    with pytest.raises(NotFound), store.writing("put back") as deed:
        deed.put_back(Client, new_id())
