"""What a deed touched; what screens listen for."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changed:
    """The records that a deed touched.

    Attributes:
        records: table name → ids of the rows added, changed or retired.
        said: one line for the status bar, in the past tense: "Session saved."
    """

    records: Mapping[str, frozenset[str]] = field(default_factory=dict)
    said: str = ""

    def touches(self, *tables: str) -> bool:
        """Whether any of these tables changed."""
        return any(self.records.get(table) for table in tables)
