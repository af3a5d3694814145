"""Settings: backups, how old the last ones are, where they go, and practice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from provider_desk.model.changed import Changed
from provider_desk.model.clock import moment
from provider_desk.model.errors import Cancelled, Problem
from provider_desk.model.fields import Text
from provider_desk.services.casework.today_office import OUTSIDE_DAYS
from provider_desk.services.desk import Desk
from provider_desk.services.safety import backups
from provider_desk.services.safety.backups import Backup, Made
from provider_desk.services.saying import at, day
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.entering.folder_field import PathField
from provider_desk.ui.pages.setting.backup_panel import BackupPanel
from provider_desk.ui.pages.setting.section import Section
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import plain, primary
from provider_desk.ui.parts.words import set_state, soft, state
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.tables.columns import Column
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_WIDTH = 640
_FOLDER = Text(
    label="Folder outside this computer",
    help="A USB stick that is unplugged afterwards, or a drive of the service. Each "
    "backup is copied there too.",
)
_SAME_DISK = (
    "This folder is on the same disk as the desk: it would be lost together with it. A "
    "USB stick is safer."
)
_EMPTY = "There is no backup yet. Press “Back up now”."
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class _Found:
    """How backups stand.

    Attributes:
        own: those in the desk's folder.
        outside: those in the chosen folder.
        folder: the chosen folder; None where there is none.
        last_outside_ms: when a copy was last brought outside.
        same_disk: the chosen folder lies on the desk's disk.
    """

    own: Sequence[Backup]
    outside: Sequence[Backup]
    folder: Path | None
    last_outside_ms: int | None
    same_disk: bool


class BackupsSection(Section):
    """How they stand, in a sentence; making one; the folder; a table of them.

    Attributes:
        how: the sentence.
        button: makes a backup.
        folder: outside this computer.
        table: of backups; opening one checks it, or practises a restore.
    """

    TITLE = "Backups"
    ABOUT = (
        "A backup is made every day, encrypted, and read back before it counts. With "
        "recovery sheet A it brings the desk back on any computer."
    )

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.how = state()
        self.banner = Banner()
        self.work = WorkLine()
        self.button = primary("Back up now", self.back_up)
        self.folder = PathField(_FOLDER, "Choose a folder")
        self.use = plain("Use this folder", self.use_folder)
        self._same_disk = state(_SAME_DISK, "warn")
        self._same_disk.hide()
        self.model: RowTable[Backup] = RowTable(_columns(frame.desk))
        self.table = TableView(self.TITLE, self.model, frame.preferences, self._open)
        self._empty = soft(_EMPTY)
        self._lay_out()

    def load(self) -> None:
        """Ask how they stand."""
        self.frame.read(self, partial(_found, self.frame.desk), self._show)

    def start(self) -> None:
        """The button that makes one."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def back_up(self) -> None:
        """Make one now."""
        if not self.button.isEnabled():
            return
        self.banner.hide()
        self.button.setEnabled(False)
        desk = self.frame.desk
        task = self.frame.long(
            self,
            lambda progress, stopped: backups.back_up(desk, None, progress, stopped),
            self._made,
            self._failed,
        )
        self.work.follow(task, "Making a backup …")

    def use_folder(self) -> None:
        """Copy each backup to the folder that is named, or to none."""
        path = self.folder.path()
        desk = self.frame.desk
        self.use.setEnabled(False)
        self.frame.read(
            self,
            lambda: backups.choose_folder(desk, path),
            lambda _none: self._chosen(path),
            self._refused,
        )

    def _made(self, made: Made) -> None:
        self._over()
        if made.problem:
            self.banner.show_words(
                "The backup is on this computer, but not in the folder outside.",
                made.problem,
                "warn",
            )
        else:
            self.frame.say("Backup made and read back.")
        # The line on Today goes, where there is a copy outside now.
        self.frame.tell(Changed({"user": frozenset()}))
        self.load()

    def _failed(self, error: Exception) -> None:
        self._over()
        if isinstance(error, Cancelled):
            self.banner.show_words(error.message, error.advice, "plain")
        else:
            self.banner.show_error(error)

    def _over(self) -> None:
        self.work.end()
        self.button.setEnabled(True)
        self.start()

    def _chosen(self, path: Path | None) -> None:
        self.use.setEnabled(True)
        said = f"Backups are copied to {path} too." if path else "No folder is used."
        self.frame.say(said)
        self.load()

    def _refused(self, error: Exception) -> None:
        self.use.setEnabled(True)
        words = str(error)
        self.folder.show_problems([Problem("folder", words)])
        self.folder.start()

    def _open(self, backup: Backup) -> None:
        self.frame.open_panel(BackupPanel(self.frame, backup))

    def _show(self, found: _Found) -> None:
        words, good = standing_words(found, self.frame.desk.today())
        set_state(self.how, words, "good" if good else "warn")
        self._same_disk.setVisible(found.same_disk)
        if not self.folder.line.hasFocus():
            self.folder.line.setText(str(found.folder or ""))
        rows = [*found.own, *found.outside]
        self.model.set_rows(sorted(rows, key=lambda each: -each.made_ms))
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.button)
        row.addWidget(self.work, 1)
        row.addStretch(0)
        self.folder.setMaximumWidth(px(_WIDTH))
        self.folder.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum
        )
        self.column.addWidget(self.how)
        self.column.addWidget(self.banner)
        self.column.addLayout(row)
        self.column.addWidget(self.folder)
        self.column.addWidget(self._same_disk)
        self.column.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._empty)
        self.column.addWidget(self.table, 1)
        self.column.addStretch(0)


def standing_words(found: _Found, today: date) -> tuple[str, bool]:
    """How backups stand in a sentence, and whether that is as it should be."""
    made = [each.made_ms for each in found.own if not each.problem]
    if not made:
        return "No backup of this desk has been made on this computer.", False
    last = f"Last backup: {at(max(made))}, read back when it was made."
    if found.last_outside_ms is None:
        return f"{last} No copy has left this computer yet.", False
    on = moment(found.last_outside_ms).date()
    fresh = (today - on).days <= OUTSIDE_DAYS
    late = "" if fresh else f" That is {(today - on).days} days ago."
    return f"{last} Last copy outside this computer: {day(on)}.{late}", fresh


def _found(desk: Desk) -> _Found:
    folder = backups.chosen_folder(desk)
    return _Found(
        own=backups.listed(desk),
        outside=backups.listed(desk, folder) if folder else (),
        folder=folder,
        last_outside_ms=backups.last_outside_ms(desk),
        same_disk=folder is not None and backups.on_same_disk(desk, folder),
    )


def _columns(desk: Desk) -> list[Column[Backup]]:
    own = backups.own_folder(desk)

    def where(backup: Backup) -> str:
        inside = backup.path.parent == own
        return "this computer" if inside else str(backup.path.parent)

    return [
        Column(
            "Made",
            lambda backup: at(backup.made_ms) if backup.made_ms else "not known",
            lambda backup: backup.made_ms,
            width=205,
        ),
        Column("Where", where, width=220),
        Column(
            "Size",
            lambda backup: f"{backup.size / _MB:,.1f} MB",
            lambda backup: backup.size,
            right=True,
            width=90,
            leaves=1,
        ),
        Column(
            "State",
            lambda backup: backup.problem or "can be used",
            tone=lambda backup: "bad" if backup.problem else "",
            width=260,
        ),
    ]
