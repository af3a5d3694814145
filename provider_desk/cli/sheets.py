"""The commands about recovery sheets: making a desk, and the ways back into one."""

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from provider_desk.cli import typed
from provider_desk.cli.commands import clock, signed_in, tell, vault
from provider_desk.model.errors import DeskError

if TYPE_CHECKING:
    from provider_desk.services.entry.new_desk import Asked, NewDesk

_DONE = 0

#: How often a group is asked again that was typed wrongly.
_AGAIN = 3


def create(given: argparse.Namespace) -> int:
    """Make a desk, once its recovery sheets were typed back."""
    from provider_desk.services.entry import half_made  # noqa: PLC0415
    from provider_desk.services.entry.new_desk import NewDesk  # noqa: PLC0415

    half_made.refuse_desk(given.data)
    _refuse_beside(given.data, given.sheets)
    plan = NewDesk.plan(
        provider=given.provider,
        provider_code=given.code,
        user=given.user,
        password=typed.password(from_lines=given.password_stdin),
        clock=clock(),
        vault=vault(given),
    )
    paths = plan.write_sheets(given.sheets)
    try:
        if given.sheets_kept:
            plan.vouched()
        else:
            _ask_back(plan, paths)
        plan.make(given.data).close()
    except (DeskError, KeyboardInterrupt) as stopped:
        raise _not_made(stopped, paths) from stopped
    tell([f"Made a new desk for {given.provider} in {given.data}.", *map(str, paths)])
    print(
        "Print both sheets, put them where they belong and delete these two files: "
        "whoever has them can open the desk.",
        file=sys.stderr,
    )
    return _DONE


def restore(given: argparse.Namespace) -> int:
    """Bring a desk back from a backup."""
    from provider_desk.services.entry import recover  # noqa: PLC0415

    said = recover.restore(
        given.backup,
        given.data,
        typed.sheet_code(from_lines=given.sheet_stdin),
        vault(given),
        clock(),
        set_aside=given.set_aside,
    )
    tell([said])
    return _DONE


def bring_secret(given: argparse.Namespace) -> int:
    """Bring the team secret back to this computer."""
    from provider_desk.services.entry import recover  # noqa: PLC0415

    place = vault(given)
    code = typed.sheet_code(from_lines=given.sheet_stdin)
    recover.bring_back_secret(given.data, code, place, clock())
    tell([f"The team secret is in {place.words}."])
    return _DONE


def new_password(given: argparse.Namespace) -> int:
    """Set a new password for a manager."""
    from provider_desk.services.entry import recover  # noqa: PLC0415

    place = vault(given)
    word = typed.password(from_lines=given.password_stdin)
    code = typed.sheet_code(from_lines=given.sheet_stdin)
    recover.new_password_by_sheet(given.data, code, given.user, word, clock(), place)
    tell(["The new password holds."])
    return _DONE


def check_sheet(given: argparse.Namespace) -> int:
    """Check the code of a recovery sheet."""
    from provider_desk.services.entry import sheet_renewal  # noqa: PLC0415

    with closing(signed_in(given)) as desk:
        code = typed.sheet_code(from_lines=given.sheet_stdin)
        which = sheet_renewal.check(desk, code)
    tell([f"This is recovery sheet {which} of this desk, and it is right."])
    return _DONE


def _refuse_beside(desk: Path, sheets: Path) -> None:
    """A sheet in the desk's folder goes wherever the folder goes."""
    if sheets.resolve().is_relative_to(desk.resolve()):
        raise DeskError(
            "The recovery sheets can't lie in the desk's own folder: whoever has both "
            "can open the desk.",
            "Nothing was changed. Name another folder with --sheets.",
        )


def _ask_back(plan: "NewDesk", paths: tuple[Path, ...]) -> None:
    """Ask for groups of both sheets until they are right.

    Raises:
        DeskError: one was wrong too often, or nobody answers.
    """
    for line in (
        "Two recovery sheets are written. Print both:",
        *(f"  {path}" for path in paths),
        "Then type what stands on the paper.",
    ):
        print(line, file=sys.stderr)
    plan.confirm({asked.name: _typed_back(plan, asked) for asked in plan.asked})


def _typed_back(plan: "NewDesk", asked: "Asked") -> str:
    for tries_left in reversed(range(_AGAIN + 1)):
        said = typed.answer(f"{asked.words[0].upper()}{asked.words[1:]}:")
        if said is None:
            raise DeskError(
                "Nobody typed the sheets back.",
                "No desk was made. Give --sheets-kept where somebody vouches that both "
                "are kept.",
            )
        if plan.is_right(asked, said):
            return said
        if tries_left:
            print(f"That is not what stands on {asked.words}.", file=sys.stderr)
    raise DeskError(
        f"What was typed is not what stands on {asked.words}.",
        "No desk was made. Print the sheets again and look at the paper.",
    )


def _not_made(stopped: BaseException, paths: tuple[Path, ...]) -> DeskError:
    """What stopped it, and what is left: the two files, which open nothing."""
    error = stopped if isinstance(stopped, DeskError) else DeskError("Stopped.")
    names = " and ".join(f"“{path}”" for path in paths)
    left = f"Nothing is left but {names}: they open nothing, so delete them."
    return DeskError(error.message, f"{error.advice} {left}".strip())
