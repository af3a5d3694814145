"""The command line, for schedules and tests; without a command the window opens.

Exit status: 0 done, 1 refused with the reason on standard error, 2 wrong usage.
What a command needs is imported when it runs, so that the window starts quickly. No
password and no code is ever an argument: arguments can be seen by others.
"""

import io
import sys
from collections.abc import Sequence

from provider_desk.cli.options import DONE, REFUSED, parser
from provider_desk.model.errors import DeskError

__all__ = ["DONE", "REFUSED", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: words after the program's name; the process's own by default.

    Returns:
        The exit status.
    """
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal's letters lack is no reason to fail.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    given = parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except DeskError as refused:
        print(f"provider-desk: {refused}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("provider-desk: stopped; nothing was changed.", file=sys.stderr)
        return REFUSED
