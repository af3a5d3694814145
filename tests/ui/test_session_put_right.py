"""A session that is put right asks what logging it asks, and can be undone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from provider_desk.model.records import Session
from provider_desk.model.views import Event, EventKind
from provider_desk.services.desk import Desk
from provider_desk.store.records import get
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.change_event import CHANGES, ChangePanel
from provider_desk.ui.pages.event_panel import begin
from provider_desk.ui.pages.log_session import LogSessionPanel
from tests.builders.casework import TODAY, make_client, make_episode, make_session
from tests.builders.windows import CTRL, Keyboard

Settled = Callable[[], None]
KEY = Qt.Key
ON = date(2018, 4, 24)


@pytest.fixture
def case(desk: Desk) -> tuple[str, str]:
    """Somebody in support: the person and the referral."""
    client_id = make_client(desk, known_as="Morgan Marsh")
    return client_id, make_episode(desk, client_id, area="PES_AD")[0]


def put_right(view: DeskView, settled: Settled, session_id: str) -> ChangePanel:
    event = Event(EventKind.SESSION, ON, "Session", "", Session.TABLE, session_id)
    begin(view.frame, CHANGES["session"][0], event, "I-1", view.frame.failed.emit)
    settled()
    panel = view.panel
    assert isinstance(panel, ChangePanel)
    return panel


def held(desk: Desk, session_id: str) -> Session:
    with desk.store.reading() as rows:
        return get(rows, Session, session_id)


def test_why_it_was_cancelled_is_asked_only_where_it_was(
    desk: Desk, case: tuple[str, str], view: DeskView, settled: Settled
) -> None:
    session_id = make_session(desk, case[1], ON, "CX_CLIENT", cancel_reason="ILL")
    panel = put_right(view, settled, session_id)
    boxes = panel.form.boxes
    assert boxes["cancel_reason"].isVisible()

    boxes["attendance"].editor.set_value("ATT")
    assert not boxes["cancel_reason"].isVisible()
    assert panel.reason is not None
    panel.reason.editor.set_value("Somebody else cancelled")
    panel.save()
    settled()

    now = held(desk, session_id)
    assert (now.attendance, now.cancel_reason) == ("ATT", None)


@pytest.mark.usefixtures("window")
def test_the_note_is_called_as_where_it_is_written(
    desk: Desk, case: tuple[str, str], view: DeskView, settled: Settled
) -> None:
    logging = LogSessionPanel(view.frame, case[0])
    view.frame.open_panel(logging)
    settled()
    wanted = logging.form.boxes["note"].label.text()

    panel = put_right(view, settled, make_session(desk, case[1], ON))

    assert panel.form.boxes["note"].label.text() == wanted


def test_the_counter_before_a_trial_leaves_out_the_session_that_is_put_right(
    desk: Desk, case: tuple[str, str], view: DeskView, settled: Settled
) -> None:
    for number in range(7):
        make_session(desk, case[1], ON - timedelta(weeks=number + 1), trial="PRE")
    session_id = make_session(desk, case[1], ON, trial="PRE")

    panel = put_right(view, settled, session_id)

    said = panel.form.boxes["trial"].editor.inner.accessibleDescription()
    assert said == "7 of 8 before trial besides this one."
    assert not panel.form.boxes["trial_reason"].isVisible()


def test_a_correction_is_undone_by_one_key(
    desk: Desk,
    case: tuple[str, str],
    view: DeskView,
    keys: Keyboard,
    settled: Settled,
) -> None:
    session_id = make_session(desk, case[1], ON, minutes=50)
    panel = put_right(view, settled, session_id)
    panel.form.boxes["minutes"].editor.set_value(40)
    assert panel.reason is not None
    panel.reason.editor.set_value("The clock was read wrongly")
    panel.save()
    settled()
    assert held(desk, session_id).minutes == 40

    keys.press(KEY.Key_Z, CTRL)
    settled()

    assert held(desk, session_id).minutes == 50


def test_a_day_far_away_is_pointed_out_beside_its_field_and_saved_all_the_same(
    case: tuple[str, str], view: DeskView, settled: Settled
) -> None:
    panel = LogSessionPanel(view.frame, case[0])
    view.frame.open_panel(panel)
    settled()
    day = panel.form.boxes["held_on"]

    day.editor.set_value(TODAY + timedelta(days=400))
    assert "more than a year ahead. Check the year." in day.problem
    day.editor.set_value(TODAY - timedelta(days=400))
    assert "more than a year ago. Check the year." in day.problem
    assert panel.button.isEnabled()
    day.editor.set_value(TODAY)
    assert day.problem == ""
