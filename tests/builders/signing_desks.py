"""Desks whose return of September 2017 is issued and can be signed; nobody exists.

Issuing takes its time, so each kind of desk is made once and copied.
"""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from provider_desk.model.clock import FixedClock
from provider_desk.model.months import Month
from provider_desk.model.records import Referral, User
from provider_desk.services import monthly_return, settings
from provider_desk.services.casework import sessions
from provider_desk.services.desk import Desk
from provider_desk.services.returning.standing import Standing, standing
from provider_desk.store.records import find
from provider_desk.store.store import Store
from tests.builders.issued_desks import (
    DAY,
    SEPTEMBER,
    contract_id,
    other_user,
    service_desk,
)
from tests.builders.keys import made_keys

__all__ = [
    "AUGUST",
    "SEPTEMBER",
    "issued_desk",
    "mark_sessions",
    "reader",
    "ready_desk",
    "stand",
]

AUGUST = Month(2017, 8)


def issued_desk(
    folder: Path,
    *months: Month,
    second_reader: bool = False,
    areas: tuple[str, ...] = ("THER",),
) -> Desk:
    """A desk where every blocking check holds and these months are issued.

    Args:
        folder: where it is made.
        months: in order; September alone where none is given.
        second_reader: whether the service wants each return read by a second person.
        areas: of the contract.
    """
    desk = _copy(folder, months or (SEPTEMBER,), areas)
    if second_reader:
        settings.change_provider(desk, {"second_reader": "Y"})
    return desk


def ready_desk(folder: Path) -> Desk:
    """The same, with nothing issued and one session without an outcome."""
    return _copy(folder, (), ("THER",))


def _copy(folder: Path, months: tuple[Month, ...], areas: tuple[str, ...]) -> Desk:
    """A desk like the one that was made once."""
    template, user_id, key = _made(months, areas)
    shutil.copytree(template, folder)
    clock = FixedClock.on(DAY)
    store = Store.open(folder, key, clock)
    with store.reading() as rows:
        user = find(rows, User, id=user_id)[0]
    keys = made_keys(store.store_id, store.device, user.id, user.role, key=key)
    return Desk(store, user, clock, keys)


@cache
def _made(months: tuple[Month, ...], areas: tuple[str, ...]) -> tuple[Path, str, bytes]:
    """Folder, manager's id and key of a desk that is never opened again."""
    folder = Path(mkdtemp(prefix="signing-")) / "desk"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    desk = service_desk(folder, areas=areas)
    _take_out_others(desk, areas)
    for month in months:
        mark_sessions(desk, month)
        monthly_return.issue(desk, contract_id(desk), month)
    desk.close()
    return folder, desk.user.id, desk.keys.key


def _take_out_others(desk: Desk, areas: tuple[str, ...]) -> None:
    """Leave only what belongs to an area of the contract."""
    with desk.store.writing("one contract", desk.user.id) as deed:
        for referral in find(deed, Referral):
            if referral.area not in areas:
                deed.retire(Referral, referral.id, "another contract's")


def mark_sessions(desk: Desk, month: Month = SEPTEMBER) -> None:
    """Say of every session of a month without an outcome that nobody came."""
    for check in stand(desk, month).failed:
        if check.code == "outcome-missing":
            for session_id in check.rows:
                sessions.record_attendance(desk, session_id, "DNA")


def stand(desk: Desk, month: Month = SEPTEMBER) -> Standing:
    """Where a month's return stands."""
    return standing(desk, contract_id(desk), month)


def reader(desk: Desk, role: str = "CLINICAL_LEAD") -> Desk:
    """Somebody else at the same desk."""
    return other_user(desk, role)
