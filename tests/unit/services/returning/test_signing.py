"""A return is read, signed and recognised again; a signature holds for what it saw."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from provider_desk.model.errors import Damaged, DeskError, NotAllowed
from provider_desk.model.months import Month
from provider_desk.model.records import ReturnSigned
from provider_desk.returns.write_json import read_json
from provider_desk.services import monthly_return, settings
from provider_desk.services.desk import Desk
from provider_desk.services.returning import narrating, nil, signatures
from provider_desk.services.returning.signing import (
    read_return_file,
    read_second,
    sign,
)
from provider_desk.store.records import find
from tests.builders.issued_desks import (
    add_referrals,
    at,
    contract_id,
    issue,
)
from tests.builders.signing_desks import (
    SEPTEMBER,
    issued_desk,
    mark_sessions,
    reader,
    ready_desk,
    stand,
)


@pytest.fixture
def issued(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose return of September can be signed."""
    desk = issued_desk(tmp_path / "desk")
    yield desk
    desk.close()


@pytest.fixture
def careful(tmp_path: Path) -> Iterator[Desk]:
    """The same, of a service that wants a second reader."""
    desk = issued_desk(tmp_path / "desk", second_reader=True)
    yield desk
    desk.close()


def held(desk: Desk, step: str = signatures.SIGNED) -> list[ReturnSigned]:
    with desk.store.reading() as rows:
        return find(rows, ReturnSigned, step=step)


def exported(desk: Desk, folder: Path, month: Month = SEPTEMBER) -> bytes:
    done = monthly_return.export(
        desk, contract_id(desk), month, "council", folder, ("json",)
    )
    return done.paths[0].read_bytes()


def write_words(desk: Desk, words: str) -> None:
    narrating.write_box(desk, contract_id(desk), SEPTEMBER, "THER", "WELL", words)


