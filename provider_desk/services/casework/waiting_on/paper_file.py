"""Papers about those who wait, as files: named by the minute, never by a person.

A file that holds names or numbers is not protected by the desk's key any more. It is
meant to be printed and deleted; ``delete`` does so. Source: domain reference, F7.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from provider_desk.model import files
from provider_desk.model.clock import moment
from provider_desk.services.returning.writing import put


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody for whom a paper could not be made.

    Attributes:
        code: the person's code.
        name: as lists show it.
        why: in words.
    """

    code: str
    name: str
    why: str


def stem_of(kind: str, now_ms: int) -> str:
    """A file's name without ending: what it is, the day and the minute."""
    return f"{kind}-{moment(now_ms):%Y-%m-%d-%H%M}"


def written(
    folder: Path, stem: str, contents: Sequence[tuple[str, bytes]]
) -> tuple[Path, ...]:
    """Write the files of a paper; all or none.

    Raises:
        ReadOnly, DiskFull, Missing, Trouble: the folder refused.
    """
    return put(folder, stem, contents)


def delete(path: Path) -> None:
    """Delete a file that was printed; one that is gone already is no trouble.

    Raises:
        ReadOnly, InUse, Trouble: it can't be deleted.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise files.in_words(error, path) from error
