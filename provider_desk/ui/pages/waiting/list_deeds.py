"""What else can be done for somebody who waits: offer a start, leave, flag a risk."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.changed import Changed
from provider_desk.model.fields import Value
from provider_desk.model.records import WaitingEntry, WaitingOffer
from provider_desk.model.waiting_rows import WaitingRow
from provider_desk.services.casework import waiting
from provider_desk.services.casework.waiting_on import offers
from provider_desk.services.rights.permissions import Permission, may
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import Deed, FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import Opening, deed_opening
from provider_desk.ui.parts.buttons import quiet
from provider_desk.ui.parts.flow import Flow
from provider_desk.ui.parts.words import soft
from provider_desk.ui.theme import px

ANSWER = deeds.ANSWER_OFFER.words

#: Who raises a risk flag. Source: domain reference, B5.
_RAISES = (Permission.RECORD_SESSIONS, Permission.READ_CLINICAL)


class ListDeeds(QWidget):
    """A row of buttons; each opens its own panel."""

    def __init__(self, frame: Frame, row: WaitingRow, as_of: date) -> None:
        super().__init__()
        self._as_of = as_of
        self._frame = frame
        self._row = row
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addWidget(soft("Something else:"))
        flow = Flow(px(8))
        column.addLayout(flow)
        if may(frame.desk, Permission.RECORD_CONTACTS):
            if row.open_offer:
                flow.addWidget(quiet(ANSWER, self.answer))
            else:
                flow.addWidget(quiet(deeds.OFFER.words, self.offer))
            flow.addWidget(quiet(deeds.LEAVE_LIST.words, self.leave))
        if all(may(frame.desk, each) for each in _RAISES):
            flow.addWidget(quiet(deeds.RISK.words, self.flag))
        flow.addWidget(quiet("Open their page", self.open_person))

    def open_person(self) -> None:
        """Everything about this person."""
        self._frame.go("person", client_id=self._row.client_id)

    def flag(self) -> None:
        """What was heard in a contact asks for a risk flag; words typed here stay."""
        frame, opening = self._frame, deed_opening(deeds.RISK, self._row.client_id)
        opening.open(frame, self.open_person)

    def run(self, title: str) -> None:
        """Open the panel of the deed of that title, where it can be done."""
        for words, run in (
            (deeds.OFFER.words, self.offer),
            (ANSWER, self.answer),
            (deeds.LEAVE_LIST.words, self.leave),
        ):
            if words == title and may(self._frame.desk, Permission.RECORD_CONTACTS):
                run()

    def offer(self) -> None:
        """Ask when a start was offered."""
        desk, row = self._frame.desk, self._row
        form = RecordForm(WaitingOffer, ["offered_on", "note"], desk.today)
        form.set_values({"offered_on": desk.today()})
        self._open(
            deeds.OFFER.words,
            form,
            "Record offer",
            lambda values: waiting.record_offer(desk, row.referral_id, values),
        )

    def answer(self) -> None:
        """Ask what the person said to the offer."""
        desk, row = self._frame.desk, self._row
        self._frame.read(
            self,
            lambda: offers.open_offer(desk, row.referral_id),
            self._ask_answer,
        )

    def leave(self) -> None:
        """Ask when and why the person leaves the list."""
        desk, row = self._frame.desk, self._row
        form = RecordForm(
            WaitingEntry,
            ["removal_reason", "removed_on"],
            desk.today,
            asked=("removal_reason", "removed_on"),
        )
        form.set_values({"removed_on": desk.today()})

        def run(values: Mapping[str, Value]) -> tuple[str, Changed]:
            on = values["removed_on"]
            day = on if isinstance(on, date) else desk.today()
            reason = str(values["removal_reason"] or "")
            changed = waiting.leave_list(desk, row.referral_id, day, reason)
            return row.referral_id, changed

        self._open(deeds.LEAVE_LIST.words, form, deeds.LEAVE_LIST.words, run)

    def _ask_answer(self, offer: WaitingOffer) -> None:
        desk = self._frame.desk
        form = RecordForm(
            WaitingOffer,
            ["response", "answered_on", "note"],
            desk.today,
            asked=("response", "answered_on"),
        )
        form.set_values({"response": None, "answered_on": desk.today()})

        self._open(
            ANSWER,
            form,
            "Record answer",
            lambda values: offers.answered(desk, offer.id, values),
        )

    def _open(
        self,
        title: str,
        form: RecordForm,
        button: str,
        run: Deed,
    ) -> None:
        row = self._row
        panel = FormPanel(
            self._frame,
            title,
            form,
            button,
            run,
            subject=row.code,
            draft=f"{title}:{row.referral_id}",
            whole=True,
            opening=Opening(
                "contact",
                {
                    "referral_id": row.referral_id,
                    "as_of": self._as_of.isoformat(),
                    "deed": title,
                },
            ),
        )
        self._frame.open_panel(panel)
