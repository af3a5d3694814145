"""A referral on the wrong contract is put right where it stands."""

from collections.abc import Callable

from provider_desk.model.records import Referral
from provider_desk.services import settings
from provider_desk.services.casework import people
from provider_desk.services.desk import Desk
from provider_desk.store.records import get
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.change_event import ChangePanel
from provider_desk.ui.pages.event_panel import begin_change
from tests.builders.casework import contract_of, make_client, make_referral


def test_change_it_offers_every_contract_and_says_which_area_it_lacks(
    desk: Desk, view: DeskView, settled: Callable[[], None]
) -> None:
    other, _ = settings.add_contract(
        desk, {"reference": "OTHER-1", "title": "Young people"}, ["PES_YP"]
    )
    client_id = make_client(desk)
    referral_id = make_referral(desk, client_id)
    view.frame.go("person", client_id=client_id)
    settled()
    events = people.person(desk, client_id).events
    (event,) = [each for each in events if each.row_id == referral_id]

    begin_change(view.frame, event, "code", "Change it")
    settled()
    panel = view.panel
    assert isinstance(panel, ChangePanel)
    contract = panel.form.boxes["contract_id"]
    assert contract.editor.value() == contract_of(desk).id
    contract.editor.set_value(other)
    panel.save()
    settled()
    assert "OTHER-1 does not cover" in panel.form.boxes["area"].problem

    panel.form.boxes["area"].editor.set_value("PES_YP")
    panel.save()
    settled()
    with desk.store.reading() as rows:
        held = get(rows, Referral, referral_id)
    assert (held.contract_id, held.area) == (other, "PES_YP")
