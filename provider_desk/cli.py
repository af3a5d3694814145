"""The command line, for schedules and tests; without a command the window opens.

Exit status: 0 done, 1 refused with the reason on standard error, 2 wrong usage.
What a command needs is imported when it runs, so that the window starts quickly.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from provider_desk.model.errors import DeskError

if TYPE_CHECKING:
    from provider_desk.model.clock import Clock
    from provider_desk.model.months import Month
    from provider_desk.services.desk import Desk

#: Exit statuses; argparse itself ends with 2 on wrong usage.
DONE, REFUSED = 0, 1

#: argparse has no public name for it.
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


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
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except DeskError as refused:
        print(f"provider-desk: {refused}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("provider-desk: stopped; nothing was changed.", file=sys.stderr)
        return REFUSED


def default_folder() -> Path:
    """Where a desk is kept on this machine unless another folder is named.

    The user's own profile, never a documents folder: those are often copied to a
    cloud, and a live database copied by a cloud client is soon a damaged one.
    """
    if sys.platform == "win32":
        base = Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path.home() / ".local" / "share"
    return base / "provider-desk"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="provider-desk",
        description="Records, waiting list and the month's return, kept offline.",
    )
    parser.add_argument("--data", type=_folder, default=None, help="folder of the desk")
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    _add_demo(commands)
    create = _command(commands, "create", "make a new desk", _create)
    create.add_argument("--provider", required=True, help="name of the service")
    create.add_argument("--code", default="", help="short name for file names")
    create.set_defaults(user_needed=True)

    bring = _command(commands, "import", "bring in spreadsheets", _import)
    bring.add_argument(
        "--layout",
        required=True,
        help="layout file, or the name of one that ships: rothacs, grow",
    )
    bring.add_argument(
        "--set-aside",
        type=_folder,
        metavar="DIR",
        help="where the workbook of rows set aside goes (default: beside PATH)",
    )
    bring.add_argument("paths", nargs="+", type=_folder, metavar="PATH")

    made = _command(commands, "return", "export a month's return", _return)
    made.add_argument("--month", required=True, type=_month, help="such as 2017-09")
    made.add_argument("--copy", required=True, choices=("internal", "council"))
    made.add_argument("--out", required=True, type=_folder, metavar="DIR")
    made.add_argument(
        "--contract", default="", help="reference, where there are several contracts"
    )

    _command(commands, "check", "check that the desk is sound", _check)
    return parser


def _add_demo(commands: _Commands) -> None:
    demo = commands.add_parser("demo", help="open a desk of invented people")
    demo.add_argument(
        "--data", type=_folder, default=None, help="folder of the demo desk"
    )
    demo.add_argument(
        "--fresh", action="store_true", help="put a newly made demo desk in its place"
    )
    demo.add_argument(
        "--export",
        type=_folder,
        metavar="DIR",
        help="no window: export last month's return to this folder",
    )
    demo.set_defaults(run=_demo)


def _command(
    commands: _Commands,
    name: str,
    words: str,
    run: object,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=words)
    parser.add_argument(
        "--data", required=True, type=_folder, help="folder of the desk"
    )
    parser.add_argument(
        "--user",
        required=name == "create",
        default="",
        help="who signs in (needed where several people share a desk)",
    )
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from the first line of standard input",
    )
    parser.set_defaults(run=run)
    return parser


def _month(text: str) -> "Month":
    from provider_desk.model.months import Month  # noqa: PLC0415

    try:
        return Month.parse(text)
    except DeskError as refused:
        raise argparse.ArgumentTypeError(str(refused)) from refused


def _password(given: argparse.Namespace) -> str:
    if given.password_stdin:
        return _read_password(sys.stdin.buffer.readline())
    if sys.stdin is not None and sys.stdin.isatty():
        import getpass  # noqa: PLC0415

        return getpass.getpass("Password: ")
    raise DeskError(
        "There is no password.", "Give it on standard input with --password-stdin."
    )


def _read_password(line: bytes) -> str:
    """A password as it came in: UTF-8, whatever letters the machine is set to."""
    try:
        return line.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise DeskError(
            "The password is not written in UTF-8.",
            "Nothing was changed. Save it as UTF-8, or type it in the window.",
        ) from error


def _tell(lines: Iterable[str]) -> None:
    """Say what was done; who stopped listening does not undo it."""
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except OSError:
        # Python would try once more when it ends, and fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _folder(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("name a folder")
    return Path(text)


def _clock() -> "Clock":
    from provider_desk.model.clock import SystemClock  # noqa: PLC0415

    return SystemClock()


def _signed_in(given: argparse.Namespace) -> "Desk":
    from provider_desk.services import sign_in  # noqa: PLC0415

    return sign_in.sign_in(given.data, given.user, _password(given), _clock())


def _window(given: argparse.Namespace) -> int:
    from provider_desk.ui import app  # noqa: PLC0415

    return app.run(given.data or default_folder())


def _demo(given: argparse.Namespace) -> int:
    from provider_desk.services import demo  # noqa: PLC0415

    folder = given.data or default_folder() / "demo"
    if given.fresh:
        demo.remove(folder)
    if given.export is not None:
        _tell(demo.export_demo(folder, given.export, _clock()))
        return DONE
    demo.open_demo(folder, _clock()).close()
    from provider_desk.ui import app  # noqa: PLC0415

    return app.run(folder, sign_in_as=(demo.NAME, demo.PASSWORD))


def _create(given: argparse.Namespace) -> int:
    from provider_desk.services import sign_in  # noqa: PLC0415

    desk = sign_in.create_desk(
        given.data,
        provider=given.provider,
        provider_code=given.code,
        user=given.user,
        password=_password(given),
        clock=_clock(),
    )
    desk.close()
    _tell([f"Made a new desk for {given.provider} in {given.data}."])
    return DONE


def _import(given: argparse.Namespace) -> int:
    from provider_desk.services import bring_in  # noqa: PLC0415

    layout = bring_in.layout_path(given.layout)
    with closing(_signed_in(given)) as desk:
        brought = bring_in.bring_in(
            desk, layout, given.paths, set_aside_folder=given.set_aside
        )
    _tell(brought.lines())
    return DONE


def _return(given: argparse.Namespace) -> int:
    from provider_desk.services import monthly_return  # noqa: PLC0415

    with closing(_signed_in(given)) as desk:
        contract = monthly_return.contract_of(desk, given.contract, given.month)
        exported = monthly_return.export(
            desk, contract, given.month, given.copy, given.out
        )
    _tell(map(str, exported.paths))
    for line in exported.open_points:
        print(f"Before sign-off: {line}", file=sys.stderr)
    return DONE


def _check(given: argparse.Namespace) -> int:
    from provider_desk.services import desk_check  # noqa: PLC0415

    with closing(_signed_in(given)) as desk:
        found = desk_check.check(desk)
    for line in found.faults:
        print(f"provider-desk: {line}", file=sys.stderr)
    _tell(found.remarks)
    if found.faults:
        return REFUSED
    _tell(["The desk is sound."])
    return DONE
