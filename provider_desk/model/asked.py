"""What a rule between fields and records is asked about."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from provider_desk.model.fields import Record

#: Table name → the record that this one refers to, directly or through its parent.
#: A parent that is not known (yet) is left out, and rules that need it stay silent.
Parents = Mapping[str, Record]


class Asked(NamedTuple):
    """What a rule may look at.

    Attributes:
        record: the record about to be saved.
        parents: what it refers to, by table name.
        today: the civil date.
    """

    record: Record
    parents: Parents
    today: date
