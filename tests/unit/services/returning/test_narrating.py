"""The quarter's words: kept box by box, and looked over before they leave."""

import pytest

from provider_desk.model.errors import DeskError, NotAllowed, NotValid
from provider_desk.model.fields import Value
from provider_desk.model.months import Month
from provider_desk.returns.narrative.scan import Kind
from provider_desk.services import monthly_return
from provider_desk.services.desk import Desk
from provider_desk.services.returning import case_studies, narrating
from tests.builders.casework import CONTRACT, make_client, signed_in_as

MARCH = Month(2018, 3)
WORDS = "More people came than before: {A1} referrals, {B1} waiting."
CHECKS = "NAMES PLACES DATES TOGETHER COURT CHANGED SEEN"


def contract(desk: Desk) -> str:
    return monthly_return.contract_of(desk, CONTRACT, MARCH)


def study(desk: Desk, **more: Value) -> dict[str, Value]:
    return {
        "contract_id": contract(desk),
        "month": str(MARCH),
        "kind": "STUDY",
        "words": "Somebody found their feet again.",
    } | more


def the_study(desk: Desk) -> case_studies.Study:
    (found,) = case_studies.studies(desk, contract(desk), MARCH)
    return found


def test_every_area_has_three_boxes_and_the_whole_has_its_own(desk: Desk) -> None:
    found = narrating.boxes(desk, contract(desk), MARCH)
    areas = list(dict.fromkeys(box.area for box in found))

    assert areas[-1] == "ALL"
    for area in areas[:-1]:
        assert [box.box for box in found if box.area == area] == [
            "WELL",
            "WORRIED",
            "NEEDS",
        ]
    assert all(box.words == "" for box in found)


def test_words_are_kept_and_changed_in_their_own_box(desk: Desk) -> None:
    narrating.write_box(desk, contract(desk), MARCH, "THER", "WELL", "First.")
    narrating.write_box(desk, contract(desk), MARCH, "THER", "WELL", WORDS)
    narrating.write_box(desk, contract(desk), MARCH, "ALL", "STAFF", "Two trained.")

    kept = {
        (box.area, box.box): box.words
        for box in narrating.boxes(desk, contract(desk), MARCH)
        if box.words
    }
    assert kept == {("THER", "WELL"): WORDS, ("ALL", "STAFF"): "Two trained."}


@pytest.mark.parametrize(
    ("month", "area", "box", "field"),
    [
        (Month(2018, 2), "THER", "WELL", "month"),
        (MARCH, "THER", "STAFF", "box"),
        (MARCH, "MOON", "WELL", "box"),
        (MARCH, "THER", "POEM", "box"),
    ],
)
def test_a_box_that_is_not_there_takes_no_words(
    desk: Desk, month: Month, area: str, box: str, field: str
) -> None:
    with pytest.raises(NotValid) as refused:
        narrating.write_box(desk, contract(desk), month, area, box, "Words.")

    assert [problem.field for problem in refused.value.problems] == [field]


def test_printed_words_have_the_figures_of_the_table(desk: Desk) -> None:
    narrating.write_box(desk, contract(desk), MARCH, "THER", "WELL", WORDS)
    table = monthly_return.prepare(desk, contract(desk), MARCH, "internal")
    boxes = narrating.boxes(desk, contract(desk), MARCH)
    line = table.line("A1", area="THER")

    (told,) = narrating.told_in(boxes, table)
    assert told.words.startswith(
        f"More people came than before: {line.now.value} referrals"
    )
    assert narrating.wrong_in(boxes, table) == ()


def test_a_wrong_reference_is_named_with_its_box(desk: Desk) -> None:
    narrating.write_box(desk, contract(desk), MARCH, "THER", "WELL", "{Z9} came.")
    table = monthly_return.prepare(desk, contract(desk), MARCH, "internal")

    (said,) = narrating.wrong_in(narrating.boxes(desk, contract(desk), MARCH), table)
    assert said.startswith("Working well,")
    assert "{Z9}" in said


def test_names_on_the_desk_are_found_in_words(desk: Desk) -> None:
    make_client(desk, given_names="Quintessa", family_name="Invented-Person")
    known = narrating.known_on_desk(desk)
    table = monthly_return.prepare(desk, contract(desk), MARCH, "internal")

    over = narrating.look_over(
        "We helped quintessa. The person said so.", table, "THER", known
    )
    assert [found.text for found in over.warned if found.kind is Kind.NAME] == [
        "quintessa"
    ]
    assert over.count == len(over.warned)


def test_the_services_own_name_may_stand(desk: Desk) -> None:
    known = narrating.known_on_desk(desk)
    name = desk.provider().name.split()[0].casefold()

    assert name in known.allowed
    assert name not in known.names


def test_a_case_study_says_everything_that_keeps_it_from_leaving(desk: Desk) -> None:
    case_studies.write_study(desk, study(desk))
    missing = " ".join(the_study(desk).missing)

    assert "Consent" in missing
    assert "Not ticked yet" in missing
    assert "second person" in missing
    assert case_studies.told_in([the_study(desk)]) == ()


def test_a_case_study_leaves_once_consent_checks_and_a_reader_are_there(
    desk: Desk,
) -> None:
    reader = signed_in_as(desk, "MANAGER", "RE")
    given = study(
        desk,
        consent_on=desk.today(),
        consent_evidence="Form 12",
        blurred=CHECKS,
        composite="Y",
    )
    case_studies.write_study(desk, given)
    case_studies.read_study(reader, the_study(desk).id)

    assert the_study(desk).missing == ()
    (told,) = case_studies.told_in([the_study(desk)])
    assert told.words == "Somebody found their feet again."
    assert "made of several" in told.label


def test_who_wrote_a_case_study_can_not_be_its_second_reader(desk: Desk) -> None:
    case_studies.write_study(desk, study(desk))

    with pytest.raises(DeskError, match="somebody else has to read them"):
        case_studies.read_study(desk, the_study(desk).id)


def test_changed_words_have_to_be_read_again(desk: Desk) -> None:
    reader = signed_in_as(desk, "MANAGER", "RE")
    case_studies.write_study(desk, study(desk))
    case_studies.read_study(reader, the_study(desk).id)
    case_studies.write_study(desk, {"words": "Others."}, the_study(desk).id)

    assert the_study(desk).record.read_by is None


def test_a_case_study_can_be_taken_out(desk: Desk) -> None:
    case_studies.write_study(desk, study(desk))
    case_studies.drop_study(desk, the_study(desk).id)

    assert case_studies.studies(desk, contract(desk), MARCH) == []


def test_a_counsellor_neither_reads_nor_writes_what_leaves(desk: Desk) -> None:
    counsellor = signed_in_as(desk, "COUNSELLOR", "CO")

    with pytest.raises(NotAllowed):
        narrating.boxes(counsellor, contract(desk), MARCH)
    with pytest.raises(NotAllowed):
        case_studies.write_study(counsellor, study(desk))
