"""Saying that a return was sent, or that a month stays without figures."""

from provider_desk.model.months import Month
from provider_desk.model.records import NotSubmitted, ReturnSent
from provider_desk.services.returning import months, sent
from provider_desk.ui.forms.form import RecordForm
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.words import soft

_NOT_SUBMITTED = (
    "The month stands as [x] not submitted with this reason in every copy, the "
    "council's as well; it is never printed as 0. Say nothing about anybody."
)


class SentPanel(FormPanel):
    """When, to which role or mailbox, how."""

    def __init__(self, frame: Frame, contract_id: str, month: Month) -> None:
        desk = frame.desk
        form = RecordForm(
            ReturnSent, [("sent_on", "route"), "sent_to", "note"], desk.today
        )
        super().__init__(
            frame,
            f"The return for {month.name} was sent",
            form,
            "Say that it was sent",
            lambda values: sent.record_sent(desk, contract_id, month, values),
        )
        form.set_values({"sent_on": desk.today()})


class NotSubmittedPanel(FormPanel):
    """Why a month has no figures."""

    def __init__(self, frame: Frame, contract_id: str, month: Month) -> None:
        desk = frame.desk
        super().__init__(
            frame,
            f"{month.name} has no figures",
            RecordForm(NotSubmitted, ["reason"], desk.today),
            "Mark as not submitted",
            lambda values: months.mark_not_submitted(
                desk, contract_id, month, str(values["reason"] or "")
            ),
            above=soft(_NOT_SUBMITTED),
        )
