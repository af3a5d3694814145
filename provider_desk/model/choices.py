"""Value lists, from resources/choices/*.toml. A code is retired, never reused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from provider_desk.model import resources


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a list.

    Attributes:
        code: what is stored, for ever.
        label: what a person reads.
        flags: what else the list says of it, such as ``offered`` or ``group``.
    """

    code: str
    label: str
    flags: Mapping[str, Any] = field(default_factory=dict)

    @property
    def offered(self) -> bool:
        """Whether it can still be chosen; a retired value is only shown."""
        return not self.flags.get("retired", False)

    @property
    def by_hand(self) -> bool:
        """Whether a form offers it; some are only told by a file, or by a deed."""
        return self.offered and bool(self.flags.get("by_hand", True))


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """A value list, in the order in which it is shown."""

    name: str
    values: tuple[Choice, ...]
    by_code: Mapping[str, Choice]

    def label(self, code: str | None) -> str:
        """The words for a code; the code itself where the list does not know it."""
        if not code:
            return ""
        found = self.by_code.get(code)
        return found.label if found else code

    def short(self, code: str | None) -> str:
        """Short words for columns and tabs where the list has some, else the label."""
        found = self.by_code.get(code or "")
        return str(found.flags.get("short", found.label)) if found else self.label(code)

    def also(self) -> dict[str, str]:
        """Code → other words that find it when somebody types."""
        return {
            choice.code: " · ".join(choice.flags["also"])
            for choice in self.values
            if "also" in choice.flags
        }

    def narrow(self, code: str | None) -> str:
        """Even shorter words, where the heading says the rest; else as ``short``."""
        found = self.by_code.get(code or "")
        return str(found.flags.get("narrow", self.short(code))) if found else ""

    def codes_where(self, flag: str, value: object = True) -> tuple[str, ...]:  # noqa: FBT002
        """The codes whose flag has that value, retired ones too."""
        return tuple(c.code for c in self.values if c.flags.get(flag) == value)


@cache
def choices(name: str) -> ChoiceList:
    """A value list by its file's name.

    Raises:
        FileNotFoundError: a declaration names a list that does not exist.
    """
    read = resources.read_toml(f"choices/{name}.toml")
    values = tuple(
        Choice(
            code=str(row["code"]),
            label=str(row["label"]),
            flags=MappingProxyType(
                {key: row[key] for key in row if key not in ("code", "label")}
            ),
        )
        for row in read["value"]
    )
    return ChoiceList(name, values, MappingProxyType({c.code: c for c in values}))
