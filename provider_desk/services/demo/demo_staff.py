"""The invented colleagues of a demo desk: one for each role, and their keys."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from provider_desk.keys import desk_keys
from provider_desk.keys.desk_keys import FLOOR
from provider_desk.keys.vault import Vault
from provider_desk.model.records import User
from provider_desk.services.desk import Desk
from provider_desk.services.rights import counsel_key
from provider_desk.services.rights.permissions import Permission, permissions_of
from provider_desk.store.records import find


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who signs in to a demo desk.

    Attributes:
        name: to sign in with.
        role: what they may do.
        initials: as the invented caseload names its workers, where they have one.
        days: how long the account runs on; 0 for no end.
    """

    name: str
    role: str
    initials: str
    days: int = 0

    def ends_on(self, today: date) -> date | None:
        """The account's last day."""
        return today + timedelta(days=self.days) if self.days else None


LEAD, COUNSELLOR = "Demo Lead", "Demo Counsellor"
#: Beside the manager.
COLLEAGUES = (
    Colleague(LEAD, "CLINICAL_LEAD", "AK"),
    Colleague(COUNSELLOR, "COUNSELLOR", "LB"),
    Colleague("Demo Caseworker", "CASEWORKER", "MO"),
    Colleague("Demo Administrator", "ADMINISTRATOR", "DA"),
    Colleague("Demo Student", "STUDENT", "DW", days=180),
    Colleague("Demo Trustee", "TRUSTEE", "DT"),
)


def let_in(desk: Desk, vault: Vault, password: str, sheet_b: str) -> None:
    """Let all of them sign in, and give the counselling key as a service would.

    Args:
        desk: open, for the manager who has just made it.
        vault: where its team secret is kept.
        password: of everybody.
        sheet_b: code of recovery sheet B.
    """
    folder, made = desk.folder, []
    with desk.store.writing("add users of a demo desk", by=desk.user.id) as deed:
        for each in COLLEAGUES:
            values = {"name": each.name, "role": each.role, "initials": each.initials}
            user = replace(User.made(values), ends_on=each.ends_on(desk.today()))
            deed.add(user)
            made.append(user)
    for user in made:
        desk_keys.add_user(
            *(folder, desk.keys, user.id, user.name, password), admin=False, cost=FLOOR
        )
    lead = signed_in(desk, vault, LEAD, password)
    counsel_key.take_up(lead, sheet_b)
    for user in made:
        if user.name != LEAD and Permission.WRITE_SEALED in permissions_of(user.role):
            counsel_key.give(lead, user.id)
    # What the manager seals from now on is sealed under the newest key.
    desk.keys.current(folder)


def signed_in(desk: Desk, vault: Vault, name: str, password: str) -> Desk:
    """The same open desk, in somebody else's hands."""
    user_id, keys = desk_keys.unlock(desk.folder, vault, name, password)
    with desk.store.reading() as rows:
        user = next(each for each in find(rows, User) if each.id == user_id)
    return Desk(desk.store, user, desk.clock, keys)
