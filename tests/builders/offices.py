"""An office with real keys: one person of each role, the clinical lead holding sheet B.

Nobody in it exists. All share one open store, each with the keys that their own
password opens.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from provider_desk.keys import desk_keys
from provider_desk.keys.vault import SessionVault
from provider_desk.model.clock import Clock
from provider_desk.model.records import Contract, ContractArea, User
from provider_desk.services.desk import Desk
from provider_desk.services.rights import counsel_key, users
from provider_desk.store.records import find
from tests.builders.casework import CONTRACT
from tests.builders.desks import MANAGER, PASSWORD, planned

#: Role → the name and password of who has it. Each needs a password of their own.
STAFF = {
    "CLINICAL_LEAD": ("Lee Invented", "marble canoe silent orchard"),
    "COUNSELLOR": ("Cora Invented", "velvet ladder sunday anchor"),
    "STUDENT": ("Stu Invented", "copper meadow quiet lantern"),
    "CASEWORKER": ("Cass Invented", "willow button river teapot"),
    "ADMINISTRATOR": ("Adi Invented", "silver garden pencil window"),
    "TRUSTEE": ("Tru Invented", "yellow harbour thunder cup"),
}


@dataclass(slots=True, repr=False)
class Office:
    """The desk of an office.

    Attributes:
        manager: the first manager, signed in.
        vault: holds the team secret.
    """

    manager: Desk
    vault: SessionVault
    _open: dict[str, Desk] = field(default_factory=dict)

    def signed_in(self, role: str) -> Desk:
        """Whoever has a role, at the same store with their own keys."""
        if role == "MANAGER":
            return self.manager
        if role not in self._open:
            self._open[role] = self.unlocked(*STAFF[role])
        return self._open[role]

    def unlocked(self, name: str, password: str) -> Desk:
        """Whoever a name and password open the desk for."""
        manager = self.manager
        user_id, keys = desk_keys.unlock(manager.folder, self.vault, name, password)
        with manager.store.reading() as rows:
            user = find(rows, User, id=user_id)[0]
        return Desk(manager.store, user, manager.clock, keys, self.vault)


def made_office(folder: Path, clock: Clock) -> Office:
    """Everybody added; the lead has taken the key up and given it to who writes."""
    vault = SessionVault()
    plan = planned(clock, vault, user=MANAGER, password=PASSWORD)
    plan.vouched()
    manager = plan.make(folder)
    contract = Contract(
        reference=CONTRACT, title="Support (invented)", starts_on=date(2016, 7, 1)
    )
    with manager.store.writing("set up") as deed:
        deed.add(contract)
        for area in ("PES_AD", "THER"):
            deed.add(ContractArea(contract_id=contract.id, area=area))
    for role, (name, password) in STAFF.items():
        ends_on = date(2018, 12, 31) if role == "STUDENT" else None
        users.add_user(manager, name, role, password, ends_on=ends_on)
    office = Office(manager, vault)
    lead = office.signed_in("CLINICAL_LEAD")
    (sheet_b,) = [sheet for sheet in plan.sheets if sheet.which == "B"]
    counsel_key.take_up(lead, " ".join(sheet_b.groups))
    for role in ("COUNSELLOR", "STUDENT"):
        counsel_key.give(lead, office.unlocked(*STAFF[role]).user.id)
    return office
