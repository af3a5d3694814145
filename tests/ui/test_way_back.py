"""Every deed has its way back: Ctrl+Z, or the foot says how it is put right.

No deed is taken at its word: every place in the window where something is saved is
found in the source, and each must offer an undo or say at the foot what to do instead.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from provider_desk import ui
from provider_desk.ui import deeds
from provider_desk.ui.pages.change import Change
from provider_desk.ui.pages.change_event import CHANGES
from provider_desk.ui.pages.deed import Deed
from provider_desk.ui.pages.deed_list import DEEDS

_FOLDER = Path(str(ui.__file__)).parent

#: Keys of deeds that change nothing: they show, or go somewhere.
_ONLY_SHOWN = (
    deeds.EPISODE_COURSE,
    deeds.EXIT_VERSIONS,
    deeds.GAINS_COUNTED,
    deeds.MORE,
)

#: Where a deed is done that has a panel of its own, or that is no deed of the list.
_DONE_IN = {
    deeds.ADD_PERSON: "pages/add_person.py",
    deeds.ALLOCATE: "pages/allocate.py",
    deeds.BOOK: "pages/diarying/book_panel.py",
    deeds.CAME_FOR: "pages/referring/needs_panel.py",
    deeds.CHANGE_DETAILS: "pages/change_person.py",
    deeds.CLOSE_EPISODE: "pages/course/closing_panel.py",
    deeds.ENTERED_IN_ERROR: "pages/referring/mistaken_panel.py",
    deeds.GAINS: "pages/measuring/gains_panel.py",
    deeds.GIVE_ACCESS: "pages/give_access.py",
    deeds.JOIN_GROUP: "pages/grouping/join_panel.py",
    deeds.LETTER: "pages/waiting/letters_panel.py",
    deeds.LOG_SESSION: "pages/log_session.py",
    deeds.MEASURE: "pages/measuring/measure_panel.py",
    deeds.MERGE_PEOPLE: "pages/referring/merge_panel.py",
    deeds.NEW_REFERRAL: "pages/referring/new_referral.py",
    deeds.PROCESS_NOTE: "pages/noting/fields.py",
    deeds.SAFE_CONTACT: "pages/safe_contact_panel.py",
    deeds.UNNAMED_SURVEY: "pages/unnamed_survey.py",
}

#: Parts of the return: a month is issued, signed and logged, not undone; each of
#: these has its opposite beside it, or is a log.
_RETURN = {
    "pages/returning/agreement_panel.py": "agreed anew; the earlier one stays to read",
    "pages/returning/month_deeds.py": "the same button turns it back",
    "pages/returning/sent_panel.py": "a log of what left; figures replace “none”",
    "pages/returning/sign_view.py": "opening the month again takes a signature back",
    "pages/returning/study_panel.py": "opening the study again; it can be dropped",
}

#: Where saving is done for others: they say what is offered.
_PASSED_ON = ("frame.py", "bottom_line.py", "forms/form_panel.py")


@dataclass(frozen=True, slots=True)
class Site:
    """A place in the source where something is saved."""

    module: str
    owner: str
    way: bool


@cache
def sites() -> tuple[Site, ...]:
    """Every form panel that is made and every deed that is done without one."""
    return tuple(_sites())


def _sites() -> Iterator[Site]:
    for path in sorted(_FOLDER.rglob("*.py")):
        module = path.relative_to(_FOLDER).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for owner in _owners(tree):
            calls = [each for each in ast.walk(owner) if isinstance(each, ast.Call)]
            offers = any(_name(each.func) == "offer_undo" for each in calls)
            for call in calls:
                if _makes_form_panel(call, owner):
                    yield Site(module, owner.name, _given(call, "undo", "whole"))
                elif _writes(call) and module not in _PASSED_ON:
                    way = offers or _given(call, "whole")
                    yield Site(module, owner.name, way)


Owner = ast.ClassDef | ast.FunctionDef


def _owners(tree: ast.Module) -> Iterator[Owner]:
    for each in tree.body:
        if isinstance(each, ast.ClassDef | ast.FunctionDef):
            yield each


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)


def _writes(call: ast.Call) -> bool:
    named = isinstance(call.func, ast.Attribute) and call.func.attr == "write"
    return named and ast.unparse(call.func.value).lstrip("_").endswith("frame")  # type: ignore[attr-defined]


def _makes_form_panel(call: ast.Call, owner: Owner) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id == "FormPanel"
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "__init__":
        return False
    bases = owner.bases if isinstance(owner, ast.ClassDef) else []
    return any(isinstance(base, ast.Name) and base.id == "FormPanel" for base in bases)


def _given(call: ast.Call, *names: str) -> bool:
    """Whether one is given, and neither nothing nor an empty sentence."""
    empty = (None, False, "")
    return any(
        each.arg in (*names, "instead")
        and not (isinstance(each.value, ast.Constant) and each.value.value in empty)
        for each in call.keywords
    )


def test_every_place_that_saves_offers_an_undo_or_says_what_to_do() -> None:
    silent = {each.module for each in sites() if not each.way}

    assert silent == _RETURN.keys()


def test_the_places_that_save_are_really_found() -> None:
    found = {each.module for each in sites()}

    assert set(_DONE_IN.values()) <= found
    assert "pages/setting/section.py" in found
    assert "pages/person_deeds.py" in found
    assert "pages/change_event.py" in found


def _ways_of(panel: object) -> list[bool]:
    """Whether each place that saves for a panel, its own or inherited, has a way."""
    made_of = panel.__mro__ if isinstance(panel, type) else (panel,)
    names = [str(getattr(each, "__module__", "")) for each in made_of]
    paths = {
        f"{n.removeprefix('provider_desk.ui.').replace('.', '/')}.py" for n in names
    }
    return [each.way for each in sites() if each.module in paths - {*_PASSED_ON}]


@pytest.mark.parametrize(
    "deed",
    [each for each in DEEDS if each.key not in _ONLY_SHOWN],
    ids=lambda deed: str(deed.key.words),
)
def test_every_deed_for_a_person_is_done_where_an_undo_is_offered(deed: Deed) -> None:
    """A deed with a form is done by the panel of person_deeds, which undoes whole."""
    if deed.panel is None:
        done_in = [each for each in sites() if each.module == "pages/person_deeds.py"]
        ways = [each.way for each in done_in]
    elif deed.key in _DONE_IN:
        ways = [each.way for each in sites() if each.module == _DONE_IN[deed.key]]
    else:
        ways = _ways_of(deed.panel)

    assert ways
    assert all(ways)


def test_every_key_with_a_person_open_is_a_deed_with_a_way_back() -> None:
    """What the search at the top finds, the keys do: each is one of these."""
    listed = {deed.key for deed in DEEDS}
    unknown = [
        key.words
        for key in (*deeds.PERSON_KEYS, deeds.ADD_PERSON, deeds.UNNAMED_SURVEY)
        if key not in listed and key not in _DONE_IN and key not in _ONLY_SHOWN
    ]

    assert unknown == []


@pytest.mark.parametrize(
    "change",
    [each for changes in CHANGES.values() for each in changes if each.panel],
    ids=lambda change: str(change.words),
)
def test_a_change_with_a_panel_of_its_own_is_done_in_one_that_offers_an_undo(
    change: Change,
) -> None:
    ways = _ways_of(change.panel)

    assert ways
    assert all(ways)


def test_a_silent_deed_would_be_found() -> None:
    tree = ast.parse(
        "class A(FormPanel):\n"
        "    def __init__(self, frame):\n"
        "        super().__init__(frame, 'A', form, 'A', run, undo=None)\n"
        "def b(frame):\n"
        "    frame.write(frame, run)\n"
        "def c(frame):\n"
        "    frame.write(frame, run, instead='Do it again.')\n"
    )
    a, b, c = _owners(tree)
    (made,) = [n for n in ast.walk(a) if isinstance(n, ast.Call) and n.keywords]
    (silent,) = [n for n in ast.walk(b) if isinstance(n, ast.Call)]
    (told,) = [n for n in ast.walk(c) if isinstance(n, ast.Call)]

    assert _makes_form_panel(made, a)
    assert not _given(made, "undo", "whole")
    assert _writes(silent)
    assert not _given(silent, "instead")
    assert _given(told, "instead")
