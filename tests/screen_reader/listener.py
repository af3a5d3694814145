"""What a screen reader is told, for the tests; runs with the system's Python.

It speaks with the accessibility bus through pyatspi, which Debian packages and PyPI
does not. Lines on standard input, each answered with one line of JSON:

- ``controls`` lists what takes keys and is shown, or with ``controls NAME`` only what
  is round the cursor in something of that name; ``said`` lists every word shown;
- ``tables`` lists the tables that are shown: headings, and the cells of the first row;
- ``press NAME`` does the first action of a control, ``write NAME|TEXT`` puts text into
  a field;
- ``heard`` hands over what was heard since it was last asked: where the cursor went,
  what it is on is called by now, and what was said aloud;
- ``quit``.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pyatspi  # type: ignore[import-not-found,unused-ignore]
from gi.repository import GLib  # type: ignore[import-not-found,unused-ignore]

_APP = "provider"
#: Tables and lists say their cells through an interface of their own; there are many.
_DEEP = {pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE_TABLE, pyatspi.ROLE_LIST}
_EVENTS = (
    "object:state-changed:focused",
    "object:announcement",
    "object:property-change:accessible-name",
)

heard: list[dict[str, object]] = []
#: Where the cursor came to last.
cursor: list[Any] = []


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
    # Not what was said of it when it was last asked.
    node.clearCache()
    states = node.getState()
    return {
        "role": node.getRoleName(),
        "name": node.name or "",
        "label": label_of(node),
        "description": node.description or "",
        "focused": states.contains(pyatspi.STATE_FOCUSED),
    }


def controls(within: str) -> list[dict[str, object]]:
    """What takes keys and is shown."""
    whole = round_cursor(within) if within else application()
    return [
        told(node)
        for node in shown(whole)
        if node.getState().contains(pyatspi.STATE_FOCUSABLE)
    ]


def round_cursor(name: str) -> Any:
    """What has a name and the cursor in it."""
    node = cursor[-1] if cursor else None
    while node is not None and node.name != name:
        node = node.parent
    return node or application()


def said() -> list[str]:
    """Every word on the screen."""
    found = []
    for node in shown(application()):
        node.clearCache()
        found.append(node.name)
    return [words for words in found if words]


def tables() -> list[dict[str, object]]:
    """Tables that are shown, as they are asked cell by cell."""
    found = []
    for node in shown(application()):
        if node.getRole() not in (pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE_TABLE):
            continue
        table = node.queryTable()
        columns = range(table.nColumns)
        cells = [table.getAccessibleAt(0, at) for at in columns if table.nRows]
        headings = [table.getColumnHeader(at) for at in columns]
        found.append(
            {
                "name": node.name,
                "rows": table.nRows,
                "headings": [each.name if each else "" for each in headings],
                "cells": [cell.name for cell in cells],
            }
        )
    return found


def named(name: str) -> Any:
    """The first control of that name or label that takes keys."""
    for node in shown(application()):
        focusable = node.getState().contains(pyatspi.STATE_FOCUSABLE)
        if focusable and name in (node.name, label_of(node)):
            return node
    return None


def on_event(event: Any) -> None:
    """Keep what a screen reader would now say."""
    # What is gone by the time it is asked for is not said either.
    with suppress(GLib.Error, LookupError, RuntimeError):
        if event.type == "object:announcement":
            heard.append({"aloud": str(event.any_data)})
        elif event.type == "object:property-change:accessible-name":
            if event.source.getState().contains(pyatspi.STATE_FOCUSED):
                heard.append({"renamed": event.source.name})
        elif event.detail1:
            heard.append(told(event.source))
            cursor[:] = [event.source]


def hand_over(_rest: str) -> list[dict[str, object]]:
    """What was heard since it was last asked."""
    taken = list(heard)
    heard.clear()
    return taken


def press(name: str) -> bool:
    """Do the first action of a control."""
    node = named(name)
    return node is not None and node.queryAction().doAction(0)


def write(rest: str) -> bool:
    """Put text into a field."""
    name, _, text = rest.partition("|")
    node = named(name)
    return node is not None and node.queryEditableText().setTextContents(text)


ANSWERS: dict[str, Callable[[str], object]] = {
    "controls": controls,
    "said": lambda _rest: said(),
    "tables": lambda _rest: tables(),
    "heard": hand_over,
    "there": lambda _rest: application() is not None,
    "press": press,
    "write": write,
}


def answer(line: str) -> object:
    """Do one line."""
    word, _, rest = line.partition(" ")
    return ANSWERS[word](rest) if word in ANSWERS else None


def on_line(source: Any, _why: Any) -> bool:
    """One line of standard input came."""
    line = source.readline().strip()
    if line in ("", "quit"):
        pyatspi.Registry.stop()
        return False
    sys.stdout.write(json.dumps(answer(line)) + "\n")
    sys.stdout.flush()
    return True


pyatspi.Registry.registerEventListener(on_event, *_EVENTS)
GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, on_line)
pyatspi.Registry.start()
