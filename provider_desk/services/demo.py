"""A desk of invented people, to try the program out."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from provider_desk.model import files
from provider_desk.model.clock import Clock, today
from provider_desk.model.errors import NotAllowed
from provider_desk.model.months import Month
from provider_desk.services import monthly_return, sign_in
from provider_desk.services.demo_caseload import Setting, demo_records
from provider_desk.services.desk import Desk

NAME = "Demo Manager"
#: Opens nothing but invented people; it is shown on the sign-in page.
PASSWORD = "nobody here exists"  # noqa: S105
PROVIDER = "Demo service (invented)"
#: A file that only a demo desk has; without it nothing is ever removed.
_MARK = "demo.txt"


def open_demo(folder: Path, clock: Clock) -> Desk:
    """The demo desk of a folder, made first where there is none.

    Raises:
        NotAllowed: the folder holds a desk that is not a demo.
    """
    if not sign_in.desk_exists(folder):
        return _make(folder, clock)
    if not (folder / _MARK).exists():
        raise NotAllowed(
            f"“{folder}” holds a real desk, not a demo.",
            "Nothing was opened. Name another folder with --data.",
        )
    return sign_in.sign_in(folder, NAME, PASSWORD, clock)


def remove(folder: Path) -> None:
    """Remove a demo desk, and nothing else.

    Raises:
        NotAllowed: the folder holds something that is not a demo desk.
    """
    if not folder.exists():
        return
    if not (folder / _MARK).exists():
        raise NotAllowed(f"“{folder}” is not a demo desk.", "Nothing was removed.")
    shutil.rmtree(folder)


def _make(folder: Path, clock: Clock) -> Desk:
    desk = sign_in.create_desk(
        folder,
        provider=PROVIDER,
        provider_code="demo",
        user=NAME,
        password=PASSWORD,
        clock=clock,
    )
    files.write_whole(folder / _MARK, b"Everyone on this desk is invented.\n")
    setting = Setting(today=desk.today(), desk_id=desk.store.store_id)
    provider = desk.provider()
    with desk.store.writing("make a demo desk", desk.user.id) as deed:
        deed.change(
            type(provider),
            provider.id,
            {"invented": "Y", "records_begin_on": setting.begin},
        )
        deed.add_all(demo_records(setting))
    return desk


def export_demo(folder: Path, out: Path, clock: Clock) -> Iterator[str]:
    """Make the demo desk and export last month's return in every format.

    Yields:
        What was made and where, in plain words, line by line.
    """
    with closing(open_demo(folder, clock)) as desk:
        month = Month.of(today(clock)).plus(-1)
        yield f"The demo desk is in {folder}. Everyone on it is invented."
        contract = monthly_return.contract_of(desk, "", month)
        for copy, words in (
            ("internal", "exact figures, for the office only"),
            ("council", "area totals only, until small numbers can be protected"),
        ):
            made = monthly_return.export(desk, contract, month, copy, out)
            yield f"The return for {month.name}, {copy} copy ({words}):"
            yield from (f"  {path}" for path in made.paths)
        yield from _open_points(made.open_points)
    yield (
        "To look at the desk itself, run the same command on a machine with a screen; "
        f"it opens for “{NAME}”."
    )


def _open_points(points: tuple[str, ...]) -> Iterator[str]:
    if points:
        yield "Before such a return could be signed off:"
        yield from (f"  {point}" for point in points)
