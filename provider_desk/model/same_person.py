"""What is shown of two records that may be of one person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Pair:
    """Two people on the desk who may be one.

    Attributes:
        first_id, second_id: row ids; the first has the lower code.
        first_code, second_code: their codes.
        first_name, second_name: what they are called.
        first_born, second_born: when they were born, in words; "" where not known.
        why: what is the same, in words.
    """

    first_id: str
    second_id: str
    first_code: str
    second_code: str
    first_name: str
    second_name: str
    first_born: str
    second_born: str
    why: str


@dataclass(frozen=True, slots=True, repr=False)
class FieldPair:
    """What two records say in one field.

    Attributes:
        name: the field's name.
        label: the words above it.
        kept: what the record says that stays, in words; "" for nothing.
        gone: the same of the other one.
        takes_gone: the other one's is proposed, because the first says nothing.
    """

    name: str
    label: str
    kept: str
    gone: str
    takes_gone: bool

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.kept and self.gone) and self.kept != self.gone


@dataclass(frozen=True, slots=True, repr=False)
class SideBySide:
    """Two records of people, field by field.

    Attributes:
        kept_id, gone_id: which one stays, and which one is taken off.
        kept_code, gone_code: their codes.
        kept_name, gone_name: what they are called.
        fields: those in which either says something.
        moved: what moves over: words such as "2 referrals".
        notes: what to know before it is done, a sentence each.
    """

    kept_id: str
    gone_id: str
    kept_code: str
    gone_code: str
    kept_name: str
    gone_name: str
    fields: tuple[FieldPair, ...]
    moved: tuple[str, ...]
    notes: tuple[str, ...]
