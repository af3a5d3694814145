"""Untidy words are the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.spreadsheets.tidy import BLANKS, clean, key, reference_key


@pytest.mark.parametrize(
    ("untidy", "tidy"),
    [
        ("D.N.A.", "dna"),
        ("Self\u00a0", "SELF"),
        ("  GP ", "gp"),
        ("Cancelled \u2013 us", "Cancelled - us"),
        ("Cancelled-us", "cancelled - us"),
        ("Children\u2019s social care", "Children's social care"),
        ("Spoke to client?", "spoke to client"),
        ("Date of\nbirth:", "Date of birth"),
    ],
)
def test_two_spellings_of_a_word_have_the_same_key(untidy: str, tidy: str) -> None:
    assert key(untidy) == key(tidy)


def test_different_words_have_different_keys() -> None:
    words = ["Accepted", "Acepted", "CP", "CC", "PHQ9", "PHQ-9", "Late", "late (seen)"]

    assert len({key(word) for word in words}) == len(words)


def test_dots_count_in_a_reference() -> None:
    assert reference_key("R.1") != reference_key("R1")
    assert reference_key(" r-0001\u00a0") == reference_key("R-0001")


@given(st.text(), st.text(alphabet=BLANKS, max_size=3))
def test_spaces_around_words_make_no_difference(text: str, spaces: str) -> None:
    assert key(spaces + text + spaces) == key(text)
    assert clean(clean(text)) == clean(text)
