"""A day far from today is pointed out beside its field; nothing is in the way."""

from datetime import date
from functools import partial

from provider_desk.services.casework.session_checks import far_away
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.frame import Frame


def point_out(frame: Frame, form: RecordForm, name: str) -> None:
    """Say beside a field that its day is far from today, if it is."""
    on, box = form.values()[name], form.boxes[name]
    if isinstance(on, date) and not box.problem:
        box.show_problems(far_away(name, on, frame.desk.today()))


def watch(frame: Frame, form: RecordForm, *names: str) -> None:
    """Do so whenever something is typed."""
    for name in names:
        form.changed.connect(partial(point_out, frame, form, name))
