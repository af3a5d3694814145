"""A survey that came in without a name: contract, area, day and answers, no person."""

from collections.abc import Callable, Mapping
from functools import partial

from provider_desk.model.records import Contract, SurveyAnswer
from provider_desk.services import settings
from provider_desk.services.casework import surveys
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening

#: The fields of a survey's answers, in the order in which they are asked.
ANSWERS: tuple[Row, ...] = (
    "answered_on",
    "occasion",
    "health",
    "coping",
    "decisions",
    "self_esteem",
    "safety",
    "words",
)


def ask(frame: Frame) -> None:
    """Open the panel."""
    desk = frame.desk
    frame.read(frame, partial(settings.contracts, desk), partial(_open, frame))


def _open(frame: Frame, contracts: list[Contract]) -> None:
    desk = frame.desk
    options = [(c.id, f"{c.reference} {c.title}") for c in contracts]
    form = RecordForm(
        SurveyAnswer,
        ["contract_id", "area", *ANSWERS],
        desk.today,
        options={"contract_id": options},
    )
    only = options[0][0] if len(options) == 1 else None
    form.set_values({"contract_id": only, "answered_on": desk.today()})
    frame.open_panel(
        FormPanel(
            frame,
            deeds.UNNAMED_SURVEY.words,
            form,
            "Save survey",
            partial(surveys.record_anonymous_survey, desk),
            draft="survey:",
            opening=Opening("survey"),
            undo=lambda new_id: surveys.take_back_survey(frame.desk, new_id, UNDONE),
        )
    )


def reopen(frame: Frame, _args: Mapping[str, str], _gone: Callable[[], None]) -> None:
    """Open the panel that a draft was typed into."""
    ask(frame)
