"""One editor for each kind of field; what it may hold comes from the declaration."""

from collections.abc import Callable
from datetime import date
from functools import singledispatch

from provider_desk.model.choices import choices
from provider_desk.model.fields import (
    Count,
    Day,
    Kind,
    OneOf,
    Text,
    TimeOfDay,
    YesNo,
)
from provider_desk.ui.forms.choice_editors import ChoiceEditor, YesNoEditor
from provider_desk.ui.forms.line_editors import (
    CountEditor,
    DayEditor,
    Editor,
    LineEditor,
    TextBox,
    TimeEditor,
)
from provider_desk.ui.own_words import own

#: Letters from which a line of text wants the whole width.
_LONG = 60


@singledispatch
def editor_for(kind: Kind, today: Callable[[], date]) -> Editor:  # noqa: ARG001
    """The editor for a kind of field.

    Args:
        kind: the declaration.
        today: tells the civil date, to read dates by.

    Raises:
        TypeError: nobody types a field of this kind; a reference wants options.
    """
    raise TypeError(f"no editor for {type(kind).__name__}")


@editor_for.register
def _(kind: Text, _today: Callable[[], date]) -> Editor:
    if kind.lines > 1:
        return TextBox(kind.lines)
    # Never cut at the longest: what is too long is said beside it, and all of it kept.
    editor = LineEditor()
    editor.short = kind.longest <= _LONG
    return editor


@editor_for.register
def _(kind: Day, today: Callable[[], date]) -> Editor:
    return DayEditor(kind, today)


@editor_for.register
def _(_kind: TimeOfDay, _today: Callable[[], date]) -> Editor:
    return TimeEditor()


@editor_for.register
def _(kind: Count, _today: Callable[[], date]) -> Editor:
    return CountEditor(kind)


@editor_for.register
def _(kind: OneOf, _today: Callable[[], date]) -> Editor:
    listed = choices(kind.choices)
    offered = [(c.code, own(c.label)) for c in listed.values if c.by_hand]
    return ChoiceEditor(offered, listed.also())


@editor_for.register
def _(kind: YesNo, _today: Callable[[], date]) -> Editor:
    return YesNoEditor(kind)
