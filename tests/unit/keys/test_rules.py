"""Who may make which statement: every deed by everybody."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from provider_desk.keys import roster, rules, statements
from provider_desk.keys.compartments import (
    ADMIN,
    CORE,
    FIRST_TEAM,
    fresh_key,
    public_key,
)
from provider_desk.keys.key_pairs import KeyPair
from provider_desk.keys.roster import Roster
from provider_desk.keys.rules import Forbidden
from provider_desk.keys.standing import Standing
from provider_desk.keys.statements import Author
from tests.builders.keys import RealDesk

EVERYBODY = ("A", "B", "manager", "lead", "counsellor", "worker")
OFFICE, CLINIC = {"A", "manager"}, {"B", "lead"}
GRANT = "00" * 80
NEW = KeyPair.fresh().public().told()


def epoch(listed: Roster, name: str, holders: tuple[str, ...]) -> dict[str, Any]:
    number = len(listed.now.compartments[name].epochs) + 1
    box = {"commit": "00", "sealed": "00"}
    return {
        "compartment": name,
        "epoch": number,
        "public": public_key(fresh_key(), listed.store, name, number).hex(),
        "earlier": box,
        "grants": dict.fromkeys(holders, GRANT),
    }


def grant(listed: Roster, name: str, user: str) -> dict[str, Any]:
    number = len(listed.now.compartments[name].epochs)
    return {"compartment": name, "epoch": number, "user": user, "sealed": GRANT}


def told(listed: Roster, case: str) -> tuple[str, dict[str, Any]]:
    slot = {"version": 2, "digest": "00" * 32}
    cases: Mapping[str, tuple[str, dict[str, Any]]] = {
        "new member": ("member", {"user": "new", "public": NEW, "admin": False}),
        "new keys for the lead": (
            "member",
            {"user": "lead", "public": NEW, "admin": False},
        ),
        "make a manager": ("admin", {"user": "worker", "admin": True}),
        "disable": ("disable", {"user": "worker"}),
        "a worker's slot": ("slot", {"user": "worker", **slot}),
        "make a lead one no longer": ("lead", {"user": "lead", "lead": False}),
        "sheet A": ("sheet", {"which": "A", "public": NEW, "team": GRANT}),
        "sheet B": ("sheet", {"which": "B", "public": NEW}),
        "make a lead": ("lead", {"user": "worker", "lead": True}),
        "core epoch": ("epoch", epoch(listed, CORE, ("A", "manager", "worker"))),
        "admin epoch": ("epoch", epoch(listed, ADMIN, ("A", "manager"))),
        "counsel epoch": ("epoch", epoch(listed, FIRST_TEAM, ("B", "lead"))),
        "counsel epoch for B": ("epoch", epoch(listed, FIRST_TEAM, ("B",))),
        "core grant": ("grant", grant(listed, CORE, "worker")),
        "counsel grant": ("grant", grant(listed, FIRST_TEAM, "worker")),
        "counsel revoke": (
            "revoke",
            {"compartment": FIRST_TEAM, "user": "counsellor"},
        ),
        "core revoke": ("revoke", {"compartment": CORE, "user": "worker"}),
    }
    return cases[case]


def author(staffed: RealDesk, name: str) -> Author:
    if name in ("A", "B"):
        code = staffed.new.sheet_a if name == "A" else staffed.new.sheet_b
        return Author(name, KeyPair.of_sheet(name, code))
    return Author(name, staffed.pairs[name])


def accepted(listed: Roster, by: Author, deed: str, told: dict[str, Any]) -> bool:
    now = listed.again().now
    try:
        rules.apply(now, statements.said(now.revision + 1, now.head, by, deed, told))
    except Forbidden:
        return False
    return True


@pytest.mark.parametrize(
    ("case", "allowed"),
    [
        ("new member", OFFICE),
        ("new keys for the lead", OFFICE),
        ("make a manager", OFFICE),
        ("disable", OFFICE),
        ("a worker's slot", {"worker"}),
        ("make a lead one no longer", CLINIC | OFFICE),
        ("sheet A", OFFICE),
        ("sheet B", CLINIC),
        ("make a lead", CLINIC),
        ("core epoch", OFFICE),
        ("admin epoch", OFFICE),
        ("counsel epoch", CLINIC),
        ("counsel epoch for B", CLINIC),
        ("core grant", OFFICE),
        ("counsel grant", CLINIC),
        ("counsel revoke", CLINIC | OFFICE),
        ("core revoke", OFFICE),
    ],
)
def test_each_deed_is_for_those_who_may_and_nobody_else(
    staffed_once: RealDesk, case: str, allowed: set[str]
) -> None:
    listed = roster.read(staffed_once.folder)
    deed, body = told(listed, case)

    found = {
        name
        for name in EVERYBODY
        if accepted(listed, author(staffed_once, name), deed, body)
    }

    assert found == allowed


@pytest.mark.parametrize(
    ("by", "deed", "body"),
    [
        ("manager", "member", {"user": "A", "public": NEW, "admin": False}),
        ("manager", "member", {"user": "", "public": NEW, "admin": False}),
        ("manager", "member", {"user": "x", "public": NEW, "admin": 1}),
        ("manager", "admin", {"user": "lead", "admin": True}),
        ("manager", "admin", {"user": "counsellor", "admin": True}),
        ("manager", "admin", {"user": "nobody", "admin": True}),
        ("manager", "slot", {"user": "worker", "version": 3, "digest": "00" * 32}),
        ("manager", "slot", {"user": "worker", "version": True, "digest": "00" * 32}),
        ("lead", "lead", {"user": "manager", "lead": True}),
        ("lead", "revoke", {"compartment": FIRST_TEAM, "user": "B"}),
        ("manager", "revoke", {"compartment": FIRST_TEAM, "user": "lead"}),
        ("manager", "sheet", {"which": "C", "public": NEW}),
        ("manager", "desk", {}),
        ("manager", "obey", {}),
        ("worker", "keys", {"public": NEW, "grants": {}}),
        ("worker", "keys", {"public": NEW, "grants": {CORE: GRANT, ADMIN: GRANT}}),
    ],
)
def test_what_makes_no_sense_is_refused(
    staffed_once: RealDesk, by: str, deed: str, body: dict[str, Any]
) -> None:
    listed = roster.read(staffed_once.folder)

    assert not accepted(listed, author(staffed_once, by), deed, body)


@pytest.mark.parametrize(
    ("name", "holders"),
    [
        (FIRST_TEAM, ("lead",)),
        (FIRST_TEAM, ("B", "manager")),
        (FIRST_TEAM, ("A", "B", "lead")),
        (CORE, ("manager", "worker")),
        (CORE, ("A", "B", "manager")),
        (CORE, ("A", "nobody")),
        (ADMIN, ("A", "worker")),
    ],
)
def test_a_key_goes_to_its_sheet_and_to_those_who_may_hold_it(
    staffed_once: RealDesk, name: str, holders: tuple[str, ...]
) -> None:
    listed = roster.read(staffed_once.folder)
    by = author(staffed_once, "lead" if name == FIRST_TEAM else "manager")

    assert not accepted(listed, by, "epoch", epoch(listed, name, holders))


@pytest.mark.parametrize(
    ("name", "user"),
    [
        (FIRST_TEAM, "manager"),
        (FIRST_TEAM, "nobody"),
        (FIRST_TEAM, "B"),
        (ADMIN, "worker"),
        (CORE, "nobody"),
        (CORE, "A"),
    ],
)
def test_a_key_is_given_to_nobody_who_may_not_hold_it(
    staffed_once: RealDesk, name: str, user: str
) -> None:
    listed = roster.read(staffed_once.folder)
    by = author(staffed_once, "lead" if name == FIRST_TEAM else "manager")

    assert not accepted(listed, by, "grant", grant(listed, name, user))


@pytest.mark.parametrize("epoch", [0, 1, 3, None])
def test_only_the_newest_key_is_given(
    staffed_once: RealDesk, epoch: int | None
) -> None:
    listed = roster.read(staffed_once.folder)
    body = grant(listed, FIRST_TEAM, "worker") | {"epoch": epoch}

    assert not accepted(listed, author(staffed_once, "lead"), "grant", body)


@pytest.mark.parametrize("name", ["core2", "counsel", "counsel:", "counsel:a|b", "", 7])
@pytest.mark.parametrize("by", ["manager", "lead"])
def test_a_compartment_has_a_name_that_is_known(
    staffed_once: RealDesk, by: str, name: object
) -> None:
    listed = roster.read(staffed_once.folder)
    sheet = "B" if by == "lead" else "A"
    body = epoch(listed, CORE, (sheet,)) | {
        "compartment": name,
        "epoch": 1,
        "earlier": None,
    }

    assert not accepted(listed, author(staffed_once, by), "epoch", body)


def beginning(by: str, deed: str, pair: KeyPair, sheet: KeyPair) -> bool:
    """Whether a desk can begin so, with a sheet A."""
    told = {
        "salt": "00" * 16,
        "commit": "00" * 32,
        "sheets": {"A": sheet.public().told(), "B": NEW},
    }
    try:
        rules.apply(Standing(), statements.said(1, "", Author(by, pair), deed, told))
    except Forbidden:
        return False
    return True


def test_a_desk_begins_with_sheet_a() -> None:
    sheet, other = KeyPair.fresh(), KeyPair.fresh()

    assert beginning("A", "desk", sheet, sheet)
    assert not beginning("A", "desk", other, sheet)
    assert not beginning("B", "desk", sheet, sheet)
    assert not beginning("A", "member", sheet, sheet)


@pytest.mark.parametrize("change", [{"epoch": 1}, {"epoch": 9}, {"earlier": None}])
def test_an_epoch_follows_the_one_before(
    staffed_once: RealDesk, change: dict[str, Any]
) -> None:
    listed = roster.read(staffed_once.folder)
    body = epoch(listed, CORE, ("A", "manager")) | change

    assert not accepted(listed, author(staffed_once, "manager"), "epoch", body)


def test_no_key_is_used_by_two_people_or_twice(staffed_once: RealDesk) -> None:
    listed = roster.read(staffed_once.folder)
    by = author(staffed_once, "manager")
    for pair in (staffed_once.pairs["worker"], author(staffed_once, "A").pair):
        body = {"user": "new", "public": pair.public().told(), "admin": False}
        assert not accepted(listed, by, "member", body)


def test_no_key_of_a_sheet_is_used_again(staffed_once: RealDesk) -> None:
    listed = roster.read(staffed_once.folder)
    first = {name: each.told() for name, each in listed.now.sheets.items()}
    worker = listed.now.members["worker"].public.told()
    lead = author(staffed_once, "lead")

    for used in (first["A"], worker):
        assert not accepted(listed, lead, "sheet", {"which": "B", "public": used})
    listed.say(lead, "sheet", which="B", public=KeyPair.fresh().public().told())
    again = {"which": "B", "public": first["B"]}
    assert not accepted(listed, lead, "sheet", again)
    body = {"user": "new", "public": first["B"], "admin": False}
    assert not accepted(listed, author(staffed_once, "manager"), "member", body)


def test_a_statement_holds_at_its_place_alone(staffed_once: RealDesk) -> None:
    listed, by = roster.read(staffed_once.folder), author(staffed_once, "manager")
    now = listed.now
    for revision, before in (
        (now.revision, now.head),
        (now.revision + 2, now.head),
        (now.revision + 1, "00" * 32),
        (now.revision + 1, ""),
    ):
        said = statements.said(revision, before, by, "disable", {"user": "worker"})
        with pytest.raises(Forbidden):
            rules.apply(listed.again().now, said)


def test_what_was_signed_can_not_be_changed(staffed_once: RealDesk) -> None:
    listed, by = roster.read(staffed_once.folder), author(staffed_once, "manager")
    now = listed.now
    said = statements.said(
        now.revision + 1, now.head, by, "disable", {"user": "worker"}
    )
    for other in (
        replace(said, by="A"),
        replace(said, deed="admin"),
        replace(said, told={"user": "lead"}),
        replace(said, signature=bytes(64)),
    ):
        with pytest.raises(Forbidden):
            rules.apply(listed.again().now, other)
