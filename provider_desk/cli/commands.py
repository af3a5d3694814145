"""The commands for which somebody signs in, the window and the demo."""

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from provider_desk.cli import typed

if TYPE_CHECKING:
    from provider_desk.model.clock import Clock
    from provider_desk.model.months import Month
    from provider_desk.services.desk import Desk
    from provider_desk.services.entry.vaults import Vault

_DONE, _REFUSED = 0, 1


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


def window(given: argparse.Namespace) -> int:
    """Open the window on a desk."""
    from provider_desk.ui import app  # noqa: PLC0415

    return app.run(
        given.data or default_folder(),
        team_secret=given.team_secret,
        locked=given.locked,
    )


def demo(given: argparse.Namespace) -> int:
    """Open, or only export, a desk of invented people."""
    from provider_desk.services.demo import demo_desk as made  # noqa: PLC0415

    folder = given.data or default_folder() / "demo"
    name = made.named(given.name or made.NAME)
    if given.fresh:
        made.remove(folder)
    secret = given.team_secret or made.secret_file(folder)
    if given.export is not None:
        tell(made.export_demo(folder, given.export, clock(), secret))
        return _DONE
    if not given.locked:
        tell(made.make_ready(folder, clock(), secret))
    from provider_desk.ui import app  # noqa: PLC0415

    return app.run(
        folder,
        sign_in_as=None if given.locked else (name, made.PASSWORD),
        team_secret=secret,
        again=["demo", "--data", str(folder), "--team-secret", str(secret)],
        locked=given.locked,
        hint=made.hint(),
    )


def bring_in(given: argparse.Namespace) -> int:
    """Bring in spreadsheets."""
    from provider_desk.services import bring_in as bringing  # noqa: PLC0415

    layout = bringing.layout_path(given.layout)
    with closing(signed_in(given)) as desk:
        brought = bringing.bring_in(
            desk, layout, given.paths, set_aside_folder=given.set_aside
        )
    tell(brought.lines())
    return _DONE


def monthly(given: argparse.Namespace) -> int:
    """Export the returns of some months, oldest first; a council's copy is issued."""
    from provider_desk.services import monthly_return  # noqa: PLC0415

    with closing(signed_in(given)) as desk:
        for month in sorted(set(given.month)):
            contract = monthly_return.contract_of(desk, given.contract, month)
            if given.workbook is not None:
                _check_workbook(given, desk, contract, month)
            exported = monthly_return.export(
                desk, contract, month, given.copy, given.out
            )
            tell(map(str, exported.paths))
            for line in exported.open_points:
                print(f"{month}, before sign-off: {line}", file=sys.stderr)
            if given.workbook is not None:
                tell([str(_workbook(given, desk, contract, month))])
    return _DONE


def _check_workbook(
    given: argparse.Namespace, desk: "Desk", contract: str, month: "Month"
) -> None:
    """Stop before anything is issued where the workbook could not be filled in."""
    from provider_desk.model.errors import DeskError  # noqa: PLC0415
    from provider_desk.services.returning import workbook  # noqa: PLC0415

    if given.copy != "council":
        raise DeskError(
            "The council's workbook is filled in from the council's copy.",
            "Nothing was written. Say --copy council with --workbook.",
        )
    found = workbook.check_council_workbook(
        desk, contract, month, given.workbook, given.mapping
    )
    if found:
        raise DeskError(
            f"The workbook can't be filled in. {' '.join(found)}",
            "Nothing was issued or written. Put the template or the mapping right.",
        )


def _workbook(
    given: argparse.Namespace, desk: "Desk", contract: str, month: "Month"
) -> Path:
    """Fill in the council's own workbook."""
    from provider_desk.services.returning import workbook  # noqa: PLC0415

    template: Path = given.workbook
    out = given.out / f"{template.stem}_{month}{template.suffix}"
    filled = workbook.fill_council_workbook(
        desk, contract, month, template, out, given.mapping
    )
    return filled.path


def merge(given: argparse.Namespace) -> int:
    """Put several providers' council returns together."""
    from provider_desk.model.clock import today  # noqa: PLC0415
    from provider_desk.services.returning import merging  # noqa: PLC0415

    made = merging.merge_files(given.paths, given.out, today(clock()))
    tell(map(str, made.paths))
    return _DONE


def check(given: argparse.Namespace) -> int:
    """Check that the desk is sound."""
    from provider_desk.services.safety import desk_check  # noqa: PLC0415

    with closing(signed_in(given)) as desk:
        found = desk_check.check(desk)
    for line in found.faults:
        print(f"provider-desk: {line}", file=sys.stderr)
    tell(found.remarks)
    if found.faults:
        return _REFUSED
    tell(["The desk is sound."])
    return _DONE


def backup(given: argparse.Namespace) -> int:
    """Make a backup, verified by opening it again."""
    from provider_desk.services.safety import backups  # noqa: PLC0415

    with closing(signed_in(given)) as desk:
        made = backups.back_up(desk, given.out)
    tell([str(made.path)])
    return _DONE


def signed_in(given: argparse.Namespace) -> "Desk":
    """The desk that a command is about, open."""
    from provider_desk.services.entry import sign_in  # noqa: PLC0415

    place = vault(given)
    word = typed.password(from_lines=given.password_stdin)
    return sign_in.sign_in(
        given.data, given.user, word, clock(), place, accept_older=given.accept_older
    )


def vault(given: argparse.Namespace) -> "Vault":
    """Where the team secret is kept: the file that was named, or the keyring."""
    from provider_desk.services.entry import vaults  # noqa: PLC0415

    return vaults.vault_for(given.team_secret)


def clock() -> "Clock":
    """The machine's."""
    from provider_desk.model.clock import SystemClock  # noqa: PLC0415

    return SystemClock()


def tell(lines: Iterable[str]) -> None:
    """Say what was done; who stopped listening does not undo it."""
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except OSError:
        # Python would try once more when it ends, and fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
