"""What the command line understands."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from provider_desk.cli import commands, sheets
from provider_desk.model.errors import DeskError

if TYPE_CHECKING:
    from provider_desk.model.months import Month

#: Exit statuses; argparse itself ends with 2 on wrong usage.
DONE, REFUSED = 0, 1

#: argparse has no public name for it.
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001
_Run: TypeAlias = Callable[[argparse.Namespace], int]

_NO_SHEETS = (
    "--sheets DIR is needed: recovery sheets A and B are written there as PDF, to be "
    "printed. Without a sheet and without passwords the data would be gone."
)


def parser() -> argparse.ArgumentParser:
    """The whole of it; ``run`` of what was parsed is what to do."""
    whole = argparse.ArgumentParser(
        prog="provider-desk",
        description="Records, waiting list and the month's return, kept offline.",
    )
    whole.add_argument("--data", type=_path, default=None, help="folder of the desk")
    _add_secret(whole)
    _add_locked(whole)
    whole.set_defaults(run=commands.window)
    named = whole.add_subparsers(title="commands", metavar="COMMAND")
    _add_demo(named)
    _add_create(named)
    _add_import(named)
    _add_return(named)
    _add_merge(named)
    _command(named, "check", "check that the desk is sound", commands.check)
    _add_backup(named)
    _add_sheets(named)
    return whole


def _add_demo(named: _Commands) -> None:
    demo = named.add_parser("demo", help="open a desk of invented people")
    demo.add_argument(
        "--data", type=_path, default=None, help="folder of the demo desk"
    )
    _add_secret(demo)
    _add_locked(demo)
    demo.add_argument(
        "--fresh", action="store_true", help="put a newly made demo desk in its place"
    )
    demo.add_argument(
        "--export",
        type=_path,
        metavar="DIR",
        help="no window: export last month's return to this folder",
    )
    demo.add_argument(
        "--as",
        dest="name",
        default="",
        metavar="NAME",
        help="who opens it, such as “Demo Counsellor” (default: the manager)",
    )
    demo.set_defaults(run=commands.demo)


def _add_locked(parsed: argparse.ArgumentParser) -> None:
    """How the program tells the one that follows it why the desk was locked."""
    parsed.add_argument("--locked", default="", help=argparse.SUPPRESS)


def _add_create(named: _Commands) -> None:
    create = _command(named, "create", "make a new desk", sheets.create, older=False)
    create.add_argument("--provider", required=True, help="name of the service")
    create.add_argument("--code", default="", help="short name for file names")
    create.add_argument(
        "--sheets",
        type=_path,
        metavar="DIR",
        help="where recovery sheets A and B go, as PDF",
    )
    create.add_argument(
        "--sheets-kept",
        action="store_true",
        help="nothing is typed back: you vouch that both sheets are kept",
    )

    def run(given: argparse.Namespace) -> int:
        if given.sheets is None:
            create.error(_NO_SHEETS)
        return sheets.create(given)

    create.set_defaults(run=run)


def _add_import(named: _Commands) -> None:
    bring = _command(named, "import", "bring in spreadsheets", commands.bring_in)
    bring.add_argument(
        "--layout",
        required=True,
        help="layout file, or the name of one that ships: rothacs, grow",
    )
    bring.add_argument(
        "--set-aside",
        type=_path,
        metavar="DIR",
        help="where the workbook of rows set aside goes (default: beside PATH)",
    )
    bring.add_argument("paths", nargs="+", type=_path, metavar="PATH")


def _add_return(named: _Commands) -> None:
    made = _command(named, "return", "export a month's return", commands.monthly)
    made.add_argument(
        "--month",
        required=True,
        type=_months,
        action="extend",
        help="such as 2017-09, or 2017-04..2017-09; may be given again",
    )
    made.add_argument(
        "--copy",
        required=True,
        choices=("internal", "council", "public"),
        help="internal: exact, stays in the office; council: issued with this if it "
        "was not yet, its figures never change again; public: of what was issued",
    )
    made.add_argument("--out", required=True, type=_path, metavar="DIR")
    made.add_argument(
        "--workbook",
        type=_path,
        metavar="TEMPLATE",
        help="the council's own workbook (.xlsx); a filled copy goes to DIR as well",
    )
    made.add_argument(
        "--mapping",
        type=_path,
        metavar="FILE",
        help="which of its cells takes which figure (.csv, .toml)",
    )
    made.add_argument(
        "--contract", default="", help="reference, where there are several contracts"
    )


def _add_merge(named: _Commands) -> None:
    """No desk and nobody who signs in: the files that were sent are enough."""
    merged = named.add_parser(
        "merge", help="put several providers' council returns together"
    )
    merged.add_argument("--out", required=True, type=_path, metavar="DIR")
    merged.add_argument(
        "paths", nargs="+", type=_path, metavar="FILE", help="return_…json of each"
    )
    merged.set_defaults(run=commands.merge)


def _add_backup(named: _Commands) -> None:
    backup = _command(named, "backup", "make a backup", commands.backup)
    backup.add_argument(
        "--out", required=True, type=_path, metavar="DIR", help="where it goes"
    )
    restore = _by_sheet(
        named, "restore", "bring a desk back from a backup", sheets.restore
    )
    restore.add_argument(
        "--from",
        dest="backup",
        required=True,
        type=_path,
        metavar="FILE",
        help="the backup",
    )
    restore.add_argument(
        "--set-aside",
        action="store_true",
        help="move a desk that is there to a folder beside it",
    )


def _add_sheets(named: _Commands) -> None:
    checked = _command(
        named, "check-sheet", "check the code of a recovery sheet", sheets.check_sheet
    )
    _add_sheet_option(checked)
    _by_sheet(
        named,
        "bring-secret",
        "bring the team secret back to this computer",
        sheets.bring_secret,
    )
    fresh = _by_sheet(
        named, "new-password", "set a new password for a manager", sheets.new_password
    )
    fresh.add_argument("--user", required=True, help="the manager's name")
    _add_password_option(fresh)


def _command(
    named: _Commands, name: str, words: str, run: _Run, *, older: bool = True
) -> argparse.ArgumentParser:
    """A command for which somebody signs in."""
    made = _bare(named, name, words, run)
    made.add_argument(
        "--user",
        required=name == "create",
        default="",
        help="who signs in (needed where several people share a desk)",
    )
    _add_password_option(made)
    if older:
        made.add_argument(
            "--accept-older",
            default="",
            metavar="WHY",
            help="a manager goes on with a desk that is older than it was here",
        )
    return made


def _by_sheet(
    named: _Commands, name: str, words: str, run: _Run
) -> argparse.ArgumentParser:
    """A command that recovery sheet A opens."""
    made = _bare(named, name, f"{words}, with recovery sheet A", run)
    _add_sheet_option(made)
    return made


def _bare(
    named: _Commands, name: str, words: str, run: _Run
) -> argparse.ArgumentParser:
    made = named.add_parser(name, help=words, description=words)
    made.add_argument("--data", required=True, type=_path, help="folder of the desk")
    _add_secret(made)
    made.set_defaults(run=run)
    return made


def _add_secret(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--team-secret",
        type=_path,
        default=None,
        metavar="FILE",
        help="a private file (0600) that holds the team secret, where the system has "
        "no keyring",
    )


def _add_password_option(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from a line of standard input",
    )


def _add_sheet_option(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--sheet-stdin",
        action="store_true",
        help="read the sheet's code from a line of standard input, after the password",
    )


def _months(text: str) -> "list[Month]":
    """A month, or all from one to another: "2017-04..2017-09", both in."""
    from provider_desk.model.months import Month  # noqa: PLC0415

    first, dots, last = text.partition("..")
    try:
        months = [Month.parse(first)]
        end = Month.parse(last) if dots else months[0]
    except DeskError as refused:
        raise argparse.ArgumentTypeError(str(refused)) from refused
    if end < months[0]:
        raise argparse.ArgumentTypeError(f"{last} lies before {first}")
    while months[-1] < end:
        months.append(months[-1].plus(1))
    return months


def _path(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("name a folder or file")
    return Path(text)
