"""Keys of a desk: made with it, opened with name and password, given and taken away.

::

    password, team secret ─ Argon2id, HKDF ─► slot: a person's private keys
    private keys ─ HPKE ─► grants: keys of core, admin, counsel:TEAM, by epoch
    key of core ─ HKDF ─► local.key: the store's key on this PC

This is the door to the package: what others call is named here, and lives in a module
of its own subject. Source: security design, §2.
"""

from provider_desk.keys.accounts import (
    add_user,
    disable_user,
    reset_password,
    set_admin,
)
from provider_desk.keys.by_sheet import SheetKeys, by_sheet_a
from provider_desk.keys.calibration import calibrated
from provider_desk.keys.compartments import (
    ADMIN,
    ALL_COUNSEL,
    CORE,
    COUNSEL,
    FIRST_TEAM,
)
from provider_desk.keys.grants import (
    add_team,
    follow_role,
    grant,
    members_of,
    revoke_grant,
    take_up,
    teams,
)
from provider_desk.keys.held import DeskKeys
from provider_desk.keys.new_keys import NewKeys, exist, plan
from provider_desk.keys.own_password import (
    NewPassword,
    change_password,
    new_password,
)
from provider_desk.keys.rotation import (
    begin_rekey,
    due,
    end_rekey,
    rekey_due,
    rotate_due,
)
from provider_desk.keys.sheets import (
    check_sheet,
    is_first,
    new_code,
    renew_sheet,
)
from provider_desk.keys.slots import FLOOR, Cost
from provider_desk.keys.unlocking import unlock

__all__ = [
    "ADMIN",
    "ALL_COUNSEL",
    "CORE",
    "COUNSEL",
    "FIRST_TEAM",
    "FLOOR",
    "Cost",
    "DeskKeys",
    "NewKeys",
    "NewPassword",
    "SheetKeys",
    "add_team",
    "add_user",
    "begin_rekey",
    "by_sheet_a",
    "calibrated",
    "change_password",
    "check_sheet",
    "disable_user",
    "due",
    "end_rekey",
    "exist",
    "follow_role",
    "grant",
    "is_first",
    "members_of",
    "new_code",
    "new_password",
    "plan",
    "rekey_due",
    "renew_sheet",
    "reset_password",
    "revoke_grant",
    "rotate_due",
    "set_admin",
    "take_up",
    "teams",
    "unlock",
]
