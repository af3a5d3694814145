"""Attacks on key files by whoever can write the folder.

The attackers know the format and write the frame's hash anew. Nothing that they make is
taken: the file is damaged, or older than what was seen, and never brings anything down.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.keys import (
    framing,
    local_key,
    roster,
)
from provider_desk.keys.compartments import CORE
from provider_desk.model.errors import (
    Damaged,
    DeskError,
    SecretNeeded,
)
from tests.builders.forged_rosters import MALLORY, Body, body_of, put, said
from tests.builders.keys import (
    RealDesk,
    real_desk,
)


def swap_public_key(body: Body) -> None:
    said(body, "member", "counsellor")["told"]["public"] = MALLORY.public().told()


def swap_sheet_a(body: Body) -> None:
    said(body, "desk")["told"]["sheets"]["A"] = MALLORY.public().told()


def swap_sheet_a_later(body: Body) -> None:
    said(body, "sheet")["told"]["public"] = MALLORY.public().told()


def make_admin(body: Body) -> None:
    said(body, "member", "worker")["told"]["admin"] = True


def swap_author(body: Body) -> None:
    said(body, "member", "worker")["by"] = "A"


def swap_grant(body: Body) -> None:
    grants = said(body, "epoch")["told"]["grants"]
    grants["manager"], grants["A"] = grants["A"], grants["manager"]


def swap_compartment_key(body: Body) -> None:
    said(body, "epoch")["told"]["public"] = MALLORY.public().seals.hex()


def leave_one_out(body: Body) -> None:
    del body["log"][-3]


def change_order(body: Body) -> None:
    body["log"][-1], body["log"][-2] = body["log"][-2], body["log"][-1]


def cut_off(body: Body) -> None:
    body["log"] = body["log"][:5]


def empty(body: Body) -> None:
    body["log"] = []


def say_it_twice(body: Body) -> None:
    body["log"].append(body["log"][-1])


def swap_slots(body: Body) -> None:
    one, two = body["slots"][1], body["slots"][2]
    one["box"], two["box"] = two["box"], one["box"]


def swap_names(body: Body) -> None:
    one, two = body["slots"][1], body["slots"][2]
    one["name"], two["name"] = two["name"], one["name"]


def weaken(body: Body) -> None:
    body["slots"][0]["kdf"]["memory_kib"] = 1024


def cripple(body: Body) -> None:
    body["slots"][0]["kdf"]["memory_kib"] = 2**40


def two_slots(body: Body) -> None:
    body["slots"].append(body["slots"][0])


def no_slot(body: Body) -> None:
    del body["slots"][1]


def another_store(body: Body) -> None:
    body["store"] = "0" * 32


def older_slot_version(body: Body) -> None:
    body["slots"][0]["version"] = 0


def not_a_list(body: Body) -> None:
    body["log"] = "PD"


def not_a_statement(body: Body) -> None:
    body["log"][3] = ["disable"]


def a_deep_one(body: Body) -> None:
    deep: Any = 0
    for _ in range(400):
        deep = [deep]
    body["log"][3]["told"] = deep


EDITS: tuple[Callable[[Body], None], ...] = (
    swap_public_key,
    swap_sheet_a,
    swap_sheet_a_later,
    make_admin,
    swap_author,
    swap_grant,
    swap_compartment_key,
    leave_one_out,
    change_order,
    cut_off,
    empty,
    say_it_twice,
    swap_slots,
    swap_names,
    weaken,
    cripple,
    two_slots,
    no_slot,
    another_store,
    older_slot_version,
    not_a_list,
    not_a_statement,
    a_deep_one,
)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edited_roster_is_refused(
    staffed: RealDesk, edit: Callable[[Body], None]
) -> None:
    body = body_of(staffed.folder)
    edit(body)
    put(staffed.folder, body)

    with pytest.raises(Damaged, match=r"roster\.bin"):
        roster.read(staffed.folder)


def test_a_desk_that_somebody_else_began_is_refused(
    staffed: RealDesk, tmp_path: Path
) -> None:
    """It may call itself what it likes: the id of a desk comes of its beginning."""
    other = real_desk(tmp_path / "other")
    body = body_of(other.folder)
    put(staffed.folder, body)
    with pytest.raises(SecretNeeded):
        staffed.unlock()

    body["store"] = staffed.new.store_id
    put(staffed.folder, body)
    with pytest.raises(Damaged):
        staffed.unlock()


@pytest.mark.parametrize("name", [roster.NAME, local_key.NAME])
def test_every_byte_is_watched(staffed_once: RealDesk, name: str) -> None:
    path = staffed_once.folder / name
    data = path.read_bytes()
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1 << (at % 8)
        with pytest.raises(Damaged):
            framing.parsed(bytes(changed), path, data[2:3])


@given(at=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_a_flipped_bit_under_a_new_hash_changes_nothing_or_is_refused(
    staffed_once: RealDesk, at: int, bit: int
) -> None:
    body = body_of(staffed_once.folder)
    text = bytearray(json.dumps(body, sort_keys=True, separators=(",", ":")).encode())
    text[at % len(text)] ^= 1 << bit
    true = roster.read(staffed_once.folder)
    try:
        found = json.loads(bytes(text))
        if not isinstance(found, dict):
            return
        read = roster.parse(framing.framed(framing.ROSTER, found))
    except (ValueError, DeskError):
        return

    # Capital letters of hexadecimal digits, say.
    assert read.now.hashes == true.now.hashes
    assert read.now.slots == true.now.slots


@given(at=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_a_flipped_bit_in_local_key_gives_the_same_key_or_none(
    staffed_once: RealDesk, at: int, bit: int
) -> None:
    path = staffed_once.folder / local_key.NAME
    body = framing.read(path, framing.LOCAL_KEY)
    text = bytearray(json.dumps(body, sort_keys=True).encode())
    text[at % len(text)] ^= 1 << bit
    keys = staffed_once.keys
    core = {1: keys.epoch_key(CORE, 1)}
    try:
        found = json.loads(bytes(text))
        if not isinstance(found, dict):
            return
        local = local_key.checked(found, path, keys.store_id, core.get)
    except (ValueError, DeskError):
        return

    assert (local.key, local.device) == (keys.key, keys.device)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(st.text(max_size=6), each, max_size=3)
    ),
    max_leaves=8,
)


@given(where=st.lists(st.integers(0, 10**6), min_size=1, max_size=5), value=JSON)
def test_anything_put_anywhere_is_refused_and_brings_nothing_down(
    staffed_once: RealDesk, where: list[int], value: object
) -> None:
    body = body_of(staffed_once.folder)
    before = json.dumps(body, sort_keys=True)
    _put_at(body, where, value)
    try:
        data = framing.framed(framing.ROSTER, body)
    except ValueError:
        return

    try:
        read = roster.parse(data)
    except DeskError:
        return
    true = roster.read(staffed_once.folder)
    assert read.now.hashes == true.now.hashes
    assert read.now.slots == true.now.slots
    assert json.dumps(read.body(), sort_keys=True) == before


def _put_at(body: Any, where: list[int], value: object) -> None:
    for step in where[:-1]:
        inner = _inner(body, step)
        if not isinstance(inner, (dict, list)) or not inner:
            break
        body = inner
    if isinstance(body, dict):
        body[sorted(body)[where[-1] % len(body)]] = value
    else:
        body[where[-1] % len(body)] = value


def _inner(body: Any, step: int) -> Any:
    if isinstance(body, dict):
        return body[sorted(body)[step % len(body)]]
    return body[step % len(body)]
