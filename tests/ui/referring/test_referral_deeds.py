"""Deeds on a referral's life, by their keys, each with its undo."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from provider_desk.model.records import PresentingNeed, Referral, SafeContact
from provider_desk.services.casework import episodes, people
from provider_desk.services.casework.referring import life
from provider_desk.services.casework.safe_contact import set_safe_contact
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.pages.referring.needs_panel import NeedsPanel
from provider_desk.ui.parts.panel import Panel
from tests.builders.casework import (
    TODAY,
    make_client,
    make_episode,
    make_referral,
    make_waiting,
)
from tests.builders.windows import CTRL, Keyboard

Settled = Callable[[], None]


def opened(view: DeskView, client_id: str, settled: Settled) -> PersonPageView:
    view.frame.go("person", client_id=client_id)
    settled()
    page = view.page
    assert isinstance(page, PersonPageView)
    return page


def by_key(view: DeskView, keys: Keyboard, letter: Qt.Key, settled: Settled) -> Panel:
    keys.press(Qt.Key.Key_G, CTRL)
    keys.press(letter)
    settled()
    panel = view.panel
    assert isinstance(panel, Panel)
    return panel


def form_of(panel: Panel) -> FormPanel:
    assert isinstance(panel, FormPanel)
    return panel


def fill(panel: Panel, **values: object) -> None:
    for name, value in values.items():
        form_of(panel).form.boxes[name].editor.set_value(value)  # type: ignore[arg-type]


def save(keys: Keyboard, settled: Settled) -> None:
    keys.press(Qt.Key.Key_Return, CTRL)
    settled()


def undo(keys: Keyboard, settled: Settled) -> None:
    keys.press(Qt.Key.Key_Z, CTRL)
    settled()


def held(desk: Desk, referral_id: str) -> Referral:
    with desk.store.reading() as rows:
        return get(rows, Referral, referral_id)


def why_not(view: DeskView, key: deeds.Key) -> str:
    (offer,) = [each for each in view.offers() if each.key is key]
    return offer.why_not


def test_the_hubs_answer_is_recorded_and_undone(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id = make_referral(desk, client_id)
    opened(view, client_id, settled)

    panel = by_key(view, keys, Qt.Key.Key_H, settled)
    boxes = form_of(panel).form.boxes
    assert boxes["redirected_to"].isHidden()
    fill(panel, hub_status="ALLOCATED_ELSEWHERE")
    assert not boxes["redirected_to"].isHidden()
    fill(panel, redirected_to="Invented Haven", hub_reason="Nearer")
    save(keys, settled)

    after = held(desk, referral_id)
    assert (after.hub_decided_on, after.redirected_to) == (TODAY, "Invented Haven")
    assert after.decision == "DECLINED"
    undo(keys, settled)
    assert held(desk, referral_id).decision == "PENDING"


def test_an_answer_without_what_was_said_is_refused_beside_its_field(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_referral(desk, client_id)
    opened(view, client_id, settled)

    panel = by_key(view, keys, Qt.Key.Key_H, settled)
    save(keys, settled)

    assert form_of(panel).form.boxes["hub_status"].problem
    assert view.panel is panel


def test_that_the_referrer_was_told_is_one_key_and_enter(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    opened(view, client_id, settled)

    by_key(view, keys, Qt.Key.Key_R, settled)
    save(keys, settled)

    assert held(desk, referral_id).referrer_updated_on == TODAY
    undo(keys, settled)
    assert held(desk, referral_id).referrer_updated_on is None


def test_what_the_person_came_for_is_ticked_and_undone(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id = make_referral(desk, client_id)
    life.set_needs(desk, referral_id, ("MOOD",))
    page = opened(view, client_id, settled)

    panel = by_key(view, keys, Qt.Key.Key_N, settled)
    assert isinstance(panel, NeedsPanel)
    assert panel.ticks.codes() == ("MOOD",)
    assert not panel.is_dirty()
    keys.press(Qt.Key.Key_Space)
    assert panel.is_dirty()
    save(keys, settled)

    assert sorted(life.needs_of(desk, referral_id)) == ["MOOD", "TRAUMA"]
    words = [label.text() for label in page.card.findChildren(QLabel)]
    assert any(said.startswith("Came for: ") for said in words)
    undo(keys, settled)
    with desk.store.reading() as rows:
        assert [each.need for each in find(rows, PresentingNeed)] == ["MOOD"]


def test_stepping_up_from_a_live_step_down_is_one_deed_with_one_undo(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    _, episode_id = make_episode(desk, client_id)
    opened(view, client_id, settled)
    assert "in step-down or closed" in why_not(view, deeds.STEP_UP)
    episodes.step_down(desk, episode_id, {"started_on": date(2018, 3, 1)})
    opened(view, client_id, settled)

    panel = by_key(view, keys, Qt.Key.Key_U, settled)
    words = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert "closed that day" in words
    save(keys, settled)

    cards = people.person(desk, client_id).referrals
    assert [card.status for card in cards] == ["waiting", "closed"]
    undo(keys, settled)
    (card,) = people.person(desk, client_id).referrals
    assert card.status == "live"


def test_referring_again_follows_the_referral_that_is_chosen(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    for area, source, on in (
        ("THER", "GP", date(2017, 9, 1)),
        ("PES_AD", "POLICE", date(2017, 3, 1)),
    ):
        make_referral(
            desk,
            client_id,
            area=area,
            source=source,
            received_on=on,
            decision="WITHDRAWN",
            decided_on=on,
        )
    opened(view, client_id, settled)

    panel = form_of(by_key(view, keys, Qt.Key.Key_A, settled))
    assert panel.form.values()["source"] == "GP"
    which = panel.findChildren(type(panel.form.boxes["area"]))
    (choice,) = [box for box in which if box.label.text() == "Which one"]
    older = people.person(desk, client_id).referrals[1].referral.id
    choice.editor.set_value(older)
    assert panel.form.values()["source"] == "POLICE"
    assert panel.form.values()["area"] == "PES_AD"
    save(keys, settled)

    newest = people.person(desk, client_id).referrals[0].referral
    assert (newest.area, newest.source) == ("PES_AD", "POLICE")
    assert newest.decision == "PENDING"
    undo(keys, settled)
    assert len(people.person(desk, client_id).referrals) == 2


def test_safe_contact_asks_what_fits_the_channel_and_can_be_undone(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk, mobile="07700 900123")
    opened(view, client_id, settled)
    (offer,) = [each for each in view.offers() if each.key is deeds.SAFE_CONTACT]
    offer.run()
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    boxes = panel.form.boxes

    fill(panel, channel="LETTER", permission="NO")
    assert boxes["hours"].isHidden()
    fill(panel, permission="YES_RULES")
    assert not boxes["hours"].isHidden()
    assert boxes["answered_by"].isHidden()
    fill(panel, channel="MOBILE", hours="After six", we_say="Sam")
    assert not boxes["answered_by"].isHidden()
    save(keys, settled)

    with desk.store.reading() as rows:
        (way,) = find(rows, SafeContact)
    assert (way.channel, way.hours, way.we_say) == ("MOBILE", "After six", "Sam")
    undo(keys, settled)
    with desk.store.reading() as rows:
        assert find(rows, SafeContact) == []


def test_every_rule_stands_before_a_number_is_shown(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk, mobile="07700 900123")
    rules = {
        "permission": "YES_RULES",
        "hours": "After six",
        "code_word": "bluebell",
        "must_not_know": "Her brother",
        "if_other": "Ask for the library card",
    }
    set_safe_contact(desk, client_id, "MOBILE", rules)

    page = opened(view, client_id, settled)

    words = "\n".join(label.text() for label in page.card.findChildren(QLabel))
    for said in ("After six", "bluebell", "Her brother", "library card"):
        assert said in words
    assert "Leave no message." in words
    assert "07700 900123" not in words


@pytest.mark.parametrize("key", [deeds.REFER_AGAIN, deeds.HUB_ANSWER, deeds.STEP_UP])
def test_a_deed_that_can_not_be_done_says_why(
    desk: Desk, view: DeskView, settled: Settled, key: deeds.Key
) -> None:
    opened(view, make_client(desk), settled)

    assert why_not(view, key).startswith(f"{key.words}: ")


def test_a_new_referral_that_is_sent_to_the_hub_is_dated_today_and_can_be_another_day(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    opened(view, client_id, settled)
    (offer,) = [each for each in view.offers() if each.key is deeds.NEW_REFERRAL]
    offer.run()
    settled()
    assert view.panel is not None
    panel = form_of(view.panel)
    boxes = panel.form.boxes
    assert boxes["hub_sent_on"].isHidden()

    fill(panel, area="THER", hub_status="SENT")

    assert not boxes["hub_sent_on"].isHidden()
    assert boxes["hub_decided_on"].isHidden()
    assert panel.form.values()["hub_sent_on"] == TODAY
    fill(panel, received_on=date(2018, 4, 20), hub_sent_on=date(2018, 4, 23))
    save(keys, settled)
    with desk.store.reading() as rows:
        (referral,) = find(rows, Referral)
    assert (referral.hub_status, referral.hub_sent_on) == ("SENT", date(2018, 4, 23))


def test_a_hub_answer_before_it_was_sent_says_so_beside_the_field(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_referral(desk, client_id, hub_status="SENT", hub_sent_on=date(2018, 4, 20))
    opened(view, client_id, settled)
    panel = by_key(view, keys, Qt.Key.Key_H, settled)

    fill(panel, hub_status="ALLOCATED_HERE", hub_decided_on=date(2018, 4, 19))
    save(keys, settled)

    told = form_of(panel).form.boxes["hub_decided_on"].problem
    assert "before it was sent there on Fri 20 Apr 2018" in told


def test_refer_again_and_step_up_date_what_is_sent_to_the_hub(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_referral(desk, client_id, decision="DECLINED", decided_on=date(2017, 9, 4))
    opened(view, client_id, settled)
    panel = by_key(view, keys, Qt.Key.Key_A, settled)

    fill(panel, hub_status="SENT")
    save(keys, settled)

    with desk.store.reading() as rows:
        new = max(find(rows, Referral), key=lambda each: each.received_on)
    assert new.hub_sent_on == TODAY


def test_an_unlikely_day_of_a_referral_is_pointed_out_as_one_types(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    opened(view, client_id, settled)
    (offer,) = [each for each in view.offers() if each.key is deeds.NEW_REFERRAL]
    offer.run()
    settled()
    assert view.panel is not None
    panel = form_of(view.panel)
    panel.form.go_to("received_on")
    keys.press(Qt.Key.Key_A, CTRL)
    keys.type("1/5/2008")
    keys.press(Qt.Key.Key_Tab)

    assert "10 years ago" in panel.form.boxes["received_on"].problem


def test_an_unlikely_date_of_birth_is_pointed_out_as_one_types(
    view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    view.frame.go("people", add=True)
    settled()
    assert view.panel is not None
    panel = form_of(view.panel)
    panel.form.go_to("born_on")
    keys.type("1/5/1908")
    keys.press(Qt.Key.Key_Tab)

    assert "is 110 now. Is the year right?" in panel.form.boxes["born_on"].problem


def test_what_is_wrong_with_the_decision_that_follows_stands_beside_the_hubs_day(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_referral(desk, client_id)
    opened(view, client_id, settled)
    panel = by_key(view, keys, Qt.Key.Key_H, settled)

    early = date(2017, 8, 1)
    fill(
        panel,
        hub_status="ALLOCATED_ELSEWHERE",
        hub_sent_on=early,
        hub_decided_on=early,
    )
    save(keys, settled)

    form = form_of(panel).form
    assert "before it was received" in form.boxes["hub_decided_on"].problem
    assert form.boxes["redirected_to"].problem
    assert form.problem_list.isHidden()
