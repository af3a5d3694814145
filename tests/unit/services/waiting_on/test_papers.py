"""Letters, the call sheet and the capacity statement, read back from their files."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from provider_desk.model.errors import Cancelled, DeskError, NotFound, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.looks import LookKind
from provider_desk.model.records import WaitingContact, WaitingOffer
from provider_desk.papers.letter import MAY_SHOW, SHOWS, address_lines
from provider_desk.services import settings
from provider_desk.services.casework import undoing, waiting
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.casework.waiting_on import (
    call_sheet,
    capacity_statement,
    letters,
    paper_file,
)
from provider_desk.services.casework.waiting_on.letters import LetterOrder
from provider_desk.services.desk import Desk
from provider_desk.services.looking import looks
from provider_desk.store.queries import waiting_papers
from provider_desk.store.records import find
from tests.builders.casework import (
    TODAY,
    contract_of,
    make_client,
    make_episode,
    make_session,
    make_waiting,
    signed_in_as,
)

NUMBER, RULE = "07700 900123", "Only after six. Say it is Sam."
ASKED = {
    "when": "Tue 15 May, 2 pm",
    "place": "12 Other Street",
    "phone": "01632 960000",
    "ask_for": "Sam",
}
SERVICE = "Invented Counselling"
POINTS = 72 / 25.4


def person(desk: Desk, **ways: str) -> str:
    """Somebody who waits, with ways and their permissions; the referral's id."""
    client_id = make_client(
        desk,
        known_as="Avery",
        given_names="Alexandra",
        family_name="Heron",
        mobile=NUMBER,
        address="1 Invented Street\nNotown",
        postcode="ZZ9 9ZZ",
    )
    for channel, permission in ways.items():
        values = {"permission": permission}
        if permission == "YES_RULES":
            values["rules"] = RULE
        set_safe_contact(desk, client_id, channel, values)
    return make_waiting(desk, client_id)


def words_in(path: Path) -> str:
    return " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(path).pages
    )


def places_in(path: Path) -> list[tuple[str, float, float]]:
    """Words of the first page with where they begin: mm from the top left corner."""
    found: list[tuple[str, float, float]] = []
    page = PdfReader(path).pages[0]
    height = float(page.mediabox.height)

    def see(text: str, _cm: Any, tm: list[float], _font: Any, _size: Any) -> None:
        if text.strip():
            found.append((text.strip(), tm[4] / POINTS, (height - tm[5]) / POINTS))

    page.extract_text(visitor_text=see)
    return found


