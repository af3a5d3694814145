"""Case studies and quotes of a quarter: what keeps each from leaving, and its panel."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from provider_desk.model.months import Month
from provider_desk.returns.narrative.scan import Known
from provider_desk.services.returning import case_studies
from provider_desk.services.returning.case_studies import Study
from provider_desk.ui.frame import Frame
from provider_desk.ui.pages.returning.study_panel import StudyPanel
from provider_desk.ui.parts.buttons import plain, quiet
from provider_desk.ui.parts.card import Card, clear
from provider_desk.ui.parts.words import body, quoted, section, state
from provider_desk.ui.theme import px

_ABOUT = (
    "Somebody's story is the riskiest thing that leaves. Each needs consent to this "
    "use, every point of the checklist, and a second reader; until then it stays here."
)


class StudiesView(QWidget):
    """A card for each, and a button for a new one."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._of: tuple[str, Month] | None = None
        self._known: Known | None = None
        self._cards = QVBoxLayout()
        self._cards.setSpacing(px(8))
        self.add = plain("Write a case study or quote", partial(self._open, None))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(2), 0, px(8), 0)
        column.setSpacing(px(8))
        column.addWidget(body(_ABOUT))
        column.addLayout(self._cards)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_of(self, contract_id: str, month: Month, known: Known | None) -> None:
        """Ask for those of a quarter."""
        self._of, self._known = (contract_id, month), known
        desk = self._frame.desk
        self._frame.read(
            self,
            lambda: case_studies.studies(desk, contract_id, month),
            self._show,
        )

    def _show(self, found: list[Study]) -> None:
        clear(self._cards)
        for study in found:
            self._cards.addWidget(self._card(study))

    def _card(self, study: Study) -> QWidget:
        card = Card()
        card.inside.addWidget(section(study.label))
        card.inside.addWidget(body(study.words))
        for line in study.missing:
            card.inside.addWidget(quoted(line))
        if not study.missing:
            card.inside.addWidget(state("It leaves with this return.", "good"))
        open_ = quiet("Open", partial(self._open, study))
        open_.setAccessibleName(f"Open this {study.label.lower()}")
        card.inside.addWidget(open_, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _open(self, study: Study | None) -> None:
        if self._of is not None:
            panel = StudyPanel(self._frame, *self._of, study, self._known)
            self._frame.open_panel(panel)
