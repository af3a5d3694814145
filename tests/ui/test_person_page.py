"""A person's page: clocks in words, numbers after their rule, every deed and change."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from provider_desk.model.fields import Value
from provider_desk.model.records import (
    BY_TABLE,
    Closure,
    Referral,
    Score,
    Session,
)
from provider_desk.model.views import EpisodeCard
from provider_desk.services.casework import safe_contact
from provider_desk.services.casework.measuring import scores
from provider_desk.services.desk import Desk
from provider_desk.store.records import find, get
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.pages.change_event import CHANGES, ChangePanel
from provider_desk.ui.pages.event_panel import EventPanel
from provider_desk.ui.pages.person import PersonPageView
from provider_desk.ui.pages.person_course import limit_words
from provider_desk.ui.pages.waiting.contact_panel import ContactPanel
from tests.builders.casework import (
    TODAY,
    episode_of,
    make_client,
    make_episode,
    make_referral,
    make_session,
    make_waiting,
    signed_in_as,
)

Settled = Callable[[], None]


def opened(view: DeskView, client_id: str, settled: Settled) -> PersonPageView:
    view.frame.go("person", client_id=client_id)
    settled()
    page = view.page
    assert isinstance(page, PersonPageView)
    return page


def run(view: DeskView, key: deeds.Key, settled: Settled) -> FormPanel | ContactPanel:
    (offer,) = [each for each in view.offers() if each.key is key]
    assert offer.why_not == ""
    offer.run()
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel | ContactPanel)
    return panel


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def button(widget: QWidget, words: str) -> QPushButton:
    found = [b for b in widget.findChildren(QPushButton) if b.text() == words]
    assert found, words
    return found[0]


def test_a_number_is_shown_only_after_its_rule_and_when_asked_for(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk, mobile="07700 900123")
    rules = {"permission": "YES_RULES", "rules": "After six. Say it is Sam."}
    safe_contact.set_safe_contact(desk, client_id, "MOBILE", rules)
    page = opened(view, client_id, settled)
    before = words_in(page.card)

    button(page.card, "Show").click()
    settled()

    assert "After six. Say it is Sam." in before
    assert "07700 900123" not in before
    assert "07700 900123" in words_in(page.card)


def test_a_channel_that_is_not_safe_has_no_button(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk, mobile="07700 900123")
    safe_contact.set_safe_contact(desk, client_id, "MOBILE", {"permission": "NO"})

    page = opened(view, client_id, settled)

    assert "No safe way is known" in words_in(page.card)
    shown = [b.text() for b in page.card.findChildren(QPushButton)]
    assert "Show" not in shown


_DEEDS: list[tuple[deeds.Key, Mapping[str, Value], str]] = [
    (
        deeds.ADD_SCORE,
        {"instrument": "PHQ9", "total": 12, "risk_item": "0"},
        "score",
    ),
    (deeds.EXIT_STRATEGY, {"success": "Goes to the shops"}, "exit_strategy"),
    (deeds.STEP_DOWN, {}, "phase"),
    (deeds.EXTEND, {"reason": "TRIAL", "approved_by": "Lead"}, "exceptional"),
    (deeds.CLOSE_EPISODE, {"reason": "COMPLETED"}, "closure"),
]


@pytest.mark.parametrize(
    ("key", "typed", "table"), _DEEDS, ids=[key.words for key, _, _ in _DEEDS]
)
def test_each_deed_on_a_live_case_is_done_in_its_panel(
    desk: Desk,
    view: DeskView,
    settled: Settled,
    key: deeds.Key,
    typed: Mapping[str, Value],
    table: str,
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)
    with desk.store.reading() as rows:
        before = len(find(rows, BY_TABLE[table]))
    opened(view, client_id, settled)

    panel = run(view, key, settled)
    for name, value in typed.items():
        panel.form.boxes[name].editor.set_value(value)
    panel.save()
    settled()

    with desk.store.reading() as rows:
        assert len(find(rows, BY_TABLE[table])) == before + 1
    assert view.panel is None
    assert view.bottom.said.text()


_WAITING: list[tuple[deeds.Key, Mapping[str, Value], str]] = [
    (
        deeds.RECORD_CONTACT,
        {"method": "PHONE", "result": "NO_ANSWER"},
        "waiting_contact",
    ),
    (deeds.OFFER, {}, "waiting_offer"),
]


@pytest.mark.parametrize(
    ("key", "typed", "table"), _WAITING, ids=[key.words for key, _, _ in _WAITING]
)
def test_each_deed_for_somebody_who_waits_is_done_in_its_panel(
    desk: Desk,
    view: DeskView,
    settled: Settled,
    key: deeds.Key,
    typed: Mapping[str, Value],
    table: str,
) -> None:
    client_id = make_client(desk)
    make_waiting(desk, client_id)
    opened(view, client_id, settled)

    panel = run(view, key, settled)
    for name, value in typed.items():
        panel.form.boxes[name].editor.set_value(value)
    panel.save()
    settled()

    with desk.store.reading() as rows:
        assert len(find(rows, BY_TABLE[table])) == 1


def test_a_referral_is_decided_and_the_person_waits(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_referral(desk, client_id)
    page = opened(view, client_id, settled)

    panel = run(view, deeds.DECIDE, settled)
    shown_before = panel.form.boxes["decline_reason"].isHidden()
    panel.save()
    settled()

    assert shown_before
    assert "Waiting" in words_in(page)


def test_a_deed_that_can_not_be_done_says_why(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    opened(view, make_client(desk), settled)

    (offer,) = [each for each in view.offers() if each.key is deeds.CLOSE_EPISODE]

    assert offer.why_not == "Close the episode: this person has no open episode."


def test_with_two_open_episodes_it_is_asked_which(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id, area="THER")
    referral_id, wanted = make_episode(desk, client_id, area="PES_AD")
    opened(view, client_id, settled)

    panel = run(view, deeds.CLOSE_EPISODE, settled)
    panel.form.boxes["episode_id"].editor.set_value(wanted)
    panel.form.boxes["reason"].editor.set_value("AGREED")
    panel.save()
    settled()

    with desk.store.reading() as rows:
        (closing,) = find(rows, Closure)
    assert closing.episode_id == wanted == episode_of(desk, referral_id).id


def test_a_rule_that_stops_is_shown_beside_its_field(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)
    opened(view, client_id, settled)

    panel = run(view, deeds.ADD_SCORE, settled)
    typed: Mapping[str, Value] = {"instrument": "PHQ9", "total": 99, "risk_item": "0"}
    for name, value in typed.items():
        panel.form.boxes[name].editor.set_value(value)
    panel.save()
    settled()

    assert "0 to 27" in panel.form.boxes["total"].problem
    assert view.panel is panel


def test_a_session_is_put_right_with_a_reason_and_its_history_shows_both(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    session_id = make_session(desk, referral_id, date(2017, 10, 10), "ATT")
    page = opened(view, client_id, settled)
    (event,) = [e for e in page.time_line.model.events if e.row_id == session_id]
    view.frame.open_panel(EventPanel(view.frame, event, "I-0001"))
    settled()
    assert view.panel is not None

    button(view.panel, "Put it right").click()
    settled()
    panel = view.panel
    assert isinstance(panel, ChangePanel)
    panel.form.boxes["attendance"].editor.set_value("DNA")
    panel.save()
    settled()
    assert panel.reason is not None
    asked = panel.reason.problem
    panel.reason.editor.set_value("Typed into the wrong line")
    panel.save()
    settled()
    view.frame.open_panel(EventPanel(view.frame, event, "I-0001"))
    settled()

    with desk.store.reading() as rows:
        (held,) = find(rows, Session, id=session_id)
    assert asked
    assert held.attendance == "DNA"
    told = words_in(view.panel)
    assert "Attendance: Came → Did not come, no message" in told
    assert "Typed into the wrong line" in told


def test_what_was_just_logged_can_be_undone(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)
    opened(view, client_id, settled)
    (offer,) = [each for each in view.offers() if each.key is deeds.LOG_SESSION]
    offer.run()
    settled()
    panel = view.panel
    assert panel is not None
    panel.form.boxes["attendance"].editor.set_value("ATT")  # type: ignore[attr-defined]
    panel.save()
    settled()
    with desk.store.reading() as rows:
        logged = len(find(rows, Session, held_on=TODAY))
    assert view.bottom.undo.isVisible()

    view.bottom.undo.click()
    settled()

    with desk.store.reading() as rows:
        left = len(find(rows, Session, held_on=TODAY))
    assert (logged, left) == (1, 0)
    assert not view.bottom.undo.isVisible()


@pytest.mark.parametrize("table", CHANGES)
def test_every_change_names_fields_that_are_declared(table: str) -> None:
    declared = set(BY_TABLE[table].__dataclass_fields__)

    for change in CHANGES[table]:
        for row in change.rows:
            assert set((row,) if isinstance(row, str) else row) <= declared


CARD = EpisodeCard(
    episode_id="e",
    referral_id="r",
    area="THER",
    worker="RI",
    started_on=date(2017, 5, 1),
    week=53,
    over_on=TODAY,
    phase="CORE",
    attended=20,
    exit_made_on=None,
    exceptional=False,
    exceptional_until=None,
    closed_on=None,
    closure_reason="",
    planned=None,
)


def test_from_the_day_12_months_are_over_a_missing_reason_is_said() -> None:
    ((words, tone),) = limit_words(CARD, TODAY)

    assert words == "12 months were over on Tue 1 May 2018, no reason that holds"
    assert tone == "bad"


def test_a_reason_that_is_recorded_is_said_with_its_end() -> None:
    card = replace(CARD, exceptional=True, exceptional_until=date(2018, 7, 1))

    assert limit_words(card, TODAY) == [
        ("Past 12 months; a reason is recorded until Sun 1 Jul 2018", "good")
    ]


def test_the_end_of_12_months_is_told_after_9_and_again_after_11_months() -> None:
    def begun(on: date) -> EpisodeCard:
        return replace(CARD, started_on=on, over_on=on.replace(year=on.year + 1))

    soon, near, far = (
        begun(date(2017, *month_and_day)) for month_and_day in ((6, 1), (8, 1), (8, 2))
    )

    assert "end, step down or ask for more" in limit_words(soon, TODAY)[0][0]
    assert "plan the ending" in limit_words(near, TODAY)[0][0]
    assert limit_words(far, TODAY) == []


def test_scores_are_drawn_one_measure_at_a_time(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id)
    values: Mapping[str, Value] = {
        "instrument": "PHQ9",
        "scored_on": TODAY,
        "total": 9,
        "risk_item": "0",
    }
    scores.add_score(desk, referral_id, values)

    page = opened(view, client_id, settled)

    with desk.store.reading() as rows:
        assert len(find(rows, Score)) == 1
    assert page.charts.isVisible()


def test_somebody_who_waits_is_allocated_to_a_worker(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id = make_waiting(desk, client_id)
    signed_in_as(desk, "COUNSELLOR", "CO")
    opened(view, client_id, settled)

    panel = run(view, deeds.ALLOCATE, settled)
    editor = panel.form.boxes["allocated_to"].editor
    assert isinstance(editor, ChoiceEditor)
    offered = [editor.list.itemText(n) for n in range(editor.list.count())]
    editor.list.setCurrentIndex(offered.index("Somebody Counsellor (CO)"))
    panel.save()
    settled()

    with desk.store.reading() as rows:
        assert get(rows, Referral, referral_id).allocated_to == "CO"
    assert view.panel is None
