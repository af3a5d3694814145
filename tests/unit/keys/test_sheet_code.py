"""The code of a recovery sheet: what is forgiven, what is found, and where."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provider_desk.keys import sheet_code
from provider_desk.model.errors import NotValid

RAW = st.binary(min_size=20, max_size=20)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def changed(code: str, at: int, letter: str) -> str:
    return code[:at] + letter + code[at + 1 :]


def said_of(text: str) -> str:
    with pytest.raises(NotValid) as refused:
        sheet_code.read(text)
    return refused.value.problems[0].text


@given(RAW)
def test_a_code_is_read_as_it_was_written(raw: bytes) -> None:
    code = sheet_code.written(raw)

    assert re.fullmatch(rf"([{LETTERS}]{{4}} ){{8}}[{LETTERS}]{{2}}", code)
    assert sheet_code.read(code) == raw


@given(raw=RAW, between=st.sampled_from(["", " ", "-", " - ", "\n"]), small=...)
def test_capitals_blanks_and_hyphens_do_not_matter(
    raw: bytes, between: str, *, small: bool
) -> None:
    code = between.join(sheet_code.groups(raw))

    assert sheet_code.read(code.lower() if small else code) == raw


def test_look_alikes_are_read_as_what_stands_on_the_sheet() -> None:
    raw = bytes(range(20))
    code = sheet_code.written(raw)
    assert "0" in code
    assert "1" in code

    assert sheet_code.read(code.replace("0", "o").replace("1", "l")) == raw
    assert sheet_code.read(code.replace("0", "O").replace("1", "I")) == raw


@given(RAW, st.integers(0, 33), st.sampled_from(LETTERS))
def test_one_wrong_character_is_found_and_its_group_named(
    raw: bytes, at: int, letter: str
) -> None:
    code = "".join(sheet_code.groups(raw))
    assume(code[at] != letter)

    said = said_of(changed(code, at, letter))

    named = f"group {at // 4 + 1}." if at < 32 else "the last two characters."
    assert named in said


@given(RAW, st.integers(0, 32))
def test_two_swapped_neighbours_are_found(raw: bytes, at: int) -> None:
    code = "".join(sheet_code.groups(raw))
    assume(code[at] != code[at + 1])

    said_of(code[:at] + code[at + 1] + code[at] + code[at + 2 :])


def test_a_sign_that_no_sheet_holds_is_named_with_its_group() -> None:
    code = sheet_code.groups(bytes(20))

    assert "“U”, which stands in group 3" in said_of(
        " ".join((*code[:2], "00U0", *code[3:]))
    )


def test_a_group_that_is_too_short_is_named() -> None:
    code = sheet_code.groups(bytes(20))

    said = said_of(" ".join((*code[:4], "000", *code[5:])))

    assert "this has 33" in said
    assert "Compare group 5" in said


@pytest.mark.parametrize("text", ["", "   ", "-- --"])
def test_nothing_typed_is_asked_for(text: str) -> None:
    assert "Type the code" in said_of(text)


def test_a_refused_code_is_not_repeated_in_the_words() -> None:
    code = "".join(sheet_code.groups(b"\x5a" * 20))

    said = said_of(changed(code, 7, "0" if code[7] != "0" else "1"))

    assert code[:4] not in said


def test_codes_are_made_by_chance() -> None:
    assert len({sheet_code.new() for _ in range(50)}) == 50
