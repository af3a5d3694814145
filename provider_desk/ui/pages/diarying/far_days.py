"""A day far from today is pointed out beside its field as it is typed.

How far that is stands in ``model.far_days``, with the days that every form points out
once the cursor leaves them.
"""

from datetime import date
from functools import partial

from provider_desk.model.errors import Problem
from provider_desk.model.far_days import far_session
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.frame import Frame


def point_out(frame: Frame, form: RecordForm, name: str) -> None:
    """Say beside a field that its day is far from today, if it is."""
    on, box = form.values()[name], form.boxes[name]
    said = far_session(on, frame.desk.today()) if isinstance(on, date) else ""
    if said and not box.problem:
        box.show_problems([Problem(name, said, "warn")])


def watch(frame: Frame, form: RecordForm, *names: str) -> None:
    """Do so whenever something is typed."""
    for name in names:
        form.changed.connect(partial(point_out, frame, form, name))
