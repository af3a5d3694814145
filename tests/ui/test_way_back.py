"""Every deed has its way back: an undo, a change, or a place where it is put right."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_desk.model.records import PersonMerge
from provider_desk.ui import deeds, pages
from provider_desk.ui.pages.change_event import CHANGES
from provider_desk.ui.pages.deed import Deed
from provider_desk.ui.pages.deed_list import DEEDS

#: Deeds that change nothing.
_ONLY_SHOWN = (deeds.EPISODE_COURSE, deeds.EXIT_VERSIONS)

#: What a deed leaves behind, where that is not of the type its form is made from.
_LEAVES = {deeds.MERGE_PEOPLE: PersonMerge.TABLE}

#: Deeds of which a panel does the work: the panel offers the undo.
_BY_PANEL = {
    deeds.CAME_FOR: "referring/needs_panel.py",
    deeds.JOIN_GROUP: "grouping/join_panel.py",
    deeds.BOOK: "diarying/book_panel.py",
    deeds.LETTER: "waiting/letters_panel.py",
}

#: Panels without an undo: what they leave is put right by the same or another panel.
_PUT_RIGHT = {
    "add_person.AddPersonPanel": "“Change details” on the person's page",
    "allocate": "allocating again",
    "change_event.ChangePanel": "it is the putting right; changing again",
    "change_person.ChangePersonPanel": "changing again; each value stays in history",
    "give_access": "“Take access back” beside it",
    "officing.take_back_panel.TakeBackPanel": "it is the taking back",
    "returning.sent_panel.SentPanel": "a log: what was sent is sent",
    "returning.sent_panel.NotSubmittedPanel": "figures of the month replace it",
    "returning.study_panel.StudyPanel": "opening the study again",
    "safe_contact_panel.SafeContactPanel": "offered one by one after saving",
    "setting.by_contract": "the row opened again",
    "setting.contracts.ContractPanel": "the contract opened again",
    "setting.staff_panels.AddUserPanel": "changing or closing the account",
    "setting.staff_panels.ChangeUserPanel": "changing again",
}

_FOLDER = Path(str(pages.__file__)).parent


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: str(deed.key.words))
def test_every_deed_for_a_person_is_undone_or_changed(deed: Deed) -> None:
    if deed.key in _ONLY_SHOWN:
        return
    if deed.key in _BY_PANEL:
        words = (_FOLDER / _BY_PANEL[deed.key]).read_text(encoding="utf-8")
        assert deed.panel is not None
        assert "undo" in words
        return
    table = _LEAVES.get(deed.key, deed.record_type.TABLE)
    assert deed.undo is not None or CHANGES.get(table), deed.key.words


def panels_without_undo() -> Iterator[str]:
    """Module and class of every form panel in which no undo is given."""
    for path in sorted(_FOLDER.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        classes = [each for each in ast.walk(tree) if isinstance(each, ast.ClassDef)]
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call):
                continue
            owner = next(
                (c for c in classes if c.lineno <= call.lineno <= (c.end_lineno or 0)),
                None,
            )
            if _makes_form_panel(call, owner) and not _undoes(call):
                module = ".".join(path.relative_to(_FOLDER).with_suffix("").parts)
                yield f"{module}.{owner.name}" if owner else module


def _makes_form_panel(call: ast.Call, owner: ast.ClassDef | None) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id == "FormPanel"
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "__init__":
        return False
    bases = owner.bases if owner else []
    return any(isinstance(base, ast.Name) and base.id == "FormPanel" for base in bases)


def _undoes(call: ast.Call) -> bool:
    return any(given.arg == "undo" for given in call.keywords)


def test_every_panel_offers_an_undo_or_says_where_it_is_put_right() -> None:
    assert set(panels_without_undo()) == _PUT_RIGHT.keys()
