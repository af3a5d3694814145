"""What a section of the settings looks like to the page."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid
from provider_desk.model.fields import Value
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.frame import Frame
from provider_desk.ui.own_words import own
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.words import section, soft
from provider_desk.ui.theme import px


class Section(QWidget):
    """A heading, what it is for, and its content.

    Attributes:
        TITLE: its name in the list at the left.
        ABOUT: one or two sentences below the heading.
        column: where the content goes.
    """

    TITLE = ""
    ABOUT = ""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.setAccessibleName(own(self.TITLE))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(12))
        self.column.addWidget(section(self.TITLE))
        if self.ABOUT:
            self.column.addWidget(soft(own(self.ABOUT)))

    def load(self) -> None:
        """Ask the desk for what is shown; called whenever the section is shown."""

    def start(self) -> None:
        """Put the cursor where the work begins."""

    def save(self) -> None:
        """Save the form that the cursor is in."""
        at = QApplication.focusWidget()
        for each in self.findChildren(SavedForm):
            if at is not None and each.isAncestorOf(at) and each.button.isEnabled():
                each.save()

    def shown(self, **what: Any) -> None:
        """Somebody came here for something: what ``frame.go`` was given besides."""


class SavedForm(QWidget):
    """A form that stands on the page, with its button and its problems.

    Attributes:
        form: what is asked.
        button: saves.
        banner: what went wrong, where no field can show it.
    """

    def __init__(
        self,
        frame: Frame,
        form: RecordForm,
        button: str,
        deed: Callable[[Mapping[str, Value]], Changed],
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            form: what is asked.
            button: the deed in words.
            deed: saves the values, in another thread.
        """
        super().__init__()
        self._frame = frame
        self._deed = deed
        self.form = form
        self.banner = Banner()
        self.button = primary(button, self.save)
        self.button.setToolTip(f"{button}  ({deeds.SAVE.key})")
        self.button.setAccessibleDescription(deeds.SAVE.key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        for part in (self.banner, form, self.button):
            column.addWidget(part)
        form.changed.connect(self.banner.hide)

    def save(self) -> None:
        """Save what is typed."""
        try:
            values = self.form.read()
        except NotValid:
            return
        self.button.setEnabled(False)
        self._frame.write(
            self,
            lambda: self._deed(values),
            lambda _new: self._saved(),
            self._failed,
            whole=True,
        )

    def _saved(self) -> None:
        self.button.setEnabled(True)
        self.form.set_values(self.form.values())

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if isinstance(error, NotValid):
            self.form.show_problems(error.problems)
        else:
            self.banner.show_error(error)
