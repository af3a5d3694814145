"""Sealed words open for holders of their compartment, in their place, and not else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.keys import sealing
from provider_desk.keys.desk_keys import DeskKeys
from provider_desk.keys.sealing import About, Opener, Sealer
from provider_desk.model.errors import Damaged, FromNewerVersion, NotAllowed, NotFound
from provider_desk.model.sealed_text import MARK, is_sealed
from tests.builders.keys import made_keys

STORE, DEVICE = "5" * 32, "d" * 16
TEAM = "counsel:main"
HERE = About("a" * 32, "b" * 32, "session.note")
WORDS = "She spoke of the quarrel, and laughed."


def keys_of(
    role: str, user: str = "e" * 32, *, teams: tuple[str, ...] = ("main",)
) -> DeskKeys:
    return made_keys(STORE, DEVICE, user, role, teams=teams)


def changed(text: str, place: int) -> str:
    """The same sealed words with one bit turned over."""
    blob = bytearray(base64.b64decode(text.removeprefix(MARK)))
    blob[place] ^= 1
    return MARK + base64.b64encode(bytes(blob)).decode()


@given(st.text(max_size=3_000))
def test_what_a_counsellor_seals_another_opens(words: str) -> None:
    text = Sealer(keys_of("COUNSELLOR"), TEAM).seal(words, HERE)

    assert is_sealed(text)
    assert Opener(keys_of("CLINICAL_LEAD", "f" * 32)).open(text, HERE) == words


@pytest.mark.parametrize("role", ["MANAGER", "ADMINISTRATOR", "CASEWORKER", "TRUSTEE"])
def test_who_does_not_hold_the_key_can_seal_and_not_read_back(role: str) -> None:
    keys = keys_of(role)

    text = Sealer(keys, TEAM).seal(WORDS, HERE)

    with pytest.raises(NotAllowed):
        Opener(keys).open(text, HERE)
    assert Opener(keys_of("COUNSELLOR")).open(text, HERE) == WORDS


@pytest.mark.parametrize("writer", ["COUNSELLOR", "CASEWORKER"])
@pytest.mark.parametrize(
    "elsewhere",
    [
        About("c" * 32, HERE.person, HERE.field),
        About(HERE.row, "c" * 32, HERE.field),
        About(HERE.row, HERE.person, "closure.note"),
    ],
)
def test_words_moved_to_another_row_person_or_field_do_not_open(
    writer: str, elsewhere: About
) -> None:
    text = Sealer(keys_of(writer), TEAM).seal(WORDS, HERE)

    with pytest.raises(Damaged):
        Opener(keys_of("COUNSELLOR")).open(text, elsewhere)


def test_words_of_another_desk_do_not_open() -> None:
    text = Sealer(keys_of("COUNSELLOR"), TEAM).seal(WORDS, HERE)

    with pytest.raises(Damaged):
        Opener(made_keys("6" * 32, DEVICE, "e" * 32, "COUNSELLOR")).open(text, HERE)


@pytest.mark.parametrize("writer", ["COUNSELLOR", "CASEWORKER"])
def test_every_bit_that_is_turned_over_is_noticed(writer: str) -> None:
    text = Sealer(keys_of(writer), TEAM).seal(WORDS, HERE)
    opener = Opener(keys_of("COUNSELLOR"))
    size = len(base64.b64decode(text.removeprefix(MARK)))

    for place in (*range(min(size, 260)), size - 1):
        with pytest.raises((Damaged, NotAllowed, NotFound, FromNewerVersion)):
            opener.open(changed(text, place), HERE)


@given(st.binary(max_size=400))
def test_no_text_that_only_looks_sealed_breaks_the_opener(blob: bytes) -> None:
    text = MARK + base64.b64encode(blob).decode()

    with pytest.raises((Damaged, NotAllowed, NotFound, FromNewerVersion)):
        Opener(keys_of("COUNSELLOR")).open(text, HERE)


def test_what_is_no_base64_is_damaged() -> None:
    with pytest.raises(Damaged):
        Opener(keys_of("COUNSELLOR")).open(f"{MARK}not base64!", HERE)


def test_a_kind_of_seal_that_is_not_known_is_refused_and_not_guessed() -> None:
    text = Sealer(keys_of("COUNSELLOR"), TEAM).seal(WORDS, HERE)
    newer = bytearray(base64.b64decode(text.removeprefix(MARK)))
    newer[0] = 9

    with pytest.raises(FromNewerVersion):
        Opener(keys_of("COUNSELLOR")).open(
            MARK + base64.b64encode(bytes(newer)).decode(), HERE
        )


def test_the_length_of_sealed_words_tells_whole_steps_only() -> None:
    sealer = Sealer(keys_of("COUNSELLOR"), TEAM)

    lengths = {len(sealer.seal("x" * count, HERE)) for count in (0, 1, 40, 1_000)}
    longer = len(sealer.seal("x" * 1_100, HERE))

    assert len(lengths) == 1
    assert longer > max(lengths)


def test_the_same_words_sealed_twice_have_nothing_in_common() -> None:
    sealer = Sealer(keys_of("COUNSELLOR"), TEAM)
    head = 1 + 2 + len(TEAM) + 2 + 32

    one, other = (
        base64.b64decode(sealer.seal(WORDS, HERE).removeprefix(MARK)) for _ in range(2)
    )

    assert one[:head] == other[:head]
    assert one[head + 16 + 4 :] != other[head + 16 + 4 :]


def test_one_team_does_not_open_what_another_seals() -> None:
    north = keys_of("COUNSELLOR", teams=("main", "north"))
    text = Sealer(north, "counsel:north").seal(WORDS, HERE)

    with pytest.raises(NotAllowed):
        Opener(keys_of("COUNSELLOR", teams=("main",))).open(text, HERE)


def test_sealing_for_a_team_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound):
        Sealer(keys_of("COUNSELLOR"), "counsel:nowhere")


def test_sealed_words_say_for_whom_and_by_whom_they_are() -> None:
    text = Sealer(keys_of("CASEWORKER", "c" * 32), TEAM).seal(WORDS, HERE)

    assert sealing.compartment_of(text) == TEAM
    assert sealing.author_of(text) == "c" * 32


def test_nothing_of_keys_or_words_is_printed() -> None:
    keys = keys_of("COUNSELLOR")
    sealer, opener = Sealer(keys, TEAM), Opener(keys)
    text = sealer.seal(WORDS, HERE)
    opener.open(text, HERE)

    assert "quarrel" not in f"{sealer!r} {opener!r}"
    assert keys.epoch_key(TEAM, 1).hex() not in f"{sealer!r} {opener!r}"
