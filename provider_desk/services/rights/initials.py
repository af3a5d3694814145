"""Initials of staff: how sessions name a worker, and what a caseload follows."""

from provider_desk.model.errors import Problem
from provider_desk.model.rows import Rows
from provider_desk.store.queries.staff import accounts

_LONGEST_INITIALS = 10


def initials_of(name: str) -> str:
    """First letters of a name: "Robin Invented" gives "RI"."""
    return "".join(word[0].upper() for word in name.split())[:_LONGEST_INITIALS]


def problem_with_initials(
    rows: Rows, initials: str, name: str, own_id: str = ""
) -> list[Problem]:
    """Nobody gets another's initials, also not of somebody who left.

    A caseload follows the initials: they would open that person's records.
    """
    for other in accounts(rows):
        alike = initials and other.initials.casefold() == initials.casefold()
        somebody_else = other.user_id != own_id and (
            not other.ended or other.name.casefold() != name.casefold()
        )
        if alike and somebody_else:
            return [
                Problem(
                    "initials",
                    f"“{initials}” are or were the initials of {other.name}, and open "
                    "that caseload. Choose others.",
                )
            ]
    return []


def free_initials(rows: Rows, wanted: str) -> str:
    """Initials that nobody has or had: those wanted, with a number where they are."""
    taken = {other.initials.casefold() for other in accounts(rows)}
    if wanted.casefold() not in taken:
        return wanted
    numbered = (f"{wanted[: _LONGEST_INITIALS - 2]}{number}" for number in range(2, 99))
    return next((each for each in numbered if each.casefold() not in taken), wanted)
