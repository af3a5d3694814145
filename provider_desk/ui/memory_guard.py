"""What the machine may do with this process's memory and window.

A crash must leave no picture of the memory on the disk, and other programs of the same
account need not be able to read it. Source: security design, §2.8.
"""

import contextlib
import sys

_NOT_DUMPABLE = 4
#: Windows: no box for faults of the program, and no heap in its reports.
_NO_FAULT_BOX, _NO_HEAP = 0x0003, 0x0001
_SHOW_BLANK, _SHOW = 0x11, 0x00


def keep_memory_private() -> None:
    """No core dumps, no heap in crash reports; on Linux no reading by other programs.

    What a machine refuses is passed over: nothing depends on it.
    """
    import ctypes  # noqa: PLC0415 - not before the first painting

    with contextlib.suppress(OSError, ValueError, AttributeError):
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetErrorMode(_NO_FAULT_BOX)
            ctypes.windll.wer.WerSetFlags(_NO_HEAP)
        else:
            import resource  # noqa: PLC0415 - not on Windows

            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(_NOT_DUMPABLE, 0, 0, 0, 0)


def can_hide_from_screenshots() -> bool:
    """Whether this system can keep a window out of screenshots."""
    return sys.platform == "win32"


def hide_from_screenshots(window: int, *, wanted: bool) -> None:
    """Let screenshots, recorders and shared screens show a blank instead of a window.

    Only somebody who asked for it gets this, because magnifiers and remote help go
    blank too.

    Args:
        window: its number in the system.
        wanted: False shows it again.
    """
    import ctypes  # noqa: PLC0415 - not before the first painting

    if sys.platform == "win32":
        how = _SHOW_BLANK if wanted else _SHOW
        ctypes.windll.user32.SetWindowDisplayAffinity(window, how)
