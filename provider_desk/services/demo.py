"""A desk of invented people, to try the program out."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from provider_desk.keys.desk_keys import FLOOR
from provider_desk.model import files
from provider_desk.model.clock import Clock, today
from provider_desk.model.errors import NotAllowed
from provider_desk.model.months import Month
from provider_desk.services import monthly_return, sign_in
from provider_desk.services.counselling import Sealing
from provider_desk.services.demo_caseload import Setting, demo_records
from provider_desk.services.desk import Desk
from provider_desk.services.new_desk import NewDesk
from provider_desk.services.vaults import Vault, vault_for

NAME = "Demo Manager"
#: Opens nothing but invented people; it is shown on the sign-in page.
PASSWORD = "nobody here exists"  # noqa: S105
PROVIDER = "Demo service (invented)"
#: A file that only a demo desk has; without it nothing is ever removed.
_MARK = "demo.txt"
_SECRET = "demo-team-secret"  # noqa: S105


def secret_file(folder: Path) -> Path:
    """Where a demo desk keeps its team secret: beside it.

    No real desk may do that. Here it lets the demo run on a machine without a keyring,
    and nobody real is in it.
    """
    return folder / _SECRET


def open_demo(folder: Path, clock: Clock, team_secret: Path | None = None) -> Desk:
    """The demo desk of a folder, made first where there is none.

    Args:
        folder: of the demo desk.
        clock: what tells the time.
        team_secret: a file for its team secret; ``secret_file`` where left out.

    Raises:
        NotAllowed: the folder holds a desk that is not a demo.
    """
    vault = vault_for(team_secret or secret_file(folder))
    if not sign_in.desk_exists(folder):
        return _make(folder, clock, vault)
    if not (folder / _MARK).exists():
        raise NotAllowed(
            f"“{folder}” holds a real desk, not a demo.",
            "Nothing was opened. Name another folder with --data.",
        )
    return sign_in.sign_in(folder, NAME, PASSWORD, clock, vault)


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


def _make(folder: Path, clock: Clock, vault: Vault) -> Desk:
    files.make_private_folder(folder)
    plan = NewDesk.plan(
        provider=PROVIDER,
        provider_code="demo",
        user=NAME,
        password=PASSWORD,
        clock=clock,
        vault=vault,
        # The password stands on the sign-in page: a guess need not cost more.
        cost=FLOOR,
    )
    # Nobody needs a way back to people who do not exist.
    plan.vouched()
    desk = plan.make(folder)
    files.write_whole(folder / _MARK, b"Everyone on this desk is invented.\n")
    setting = Setting(today=desk.today(), desk_id=desk.store.store_id)
    provider = desk.provider()
    with desk.store.writing("make a demo desk", desk.user.id) as deed:
        deed.change(
            type(provider),
            provider.id,
            {"invented": "Y", "records_begin_on": setting.begin},
        )
        records = list(demo_records(setting))
        sealing = Sealing(desk, deed, records)
        deed.add_all(map(sealing.record, records))
    return desk


def export_demo(
    folder: Path, out: Path, clock: Clock, team_secret: Path | None = None
) -> Iterator[str]:
    """Make the demo desk and export last month's return in every format.

    Yields:
        What was made and where, in plain words, line by line.
    """
    with closing(open_demo(folder, clock, team_secret)) as desk:
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
