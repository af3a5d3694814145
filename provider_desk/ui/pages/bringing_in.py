"""Bringing spreadsheets in: files, a look at what would happen, then all or nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from provider_desk.model.errors import Cancelled
from provider_desk.services import bring_in
from provider_desk.services.bring_in import BroughtIn, LayoutChoice, Look
from provider_desk.ui.frame import Frame
from provider_desk.ui.page import Page
from provider_desk.ui.pages.bringing import preview
from provider_desk.ui.pages.bringing.files_view import FilesView
from provider_desk.ui.pages.bringing.look_view import LookView
from provider_desk.ui.pages.bringing.questions_view import QuestionsView
from provider_desk.ui.pages.bringing.result_view import ResultView
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.scroll import scrolling
from provider_desk.ui.parts.steps import Steps
from provider_desk.ui.parts.work_line import WorkLine
from provider_desk.ui.tasks import Task

_STEPS = ("Files", "Look", "Bring in")
_FILES, _LOOK, _RESULT = range(3)


class BringingInPage(Page):
    """Three steps; nothing on the desk changes before the third."""

    TITLE = "Bring in"
    HELP = "bring_in"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._task: Task | None = None
        self._answers: dict[tuple[str, str], Any] = {}
        self.steps = Steps(_STEPS)
        self.steps.chosen.connect(self.go_to_step)
        self.banner = Banner()
        self.work = WorkLine()
        self.files = FilesView()
        self.files.asked.connect(self.look_at_files)
        self.files.changed.connect(self._forget)
        self.files.help_wanted.connect(lambda: frame.go("help", page="layouts"))
        self.questions = QuestionsView()
        self.questions.answered.connect(self._take_answers)
        self.look = LookView(frame)
        self.look.wanted.connect(self.bring_in)
        self.result = ResultView()
        self.result.again.connect(self._begin_again)
        self._views = QStackedWidget()
        self._shown: list[QWidget] = [
            self.files,
            self.questions,
            self.look,
            self.result,
        ]
        for view in self._shown:
            self._views.addWidget(scrolling(view))
        for part in (self.steps, self.banner, self.work):
            self.body.addWidget(part)
        self.body.addWidget(self._views, 1)
        self._allow(_FILES)

    def opened(self, **what: Any) -> None:
        """Go on where one was; ``paths`` puts files on the list."""
        paths = what.get("paths", ())
        if paths:
            self.files.add([Path(each) for each in paths])
        self.frame.read(self, bring_in.layouts, self._offer)
        if self._view() is self.files:
            self.files.start()

    def go_to_step(self, number: int) -> None:
        """Go back to a step that was reached."""
        views = (self.files, self.look, self.result)
        view = views[number]
        self._show_view(view)
        self.steps.go_to(number)
        view.start()

    def look_at_files(self) -> None:
        """Read the files without changing anything."""
        layout, paths = self.files.layout_path(), list(self.files.paths)
        if layout is None or not paths or self._task is not None:
            return
        desk, answers = self.frame.desk, dict(self._answers)
        self._begin(
            self.frame.long(
                self,
                lambda progress, cancelled: bring_in.look(
                    desk,
                    layout,
                    paths,
                    answers=answers,
                    progress=progress,
                    cancelled=cancelled,
                ),
                self._looked,
                self._failed,
            ),
            "Reading the files …",
        )

    def bring_in(self) -> None:
        """Bring everything good in, in one go."""
        layout, paths = self.files.layout_path(), list(self.files.paths)
        if layout is None or self._task is not None:
            return
        desk, answers = self.frame.desk, dict(self._answers)
        self._begin(
            self.frame.long(
                self,
                lambda progress, cancelled: bring_in.bring_in(
                    desk,
                    layout,
                    paths,
                    answers=answers,
                    progress=progress,
                    cancelled=cancelled,
                ),
                self._brought_in,
                self._failed,
            ),
            "Bringing in …",
        )

    def _view(self) -> QWidget:
        return self._shown[self._views.currentIndex()]

    def _show_view(self, view: QWidget) -> None:
        self._views.setCurrentIndex(self._shown.index(view))

    def _begin(self, task: Task, words: str) -> None:
        self._task = task
        self.banner.hide()
        self._views.setEnabled(False)
        self.steps.setEnabled(False)
        self.work.follow(task, words)

    def _over(self) -> None:
        self._task = None
        self.work.end()
        self._views.setEnabled(True)
        self.steps.setEnabled(True)

    def _looked(self, look: Look) -> None:
        self._over()
        if look.questions:
            self.steps.set_left(_LOOK, "a question first")
            self._allow(_FILES)
            self.questions.ask(preview.questions_of(look))
            self._show_view(self.questions)
            return
        self.look.show_look(look)
        aside = len(look.batch.set_aside)
        self.steps.set_left(_LOOK, f"{aside:,} set aside" if aside else "all good")
        self._allow(_LOOK)
        self.go_to_step(_LOOK)

    def _brought_in(self, made: BroughtIn) -> None:
        self._over()
        self.result.show_result(made)
        self.steps.set_left(_RESULT, "✓ done")
        self._allow(_RESULT)
        self.steps.allow(_LOOK, allowed=False)
        self.go_to_step(_RESULT)
        self.frame.tell(made.changed)

    def _failed(self, error: Exception) -> None:
        self._over()
        if isinstance(error, Cancelled):
            self.banner.show_words(error.message, error.advice, "plain")
        else:
            self.banner.show_error(error)
        view = self._view()
        if view is self.files:
            self.files.start()
        elif view is self.look:
            self.look.start()

    def _take_answers(self) -> None:
        self._answers.update(self.questions.answers())
        self.look_at_files()

    def _forget(self) -> None:
        """Other files: what was looked at before no longer holds."""
        self._answers = {}
        for number in (_LOOK, _RESULT):
            self.steps.set_left(number, "")
        count = len(self.files.paths)
        words = "1 file" if count == 1 else f"{count} files"
        self.steps.set_left(_FILES, words if count else "none chosen")
        self._allow(_FILES)

    def _begin_again(self) -> None:
        self.files.paths.clear()
        self.files.add([])
        self.go_to_step(_FILES)

    def _allow(self, last: int) -> None:
        for number in range(len(_STEPS)):
            self.steps.allow(number, allowed=number <= last)

    def _offer(self, layouts: Sequence[LayoutChoice]) -> None:
        self.files.offer(layouts)
        self.files.add([])
