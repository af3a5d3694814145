"""Parts of recovery sheets that are typed back from the paper, as a proof."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provider_desk.keys import sheet_code
from provider_desk.model.errors import NotValid, Problem

if TYPE_CHECKING:
    from provider_desk.papers.recovery_sheet import Sheet

#: How many groups of each sheet are typed back.
_EACH = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A group that is to be typed back.

    Attributes:
        sheet: "A" or "B".
        group: its number on the sheet, from 1.
    """

    sheet: str
    group: int

    @property
    def name(self) -> str:
        """What its field is called."""
        return f"{self.sheet}{self.group}"

    @property
    def words(self) -> str:
        """What is asked: "sheet A, group 3"."""
        return f"sheet {self.sheet}, group {self.group}"


def asked_of(sheets: Sequence["Sheet"]) -> tuple[Asked, ...]:
    """Two groups of each sheet, picked by chance, in order."""
    chance = secrets.SystemRandom()
    numbers = range(1, sheet_code.GROUPS + 1)
    return tuple(
        Asked(sheet.which, group)
        for sheet in sheets
        for group in sorted(chance.sample(numbers, _EACH))
    )


def refuse_differing(
    sheets: Sequence["Sheet"], asked: Sequence[Asked], answers: Mapping[str, str]
) -> None:
    """Compare what was typed back with the sheets.

    Raises:
        NotValid: something differs; a problem for each such field.
    """
    groups = {sheet.which: sheet.groups for sheet in sheets}
    problems = [
        Problem(
            each.name,
            f"This is not group {each.group} of sheet {each.sheet}. Look at the paper "
            "again.",
        )
        for each in asked
        if sheet_code.plain(answers.get(each.name, ""))
        != groups[each.sheet][each.group - 1]
    ]
    if problems:
        raise NotValid(problems)
