"""What is known of a person: changed in one panel, in groups."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import Client
from provider_desk.model.views import PersonPage
from provider_desk.services.casework import people
from provider_desk.services.casework.caring import equality
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening
from provider_desk.ui.parts.words import soft, strong
from provider_desk.ui.theme import px

_ROWS = (
    ("known_as", "code"),
    ("given_names", "family_name"),
    "previous_names",
    ("born_on", "birth_year"),
    "age_band",
    ("mobile", "landline"),
    "email",
    "address",
    "postcode",
    "access_needs",
    "justice_status",
    "stovewood",
    "equality_offered_on",
    *equality.QUESTIONS,
)
#: From this field on the questions are asked to see whether the service is fair.
_EQUALITY = "equality_offered_on"
_WHY = (
    "Asked of everybody, to see whether the service reaches people fairly. Nobody has "
    "to answer: “prefers not to say” is an answer, “not asked” is none."
)


class ChangePersonPanel(FormPanel):
    """All fields of a person."""

    def __init__(self, frame: Frame, page: PersonPage) -> None:
        client = page.client
        form = RecordForm(
            Client, _ROWS, frame.desk.today, before={_EQUALITY: _equality_words()}
        )
        form.set_values(client.values())
        super().__init__(
            frame,
            deeds.CHANGE_DETAILS.words,
            form,
            "Save details",
            self._change,
            subject=client.code,
            draft=f"details:{client.id}",
            opening=deed_opening(deeds.CHANGE_DETAILS, client.id),
            whole=True,
        )
        self._client_id = client.id

    def _change(self, values: Mapping[str, Value]) -> Changed:
        return people.change_person(self.frame.desk, self._client_id, values)


def _equality_words() -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, px(12), 0, 0)
    column.setSpacing(px(2))
    column.addWidget(strong("Equality"))
    column.addWidget(soft(_WHY))
    return held
