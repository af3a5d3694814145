"""Calling every public function of the services that takes a desk, whatever it is.

What a function needs is found by the name or the type of its parameter, so that a new
function is called without anybody thinking of it; one that needs an id which nobody
knows how to give makes the walk stop and say so.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from itertools import product
from pathlib import Path
from typing import Any, cast, get_args

from provider_desk import services
from provider_desk.model.fields import Record
from provider_desk.model.rows import Rows
from provider_desk.services.desk import Desk
from provider_desk.store.reader import Reader

Function = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Door:
    """A public function of a service whose first parameter is the desk.

    Attributes:
        name: "people.search".
        call: the function.
        needs: what stands behind the desk: name → type.
        optional: names that may be left out.
        inner: works in a transaction that another function opened, or on a record
            that another function gave.
    """

    name: str
    call: Function
    needs: Mapping[str, object]
    optional: frozenset[str]
    inner: bool


def doors() -> Iterator[Door]:
    """Every such function, module by module."""
    for found in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        module = importlib.import_module(found.name)
        for name, call in sorted(vars(module).items()):
            if name.startswith("_") or not inspect.isfunction(call):
                continue
            if call.__module__ == module.__name__:
                door = _door(f"{found.name.rpartition('.')[2]}.{name}", call)
                if door is not None:
                    yield door


def _door(name: str, call: Function) -> Door | None:
    params = [
        param
        for param in inspect.signature(call).parameters.values()
        if param.kind not in (param.VAR_POSITIONAL, param.VAR_KEYWORD)
    ]
    if not params or params[0].annotation is not Desk:
        return None
    needs = {param.name: param.annotation for param in params[1:]}
    optional = frozenset(p.name for p in params[1:] if p.default is not p.empty)
    inner = any(_is_inside(hint) for hint in needs.values())
    return Door(name, call, needs, optional, inner)


def _is_inside(hint: object) -> bool:
    """Nobody has such a thing who was not let in before."""
    inside = inspect.isclass(hint) and issubclass(hint, Reader | Record)
    return hint is Rows or inside


def calls(
    door: Door, known: dict[str, list[object]], folder: Path
) -> Iterator[dict[str, object]]:
    """Arguments to call a function with, one set for each way to call it.

    Args:
        door: the function.
        known: name of a parameter, or "module.function.name" for one function's →
            what to give for it; "table" and "row_id" go together, pair by pair.
        folder: where files may be written.

    Raises:
        LookupError: it needs an id that nobody knows how to give.
    """
    own = f"{door.name}."
    known = known | {n.removeprefix(own): v for n, v in known.items() if own in n}
    names = [n for n in door.needs if n not in door.optional or n in known]
    pairs = {"table", "row_id"} <= set(names)
    choices = []
    for name in names:
        if name in known:
            choices.append(known[name] if not (pairs and name == "row_id") else [None])
        else:
            choices.append([_by_type(door, name, door.needs[name], folder)])
    for given in product(*choices):
        made = dict(zip(names, given, strict=True))
        if not pairs:
            yield made
            continue
        number = known["table"].index(made["table"])
        yield {**made, "row_id": known["row_id"][number]}


def _by_type(door: Door, name: str, hint: object, folder: Path) -> object:
    if name.endswith("id"):
        raise LookupError(f"{door.name}: say in this test what to give for “{name}”")
    simple: dict[object, object] = {
        str: "words",
        int: 1,
        bool: False,
        bytes: b"",
        date: date(2018, 5, 1),
        Path: folder / "file",
    }
    if hint in simple or type(None) in get_args(hint):
        return simple.get(hint)
    origin = getattr(hint, "__origin__", None)
    if inspect.isclass(origin):
        return {} if issubclass(origin, Mapping) else ()
    if inspect.isclass(hint) and issubclass(hint, Enum):
        return next(iter(hint))
    if inspect.isclass(hint) and is_dataclass(hint):
        with suppress(TypeError):
            return hint()
    # Will do where the role is refused; otherwise the function stumbles over it.
    return object()


def told(value: object) -> Iterator[str]:
    """Every word in an answer, however deep."""
    if isinstance(value, BaseException):
        yield str(value)
        yield from (str(part) for part in vars(value).values())
    elif isinstance(value, str | bytes | int | float | date | Path):
        yield str(value)
    elif isinstance(value, Mapping):
        for key, held in value.items():
            yield from told(key)
            yield from told(held)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(cast("Any", value)):
            yield from told(getattr(value, each.name))
    elif hasattr(value, "__iter__"):
        for each in cast("Any", value):
            yield from told(each)
