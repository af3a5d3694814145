"""The ways in and the office's pages: names, room for words, a small screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from provider_desk.model.clock import FixedClock
from provider_desk.model.errors import NoKeyring, OlderDesk, Problem, SecretNeeded
from provider_desk.model.records import User
from provider_desk.services.rights import users
from provider_desk.ui import theme
from provider_desk.ui.desk_view import DeskView
from provider_desk.ui.pages.entering.first_run import FirstRun
from provider_desk.ui.pages.leaver import LeaverPage
from provider_desk.ui.pages.leaving.access_panel import AccessPanel
from provider_desk.ui.pages.leaving.hand_over_panel import HandOverPanel
from provider_desk.ui.pages.leaving.let_go_panel import LetGoPanel
from provider_desk.ui.pages.outside_panel import OutsidePanel
from provider_desk.ui.pages.setting.backups import BackupsSection
from provider_desk.ui.pages.setting.renew_panel import RenewPanel
from provider_desk.ui.pages.setting.staff_panels import (
    AddUserPanel,
    ChangeUserPanel,
    ResetPanel,
)
from provider_desk.ui.pages.settings import SettingsPage
from provider_desk.ui.pages.who_looked import WhoLookedPage
from provider_desk.ui.preferences import Preferences
from provider_desk.ui.theme import Look, Scheme
from tests.builders.controls import cut_off, nameless
from tests.builders.entering import Entrance

#: The look, text in per cent; what is not told is light.
LOOKS: list[tuple[Scheme, int]] = [("light", 100), ("dark", 150), ("light", 200)]


@pytest.fixture
def entrance(
    qtbot: QtBot,
    light: None,
    tmp_path: Path,
    preferences: Preferences,
    clock: FixedClock,
) -> Iterator[Entrance]:
    del light
    made = Entrance(qtbot, tmp_path, preferences, clock)
    yield made
    made.close()


def steps(run: FirstRun, entrance: Entrance) -> Iterator[str]:
    """Every state of the first run that somebody can see."""
    yield "service"
    run.service.note.show_why(NoKeyring("This computer offers no keyring.", "So."))
    run.go_on()
    yield "service, with everything that can be said"
    run.service.note.hide()
    run.service.boxes["provider"].editor.set_value("Invented Counselling")
    run.service.boxes["user"].editor.set_value("Robin Invented")
    run.go_on()
    yield "password"
    run.password.own.click()
    run.go_on()
    yield "own password, refused"
    run.password.by_chance.click()
    run.password.boxes["typed"].editor.set_value(run.password.words)
    run.go_on()
    entrance.settle()
    yield "sheets"
    run.sheets.folder.line.setText(str(entrance.tmp_path / "stick"))
    run.go_on()
    entrance.settle()
    yield "sheets saved"
    run.go_on()
    run.go_on()
    yield "typed back wrongly"
    run._show(len(run.steps) - 1)
    yield "done"


def ways(entrance: Entrance) -> Iterator[str]:
    """Name and password with what can be said there, then every other card."""
    page = entrance.page
    yield "sign in"
    page.show_words("The desk is being used by another program.", "Close it there.")
    page.card.offer("Try again", page.sign_in)
    yield "sign in, with words"
    ways = page.open_ways()
    for name in ("restore", "password"):
        ways.go(name)
        yield name
    ways.answer(SecretNeeded("The second secret is not on this computer.", ""))
    yield "secret"
    ways.answer(NoKeyring("This computer offers no keyring.", "Sign in to it."))
    yield "no keyring"
    ways.answer(OlderDesk("It holds 3,812 changes; 4,020 are remembered.", "Ask."))
    yield "older"


@pytest.mark.parametrize(("scheme", "percent"), LOOKS)
def test_every_step_and_card_has_names_and_room_for_its_words(
    qapp: QApplication, entrance: Entrance, scheme: Scheme, percent: int
) -> None:
    theme.apply(qapp, Look(scheme, percent))
    entrance.new_window()
    run = entrance.first_run()
    found: dict[str, list[str]] = {}

    def look(where: str) -> None:
        entrance.settle()
        window = entrance.window
        wrong = [*sorted(set(cut_off(window))), *sorted(set(nameless(window)))]
        if wrong:
            found[where] = wrong
        least = window.minimumSizeHint()
        assert (least.width() <= 1366, least.height() <= 768) == (True, True), where

    for where in steps(run, entrance):
        look(where)
    for where in ways(entrance):
        look(where)

    assert found == {}


def pages(view: DeskView, sam: User, settle: Callable[[], None]) -> Iterator[str]:
    """Every section, page and panel of the office."""
    frame = view.frame
    for part in ("staff", "counsel_key", "sheets", "backups"):
        frame.go("settings", part=part)
        settle()
        yield part
    page = view.page
    assert isinstance(page, SettingsPage)
    backups = page.sections["backups"]
    assert isinstance(backups, BackupsSection)
    backups.back_up()
    settle()
    yield "backups, with one"
    for row in backups.model.rows:
        backups._open(row)
        settle()
        yield "a backup"
    who, initials = sam.name, sam.initials
    for panel in (
        AddUserPanel(frame),
        ChangeUserPanel(frame, sam),
        ResetPanel(frame, sam),
        RenewPanel(frame, "A"),
        HandOverPanel(frame, initials, who),
        AccessPanel(frame, sam.id, who),
        LetGoPanel(frame, sam.id, who),
        OutsidePanel(frame, "somebody"),
    ):
        frame.open_panel(panel)
        settle()
        yield type(panel).__name__
        panel.save()
        settle()
        yield f"{type(panel).__name__}, refused or done"
    frame.go("leaver", user_id=sam.id, name=who, initials=initials)
    settle()
    assert isinstance(view.page, LeaverPage)
    yield "leaver"
    frame.go("who_looked")
    settle()
    assert isinstance(view.page, WhoLookedPage)
    view.page.filters.code.show_problems([Problem("code", "Nobody has this code.")])
    yield "who looked"
    view.page.write_file()
    settle()
    yield "who looked, to a file"


@pytest.mark.parametrize(("scheme", "percent"), LOOKS)
def test_every_page_of_the_office_has_names_and_room_for_its_words(
    qapp: QApplication, entrance: Entrance, scheme: Scheme, percent: int
) -> None:
    theme.apply(qapp, Look(scheme, percent))
    desk = entrance.make()
    users.add_user(desk, "Sam Invented", "COUNSELLOR", "purple ladder winter spoon")
    sam = next(user for user in users.users(desk) if user.id != desk.user.id)
    window = entrance.new_window()
    window.open_desk(desk)
    entrance.settle()
    assert window.view is not None
    found: dict[str, list[str]] = {}

    for where in pages(window.view, sam, entrance.settle):
        wrong = sorted(set(nameless(window)))
        if percent <= 150:
            wrong += sorted(set(cut_off(window)))
        if wrong:
            found[where] = wrong
        least = window.minimumSizeHint()
        assert (least.width() <= 1366, least.height() <= 768) == (True, True), where

    assert found == {}
