"""Groups by keyboard: add one, join, take the register, and undo it."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from provider_desk.model.fields import Value
from provider_desk.model.group_views import GroupPage
from provider_desk.model.records import Episode, Group, GroupMember, Session
from provider_desk.services.casework import episodes
from provider_desk.services.casework.booking import groups
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.grouping.join_panel import JoinPanel
from provider_desk.ui.pages.grouping.register_panel import RegisterPanel
from provider_desk.ui.pages.groups import GroupsPage
from tests.builders.casework import TODAY, contract_of, make_client, make_episode
from tests.builders.windows import CTRL, Keyboard

Settled = Callable[[], None]
KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def group_id(desk: Desk) -> str:
    """A group that meets on the day of the tests, with two members."""
    values: dict[str, Value] = {
        "name": "Moving on",
        "contract_id": contract_of(desk).id,
        "area": "PES_AD",
        "funded": "N",
        "worker": "RI",
        "weekday": "TUE",
        "starts_on": date(2018, 1, 2),
    }
    made, _ = groups.add_group(desk, values)
    for name in ("Anna First", "Bea Second"):
        referral_id, _ = make_episode(
            desk, make_client(desk, known_as=name), area="PES_AD"
        )
        joining: dict[str, Value] = {"group_id": made, "joined_on": TODAY}
        groups.join(desk, referral_id, joining)
    return made


def groups_page(view: DeskView) -> GroupsPage:
    page = view.page
    assert isinstance(page, GroupsPage)
    return page


def of_today(desk: Desk) -> list[Session]:
    with desk.store.reading() as rows:
        return find(rows, Session, held_on=TODAY)


@pytest.mark.usefixtures("group_id", "view")
def test_opening_the_groups_asks_for_one_group_once(
    keys: Keyboard, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(desk: Desk, group_id: str) -> GroupPage:
        asked.append(group_id)
        return group(desk, group_id)

    group = groups.group
    monkeypatch.setattr(groups, "group", counted)
    for _ in range(2):
        keys.press(KEY.Key_5, ALT)
        settled()
        keys.press(KEY.Key_F1)
        settled()

    assert len(asked) == 2


@pytest.mark.usefixtures("group_id")
def test_a_register_takes_one_key_for_each_person_and_one_undo(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_5, ALT)
    settled()
    page = groups_page(view)
    assert page.model.index(0, 1).data() == "No contract pays"
    keys.press(KEY.Key_Return)
    settled()
    assert isinstance(view.panel, RegisterPanel)
    keys.press(KEY.Key_1)
    keys.press(KEY.Key_3)
    keys.press(KEY.Key_Return, CTRL)
    settled()

    assert [s.attendance for s in of_today(desk)] == ["ATT", "DNA"]
    assert {s.type for s in of_today(desk)} == {"GROUP_OWN"}
    assert keys.pressed == 5
    assert page.view.counts.text() == (
        "1 meeting, 1 attendance by 1 person · No contract pays for it: in no return, "
        "counted here."
    )
    keys.press(KEY.Key_Z, CTRL)
    settled()
    assert of_today(desk) == []


@pytest.mark.usefixtures("group_id", "view")
def test_a_member_in_the_register_is_heard_by_code_and_hidden_with_the_names(
    keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_5, ALT)
    settled()
    keys.press(KEY.Key_Return)
    settled()

    line = QApplication.focusWidget()
    assert line is not None
    assert line.accessibleName().endswith(": not marked")
    keys.press(KEY.Key_N)
    note = QApplication.focusWidget()
    assert note is not None
    assert note.accessibleName().startswith("Note on I-")


def test_somebody_joins_from_their_own_page_and_leaves_by_a_day(
    desk: Desk, group_id: str, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    client_id = make_client(desk, known_as="Cara Third")
    make_episode(desk, client_id, area="PES_AD")
    view.frame.go("person", client_id=client_id)
    settled()
    keys.press(KEY.Key_G, CTRL)
    keys.press(KEY.Key_J)
    settled()
    panel = view.panel
    assert isinstance(panel, JoinPanel)
    assert panel.form.values()["group_id"] == group_id
    keys.press(KEY.Key_Return, CTRL)
    settled()

    with desk.store.reading() as rows:
        assert len(find(rows, GroupMember, group_id=group_id)) == 3
    keys.press(KEY.Key_Z, CTRL)
    settled()
    with desk.store.reading() as rows:
        assert len(find(rows, GroupMember, group_id=group_id)) == 2
    view.go("groups", {})
    settled()
    page = groups_page(view)
    page.view.leave.click()
    settled()
    keys.press(KEY.Key_Return, CTRL)
    settled()
    with desk.store.reading() as rows:
        left = [m for m in find(rows, GroupMember) if m.left_on == TODAY]
    assert len(left) == 1


def test_without_a_group_the_page_says_what_to_do_and_one_is_added(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    keys.press(KEY.Key_5, ALT)
    settled()
    page = groups_page(view)
    assert page.empty.isVisible()
    assert page.add.hasFocus()
    offer = next(o for o in page.offers() if o.key is deeds.ADD_GROUP)
    offer.run()
    settled()
    keys.type("Peers")
    panel = view.panel
    assert panel is not None
    panel.form.boxes["funded"].editor.set_value("Y")  # type: ignore[attr-defined]
    panel.form.boxes["area"].editor.set_value("THER")  # type: ignore[attr-defined]
    keys.press(KEY.Key_Return, CTRL)
    settled()

    with desk.store.reading() as rows:
        (made,) = find(rows, Group)
    assert (made.name, made.funded, made.worker) == ("Peers", "Y", "RI")
    assert not page.empty.isVisible()
    assert [row.group.name for row in page.model.rows] == ["Peers"]


def open_register_of(keys: Keyboard, view: DeskView, settled: Settled) -> RegisterPanel:
    keys.press(KEY.Key_5, ALT)
    settled()
    keys.press(KEY.Key_Return)
    settled()
    panel = view.panel
    assert isinstance(panel, RegisterPanel)
    return panel


@pytest.mark.usefixtures("group_id")
def test_a_half_taken_register_is_a_draft_and_opens_where_it_was(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    open_register_of(keys, view, settled)
    keys.press(KEY.Key_1)
    keys.press(KEY.Key_N)
    keys.type("Talked of work")
    keys.press(KEY.Key_Escape)
    settled()
    (kept,) = view.frame.drafts.all()
    assert (kept.words, kept.subject) == ("Register: Moving on", "Tue 1 May 2018")

    view.go("today", {})
    settled()
    kept.open(view.frame, lambda: None)
    settled()

    panel = view.panel
    assert isinstance(panel, RegisterPanel)
    assert [line.code for line in panel.lines] == ["ATT", ""]
    assert panel.lines[1].note.text() == "Talked of work"
    panel.save()
    assert "has a note and no mark" in panel.banner.words
    panel.lines[1].mark("DNA")
    panel.save()
    settled()
    assert {s.attendance for s in of_today(desk)} == {"ATT", "DNA"}
    assert view.frame.drafts.all() == []


@pytest.mark.usefixtures("group_id")
def test_taking_the_register_opens_the_one_that_was_begun_for_another_day(
    desk: Desk, group_id: str, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    groups_joined_earlier(desk, group_id)
    panel = open_register_of(keys, view, settled)
    keys.press(KEY.Key_Backtab)
    keys.type("26 apr")
    keys.press(KEY.Key_Tab)
    settled()
    keys.press(KEY.Key_3)
    keys.press(KEY.Key_Escape)
    settled()

    panel = open_register_of(keys, view, settled)
    assert panel.subject == "Thu 26 Apr 2018"
    assert [line.code for line in panel.lines] == ["DNA", ""]
    assert "as you left it" in view.bottom.said.text()
    keys.press(KEY.Key_1)
    keys.press(KEY.Key_Return, CTRL)
    settled()
    assert open_register_of(keys, view, settled).subject == "Tue 1 May 2018"


@pytest.mark.usefixtures("group_id")
def test_tab_goes_from_the_day_through_the_members_to_the_button(
    view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    panel = open_register_of(keys, view, settled)
    panel.day.line.setFocus()
    for stop in (*panel.lines, panel.button):
        keys.press(KEY.Key_Tab)
        assert QApplication.focusWidget() is stop


@pytest.mark.usefixtures("group_id")
def test_a_register_of_another_day_takes_the_marks_with_it_and_is_looked_at_first(
    desk: Desk, group_id: str, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    groups_joined_earlier(desk, group_id)
    panel = open_register_of(keys, view, settled)
    keys.press(KEY.Key_3)
    panel.day.set_value(date(2018, 4, 24))
    panel.save()
    settled()

    assert of_today(desk) == []
    assert view.panel is panel
    assert "24 Apr" in panel.subject
    assert [line.code for line in panel.lines] == ["DNA", ""]


@pytest.mark.usefixtures("group_id")
def test_after_another_day_is_typed_the_next_key_marks_the_first_member(
    desk: Desk, group_id: str, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    groups_joined_earlier(desk, group_id)
    panel = open_register_of(keys, view, settled)
    panel.day.line.setFocus()
    panel.day.line.selectAll()
    keys.type("24 apr")
    keys.press(KEY.Key_Tab)
    settled()
    keys.press(KEY.Key_3)

    assert "24 Apr" in panel.subject
    assert [line.code for line in panel.lines] == ["DNA", ""]


def groups_joined_earlier(desk: Desk, group_id: str) -> None:
    with desk.store.writing("joined earlier") as deed:
        for place in find(deed, GroupMember, group_id=group_id):
            deed.change(GroupMember, place.id, {"joined_on": date(2018, 4, 3)})


@pytest.mark.usefixtures("group_id")
def test_a_register_that_was_put_right_is_undone_by_one_key(
    desk: Desk, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    open_register_of(keys, view, settled)
    keys.press(KEY.Key_3)
    keys.press(KEY.Key_Return, CTRL)
    settled()
    panel = open_register_of(keys, view, settled)
    panel.lines[0].setFocus()
    keys.press(KEY.Key_1)
    keys.press(KEY.Key_1)
    keys.press(KEY.Key_Return, CTRL)
    settled()
    assert [s.attendance for s in of_today(desk)] == ["ATT", "ATT"]

    keys.press(KEY.Key_Z, CTRL)
    settled()

    assert [s.attendance for s in of_today(desk)] == ["DNA"]


def test_who_needs_a_new_referral_for_a_paid_group_is_told_on_their_line(
    desk: Desk, group_id: str, view: DeskView, keys: Keyboard, settled: Settled
) -> None:
    with desk.store.writing("paid for") as deed:
        deed.change(Group, group_id, {"funded": "Y"})
        place = find(deed, GroupMember, group_id=group_id)[0]
        deed.change(GroupMember, place.id, {"joined_on": date(2018, 4, 3)})
        (episode,) = find(deed, Episode, referral_id=place.referral_id)
    ending: dict[str, Value] = {"closed_on": date(2018, 4, 20), "reason": "COMPLETED"}
    episodes.close_episode(desk, episode.id, ending)

    panel = open_register_of(keys, view, settled)
    line = next(each for each in panel.lines if each.line.closed_on)
    line.setFocus()
    keys.press(KEY.Key_1)
    assert line.code == ""
    assert "Choose “Refer again”" in line.accessibleDescription()
    keys.press(KEY.Key_Return)
    settled()
    assert view.page is not None
    assert view.page.TITLE == "Person"
