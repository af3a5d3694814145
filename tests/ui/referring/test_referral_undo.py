"""Ctrl+Z after deciding, adding, changing, allocating and saving settings."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from provider_desk.model.fields import Record, Value
from provider_desk.model.records import (
    Capacity,
    Client,
    Contract,
    ContractArea,
    JusticeStep,
    OpeningBalance,
    Referral,
    WaitingEntry,
)
from provider_desk.services import settings
from provider_desk.services.casework import referrals, waiting
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.pages.people import PeoplePage
from provider_desk.ui.pages.setting.by_contract import ByContractSection
from provider_desk.ui.pages.setting.contracts import ContractPanel, ContractsSection
from provider_desk.ui.pages.setting.service import ServiceSection
from provider_desk.ui.pages.settings import SettingsPage
from tests.builders.casework import make_client, make_referral, make_waiting
from tests.builders.windows import CTRL, Keyboard

KEY = Qt.Key
Settled = Callable[[], None]


def deed(view: DeskView, key: deeds.Key, settled: Settled) -> FormPanel:
    """The panel of a deed for whoever is shown."""
    (offer,) = [each for each in view.offers() if each.key is key]
    offer.run()
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    return panel


def person(view: DeskView, client_id: str, settled: Settled) -> None:
    view.frame.go("person", client_id=client_id)
    settled()


def save(panel: FormPanel, keys: Keyboard, settled: Settled, **values: Value) -> None:
    for name, value in values.items():
        panel.form.boxes[name].editor.set_value(value)
    keys.press(KEY.Key_Return, CTRL)
    settled()


def undo(keys: Keyboard, settled: Settled) -> None:
    keys.press(KEY.Key_Z, CTRL)
    settled()


def held(desk: Desk, kind: type[Record]) -> list[Record]:
    with desk.store.reading() as rows:
        return list(find(rows, kind))


def said(view: DeskView) -> str:
    return view.bottom.said.toolTip()


def test_an_acceptance_is_undone_with_its_place_on_the_list(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_referral(desk, client_id)
    before = held(desk, Referral)
    person(view, client_id, settled)

    save(deed(view, deeds.DECIDE, settled), keys, settled)
    assert len(held(desk, WaitingEntry)) == 1
    undo(keys, settled)

    assert held(desk, WaitingEntry) == []
    assert held(desk, Referral) == before
    assert said(view).startswith("Undone: Accepted.")


@pytest.mark.parametrize("decision", ["DECLINED", "WITHDRAWN"])
def test_any_other_decision_is_undone(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled, decision: str
) -> None:
    client_id = make_client(desk)
    make_referral(desk, client_id)
    before = held(desk, Referral)
    person(view, client_id, settled)

    panel = deed(view, deeds.DECIDE, settled)
    why = {"decline_reason": "NOT_CSE", "signposted_to": "Invented Haven"}
    save(panel, keys, settled, decision=decision, **why)
    assert held(desk, Referral) != before
    undo(keys, settled)

    assert held(desk, Referral) == before


def test_an_acceptance_that_somebody_built_on_is_not_undone(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id = make_referral(desk, client_id)
    person(view, client_id, settled)
    save(deed(view, deeds.DECIDE, settled), keys, settled)

    waiting.record_contact(
        desk, referral_id, {"method": "PHONE", "result": "NO_ANSWER"}
    )
    undo(keys, settled)

    assert len(held(desk, WaitingEntry)) == 1
    assert "recorded since" in view.banner.words


def test_a_person_added_by_mistake_is_taken_away_again(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    view.frame.go("people", add=True)
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    save(panel, keys, settled, known_as="Invented Mistake", born_on=date(1990, 1, 2))
    assert len(held(desk, Client)) == 1

    undo(keys, settled)

    assert held(desk, Client) == []
    assert isinstance(view.page, PeoplePage)
    assert said(view).startswith("Undone: ")


def test_a_person_with_a_referral_since_stays(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    view.frame.go("people", add=True)
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    save(panel, keys, settled, known_as="Invented Kept", born_on=date(1990, 1, 2))
    (client,) = held(desk, Client)

    make_referral(desk, client.id)
    undo(keys, settled)

    assert held(desk, Client) == [client]
    assert "Referral: recorded since" in view.banner.words


def test_changed_details_are_undone_with_what_went_with_them(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_waiting(desk, client_id)
    before = held(desk, Client)
    person(view, client_id, settled)

    panel = deed(view, deeds.CHANGE_DETAILS, settled)
    save(panel, keys, settled, known_as="Invented Other", justice_status="CHARGED")
    assert held(desk, JusticeStep)
    undo(keys, settled)

    assert held(desk, Client) == before
    assert held(desk, JusticeStep) == []


def test_an_allocation_is_undone(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    referrals.allocate(desk, referral_id, "RI")
    before = held(desk, Referral)
    person(view, client_id, settled)

    panel = deed(view, deeds.ALLOCATE, settled)
    nobody = str(panel.form.boxes["allocated_to"].editor.inner.count() - 1)  # type: ignore[attr-defined]
    save(panel, keys, settled, allocated_to=nobody)
    assert held(desk, Referral) != before
    undo(keys, settled)

    assert held(desk, Referral) == before


def section(view: DeskView, part: str, settled: Settled) -> object:
    view.frame.go("settings", part=part)
    settled()
    page = view.page
    assert isinstance(page, SettingsPage)
    return page.sections[part]


def test_the_settings_of_the_service_are_undone_with_the_cursor_in_a_field(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    before = settings.provider(desk)
    shown = section(view, "service", settled)
    assert isinstance(shown, ServiceSection)
    shown.saved.form.go_to("name")
    keys.press(KEY.Key_A, CTRL)
    keys.type("Another name")
    keys.press(KEY.Key_Return, CTRL)
    settled()
    assert settings.provider(desk).name == "Another name"

    undo(keys, settled)

    assert settings.provider(desk) == before
    assert shown.saved.form.values()["name"] == before.name


def test_a_changed_contract_and_its_new_area_are_undone(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    before = held(desk, Contract), held(desk, ContractArea)
    shown = section(view, "contracts", settled)
    assert isinstance(shown, ContractsSection)
    row = shown.model.row(shown.model.index(0, 0))
    assert row is not None
    view.frame.open_panel(ContractPanel(view.frame, row))
    settled()
    panel = view.panel
    assert isinstance(panel, ContractPanel)
    panel.areas.tick(["PES_YP", "PES_AD", "THER"])
    save(panel, keys, settled, title="Another title")
    assert held(desk, Contract) != before[0]

    undo(keys, settled)

    assert (held(desk, Contract), held(desk, ContractArea)) == before


@pytest.mark.parametrize(
    ("part", "kind", "values"),
    [
        ("opening", OpeningBalance, {"on": date(2017, 9, 1), "awaiting": 1}),
        ("capacity", Capacity, {"from_on": date(2017, 9, 1), "weekly_slots": 9}),
        ("areas", ContractArea, {"ends_on": date(2018, 3, 1)}),
    ],
)
def test_what_is_set_for_a_contract_is_undone(
    desk: Desk,
    view: DeskView,
    keys: Keyboard,
    settled: Settled,
    part: str,
    kind: type[Record],
    values: dict[str, Value],
) -> None:
    before = held(desk, kind)
    shown = section(view, part, settled)
    assert isinstance(shown, ByContractSection)
    shown.add()
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    asked = panel.form.boxes["area"].editor
    area = settings.contract_areas(desk, shown.contract.code())[0]
    asked.set_value(area)
    rest: dict[str, Value] = dict.fromkeys(
        (n for n in ("waiting", "live", "awaiting") if n in panel.form.boxes), 1
    )
    save(panel, keys, settled, **{**rest, **values})
    assert held(desk, kind) != before

    undo(keys, settled)

    assert held(desk, kind) == before


def test_what_was_done_is_undone_from_an_empty_search_too(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_referral(desk, client_id)
    person(view, client_id, settled)
    save(deed(view, deeds.DECIDE, settled), keys, settled)
    view.frame.go("people")
    settled()
    assert isinstance(view.page, PeoplePage)
    assert view.page.search.hasFocus()

    undo(keys, settled)

    assert held(desk, WaitingEntry) == []
    assert not any(
        b.text() == "Undo" for b in view.findChildren(QPushButton) if b.isVisible()
    )


def test_a_form_with_words_not_saved_keeps_the_key_for_itself(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    """A date that was written out for the reader has no history of its own."""
    client_id = make_client(desk)
    make_referral(desk, client_id)
    person(view, client_id, settled)
    save(deed(view, deeds.DECIDE, settled), keys, settled)
    assert len(held(desk, WaitingEntry)) == 1
    panel = deed(view, deeds.NEW_REFERRAL, settled)
    received = panel.form.boxes["received_on"].editor
    panel.form.go_to("received_on")
    keys.type("-3")
    keys.press(KEY.Key_Tab)
    keys.press(KEY.Key_Backtab)
    typed = received.value()

    undo(keys, settled)

    assert panel.is_dirty()
    assert received.value() == typed
    assert len(held(desk, WaitingEntry)) == 1
