"""New passwords: made by chance, or looked at before they are taken."""

from collections.abc import Iterable

from provider_desk.keys import password
from provider_desk.model.errors import Problem


def four_words() -> str:
    """A new password: four words picked by chance, with blanks between."""
    return password.four_words()


def problem(typed: str, names: Iterable[str] = ()) -> Problem | None:
    """What is wrong with a new password, or None.

    Args:
        typed: the password.
        names: of the person and the service, which anybody could know.
    """
    return password.password_problem(typed, tuple(names))
