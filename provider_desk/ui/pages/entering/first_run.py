"""The first run: four steps on one card, and only then is there a desk."""

from PySide6.QtCore import QCoreApplication, Signal

from provider_desk.model.errors import NotValid
from provider_desk.services.entry import new_desk
from provider_desk.services.entry.new_desk import NewDesk
from provider_desk.ui.pages.entering.card import EntryCard
from provider_desk.ui.pages.entering.door import Door
from provider_desk.ui.pages.entering.made_step import MadeStep
from provider_desk.ui.pages.entering.password_step import PasswordStep
from provider_desk.ui.pages.entering.service_step import ServiceStep
from provider_desk.ui.pages.entering.sheets_step import SheetsStep
from provider_desk.ui.pages.entering.step import Step
from provider_desk.ui.pages.entering.step_line import StepLine
from provider_desk.ui.pages.entering.type_back_step import TypeBackStep
from provider_desk.ui.parts.words import Tone

_OTHER_SHEETS = "The name or the password changed, so the sheets are other ones now."
_OLD_GONE = (
    "The two files that were saved before opened nothing and were deleted. If they "
    "were printed, throw the paper away."
)


class FirstRun(EntryCard):
    """Asks step by step; going back loses nothing.

    Attributes:
        made: carries the new ``Desk``, with its first user signed in.
        backup_wanted: there is a backup to be brought back instead.
        steps: in their order.
    """

    made = Signal(object)
    backup_wanted = Signal()

    def __init__(self, door: Door) -> None:
        super().__init__("Set up this desk", "", "Go on")
        self._door = door
        self._plan: NewDesk | None = None
        self._planned: tuple[str, ...] = ()
        self.service = ServiceStep(door)
        self.password = PasswordStep()
        self.sheets = SheetsStep(door, lambda: self._plan)
        self.type_back = TypeBackStep(door, lambda: self._plan)
        self.done = MadeStep(door, lambda: self.sheets.written)
        self.steps: tuple[Step, ...] = (
            self.service,
            self.password,
            self.sheets,
            self.type_back,
            self.done,
        )
        self._now = 0
        self._line = StepLine(tuple(step.NAME for step in self.steps))
        self.column.addWidget(self._line)
        for step in self.steps:
            self._add(step)
        self.service.backup_wanted.connect(self.backup_wanted.emit)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._close_desk)
        self._show(0)

    @property
    def step(self) -> Step:
        """What is asked now."""
        return self.steps[self._now]

    def start(self) -> None:
        """Put the cursor into the step that is shown."""
        self.step.start()

    def go_on(self) -> None:
        """Ask the step whether everything is there."""
        self.banner.hide()
        self.step.go_on()

    def leave(self) -> None:
        """Back a step; everything that was typed is still there."""
        if self._now:
            self.banner.hide()
            self._show(self._now - 1)

    def unfinished(self) -> str:
        """What stays behind if the program is closed now, "" where nothing does."""
        if self.sheets.written and self.type_back.made is None:
            return (
                "The new desk is not made yet. Nothing stays behind but the two files "
                f"in {self.sheets.written[0].parent}. They open nothing: delete them."
            )
        return ""

    def _add(self, step: Step) -> None:
        self.column.addWidget(step)
        step.hide()
        step.answered.connect(self._answered)
        step.said.connect(self._say)
        step.raised.connect(self.show_error)
        step.busy.connect(self.set_busy)
        step.deed_changed.connect(self.set_deed)

    def _answered(self) -> None:
        if self.step is self.done:
            self._open()
        elif self.step is self.password:
            self._make_plan()
        else:
            self._show(self._now + 1)

    def _show(self, number: int) -> None:
        self._now = number
        for at, step in enumerate(self.steps):
            step.setVisible(at == number)
        self._line.show_step(number)
        self.set_busy()
        self.set_deed(self.step.DEED)
        # A desk that is made is not unmade by going back.
        self.back.setVisible(0 < number < len(self.steps) - 1)
        typed = self.service.values()
        self.password.use_names(typed["provider"], typed["user"])
        self.step.start()

    def _make_plan(self) -> None:
        """Make the keys in memory, unless those for the same answers are there."""
        typed = self.service.values()
        wanted = (typed["provider"], typed["user"], self.password.password())
        if self._plan is not None and wanted == self._planned:
            self._show(self._now + 1)
            return
        door, old = self._door, self.sheets.written

        def work() -> NewDesk:
            made = NewDesk.plan(
                provider=wanted[0],
                user=wanted[1],
                password=wanted[2],
                clock=door.clock,
                vault=door.vault(),
            )
            new_desk.delete_sheets(old)
            return made

        def planned(plan: NewDesk) -> None:
            self._plan, self._planned = plan, wanted
            self.sheets.forget()
            self._show(self._now + 1)
            if old:
                self._say(_OTHER_SHEETS, _OLD_GONE, "warn")

        self.set_busy("Making the keys …")
        door.tasks.read(self, work, planned, self._not_planned)

    def _not_planned(self, error: Exception) -> None:
        self.set_busy()
        if not isinstance(error, NotValid):
            self.show_error(error)
            return
        fields = {problem.field for problem in error.problems}
        if fields & {"provider", "user"}:
            self._show(0)
        self.step.show_problems(list(error.problems))
        if not fields & set(self.step.boxes):
            self.banner.show_error(error)

    def _say(self, message: str, advice: str, tone: Tone) -> None:
        self.banner.show_words(message, advice, tone)

    def _open(self) -> None:
        desk, self.type_back.made = self.type_back.made, None
        if desk is not None:
            self.made.emit(desk)

    def _close_desk(self) -> None:
        """The program ends on the last card: the desk is there and is closed."""
        desk, self.type_back.made = self.type_back.made, None
        if desk is not None:
            desk.close()
