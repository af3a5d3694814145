"""Asks the program that opens a workbook to work out all formulas anew."""

import re

_CALC = re.compile(rb"<((?:\w+:)?)calcPr\b([^>]*?)(/?)>")
_SAID = re.compile(rb'\s+fullCalcOnLoad="[^"]*"')
#: What may stand before it; the last of these that there is comes right before.
_BEFORE = (
    rb"</(?:\w+:)?definedNames>",
    rb"</(?:\w+:)?externalReferences>",
    rb"</(?:\w+:)?functionGroups>",
    rb"</((?:\w+:)?)sheets>",
)
_ASKED = b' fullCalcOnLoad="1"'


def asked_for(workbook: bytes) -> bytes:
    """The workbook's main part, changed by that one word.

    Raises:
        ValueError: it lists no sheets.
    """
    found = _CALC.search(workbook)
    if found:
        prefix, attributes, closed = found.groups()
        said = _SAID.sub(b"", attributes).rstrip()
        tag = b"<" + prefix + b"calcPr" + said + _ASKED + closed + b">"
        return workbook[: found.start()] + tag + workbook[found.end() :]
    for pattern in _BEFORE:
        found = re.search(pattern, workbook)
        if found:
            name = found.group(0)
            prefix = name[2:].partition(b":")[0] + b":" if b":" in name else b""
            tag = b"<" + prefix + b"calcPr" + _ASKED + b"/>"
            return workbook[: found.end()] + tag + workbook[found.end() :]
    raise ValueError("the workbook lists no sheets")
