"""The log of who looked: what is written, when, who reads it, and that it holds."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from provider_desk.keys.held import DeskKeys
from provider_desk.keys.ring import Ring
from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import DeskError, NotAllowed
from provider_desk.model.looks import LookKind
from provider_desk.model.months import Month
from provider_desk.returns.table import LineKey
from provider_desk.services import monthly_return
from provider_desk.services.casework import people
from provider_desk.services.casework.history import history
from provider_desk.services.casework.safe_contact import number_for, set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.services.rights import caseload
from provider_desk.store import looks as kept
from tests.builders.casework import TODAY, contract_of, make_client, signed_in_as
from tests.builders.keys import KEY, pair_of

MINUTE = 60_000


def said(desk: Desk) -> list[tuple[str, str]]:
    """Kind and words of every entry, the oldest first."""
    lines = looks.log(desk, 0, 500).rows
    return [(str(line.kind), line.about) for line in reversed(lines)]


@pytest.fixture
def zoe(desk: Desk) -> str:
    """Somebody on the desk."""
    return make_client(desk, known_as="Zoë", code="I-0417")


def test_opening_somebody_is_one_entry_in_ten_minutes(
    desk: Desk, clock: FixedClock, zoe: str
) -> None:
    other = make_client(desk, code="I-0418")
    for _ in range(3):
        people.person(desk, zoe)
        clock.ms += 4 * MINUTE
    people.person(desk, other)

    lines = looks.log(desk).rows

    assert [(line.kind, line.code, line.by) for line in reversed(lines)] == [
        (LookKind.OPENED, "I-0417", "Robin Invented"),
        (LookKind.OPENED, "I-0418", "Robin Invented"),
    ]
    people.person(desk, zoe)
    codes = [line.code for line in looks.log(desk).rows]
    assert codes == ["I-0417", "I-0418", "I-0417"]


@pytest.mark.parametrize(
    "look",
    [
        lambda desk, zoe: history(desk, "client", zoe),
        lambda desk, zoe: number_for(desk, zoe, "MOBILE"),
    ],
    ids=["history", "number"],
)
def test_a_history_and_a_number_open_somebody_too(
    desk: Desk, zoe: str, look: Callable[[Desk, str], object]
) -> None:
    people.change_person(desk, zoe, {"mobile": "07700 900123"})
    set_safe_contact(desk, zoe, "MOBILE", {"permission": "YES"})

    look(desk, zoe)

    assert said(desk) == [("opened", "")]


def test_what_is_typed_letter_by_letter_is_one_search(
    desk: Desk, clock: FixedClock, zoe: str
) -> None:
    for text in ("z", "zo", "zoe", "zoe ", "zo", "zoe s"):
        people.search(desk, text)
        clock.ms += 200
    people.person(desk, zoe)
    people.search(desk, "anna")

    assert said(desk) == [
        ("searched", "z"),
        ("searched", "zoe s"),
        ("opened", ""),
        ("searched", "anna"),
    ]


def test_a_search_that_goes_on_is_written_again_after_five_seconds(
    desk: Desk, clock: FixedClock
) -> None:
    people.search(desk, "z")
    clock.ms += 6_000
    people.search(desk, "zo")

    assert said(desk) == [("searched", "z"), ("searched", "zo")]


def test_the_end_of_a_search_is_written_when_the_desk_is_closed(
    desk: Desk, zoe: str
) -> None:
    assert zoe
    people.search(desk, "z")
    people.search(desk, "zoe")
    assert said(desk) == [("searched", "z")]

    looks.finish(desk)

    assert said(desk)[-1] == ("searched", "zoe")


def test_the_list_of_everybody_is_one_entry_in_ten_minutes(
    desk: Desk, clock: FixedClock
) -> None:
    for _ in range(4):
        people.search(desk, "")
        people.search(desk, "", start=50)
        clock.ms += 3 * MINUTE

    assert said(desk) == [("searched", "everybody")]


def test_what_cant_be_written_down_is_not_shown(desk: Desk, zoe: str) -> None:
    """Here because the keys know no managers to seal the entry for."""
    keys = DeskKeys(
        store_id=desk.store.store_id,
        device=desk.store.device,
        user=desk.user.id,
        key=KEY,
        team_secret=bytes(32),
        pair=pair_of(desk.store.store_id, desk.user.id),
        ring=Ring(),
    )
    blind = Desk(desk.store, desk.user, desk.clock, keys)

    for call in (
        lambda: people.person(blind, zoe),
        lambda: people.search(blind, "zoe"),
        lambda: number_for(blind, zoe, "MOBILE"),
        lambda: history(blind, "client", zoe),
    ):
        with pytest.raises(DeskError, match="no such"):
            call()
    assert said(desk) == []


def test_an_entry_opens_with_a_managers_key_alone(desk: Desk, zoe: str) -> None:
    counsellor = signed_in_as(desk, "COUNSELLOR")
    caseload.ask_for_access(counsellor, zoe, "a very private reason")

    with pytest.raises(NotAllowed):
        looks.log(counsellor)
    with counsellor.store.reading() as rows:
        entries = kept.entries(rows, 0, 50)
    about = f"look|{desk.store.store_id}|{desk.store.device}|{counsellor.user.id}"
    for entry in entries:
        assert b"private" not in entry.sealed
        with pytest.raises(NotAllowed):
            counsellor.keys.open_sealed("admin", entry.sealed, f"{about}|{entry.at}")
    assert looks.log(desk).rows[0].reason == "a very private reason"


def test_words_are_filled_up_so_that_their_length_tells_little(desk: Desk) -> None:
    for text in ("z", "zainab oakwell", "07700 900 123"):
        people.search(desk, text)

    with desk.store.reading() as rows:
        assert len({len(entry.sealed) for entry in kept.entries(rows, 0, 9)}) == 1


def test_the_log_is_read_by_person_kind_staff_and_day(
    desk: Desk, clock: FixedClock, zoe: str
) -> None:
    lead = signed_in_as(desk, "CLINICAL_LEAD")
    people.person(desk, zoe)
    clock.ms += 24 * 60 * MINUTE
    people.search(lead, "zoe")
    people.person(lead, zoe)

    assert looks.log(desk).total == 3
    assert [line.kind for line in looks.log(desk, by=lead.user.id).rows] == [
        LookKind.OPENED,
        LookKind.SEARCHED,
    ]
    assert [line.by_id for line in looks.log(desk, client_id=zoe).rows] == [
        lead.user.id,
        desk.user.id,
    ]
    assert looks.log(desk, kind=LookKind.SEARCHED).rows[0].about == "zoe"
    assert looks.log(desk, last=TODAY).total == 1
    assert looks.log(desk, first=date(2018, 5, 2)).total == 2
    page = looks.log(desk, 0, 1, kind=LookKind.OPENED)
    assert (len(page.rows), page.total) == (1, 2)
    assert len(looks.log(desk, 1, 5, kind=LookKind.OPENED).rows) == 1


def test_returns_and_the_rows_behind_them_are_written_down(
    desk: Desk, tmp_path: Path
) -> None:
    contract_id, month = contract_of(desk).id, Month(2018, 3)

    monthly_return.prepare(desk, contract_id, month, "internal")
    assert said(desk) == []
    monthly_return.rows_behind(desk, contract_id, month, LineKey("A1", "", "ALL"))
    monthly_return.export(desk, contract_id, month, "council", tmp_path, ["csv"])

    assert said(desk) == [
        ("opened a figure", "A1 ALL, March 2018"),
        ("exported", "return for March 2018, council copy"),
    ]


def test_any_kind_of_look_can_be_noted_with_its_reason(desk: Desk, zoe: str) -> None:
    looks.note(
        desk, "printed", table="client", row_id=zoe, about="page", reason="for court"
    )

    (line,) = looks.log(desk).rows
    assert (line.kind, line.about) == (LookKind.PRINTED, "page")
    assert line.reason == "for court"
    assert (line.client_id, line.code, line.name) == (zoe, "I-0417", "Zoë")
    with pytest.raises(ValueError, match="nosed"):
        looks.note(desk, "nosed about")


def test_an_entry_that_cant_be_opened_hides_no_other(desk: Desk, zoe: str) -> None:
    people.person(desk, zoe)
    kept.append(desk.store, desk.user.id, 1, b"not sealed at all", desk.keys.sign)

    kinds = {line.kind for line in looks.log(desk).rows}

    assert kinds == {LookKind.OPENED, LookKind.UNREADABLE}


def test_the_chain_is_verified_with_the_keys_of_those_who_looked(
    desk: Desk, zoe: str
) -> None:
    lead = signed_in_as(desk, "CLINICAL_LEAD")
    people.person(desk, zoe)
    assert looks.verify(desk) == []

    kept.append(desk.store, lead.user.id, 1, b"s", desk.keys.sign)

    (told,) = looks.verify(desk)
    assert "does not carry the signature" in told
