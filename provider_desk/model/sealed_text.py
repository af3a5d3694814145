"""How sealed words stand in a text field: a mark, then base64.

The mark begins with a control character that nobody can type, so typed words are never
taken for sealed ones. What is inside, and who can open it, is keys/sealing.py.
"""

MARK = "\x1fsealed1:"

#: Stands where somebody may not read the words.
IN_PLACE = "Sealed: the counselling team can read this."

#: The same in a line of many.
IN_LINE = "note sealed"


def is_sealed(value: object) -> bool:
    """Whether a field's value is sealed words."""
    return isinstance(value, str) and value.startswith(MARK)
