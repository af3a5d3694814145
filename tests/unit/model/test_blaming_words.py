"""No blaming words anywhere that somebody can read. Source: practices, P49."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provider_desk.model import resources
from provider_desk.model.choices import choices
from provider_desk.model.fields import fields_of
from provider_desk.model.records import RECORDS

ROOT = Path(__file__).parents[3]
DECLARED = resources.read_toml("words_not_said.toml")
BLAMING = re.compile(rf"\b(?:{'|'.join(DECLARED['words'])})\b", re.IGNORECASE)
KEPT = re.compile(
    "|".join(rf"\b{re.escape(each['words'])}\b" for each in DECLARED["exceptions"]),
)
#: Files that hold no words of ours, or words to look for in what others wrote.
NOT_OURS = {
    "narrative/english.txt", "narrative/scan.toml", "words.txt", "words_not_said.toml",
    "style.qss",
}  # fmt: skip
#: Where codes, columns of sheets and patterns stand; nobody reads them.
SOURCES = ("provider_desk/ui", "provider_desk/services", "provider_desk/papers")


def blaming(text: str) -> list[str]:
    """The blaming words of a text."""
    return BLAMING.findall(KEPT.sub(" ", text))


def literals(path: Path) -> Iterator[str]:
    """What a module may show: its strings, without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(
            node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        )
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in told:
            continue
        if isinstance(node.value, str) and " " in node.value:
            yield node.value


def readable(folder: Path) -> Iterator[Path]:
    """Our own texts among the resources."""
    for path in folder.rglob("*"):
        ours = path.relative_to(folder).as_posix() not in NOT_OURS
        if path.suffix in {".md", ".toml", ".txt"} and ours:
            yield path


@pytest.mark.parametrize("source", SOURCES)
def test_the_program_blames_nobody(source: str) -> None:
    found = {
        path.name: words
        for path in (ROOT / source).rglob("*.py")
        for text in literals(path)
        if (words := blaming(text))
    }

    assert found == {}


def test_help_letters_and_lists_blame_nobody() -> None:
    folder = resources.path_of("help").parent
    found = {
        path.relative_to(folder).as_posix(): words
        for path in readable(folder)
        if (words := blaming(_shown(path)))
    }

    assert found == {}


def _shown(path: Path) -> str:
    """What is shown of a file: of a list its sentences, no names of fields or codes."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".toml":
        return text
    return "\n".join(_sentences(tomllib.loads(text)))


def _sentences(held: Any) -> Iterator[str]:
    if isinstance(held, dict):
        held = list(held.values())
    if isinstance(held, list):
        for each in held:
            yield from _sentences(each)
    elif isinstance(held, str) and " " in held:
        yield held


def test_labels_and_helps_of_fields_blame_nobody() -> None:
    found = [
        (record_type.TABLE, field.name, words)
        for record_type in RECORDS
        for field in fields_of(record_type)
        if (words := blaming(f"{field.kind.label}. {field.kind.help}"))
    ]

    assert found == []


def test_on_screen_nobody_is_a_dna() -> None:
    labels = [choice.label for choice in choices("attendance").values]

    assert "Did not come, no message" in labels
    assert not any("DNA" in label for label in labels)


@pytest.mark.parametrize(
    "text",
    ["She failed to attend.", "a no-show", "The victim", "hard to reach people"],
)
def test_a_blaming_word_is_found(text: str) -> None:
    assert blaming(text)


def test_every_exception_has_its_reason() -> None:
    assert all(each["why"] for each in DECLARED["exceptions"])
