"""A desk whose people sign in with passwords, for days that end with the lock."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from provider_desk.keys import desk_keys
from provider_desk.keys.desk_keys import FLOOR
from provider_desk.keys.vault import FileVault
from provider_desk.model.clock import Clock
from provider_desk.model.records import Contract, ContractArea, User
from provider_desk.services.desk import Desk
from provider_desk.services.rights import counsel_key
from provider_desk.store.records import get
from provider_desk.ui.ending import Locked, Why
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.preferences import Preferences
from tests.builders.casework import CONTRACT
from tests.builders.day_walk import Walk
from tests.builders.desks import planned
from tests.builders.windows import view_of

PASSWORD = "purple ladder winter spoon"
LEAD, WORKER = "Lee Invented", "Sam Invented"


class Ended:
    """An ending of the process that only remembers why."""

    def __init__(self) -> None:
        self.why: list[Why] = []

    def end(self, locked: Locked) -> None:
        """Remember it."""
        self.why.append(locked.why)


class Staffed:
    """A desk with a manager, a clinical lead and one worker, each with real keys.

    Attributes:
        office: the manager at the desk.
        lead, worker: the others, at the same store.
    """

    def __init__(self, folder: Path, clock: Clock, role: str, initials: str) -> None:
        self._secret = folder.parent / "team secret"
        plan = planned(clock, FileVault(self._secret))
        plan.vouched()
        self.office = plan.make(folder)
        contract = Contract(
            reference=CONTRACT,
            title="Support after abuse (invented)",
            starts_on=date(2016, 7, 1),
            ends_on=date(2019, 3, 31),
        )
        with self.office.store.writing("set up") as deed:
            deed.add(contract)
            for area in ("PES_AD", "THER"):
                deed.add(ContractArea(contract_id=contract.id, area=area))
        self._add(LEAD, "CLINICAL_LEAD", "CL")
        worker = self._add(WORKER, role, initials)
        self.lead = self._at(LEAD)
        sheet = next(each for each in plan.sheets if each.which == "B")
        counsel_key.take_up(self.lead, " ".join(sheet.groups))
        if role == "COUNSELLOR":
            counsel_key.give(self.lead, worker.id)
        self.worker = self._at(WORKER)

    def _add(self, name: str, role: str, initials: str) -> User:
        office, made = self.office, User(name=name, role=role, initials=initials)
        with office.store.writing("add user") as deed:
            deed.add(made)
        desk_keys.add_user(
            *(office.folder, office.keys, made.id, name, PASSWORD),
            admin=False,
            cost=FLOOR,
        )
        return made

    def _at(self, name: str) -> Desk:
        office = self.office
        vault = FileVault(self._secret)
        user_id, keys = desk_keys.unlock(office.folder, vault, name, PASSWORD)
        with office.store.reading() as rows:
            user = get(rows, User, user_id)
        return Desk(office.store, user, office.clock, keys, vault)

    def locked(self, walk: Walk) -> None:
        """Ctrl+L, wherever the keys go: the desk is gone and the process ends.

        Raises:
            AssertionError: it was not locked, or for another reason.
        """
        ended = Ended()
        walk.window._ending = ended
        walk.press("Ctrl+L")
        assert ended.why == [Why.ASKED]
        assert walk.window.view is None

    def unlocked(self, qtbot: QtBot, settings: Path) -> tuple[Walk, Desk]:
        """The worker types name and password into the window of a new process.

        Raises:
            AssertionError: they do not open the desk.
        """
        folder, clock = self.office.folder, self.office.clock
        window = MainWindow(
            folder, Preferences(settings), clock, team_secret=self._secret
        )
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.come_back(Locked(Why.ASKED))
        walk = Walk(qtbot, window)
        walk.type(WORKER, PASSWORD)
        walk.press("Return")
        assert window.view is not None, window.sign_in.problem.text()
        desk = view_of(window).frame.desk
        assert desk.user.name == WORKER
        return walk, desk


def words_at(walk: Walk) -> str:
    """What stands in the field of several lines where the keys go."""
    at = QApplication.focusWidget()
    assert isinstance(at, QPlainTextEdit), walk.heard
    return at.toPlainText()
