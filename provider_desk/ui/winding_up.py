"""Closing an open desk so that nothing typed is lost, in a time that has an end."""

import threading
from functools import partial

from PySide6.QtWidgets import QApplication

from provider_desk.model.errors import DeskError
from provider_desk.services.looking import looks
from provider_desk.services.looking.looks import LookKind
from provider_desk.ui import errors
from provider_desk.ui.frame import Frame
from provider_desk.ui.parts.file_dialog import forget_folders

#: For short deeds under way, seconds; the window is out of sight meanwhile.
_SHORT_S = 2.0
#: For drafts, the log and closing the file; a disk or a keyring that does not answer
#: must not keep the keys in memory for longer.
_CLOSING_S = 15.0


def wind_up(frame: Frame, kind: LookKind) -> bool:
    """Let deeds end, keep drafts, write down that it was left, close the file.

    Args:
        frame: of the desk that is left; it can't be used afterwards.
        kind: how it is left, for the log of who looked.

    Returns:
        Whether something long was stopped.
    """
    stopped = frame.tasks.finish(_SHORT_S)
    keep_drafts = frame.drafts.save_now()
    frame.drafts.stop()
    desk = frame.desk

    def close() -> None:
        # Whatever goes wrong here, the desk is left; a fault is only written down.
        for deed in (keep_drafts, partial(looks.note, desk, kind), desk.close):
            try:
                deed()
            except DeskError:
                continue
            except Exception as fault:  # noqa: BLE001 - as above
                errors.note(frame.preferences.report(), fault)

    closing = threading.Thread(target=close, daemon=True)
    closing.start()
    closing.join(_CLOSING_S)
    forget_folders()
    return stopped


def hide_all() -> None:
    """Take every window of the program off the screen."""
    for window in QApplication.topLevelWidgets():
        window.hide()
