"""The privacy view in casework: every deed, record and page of a full case.

One person has words of their own in every field that can hold any. With the privacy
view on every deed is begun, every line of the time line is opened and put right, and
every page is looked at; all that can be read, heard or pointed at is searched.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from provider_desk.model.fields import Value
from provider_desk.services.casework import episodes, goals, people, surveys
from provider_desk.services.casework.booking import bookings, groups
from provider_desk.services.casework.measuring import gains, scores
from provider_desk.services.desk import Desk
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.main_window import MainWindow
from provider_desk.ui.pages.change_event import CHANGES
from provider_desk.ui.pages.event_panel import EventPanel, begin
from tests.builders.caring import make_care
from tests.builders.casework import (
    TODAY,
    contract_of,
    episode_of,
    make_client,
    make_session,
    make_waiting,
)
from tests.builders.course import make_course
from tests.ui.test_privacy import BORN, CODE, PERSONAL, WORDS, rest, words_in

Settled = Callable[[], None]

WORD = "Canary"


@pytest.fixture
def client_id(desk: Desk) -> str:
    """Somebody with a record of every kind, and a word of theirs in each."""
    made = make_client(desk, **WORDS, born_on=BORN, code=CODE)
    make_client(desk, **WORDS, born_on=BORN, code="I-0778")
    referral_id = make_waiting(desk, made, area="PES_AD")
    make_session(
        desk, referral_id, date(2017, 10, 3), type="SUPPORT", note=f"{WORD} note"
    )
    episode_id = episode_of(desk, referral_id).id
    plan: Mapping[str, Value] = {"success": f"{WORD} way", "made_on": date(2017, 10, 3)}
    episodes.add_exit_strategy(desk, episode_id, plan)
    make_course(desk, episode_id, WORD)
    make_care(desk, made, referral_id, WORD)
    goal_id, _ = goals.set_goal(
        desk,
        referral_id,
        {"words": f"{WORD} goal", "outcome": "2", "set_on": date(2017, 10, 3)},
    )
    goals.rate_goal(desk, goal_id, {"rated_on": date(2017, 10, 3), "rating": 3})
    surveys.record_survey(
        desk,
        referral_id,
        {"answered_on": date(2017, 10, 4), "words": f"{WORD} survey",
         "occasion": "DURING"},
        signed=True,
    )  # fmt: skip
    for on in (date(2017, 10, 3), date(2018, 1, 3)):
        scores.add_score(
            desk,
            referral_id,
            {"instrument": "PHQ9", "scored_on": on, "total": 19, "risk_item": "0"},
        )
    gains.tick_gains(desk, referral_id, {"seen_on": date(2018, 1, 3)}, codes=["SLEEP"])
    bookings.book(
        desk,
        referral_id,
        {"type": "SUPPORT", "worker": "RI", "starts_at": "10:00", "minutes": 50,
         "note": f"{WORD} booked"},
        [TODAY],
    )  # fmt: skip
    group_id, _ = groups.add_group(
        desk,
        {"name": "Invented group", "contract_id": contract_of(desk).id,
         "area": "PES_AD", "funded": "Y", "worker": "RI", "weekday": "TUE",
         "starts_on": date(2018, 1, 2), "starts_at": "14:00"},
    )  # fmt: skip
    groups.join(
        desk, referral_id, {"group_id": group_id, "joined_on": date(2018, 4, 3)}
    )
    return made


def heard(window: QWidget) -> Iterator[str]:
    """What words_in reads, and what a screen reader says beside the names."""
    yield from words_in(window)
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            yield widget.accessibleDescription()
            yield widget.statusTip()
            yield widget.whatsThis()


def seen(window: QWidget) -> list[str]:
    """Personal words that can be read now; what is being typed is left out."""
    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()
    return [text for text in heard(window) if any(p in text for p in PERSONAL)]


def page_of(view: DeskView, client_id: str) -> None:
    view.go("person", {"client_id": client_id})
    rest(view)


def test_no_page_shows_anything_personal(
    view: DeskView, window: MainWindow, client_id: str, settled: Settled
) -> None:
    view.frame.set_privacy(True)
    found = {}
    for place in ("today", "people", "waiting", "diary", "groups", "capacity",
                  "office"):  # fmt: skip
        view.go(place, {})
        settled()
        rest(view)
        found[place] = seen(window)
    page_of(view, client_id)
    settled()
    found["person"] = seen(window)
    view.frame.set_privacy(False)

    # The same search finds them where they are shown.
    assert seen(window)
    assert {place: words for place, words in found.items() if words} == {}


def test_no_deed_shows_anything_personal_when_it_begins(
    view: DeskView, window: MainWindow, client_id: str, settled: Settled
) -> None:
    view.frame.set_privacy(True)
    page_of(view, client_id)
    assert view.page is not None
    words = [offer.key.words for offer in view.page.offers() if not offer.why_not]
    found = {}
    for wanted in words:
        page_of(view, client_id)
        (offer,) = [o for o in view.page.offers() if o.key.words == wanted]
        offer.run()
        settled()
        rest(view)
        if view.panel is not None:
            found[wanted] = seen(window)
            view.close_panel()

    assert len(found) > 20
    assert {deed: shown for deed, shown in found.items() if shown} == {}


def test_no_line_of_the_time_line_shows_anything_personal_when_opened_or_put_right(
    view: DeskView, window: MainWindow, client_id: str, settled: Settled
) -> None:
    view.frame.set_privacy(True)
    page_of(view, client_id)
    found = {}
    first = {e.table: e for e in people.person(view.frame.desk, client_id).events}
    for table, event in first.items():
        view.frame.open_panel(EventPanel(view.frame, event, CODE))
        settled()
        rest(view)
        found[table] = seen(window)
        for change in CHANGES.get(table, ()):
            view.close_panel()
            begin(view.frame, change, event, CODE, view.frame.failed.emit)
            settled()
            rest(view)
            if view.panel is not None:
                found[f"{table}: {change.words}"] = seen(window)
        view.close_panel()

    assert len(found) > 15
    assert {where: shown for where, shown in found.items() if shown} == {}
