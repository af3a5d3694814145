"""New passwords: made by chance, and those that are refused."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_desk.keys import guesses, password

NAMES = ("Robin Invented", "Rothacs (invented)")


def test_a_generated_password_is_four_plain_words_and_passes_its_own_check() -> None:
    made = password.four_words()

    assert len(made.split(" ")) == 4
    assert set(made.split(" ")) <= set(password.words())
    assert password.password_problem(made) is None


def test_generated_passwords_differ() -> None:
    assert len({password.four_words() for _ in range(200)}) == 200


def test_the_list_of_words_is_what_its_docstring_says() -> None:
    words = password.words()

    assert len(words) == len(set(words)) == 3_321
    assert math.isclose(4 * math.log2(len(words)), 46.8, abs_tol=0.05)
    assert all(word.isascii() and word.islower() for word in words)
    assert all(4 <= len(word) <= 7 for word in words)


@pytest.mark.parametrize(
    "weak",
    [
        "password1234",
        "P@ssw0rd2026!",
        "PasswordPassword",
        "qwertyuiop12",
        "zaq12wsxcde3"[::-1] * 2,
        "aaaaaaaaaaaa",
        "1234567890123",
        "abcdefghijkl",
        "dragonmonkey",
        "monkey dragon sunshine",
        "letmeinletmein",
        "iloveyouforever",
        "sunshine2024!",
    ],
)
def test_what_many_people_use_is_refused(weak: str) -> None:
    problem = password.password_problem(weak)

    assert problem is not None
    assert problem.field == "password"
    assert weak not in problem.text


@pytest.mark.parametrize(
    "weak", ["robininvented1", "Rothacs 2024!", "ROBIN ROTHACS 12", "r0b1n-r0th4cs"]
)
def test_names_that_anybody_knows_make_no_password(weak: str) -> None:
    assert password.password_problem(weak, NAMES) is not None
    assert password.password_problem("kettle verbose " + weak, NAMES) is None


@pytest.mark.parametrize(
    "good", ["correct horse battery staple", "xkqvzrwpjmtd", "Gänse fliegen südwärts"]
)
def test_what_takes_many_guesses_will_do(good: str) -> None:
    assert password.password_problem(good, NAMES) is None


def test_letters_are_counted_as_they_are_compared() -> None:
    # One letter each after NFKC: eleven, although two code points each came in.
    said = password.password_problem("ka\u0308tzleinkra\u0308".replace("n", ""))

    assert said is not None
    assert "this has" in said.text


def test_a_page_of_text_is_no_password() -> None:
    assert password.password_problem("kettle verbose " * 100) is not None


@given(st.text(max_size=200))
def test_every_text_is_judged(text: str) -> None:
    assert guesses.bits(text) >= 0


@given(st.text(alphabet="abcdefghij", min_size=1, max_size=20), st.integers(2, 6))
def test_repeating_a_text_gains_hardly_anything(text: str, times: int) -> None:
    most = guesses.bits(text) + math.log2(times)

    assert guesses.bits(text * times) <= most + 1e-9


@given(st.sampled_from(["password", "dragon", "sunshine"]), st.integers(0, 9999))
def test_a_number_behind_a_common_password_does_not_save_it(
    word: str, number: int
) -> None:
    assert guesses.bits(f"{word}{number}") < password.FEWEST_BITS
