"""Panel: a referral is received; with what is known of the person filled in."""

from collections.abc import Mapping, Sequence

from provider_desk.model.fields import Value
from provider_desk.model.records import Contract, Referral
from provider_desk.model.views import PersonPage
from provider_desk.services import settings
from provider_desk.services.casework import referrals
from provider_desk.services.desk import Desk
from provider_desk.services.saying import UNDONE
from provider_desk.ui import deeds
from provider_desk.ui.forms.form import RecordForm, Row
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.frame import Frame
from provider_desk.ui.kept_drafts import deed_opening
from provider_desk.ui.pages.change import Options
from provider_desk.ui.pages.referring.hub_days import keep_dated

_ROWS: Sequence[Row] = (
    "area",
    "contract_id",
    ("received_on", "source"),
    "reference",
    "consent",
    "held_by",
    "hub_status",
    ("hub_sent_on", "hub_decided_on"),
    "note",
)


def ask(frame: Frame, page: PersonPage) -> None:
    """Open the panel, once the contracts are known."""
    desk = frame.desk
    frame.read(
        frame,
        lambda: settings.contracts(desk),
        lambda contracts: frame.open_panel(_panel(frame, page, contracts)),
    )


def _panel(frame: Frame, page: PersonPage, contracts: Sequence[Contract]) -> FormPanel:
    desk = frame.desk
    options = [_named(each) for each in contracts]
    form = RecordForm(Referral, _ROWS, desk.today, options={"contract_id": options})
    form.set_values(
        {"received_on": desk.today(), **_known(page, [row_id for row_id, _ in options])}
    )
    keep_dated(form)
    return FormPanel(
        frame,
        deeds.NEW_REFERRAL.words,
        form,
        "Save referral",
        lambda values: referrals.receive_referral(desk, page.client.id, values),
        subject=page.client.code,
        draft=f"referral:{page.client.id}",
        opening=deed_opening(deeds.NEW_REFERRAL, page.client.id),
        undo=lambda new_id: referrals.take_back_referral(desk, new_id, UNDONE),
    )


def contracts_to_choose(desk: Desk) -> Options:
    """Every contract, for a referral that was put on the wrong one."""
    return {"contract_id": [_named(each) for each in settings.contracts(desk)]}


def _named(contract: Contract) -> tuple[str, str]:
    return contract.id, f"{contract.reference} {contract.title}"


def _known(page: PersonPage, contracts: Sequence[str]) -> Mapping[str, Value]:
    """The contract, where there is one, and who holds the person meanwhile."""
    only = contracts[0] if len(contracts) == 1 else None
    held = page.referrals[0].referral.held_by if page.referrals else ""
    return {"contract_id": only, "held_by": held}
