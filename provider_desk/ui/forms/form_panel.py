"""A panel that asks for something and does one deed with it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import Value
from provider_desk.ui import deeds
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening
from provider_desk.ui.parts.banner import Banner
from provider_desk.ui.parts.buttons import primary
from provider_desk.ui.parts.panel import Panel

Deed = Callable[[Mapping[str, Value]], Changed | tuple[str, Changed]]

_CHOOSE = "Choose which one."


class FormPanel(Panel):
    """A form with its deed: problems come back beside the fields.

    Attributes:
        form: what is asked.
        button: does the deed; Ctrl+Enter does the same.
    """

    def __init__(
        self,
        frame: Frame,
        title: str,
        form: RecordForm,
        button: str,
        deed: Deed,
        *,
        subject: str = "",
        draft: str = "",
        done: Callable[[str], None] | None = None,
        above: QWidget | None = None,
        which: FieldBox | None = None,
        undo: Callable[[str], Changed] | None = None,
        opening: Opening | None = None,
        whole: bool = False,
        instead: str = "",
    ) -> None:
        """Lay it out.

        Args:
            frame: the window.
            title: what is done, such as "Add a score".
            form: what is asked.
            button: words on the button: the deed, never "OK".
            deed: gets the values in another thread.
            subject: code of whom it is about.
            draft: names the same deed on the same thing.
            done: called with the new id once it is saved.
            above: what has to be read before the form.
            which: the field in ``above`` that says on which of several it is done.
            undo: takes back what got the new id.
            opening: how the same panel is opened again from a draft.
            whole: where there is no ``undo``: the deed is taken back by letting every
                record that it touched say again what it said before.
            instead: how it is put right, where it can't be undone.
        """
        super().__init__(title, subject, draft)
        self.frame = frame
        self.form = form
        self.opening = opening or Opening()
        self._deed = deed
        self._which = which
        self._done = done
        self._undo = undo
        self._whole = whole
        self._instead = instead
        self.banner = Banner()
        self.button = primary(button, self.save)
        self._stack(above)
        form.changed.connect(self.banner.hide)

    def _stack(self, above: QWidget | None) -> None:
        self.body.addWidget(self.banner)
        if above is not None:
            self.body.addWidget(above)
        self.body.addWidget(self.form)
        key = deeds.SAVE.key.replace("Return", "Enter")
        self.button.setToolTip(f"{self.button.text()}  ({key})")
        self.button.setAccessibleDescription(key)
        self.foot.addWidget(self.button, 1)

    def add_below(self, part: QWidget) -> None:
        """Put more below the form; Tab goes through it before the button."""
        self.body.addWidget(part)
        stops = [
            each
            for each in part.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        if stops:
            QWidget.setTabOrder(stops[-1], self.button)

    def start(self) -> None:
        """Put the cursor into the first field."""
        if self._which is not None and self._which.editor.value() is None:
            self._which.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        first = next(iter(self.form.boxes), "")
        self.form.go_to(first)

    def is_dirty(self) -> bool:
        """Whether something was typed."""
        return self.form.is_dirty()

    def save(self) -> None:
        """Do the deed with what is typed."""
        if not self.button.isEnabled():
            return
        try:
            values = self.form.read()
        except NotValid:
            return
        if self._which is not None and self._which.editor.value() is None:
            said = self._which.editor.problem() or _CHOOSE
            self._which.show_problems([Problem("", said)])
            self._which.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.button.setEnabled(False)
        self.saving = True
        self.frame.write(
            self,
            lambda: self._deed(values),
            self._saved,
            self._failed,
            instead=self._instead,
            whole=self._whole and self._undo is None,
        )

    def _saved(self, new_id: str) -> None:
        self.button.setEnabled(True)
        self.saving = False
        # What is saved is no draft.
        self.draft = ""
        undo = self._undo
        if undo is not None:
            self.frame.offer_undo(lambda: undo(new_id))
        self.closed.emit()
        if self._done is not None:
            self._done(new_id)

    def _failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.saving = False
        if self.isHidden():
            # Somebody went elsewhere meanwhile; what was typed is a draft now.
            self.frame.failed.emit(error)
        if isinstance(error, NotValid):
            self.form.show_problems(error.problems)
            return
        self.banner.show_error(error)
        self.button.setFocus()
