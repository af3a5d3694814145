"""Care on a person's page: the card, the deeds by their keys, and putting right."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from provider_desk.model.fields import Value
from provider_desk.model.records import BY_TABLE, FollowUp, JusticeStep, RiskFlag
from provider_desk.services.casework import people
from provider_desk.services.casework.caring import courts, helping, justice
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.pages.caring.card_lines import CardLines
from provider_desk.ui.pages.change_event import CHANGES
from provider_desk.ui.pages.deed_list import DEEDS
from provider_desk.ui.pages.event_panel import EventPanel
from provider_desk.ui.pages.log_session import LogSessionPanel
from provider_desk.ui.pages.person import PersonPageView
from tests.builders.caring import (
    flags_of,
    make_care,
    make_flag,
    make_trial,
    status_of,
)
from tests.builders.casework import TODAY, make_client, make_episode, signed_in_as
from tests.builders.windows import CTRL, Keyboard

Settled = Callable[[], None]

OURS = (
    "risk_flag", "safeguarding_referral", "consent", "supported_by", "justice_step",
    "court_date", "follow_up", "trial_agreement", "disclosure_request",
)  # fmt: skip


def opened(view: DeskView, client_id: str, settled: Settled) -> PersonPageView:
    view.frame.go("person", client_id=client_id)
    settled()
    page = view.page
    assert isinstance(page, PersonPageView)
    return page


def run(view: DeskView, key: deeds.Key, settled: Settled) -> FormPanel:
    (offer,) = [each for each in view.offers() if each.key is key]
    assert offer.why_not == ""
    offer.run()
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)
    return panel


def fill(panel: FormPanel, typed: Mapping[str, Value]) -> None:
    for name, value in typed.items():
        panel.form.boxes[name].editor.set_value(value)
        panel.form.boxes[name].editor.changed.emit()


def words_of(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


_DEEDS: list[tuple[deeds.Key, Mapping[str, Value], str]] = [
    (deeds.RISK, {"level": "WATCH", "reason": "words"}, "risk_flag"),
    (deeds.SAFEGUARD, {"made_to": "ASC", "reason": "words"}, "safeguarding_referral"),
    (deeds.CONSENT, {"purpose": "SURVEY", "answer": "YES"}, "consent"),
    (deeds.HELPER, {"kind": "GP", "name": "Dr Made-Up"}, "supported_by"),
    (deeds.JUSTICE, {"status": "REPORTED"}, "justice_step"),
    (deeds.COURT_DATE, {"kind": "TRIAL", "on": TODAY}, "court_date"),
    (deeds.FOLLOW_UP, {"what": "ring", "due_on": TODAY}, "follow_up"),
    (deeds.AGREEMENT, {"signed": "Y", "version": "2"}, "trial_agreement"),
    (deeds.REQUEST, {"asked_by": "CPS", "notice_seen": "Y"}, "disclosure_request"),
]


def count(desk: Desk, table: str) -> int:
    with desk.store.reading() as rows:
        return len(find(rows, BY_TABLE[table]))


@pytest.mark.parametrize(
    ("key", "typed", "table"), _DEEDS, ids=[key.words for key, _, _ in _DEEDS]
)
def test_each_deed_is_done_in_its_panel_and_undone_at_once(
    desk: Desk,
    view: DeskView,
    settled: Settled,
    key: deeds.Key,
    typed: Mapping[str, Value],
    table: str,
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)
    opened(view, client_id, settled)

    panel = run(view, key, settled)
    fill(panel, typed)
    panel.save()
    settled()
    saved = count(desk, table)
    view.bottom.undo.click()
    settled()

    assert (saved, count(desk, table)) == (1, 0)


_ENDS: list[tuple[deeds.Key, Mapping[str, Value], str, str]] = [
    (deeds.END_RISK, {"end_note": "safe"}, "risk_flag", "ended_on"),
    (
        deeds.SAFEGUARDED,
        {"outcome": "SUPPORT"},
        "safeguarding_referral",
        "ended_on",
    ),
    (deeds.WITHDRAW, {}, "consent", "withdrawn_on"),
    (deeds.VERDICT, {"verdict": "GUILTY"}, "court_date", "verdict_on"),
    (deeds.FOLLOWED_UP, {"result": "met"}, "follow_up", "done_on"),
]


@pytest.mark.parametrize(
    ("key", "typed", "table", "field"), _ENDS, ids=[each[0].words for each in _ENDS]
)
def test_what_ends_something_is_undone_at_once_too(
    desk: Desk,
    view: DeskView,
    settled: Settled,
    key: deeds.Key,
    typed: Mapping[str, Value],
    table: str,
    field: str,
) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id)
    make_care(desk, client_id, referral_id, "invented")
    opened(view, client_id, settled)

    def ended() -> list[object]:
        with desk.store.reading() as rows:
            return [getattr(each, field) for each in find(rows, BY_TABLE[table])]

    panel = run(view, key, settled)
    fill(panel, typed)
    panel.save()
    settled()
    before = ended()
    view.bottom.undo.click()
    settled()

    assert TODAY in before
    assert set(ended()) == {None}


def test_a_flag_is_raised_by_keyboard_alone(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    page = opened(view, client_id, settled)
    view.window().activateWindow()
    assert QTest.qWaitForWindowActive(view.window())
    page.time_line.search.setFocus()
    keys = Keyboard(view.window())
    keys.press(Qt.Key.Key_G, CTRL)
    settled()
    keys.press(Qt.Key.Key_K)
    settled()
    panel = view.panel
    assert isinstance(panel, FormPanel)

    fill(panel, {"level": "URGENT", "reason": "words"})
    panel.save()
    settled()
    stopped = {n for n, box in panel.form.boxes.items() if box.problem}
    fill(panel, {"plan": "call daily", "review_on": TODAY + timedelta(1)})
    panel.save()
    settled()

    assert stopped == {"plan", "review_on"}
    assert [flag.level for flag in flags_of(desk, client_id)] == ["URGENT"]


def test_who_agreed_is_asked_only_where_others_were_told(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    opened(view, make_client(desk), settled)
    panel = run(view, deeds.RISK, settled)
    boxes = panel.form.boxes

    hidden = boxes["agreed_to_tell"].isHidden(), boxes["override_reason"].isHidden()
    fill(panel, {"told": "GP"})
    told = boxes["agreed_to_tell"].isHidden(), boxes["override_reason"].isHidden()
    fill(panel, {"agreed_to_tell": "N"})
    not_agreed = boxes["override_reason"].isHidden()

    assert (hidden, told, not_agreed) == ((True, True), (False, True), False)


def test_the_card_says_the_flag_with_a_sign_and_the_veil_hides_it(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_flag(desk, client_id, "URGENT")
    page = opened(view, client_id, settled)

    before = words_of(page.card)
    view.frame.veil.turn(hidden=True)
    hidden = words_of(page.card)

    assert "▲ Act now · review Tue 8 May 2018" in before
    assert not any("Act now" in words for words in hidden)
    assert not any("Act now" in e.title for e in people.person(desk, client_id).events)
    assert "Consent" not in hidden


def test_a_line_of_the_card_opens_what_it_is_about_by_key(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_flag(desk, client_id)
    page = opened(view, client_id, settled)
    (line,) = page.card.findChildren(CardLines)[0].lines

    QTest.keyClick(line, Qt.Key.Key_Return)
    settled()

    assert isinstance(view.panel, EventPanel)
    assert line.accessibleName().startswith("Open: Active concern")


def test_more_than_three_lines_under_a_heading_are_folded(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    for number in range(5):
        helping.add_helper(desk, client_id, {"kind": "OTHER", "name": f"No {number}"})
    page = opened(view, client_id, settled)
    (lines,) = [
        each for each in page.card.findChildren(CardLines) if len(each.lines) > 3
    ]

    folded = [line.isVisible() for line in lines.lines]
    offered = lines.more.text()
    lines.more.click()

    assert offered == "Show 2 more"
    assert folded == [True, True, True, False, False]
    assert all(line.isVisible() for line in lines.lines)
    assert not lines.more.isVisible()


def test_the_verdict_brings_the_status_along(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk, justice_status="TRIAL")
    make_trial(desk, client_id, TODAY)
    opened(view, client_id, settled)
    panel = run(view, deeds.VERDICT, settled)

    fill(panel, {"verdict": "NOT_GUILTY"})
    offered = panel.form.values()["status_after"]
    fill(panel, {"status_after": "REPORTED"})
    panel.save()
    settled()

    assert offered == "POST_NG"
    assert status_of(desk, client_id) == "REPORTED"
    with desk.store.reading() as rows:
        assert len(find(rows, FollowUp)) == 2


def test_what_the_law_asks_for_stands_beside_its_field(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    opened(view, make_client(desk), settled)
    panel = run(view, deeds.REQUEST, settled)

    fill(panel, {"asked_by": "POLICE", "counselling": "Y"})

    shown = "\n".join(words_of(panel))
    assert "substantial probative value" in shown
    assert "Ask for the written notice first" in shown
    fill(panel, {"notice_seen": "Y"})
    assert "Ask for the written notice first" not in "\n".join(words_of(panel))


def test_safeguarding_begins_with_the_words_of_the_flag(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_flag(desk, client_id, reason="seen near the flat")
    opened(view, client_id, settled)

    panel = run(view, deeds.SAFEGUARD, settled)

    assert panel.form.values()["reason"] == "seen near the flat"
    assert panel.form.values()["made_by"] == "RI"


def test_an_administrator_can_neither_raise_a_flag_nor_answer_a_request(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    office = signed_in_as(desk, "ADMINISTRATOR", "AD")
    window = view.window()
    window.open_desk(office)  # type: ignore[attr-defined]
    settled()
    again = window.view  # type: ignore[attr-defined]
    opened(again, client_id, settled)

    why = {each.key: each.why_not for each in again.offers()}

    ask = "a clinical lead or a manager."
    assert why[deeds.RISK] == (
        f"Your role may not read clinical notes. Ask a caseworker, a counsellor, {ask}"
    )
    refused = "Your role may not answer requests for records."
    assert why[deeds.REQUEST] == f"{refused} Ask {ask}"
    assert why[deeds.CONSENT] == ""


def test_the_banner_says_whether_the_agreement_is_signed(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id)
    justice.record_status(desk, client_id, {"status": "CHARGED"})
    opened(view, client_id, settled)
    panel = LogSessionPanel(view.frame, client_id)
    view.frame.open_panel(panel)
    settled()

    words = [w for w in words_of(panel) if "agreement before trial" in w]

    assert words == ["The agreement before trial is not signed yet."]


def test_a_verdict_is_put_right_from_the_time_line(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    court_id = make_trial(desk, client_id, TODAY)
    courts.give_verdict(desk, court_id, {"verdict": "GUILTY", "verdict_on": TODAY})
    page = opened(view, client_id, settled)
    shown = page._page
    assert shown is not None
    (event,) = [e for e in shown.events if e.title == "Verdict"]
    panel = EventPanel(view.frame, event, "code")
    view.frame.open_panel(panel)
    settled()

    (change,) = [
        b for b in panel.findChildren(QPushButton) if b.text() == "Change the verdict"
    ]
    change.click()
    settled()
    asked = view.panel
    assert isinstance(asked, FormPanel)
    fill(asked, {"verdict": "STOPPED"})
    asked.save()
    settled()

    assert status_of(desk, client_id) == "NFA"
    with desk.store.reading() as rows:
        assert len(find(rows, JusticeStep)) == 1


def test_every_record_of_care_can_be_put_right_or_taken_back() -> None:
    for table in OURS:
        words = [change.words for change in CHANGES[table]]
        assert "Take it back" in words, table
        assert len(words) >= 2, table
    undone = {d.key for d in DEEDS if d.undo is not None}
    assert {key for key, _, _ in _DEEDS} | {each[0] for each in _ENDS} <= undone


def test_a_flag_that_is_changed_shows_what_it_needs(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_flag(desk, client_id, "WATCH", plan="", review_on=date(2018, 6, 1))
    page = opened(view, client_id, settled)
    (line,) = page.card.findChildren(CardLines)[0].lines
    QTest.keyClick(line, Qt.Key.Key_Return)
    settled()
    panel = view.panel
    assert isinstance(panel, EventPanel)
    (change,) = [b for b in panel.findChildren(QPushButton) if b.text() == "Change it"]
    change.click()
    settled()
    asked = view.panel
    assert isinstance(asked, FormPanel)

    fill(asked, {"level": "ACTIVE"})
    asked.save()
    settled()
    problem = asked.form.boxes["plan"].problem
    fill(asked, {"plan": "call daily"})
    asked.save()
    settled()

    assert "what the plan is" in problem
    with desk.store.reading() as rows:
        (flag,) = find(rows, RiskFlag, client_id=client_id)
    assert (flag.level, flag.plan) == ("ACTIVE", "call daily")
