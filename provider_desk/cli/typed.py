"""What somebody types to a command: on a terminal, or as lines of standard input.

Questions go to standard error, so that standard output holds answers alone.
"""

import sys

from provider_desk.model.errors import DeskError


def password(*, from_lines: bool) -> str:
    """A password, not shown while it is typed.

    Raises:
        DeskError: there is none, or its letters can't be read.
    """
    return _hidden(
        "Password: ",
        from_lines=from_lines,
        lacking=DeskError(
            "There is no password.", "Give it on standard input with --password-stdin."
        ),
    )


def sheet_code(*, from_lines: bool) -> str:
    """The code of a recovery sheet, not shown while it is typed.

    Raises:
        DeskError: there is none, or its letters can't be read.
    """
    return _hidden(
        "Code of the recovery sheet: ",
        from_lines=from_lines,
        lacking=DeskError(
            "There is no code of a recovery sheet.",
            "Give it on standard input with --sheet-stdin.",
        ),
    )


def answer(question: str) -> str | None:
    """A line that is typed to a question; None where nobody answers any more."""
    # Whoever answers from a program reads whole lines.
    print(question, end=" " if _on_terminal() else "\n", file=sys.stderr, flush=True)
    line = sys.stdin.buffer.readline() if sys.stdin is not None else b""
    return line.decode("utf-8", "replace").strip() if line else None


def _hidden(question: str, *, from_lines: bool, lacking: DeskError) -> str:
    if from_lines and sys.stdin is not None:
        return _decoded(sys.stdin.buffer.readline())
    if _on_terminal():
        import getpass  # noqa: PLC0415

        return getpass.getpass(question)
    raise lacking


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _decoded(line: bytes) -> str:
    """Words as they came in: UTF-8, whatever letters the machine is set to."""
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise DeskError(
            "The password is not written in UTF-8.",
            "Nothing was changed. Save it as UTF-8, or type it in the window.",
        ) from error
