"""Several providers' return files in, the council's scorecard and benchmark out.

It needs no desk and no record of a person: only files that were sent. Source:
practices, P39; monthly return, §2, people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from provider_desk.model import files
from provider_desk.model.errors import Cancelled
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.returns.merging.given import Given
from provider_desk.returns.merging.merged import Merged, merge
from provider_desk.returns.merging.written import FORMATS, write_merged
from provider_desk.services.returning.writing import put

#: No return is larger by far; what is, is no return.
_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class MergedFiles:
    """What came of a merge.

    Attributes:
        merged: the figures.
        paths: the files, in the order of the formats asked for.
    """

    merged: Merged
    paths: tuple[Path, ...]


def merge_files(
    paths: Sequence[Path],
    folder: Path,
    made_on: date,
    formats: Sequence[str] = FORMATS,
    progress: Progress = silent,
    cancelled: Stopped = never,
) -> MergedFiles:
    """Put several council returns (.json) together and write the result.

    Args:
        paths: one for each provider.
        folder: where the result goes; made where it is not there.
        made_on: today.
        formats: of the result.
        progress: told after each step.
        cancelled: asked before each.

    Raises:
        NotMerged: some don't fit together; each reason names its file.
        Missing, ReadOnly, DiskFull, Trouble: a file or the folder refused.
        DeskError: there is no such format.
        Cancelled: the person stopped it; nothing is left there.
    """
    steps = len(formats) + 2
    merged = merge([Given(path.name, _content(path)) for path in paths], made_on)
    progress(1, steps)
    contents = []
    for number, ending in enumerate(formats, start=2):
        if cancelled():
            raise Cancelled("The returns were not merged.", "Nothing was written.")
        contents.append((ending, write_merged(merged, ending)))
        progress(number, steps)
    written = put(folder, merged.file_stem, contents)
    progress(steps, steps)
    return MergedFiles(merged, written)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        raise files.in_words(error, path) from error