@pytest.mark.parametrize("kind", letters.KINDS)
def test_a_plain_letter_names_no_service_and_nothing_that_it_does(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    made = letters.make_letters(
        desk, [person(desk, LETTER="YES")], LetterOrder(kind, ASKED), tmp_path
    )

    said = words_in(made.path)
    assert "Dear Avery," in said
    assert "01632 960000" in said
    for word in (SERVICE, "Counselling", "waiting list", "abuse", "therapy", "I-000"):
        assert word.casefold() not in said.casefold()


def test_the_service_is_named_only_where_letters_are_safe_without_a_rule(
    desk: Desk, tmp_path: Path
) -> None:
    free, ruled = person(desk, LETTER="YES"), person(desk, LETTER="YES_RULES")
    order = LetterOrder("still_wait", ASKED, name_service=True, rules_read=True)

    made = letters.make_letters(desk, [free, ruled], order, tmp_path)

    first, second = (page.extract_text() for page in PdfReader(made.path).pages)
    assert SERVICE in first
    assert SERVICE not in second


def test_through_the_window_nothing_shows_but_name_and_address(
    desk: Desk, tmp_path: Path
) -> None:
    order = LetterOrder("offer", ASKED, name_service=True)
    made = letters.make_letters(desk, [person(desk, LETTER="YES")], order, tmp_path)

    left, top, right, bottom = MAY_SHOW
    shows = [
        words
        for words, x, y in places_in(made.path)
        if left <= x <= right and top <= y <= bottom
    ]
    inside = [
        (x, y) for words, x, y in places_in(made.path) if words in " ".join(shows)
    ]
    assert " ".join(shows).split() == [
        *("Alexandra", "Heron", "1", "Invented", "Street", "Notown", "ZZ9", "9ZZ")
    ]
    assert all(
        SHOWS[0] <= x <= SHOWS[2] and SHOWS[1] <= y <= SHOWS[3] for x, y in inside
    )
    assert not [words for words, _, y in places_in(made.path) if y < top]


def test_a_long_address_still_fits_the_window() -> None:
    lines = address_lines("A. Heron", "Flat 3\nThe House\n1 Street\nVillage\nTown", "Z")

    assert len(lines) == 5
    assert lines[0] == "A. Heron"
    assert lines[-1] == "Z"
    assert "Village" in " ".join(lines)


def test_who_has_no_safe_letter_box_is_left_out_and_named_with_why(
    desk: Desk, tmp_path: Path
) -> None:
    ids = [
        person(desk, LETTER="YES"),
        person(desk, LETTER="NO"),
        person(desk),
        person(desk, LETTER="YES_RULES"),
    ]

    made = letters.make_letters(
        desk, ids, LetterOrder("keep_in_touch", ASKED), tmp_path
    )

    assert made.referral_ids == (ids[0],)
    assert [each.why for each in made.left_out] == [
        "Letter: Not safe, never use",
        "Letter: Not asked yet - treat as NO",
        "The rule was not read",
    ]
    assert len(PdfReader(made.path).pages) == 1


def test_without_anybody_to_write_to_no_file_is_made(
    desk: Desk, tmp_path: Path
) -> None:
    with pytest.raises(DeskError, match="letter box"):
        letters.make_letters(
            desk, [person(desk)], LetterOrder("offer", ASKED), tmp_path / "out"
        )

    assert not (tmp_path / "out").exists()


def test_what_a_letter_needs_is_asked_for_by_its_field(
    desk: Desk, tmp_path: Path
) -> None:
    order = LetterOrder("offer", {**ASKED, "place": " "})

    with pytest.raises(NotValid) as refused:
        letters.make_letters(desk, [person(desk, LETTER="YES")], order, tmp_path)

    assert [problem.field for problem in refused.value.problems] == ["place"]


def test_each_letter_is_in_the_log_and_the_files_name_tells_nobody(
    desk: Desk, tmp_path: Path
) -> None:
    ids = [person(desk, LETTER="YES"), person(desk, LETTER="YES")]

    made = letters.make_letters(desk, ids, LetterOrder("offer", ASKED), tmp_path)

    lines = [each for each in looks.log(desk).rows if each.kind is LookKind.PRINTED]
    assert len({line.client_id for line in lines}) == 2
    assert made.path.name == "letters-2018-05-01-1000.pdf"
    assert b"Heron" not in made.path.name.encode()
    assert PdfReader(made.path).metadata.title == "Letters"  # type: ignore[union-attr]


def test_stopping_leaves_no_file(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        letters.make_letters(
            desk,
            [person(desk, LETTER="YES")],
            LetterOrder("offer", ASKED),
            tmp_path / "out",
            cancelled=lambda: True,
        )

    assert not (tmp_path / "out").exists()


def test_a_letter_is_a_contact_only_once_it_was_posted_and_one_undo_takes_it_back(
    desk: Desk, tmp_path: Path
) -> None:
    referral_id = person(desk, LETTER="YES")
    letters.make_letters(desk, [referral_id], LetterOrder("offer", ASKED), tmp_path)
    before = contacts_and_offers(desk, referral_id)

    changed = letters.post(desk, "offer", [referral_id], TODAY)
    (contact,), (offer,) = contacts_and_offers(desk, referral_id)
    undoing.undo(desk, changed)

    assert before == ([], [])
    assert (contact.method, contact.result, contact.purpose) == (
        "LETTER",
        "SENT",
        "OFFER",
    )
    assert offer.offered_on == TODAY
    assert "1 letter recorded as posted" in changed.said
    assert contacts_and_offers(desk, referral_id) == ([], [])


def contacts_and_offers(
    desk: Desk, referral_id: str
) -> tuple[list[WaitingContact], list[WaitingOffer]]:
    with desk.store.reading() as rows:
        return (
            find(rows, WaitingContact, referral_id=referral_id),
            find(rows, WaitingOffer, referral_id=referral_id),
        )


def test_posting_to_somebody_who_is_not_safe_any_more_records_nothing(
    desk: Desk,
) -> None:
    safe, unsafe = person(desk, LETTER="YES"), person(desk, LETTER="NO")

    with pytest.raises(NotValid):
        letters.post(desk, "keep_in_touch", [safe, unsafe], TODAY)

    assert contacts_and_offers(desk, safe) == ([], [])


def test_letters_to_another_caseload_are_refused_without_a_word(desk: Desk) -> None:
    referral_id = person(desk, LETTER="YES")
    outsider = signed_in_as(desk, "COUNSELLOR")

    found = letters.recipients(outsider, [referral_id])
    with pytest.raises(NotFound):
        letters.post(outsider, "offer", [referral_id], TODAY)

    assert (found.sending, found.left_out) == ((), ())


@pytest.mark.parametrize(
    ("known_as", "given_names", "family_name", "said"),
    [
        ("Avery", "Alexandra", "Heron", "Avery"),
        ("Avery Heron", "Alexandra", "Heron", "Avery"),
        ("Imran Ravenfield", "", "", "Imran"),
        ("heron", "Alexandra", "Heron", "Alexandra"),
        ("Heron", "", "Heron", ""),
        ("", "Alexandra Mary", "Heron", "Alexandra"),
    ],
)
def test_the_call_sheet_names_one_word_and_no_family_name_that_is_known(
    desk: Desk, known_as: str, given_names: str, family_name: str, said: str
) -> None:
    referral_id = make_waiting(
        desk,
        make_client(
            desk, known_as=known_as, given_names=given_names, family_name=family_name
        ),
    )
    with desk.store.reading() as rows:
        found = waiting_papers.reachable(rows, [referral_id])[referral_id]

    assert call_sheet.first_name(found) == said


def test_on_the_call_sheet_the_rule_stands_before_the_number(
    desk: Desk, tmp_path: Path
) -> None:
    ids = [person(desk, MOBILE="YES_RULES"), person(desk, MOBILE="NO")]

    made = call_sheet.make_call_sheet(desk, ids, tmp_path, names=True)

    said = words_in(made.path)
    assert said.index("Only after six") < said.index(NUMBER)
    assert said.count(NUMBER) == 1
    assert "Shred after use" in said
    assert "Leave no message" in said
    assert (made.calls, [each.why for each in made.left_out]) == (
        1,
        ["No safe phone is known"],
    )
    assert "Heron" not in said
    assert SERVICE not in said


@pytest.mark.parametrize(("names", "there"), [(True, True), (False, False)])
def test_the_name_stands_on_the_sheet_only_where_names_may_be_shown(
    desk: Desk, tmp_path: Path, *, names: bool, there: bool
) -> None:
    made = call_sheet.make_call_sheet(
        desk, [person(desk, MOBILE="YES")], tmp_path, names=names
    )

    assert ("Avery" in words_in(made.path)) is there


def test_a_phone_that_wants_no_message_is_stronger_than_a_safe_voicemail(
    desk: Desk, tmp_path: Path
) -> None:
    free = person(desk, MOBILE="YES", VOICEMAIL="YES")
    ruled = person(desk, VOICEMAIL="YES")
    client_id = next(
        row.client_id
        for row in waiting.waiting_list(desk, TODAY).rows
        if row.referral_id == ruled
    )
    spoken = {"permission": "YES_RULES", "rules": RULE, "we_say": "Sam"}
    set_safe_contact(desk, client_id, "MOBILE", spoken)

    may = words_in(call_sheet.make_call_sheet(desk, [free], tmp_path).path)
    may_not = words_in(call_sheet.make_call_sheet(desk, [ruled], tmp_path).path)

    assert "A message may be left." in may
    assert "A message may be left." not in may_not
    assert call_sheet.NO_MESSAGE in may_not
    box = "safe message left"
    assert box in may
    assert box not in may_not
    assert "somebody else" in may_not


def test_many_calls_go_on_to_further_pages(desk: Desk, tmp_path: Path) -> None:
    ids = [person(desk, MOBILE="YES_RULES") for _ in range(9)]

    made = call_sheet.make_call_sheet(desk, ids, tmp_path)

    said = words_in(made.path)
    assert said.count(NUMBER) == 9
    assert "page 2 of 2" in said


def test_nobody_to_phone_makes_no_sheet(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="may be phoned"):
        call_sheet.make_call_sheet(desk, [person(desk)], tmp_path)


def test_a_printed_file_can_be_deleted_also_twice(tmp_path: Path) -> None:
    path = tmp_path / "calls.pdf"
    path.write_bytes(b"x")

    paper_file.delete(path)
    paper_file.delete(path)

    assert not path.exists()


def slots(desk: Desk, count: int) -> None:
    values: dict[str, Value] = {
        "contract_id": contract_of(desk).id,
        "area": "THER",
        "from_on": date(2018, 1, 1),
        "weekly_slots": count,
    }
    settings.set_capacity(desk, values)


def test_free_sessions_are_those_of_four_weeks_less_the_booked(desk: Desk) -> None:
    slots(desk, 3)
    referral_id, _ = make_episode(desk)
    for days in (0, 7, 27, 28):
        make_session(desk, referral_id, TODAY + timedelta(days), "BOOKED")

    line = capacity_statement.statement(desk).lines[0]

    # 12 in four weeks, of which 3 are booked; the fourth lies after them.
    assert (line.weekly, line.free) == ("fewer than 5", "9")


def test_assessments_and_groups_take_no_individual_session(desk: Desk) -> None:
    slots(desk, 3)
    referral_id, _ = make_episode(desk)
    make_session(desk, referral_id, TODAY, "BOOKED", type="ASSESS")
    make_session(desk, referral_id, TODAY, "BOOKED", type="GROUP")

    line = capacity_statement.statement(desk).lines[0]

    assert line.free == "12"


def test_small_numbers_are_words_and_people_are_rounded(desk: Desk) -> None:
    slots(desk, 10)
    few = [make_waiting(desk, received_on=TODAY - timedelta(70)) for _ in range(4)]
    told = capacity_statement.statement(desk).lines[0]
    for _ in range(4):
        make_waiting(desk, received_on=TODAY - timedelta(70))
    more = capacity_statement.statement(desk).lines[0]

    assert len(few) == 4
    assert (told.waiting, told.half) == ("fewer than 5", "too few to say")
    assert (more.waiting, more.half) == ("about 10", "10 weeks or more")


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "nobody"), (1, "fewer than 5"), (4, "fewer than 5"), (7, "about 5"),
     (8, "about 10"), (1012, "about 1,010")],
)  # fmt: skip
def test_a_number_of_people_is_told_so(count: int, said: str) -> None:
    assert capacity_statement.people(count) == said


def test_the_statement_holds_no_client_data_and_both_files_say_the_same(
    desk: Desk, tmp_path: Path
) -> None:
    slots(desk, 10)
    code = waiting.waiting_list(desk, TODAY).rows
    for _ in range(6):
        person(desk)

    page, table = capacity_statement.save_statement(desk, tmp_path)

    said = words_in(page)
    text = table.read_text("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert not code
    assert lines[0] == ["As of", *capacity_statement.HEADINGS]
    assert lines[1][-2:] == ["about 5", "35 weeks or more"]
    assert "about 5" in said
    assert "Heron" not in said + text
    assert "I-0" not in said + text
    assert len(PdfReader(page).pages) == 1


def test_an_area_that_is_closed_offers_no_slots(desk: Desk) -> None:
    slots(desk, 10)
    contract = contract_of(desk).id
    settings.change_contract(desk, contract, {"ends_on": TODAY - timedelta(1)})
    make_waiting(desk)

    line = capacity_statement.statement(desk).lines[0]

    assert (line.weekly, line.free, line.waiting) == (
        "not told",
        "not told",
        "fewer than 5",
    )
