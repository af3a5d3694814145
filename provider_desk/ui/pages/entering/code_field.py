"""The field that a recovery sheet's code is typed into.

It forgives typing: capitals, blanks and hyphens do not matter, and groups are set
apart by themselves. Where the service can tell which group is mistyped, that group is
selected, so that typing replaces it.
"""

import re

from PySide6.QtCore import Qt

from provider_desk.model.errors import Problem
from provider_desk.model.fields import Text
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.line_editors import LineEditor

_GROUP = 4
_LONGEST = 80
_BETWEEN = re.compile(r"[\s\-–—.,]+")  # noqa: RUF001 - dashes as they are pasted
_SAID = re.compile(r"\bgroup (\d)\b")
_HELP = (
    "Eight groups of four, and two more characters. Capitals and blanks do not matter."
)


class CodeField(FieldBox):
    """A line for the code of sheet A or B.

    Attributes:
        line: where one types.
    """

    def __init__(self, sheet: str = "") -> None:
        """Lay it out.

        Args:
            sheet: "A" or "B"; "" for either.
        """
        editor = LineEditor(_LONGEST)
        editor.secret = True
        kind = Text(label=f"Code of recovery sheet {sheet}".strip(), help=_HELP)
        super().__init__(kind, editor, optional=False)
        self.line = editor.line
        self.line.setProperty("role", "code")
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.line.textEdited.connect(self._set_apart)
        editor.changed.connect(self.forget_problem)

    def code(self) -> str:
        """What is typed."""
        return self.line.text().strip()

    def clear(self) -> None:
        """Forget what is typed."""
        self.line.clear()

    def start(self) -> None:
        """Put the cursor here."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, problems: tuple[Problem, ...]) -> None:
        """Show what is mistyped, with the group selected that is meant."""
        self.show_problems(problems)
        self.start()
        said = next((_SAID.search(p.text) for p in problems if p.text), None)
        if said is not None:
            self._select(int(said.group(1)) - 1)
        else:
            self.line.end(False)

    def _select(self, group: int) -> None:
        start = group * (_GROUP + 1)
        if start < len(self.line.text()):
            self.line.setSelection(start, _GROUP)

    def _set_apart(self, text: str) -> None:
        """Write what is typed in groups; the cursor stays behind the same letter."""
        before = len(_BETWEEN.sub("", text[: self.line.cursorPosition()]))
        letters = _BETWEEN.sub("", text).upper()
        parts = [letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)]
        written = " ".join(parts)
        if written != text:
            self.line.setText(written)
            self.line.setCursorPosition(before + max(before - 1, 0) // _GROUP)