def rehashed(content: bytes, **changed: object) -> bytes:
    """A file with other words in it, and a hash that fits them."""
    whole = json.loads(content)
    whole["return"].update(changed)
    body = json.dumps(
        whole["return"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    whole["sha256"] = sha256(body.encode()).hexdigest()
    return (
        json.dumps(
            whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()
        + b"\n"
    )


# Signing


def test_a_signed_return_is_final_and_frozen_with_its_hash(issued: Desk) -> None:
    write_words(issued, "{A1} referrals came.")

    done = sign(issued, contract_id(issued), SEPTEMBER, "looked at twice")

    (signature,) = held(issued)
    frozen = json.loads(signature.frozen)
    assert frozen["sha256"] == signature.sha256
    assert frozen["return"]["status"] == "final"
    assert "final" in done.said
    assert signature.signed_by == issued.user.id
    told = read_json(signature.frozen.encode()).told
    assert [each.box for each in told] == ["WELL"]
    assert "{A1}" not in told[0].words
    assert (stand(issued).status, stand(issued).signed) == ("final", True)


def test_the_cover_names_role_and_day_and_nobody(issued: Desk) -> None:
    sign(issued, contract_id(issued), SEPTEMBER)

    (signature,) = held(issued)

    signed = read_json(signature.frozen.encode()).signed
    assert signed == ("Signed off on 3 October 2017, Manager",)
    assert issued.user.name not in signature.frozen


def test_the_contact_on_the_cover_is_the_settings_own(issued: Desk) -> None:
    settings.change_provider(issued, {"return_contact": "Service manager"})

    sign(issued, contract_id(issued), SEPTEMBER)

    assert read_json(held(issued)[0].frozen.encode()).contact == "Service manager"


def test_what_is_exported_is_what_was_signed(issued: Desk, tmp_path: Path) -> None:
    sign(issued, contract_id(issued), SEPTEMBER)

    content = exported(issued, tmp_path / "out")

    assert content.decode() == held(issued)[0].frozen


def test_a_later_record_changes_nothing_of_what_was_signed(
    issued: Desk, tmp_path: Path
) -> None:
    sign(issued, contract_id(issued), SEPTEMBER)
    before = exported(issued, tmp_path / "out")

    add_referrals(issued, date(2017, 9, 5), 3)
    at(issued, date(2017, 10, 20))

    assert stand(issued).changed == ()
    assert exported(issued, tmp_path / "out") == before


def test_signing_twice_is_refused(issued: Desk) -> None:
    sign(issued, contract_id(issued), SEPTEMBER)

    with pytest.raises(DeskError, match="signed off already"):
        sign(issued, contract_id(issued), SEPTEMBER)
    assert len(held(issued)) == 1


def test_a_check_that_does_not_hold_keeps_it_from_being_signed(
    tmp_path: Path,
) -> None:
    desk = ready_desk(tmp_path / "desk")
    monthly_return.issue(desk, contract_id(desk), SEPTEMBER)

    with pytest.raises(DeskError, match="No session without an outcome"):
        sign(desk, contract_id(desk), SEPTEMBER)
    assert held(desk) == []
    mark_sessions(desk)
    sign(desk, contract_id(desk), SEPTEMBER)
    desk.close()


def test_what_is_not_issued_can_not_be_signed(tmp_path: Path) -> None:
    desk = ready_desk(tmp_path / "desk")
    mark_sessions(desk)

    with pytest.raises(DeskError, match="not issued yet"):
        sign(desk, contract_id(desk), SEPTEMBER)
    assert held(desk) == []
    desk.close()


def test_a_month_that_is_not_over_can_be_neither_read_nor_signed(
    issued: Desk,
) -> None:
    for deed in (read_second, sign):
        with pytest.raises(DeskError, match="not over yet"):
            deed(issued, contract_id(issued), Month(2017, 10))


def test_a_reference_that_names_no_figure_keeps_it_from_being_signed(
    issued: Desk,
) -> None:
    write_words(issued, "{Z9} came.")

    with pytest.raises(DeskError, match="Z9"):
        sign(issued, contract_id(issued), SEPTEMBER)
    assert held(issued) == []


@pytest.mark.parametrize(
    "role", ["CLINICAL_LEAD", "ADMINISTRATOR", "CASEWORKER", "COUNSELLOR", "TRUSTEE"]
)
def test_only_a_manager_signs(issued: Desk, role: str) -> None:
    with pytest.raises(NotAllowed, match="sign the return"):
        sign(reader(issued, role), contract_id(issued), SEPTEMBER)


def test_words_that_change_after_signing_are_named_and_the_copy_stays(
    issued: Desk, tmp_path: Path
) -> None:
    write_words(issued, "All is well.")
    sign(issued, contract_id(issued), SEPTEMBER)
    before = exported(issued, tmp_path / "out")

    write_words(issued, "All is not well.")

    found = stand(issued)
    assert found.changed == ("words",)
    assert any("Changed after signing: the words" in e for e in found.steps[3].left)
    assert exported(issued, tmp_path / "out") == before


# The second reader


def test_a_service_may_want_a_second_reader(careful: Desk) -> None:
    contract = contract_id(careful)
    with pytest.raises(DeskError, match="Nobody has read it yet"):
        sign(careful, contract, SEPTEMBER)

    read_second(reader(careful), contract, SEPTEMBER, "agrees with the diary")
    assert stand(careful).reader_done
    sign(careful, contract, SEPTEMBER)

    assert stand(careful).signed_lines == (
        "Read by a second person on 3 October 2017, Clinical lead",
        "Signed off on 3 October 2017, Manager",
    )


def test_whoever_read_it_does_not_sign_it(careful: Desk) -> None:
    read_second(careful, contract_id(careful), SEPTEMBER)

    with pytest.raises(NotAllowed, match="somebody else signs it"):
        sign(careful, contract_id(careful), SEPTEMBER)


@pytest.mark.parametrize("what", ["record", "words"])
def test_what_changed_since_is_to_be_read_again(careful: Desk, what: str) -> None:
    contract = contract_id(careful)
    lead = reader(careful)
    read_second(lead, contract, SEPTEMBER)

    if what == "record":
        add_referrals(careful, date(2017, 9, 5))
    else:
        write_words(careful, "All is well.")

    assert not stand(careful).reader_done
    with pytest.raises(DeskError, match="changed since"):
        sign(careful, contract, SEPTEMBER)
    read_second(lead, contract, SEPTEMBER)
    sign(careful, contract, SEPTEMBER)


@pytest.mark.parametrize("role", ["CASEWORKER", "COUNSELLOR", "STUDENT", "TRUSTEE"])
def test_who_makes_no_returns_reads_none(issued: Desk, role: str) -> None:
    with pytest.raises(NotAllowed):
        read_second(reader(issued, role), contract_id(issued), SEPTEMBER)


# A revision


def test_a_revision_needs_its_own_signature(issued: Desk, tmp_path: Path) -> None:
    contract = contract_id(issued)
    sign(issued, contract, SEPTEMBER)
    add_referrals(issued, date(2017, 9, 5), 12)
    monthly_return.reissue(issued, contract, SEPTEMBER, "The council asked for it.")

    found = stand(issued)
    assert (found.version, found.status, found.signed) == (2, "draft", False)
    sign(issued, contract, SEPTEMBER)

    assert stand(issued).status == "revised 2"
    assert [each.version for each in held(issued)] == [1, 2]
    assert b'"status":"revised 2"' in exported(issued, tmp_path / "out")


# Files that come back


def test_the_signed_file_is_recognised(issued: Desk, tmp_path: Path) -> None:
    sign(issued, contract_id(issued), SEPTEMBER)

    found = read_return_file(issued, exported(issued, tmp_path / "out"))

    assert found.signed
    assert not found.sent
    assert found.words[0].startswith("It is what was signed off on")
    assert found.words[1] == "It is not in the sent log."


def test_a_signed_file_with_months_of_the_year_before_is_recognised(
    tmp_path: Path,
) -> None:
    """Its charts show them, so they are part of what is signed."""
    april = Month(2018, 4)
    desk = issued_desk(tmp_path / "desk")
    at(desk, date(2018, 5, 3))
    nil.confirm_nil(desk, contract_id(desk), "THER", april)
    issue(desk, april.plus(-1), april)
    sign(desk, contract_id(desk), april)

    content = exported(desk, tmp_path / "out", april)

    assert read_json(content).earlier
    assert read_return_file(desk, content).signed
    desk.close()


def test_a_draft_is_told_from_what_was_signed(issued: Desk, tmp_path: Path) -> None:
    draft = exported(issued, tmp_path / "out")
    sign(issued, contract_id(issued), SEPTEMBER)

    found = read_return_file(issued, draft)

    assert not found.signed
    assert "draft" in found.words[0]


def test_a_file_that_was_changed_is_refused(issued: Desk, tmp_path: Path) -> None:
    sign(issued, contract_id(issued), SEPTEMBER)
    content = exported(issued, tmp_path / "out")

    with pytest.raises(Damaged, match="changed or cut short"):
        read_return_file(issued, content.replace(b'"value":5', b'"value":10', 1))


def test_a_file_that_was_changed_and_hashed_anew_is_refused(
    issued: Desk, tmp_path: Path
) -> None:
    sign(issued, contract_id(issued), SEPTEMBER)
    content = exported(issued, tmp_path / "out")

    with pytest.raises(Damaged, match="changed after signing"):
        read_return_file(issued, rehashed(content, provider="Another"))


def test_a_draft_with_other_figures_than_issued_is_refused(
    issued: Desk, tmp_path: Path
) -> None:
    content = exported(issued, tmp_path / "out")
    lines = json.loads(content)["return"]["lines"]
    figure = next(e for e in lines if e["year_to_date"]["state"] == "figure")
    figure["year_to_date"]["value"] += 5

    with pytest.raises(Damaged, match="changed after it was issued"):
        read_return_file(issued, rehashed(content, lines=lines))


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00\xff", b"[1]", b'{"schema":1}'])
def test_what_is_no_return_is_named(issued: Desk, content: bytes) -> None:
    with pytest.raises(Damaged):
        read_return_file(issued, content)
