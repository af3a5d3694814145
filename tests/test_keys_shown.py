"""Every key that help, news or a sentence of the window names is one that there is."""

import re
from pathlib import Path

import pytest

from provider_desk.ui import deeds
from provider_desk.ui.places import PLACES

ROOT = Path(__file__).resolve().parents[1]

#: The second of two keys; “Ctrl+G, then S” is the same as “Ctrl+G, S”.
_SECOND = r"(?:(?<=Ctrl\+G), (?:then )?([A-Z0-9=-]|Space)(?![A-Za-z0-9+]))?"
_SHOWN = re.compile(
    rf"(?<![\w+])((?:(?:Ctrl|Alt|Shift)\+)+(?:[A-Z][a-z]+|[A-Z0-9/=-])|F\d{{1,2}})"
    rf"(?![A-Za-z0-9]){_SECOND}"
)
#: “**Refer again** (Ctrl+G, A)”: the key of a deed, beside its name.
_BESIDE = re.compile(rf"\*{{1,2}}([^*\n]+)\*{{1,2}} \({_SHOWN.pattern}\)")

#: Where somebody reads of keys, and what the window's words are written in.
TEXTS = [
    *sorted((ROOT / "resources" / "help").glob("*.md")),
    ROOT / "resources" / "whats_new.md",
    ROOT / "README.md",
]
SOURCES = sorted((ROOT / "provider_desk").rglob("*.py"))
#: Keys by which a deed is said otherwise on its button.
_BUTTONS = {"Hide names": deeds.PRIVACY.words}


def there_are() -> dict[str, set[str]]:
    """Every key, as it is shown, and what it does."""
    found: dict[str, set[str]] = {}
    named = [(key.key, key.words) for key in deeds.ALL]
    named += [(place.key, place.words) for place in PLACES]
    for key, words in named:
        found.setdefault(key.replace("Return", "Enter"), set()).add(words)
        # The first of two keys is named by itself as well.
        found.setdefault(key.partition(",")[0], set())
    return found


def shown_in(path: Path) -> set[str]:
    """The keys that a text names."""
    text = path.read_text(encoding="utf-8")
    return {", ".join(filter(None, each)) for each in _SHOWN.findall(text)}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_key_that_help_names_is_one_that_there_is(path: Path) -> None:
    assert shown_in(path) - there_are().keys() == set()


def test_every_key_that_the_window_names_is_one_that_there_is() -> None:
    known = there_are().keys()
    named = {path.name: shown_in(path) for path in SOURCES}

    assert {name: keys - known for name, keys in named.items() if keys - known} == {}
    assert len({name for name, keys in named.items() if keys}) > 20


def test_a_key_beside_the_name_of_a_deed_is_that_deeds_key() -> None:
    known, wrong, count = there_are(), [], 0
    for path in TEXTS:
        for words, *key in _BESIDE.findall(path.read_text(encoding="utf-8")):
            shown, count = ", ".join(filter(None, key)), count + 1
            if _BUTTONS.get(words, words) not in known[shown]:
                wrong.append((path.name, words, shown))

    assert wrong == []
    assert count > 20


def test_a_key_that_is_not_there_would_be_found(tmp_path: Path) -> None:
    text = tmp_path / "help.md"
    text.write_text("**Alt+Q**, Ctrl+G, then S, F12. Ctrl+Z, I say", encoding="utf-8")

    assert shown_in(text) == {"Alt+Q", "Ctrl+G, S", "F12", "Ctrl+Z"}
    assert shown_in(text) - there_are().keys() == {"Alt+Q"}
