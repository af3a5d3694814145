"""What a desk sees to by itself, beside the window, once somebody has signed in.

The store is checked once a day, its pages and its structure; after a crash, when there
is no hash to compare, every row is compared with the log instead. Then today's backup
is made. Source: security design, §4.2.
"""

import json
from dataclasses import dataclass

from provider_desk.model.clock import moment
from provider_desk.model.progress import Progress, Stopped, never, silent
from provider_desk.services.desk import Desk
from provider_desk.services.safety import backups
from provider_desk.services.safety.backups import Made
from provider_desk.services.safety.freshness import CHECK_DUE
from provider_desk.store import op_log
from provider_desk.store.check import check_store, quick_check

_CHECKED, _FAULTS = "checked_ms", "checked_faults"


@dataclass(frozen=True, slots=True)
class Checked:
    """The last check of the store on this computer.

    Attributes:
        at_ms: when, milliseconds since 1970 in UTC; 0 for never.
        faults: what it found, a sentence each.
    """

    at_ms: int = 0
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen to.

    Attributes:
        checked: the last check, made now or earlier today.
        made: today's backup; None where there was one already, or none can be made
            of a store that is not sound.
    """

    checked: Checked
    made: Made | None = None

    @property
    def words(self) -> str:
        """What the person at the screen is told; "" where all is well."""
        if self.checked.faults:
            return (
                "Today's check of this desk found damage, so no backup was made. "
                f"{self.checked.faults[0]} Everything that opens can be read. Tell a "
                "manager: the newest backup from before brings the desk back whole."
            )
        if self.made is not None and self.made.problem:
            return (
                "Today's backup was made, but could not be copied to the chosen "
                f"folder. {self.made.problem}"
            )
        return ""


def see_to(desk: Desk, progress: Progress = silent, cancelled: Stopped = never) -> Seen:
    """Check the store and make today's backup, where either is due.

    Whoever is signed in; takes seconds, and others go on working.

    Raises:
        Cancelled: it was asked to stop.
        InUse, DiskFull, ReadOnly, Trouble: the disk is in the way; what was done before
            that stands.
    """

    def stop() -> bool:
        return cancelled() or desk.store.leaving.is_set()

    checked = last_check(desk)
    if _is_due(desk, checked):
        checked = check_now(desk, progress, stop)
    if checked.faults:
        return Seen(checked)
    return Seen(checked, backups.daily(desk, progress, cancelled))


def last_check(desk: Desk) -> Checked:
    """The last check of the store that was kept."""
    with desk.store.reading() as rows:
        at_ms = op_log.setting(rows, _CHECKED)
        faults = op_log.setting(rows, _FAULTS)
    return Checked(int(at_ms or 0), tuple(json.loads(faults or "[]")))


def check_now(
    desk: Desk, progress: Progress = silent, cancelled: Stopped = never
) -> Checked:
    """Check the store, after a crash all of it, and keep what was found.

    Raises:
        Cancelled: it was asked to stop; the check is still due.
    """
    # Held, so that leaving the desk waits a moment for a check as for a copy.
    with desk.store.copying:
        if _is_whole_due(desk):
            found = check_store(desk.store, progress, cancelled)
        else:
            found = quick_check(desk.store)
    checked = Checked(desk.clock.now_ms(), tuple(found))
    with desk.store.aside() as aside:
        aside.run_many(
            op_log.PUT_SETTING,
            [
                (_CHECKED, str(checked.at_ms)),
                (_FAULTS, json.dumps(found)),
                (CHECK_DUE, ""),
            ],
        )
    return checked


def _is_due(desk: Desk, checked: Checked) -> bool:
    """Not yet today, or a crash since; what was found faulty is looked at again."""
    today = desk.today()
    done = moment(checked.at_ms).date() == today and not checked.faults
    return not done or _is_whole_due(desk)


def _is_whole_due(desk: Desk) -> bool:
    with desk.store.reading() as rows:
        return op_log.setting(rows, CHECK_DUE) == "whole"
