"""When a desk was last gone on with from an older copy: what came after it is lacking.

A backup was brought back, or a manager accepted a store that is older than this
computer remembers. Returns that went to the council in between are in no ledger then.
"""

from datetime import date

from provider_desk.model.clock import moment
from provider_desk.model.rows import Rows
from provider_desk.services.desk import Desk
from provider_desk.store import op_log

#: Setting of this copy: milliseconds since 1970 in UTC.
_SINCE = "older_since_ms"


def begin(desk: Desk) -> None:
    """Remember that a desk is gone on with from an older copy, from now on."""
    with desk.store.aside() as aside:
        aside.run(op_log.PUT_SETTING, (_SINCE, str(desk.clock.now_ms())))


def since(rows: Rows) -> date | None:
    """The day on which that was last; None where it never was."""
    held = op_log.setting(rows, _SINCE)
    return moment(int(held)).date() if held else None
