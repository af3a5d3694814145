"""A draft keeps the day on which it was begun, not that on which it is gone on with."""

from collections.abc import Callable

from provider_desk.model.clock import FixedClock, today
from provider_desk.model.fields import Day
from provider_desk.services.desk import Desk
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.forms.line_editors import DayEditor
from provider_desk.ui.pages.waiting.contact_panel import ContactPanel
from provider_desk.ui.pages.waiting_list import WaitingListPage
from tests.builders.casework import make_waiting

Settled = Callable[[], None]

A_DAY_MS = 86_400_000


def open_contact(view: DeskView, settled: Settled) -> ContactPanel:
    view.go("waiting", {})
    settled()
    assert isinstance(view.page, WaitingListPage)
    view.page.open_row(view.page.model.rows[0])
    settled()
    assert isinstance(view.panel, ContactPanel)
    return view.panel


def test_a_call_that_was_begun_yesterday_stays_yesterdays(
    desk: Desk, view: DeskView, settled: Settled, clock: FixedClock
) -> None:
    make_waiting(desk)
    begun_on = desk.today()
    panel = open_contact(view, settled)
    panel.form.boxes["note"].editor.retype("Rang at six")
    view.close_panel()
    settled()

    clock.ms += A_DAY_MS
    panel = open_contact(view, settled)

    assert desk.today() > begun_on
    assert panel.form.values()["held_on"] == begun_on


def test_a_call_with_nothing_typed_is_todays(
    desk: Desk, view: DeskView, settled: Settled, clock: FixedClock
) -> None:
    make_waiting(desk)
    open_contact(view, settled)
    view.close_panel()
    settled()

    clock.ms += A_DAY_MS
    panel = open_contact(view, settled)

    assert panel.form.values()["held_on"] == desk.today()
    assert not panel.is_dirty()


def test_a_day_in_words_is_kept_as_the_day_that_was_meant(
    light: None, clock: FixedClock
) -> None:
    del light
    begun = DayEditor(Day(label="Day"), lambda: today(clock))
    begun.retype("yesterday")
    meant, kept = begun.value(), begun.typed()
    clock.ms += A_DAY_MS

    taken_up = DayEditor(Day(label="Day"), lambda: today(clock))
    taken_up.retype(kept)

    assert meant is not None
    assert taken_up.value() == meant
