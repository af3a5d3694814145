"""Slots of workers: what was set for whom from when, and another line of it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import WorkerSlots
from provider_desk.services.casework.booking import slots
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.diarying import far_days
from provider_desk.ui.parts.words import soft
from provider_desk.ui.tables.columns import Column, declared
from provider_desk.ui.tables.rows import RowTable
from provider_desk.ui.tables.view import TableView
from provider_desk.ui.theme import px

_HIGH = 240


class SlotsPanel(FormPanel):
    """A table of what was set, and a form for what holds from a day on.

    Attributes:
        table: newest first.
    """

    def __init__(self, frame: Frame, worker: str = "") -> None:
        form = RecordForm(
            WorkerSlots,
            [("worker", "from_on"), "weekly_slots", "assessments"],
            frame.desk.today,
        )
        form.set_values({"worker": worker, "from_on": frame.desk.today()})
        far_days.watch(frame, form, "from_on")
        self.model: RowTable[WorkerSlots] = RowTable(_columns())
        super().__init__(
            frame,
            deeds.SET_SLOTS.words,
            form,
            "Set slots",
            self._set,
            above=_words(),
            undo=partial(slots.take_back_slots, frame.desk),
        )
        self.table = TableView("Slots that were set", self.model, frame.preferences)
        self.table.setFixedHeight(px(_HIGH))
        self.body.addWidget(self.table)
        frame.read(self, partial(slots.worker_slots, frame.desk), self.model.set_rows)

    def start(self) -> None:
        """Into the number, where it is known whose."""
        known = bool(self.form.values()["worker"])
        self.form.go_to("weekly_slots" if known else "worker")

    def _set(self, values: Mapping[str, Value]) -> tuple[str, Changed]:
        return slots.set_slots(self.frame.desk, values)


def _words() -> QWidget:
    return soft(
        "A worker's slots hold from their day until the next line. What the contract "
        "pays for is set apart from it, under Settings."
    )


def _columns() -> list[Column[WorkerSlots]]:
    """Headings are short beside a form; the fields above say them in full."""
    weekly: Column[WorkerSlots] = declared(
        WorkerSlots, "weekly_slots", lambda each: each.weekly_slots, 90
    )
    assessments: Column[WorkerSlots] = declared(
        WorkerSlots, "assessments", lambda each: each.assessments, 90, leaves=1
    )
    return [
        declared(WorkerSlots, "worker", lambda each: each.worker, 80),
        declared(WorkerSlots, "from_on", lambda each: each.from_on, 130),
        replace(weekly, header="Sessions", told=weekly.header),
        replace(assessments, header="Assessments", told=assessments.header),
    ]
