"""Of several things none is guessed: what is ended or withdrawn has to be chosen."""

from pytestqt.qtbot import QtBot

from provider_desk.model.records import Consent
from provider_desk.services.casework.caring import consents
from provider_desk.services.desk import Desk
from provider_desk.store.records import find
from provider_desk.ui import deeds
from provider_desk.ui.main_window import MainWindow
from tests.builders.casework import make_client
from tests.builders.day_walk import Walk


def withdrawn(desk: Desk) -> set[str]:
    with desk.store.reading() as rows:
        return {each.purpose for each in find(rows, Consent) if each.withdrawn_on}


def test_which_consent_is_withdrawn_is_asked_and_never_guessed(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    client_id = make_client(desk, known_as="Kim Calder")
    for purpose in ("GP", "SURVEY"):
        consents.record_consent(desk, client_id, {"purpose": purpose, "answer": "YES"})
    walk = Walk(qtbot, window)
    walk.find("Kim")

    walk.ask(deeds.WITHDRAW)
    assert (walk.heard, walk.typed) == ("Which one", "")
    walk.save()
    assert "Choose which one." in walk.panel
    assert walk.heard.startswith("Which one")
    assert withdrawn(desk) == set()
    walk.choose("GP")
    walk.save()

    assert withdrawn(desk) == {"GP"}


def test_where_there_is_one_only_it_is_done_on_that(
    qtbot: QtBot, window: MainWindow, desk: Desk
) -> None:
    client_id = make_client(desk, known_as="Kim Calder")
    consents.record_consent(desk, client_id, {"purpose": "GP", "answer": "YES"})
    walk = Walk(qtbot, window)
    walk.find("Kim")

    walk.ask(deeds.WITHDRAW)
    walk.save()

    assert withdrawn(desk) == {"GP"}
