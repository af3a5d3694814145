"""Goals, ratings, surveys and what a session was for, in their panels."""

from collections.abc import Callable
from datetime import date

from provider_desk.model.records import (
    Goal,
    GoalRating,
    Session,
    SupportTag,
    SurveyAnswer,
)
from provider_desk.services.casework import goals
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.choice_editors import ChoiceEditor
from provider_desk.ui.forms.form_panel import FormPanel
from provider_desk.ui.forms.ticks import Ticks
from provider_desk.ui.pages.change_event import CHANGES, ChangePanel
from provider_desk.ui.pages.event_panel import EventPanel
from provider_desk.ui.pages.log_session import LogSessionPanel
from provider_desk.ui.pages.person import PersonPageView
from tests.builders.casework import TODAY, contract_of, make_client, make_episode
from tests.builders.unnamed import unnamed

Settled = Callable[[], None]


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


def why_not(view: DeskView, key: deeds.Key) -> str:
    (offer,) = [each for each in view.offers() if each.key is key]
    return offer.why_not


def fill(panel: FormPanel, **values: object) -> None:
    for name, value in values.items():
        panel.form.boxes[name].editor.set_value(value)  # type: ignore[arg-type]


def save(panel: FormPanel, settled: Settled) -> None:
    panel.save()
    settled()


def test_a_goal_is_set_rated_and_ended(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id, area="PES_AD")
    opened(view, client_id, settled)
    assert "no open goal" in why_not(view, deeds.RATE_GOAL)

    panel = run(view, deeds.SET_GOAL, settled)
    fill(panel, words="Sleep through", outcome="4", set_on=date(2018, 4, 2))
    save(panel, settled)
    panel = run(view, deeds.RATE_GOAL, settled)
    fill(panel, rating=4)
    save(panel, settled)

    page = view.page
    assert isinstance(page, PersonPageView)
    (line,) = [e for e in page.time_line.model.events if e.title == "Goal set"]
    event = EventPanel(view.frame, line, "code")
    assert event.words == "Goal set"
    change = next(c for c in CHANGES[Goal.TABLE] if c.words == "End it")
    ending = ChangePanel(view.frame, change, line, "code", {})
    fill(ending, ended_on=TODAY, reached="Y")
    view.frame.open_panel(ending)
    save(ending, settled)

    with desk.store.reading() as rows:
        (goal,) = find(rows, Goal)
        (rating,) = find(rows, GoalRating)
    assert (goal.words, goal.outcome, goal.reached) == ("Sleep through", "4", "Y")
    assert (rating.rating, rating.rated_on) == (4, TODAY)
    assert "no open goal" in why_not(view, deeds.RATE_GOAL)


def test_with_two_goals_it_is_asked_which_and_their_words_can_be_hidden(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    ids = [
        goals.set_goal(desk, referral_id, {"words": words, "set_on": TODAY})[0]
        for words in ("Sleep through", "Cook for friends")
    ]
    opened(view, client_id, settled)

    panel = run(view, deeds.RATE_GOAL, settled)
    editor = panel.form.boxes["goal_id"].editor
    assert isinstance(editor, ChoiceEditor)
    assert "Cook for friends" in editor.list.itemText(editor.list.findData(ids[1]))
    fill(panel, goal_id=ids[1], rating=7)
    save(panel, settled)

    with desk.store.reading() as rows:
        assert [each.goal_id for each in find(rows, GoalRating)] == [ids[1]]


def test_a_survey_has_no_name_unless_the_person_signs_it(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    referral_id, _ = make_episode(desk, client_id, area="PES_AD")
    opened(view, client_id, settled)

    panel = run(view, deeds.RECORD_SURVEY, settled)
    fill(panel, health="LOT")
    save(panel, settled)
    panel = run(view, deeds.RECORD_SURVEY, settled)
    fill(panel, referral_id=referral_id, safety="WORSE")
    save(panel, settled)

    with desk.store.reading() as rows:
        (signed,) = find(rows, SurveyAnswer)
    (without,) = unnamed(desk)
    assert (signed.referral_id, signed.safety) == (referral_id, "WORSE")
    assert (without.referral_id, without.health) == (None, "LOT")


def test_a_survey_without_a_name_is_undone_while_it_waits(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id, area="PES_AD")
    opened(view, client_id, settled)
    panel = run(view, deeds.RECORD_SURVEY, settled)
    fill(panel, health="LOT")
    save(panel, settled)
    assert "Only Undo takes it back" in view.bottom.said.text()
    assert len(unnamed(desk)) == 1

    view.bottom.undo.click()
    settled()

    assert unnamed(desk) == []


def test_a_survey_that_came_by_post_is_recorded_with_nobody_open(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    contract = contract_of(desk)
    make_client(desk)

    panel = run(view, deeds.UNNAMED_SURVEY, settled)
    save(panel, settled)
    assert panel.form.boxes["area"].problem
    fill(panel, contract_id=contract.id, area="PES_AD", coping="SAME")
    save(panel, settled)

    (survey,) = unnamed(desk)
    assert (survey.area, survey.coping, survey.referral_id) == ("PES_AD", "SAME", None)


def test_a_session_says_what_it_was_for_by_ticks(
    desk: Desk, view: DeskView, settled: Settled
) -> None:
    client_id = make_client(desk)
    make_episode(desk, client_id, area="PES_AD")
    before = len(_sessions(desk))
    panel = LogSessionPanel(view.frame, client_id)
    view.frame.open_panel(panel)
    settled()

    editor = panel.what_for.editor
    assert isinstance(editor, Ticks)
    panel.form.boxes["attendance"].editor.set_value("ATT")
    panel.form.boxes["type"].editor.set_value("SUPPORT")
    editor.set_value("2 6")
    assert panel.typed()["What it was for"] == "2 6"
    panel.save()
    settled()

    with desk.store.reading() as rows:
        tags = find(rows, SupportTag)
    assert sorted(tag.outcome for tag in tags) == ["2", "6"]
    assert len(_sessions(desk)) == before + 1


def _sessions(desk: Desk) -> list[Session]:
    with desk.store.reading() as rows:
        return find(rows, Session)
