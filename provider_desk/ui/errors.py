"""What is shown when something goes wrong; the only message boxes.

``NotValid`` is shown beside its fields by forms. Any other ``DeskError`` becomes words
and advice in the banner. Anything else is a fault of the program: it is written to
the report file with types and places in the code only, never with values.
"""

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from provider_desk.model.errors import DeskError

_FAULT = "Something in the program went wrong. What you saved before is safe."
_FAULT_ADVICE = (
    "Try it once more. If it happens again, close and open the program, and send the "
    "report that Settings shows; it holds nothing about anyone."
)


def words_for(error: object) -> tuple[str, str]:
    """What to say about an error: message and advice."""
    if isinstance(error, DeskError):
        return error.message, error.advice
    return _FAULT, _FAULT_ADVICE


def report_on(error: BaseException) -> str:
    """Type of an error and where it was raised; no message and no values."""
    lines = [f"{type(error).__module__}.{type(error).__name__}"]
    lines += [
        f"  {Path(entry.filename).name}:{entry.lineno} {entry.name}"
        for entry in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join(lines)


def watch(report: Path, show: Callable[[str, str], None]) -> None:
    """Catch what nobody caught: write a report and say so calmly.

    Args:
        report: file that the newest reports are added to.
        show: shows message and advice.
    """

    def hook(
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        note(report, error)
        show(*words_for(error))

    sys.excepthook = hook


def note(report: Path, error: BaseException) -> None:
    """Add an error to the report file; a disk that is full is not complained about."""
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        with report.open("a", encoding="utf-8") as file:
            file.write(report_on(error) + "\n")
    except OSError:
        sys.stderr.write(report_on(error) + "\n")
