"""Keeps None, True and False from being counted away by the Qt bindings.

PySide6 6.12.0 hands back None without counting the reference: each call of a method
that returns nothing, and each signal sent, takes one away. From Python 3.12 on these
objects are not counted at all; before, the count reaches nothing after some thousand
calls and Python aborts ("none_dealloc: deallocating None"). PySide6 6.11.3 counts
rightly. So on an older Python the count is set so high that no run can use it up,
which is what Python 3.12 does itself.
"""

import sys

_COUNTED_BEFORE = (3, 12)
#: Far more than calls in a lifetime, and far from the largest number that fits.
_PLENTY = sys.maxsize // 4


def guard() -> None:
    """Set the counts high, once; to be called before the first widget is made."""
    if sys.version_info >= _COUNTED_BEFORE or sys.getrefcount(None) > _PLENTY // 2:
        return
    import ctypes  # noqa: PLC0415 - only where it is needed, for a quick start

    for each in (None, True, False):
        # The count is the first thing in every object of CPython.
        ctypes.c_ssize_t.from_address(id(each)).value += _PLENTY
