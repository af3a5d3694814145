"""Settings: the program, where the desk is, and whether it is sound."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from provider_desk.model.errors import Cancelled
from provider_desk.model.records import BY_TABLE
from provider_desk.model.views import Counts
from provider_desk.services import settings
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.services.safety import desk_check
from provider_desk.services.safety.desk_check import Found
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.card import clear
from provider_desk.ui.parts.words import body, soft, state, strong
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.tasks import Task
from provider_desk.ui.theme import px

#: Counted here; the rest hangs on these.
_COUNTED = ("client", "referral", "episode", "session", "waiting_contact", "score")


class AboutSection(Section):
    """Version, folder, what it holds, and the check."""

    TITLE = "About this desk"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._task: Task | None = None
        self.banner = Banner()
        self.work = WorkLine()
        self.button = primary("Check the desk now", self.check)
        self.counted = soft()
        self.result = QVBoxLayout()
        self.result.setSpacing(px(4))
        self._lay_out()

    def load(self) -> None:
        """Count what the desk holds, for those who may open everybody."""
        desk = self.frame.desk
        whole = may(desk, Permission.SEE_ALL)
        self.button.setVisible(whole)
        self.counted.setVisible(whole)
        if not whole:
            return
        self.frame.read(self, lambda: settings.counts(desk), self._count)

    def start(self) -> None:
        """The check."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> None:
        """Look at every page of the file, every change, every rule."""
        if self._task is not None:
            return
        clear(self.result)
        self.banner.hide()
        desk = self.frame.desk
        self.button.setEnabled(False)
        self._task = self.frame.long(
            self,
            lambda progress, cancelled: desk_check.check(desk, progress, cancelled),
            self._done,
            self._failed,
        )
        self.work.follow(self._task, "Checking the desk …")

    def _done(self, found: Found) -> None:
        self._over()
        if found.faults:
            self.result.addWidget(state("The desk is not sound.", "bad"))
            for fault in found.faults:
                self.result.addWidget(body(fault))
        else:
            said = "The desk is sound: file, changes and records agree."
            self.result.addWidget(state(said, "good"))
        if found.remarks:
            self.result.addWidget(strong("To look at when there is time"))
        for remark in found.remarks:
            self.result.addWidget(body(remark))
        self.start()

    def _failed(self, error: Exception) -> None:
        self._over()
        if isinstance(error, Cancelled):
            self.banner.show_words(error.message, error.advice, "plain")
        else:
            self.banner.show_error(error)
        self.start()

    def _over(self) -> None:
        self._task = None
        self.work.end()
        self.button.setEnabled(True)

    def _count(self, counts: Counts) -> None:
        parts = [
            f"{BY_TABLE[table].LABEL}: {counts.rows.get(table, 0):,}"
            for table in _COUNTED
        ]
        self.counted.setText(f"It holds: {'; '.join(parts)}.")

    def _lay_out(self) -> None:
        folder = self.frame.desk.folder
        report = self.frame.preferences.report()
        self.column.addWidget(body(f"Provider Desk, version {version_words()}"))
        self.column.addWidget(body("The desk is kept, encrypted, in"))
        self.column.addLayout(_place(folder, "Open the folder"))
        self.column.addWidget(self.counted)
        self.column.addWidget(
            body("If something in the program goes wrong, a report is kept in")
        )
        self.column.addLayout(_place(report, "Open the report"))
        self.column.addWidget(
            soft("It says where in the program it happened, and nothing about anyone.")
        )
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.button)
        row.addWidget(self.work, 1)
        row.addStretch(0)
        self.column.addSpacing(px(8))
        self.column.addWidget(self.banner)
        self.column.addLayout(row)
        self.column.addLayout(self.result)
        self.column.addStretch(1)


def version_words() -> str:
    """The version that is installed; a checkout says so."""
    try:
        return version("provider-desk")
    except PackageNotFoundError:
        return "from a checkout"


def _place(path: Path, words: str) -> QHBoxLayout:
    label = QLabel(str(path))
    label.setProperty("role", "strong")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )

    def show() -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    row = QHBoxLayout()
    row.setSpacing(px(12))
    row.addWidget(label, 1)
    row.addWidget(plain(words, show))
    return row
