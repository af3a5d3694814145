"""Gains in daily life: a list to tick, for a day."""

from collections.abc import Mapping

from provider_desk.model.changed import Changed
from provider_desk.model.errors import NotValid, Problem
from provider_desk.model.fields import OneOf, Text, Value, field_map
from provider_desk.model.records import FunctionalGain
from provider_desk.model.views import Event, PersonPage
from provider_desk.services.casework.measuring import gains
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.field_box import FieldBox
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.forms.ticks import Ticks
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening
from provider_desk.ui.pages.measuring.measure_panel import referral_options
from provider_desk.ui.parts.words import soft

_WHICH = Text(label="For which work")
_WHAT = "What got better since the start, as the person sees it."
_BEFORE = "Seen before: {gains}. Tick again what is seen again."


class GainsPanel(FormPanel):
    """What got better, ticked.

    Attributes:
        what: the field with the boxes.
        which: for which referral, where there are several.
    """

    def __init__(self, frame: Frame, page: PersonPage) -> None:
        form = RecordForm(FunctionalGain, ["seen_on"], frame.desk.today)
        super().__init__(
            frame,
            deeds.GAINS.words,
            form,
            "Save gains",
            self._run,
            subject=page.client.code,
            draft=f"{deeds.GAINS.words}:{page.client.id}",
            opening=deed_opening(deeds.GAINS, page.client.id),
            undo=lambda ids: gains.take_back_gains(frame.desk, ids, UNDONE),
        )
        form.set_values({"seen_on": frame.desk.today()})
        kind = field_map(FunctionalGain)["gain"].kind
        assert isinstance(kind, OneOf)  # noqa: S101 - the declaration says so
        self._ticks = Ticks(kind)
        self.what = FieldBox(kind, self._ticks, optional=False)
        self.what.advise(_WHAT)
        self._ticks.changed.connect(self.what.forget_problem)
        options = referral_options(page)
        self._only = options[0][0]
        self.which: FieldBox | None = None
        if len(options) > 1:
            editor = ChoiceEditor(options)
            self.which = FieldBox(_WHICH, editor, optional=False)
            editor.set_value(self._only)
            self.body.insertWidget(1, self.which)
        before = gains_before(page.events)
        if before:
            words = _BEFORE.format(gains=", ".join(before))
            self.body.addWidget(frame.veil.over(soft(words)))
        self.add_below(self.what)

    def start(self) -> None:
        """Begin with the first box."""
        self._ticks.setFocus()

    def is_dirty(self) -> bool:
        """Whether a box is ticked."""
        return bool(self._ticks.value()) or super().is_dirty()

    def save(self) -> None:
        """Save what is ticked for the referral that is chosen."""
        chosen = self.which.editor.value() if self.which is not None else None
        self._on = str(chosen or self._only), self._ticks.codes()
        super().save()

    def _run(self, values: Mapping[str, Value]) -> tuple[str, Changed]:
        referral_id, codes = self._on
        return gains.tick_gains(self.frame.desk, referral_id, values, codes=codes)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, NotValid):
            mine: list[Problem] = [p for p in error.problems if p.field == "gain"]
            self.what.show_problems(mine)
        super()._failed(error)


def gains_before(events: tuple[Event, ...]) -> list[str]:
    """The words of the gains that stand in a time line, each once."""
    words = [
        event.detail.partition(" · ")[0]
        for event in events
        if event.table == FunctionalGain.TABLE
    ]
    return sorted(set(words))
