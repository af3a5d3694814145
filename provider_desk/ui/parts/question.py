"""A box that asks before something is lost for good; for nothing else."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget


def ask(
    parent: QWidget,
    question: str,
    detail: str,
    yes: str,
    no: str,
    run: Callable[[], None],
) -> QMessageBox:
    """Ask, and go on at once; ``run`` is called if the answer is yes.

    Args:
        parent: the window.
        question: one sentence.
        detail: what would be lost.
        yes: the deed, such as "Close and lose it".
        no: what happens otherwise; Esc and Enter mean this.
        run: does it.

    Returns:
        The box, which is open.
    """
    box = QMessageBox(parent)
    box.setText(question)
    box.setInformativeText(detail)
    sure = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    sure.clicked.connect(lambda _checked=False: run())
    box.finished.connect(box.deleteLater)
    box.open()
    return box
