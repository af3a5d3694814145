"""A desk of invented people and colleagues, to try the program out.

It is made whole or not at all: a program that is ended meanwhile leaves what
``half_made`` tells from a desk, and the next ``open_demo`` clears away.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from provider_desk.keys import roster
from provider_desk.keys.desk_keys import FLOOR
from provider_desk.model import files
from provider_desk.model.clock import Clock, today
from provider_desk.model.errors import DeskError, Missing, NotAllowed, WrongPassword
from provider_desk.model.months import Month
from provider_desk.model.records import Contract, User
from provider_desk.services import monthly_return
from provider_desk.services.demo.demo_booking import booking_records
from provider_desk.services.demo.demo_care import care_records
from provider_desk.services.demo.demo_caseload import Setting, demo_records
from provider_desk.services.demo.demo_course import with_course
from provider_desk.services.demo.demo_notes import write_notes
from provider_desk.services.demo.demo_office import office_records
from provider_desk.services.demo.demo_planning import planning_records
from provider_desk.services.demo.demo_referrals import with_referrals
from provider_desk.services.demo.demo_returns import issue_year
from provider_desk.services.demo.demo_staff import (
    COLLEAGUES,
    COUNSELLOR,
    let_in,
    signed_in,
)
from provider_desk.services.demo.demo_waiting import with_waiting
from provider_desk.services.desk import Desk
from provider_desk.services.entry import sign_in
from provider_desk.services.entry.new_desk import NewDesk
from provider_desk.services.entry.vaults import Vault, vault_for
from provider_desk.services.notes.counselling import Sealing
from provider_desk.store.lock import Lock
from provider_desk.store.records import find

#: Who opens it unless somebody else is named.
NAME = "Demo Manager"
#: Everybody who signs in to it.
NAMES = (NAME, *(each.name for each in COLLEAGUES))
#: Opens nothing but invented people; it is shown on the sign-in page.
PASSWORD = "nobody here exists"  # noqa: S105
PROVIDER = "Demo service (invented)"
#: A file that only a demo desk has, with the desk's id; without it nothing is removed.
_MARK = "demo.txt"
_INVENTED = "Everyone on this desk is invented.\n"
_FRESH = "Put a new one in its place: the same command with --fresh."
_SECRET = "demo-team-secret"  # noqa: S105


def hint() -> str:
    """Who can sign in to a demo desk, and how; for its sign-in page."""
    others = ", ".join(f"“{name}”" for name in NAMES[:-1])
    return (
        f"On the demo desk you sign in as {others} or “{NAMES[-1]}”; for each of them "
        f"the password is “{PASSWORD}”."
    )


def named(typed: str) -> str:
    """The name of somebody on a demo desk, as it is written.

    Raises:
        DeskError: nobody there is called so.
    """
    plain = " ".join(typed.split()).casefold()
    for name in NAMES:
        if name.casefold() == plain:
            return name
    raise DeskError(
        f"Nobody on the demo desk is called “{typed}”.",
        f"Nothing was opened. There are: {', '.join(NAMES)}.",
    )


def secret_file(folder: Path) -> Path:
    """Where a demo desk keeps its team secret: beside it.

    No real desk may do that. Here it lets the demo run on a machine without a keyring,
    and nobody real is in it.
    """
    return folder / _SECRET


def open_demo(
    folder: Path, clock: Clock, team_secret: Path | None = None, name: str = NAME
) -> Desk:
    """The demo desk of a folder, made first where there is none.

    Args:
        folder: of the demo desk.
        clock: what tells the time.
        team_secret: a file for its team secret; ``secret_file`` where left out.
        name: who signs in; one of ``NAMES``.

    Raises:
        NotAllowed: the folder holds a desk that is not a demo.
        DeskError: nobody there is called so, or has the demo's password.
    """
    name = named(name)
    vault = vault_for(team_secret or secret_file(folder))
    make_sure(folder, clock, team_secret)
    try:
        return sign_in.sign_in(folder, name, PASSWORD, clock, vault)
    except WrongPassword as error:
        raise DeskError(
            f"“{name}” does not open this demo desk with the demo's password.",
            f"Nothing was changed. Somebody has given another one. {_FRESH}",
        ) from error


def make_ready(
    folder: Path, clock: Clock, team_secret: Path | None = None
) -> Iterator[str]:
    """Make sure of a demo desk, and issue this year's returns on it if it can be done.

    Yields:
        What is done, in plain words, line by line.

    Raises:
        As ``make_sure``.
    """
    make_sure(folder, clock, team_secret)
    # Whoever changed its password, or has it open, does without.
    with (
        suppress(DeskError),
        closing(open_demo(folder, clock, team_secret)) as desk,
    ):
        yield from _issued(desk)


def _issued(desk: Desk) -> Iterator[str]:
    for month in issue_year(desk):
        yield f"Council return for {month.name} issued."


def make_sure(folder: Path, clock: Clock, team_secret: Path | None = None) -> None:
    """See that a folder holds a demo desk, made now where it holds none.

    Raises:
        NotAllowed: it holds a desk that is not a demo.
        DeskError: an earlier version made the demo, without colleagues.
        NoKeyring, InUse, ReadOnly, DiskFull, Trouble: it can't be made; there is none.
    """
    if not sign_in.desk_exists(folder):
        _make(folder, clock, vault_for(team_secret or secret_file(folder))).close()
        return
    if _is_older(folder):
        raise DeskError(
            f"An earlier version of this program made the demo desk in “{folder}”.",
            f"Nothing was opened, and nobody real is on it. {_FRESH}",
        )
    if not _is_demo(folder):
        raise NotAllowed(
            f"“{folder}” holds a real desk, not a demo.",
            "Nothing was opened. Name another folder with --data.",
        )


def remove(folder: Path) -> None:
    """Remove a demo desk, and nothing else.

    Raises:
        NotAllowed: the folder holds something that is not a demo desk.
        InUse: it is open.
        ReadOnly, Trouble: it can't be removed.
    """
    if not folder.exists():
        return
    if not _is_demo(folder) and not _is_older(folder):
        raise NotAllowed(f"“{folder}” is not a demo desk.", "Nothing was removed.")
    Lock(folder).release()
    # Out of the way in one step, so that no half of it is ever taken for a desk.
    aside = folder.with_name(f"{folder.name}.removed-{secrets.token_hex(4)}")
    try:
        folder.rename(aside)
    except OSError as error:
        raise files.in_words(error, folder) from error
    shutil.rmtree(aside)


def _is_demo(folder: Path) -> bool:
    """Whether the mark is there and is about what lies beside it."""
    try:
        said = (folder / _MARK).read_text(encoding="utf-8").split()
        return roster.read(folder).store in said
    except Missing:
        return not sign_in.desk_exists(folder)
    except (OSError, ValueError, DeskError):
        return False


def _is_older(folder: Path) -> bool:
    """Whether the mark is that of earlier versions, which named no desk."""
    try:
        return (folder / _MARK).read_text(encoding="utf-8") == _INVENTED
    except (OSError, ValueError):
        return False


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
    sheet_b = " ".join(next(s.groups for s in plan.sheets if s.which == "B"))

    def fill(desk: Desk) -> None:
        mark = f"{_INVENTED}{desk.store.store_id}\n"
        files.write_whole(folder / _MARK, mark.encode())
        let_in(desk, vault, PASSWORD, sheet_b)
        _add_people(desk)
        write_notes(signed_in(desk, vault, COUNSELLOR, PASSWORD))

    return plan.make(folder, fill)


def _add_people(desk: Desk) -> None:
    setting = Setting(today=desk.today(), desk_id=desk.store.store_id)
    provider = desk.provider()
    with desk.store.writing("make a demo desk", desk.user.id) as deed:
        deed.change(
            type(provider),
            provider.id,
            {"invented": "Y", "records_begin_on": setting.begin},
        )
        planned = planning_records(setting.seed, setting.today, setting.desk_id)
        seed, on, of = setting.seed, setting.today, setting.desk_id
        people = with_waiting(demo_records(setting), seed, on, of)
        records = [*people, *planned]
        records = with_course(seed, on, of, records)
        records = with_referrals(seed, on, of, records)
        records += care_records(seed, on, of, records)
        records += booking_records(seed, on, of, records)
        contract = next(each for each in records if isinstance(each, Contract))
        records += office_records(on, of, contract.id, find(deed, User))
        sealing = Sealing(desk, deed, records)
        deed.add_all(map(sealing.record, records))


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
        yield from _issued(desk)
        contract = monthly_return.contract_of(desk, "", month)
        for copy, words in (
            ("internal", "exact figures, for the office only"),
            ("council", "every figure rounded to a multiple of five, as issued"),
        ):
            made = monthly_return.export(desk, contract, month, copy, out)
            yield f"The return for {month.name}, {copy} copy ({words}):"
            yield from (f"  {path}" for path in made.paths)
        yield from _open_points(made.open_points)
    yield (
        "To look at the desk itself, run the same command on a machine with a screen; "
        f"it opens for “{NAME}”, with --as for one of the others."
    )


def _open_points(points: tuple[str, ...]) -> Iterator[str]:
    if points:
        yield "Before such a return could be signed off:"
        yield from (f"  {point}" for point in points)
