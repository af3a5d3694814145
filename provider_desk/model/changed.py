"""What a deed touched; what screens listen for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from provider_desk.model.errors import Problem


@dataclass(frozen=True, slots=True)
class Changed:
    """The records that a deed touched.

    Attributes:
        records: table name → ids of the rows added, changed or retired.
        said: one line for the status bar, in the past tense: "Session saved."
        warnings: what was saved all the same, but should be looked at.
        number: of the deed on this PC, so that it can be taken back; 0 for none.
    """

    records: Mapping[str, frozenset[str]] = field(default_factory=dict)
    said: str = ""
    warnings: tuple[Problem, ...] = ()
    number: int = field(default=0, compare=False)

    def touches(self, *tables: str) -> bool:
        """Whether any of these tables changed."""
        return any(self.records.get(table) for table in tables)
