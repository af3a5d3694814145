"""What a screen reader is told, for the tests; runs with the system's Python.

It speaks with the accessibility bus through pyatspi, which Debian packages and PyPI
does not. Lines on standard input: ``controls`` lists what takes keys and is shown,
``press NAME`` does the first action of a control, ``write NAME|TEXT`` puts text into a
field, ``quit``. Each is answered with one line of JSON.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import pyatspi  # type: ignore[import-not-found,unused-ignore]

_APP = "provider"
#: Tables and lists say their cells through an interface of their own; there are many.
_DEEP = {pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE_TABLE, pyatspi.ROLE_LIST}


def application() -> Any:
    """The program among those on the bus."""
    desktop = pyatspi.Registry.getDesktop(0)
    for found in desktop:
        if found is not None and _APP in (found.name or "").casefold():
            return found
    return None


def shown(node: Any) -> Iterator[Any]:
    """Everything below a node that is on the screen."""
    for at in range(node.childCount):
        child = node.getChildAtIndex(at)
        if child is None:
            continue
        states = child.getState()
        if not states.contains(pyatspi.STATE_SHOWING):
            continue
        yield child
        if child.getRole() not in _DEEP:
            yield from shown(child)


def label_of(node: Any) -> str:
    """What a label says that names a control."""
    for relation in node.getRelationSet():
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY:
            return " ".join(
                relation.getTarget(at).name for at in range(relation.getNTargets())
            )
    return ""


def told(node: Any) -> dict[str, object]:
    """What is said of a control."""
    states = node.getState()
    return {
        "role": node.getRoleName(),
        "name": node.name or "",
        "label": label_of(node),
        "description": node.description or "",
        "focused": states.contains(pyatspi.STATE_FOCUSED),
    }


def controls() -> list[dict[str, object]]:
    """What takes keys and is shown."""
    return [
        told(node)
        for node in shown(application())
        if node.getState().contains(pyatspi.STATE_FOCUSABLE)
    ]


def said() -> list[str]:
    """Every word on the screen."""
    return [node.name for node in shown(application()) if node.name]


def named(name: str) -> Any:
    """The first control of that name or label that takes keys."""
    for node in shown(application()):
        focusable = node.getState().contains(pyatspi.STATE_FOCUSABLE)
        if focusable and name in (node.name, label_of(node)):
            return node
    return None


def answer(line: str) -> object:
    """Do one line."""
    word, _, rest = line.partition(" ")
    if word == "controls":
        return controls()
    if word == "said":
        return said()
    if word == "there":
        return application() is not None
    if word == "press":
        node = named(rest)
        return node is not None and node.queryAction().doAction(0)
    if word == "write":
        name, _, text = rest.partition("|")
        node = named(name)
        return node is not None and node.queryEditableText().setTextContents(text)
    return None


for given in sys.stdin:
    if given.strip() == "quit":
        break
    sys.stdout.write(json.dumps(answer(given.strip())) + "\n")
    sys.stdout.flush()
