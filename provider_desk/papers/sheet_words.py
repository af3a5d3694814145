"""What the recovery sheets say beside their code; the words are data."""

from dataclasses import dataclass

from provider_desk.model import resources

_FILE = "recovery_sheets.toml"


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of one sheet.

    Attributes:
        subtitle: what it is, in a line.
        opens: what it opens and how it is typed, a sentence each.
        keep: where it belongs, a sentence each.
        warning: what its loss means.
        lost: what to do then.
    """

    subtitle: str
    opens: tuple[str, ...]
    keep: tuple[str, ...]
    warning: str
    lost: str


def words_of(which: str) -> SheetWords:
    """The words of sheet "A" or "B"."""
    told = resources.read_toml(_FILE)
    sheet = told[which]
    return SheetWords(
        subtitle=sheet["subtitle"],
        opens=(*sheet["opens"], told["typing"]),
        keep=tuple(sheet["keep"]),
        warning=sheet["warning"],
        lost=sheet["lost"],
    )
